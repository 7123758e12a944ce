//! `POST /v1/applications/{id}/documents`: a document is announced, and may be uploaded.

use axum::extract::State;
use domain::chain::Digest;
use domain::document::{Document, MAX_DOCUMENT_BYTES};
use domain::ids::{ApplicationNo, DocumentId, MaterialCode, PersonId};
use domain::instant::Instant;
use domain::item::ServiceItem;
use domain::manifest::PaperState;
use domain::media::MediaType;
use domain::policy::Authority;
use domain::words::Words;
use http::StatusCode;
use platform::authority::Principal;
use platform::cases::{Anchor, Case, Wanted};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use web::documentation::{AgentHeaders, AnyProblem, CallerProblem, CommandProblem};
use web::path::Path;
use web::{Code, Command, InputError, Problem, Reply};

use super::open_draft::item_applied_for;
use crate::act::{draft_of, item_of, permit};
use crate::app::App;
use crate::reading::read_document::LinkBody;

/// How often an announcement is tried while the draft is changed.
const ATTEMPTS: usize = 4;

/// The document to be uploaded.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AnnounceRequest {
    /// The material it stands for.
    #[schema(value_type = String, pattern = "^[A-Za-z0-9._-]{1,64}$", example = "MAT-FIRE")]
    material: MaterialCode,
    /// Bytes, at most 20 MiB.
    #[schema(minimum = 1, maximum = 20_971_520)]
    size: u64,
    /// SHA-256 of the content: 64 lower-case hexadecimal digits.
    #[schema(value_type = String, pattern = "^[0-9a-f]{64}$")]
    sha256: Digest,
    /// The kind of file.
    media_type: MediaType,
}

/// A document that may now be uploaded.
#[derive(Serialize, ToSchema)]
#[schema(as = AnnouncedDocument)]
pub(crate) struct AnnouncedBody {
    /// The document.
    document: String,
    /// The material it stands for.
    material: String,
    /// `awaiting` until what was announced has arrived and been examined.
    state: PaperState,
    /// How to upload it, within 15 minutes.
    upload: LinkBody,
}

/// Announce a document
///
/// It takes the place of what stood for the material before. The answer holds a request that uploads
/// exactly this content, straight to the store: other bytes, another length or kind are refused there,
/// and the document stays `awaiting`. After submission only what was asked for or is to follow is taken.
#[utoipa::path(
    post,
    path = "/v1/applications/{id}/documents",
    tag = "approval",
    params(("id" = String, Path, description = "The draft's number"), AgentHeaders),
    request_body = AnnounceRequest,
    responses((status = 201, body = AnnouncedBody), AnyProblem, CallerProblem, CommandProblem),
    security(("person" = []))
)]
pub(crate) async fn announce_document(
    State(app): State<App>,
    Path(id): Path<String>,
    command: Command<AnnounceRequest>,
) -> Result<Reply, Problem> {
    let number = web::path::application(id)?;
    for _ in 0..ATTEMPTS {
        let wanted = Wanted {
            principal: Some(&command.caller.principal),
            request: Some(&command.request),
            ..Wanted::default()
        };
        let case = app.cases.load(&number, wanted).await?;
        let authority = command.caller.authority(case.authority.as_ref())?;
        permit(&command.caller, &case)?;
        let repeat = command.repeat_of(&case.earlier)?;
        let (anchor, item) = takes(&case, &command.body.material)?;
        if let Some(repeat) = repeat {
            return with_link(&app, &command, &number, &repeat, case.now).await;
        }
        check(&command.body, item)?;

        let Authority::Mandate(mandate) = authority else {
            return Err(Problem::new(Code::WrongSide));
        };
        let id = DocumentId(Uuid::now_v7());
        let document = announced(&command.body, id, &number, case.now, &mandate.person);
        // The link is left out of what is remembered: a repeat gets a fresh one.
        let remembered = Reply::new(StatusCode::CREATED, &document.id)?;
        let answering = Some((&command.request, remembered.answer()));
        let committed = app.cases.announce(&document, anchor, answering).await;
        match command.settle(committed, remembered, |_| Problem::new(Code::PapersChanged)) {
            Ok(reply) => return with_link(&app, &command, &number, &reply, case.now).await,
            // The draft was changed or submitted: look again.
            Err(problem) if problem.code == Code::PapersChanged => {}
            Err(problem) => return Err(problem),
        }
    }
    Err(Problem::new(Code::PapersChanged))
}

/// What the announcement rests on, and the item: the draft, or the application that still takes the
/// `material`, because it was asked for or is to follow.
pub(super) fn takes<'c>(
    case: &'c Case,
    material: &MaterialCode,
) -> Result<(Anchor<'c>, &'static ServiceItem), Problem> {
    let Some(state) = &case.state else {
        let draft = draft_of(case)?;
        let item = item_applied_for(draft.body.item, case.now.date())?;
        return Ok((Anchor::Draft(draft), item));
    };
    if !state.body.takes_papers() {
        return Err(Problem::new(Code::AlreadySubmitted));
    }
    if !state.body.takes_paper(material) {
        let words = Words::new(
            "没有要求补交该材料。",
            "This material was neither asked for nor is it to follow.",
        );
        let error = InputError::new("/material", "not_asked_for", words);
        return Err(Problem::new(Code::MaterialInvalid).with_errors(vec![error]));
    }
    Ok((Anchor::Application(state), item_of(&state.body)?))
}

/// The answer with a fresh link, for a first request and its repeats alike.
async fn with_link(
    app: &App,
    command: &Command<AnnounceRequest>,
    number: &ApplicationNo,
    remembered: &Reply,
    now: Instant,
) -> Result<Reply, Problem> {
    let Principal::Agent { person, .. } = &command.caller.principal else {
        return Err(Problem::new(Code::WrongSide));
    };
    let id = serde_json::from_str(&remembered.answer().body).map_err(|error| {
        tracing::error!(%error, "a remembered answer is unreadable");
        Problem::new(Code::Internal)
    })?;
    let document = announced(&command.body, id, number, now, person);
    let body = AnnouncedBody {
        document: id.to_string(),
        material: document.material.to_string(),
        state: document.state,
        upload: app.documents.upload_link(&document).await?.into(),
    };
    let location = format!("/v1/applications/{number}/documents/{id}");
    Ok(Reply::new(StatusCode::CREATED, &body)?.with_location(location))
}

fn announced(
    request: &AnnounceRequest,
    id: DocumentId,
    number: &ApplicationNo,
    at: Instant,
    by: &PersonId,
) -> Document {
    Document {
        id,
        application: number.clone(),
        material: request.material.clone(),
        media_type: request.media_type,
        size: request.size,
        sha256: request.sha256,
        announced_by: by.clone(),
        announced_at: at,
        state: PaperState::Awaiting,
        examined_at: None,
        reasons: Vec::new(),
        reused: None,
        kept: None,
    }
}

/// Whether the item takes such a document; every fault at once.
fn check(request: &AnnounceRequest, item: &ServiceItem) -> Result<(), Problem> {
    if request.size > MAX_DOCUMENT_BYTES {
        return Err(Problem::new(Code::DocumentTooLarge));
    }
    let mut errors = Vec::new();
    if request.size == 0 {
        let words = Words::new("文件为空", "The document is empty");
        errors.push(InputError::new("/size", "empty_document", words));
    }
    match item
        .material(&request.material)
        .filter(|material| material.format.takes_upload())
    {
        None => {
            let uploads = item
                .materials
                .iter()
                .filter(|material| material.format.takes_upload());
            let codes: Vec<&str> = uploads.map(|material| material.code.as_str()).collect();
            let words = Words::new(
                format!("该事项没有此上传材料，可上传：{}", codes.join("、")),
                format!(
                    "The item takes no such upload; it takes: {}",
                    codes.join(", ")
                ),
            );
            errors.push(InputError::new("/material", "unknown_material", words));
        }
        Some(material) if !material.format.accepts(request.media_type) => {
            let kinds: Vec<&str> = material
                .format
                .accepted_media()
                .iter()
                .map(|media| media.name())
                .collect();
            let words = Words::new(
                format!("该材料可上传的格式：{}", kinds.join("、")),
                format!("This material may be uploaded as: {}", kinds.join(", ")),
            );
            errors.push(InputError::new(
                "/media_type",
                "media_type_not_accepted",
                words,
            ));
        }
        Some(_) => {}
    }
    if errors.is_empty() {
        Ok(())
    } else {
        Err(Problem::new(Code::MaterialInvalid).with_errors(errors))
    }
}
