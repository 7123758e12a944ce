//! `GET /v1/applications/{id}/documents/{doc}`: what became of a document, and a link to a clean one.

use axum::Json;
use axum::extract::State;
use domain::document::Document;
use domain::instant::Instant;
use domain::manifest::PaperState;
use platform::cases::Wanted;
use platform::documents::Link;
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;
use web::documentation::{AnyProblem, CallerProblem, ReadHeaders};
use web::path::Path;
use web::{Caller, Code, Problem};

use crate::app::App;
use crate::read::see;

/// A request that whoever holds it may make until it expires.
#[derive(Serialize, ToSchema)]
#[schema(as = Link)]
pub(crate) struct LinkBody {
    /// The HTTP method.
    method: String,
    /// The address.
    url: String,
    /// Headers that must be sent exactly so.
    headers: BTreeMap<String, String>,
    /// Until when it holds.
    #[schema(value_type = String, format = DateTime)]
    expires_at: Instant,
}

impl From<Link> for LinkBody {
    fn from(link: Link) -> Self {
        Self {
            method: link.method,
            url: link.url,
            headers: link.headers.into_iter().collect(),
            expires_at: link.expires_at,
        }
    }
}

/// A document.
#[derive(Serialize, ToSchema)]
#[schema(as = Document)]
pub(crate) struct DocumentBody {
    /// The document.
    document: String,
    /// The material it stands for.
    material: String,
    /// What became of it.
    state: PaperState,
    /// The kind of file.
    #[schema(value_type = String)]
    media_type: &'static str,
    /// Bytes.
    size: u64,
    /// SHA-256 of the content.
    sha256: String,
    /// When it was examined.
    #[schema(value_type = Option<String>, format = DateTime)]
    examined_at: Option<Instant>,
    /// Stable codes of why it was refused.
    reasons: Vec<String>,
    /// How to read it, for 5 minutes; null unless it is clean.
    download: Option<LinkBody>,
}

/// Read a document
#[utoipa::path(
    get,
    path = "/v1/applications/{id}/documents/{doc}",
    tag = "approval",
    params(
        ("id" = String, Path, description = "The application's number"),
        ("doc" = String, Path, description = "The document"),
        ReadHeaders
    ),
    responses((status = 200, body = DocumentBody), AnyProblem, CallerProblem),
    security(("person" = []), ("officer" = []))
)]
pub(crate) async fn read_document(
    State(app): State<App>,
    Path((id, document)): Path<(String, String)>,
    caller: Caller,
) -> Result<Json<DocumentBody>, Problem> {
    let number = web::path::application(id)?;
    let wanted = Wanted {
        principal: Some(&caller.principal),
        document: Some(web::path::id(&document)?),
        ..Wanted::default()
    };
    let case = app.cases.load(&number, wanted).await?;
    see(&caller, &case)?;
    let document = case
        .document
        .ok_or_else(|| Problem::new(Code::NotFound))?
        .body;
    let download = match document.state {
        PaperState::Clean => Some(app.documents.read_link(&document).await?.into()),
        PaperState::Awaiting | PaperState::Rejected => None,
    };
    Ok(Json(body(document, download)))
}

fn body(document: Document, download: Option<LinkBody>) -> DocumentBody {
    DocumentBody {
        document: document.id.to_string(),
        material: document.material.to_string(),
        state: document.state,
        media_type: document.media_type.as_str(),
        size: document.size,
        sha256: document.sha256.to_string(),
        examined_at: document.examined_at,
        reasons: document.reasons,
        download,
    }
}
