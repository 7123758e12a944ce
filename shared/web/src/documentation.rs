//! Pieces of the interface description (OpenAPI) that every function uses.

use utoipa::IntoResponses;

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
    /// Nothing was changed; try again after `Retry-After` seconds.
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
}
