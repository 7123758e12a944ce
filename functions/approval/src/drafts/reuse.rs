//! `POST /v1/applications/{id}/reuse`: what was accepted or granted before stands for a material.

use axum::extract::State;
use domain::document::Document;
use domain::ids::{ApplicationNo, DocumentId, EventId, MaterialCode};
use domain::item::{Material, ServiceItem};
use domain::manifest::Manifest;
use domain::policy::{self, Action, Authority, Resource};
use domain::reuse::{EarlierCase, ReuseRefusal, Wanted as Reuse};
use http::StatusCode;
use platform::cases::{Anchor, Case, Source, Wanted};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;
use web::documentation::{AgentHeaders, AnyProblem, CallerProblem, CommandProblem};
use web::path::Path;
use web::{Code, Command, InputError, Problem, Reply};

use super::announce_document::takes;
use crate::act::{item_of, papers, permit};
use crate::app::App;
use crate::view::MaterialBody;

/// How often it is tried while the draft or its papers are changed.
const ATTEMPTS: usize = 4;

/// What is to stand for which material.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReuseRequest {
    /// The material it is to stand for.
    #[schema(value_type = String, pattern = "^[A-Za-z0-9._-]{1,64}$", example = "MAT-BIZ")]
    material: MaterialCode,
    /// The earlier case of the same enterprise.
    #[schema(value_type = String, example = "AP-20261123-7K3M9QX2RD4F")]
    application: ApplicationNo,
    /// The document there; without it, the certificate that the case granted.
    #[serde(default)]
    #[schema(value_type = Option<String>, nullable = false, example = "0198a0f2-0000-7000-8000-000000000001")]
    document: Option<DocumentId>,
}

/// Use a paper or certificate again (材料复用)
///
/// A paper that an officer accepted in an earlier case of the same enterprise is copied, and is clean at
/// once; a certificate that this platform granted needs no file. What can be used again for which material
/// tells `GET /v1/applications/{id}/reusable`. It takes the place of what stood for the material before.
/// After submission only what was asked for or is to follow is taken.
#[utoipa::path(
    post,
    path = "/v1/applications/{id}/reuse",
    tag = "approval",
    params(("id" = String, Path, description = "The draft's number"), AgentHeaders),
    request_body = ReuseRequest,
    responses((status = 201, body = MaterialBody), AnyProblem, CallerProblem, CommandProblem),
    security(("person" = []))
)]
pub(crate) async fn reuse(
    State(app): State<App>,
    Path(id): Path<String>,
    command: Command<ReuseRequest>,
) -> Result<Reply, Problem> {
    let number = web::path::application(id)?;
    for _ in 0..ATTEMPTS {
        match attempt(&app, &number, &command).await {
            // The draft or its papers were changed: look again.
            Err(problem) if problem.code == Code::PapersChanged => {}
            done => return done,
        }
    }
    Err(Problem::new(Code::PapersChanged))
}

async fn attempt(
    app: &App,
    number: &ApplicationNo,
    command: &Command<ReuseRequest>,
) -> Result<Reply, Problem> {
    let request = &command.body;
    let wanted = Wanted {
        principal: Some(&command.caller.principal),
        request: Some(&command.request),
        source: Some((&request.application, request.document)),
        ..Wanted::default()
    };
    let case = app.cases.load(number, wanted).await?;
    let authority = command.caller.authority(case.authority.as_ref())?;
    permit(&command.caller, &case)?;
    if let Some(repeat) = command.repeat_of(&case.earlier)? {
        return Ok(repeat);
    }
    let (anchor, item) = takes(&case, &request.material)?;
    let material = upload_of(item, &request.material)?;

    let source = case.source.as_ref();
    let source = source.filter(|source| may_read(authority, source, &case));
    let source = source.ok_or(ReuseRefusal::Unknown)?;
    let earlier = Earlier::of(source)?;
    let wanted = wanted_for(authority, material, &case)?;
    let (manifest, document) = if let Some(id) = request.document {
        let document = copied(id, &earlier, &wanted, &case)?;
        let from = (&request.application, id);
        app.documents.copy_clean(from, &document).await?;
        let mut manifest = papers(&case);
        let paper = document.as_paper();
        manifest.papers.insert(material.code.clone(), paper);
        (manifest, Some(document))
    } else {
        let certificate = earlier.case().certificate(&wanted)?;
        let manifest = papers(&case).with_certificate(material.code.clone(), certificate);
        (manifest, None)
    };

    let reply = Reply::new(StatusCode::CREATED, &MaterialBody::new(material, &manifest))?;
    let committed = commit(app, command, (&case, anchor), (&manifest, document), &reply).await;
    command.settle(committed, reply, |_| Problem::new(Code::PapersChanged))
}

async fn commit(
    app: &App,
    command: &Command<ReuseRequest>,
    (case, anchor): (&Case, Anchor<'_>),
    (manifest, document): (&Manifest, Option<Document>),
    reply: &Reply,
) -> Result<(), platform::table::CommitError> {
    let answering = Some((&command.request, reply.answer()));
    if let Some(document) = &document {
        return app.cases.announce(document, anchor, answering).await;
    }
    let before = case.manifest.as_ref();
    let before =
        before.ok_or_else(|| platform::error::PlatformError::Corrupt("no manifest".to_owned()))?;
    let signal = EventId(Uuid::now_v7());
    let papers = (before, manifest);
    let named = app
        .cases
        .name_certificate(&case.number, papers, (anchor, signal), answering);
    named.await
}

/// The document of the earlier case as one of this case, examined as it was.
fn copied(
    id: DocumentId,
    earlier: &Earlier<'_>,
    wanted: &Reuse<'_>,
    case: &Case,
) -> Result<Document, Problem> {
    let (paper, reused) = earlier.case().paper(id, wanted)?;
    let document = earlier.source.document.as_ref();
    Ok(Document {
        id: DocumentId(Uuid::now_v7()),
        application: case.number.clone(),
        material: wanted.material.code.clone(),
        media_type: paper.media_type,
        size: paper.size,
        sha256: paper.sha256,
        announced_by: wanted.person.clone(),
        announced_at: case.now,
        state: paper.state,
        examined_at: document.and_then(|document| document.examined_at),
        reasons: Vec::new(),
        reused: Some(reused),
        kept: document.and_then(|document| document.kept),
    })
}

/// An earlier case with its item.
pub(super) struct Earlier<'a> {
    source: &'a Source,
    item: &'static ServiceItem,
}

impl<'a> Earlier<'a> {
    /// `source` with the item in the version it was handled under.
    ///
    /// # Errors
    /// 503 where this binary does not know it.
    pub(super) fn of(source: &'a Source) -> Result<Self, Problem> {
        let item = item_of(&source.application)?;
        Ok(Self { source, item })
    }

    /// The case as the rules of reuse see it.
    pub(super) fn case(&self) -> EarlierCase<'_> {
        EarlierCase {
            application: &self.source.application,
            item: self.item,
            manifest: &self.source.manifest,
            withheld: self.source.withheld,
        }
    }
}

/// For what something is to be used again in `case`.
pub(super) fn wanted_for<'a>(
    authority: &'a Authority,
    material: &'a Material,
    case: &Case,
) -> Result<Reuse<'a>, Problem> {
    let Authority::Mandate(mandate) = authority else {
        return Err(Problem::new(Code::WrongSide));
    };
    Ok(Reuse {
        material,
        enterprise: &mandate.enterprise,
        person: &mandate.person,
        today: case.now.date(),
        kind: catalogue::material_kind,
    })
}

/// Whether the caller may read the papers of the earlier case: whoever may not does not learn of it here.
pub(super) fn may_read(authority: &Authority, source: &Source, case: &Case) -> bool {
    let application = &source.application;
    let resource = Resource {
        enterprise: Some(&application.enterprise),
        unit: Some(&application.unit),
        item: Some(&application.item.code),
        region: Some(application.region),
        passed_on_by: application.passed_on_by.as_ref(),
    };
    policy::permit(authority, Action::ReadDocument, &resource, case.now).is_ok()
}

/// The material with that code for which something can be handed in.
fn upload_of<'i>(item: &'i ServiceItem, code: &MaterialCode) -> Result<&'i Material, Problem> {
    let material = item.material(code);
    let material = material.filter(|material| material.format.takes_upload());
    material.ok_or_else(|| {
        let words =
            domain::words::Words::new("该事项没有此上传材料。", "The item takes no such upload.");
        let error = InputError::new("/material", "unknown_material", words);
        Problem::new(Code::MaterialInvalid).with_errors(vec![error])
    })
}
