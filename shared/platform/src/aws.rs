//! One set of AWS clients per process: one connector, one trust store, built when first needed.
//!
//! The SDK's defaults load the machine's certificates and a credential chain with a second client at
//! every start, which doubles the time a function takes to come up. A function's credentials are in
//! its environment, and AWS's certificates hang on a handful of roots, so both are fixed here.

use std::sync::OnceLock;
use std::time::Duration;

use aws_config::environment::credentials::EnvironmentVariableCredentialsProvider;
use aws_config::identity::IdentityCache;
use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_smithy_async::rt::sleep::{SharedAsyncSleep, TokioSleep};
use aws_smithy_async::time::{SharedTimeSource, SystemTimeSource};
use aws_smithy_http_client::Builder;
use aws_smithy_http_client::tls::rustls_provider::CryptoMode;
use aws_smithy_http_client::tls::{Provider, TlsContext, TrustStore};
use aws_smithy_runtime_api::client::http::SharedHttpClient;
use aws_smithy_types::retry::RetryConfig;
use aws_smithy_types::timeout::TimeoutConfig;

use crate::config::{Config, TrustAnchors};
use crate::error::PlatformError;
use crate::telemetry::CallCounter;

/// Amazon's four roots and Starfield's, to which all certificates of AWS's global partition chain.
const AMAZON_ROOTS: &str = include_str!("trust/amazon_roots.pem");
/// `DigiCert`'s roots, to which certificates of AWS's China regions chain besides.
const DIGICERT_ROOTS: &str = include_str!("trust/digicert_roots.pem");

/// The AWS clients of a process.
#[derive(Debug)]
pub struct Aws {
    config: SdkConfig,
    credentials: SharedCredentialsProvider,
    calls: CallCounter,
    dynamodb: OnceLock<aws_sdk_dynamodb::Client>,
    kms: OnceLock<aws_sdk_kms::Client>,
    s3: OnceLock<aws_sdk_s3::Client>,
    sqs: OnceLock<aws_sdk_sqs::Client>,
}

impl Aws {
    /// The clients for the environment of this process.
    ///
    /// # Errors
    /// [`PlatformError::Configuration`] where the built-in roots cannot be used.
    pub fn from_env(config: &Config) -> Result<Self, PlatformError> {
        let endpoint = std::env::var("AWS_ENDPOINT_URL").ok();
        let region = std::env::var("AWS_REGION").unwrap_or_else(|_| "us-east-1".to_owned());
        let credentials =
            SharedCredentialsProvider::new(EnvironmentVariableCredentialsProvider::new());
        Self::new(config, endpoint, region, credentials)
    }

    /// The clients for `region`, with `credentials`, at `endpoint` where one is given.
    ///
    /// # Errors
    /// [`PlatformError::Configuration`] where the built-in roots cannot be used.
    pub fn new(
        config: &Config,
        endpoint: Option<String>,
        region: String,
        credentials: SharedCredentialsProvider,
    ) -> Result<Self, PlatformError> {
        let client = http_client(endpoint.as_deref(), config.trust_anchors)?;
        let mut sdk = SdkConfig::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::new(region))
            .credentials_provider(credentials.clone())
            .identity_cache(IdentityCache::lazy().build())
            .http_client(client)
            .sleep_impl(SharedAsyncSleep::new(TokioSleep::new()))
            .time_source(SharedTimeSource::new(SystemTimeSource::new()))
            .retry_config(RetryConfig::standard().with_max_attempts(3))
            .timeout_config(
                TimeoutConfig::builder()
                    .connect_timeout(Duration::from_secs(2))
                    .operation_attempt_timeout(Duration::from_secs(2))
                    .operation_timeout(Duration::from_secs(4))
                    .build(),
            );
        sdk.set_endpoint_url(endpoint);
        Ok(Self {
            config: sdk.build(),
            credentials,
            calls: CallCounter::default(),
            dynamodb: OnceLock::new(),
            kms: OnceLock::new(),
            s3: OnceLock::new(),
            sqs: OnceLock::new(),
        })
    }

    /// The region.
    pub(crate) fn region(&self) -> &str {
        self.config.region().map_or("", Region::as_ref)
    }

    /// The one endpoint for all services, where there is one.
    pub(crate) fn endpoint(&self) -> Option<&str> {
        self.config.endpoint_url()
    }

    /// The credentials of this process.
    pub(crate) fn credentials(&self) -> &SharedCredentialsProvider {
        &self.credentials
    }

    /// The count of calls this process has made.
    pub fn calls(&self) -> &CallCounter {
        &self.calls
    }

    pub(crate) fn dynamodb(&self) -> &aws_sdk_dynamodb::Client {
        self.dynamodb.get_or_init(|| {
            let config = aws_sdk_dynamodb::config::Builder::from(&self.config)
                .interceptor(self.calls.clone())
                .build();
            aws_sdk_dynamodb::Client::from_conf(config)
        })
    }

    pub(crate) fn kms(&self) -> &aws_sdk_kms::Client {
        self.kms.get_or_init(|| {
            let config = aws_sdk_kms::config::Builder::from(&self.config)
                .interceptor(self.calls.clone())
                .build();
            aws_sdk_kms::Client::from_conf(config)
        })
    }

    pub(crate) fn s3(&self) -> &aws_sdk_s3::Client {
        self.s3.get_or_init(|| {
            let config = aws_sdk_s3::config::Builder::from(&self.config)
                .interceptor(self.calls.clone())
                // A document of 20 MiB takes longer than an item.
                .timeout_config(
                    TimeoutConfig::builder()
                        .connect_timeout(Duration::from_secs(2))
                        .operation_attempt_timeout(Duration::from_secs(10))
                        .operation_timeout(Duration::from_secs(20))
                        .build(),
                )
                // One endpoint for all services has no host per bucket.
                .force_path_style(self.config.endpoint_url().is_some())
                .build();
            aws_sdk_s3::Client::from_conf(config)
        })
    }

    pub(crate) fn sqs(&self) -> &aws_sdk_sqs::Client {
        self.sqs.get_or_init(|| {
            let config = aws_sdk_sqs::config::Builder::from(&self.config)
                .interceptor(self.calls.clone())
                .build();
            aws_sdk_sqs::Client::from_conf(config)
        })
    }
}

fn http_client(
    endpoint: Option<&str>,
    trust_anchors: TrustAnchors,
) -> Result<SharedHttpClient, PlatformError> {
    if endpoint.is_some_and(|endpoint| endpoint.starts_with("http://")) {
        return Ok(Builder::new().build_http());
    }
    let mut roots = TrustStore::empty().with_pem_certificate(AMAZON_ROOTS.as_bytes());
    if trust_anchors == TrustAnchors::China {
        roots.add_pem_certificate(DIGICERT_ROOTS.as_bytes());
    }
    let tls = TlsContext::builder()
        .with_trust_store(roots)
        .build()
        .map_err(|error| PlatformError::Configuration(format!("the roots for AWS: {error}")))?;
    Ok(Builder::new()
        .tls_provider(Provider::Rustls(CryptoMode::Ring))
        .tls_context(tls)
        .build_https())
}
