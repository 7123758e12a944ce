//! The Lambda function `timers`.

use std::sync::Arc;

use lambda_runtime::{Diagnostic, Error, LambdaEvent, run, service_fn};
use platform::aws::Aws;
use platform::clock::real_now;
use platform::config::Config;
use timers::Timers;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    platform::telemetry::start();
    let config = Config::from_env()?;
    let aws = Arc::new(Aws::from_env(&config)?);
    let timers = &Timers::new(aws, config)?;
    run(service_fn(|event: LambdaEvent<_>| async {
        let done = timers.handle(event.payload, real_now()).await;
        done.map_err(|error| Diagnostic {
            error_type: error.kind().to_owned(),
            error_message: error.to_string(),
        })
    }))
    .await
}
