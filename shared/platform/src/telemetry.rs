//! JSON logs, and the count of AWS calls that every log line of a request carries.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::Intercept;
use aws_smithy_runtime_api::client::interceptors::context::BeforeTransmitInterceptorContextRef;
use aws_smithy_runtime_api::client::orchestrator::Metadata;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::ConfigBag;
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;

/// Starts JSON logging to standard output, filtered by `RUST_LOG` (`info` without it): levels by
/// target, like `warn,approval=debug`.
///
/// Of a panic only its place is logged: its message may quote what was being handled.
pub fn start() {
    let filter = std::env::var("RUST_LOG")
        .ok()
        .and_then(|levels| levels.parse().ok())
        .unwrap_or_else(|| Targets::new().with_default(LevelFilter::INFO));
    let json = tracing_subscriber::fmt::layer()
        .json()
        .flatten_event(true)
        .with_current_span(false)
        .with_span_list(false);
    let started = tracing_subscriber::registry()
        .with(filter)
        .with(json)
        .try_init();
    if started.is_err() {
        tracing::debug!("logging had been started before");
    }
    std::panic::set_hook(Box::new(|panic| {
        let place = panic
            .location()
            .map(ToString::to_string)
            .unwrap_or_default();
        tracing::error!(place, "a panic");
    }));
}

/// Whole milliseconds since `started`, as log lines give durations.
pub fn milliseconds_since(started: std::time::Instant) -> u64 {
    u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX)
}

/// Counts the requests that leave this process for AWS, retries included.
#[derive(Clone, Debug, Default)]
pub struct CallCounter {
    counts: Arc<Counts>,
}

#[derive(Debug, Default)]
struct Counts {
    dynamodb: AtomicU64,
    kms: AtomicU64,
    s3: AtomicU64,
    sqs: AtomicU64,
}

/// How many requests went to each service.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Calls {
    /// To DynamoDB.
    pub dynamodb: u64,
    /// To KMS.
    pub kms: u64,
    /// To S3; presigning is none.
    pub s3: u64,
    /// To SQS.
    pub sqs: u64,
}

impl std::ops::Sub for Calls {
    type Output = Self;

    fn sub(self, earlier: Self) -> Self {
        Self {
            dynamodb: self.dynamodb.saturating_sub(earlier.dynamodb),
            kms: self.kms.saturating_sub(earlier.kms),
            s3: self.s3.saturating_sub(earlier.s3),
            sqs: self.sqs.saturating_sub(earlier.sqs),
        }
    }
}

impl CallCounter {
    /// The counts so far.
    pub fn so_far(&self) -> Calls {
        Calls {
            dynamodb: self.counts.dynamodb.load(Ordering::Relaxed),
            kms: self.counts.kms.load(Ordering::Relaxed),
            s3: self.counts.s3.load(Ordering::Relaxed),
            sqs: self.counts.sqs.load(Ordering::Relaxed),
        }
    }
}

impl Intercept for CallCounter {
    fn name(&self) -> &'static str {
        "CallCounter"
    }

    fn read_before_transmit(
        &self,
        context: &BeforeTransmitInterceptorContextRef<'_>,
        _components: &RuntimeComponents,
        config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        // A presigned request carries its signature in the address, and is made by somebody else.
        if context.request().uri().contains("X-Amz-Signature=") {
            return Ok(());
        }
        let service = config
            .load::<Metadata>()
            .map(Metadata::service)
            .unwrap_or_default();
        let count = match service {
            "DynamoDB" => &self.counts.dynamodb,
            "KMS" => &self.counts.kms,
            "S3" => &self.counts.s3,
            "SQS" => &self.counts.sqs,
            _ => return Ok(()),
        };
        count.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }
}
