//! What S3 says of new objects.

use aws_lambda_events::s3::S3Event;
use percent_encoding::percent_decode_str;
use serde::Deserialize;

use crate::IntakeError;

#[derive(Deserialize)]
#[serde(untagged)]
enum Notification {
    Objects(S3Event),
    /// Sent when notifications are set up.
    Test {
        #[serde(rename = "Event")]
        event: String,
    },
}

/// The keys of the objects that `body` says were created.
///
/// # Errors
/// [`IntakeError::NoNotification`].
pub(crate) fn created_keys(body: &str) -> Result<Vec<String>, IntakeError> {
    let unreadable = |error: serde_json::Error| IntakeError::NoNotification(error.to_string());
    match serde_json::from_str(body).map_err(unreadable)? {
        Notification::Objects(event) => Ok(event
            .records
            .into_iter()
            .filter(|record| {
                let name = record.event_name.as_deref().unwrap_or_default();
                name.trim_start_matches("s3:").starts_with("ObjectCreated:")
            })
            .filter_map(|record| record.s3.object.key)
            .map(|key| decoded(&key))
            .collect()),
        Notification::Test { event } if event == "s3:TestEvent" => Ok(Vec::new()),
        Notification::Test { event } => Err(IntakeError::NoNotification(event)),
    }
}

/// S3 writes keys as HTML forms write values: `+` for a blank, percent signs for the rest.
fn decoded(key: &str) -> String {
    percent_decode_str(&key.replace('+', " "))
        .decode_utf8_lossy()
        .into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn record(name: &str, key: &str) -> serde_json::Value {
        let sample = include_str!("../../../events/intake-object-created.json");
        let sample: serde_json::Value = serde_json::from_str(sample).unwrap();
        let body = sample["Records"][0]["body"].as_str().unwrap();
        let mut notification: serde_json::Value = serde_json::from_str(body).unwrap();
        let mut record = notification["Records"][0].take();
        record["eventName"] = json!(name);
        record["s3"]["object"]["key"] = json!(key);
        record
    }

    fn keys(records: &[serde_json::Value]) -> Vec<String> {
        created_keys(&json!({"Records": records}).to_string()).unwrap()
    }

    #[test]
    fn keys_are_read_as_s3_writes_them() {
        let records = [
            record("ObjectCreated:Put", "quarantine/a/b"),
            record(
                "ObjectCreated:CompleteMultipartUpload",
                "quarantine%2Fa+b%2B%E7%94%B2",
            ),
        ];
        assert_eq!(keys(&records), ["quarantine/a/b", "quarantine/a b+甲"]);
    }

    #[test]
    fn what_was_not_created_is_left_out() {
        let records = [
            record("ObjectRemoved:Delete", "quarantine/a/b"),
            record("ObjectRestore:Completed", "quarantine/a/b"),
        ];
        assert!(keys(&records).is_empty());
    }

    #[test]
    fn the_test_that_s3_sends_at_first_is_no_object() {
        let test = json!({
            "Service": "Amazon S3",
            "Event": "s3:TestEvent",
            "Time": "2026-11-23T11:00:00.000Z",
            "Bucket": "documents",
            "RequestId": "5582815E1AEA5ADF",
            "HostId": "8cLeGAmw098X5cv4Zkwcmo8vvZa3eH3eKxsPzbB9wrR+YstdA6Knx4Ip8EXAMPLE",
        });
        assert!(created_keys(&test.to_string()).unwrap().is_empty());
    }

    #[test]
    fn anything_else_is_refused() {
        for body in [
            "",
            "{}",
            "[]",
            "null",
            "{\"Records\":{}}",
            "{\"Event\":\"s3:Other\"}",
        ] {
            assert!(created_keys(body).is_err(), "{body}");
        }
    }
}
