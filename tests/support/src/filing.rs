//! An application, where nothing else is said a hotel's for its licence (PSB-APR-004), at any point of its life.

use std::path::PathBuf;
use std::sync::Mutex;

use domain::application::{
    Actor, Application, Channel, Command, Context, Event, Refusal, Submit, Supplement, Withdraw,
    decide, record,
};
use domain::chain::Digest;
use domain::document::Document;
use domain::draft::Draft;
use domain::identifiers::Uscc;
use domain::ids::{ApplicationNo, DocumentId, EventId, MaterialCode, PersonId};
use domain::item::ServiceItem;
use domain::mandate::Role;
use domain::manifest::PaperState;
use domain::media::MediaType;
use domain::search::SearchTerm;
use domain::unit::RegionCode;
use platform::cases::{Anchor, Case, Cases, Recording, Submission, Wanted};
use serde_json::Value;
use uuid::Uuid;

use crate::Emulated;

/// The number a filing has where no other is given: each test has a stage of its own. The sample events name it.
pub const NUMBER: &str = "AP-20261123-7K3M9QX2RD4F";

/// The first document every filing announces; later ones count on from it.
pub const FIRST_DOCUMENT: Uuid = Uuid::from_u128(0x0198_a0f2_0000_7000_8000_0000_0000_0001);

/// The papers that the item asks for, as files of `tests/fixtures/papers/PSB-APR-004`.
pub const PAPERS: [(&str, &str, MediaType); 8] = [
    ("MAT-BIZ", "MAT-BIZ.pdf", MediaType::Pdf),
    ("MAT-LEGAL-ID", "MAT-LEGAL-ID.jpg", MediaType::Jpeg),
    ("MAT-PREMISES", "MAT-PREMISES.pdf", MediaType::Pdf),
    ("MAT-PLAN", "MAT-PLAN.jpg", MediaType::Jpeg),
    ("MAT-FIRE", "MAT-FIRE.pdf", MediaType::Pdf),
    ("MAT-STAFF", "MAT-STAFF.xlsx", MediaType::Xlsx),
    ("MAT-RULES", "MAT-RULES.pdf", MediaType::Pdf),
    ("MAT-POA", "MAT-POA.pdf", MediaType::Pdf),
];

/// The bytes of a file below `tests/fixtures/papers`.
pub fn paper(path: &str) -> Vec<u8> {
    let papers = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../fixtures/papers");
    std::fs::read(papers.join(path)).expect("a paper of the fixtures")
}

/// The valid form of the fixtures.
pub fn form() -> Value {
    let text = include_str!("../../../shared/catalogue/fixtures/PSB-APR-004.valid.json");
    serde_json::from_str(text).expect("a form")
}

/// The hotel licence.
pub fn item() -> &'static ServiceItem {
    let code = "PSB-APR-004".parse().expect("a code");
    catalogue::item_version(&code, 1).expect("the item")
}

/// An application on a stage.
#[derive(Debug)]
pub struct Filing<'s> {
    stage: &'s Emulated,
    cases: Cases,
    documents: Mutex<u128>,
    item: &'static ServiceItem,
    /// Its number, [`NUMBER`] where no other was given.
    pub number: ApplicationNo,
}

impl<'s> Filing<'s> {
    /// A draft with the valid form and no papers.
    pub async fn open(stage: &'s Emulated) -> Self {
        Self::open_with(stage, &form()).await
    }

    /// A draft with `form` and no papers.
    pub async fn open_with(stage: &'s Emulated, form: &Value) -> Self {
        Self::open_numbered(stage, NUMBER, form).await
    }

    /// A draft with `form` and no papers under another `number`, for a stage with several.
    pub async fn open_numbered(stage: &'s Emulated, number: &str, form: &Value) -> Self {
        Self::open_for(item(), stage, number, form).await
    }

    /// A draft of an application for `item`, of the hotel's enterprise, with `form` and no papers.
    pub async fn open_for(
        item: &'static ServiceItem,
        stage: &'s Emulated,
        number: &str,
        form: &Value,
    ) -> Self {
        let cases = stage.cases();
        let number = ApplicationNo::try_from(number.to_owned()).expect("a number");
        let now = cases.table().now().await.expect("the time");
        let key = cases.vault().new_data_key(&number, &agent(), now).await;
        let (key, wrapped) = key.expect("a data key");
        let draft = Draft {
            number: number.clone(),
            item: item.code,
            enterprise: Uscc::parse("91140100XXX1000286").expect("a credit code"),
            region: RegionCode::try_from("140105".to_owned()).expect("a region"),
            channel: Channel::Web,
            opened_by: agent(),
            opened_at: now,
            changed_at: now,
        };
        let opened = cases.open_draft(&draft, form, (&key, &wrapped), None).await;
        opened.expect("the draft is opened");
        Self {
            stage,
            cases,
            documents: Mutex::new(FIRST_DOCUMENT.as_u128()),
            item,
            number,
        }
    }

    /// What was opened as `number` before.
    pub fn of(stage: &'s Emulated, number: &str) -> Self {
        Self {
            stage,
            cases: stage.cases(),
            documents: Mutex::new(FIRST_DOCUMENT.as_u128()),
            item: item(),
            number: ApplicationNo::try_from(number.to_owned()).expect("a number"),
        }
    }

    /// A submitted application whose papers, all of [`PAPERS`], are announced and not yet there.
    pub async fn submitted(stage: &'s Emulated) -> Self {
        let filing = Self::open(stage).await;
        filing.announce_all().await;
        filing.submit().await;
        filing
    }

    /// Announces `bytes` as the paper for `material`.
    pub async fn announce(&self, material: &str, media_type: MediaType, bytes: &[u8]) -> Document {
        let case = self.case().await;
        let document = Document {
            id: self.next_document(),
            application: self.number.clone(),
            material: MaterialCode::try_from(material.to_owned()).expect("a material"),
            media_type,
            size: u64::try_from(bytes.len()).expect("a size"),
            sha256: Digest::of(bytes),
            announced_by: agent(),
            announced_at: case.now,
            state: PaperState::Awaiting,
            examined_at: None,
            reasons: Vec::new(),
            reused: None,
            kept: None,
        };
        let anchor = case.draft.as_ref().map(Anchor::Draft);
        let anchor = anchor.or(case.state.as_ref().map(Anchor::Application));
        let anchor = anchor.expect("a draft or an application");
        let announced = self.cases.announce(&document, anchor, None);
        announced.await.expect("the document is announced");
        document
    }

    /// Announces all of [`PAPERS`], in their order.
    pub async fn announce_all(&self) -> Vec<Document> {
        let mut documents = Vec::with_capacity(PAPERS.len());
        for (material, file, media_type) in PAPERS {
            let bytes = paper(&format!("PSB-APR-004/{file}"));
            documents.push(self.announce(material, media_type, &bytes).await);
        }
        documents
    }

    /// Settles `document` as the examination would: clean without reasons.
    pub async fn settle(&self, document: &Document, reasons: &[&str]) {
        let case = self.case_with(document.id).await;
        let reasons = reasons.iter().map(|&reason| reason.to_owned()).collect();
        let settled = document.clone().settled(reasons, case.now);
        let settling = self.cases.settle(&case, &settled, EventId(document.id.0));
        settling.await.expect("the document is settled");
    }

    /// Submits the draft.
    pub async fn submit(&self) -> Application {
        let case = self.case().await;
        let (draft, manifest, form) = (
            &case.draft.as_ref().expect("a draft").body,
            &case.manifest.as_ref().expect("a manifest").body,
            case.form.as_ref().expect("a form").body.sealed.digest(),
        );
        let unit =
            catalogue::units().competent(self.item.accepting_level, &draft.region, case.now.date());
        let submit = Submit {
            draft,
            manifest,
            form,
            unit: unit.map(|unit| &unit.id),
            undertaking: None,
            paper_service: false,
            quantities: None,
            rows: None,
        };
        let actor = actor();
        let events = submit.decide(&self.context(&case, &actor));
        let events = events.expect("it can be submitted");
        let recorded = record(None, &self.number, events, case.now, &actor, event_id);
        let (events, application) = recorded.expect("the first event");
        let form = self.cases.open_form(&case).await.expect("the form opens");
        let (code, version) = (&self.item.code, self.item.version);
        let mut found_by = Vec::new();
        let matter = catalogue::matter(code, version, &application.enterprise, &form);
        let mut terms = vec![SearchTerm::Matter(matter)];
        let named = catalogue::search_terms(code, version, &form, case.now.date());
        terms.extend(named);
        for term in terms {
            let hash = self.cases.vault().search_hash(&term).await;
            found_by.push(hash.expect("a hash"));
        }
        let submission = Submission {
            case: &case,
            application: &application,
            events: &events,
            found_by: &found_by,
        };
        let submitted = self.cases.submit(submission, None).await;
        submitted.expect("it is submitted");
        application
    }

    /// Withdraws the submitted application.
    pub async fn withdraw(&self) {
        let withdrawn = self.tries(Command::Withdraw(Withdraw { reason: None }));
        Box::pin(withdrawn).await.expect("it can be withdrawn");
    }

    /// Hands in the papers as they stand, as the answer to a notice.
    ///
    /// # Errors
    /// Why the case does not take them.
    pub async fn supplement(&self) -> Result<(), Refusal> {
        let manifest = self.case().await.manifest.expect("a manifest").body;
        let command = Supplement {
            quantities: None,
            rows: None,
            form: None,
            manifest,
        };
        self.tries(Command::Supplement(command)).await
    }

    /// Carries out a `command` of the applicant.
    ///
    /// # Errors
    /// Why the case does not take it.
    pub async fn tries(&self, command: Command) -> Result<(), Refusal> {
        let case = self.case().await;
        let state = case.state.as_ref().expect("an application");
        let actor = actor();
        let events = decide(&state.body, &command, &self.context(&case, &actor))?;
        Box::pin(self.happens(&actor, events)).await;
        Ok(())
    }

    /// Records `events`, whatever they are, as what `actor` did.
    pub async fn happens(&self, actor: &Actor, events: Vec<Event>) -> Application {
        let case = self.case().await;
        let state = case.state.as_ref().expect("an application");
        let before = Some(&state.body);
        let recorded = record(before, &self.number, events, case.now, actor, event_id);
        let (events, after) = recorded.expect("the next events");
        let recording = Recording {
            before: state.version,
            after: &after,
            events: &events,
            texts: Vec::new(),
            rows: None,
            manifest: None,
            form: None,
            notices: Vec::new(),
            served: None,
            kept: Vec::new(),
            drawn: None,
        };
        let happened = self.cases.record(recording, None).await;
        happened.expect("it is recorded");
        after
    }

    /// The case with its report, as it lies in the table.
    pub async fn case(&self) -> Case {
        let wanted = Wanted {
            report: true,
            ..Wanted::default()
        };
        self.load(wanted).await
    }

    /// The case with one of its documents.
    pub async fn case_with(&self, document: DocumentId) -> Case {
        let wanted = Wanted {
            document: Some(document),
            ..Wanted::default()
        };
        self.load(wanted).await
    }

    /// The stage it is on.
    pub fn stage(&self) -> &'s Emulated {
        self.stage
    }

    async fn load(&self, wanted: Wanted<'_>) -> Case {
        let case = self.cases.load(&self.number, wanted).await;
        case.expect("the case can be read")
    }

    fn context<'a>(&self, case: &Case, actor: &'a Actor) -> Context<'a> {
        Context {
            now: case.now,
            actor,
            item: self.item,
            calendar: catalogue::calendar(),
        }
    }

    fn next_document(&self) -> DocumentId {
        let mut next = self.documents.lock().expect("a lock");
        let id = DocumentId(Uuid::from_u128(*next));
        *next += 1;
        id
    }
}

fn agent() -> PersonId {
    PersonId::try_from("agent-1".to_owned()).expect("a person")
}

fn actor() -> Actor {
    Actor::Agent {
        person: agent(),
        role: Role::Handler,
        device: None,
    }
}

fn event_id() -> EventId {
    EventId(Uuid::now_v7())
}
