//! Pieces of the interface description (OpenAPI) that every function uses.

use utoipa::{IntoParams, IntoResponses};

use crate::problem::ProblemBody;

/// The problems that every route can answer with.
#[derive(IntoResponses)]
pub enum AnyProblem {
    /// The request is malformed, or a header or parameter is wrong.
    #[response(status = 400, content_type = "application/problem+json")]
    Malformed(#[to_schema] ProblemBody),
    /// A fault of ours.
    #[response(status = 500, content_type = "application/problem+json")]
    Internal(#[to_schema] ProblemBody),
    /// It may not have taken effect; repeat it with the same key after `Retry-After` seconds.
    #[response(status = 503, content_type = "application/problem+json")]
    Unavailable(#[to_schema] ProblemBody),
}

/// The problems of routes for known callers.
#[derive(IntoResponses)]
pub enum CallerProblem {
    /// There is no token, or it is not to be believed.
    #[response(status = 401, content_type = "application/problem+json")]
    Unauthenticated(#[to_schema] ProblemBody),
    /// It is not for this caller to do.
    #[response(status = 403, content_type = "application/problem+json")]
    Forbidden(#[to_schema] ProblemBody),
    /// There is no such thing, or it is not the caller's to know of.
    #[response(status = 404, content_type = "application/problem+json")]
    NotFound(#[to_schema] ProblemBody),
    /// Too many attempts at the secret of the device beside the caller failed: try again after
    /// `Retry-After` seconds.
    #[response(status = 429, content_type = "application/problem+json")]
    TooMany(#[to_schema] ProblemBody),
}

/// The problems of commands.
#[derive(IntoResponses)]
pub enum CommandProblem {
    /// It does not fit the present state.
    #[response(status = 409, content_type = "application/problem+json")]
    Conflict(#[to_schema] ProblemBody),
    /// `If-Match` names another version than the present one, or somebody was first.
    #[response(status = 412, content_type = "application/problem+json")]
    Stale(#[to_schema] ProblemBody),
    /// The body or the announced document is too large.
    #[response(status = 413, content_type = "application/problem+json")]
    TooLarge(#[to_schema] ProblemBody),
    /// The body is not declared as JSON.
    #[response(status = 415, content_type = "application/problem+json")]
    UnsupportedMediaType(#[to_schema] ProblemBody),
    /// A rule is broken; `errors` lists every fault.
    #[response(status = 422, content_type = "application/problem+json")]
    RuleBroken(#[to_schema] ProblemBody),
    /// `If-Match` is missing.
    #[response(status = 428, content_type = "application/problem+json")]
    PreconditionRequired(#[to_schema] ProblemBody),
}

/// The headers of every request by a known caller.
#[derive(IntoParams)]
#[into_params(parameter_in = Header)]
#[expect(dead_code, reason = "only described")]
pub struct ReadHeaders {
    /// The enterprise's unified social credit code; persons only, who must send it.
    #[param(rename = "X-Acting-For", example = "91140100XXX1000286")]
    acting_for: Option<String>,
    /// `Device number.secret` of the kiosk or counter at which the person stands; persons only, beside
    /// their own token.
    #[param(
        rename = "X-Device-Authorization",
        example = "Device KSK-7K3M9QX2RD4F.secret"
    )]
    device_authorization: Option<String>,
    /// The language of titles and messages: `zh-CN` (default) or `en`.
    #[param(rename = "Accept-Language", example = "zh-CN")]
    accept_language: Option<String>,
    /// Comes back on the answer; a new one without it.
    #[param(rename = "X-Request-Id")]
    request_id: Option<String>,
}

/// The headers of an applicant's command.
#[derive(IntoParams)]
#[into_params(parameter_in = Header)]
#[expect(dead_code, reason = "only described")]
pub struct AgentHeaders {
    /// The enterprise's unified social credit code.
    #[param(rename = "X-Acting-For", example = "91140100XXX1000286")]
    acting_for: String,
    /// 1 to 255 visible ASCII characters; a repeat with the same key gets the same answer for 24 hours.
    #[param(
        rename = "Idempotency-Key",
        example = "6f1c2f5e-7f0e-4c0a-9d3b-0e9d8b3a1c11"
    )]
    idempotency_key: String,
    /// Through which channel: `web`, `wechat` or `api` (default). With a device it is the device's,
    /// `kiosk` or `counter`, and may be left out.
    #[param(rename = "X-Channel", example = "web")]
    channel: Option<String>,
    /// `Device number.secret` of the kiosk or counter at which the person stands; persons only, beside
    /// their own token.
    #[param(
        rename = "X-Device-Authorization",
        example = "Device KSK-7K3M9QX2RD4F.secret"
    )]
    device_authorization: Option<String>,
}

/// The headers of a command that a person gives for themself, for no enterprise.
#[derive(IntoParams)]
#[into_params(parameter_in = Header)]
#[expect(dead_code, reason = "only described")]
pub struct PersonHeaders {
    /// 1 to 255 visible ASCII characters; a repeat with the same key gets the same answer for 24 hours.
    #[param(
        rename = "Idempotency-Key",
        example = "6f1c2f5e-7f0e-4c0a-9d3b-0e9d8b3a1c11"
    )]
    idempotency_key: String,
    /// `Device number.secret` of the kiosk or counter at which the person stands; persons only, beside
    /// their own token.
    #[param(
        rename = "X-Device-Authorization",
        example = "Device KSK-7K3M9QX2RD4F.secret"
    )]
    device_authorization: Option<String>,
}

/// The headers of an officer's command that makes something new.
#[derive(IntoParams)]
#[into_params(parameter_in = Header)]
#[expect(dead_code, reason = "only described")]
pub struct OfficerCreationHeaders {
    /// 1 to 255 visible ASCII characters; a repeat with the same key gets the same answer for 24 hours.
    #[param(
        rename = "Idempotency-Key",
        example = "6f1c2f5e-7f0e-4c0a-9d3b-0e9d8b3a1c11"
    )]
    idempotency_key: String,
}

/// The headers of an officer's command.
#[derive(IntoParams)]
#[into_params(parameter_in = Header)]
#[expect(dead_code, reason = "only described")]
pub struct OfficerHeaders {
    /// The `ETag` of what the path names (application, enterprise or officer), as it was read.
    #[param(rename = "If-Match", example = "\"3\"")]
    if_match: String,
    /// 1 to 255 visible ASCII characters; a repeat with the same key gets the same answer for 24 hours.
    #[param(
        rename = "Idempotency-Key",
        example = "6f1c2f5e-7f0e-4c0a-9d3b-0e9d8b3a1c11"
    )]
    idempotency_key: String,
}

/// The headers of a command that both sides can give.
#[derive(IntoParams)]
#[into_params(parameter_in = Header)]
#[expect(dead_code, reason = "only described")]
pub struct CancelHeaders {
    /// The enterprise's unified social credit code; persons only, who must send it.
    #[param(rename = "X-Acting-For", example = "91140100XXX1000286")]
    acting_for: Option<String>,
    /// The `ETag` of the application as the officer has read it; officers only, who must send it.
    #[param(rename = "If-Match", example = "\"3\"")]
    if_match: Option<String>,
    /// 1 to 255 visible ASCII characters; a repeat with the same key gets the same answer for 24 hours.
    #[param(
        rename = "Idempotency-Key",
        example = "6f1c2f5e-7f0e-4c0a-9d3b-0e9d8b3a1c11"
    )]
    idempotency_key: String,
}

/// The headers of an officer's change.
#[derive(IntoParams)]
#[into_params(parameter_in = Header)]
#[expect(dead_code, reason = "only described")]
pub struct OfficerChangeHeaders {
    /// The `ETag` of what is changed, as the officer has read it.
    #[param(rename = "If-Match", example = "\"1\"")]
    if_match: String,
}

/// The headers of an applicant's change of a draft.
#[derive(IntoParams)]
#[into_params(parameter_in = Header)]
#[expect(dead_code, reason = "only described")]
pub struct ChangeHeaders {
    /// The enterprise's unified social credit code.
    #[param(rename = "X-Acting-For", example = "91140100XXX1000286")]
    acting_for: String,
    /// The `ETag` of the draft as it was read.
    #[param(rename = "If-Match", example = "\"1\"")]
    if_match: String,
    /// `Device number.secret` of the kiosk or counter at which the person stands; persons only, beside
    /// their own token.
    #[param(
        rename = "X-Device-Authorization",
        example = "Device KSK-7K3M9QX2RD4F.secret"
    )]
    device_authorization: Option<String>,
}
