//! A batch of messages from a queue: each is handled on its own, and the failed ones are named.
//!
//! SQS delivers the named ones again, and after five attempts puts them on the dead-letter queue. What
//! was handled is never delivered again because of another message beside it.

use std::panic::AssertUnwindSafe;
use std::time::Instant as Elapsed;

use aws_lambda_events::sqs::{SqsBatchResponse, SqsEvent};
use futures_util::FutureExt as _;

use crate::telemetry::milliseconds_since;

/// Handles the messages of `event` one after the other, so that only one document or form is in
/// memory at a time. `handle` gets the body of a message and says how it ended; an error, or a panic,
/// fails that message alone.
///
/// Writes one log line per message.
pub async fn run<F, E>(
    function: &'static str,
    event: SqsEvent,
    handle: impl Fn(String) -> F,
) -> SqsBatchResponse
where
    F: Future<Output = Result<&'static str, E>>,
    E: std::fmt::Display,
{
    let mut failed = SqsBatchResponse::default();
    for message in event.records {
        let started = Elapsed::now();
        let body = message.body.unwrap_or_default();
        // Boxed, because the futures of a whole worker nest deeper than the compiler follows.
        let handled = AssertUnwindSafe(Box::pin(handle(body)))
            .catch_unwind()
            .await;
        let duration_ms = milliseconds_since(started);
        // Without an identifier, which SQS always gives, the whole batch would be delivered again.
        let message_id = message.message_id.unwrap_or_default();
        match handled {
            Ok(Ok(outcome)) => {
                tracing::info!(
                    function,
                    message_id,
                    outcome,
                    duration_ms,
                    "message handled"
                );
                continue;
            }
            Ok(Err(error)) => {
                tracing::error!(function, message_id, outcome = "failed", duration_ms, %error, "message failed");
            }
            Err(_) => {
                tracing::error!(
                    function,
                    message_id,
                    outcome = "panicked",
                    duration_ms,
                    "message failed"
                );
            }
        }
        failed.add_failure(message_id);
    }
    failed
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use super::*;
    use serde_json::json;

    fn batch(bodies: &[&str]) -> SqsEvent {
        let records: Vec<_> = bodies
            .iter()
            .map(|body| json!({"messageId": format!("id of {body}"), "body": body}))
            .collect();
        serde_json::from_value(json!({"Records": records})).unwrap()
    }

    fn failed(response: &SqsBatchResponse) -> Vec<&str> {
        let failures = response.batch_item_failures.iter();
        failures
            .map(|failure| failure.item_identifier.as_str())
            .collect()
    }

    #[tokio::test]
    async fn a_message_that_fails_or_panics_fails_alone() {
        let handled = RefCell::new(Vec::new());
        let event = batch(&["one", "poison", "two", "bomb", "three"]);
        let answer = run("test", event, |body| async {
            assert_ne!(body, "bomb");
            if body == "poison" {
                return Err("unreadable");
            }
            handled.borrow_mut().push(body);
            Ok("done")
        });
        let answer = answer.await;
        assert_eq!(failed(&answer), ["id of poison", "id of bomb"]);
        assert_eq!(*handled.borrow(), ["one", "two", "three"]);
    }

    #[tokio::test]
    async fn a_batch_that_is_handled_names_nothing() {
        let answer = run("test", batch(&["one", "two"]), |_| async {
            Ok::<_, String>("done")
        });
        assert!(failed(&answer.await).is_empty());
    }
}
