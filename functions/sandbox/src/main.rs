//! The function `sandbox`: stand-ins for outside systems, on local and test stacks only.

use std::sync::Arc;

use platform::aws::Aws;
use platform::config::Config;
use platform::table::Table;
use sandbox::{Sandbox, Settings};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_http::Error> {
    platform::telemetry::start();
    let config = Config::from_env()?;
    let settings = Settings::read(&config, std::env::var("SANDBOX_BASE").ok())?;
    let aws = Arc::new(Aws::from_env(&config)?);
    let calls = aws.calls().clone();
    let sandbox = Sandbox::new(settings, Table::new(aws, &config))?;
    web::serve::run(sandbox::router(sandbox), calls).await
}
