//! A web site of somebody else, as small as a test needs it.

use std::collections::HashMap;
use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use http::{Request, Response};
use http_body_util::{BodyExt as _, Full};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;

type Compute = dyn Fn(&[u8]) -> Bytes + Send + Sync;

#[derive(Clone)]
enum Page {
    Shown { status: u16, body: Bytes },
    Redirect(String),
    Silent,
    Computed(Arc<Compute>),
}

/// A site on a port of its own. What it has no page for is answered 404.
#[derive(Clone)]
pub struct Site {
    address: SocketAddr,
    pages: Arc<Mutex<HashMap<String, Page>>>,
}

impl std::fmt::Debug for Site {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Site({})", self.address)
    }
}

impl Site {
    /// An empty site.
    pub async fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let site = Self {
            address: listener.local_addr().expect("an address"),
            pages: Arc::default(),
        };
        let server = site.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let server = server.clone();
                tokio::spawn(async move {
                    let service = service_fn(move |request: Request<Incoming>| {
                        let server = server.clone();
                        async move { Ok::<_, Infallible>(server.answer(request).await) }
                    });
                    // A client that goes away in the middle is no concern of the test.
                    let _ = hyper::server::conn::http1::Builder::new()
                        .serve_connection(TokioIo::new(stream), service)
                        .await;
                });
            }
        });
        site
    }

    /// Where it is, without a slash at the end.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Shows `body` at `path`.
    pub fn show(&self, path: &str, body: impl Into<Bytes>) {
        self.show_with_status(path, 200, body);
    }

    /// Shows `body` at `path` under `status`.
    pub fn show_with_status(&self, path: &str, status: u16, body: impl Into<Bytes>) {
        let body = body.into();
        self.set(path, Page::Shown { status, body });
    }

    /// Sends who asks at `path` to `location`.
    pub fn redirect(&self, path: &str, location: &str) {
        self.set(path, Page::Redirect(location.to_owned()));
    }

    /// Never answers at `path`.
    pub fn be_silent(&self, path: &str) {
        self.set(path, Page::Silent);
    }

    /// Answers at `path` with what `compute` makes of the body that was sent there.
    pub fn compute(&self, path: &str, compute: impl Fn(&[u8]) -> Bytes + Send + Sync + 'static) {
        self.set(path, Page::Computed(Arc::new(compute)));
    }

    fn set(&self, path: &str, page: Page) {
        let mut pages = self.pages.lock().expect("a lock");
        pages.insert(path.to_owned(), page);
    }

    async fn answer(&self, request: Request<Incoming>) -> Response<Full<Bytes>> {
        let path = request.uri().path();
        let page = self.pages.lock().expect("a lock").get(path).cloned();
        let (builder, body) = match page {
            Some(Page::Shown { status, body }) => (Response::builder().status(status), body),
            Some(Page::Redirect(location)) => {
                let moved = Response::builder().status(302);
                (moved.header("location", location), Bytes::new())
            }
            Some(Page::Computed(compute)) => {
                let sent = request.into_body().collect().await.expect("a body");
                (Response::builder(), compute(&sent.to_bytes()))
            }
            Some(Page::Silent) => std::future::pending().await,
            None => (Response::builder().status(404), Bytes::new()),
        };
        builder.body(Full::new(body)).expect("a response")
    }
}
