//! The Lambda function `supervision`.

use std::sync::Arc;

use platform::aws::Aws;
use platform::config::Config;
use supervision::{App, routes};
use web::routes::Served;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_http::Error> {
    platform::telemetry::start();
    let config = Config::from_env()?;
    let aws = Arc::new(Aws::from_env(&config)?);
    let calls = aws.calls().clone();
    let router = routes(Served::default()).into_router(App::new(aws, &config)?);
    web::serve::run(router, calls).await
}
