//! The Lambda function `notification`.

use std::sync::Arc;

use lambda_runtime::{Error, LambdaEvent, run, service_fn};
use notification::Notification;
use platform::aws::Aws;
use platform::config::Config;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    platform::telemetry::start();
    let config = Config::from_env()?;
    let aws = Arc::new(Aws::from_env(&config)?);
    let notification = &Notification::new(aws, &config);
    run(service_fn(|event: LambdaEvent<_>| async {
        Ok::<_, Error>(notification.handle(event.payload).await)
    }))
    .await
}
