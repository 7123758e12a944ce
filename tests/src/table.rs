//! The table behind the API, where the story can reach it.

use std::sync::Arc;

use domain::application::{Application, Recorded};
use domain::ids::ApplicationNo;
use platform::aws::Aws;
use platform::config::Config;
use platform::table::{Key, Table};
use serde_json::Value;

use crate::failure::{Failure, ensure};

/// The stack's table, where `TABLE` and `AWS_ENDPOINT_URL` name it.
///
/// # Errors
/// [`Failure::NotReady`] where they name it wrongly.
pub fn reachable() -> Result<Option<Table>, Failure> {
    let named = ["TABLE", "AWS_ENDPOINT_URL"]
        .iter()
        .all(|name| std::env::var(name).is_ok());
    if !named {
        return Ok(None);
    }
    let not_ready = |error: platform::error::PlatformError| Failure::NotReady(error.to_string());
    let config = Config::read(|name| match name {
        "STAGE" => Some("test".to_owned()),
        other => std::env::var(other).ok(),
    })
    .map_err(not_ready)?;
    let aws = Aws::from_env(&config).map_err(not_ready)?;
    Ok(Some(Table::new(Arc::new(aws), &config)))
}

/// The state of the application `number` as it is stored.
///
/// # Errors
/// [`Failure::Broken`] where there is none.
pub async fn stored(table: &Table, number: &str) -> Result<Application, Failure> {
    let broken =
        |error: &dyn std::fmt::Display| Failure::broken(format!("the stored state: {error}"));
    let number = ApplicationNo::try_from(number.to_owned()).map_err(|error| broken(&error))?;
    let key = Key::state(&number);
    let snapshot = table
        .read([key.clone()])
        .await
        .map_err(|error| broken(&error))?;
    let state = snapshot
        .read::<Application>(&key)
        .map_err(|error| broken(&error))?;
    Ok(state.ok_or_else(|| broken(&"there is none"))?.body)
}

/// The state that `events`, the answer of `GET /v1/applications/{id}/events`, lead to.
///
/// # Errors
/// [`Failure::Broken`] where they lead to none.
pub fn replayed(events: &Value) -> Result<Application, Failure> {
    let records = events["items"].as_array().into_iter().flatten();
    let records: Vec<Recorded> = records
        .map(|item| serde_json::from_value(item["record"].clone()))
        .collect::<Result<_, _>>()
        .map_err(|error| Failure::broken(format!("an event cannot be read: {error}")))?;
    Application::replay(&records)
        .map_err(|fault| Failure::broken(format!("the events do not replay: {fault}")))
}

/// Holds the stored state of `number` to what `events` lead to.
///
/// # Errors
/// [`Failure::Broken`] with both states where they differ.
pub async fn verify(table: &Table, number: &str, events: &Value) -> Result<(), Failure> {
    let (stored, replayed) = (stored(table, number).await?, replayed(events)?);
    ensure(stored == replayed, || {
        format!("stored is {stored:?}, the events lead to {replayed:?}")
    })
}
