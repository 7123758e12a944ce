//! Faults that the local AWS never shows by itself.
//!
//! Requests of the code under test pass through here on their way to the local AWS. A test can
//! answer some of them in its place, or have something happen just before one goes on.

use std::convert::Infallible;
use std::future::Future;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use http::{HeaderMap, Method, Request, Response, Uri};
use http_body_util::{BodyExt as _, Full};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::{TokioExecutor, TokioIo};
use serde_json::{Value, json};
use tokio::net::TcpListener;

/// What is answered in the place of AWS.
#[derive(Clone, Debug)]
pub struct Reply {
    status: u16,
    body: Value,
}

impl Reply {
    /// An answer of the services that speak JSON (DynamoDB, KMS, SQS).
    pub fn json(status: u16, body: Value) -> Self {
        Self { status, body }
    }

    /// The service is out of order.
    pub fn unavailable() -> Self {
        Self::json(503, json!({"__type": "ServiceUnavailable"}))
    }

    /// The caller may not.
    pub fn denied() -> Self {
        Self::json(400, json!({"__type": "AccessDeniedException"}))
    }

    /// Another transaction is on the items of `request`, a `TransactWriteItems`.
    pub fn transaction_conflict(request: &Value) -> Self {
        let items = request["TransactItems"].as_array().map_or(0, Vec::len);
        let reasons: Vec<Value> = (0..items)
            .map(|position| {
                let code = if position == 0 {
                    "TransactionConflict"
                } else {
                    "None"
                };
                json!({"Code": code})
            })
            .collect();
        Self::json(
            400,
            json!({
                "__type": "com.amazonaws.dynamodb.v20120810#TransactionCanceledException",
                "Message": "Transaction cancelled, please refer cancellation reasons",
                "CancellationReasons": reasons,
            }),
        )
    }

    /// None of the keys of `request`, a `BatchGetItem`, was processed.
    pub fn unprocessed(request: &Value) -> Self {
        let keys = &request["RequestItems"];
        Self::json(200, json!({"Responses": {}, "UnprocessedKeys": keys}))
    }

    /// None of the messages of `request`, a `SendMessageBatch`, was taken.
    pub fn messages_refused(request: &Value) -> Self {
        let failed: Vec<Value> = request["Entries"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|entry| json!({"Id": entry["Id"], "SenderFault": false, "Code": "InternalError"}))
            .collect();
        Self::json(200, json!({"Successful": [], "Failed": failed}))
    }
}

type Answer = Box<dyn Fn(&Value) -> Option<Reply> + Send>;
type Happening = Pin<Box<dyn Future<Output = ()> + Send>>;

enum Fault {
    Answer { times: usize, answer: Answer },
    Before(Happening),
}

/// The faults on the way to the local AWS.
#[derive(Clone)]
pub struct Faults {
    address: SocketAddr,
    planned: Arc<Mutex<Vec<(&'static str, Fault)>>>,
}

impl std::fmt::Debug for Faults {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Faults({})", self.address)
    }
}

impl Faults {
    /// A way to the local AWS at `upstream`.
    pub(crate) async fn on_the_way_to(upstream: Uri) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let faults = Self {
            address: listener.local_addr().expect("an address"),
            planned: Arc::default(),
        };
        let client: Client<HttpConnector, Full<Bytes>> = {
            let mut connector = HttpConnector::new();
            connector.set_nodelay(true);
            Client::builder(TokioExecutor::new()).build(connector)
        };
        let server = faults.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let _ = stream.set_nodelay(true);
                let (server, client, upstream) = (server.clone(), client.clone(), upstream.clone());
                tokio::spawn(async move {
                    let service = service_fn(move |request| {
                        let (server, client) = (server.clone(), client.clone());
                        let upstream = upstream.clone();
                        async move { server.pass(request, &client, &upstream).await }
                    });
                    // A client that goes away in the middle is no concern of the test.
                    let _ = hyper::server::conn::http1::Builder::new()
                        .serve_connection(TokioIo::new(stream), service)
                        .await;
                });
            }
        });
        faults
    }

    pub(crate) fn endpoint(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Answers the next `times` requests for `operation` with what `answer` makes of their body,
    /// unless it passes one on with `None`. Operations of S3 are named by their method: `GetObject`,
    /// `PutObject`, `DeleteObject`.
    pub fn answer(
        &self,
        operation: &'static str,
        times: usize,
        answer: impl Fn(&Value) -> Option<Reply> + Send + 'static,
    ) {
        let answer: Answer = Box::new(answer);
        self.plan(operation, Fault::Answer { times, answer });
    }

    /// Has `happening` happen just before the next request for `operation` goes on.
    pub fn before(
        &self,
        operation: &'static str,
        happening: impl Future<Output = ()> + Send + 'static,
    ) {
        self.plan(operation, Fault::Before(Box::pin(happening)));
    }

    /// Whether everything planned has come to pass.
    pub fn all_happened(&self) -> bool {
        self.planned.lock().expect("a lock").is_empty()
    }

    fn plan(&self, operation: &'static str, fault: Fault) {
        self.planned
            .lock()
            .expect("a lock")
            .push((operation, fault));
    }

    /// The reply to give in the place of AWS, or what is to happen before the request goes on.
    fn due(&self, operation: &str, body: &[u8]) -> (Option<Reply>, Option<Happening>) {
        let mut planned = self.planned.lock().expect("a lock");
        let Some(position) = planned.iter().position(|(name, _)| *name == operation) else {
            return (None, None);
        };
        if let (_, Fault::Answer { times, answer }) = &mut planned[position] {
            let request = serde_json::from_slice(body).unwrap_or(Value::Null);
            let reply = answer(&request);
            *times -= usize::from(reply.is_some());
            if *times == 0 {
                planned.remove(position);
            }
            return (reply, None);
        }
        match planned.remove(position).1 {
            Fault::Before(happening) => (None, Some(happening)),
            Fault::Answer { .. } => (None, None),
        }
    }

    async fn pass(
        &self,
        request: Request<Incoming>,
        client: &Client<HttpConnector, Full<Bytes>>,
        upstream: &Uri,
    ) -> Result<Response<Full<Bytes>>, Infallible> {
        let (mut head, body) = request.into_parts();
        let body = body.collect().await.expect("a whole request").to_bytes();
        let operation = operation(&head.method, &head.headers);
        let (reply, happening) = self.due(&operation, &body);
        if let Some(reply) = reply {
            let answer = Response::builder()
                .status(reply.status)
                .header("content-type", "application/x-amz-json-1.0")
                .header("x-amzn-requestid", "planned-fault");
            let body = reply.body.to_string().into();
            return Ok(answer.body(body).expect("a response"));
        }
        if let Some(happening) = happening {
            happening.await;
        }
        let mut parts = upstream.clone().into_parts();
        parts.path_and_query = head.uri.path_and_query().cloned();
        head.uri = Uri::from_parts(parts).expect("an address");
        let request = Request::from_parts(head, Full::new(body));
        let answer = client
            .request(request)
            .await
            .expect("the local AWS answers");
        let (head, body) = answer.into_parts();
        let body = body.collect().await.expect("a whole answer").to_bytes();
        Ok(Response::from_parts(head, Full::new(body)))
    }
}

fn operation(method: &Method, headers: &HeaderMap) -> String {
    let target = headers
        .get("x-amz-target")
        .and_then(|name| name.to_str().ok());
    match target.and_then(|name| name.rsplit('.').next()) {
        Some(name) => name.to_owned(),
        None => match *method {
            Method::GET => "GetObject".to_owned(),
            Method::PUT => "PutObject".to_owned(),
            Method::DELETE => "DeleteObject".to_owned(),
            _ => method.to_string(),
        },
    }
}
