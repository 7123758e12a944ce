//! Running a router as a Lambda function.

use axum::Router;
use platform::telemetry::CallCounter;

/// Serves `router` until the environment ends; `calls` counts what it asks of AWS.
///
/// # Errors
/// What the Lambda runtime reports.
pub async fn run(router: Router, calls: CallCounter) -> Result<(), lambda_http::Error> {
    lambda_http::run(crate::envelope::around(router, calls)).await
}
