//! The authorisation request of a client (OpenID Connect Core 1.0, section 3.1.2; RFC 7636).

use axum::response::{IntoResponse, Redirect, Response};
use domain::words::Words;
use http::StatusCode;
use url::Url;

use super::parameters::Parameters;
use super::{Provider, page, redirect};
use crate::settings::Settings;

/// The longest `state` and `nonce`, in bytes.
const LONGEST: usize = 512;
/// A SHA-256 digest in unpadded base 64.
const CHALLENGE_LENGTH: usize = 43;
/// What a client may send; what else it sends is ignored, as RFC 6749 has it.
const NAMES: [&str; 8] = [
    "response_type",
    "client_id",
    "redirect_uri",
    "scope",
    "state",
    "nonce",
    "code_challenge",
    "code_challenge_method",
];

/// A request that has been found in order.
#[derive(Clone, Debug)]
pub(super) struct LoginRequest {
    pub(super) client_id: String,
    pub(super) redirect_uri: String,
    pub(super) nonce: String,
    pub(super) code_challenge: String,
    state: String,
    issuer: String,
    target: Url,
}

/// A request that has not.
#[derive(Debug)]
pub(super) enum Refused {
    /// It does not say where an answer may go, so the person is told.
    Untrusted(Vec<Words>),
    /// The client is told: the address is the client's, with the fault.
    Returned(String),
}

impl LoginRequest {
    /// The request in `parameters`.
    ///
    /// # Errors
    /// [`Refused`] with every fault.
    pub(super) fn read(
        parameters: &Parameters,
        provider: Provider,
        settings: &Settings,
    ) -> Result<Self, Refused> {
        let mut untrusted = Vec::new();
        let client_id = parameters.get("client_id").filter(|id| is_client_id(id));
        if client_id.is_none() {
            untrusted.push(Words::new(
                "client_id 缺失或无效：请用 1–64 个字母、数字、-、_ 或 .。",
                "client_id is missing or invalid: 1 to 64 letters, digits, -, _ or . are expected.",
            ));
        }
        let redirect_uri = parameters.get("redirect_uri").unwrap_or_default();
        let target = redirect::allowed(redirect_uri, &settings.allowed_origins);
        if target.is_none() {
            untrusted.push(Words::new(
                "redirect_uri 缺失或不被允许：只能是本机地址或 ALLOWED_ORIGINS 中的来源。",
                "redirect_uri is missing or not allowed: it must be on this machine or at one of ALLOWED_ORIGINS.",
            ));
        }
        let (Some(client_id), Some(target)) = (client_id, target) else {
            return Err(Refused::Untrusted(untrusted));
        };
        let request = Self {
            client_id: client_id.to_owned(),
            redirect_uri: redirect_uri.to_owned(),
            nonce: parameters.get("nonce").unwrap_or_default().to_owned(),
            code_challenge: parameters
                .get("code_challenge")
                .unwrap_or_default()
                .to_owned(),
            state: parameters.get("state").unwrap_or_default().to_owned(),
            issuer: provider.issuer(settings),
            target,
        };
        let faults = request.faults(parameters);
        match faults.first() {
            None => Ok(request),
            Some((error, _)) => {
                let told: Vec<&str> = faults.iter().map(|(_, told)| told.as_str()).collect();
                Err(Refused::Returned(request.refusal(error, &told.join("; "))))
            }
        }
    }

    /// The faults that the client can be told of, with the codes of RFC 6749 and OpenID Connect.
    fn faults(&self, parameters: &Parameters) -> Vec<(&'static str, String)> {
        let mut faults = Vec::new();
        let mut fault = |error, told: &str| faults.push((error, told.to_owned()));
        if parameters.get("response_type") != Some("code") {
            fault("unsupported_response_type", "response_type must be code");
        }
        let scope = parameters.get("scope").unwrap_or_default();
        if !scope.split(' ').any(|word| word == "openid") {
            fault("invalid_scope", "scope must contain openid");
        }
        if parameters.get("prompt") == Some("none") {
            fault("login_required", "prompt=none finds nobody logged in");
        }
        for (name, value) in [("state", &self.state), ("nonce", &self.nonce)] {
            if !(1..=LONGEST).contains(&value.len()) {
                fault(
                    "invalid_request",
                    &format!("{name} must have 1 to {LONGEST} bytes"),
                );
            }
        }
        if parameters.get("code_challenge_method") != Some("S256") {
            fault("invalid_request", "code_challenge_method must be S256");
        }
        let challenge = self.code_challenge.bytes();
        if challenge.len() != CHALLENGE_LENGTH
            || !challenge
                .into_iter()
                .all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
        {
            fault(
                "invalid_request",
                "code_challenge must be a SHA-256 digest in base64url",
            );
        }
        for name in parameters.repeated(&NAMES) {
            fault(
                "invalid_request",
                &format!("{name} is there more than once"),
            );
        }
        faults
    }

    /// The parameters of the request, to be sent again with the choice of a person.
    pub(super) fn parameters(&self) -> [(&'static str, &str); 8] {
        [
            ("response_type", "code"),
            ("client_id", &self.client_id),
            ("redirect_uri", &self.redirect_uri),
            ("scope", "openid"),
            ("state", &self.state),
            ("nonce", &self.nonce),
            ("code_challenge", &self.code_challenge),
            ("code_challenge_method", "S256"),
        ]
    }

    /// The address that brings `code` to the client (with `iss`, RFC 9207).
    pub(super) fn success(&self, code: &str) -> String {
        let answer = [
            ("code", code),
            ("state", &self.state),
            ("iss", &self.issuer),
        ];
        redirect::answering(self.target.clone(), answer)
    }

    /// The address that tells the client of `error`.
    pub(super) fn refusal(&self, error: &str, description: &str) -> String {
        let mut answer = vec![("error", error), ("error_description", description)];
        if !self.state.is_empty() {
            answer.push(("state", &self.state));
        }
        answer.push(("iss", &self.issuer));
        redirect::answering(self.target.clone(), answer)
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        match self {
            Self::Untrusted(faults) => {
                (StatusCode::BAD_REQUEST, page::fault(&faults)).into_response()
            }
            Self::Returned(address) => Redirect::to(&address).into_response(),
        }
    }
}

fn is_client_id(text: &str) -> bool {
    (1..=64).contains(&text.len())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
}
