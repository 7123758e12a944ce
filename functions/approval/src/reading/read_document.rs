//! `GET /v1/applications/{id}/documents/{doc}`: what became of a document, and a link to a clean one.

use axum::Json;
use axum::extract::State;
use domain::document::{Document, Kept};
use domain::instant::Instant;
use domain::manifest::PaperState;
use domain::media::MediaType;
use domain::policy::{self, Action};
use platform::audit::AuditedAction;
use platform::cases::{Case, Wanted};
use platform::documents::Link;
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;
use web::documentation::{AnyProblem, CallerProblem, ReadHeaders};
use web::path::Path;
use web::{Caller, Code, Problem};

use crate::act::{concerning, permit, record_look};
use crate::app::App;
use crate::reading::read::{see, withheld};
use crate::view::{ReasonBody, ReusedBody};

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
    media_type: MediaType,
    /// Bytes, as announced and sent.
    size: u64,
    /// SHA-256 of what was announced and sent.
    sha256: String,
    /// What the link of a clean document leads to where it is not what was sent: a picture is written
    /// anew from its pixels, without its metadata. Null otherwise.
    kept: Option<Kept>,
    /// When it was examined.
    #[schema(value_type = Option<String>, format = DateTime)]
    examined_at: Option<Instant>,
    /// Why it was refused, and what to do.
    reasons: Vec<ReasonBody>,
    /// From where it was taken, where an officer accepted it in an earlier case; null where it was uploaded.
    reused_from: Option<ReusedBody>,
    /// How to read it, for 5 minutes; null unless it is clean, and where the application's form is
    /// withheld.
    download: Option<LinkBody>,
    /// How to send it again, for 15 minutes; null unless it is awaited and the caller may upload.
    upload: Option<LinkBody>,
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
    let actor = permit(&caller, &case)?;
    let may_upload = may_upload(&case);
    let shown = withheld(&case).is_none();
    let document = case.document.as_ref();
    let document = &document.ok_or_else(|| Problem::new(Code::NotFound))?.body;
    let download = match document.state {
        PaperState::Clean if shown => {
            let which = [("document", document.id.to_string())];
            record_look(&app, &case, &actor, AuditedAction::ReadDocument, &which).await?;
            Some(app.documents.read_link(document).await?.into())
        }
        PaperState::Clean | PaperState::Awaiting | PaperState::Received | PaperState::Rejected => {
            None
        }
    };
    let upload = match document.state {
        PaperState::Awaiting if may_upload && shown => {
            Some(app.documents.upload_link(document).await?.into())
        }
        PaperState::Awaiting | PaperState::Received | PaperState::Clean | PaperState::Rejected => {
            None
        }
    };
    Ok(Json(body(document, download, upload)))
}

/// Whether the caller who may see `case` may also upload its documents.
fn may_upload(case: &Case) -> bool {
    case.authority
        .as_ref()
        .ok()
        .zip(concerning(case))
        .is_some_and(|(authority, resource)| {
            policy::permit(authority, Action::UploadDocument, &resource, case.now).is_ok()
        })
}

fn body(document: &Document, download: Option<LinkBody>, upload: Option<LinkBody>) -> DocumentBody {
    DocumentBody {
        document: document.id.to_string(),
        material: document.material.to_string(),
        state: document.state,
        media_type: document.media_type,
        size: document.size,
        sha256: document.sha256.to_string(),
        kept: document.kept,
        examined_at: document.examined_at,
        reasons: ReasonBody::all(&document.reasons),
        reused_from: document.reused.as_ref().map(ReusedBody::from),
        download,
        upload,
    }
}
