//! The queues, functions and items behind the API, as an operator reaches them.

use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_sdk_dynamodb::types::AttributeValue;
use aws_sdk_lambda::primitives::Blob;
use aws_sdk_sqs::types::Message;
use journeys::waiting::AT_MOST;
use platform::table::Key;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::time::Instant;

/// The stack that the environment names.
pub(crate) struct Stack {
    sqs: aws_sdk_sqs::Client,
    lambda: aws_sdk_lambda::Client,
    dynamodb: aws_sdk_dynamodb::Client,
}

fn variable(name: &str) -> String {
    std::env::var(name).unwrap_or_else(|_| panic!("{name} is not set; `make test` sets it"))
}

impl Stack {
    pub(crate) async fn reach() -> Self {
        let sdk: SdkConfig = aws_config::defaults(BehaviorVersion::latest())
            .region(Region::new(variable("AWS_REGION")))
            .endpoint_url(variable("AWS_ENDPOINT_URL"))
            .http_client(aws_smithy_http_client::Builder::new().build_http())
            .load()
            .await;
        Self {
            sqs: aws_sdk_sqs::Client::new(&sdk),
            lambda: aws_sdk_lambda::Client::new(&sdk),
            dynamodb: aws_sdk_dynamodb::Client::new(&sdk),
        }
    }

    /// Puts a message with this body on the queue that the variable names.
    pub(crate) async fn send(&self, queue: &str, body: &str) {
        let send = self
            .sqs
            .send_message()
            .queue_url(variable(queue))
            .message_body(body);
        send.send().await.unwrap();
    }

    /// Waits until a message with this body lies on the queue that the variable names, and takes it.
    pub(crate) async fn take(&self, queue: &str, body: &str) -> Message {
        let started = Instant::now();
        loop {
            let receive = self
                .sqs
                .receive_message()
                .queue_url(variable(queue))
                .max_number_of_messages(10);
            // The messages of other tests are seen again at once.
            let received = receive
                .wait_time_seconds(1)
                .visibility_timeout(0)
                .send()
                .await
                .unwrap();
            let found = received
                .messages
                .unwrap_or_default()
                .into_iter()
                .find(|message| message.body() == Some(body));
            if let Some(message) = found {
                let delete = self.sqs.delete_message().queue_url(variable(queue));
                delete
                    .set_receipt_handle(message.receipt_handle.clone())
                    .send()
                    .await
                    .unwrap();
                return message;
            }
            assert!(
                started.elapsed() < AT_MOST,
                "{body} did not come to {queue} within {AT_MOST:?}"
            );
        }
    }

    /// Has the function handle these messages in one batch, and returns the numbers of those that it
    /// says failed, counted from 0.
    pub(crate) async fn deliver(&self, function: &str, bodies: &[&str]) -> Vec<usize> {
        let records: Vec<Value> = bodies
            .iter()
            .enumerate()
            .map(|(number, body)| json!({"messageId": number.to_string(), "body": body, "eventSource": "aws:sqs"}))
            .collect();
        let answer = self.invoke(function, &json!({"Records": records})).await;
        let failed = answer["batchItemFailures"]
            .as_array()
            .cloned()
            .unwrap_or_default();
        failed
            .iter()
            .map(|failure| failure["itemIdentifier"].as_str().unwrap().parse().unwrap())
            .collect()
    }

    /// What the function answers to `event`.
    pub(crate) async fn invoke(&self, function: &str, event: &Value) -> Value {
        let invoke = self.lambda.invoke().function_name(variable(function));
        let answer = invoke
            .payload(Blob::new(event.to_string()))
            .send()
            .await
            .unwrap();
        let payload = answer
            .payload
            .unwrap_or_else(|| Blob::new("null"))
            .into_inner();
        let text = String::from_utf8_lossy(&payload);
        assert_eq!(answer.function_error, None, "{text}");
        serde_json::from_slice(&payload).unwrap_or_else(|_| panic!("{function} answered {text}"))
    }

    /// The item at `key`.
    pub(crate) async fn item(&self, key: &Key) -> Option<HashMap<String, AttributeValue>> {
        let get = self
            .dynamodb
            .get_item()
            .table_name(variable("TABLE"))
            .consistent_read(true);
        get.set_key(Some(attributes(key)))
            .send()
            .await
            .unwrap()
            .item
    }

    /// Removes the item at `key`.
    pub(crate) async fn remove(&self, key: &Key) {
        let delete = self.dynamodb.delete_item().table_name(variable("TABLE"));
        delete.set_key(Some(attributes(key))).send().await.unwrap();
    }

    /// Sets text attributes of the item at `key`.
    pub(crate) async fn set(&self, key: &Key, texts: &[(&str, String)]) {
        let mut update = self
            .dynamodb
            .update_item()
            .table_name(variable("TABLE"))
            .set_key(Some(attributes(key)));
        let mut sets = Vec::new();
        for (name, text) in texts {
            update = update
                .expression_attribute_names(format!("#{name}"), *name)
                .expression_attribute_values(format!(":{name}"), AttributeValue::S(text.clone()));
            sets.push(format!("#{name} = :{name}"));
        }
        update
            .update_expression(format!("SET {}", sets.join(", ")))
            .send()
            .await
            .unwrap();
    }
}

fn attributes(key: &Key) -> HashMap<String, AttributeValue> {
    HashMap::from([
        ("pk".to_owned(), AttributeValue::S(key.pk.clone())),
        ("sk".to_owned(), AttributeValue::S(key.sk.clone())),
    ])
}
