//! An account of its own on the local AWS, with the table, bucket, queue and key of a stage.

use std::sync::Arc;

use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_sdk_dynamodb::types::{
    AttributeDefinition, AttributeValue, BillingMode, GlobalSecondaryIndex, KeySchemaElement,
    KeyType, Projection, ProjectionType, ScalarAttributeType,
};
use platform::aws::Aws;
use platform::cases::Cases;
use platform::clock::ClockOffset;
use platform::config::Config;
use platform::documents::Documents;
use platform::queues::{Queue, Queues};
use platform::table::{Attributes, Key, Table, item};
use platform::vault::Vault;
use rand::Rng as _;

use crate::faults::Faults;

const TABLE: &str = "table";
const BUCKET: &str = "documents";
const REGION: &str = "us-east-1";

/// A stage on the local AWS that no other test can see.
///
/// The code under test reaches it through [`Faults`]; the clients here reach it directly.
#[derive(Clone, Debug)]
pub struct Emulated {
    /// What a function finds in its environment.
    pub config: Config,
    /// The clients of the code under test.
    pub aws: Arc<Aws>,
    /// Faults on the way of the code under test.
    pub faults: Faults,
    /// DynamoDB, without faults.
    pub dynamodb: aws_sdk_dynamodb::Client,
    /// S3, without faults.
    pub s3: aws_sdk_s3::Client,
    /// SQS, without faults.
    pub sqs: aws_sdk_sqs::Client,
}

impl Emulated {
    /// A new stage with an empty table, bucket and queues.
    pub async fn new() -> Self {
        Self::with(&[]).await
    }

    /// A new stage whose functions find also `settings` in their environment.
    pub async fn with(settings: &[(&str, &str)]) -> Self {
        let endpoint = std::env::var("AWS_ENDPOINT_URL")
            .expect("AWS_ENDPOINT_URL must name the local AWS; `make test` starts one and sets it");
        // Twelve digits as the access key are an account of its own there.
        let account = rand::rng().random_range(100_000_000_000_u64..1_000_000_000_000);
        let credentials = SharedCredentialsProvider::new(Credentials::new(
            account.to_string(),
            "test",
            None,
            None,
            "test",
        ));
        let sdk = sdk(&endpoint, credentials.clone());
        let dynamodb = aws_sdk_dynamodb::Client::new(&sdk);
        let sqs = aws_sdk_sqs::Client::new(&sdk);
        let s3 = aws_sdk_s3::Client::from_conf(
            aws_sdk_s3::config::Builder::from(&sdk)
                .force_path_style(true)
                .build(),
        );
        create_table(&dynamodb).await;
        // Buckets share one name space across accounts.
        let bucket = format!("{BUCKET}-{account}");
        s3.create_bucket()
            .bucket(&bucket)
            .send()
            .await
            .expect("a bucket");
        let review = create_queue(&sqs, "review").await;
        let deadlines = create_queue(&sqs, "deadlines").await;
        let projection = create_queue(&sqs, "projection").await;
        let notification = create_queue(&sqs, "notification").await;
        let key = aws_sdk_kms::Client::new(&sdk).create_key().send().await;
        let key = key.expect("a key").key_metadata.expect("its id").key_id;

        let config = Config::read(|name| {
            let given = settings.iter().find(|(setting, _)| *setting == name);
            match (name, given) {
                (_, Some((_, value))) => Some((*value).to_owned()),
                ("STAGE", _) => Some("test".to_owned()),
                ("TABLE", _) => Some(TABLE.to_owned()),
                ("DOCUMENTS_BUCKET", _) => Some(bucket.clone()),
                ("REVIEW_QUEUE_URL", _) => Some(review.clone()),
                ("DEADLINES_QUEUE_URL", _) => Some(deadlines.clone()),
                ("PROJECTION_QUEUE_URL", _) => Some(projection.clone()),
                ("NOTIFICATION_QUEUE_URL", _) => Some(notification.clone()),
                ("KEY_ID", _) => Some(key.clone()),
                // Nobody listens there.
                ("ENTERPRISE_REGISTER_URL" | "MALWARE_SCANNER_URL", _) => {
                    Some("http://127.0.0.1:9".to_owned())
                }
                _ => None,
            }
        })
        .expect("a configuration");
        let faults = Faults::on_the_way_to(endpoint.parse().expect("an address")).await;
        let endpoint = Some(faults.endpoint());
        let aws = Aws::new(&config, endpoint, REGION.to_owned(), credentials).expect("clients");
        Self {
            config,
            aws: Arc::new(aws),
            faults,
            dynamodb,
            s3,
            sqs,
        }
    }

    /// The table as a function sees it.
    pub fn table(&self) -> Table {
        Table::new(Arc::clone(&self.aws), &self.config)
    }

    /// The cases as a function sees them.
    pub fn cases(&self) -> Cases {
        let vault = Vault::new(Arc::clone(&self.aws), self.table(), &self.config);
        Cases::new(self.table(), Arc::new(vault.expect("a vault")))
    }

    /// The documents as a function sees them.
    pub fn documents(&self) -> Documents {
        Documents::new(Arc::clone(&self.aws), &self.config).expect("documents")
    }

    /// The queues as a function sees them.
    pub fn queues(&self) -> Queues {
        Queues::new(Arc::clone(&self.aws), &self.config).expect("queues")
    }

    /// The item at `key`.
    pub async fn item(&self, key: &Key) -> Option<Attributes> {
        let found = self
            .dynamodb
            .get_item()
            .table_name(TABLE)
            .key("pk", AttributeValue::S(key.pk.clone()))
            .key("sk", AttributeValue::S(key.sk.clone()))
            .consistent_read(true)
            .send()
            .await;
        found.expect("an answer").item
    }

    /// Writes `item` without a condition.
    pub async fn put_item(&self, item: Attributes) {
        let put = self.dynamodb.put_item().table_name(TABLE);
        let put = put.set_item(Some(item)).send().await;
        put.expect("the item is written");
    }

    /// Removes the item at `key`.
    pub async fn delete_item(&self, key: &Key) {
        let deleted = self
            .dynamodb
            .delete_item()
            .table_name(TABLE)
            .key("pk", AttributeValue::S(key.pk.clone()))
            .key("sk", AttributeValue::S(key.sk.clone()))
            .send()
            .await;
        deleted.expect("the item is removed");
    }

    /// Moves business time to `seconds` after the real one, on a stage with a `CLOCK_ITEM`.
    pub async fn move_clock(&self, seconds: i64) {
        let table = self.table();
        let key = table.clock().item().expect("a clock that can be moved");
        let offset = item::write(key, 1, &ClockOffset { seconds });
        self.put_item(offset.expect("an item")).await;
    }

    /// Everything in the table, in the order of its keys.
    pub async fn everything(&self) -> Vec<Attributes> {
        let mut items = Vec::new();
        let mut start = None;
        loop {
            let scan = self.dynamodb.scan().table_name(TABLE);
            let scan = scan.set_exclusive_start_key(start).send().await;
            let scan = scan.expect("an answer");
            items.extend(scan.items.unwrap_or_default());
            start = scan.last_evaluated_key.filter(|key| !key.is_empty());
            if start.is_none() {
                break;
            }
        }
        items.sort_by_key(|found| {
            let text = |name| item::text(found, name).unwrap_or_default().to_owned();
            (text("pk"), text("sk"))
        });
        items
    }

    /// Puts an object into the bucket of documents, as an upload does.
    pub async fn put_object(&self, key: &str, bytes: impl Into<Vec<u8>>) {
        let put = self.s3.put_object().bucket(self.bucket()).key(key);
        let put = put.body(bytes.into().into()).send().await;
        put.expect("the object is written");
    }

    /// The object at `key` in the bucket of documents.
    pub async fn object(&self, key: &str) -> Option<Vec<u8>> {
        let got = self.s3.get_object().bucket(self.bucket()).key(key);
        let object = got.send().await.ok()?;
        let body = object.body.collect().await.expect("a whole object");
        Some(body.to_vec())
    }

    /// The tags of the object at `key` in the bucket of documents.
    pub async fn tags(&self, key: &str) -> Vec<(String, String)> {
        let asked = self.s3.get_object_tagging().bucket(self.bucket()).key(key);
        let tags = asked.send().await.expect("an object").tag_set;
        tags.into_iter().map(|tag| (tag.key, tag.value)).collect()
    }

    /// Takes every message that is on the queue of the review now, as its text.
    pub async fn review_messages(&self) -> Vec<String> {
        self.messages(Queue::Review).await
    }

    /// Takes every message that is on the queue of the cases to look at now, as its text.
    pub async fn due_messages(&self) -> Vec<String> {
        self.texts(self.config.deadlines_queue_url.as_deref()).await
    }

    /// Takes every message that is on `queue` now, as its text.
    pub async fn messages(&self, queue: Queue) -> Vec<String> {
        let queue = match queue {
            Queue::Review => &self.config.review_queue_url,
            Queue::Projection => &self.config.projection_queue_url,
            Queue::Notification => &self.config.notification_queue_url,
        };
        self.texts(queue.as_deref()).await
    }

    async fn texts(&self, queue: Option<&str>) -> Vec<String> {
        let queue = queue.expect("a queue");
        let mut messages = Vec::new();
        loop {
            let receive = self.sqs.receive_message().queue_url(queue);
            let received = receive.max_number_of_messages(10).send().await;
            let received = received.expect("an answer").messages.unwrap_or_default();
            if received.is_empty() {
                return messages;
            }
            messages.extend(received.into_iter().filter_map(|message| message.body));
        }
    }

    fn bucket(&self) -> &str {
        self.config.documents_bucket.as_deref().expect("a bucket")
    }
}

async fn create_queue(sqs: &aws_sdk_sqs::Client, name: &str) -> String {
    let queue = sqs.create_queue().queue_name(name).send().await;
    queue.expect("a queue").queue_url.expect("its address")
}

fn sdk(endpoint: &str, credentials: SharedCredentialsProvider) -> SdkConfig {
    SdkConfig::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new(REGION))
        .credentials_provider(credentials)
        .endpoint_url(endpoint)
        .http_client(aws_smithy_http_client::Builder::new().build_http())
        .build()
}

/// The table as the template describes it.
async fn create_table(dynamodb: &aws_sdk_dynamodb::Client) {
    let mut create = dynamodb
        .create_table()
        .table_name(TABLE)
        .billing_mode(BillingMode::PayPerRequest);
    for element in key_schema("pk", "sk") {
        create = create.key_schema(element);
    }
    for attribute in attributes("pk", "sk") {
        create = create.attribute_definitions(attribute);
    }
    for (index, partition, projection) in [
        ("by_owner", "owner", ProjectionType::All),
        ("by_work", "work", ProjectionType::All),
        ("by_subject", "subject", ProjectionType::KeysOnly),
        ("outbox", "outbox", ProjectionType::All),
        ("by_deadline", "deadline", ProjectionType::KeysOnly),
    ] {
        let sort = format!("{partition}_sort");
        let built = GlobalSecondaryIndex::builder()
            .index_name(index)
            .set_key_schema(Some(key_schema(partition, &sort)))
            .projection(Projection::builder().projection_type(projection).build())
            .build();
        create = create.global_secondary_indexes(built.expect("an index"));
        for attribute in attributes(partition, &sort) {
            create = create.attribute_definitions(attribute);
        }
    }
    create.send().await.expect("a table");
}

fn key_schema(partition: &str, sort: &str) -> Vec<KeySchemaElement> {
    [(partition, KeyType::Hash), (sort, KeyType::Range)]
        .into_iter()
        .map(|(name, kind)| {
            let element = KeySchemaElement::builder().attribute_name(name);
            element.key_type(kind).build().expect("a key element")
        })
        .collect()
}

fn attributes(partition: &str, sort: &str) -> Vec<AttributeDefinition> {
    [partition, sort]
        .into_iter()
        .map(|name| {
            let attribute = AttributeDefinition::builder().attribute_name(name);
            let attribute = attribute.attribute_type(ScalarAttributeType::S);
            attribute.build().expect("an attribute")
        })
        .collect()
}
