//! The API of a stack, and who calls it.

use std::sync::Arc;

use http::Method;
use serde_json::{Value, json};

use crate::call::Call;
use crate::failure::Failure;
use crate::narrator::{Narrator, Silent};

/// The API of a stack.
#[derive(Clone)]
pub struct Api {
    pub(crate) http: reqwest::Client,
    base: String,
    pub(crate) narrator: Arc<dyn Narrator>,
}

impl std::fmt::Debug for Api {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Api({})", self.base)
    }
}

/// A client that also reaches a stack on AWS, by the public roots.
#[expect(clippy::expect_used, reason = "what is built in is right")]
fn client() -> reqwest::Client {
    let roots = rustls::RootCertStore {
        roots: webpki_roots::TLS_SERVER_ROOTS.to_vec(),
    };
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let tls = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("ring has the default protocol versions")
        .with_root_certificates(roots)
        .with_no_client_auth();
    let client = reqwest::Client::builder().tls_backend_preconfigured(tls);
    client.build().expect("a client with these settings")
}

impl Api {
    /// The API at `base`, with or without a slash at its end.
    pub fn at(base: &str) -> Self {
        Self {
            http: client(),
            base: base.trim_end_matches('/').to_owned(),
            narrator: Arc::new(Silent),
        }
    }

    /// The API that the environment variable `API` names.
    ///
    /// # Errors
    /// [`Failure::NotReady`] without one.
    pub fn from_env() -> Result<Self, Failure> {
        let base = std::env::var("API").map_err(|_| {
            Failure::NotReady(
                "API must name the base address of a stack; `make test` sets it".to_owned(),
            )
        })?;
        Ok(Self::at(&base))
    }

    /// The API with what happens told to `narrator`.
    #[must_use]
    pub fn told_to(mut self, narrator: Arc<dyn Narrator>) -> Self {
        self.narrator = narrator;
        self
    }

    /// Who is told what happens.
    pub fn narrator(&self) -> &dyn Narrator {
        self.narrator.as_ref()
    }

    /// Its base address.
    pub fn base(&self) -> &str {
        &self.base
    }

    /// Somebody who is not logged in.
    pub fn anybody(&self) -> Caller {
        Caller {
            api: self.clone(),
            who: "anybody".to_owned(),
            headers: Vec::new(),
        }
    }

    /// Whoever holds `token`.
    pub fn bearer(&self, token: &str) -> Caller {
        self.anybody()
            .with("authorization", &format!("Bearer {token}"))
    }

    /// A ready person or officer of the sandbox, logged in.
    ///
    /// # Errors
    /// [`Failure`] where the sandbox does not log them in.
    pub async fn login(&self, person: &str) -> Result<Caller, Failure> {
        let token = self.token(json!({"person": person})).await?;
        Ok(Caller {
            who: person.to_owned(),
            ..self.bearer(&token)
        })
    }

    /// The token that the sandbox answers to `request` (`person`, `audience`, `expires_in`).
    ///
    /// # Errors
    /// [`Failure`] where it answers none.
    pub async fn token(&self, request: Value) -> Result<String, Failure> {
        let call = self.anybody().post("/sandbox/token", &request);
        let answer = call.quietly().await?.expect(200)?;
        let token = answer.json()["access_token"].as_str();
        token
            .map(str::to_owned)
            .ok_or_else(|| Failure::broken("the sandbox answered without a token"))
    }
}

/// Somebody who calls the API, with the headers that go with each of their calls.
#[derive(Clone, Debug)]
pub struct Caller {
    pub(crate) api: Api,
    who: String,
    headers: Vec<(String, String)>,
}

impl Caller {
    /// The caller acting for the enterprise `uscc`.
    #[must_use]
    pub fn acting_for(self, uscc: &str) -> Self {
        self.with("x-acting-for", uscc)
    }

    /// The caller, who reads English.
    #[must_use]
    pub fn in_english(self) -> Self {
        self.with("accept-language", "en")
    }

    /// The caller with another header on each call.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The API they call.
    pub fn api(&self) -> &Api {
        &self.api
    }

    /// Reads `path`.
    pub fn get(&self, path: &str) -> Call {
        self.call(Method::GET, path)
    }

    /// Sends `body` to `path`.
    pub fn post(&self, path: &str, body: &Value) -> Call {
        self.call(Method::POST, path).json(body)
    }

    /// Changes `path` by `body`.
    pub fn patch(&self, path: &str, body: &Value) -> Call {
        self.call(Method::PATCH, path).json(body)
    }

    /// Removes `path`.
    pub fn delete(&self, path: &str) -> Call {
        self.call(Method::DELETE, path)
    }

    /// A call of `path` with `method`.
    pub fn call(&self, method: Method, path: &str) -> Call {
        let mut call = Call::new(self.api.clone(), &self.who, method, path);
        for (name, value) in &self.headers {
            call = call.header(name, value);
        }
        call
    }
}
