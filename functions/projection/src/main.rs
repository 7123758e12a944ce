//! The Lambda function `projection`.

use std::sync::Arc;

use lambda_runtime::{Error, LambdaEvent, run, service_fn};
use platform::aws::Aws;
use platform::config::Config;
use projection::Projection;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    platform::telemetry::start();
    let config = Config::from_env()?;
    let aws = Arc::new(Aws::from_env(&config)?);
    let projection = &Projection::new(aws, &config);
    run(service_fn(|event: LambdaEvent<_>| async {
        Ok::<_, Error>(projection.handle(event.payload).await)
    }))
    .await
}
