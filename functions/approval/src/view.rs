//! How cases are shown.

mod cards;
mod procedure;
mod rows;

use std::borrow::Cow;

use domain::application::{Application, Channel, Limits, Outcome, Stage};
use domain::draft::Draft;
use domain::instant::Instant;
use domain::item::{ItemCode, Material, ServiceItem};
use domain::manifest::{Manifest, Paper, PaperState};
use domain::media::{MediaType, RejectReason};
use domain::officer::Post;
use domain::reuse::{Certificate, Reused};
use domain::unit::UnitId;
use domain::words::Words;
use serde::Serialize;
use serde_json::Value;
use utoipa::openapi::schema::{ObjectBuilder, OneOfBuilder, Schema, Type};
use utoipa::openapi::{Ref, RefOr};
use utoipa::{PartialSchema, ToSchema};

pub(crate) use cards::StandingCardBody;
use procedure::ProcedureBody;
pub(crate) use rows::RefusedRowBody;
use rows::RowsBody;

/// An application, or the draft of one.
#[derive(Serialize, ToSchema)]
#[schema(as = Application)]
pub(crate) struct ApplicationBody {
    /// The number (办件编号).
    #[schema(example = "AP-20261123-7K3M9QX2RD4F")]
    number: String,
    /// What is applied for.
    item: ItemBody,
    /// The applicant's unified social credit code.
    #[schema(example = "91140100XXX1000286")]
    enterprise: String,
    /// Where the matter lies: a region code (GB/T 2260).
    #[schema(example = "140105")]
    region: String,
    /// Through which channel it came.
    channel: Channel,
    /// How far it has come.
    state: StateBody,
    /// The unit that handles it; null for a draft.
    unit: Option<UnitBody>,
    /// Who has it in hand.
    in_hand_of: Option<ClaimBody>,
    /// When the draft was opened, or the application received.
    #[schema(value_type = String, format = DateTime)]
    since: Instant,
    /// When it was accepted.
    #[schema(value_type = Option<String>, format = DateTime)]
    accepted_at: Option<Instant>,
    /// When it was decided.
    #[schema(value_type = Option<String>, format = DateTime)]
    decided_at: Option<Instant>,
    /// The dates with which the limits end.
    limits: LimitsBody,
    /// What the review recommends; for the applicant, null until it is decided.
    recommendation: Option<Outcome>,
    /// The decision in the words of the matter type.
    decision: Option<DecisionBody>,
    /// How the rows are answered, where it is for many persons or things at once; null where it is for one, and
    /// for a draft.
    rows: Option<RowsBody>,
    /// What happened on the way, and what is waited for; null for a draft.
    procedure: Option<ProcedureBody>,
    /// The item's materials with the documents that stand for them; left out of lists.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    materials: Vec<MaterialBody>,
    /// The form; left out of lists and of commands' answers. Personal members are masked for
    /// everybody but the person who filed it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    form: Option<Value>,
    /// Why the form is null; left out where it is not.
    #[serde(skip_serializing_if = "Option::is_none")]
    form_withheld: Option<WithheldBody>,
}

/// Why what is personal in an application is not shown.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[schema(as = Withheld)]
#[serde(rename_all = "snake_case")]
pub(crate) enum WithheldBody {
    /// The person who filed it asked for erasure, and the time for which it is kept is over.
    Erased,
    /// The person who filed it asked for erasure, and it is only kept as the law asks: officers who
    /// handle it see it, and the head and supervisors once it has ended.
    Restricted,
}

/// How far a case has come.
#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum StateBody {
    /// Not yet submitted.
    Draft,
    /// Submitted, at this stage.
    #[serde(untagged)]
    Stage(Stage),
}

/// As it is written: a word, whether of a draft or of a stage.
impl PartialSchema for StateBody {
    fn schema() -> RefOr<Schema> {
        let draft = ObjectBuilder::new()
            .schema_type(Type::String)
            .enum_values(Some(["draft"]));
        OneOfBuilder::new()
            .description(Some(
                "How far a case has come: a draft, or submitted and at a stage.",
            ))
            .item(draft)
            .item(Ref::from_schema_name("Stage"))
            .into()
    }
}

impl ToSchema for StateBody {
    fn name() -> Cow<'static, str> {
        "State".into()
    }

    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        schemas.push(("Stage".to_owned(), Stage::schema()));
    }
}

/// A service item in the version a case is handled under.
#[derive(Serialize, ToSchema)]
#[schema(as = ItemRef)]
pub(crate) struct ItemBody {
    /// The code.
    #[schema(value_type = String, example = "PSB-APR-004")]
    code: ItemCode,
    /// The version; for a draft, the one in force now.
    version: u32,
    /// The name.
    name: Words,
}

/// A police unit.
#[derive(Serialize, ToSchema)]
#[schema(as = UnitRef)]
pub(crate) struct UnitBody {
    /// The identifier.
    #[schema(value_type = String, example = "psb-140105")]
    id: UnitId,
    /// The name, in Chinese; illustrative.
    pub(crate) name_zh: Option<String>,
}

/// Who has a case in hand.
#[derive(Serialize, ToSchema)]
#[schema(as = Claim)]
pub(crate) struct ClaimBody {
    /// The officer's identifier.
    officer: String,
    /// In which post.
    post: Post,
    /// Since when.
    #[schema(value_type = String, format = DateTime)]
    since: Instant,
}

/// The date with which a limit ends: that day, 23:59:59 China time.
#[derive(Serialize, ToSchema)]
#[schema(as = Due)]
pub(crate) struct DueBody {
    /// The date.
    #[schema(value_type = String, format = Date)]
    date: jiff::civil::Date,
    /// Whether it counts days of a year whose holidays are not announced yet.
    provisional: bool,
    /// Where the limit comes from.
    source: Words,
}

/// The dates with which the limits end.
#[derive(Serialize, ToSchema)]
#[schema(as = Limits)]
pub(crate) struct LimitsBody {
    /// The answer to the submission.
    acceptance: Option<DueBody>,
    /// The promised decision.
    promised: Option<DueBody>,
    /// The decision the law asks for.
    statutory: Option<DueBody>,
}

/// A decision in the words of its matter type.
#[derive(Serialize, ToSchema)]
#[schema(as = Decision)]
pub(crate) struct DecisionBody {
    /// The outcome.
    outcome: Outcome,
    /// The words for it, for example 准予许可.
    words: Words,
}

/// A material with the document that stands for it.
#[derive(Serialize, ToSchema)]
#[schema(as = Material)]
pub(crate) struct MaterialBody {
    /// The code.
    #[schema(example = "MAT-FIRE")]
    code: String,
    /// The name.
    name: Words,
    /// Without it the application is incomplete.
    required: bool,
    /// The document; null where there is none.
    document: Option<PaperBody>,
    /// The certificate of this platform that stands for it in the place of a document; null where there is
    /// none.
    certificate: Option<CertificateBody>,
}

/// A certificate that the platform granted itself: the case proves it, and there is no file.
#[derive(Serialize, ToSchema)]
#[schema(as = GrantedCertificate)]
pub(crate) struct CertificateBody {
    /// The case that granted it.
    #[schema(example = "AP-20261123-7K3M9QX2RD4F")]
    application: String,
    /// What was granted.
    #[schema(value_type = String, example = "PSB-APR-008")]
    item: ItemCode,
    /// What it is called; null where this version of the platform does not know the item.
    name: Option<Words>,
    /// When it was granted.
    #[schema(value_type = String, format = DateTime)]
    granted_at: Instant,
    /// Its last day; null where it has no term.
    #[schema(value_type = Option<String>, format = Date)]
    valid_until: Option<jiff::civil::Date>,
}

/// From where a paper was taken that an officer had accepted before.
#[derive(Serialize, ToSchema)]
#[schema(as = Reused)]
pub(crate) struct ReusedBody {
    /// The case it was accepted in.
    #[schema(example = "AP-20261123-7K3M9QX2RD4F")]
    application: String,
    /// What that case was for.
    #[schema(value_type = String, example = "PSB-APR-004")]
    item: ItemCode,
    /// When it was accepted.
    #[schema(value_type = String, format = DateTime)]
    accepted_at: Instant,
    /// The last day on which it may be used again; illustrative.
    #[schema(value_type = String, format = Date)]
    usable_until: jiff::civil::Date,
    /// What it may be used again for; null where the kind of paper is not known any more.
    purpose: Option<Words>,
}

impl From<&Certificate> for CertificateBody {
    fn from(certificate: &Certificate) -> Self {
        let item = catalogue::item(&certificate.item, certificate.granted_at.date());
        Self {
            application: certificate.application.to_string(),
            item: certificate.item,
            name: item.map(|item| item.result.name.clone()),
            granted_at: certificate.granted_at,
            valid_until: certificate.valid_until,
        }
    }
}

impl From<&Reused> for ReusedBody {
    fn from(reused: &Reused) -> Self {
        Self {
            application: reused.application.to_string(),
            item: reused.item,
            accepted_at: reused.accepted_at,
            usable_until: reused.usable_until,
            purpose: catalogue::material_kind(&reused.kind).map(|kind| kind.purpose.clone()),
        }
    }
}

impl MaterialBody {
    /// `material` with what stands for it in `manifest`.
    pub(crate) fn new(material: &Material, manifest: &Manifest) -> Self {
        let code = &material.code;
        Self {
            code: code.to_string(),
            name: material.name.clone(),
            required: material.required,
            document: manifest.papers.get(code).map(PaperBody::from),
            certificate: manifest.certificate(code).map(CertificateBody::from),
        }
    }
}

/// A document as the manifest has it.
#[derive(Serialize, ToSchema)]
#[schema(as = Paper)]
pub(crate) struct PaperBody {
    /// The document.
    id: String,
    /// What became of it.
    state: PaperState,
    /// Bytes.
    size: u64,
    /// The kind of file.
    media_type: MediaType,
    /// Why it was refused, and what to do.
    reasons: Vec<ReasonBody>,
    /// From where it was taken, where an officer accepted it in an earlier case; null where it was uploaded.
    reused_from: Option<ReusedBody>,
}

/// Why the examination refused a document.
#[derive(Serialize, ToSchema)]
#[schema(as = RejectReason)]
pub(crate) struct ReasonBody {
    /// The stable code.
    #[schema(example = "pdf_encrypted")]
    code: String,
    /// What is wrong and what to do.
    message: Words,
}

impl ReasonBody {
    /// What the codes that a document carries stand for.
    pub(crate) fn all(codes: &[String]) -> Vec<Self> {
        let told = |code: &String| Self {
            code: code.clone(),
            message: RejectReason::from_code(code).map_or_else(
                || {
                    Words::new(
                        "文件未通过检查，请更换文件后重新上传。",
                        "The document was refused. Upload another one.",
                    )
                },
                RejectReason::words,
            ),
        };
        codes.iter().map(told).collect()
    }
}

impl From<&Paper> for PaperBody {
    fn from(paper: &Paper) -> Self {
        Self {
            id: paper.document.to_string(),
            state: paper.state,
            size: paper.size,
            media_type: paper.media_type,
            reasons: ReasonBody::all(&paper.reasons),
            reused_from: paper.reused.as_ref().map(ReusedBody::from),
        }
    }
}

impl ApplicationBody {
    /// A draft.
    pub(crate) fn draft(draft: &Draft, item: &ServiceItem) -> Self {
        Self {
            number: draft.number.to_string(),
            item: ItemBody::new(item),
            enterprise: draft.enterprise.as_str().to_owned(),
            region: draft.region.to_string(),
            channel: draft.channel,
            state: StateBody::Draft,
            unit: None,
            in_hand_of: None,
            since: draft.opened_at,
            accepted_at: None,
            decided_at: None,
            limits: LimitsBody {
                acceptance: None,
                promised: None,
                statutory: None,
            },
            recommendation: None,
            decision: None,
            rows: None,
            procedure: None,
            materials: Vec::new(),
            form: None,
            form_withheld: None,
        }
    }

    /// An application.
    pub(crate) fn application(application: &Application, item: &ServiceItem) -> Self {
        Self {
            number: application.number.to_string(),
            item: ItemBody::new(item),
            enterprise: application.enterprise.as_str().to_owned(),
            region: application.region.to_string(),
            channel: application.channel,
            state: StateBody::Stage(application.stage),
            unit: Some(UnitBody::new(&application.unit)),
            in_hand_of: application.claim.as_ref().map(|claim| ClaimBody {
                officer: claim.officer.to_string(),
                post: claim.post,
                since: claim.since,
            }),
            since: application.submitted_at(),
            accepted_at: application.course.accepted_at,
            decided_at: application.course.decided_at,
            limits: LimitsBody::new(&application.limits, item),
            recommendation: application.recommendation,
            decision: DecisionBody::new(application, item),
            rows: RowsBody::of(application),
            procedure: Some(ProcedureBody::of(application)),
            materials: Vec::new(),
            form: None,
            form_withheld: None,
        }
    }

    /// As the applicant sees it: what the review recommends is internal until it is decided.
    #[must_use]
    pub(crate) fn for_applicant(mut self) -> Self {
        if self.decision.is_none() {
            self.recommendation = None;
            if let Some(rows) = &mut self.rows {
                rows.for_applicant_before_decision();
            }
        }
        if let Some(procedure) = &mut self.procedure {
            procedure.for_applicant();
        }
        self
    }

    /// With the item's materials and their documents.
    #[must_use]
    pub(crate) fn with_materials(mut self, item: &ServiceItem, manifest: &Manifest) -> Self {
        self.materials = item
            .materials
            .iter()
            .filter(|material| material.format.takes_upload())
            .map(|material| MaterialBody::new(material, manifest))
            .collect();
        self
    }

    /// With the form.
    #[must_use]
    pub(crate) fn with_form(mut self, form: Value) -> Self {
        self.form = Some(form);
        self
    }

    /// With null in the place of the form, and why.
    #[must_use]
    pub(crate) fn without_form(mut self, reason: WithheldBody) -> Self {
        self.form = Some(Value::Null);
        self.form_withheld = Some(reason);
        self
    }
}

impl ItemBody {
    fn new(item: &ServiceItem) -> Self {
        Self {
            code: item.code,
            version: item.version,
            name: item.name.clone(),
        }
    }
}

impl UnitBody {
    /// The unit `unit`.
    pub(crate) fn new(unit: &UnitId) -> Self {
        let name_zh = catalogue::units()
            .get(unit)
            .map(|unit| unit.name_zh.clone());
        Self {
            id: unit.clone(),
            name_zh,
        }
    }

    /// What it is called: by its name where that is known.
    pub(crate) fn called(&self) -> String {
        let named = self.name_zh.clone();
        named.unwrap_or_else(|| self.id.to_string())
    }
}

impl LimitsBody {
    fn new(limits: &Limits, item: &ServiceItem) -> Self {
        let due = |due: domain::calendar::Due, source: Words| DueBody {
            date: due.date,
            provisional: due.provisional,
            source,
        };
        let answer = || {
            Words::new(
                "行政许可法第三十二条",
                "Administrative Licensing Law, art. 32",
            )
        };
        Self {
            acceptance: limits.acceptance.map(|limit| due(limit, answer())),
            promised: limits
                .promised
                .map(|limit| due(limit, item.promised_limit.source.name())),
            statutory: limits
                .statutory
                .zip(item.statutory_limit)
                .map(|(limit, in_law)| due(limit, in_law.source.name())),
        }
    }
}

impl DecisionBody {
    fn new(application: &Application, item: &ServiceItem) -> Option<Self> {
        application.course.decided_at?;
        Some(if application.course.refused {
            Self {
                outcome: Outcome::Refuse,
                words: item.matter_type.refused(),
            }
        } else {
            Self {
                outcome: Outcome::Grant,
                words: item.matter_type.granted(),
            }
        })
    }
}
