//! A hotel licence in the making, with officers who hold the posts it needs.
#![allow(dead_code, reason = "every test takes what it needs")]
#![allow(clippy::unwrap_used, reason = "what a story is built from is right")]

use std::collections::BTreeMap;

use domain::application::{
    Accept, Actor, Application, Channel, Claim, Command, Context, Decision, Event, Outcome,
    Recommend, Recorded, Refusal, Submit, Undertake, Withdraw, decide, record,
};
use domain::calendar::WorkingCalendar;
use domain::chain::Digest;
use domain::draft::Draft;
use domain::identifiers::Uscc;
use domain::ids::{ApplicationNo, DocumentId, EventId, OfficerId, PersonId};
use domain::instant::Instant;
use domain::item::ServiceItem;
use domain::mandate::Role;
use domain::manifest::{Manifest, Paper, PaperState};
use domain::media::MediaType;
use domain::officer::{Officer, Post};
use domain::unit::Level;
use uuid::Uuid;

/// The hotel licence.
pub(crate) fn item() -> &'static ServiceItem {
    catalogue::item_version(&"PSB-APR-004".parse().unwrap(), 1).unwrap()
}

/// Monday 2026-11-23, 10:00 in China.
pub(crate) fn monday() -> Instant {
    Instant::try_from("2026-11-23T10:00:00+08:00".to_owned()).unwrap()
}

pub(crate) fn officer(id: &str, posts: &[Post]) -> Officer {
    Officer {
        id: OfficerId::try_from(id.to_owned()).unwrap(),
        badge: "014001".to_owned(),
        unit: "psb-140105".to_owned().try_into().unwrap(),
        level: Level::County,
        jurisdictions: vec!["140105".parse().unwrap()],
        posts: posts.to_vec(),
        active: true,
        own_person: None,
        proposed: None,
        version: 0,
        head: Digest::GENESIS,
    }
}

pub(crate) fn intake() -> Officer {
    officer("intake", &[Post::Intake])
}

pub(crate) fn reviewer() -> Officer {
    officer("reviewer", &[Post::Reviewer])
}

pub(crate) fn decider() -> Officer {
    officer("decider", &[Post::Decider])
}

/// Somebody who holds all three posts, and may still take only one step of a case.
pub(crate) fn two_posts() -> Officer {
    officer("jack", &[Post::Intake, Post::Reviewer, Post::Decider])
}

pub(crate) fn agent() -> Actor {
    Actor::Agent {
        person: PersonId::try_from("agent".to_owned()).unwrap(),
        role: Role::Handler,
        device: None,
    }
}

pub(crate) fn acting(officer: &Officer) -> Actor {
    Actor::Officer {
        officer: officer.id.clone(),
        badge: officer.badge.clone(),
        unit: officer.unit.clone(),
    }
}

pub(crate) fn head() -> Officer {
    officer("head", &[Post::Head])
}

/// The platform itself.
pub(crate) fn system() -> Actor {
    Actor::System {
        task: "deadlines".to_owned(),
    }
}

/// A moment, written as RFC 3339.
pub(crate) fn at(text: &str) -> Instant {
    Instant::try_from(text.to_owned()).unwrap()
}

/// Some sealed text.
pub(crate) fn text() -> Digest {
    Digest::of(b"sealed text")
}

/// The hotel licence as it might be: changed by `change`.
pub(crate) fn item_with(change: impl FnOnce(&mut ServiceItem)) -> &'static ServiceItem {
    let mut changed = item().clone();
    change(&mut changed);
    Box::leak(Box::new(changed))
}

/// Every material of the item, in `state`.
pub(crate) fn manifest(state: PaperState) -> Manifest {
    let papers: BTreeMap<_, _> = item()
        .materials
        .iter()
        .filter(|material| material.format.takes_upload())
        .zip(1_u128..)
        .map(|(material, number)| {
            let paper = Paper {
                document: DocumentId(Uuid::from_u128(number)),
                sha256: Digest::of(material.code.as_str().as_bytes()),
                size: 1_000,
                media_type: MediaType::Pdf,
                state,
                reasons: Vec::new(),
                reused: None,
            };
            (material.code.clone(), paper)
        })
        .collect();
    Manifest {
        papers,
        ..Manifest::default()
    }
}

/// A case with its history.
#[derive(Clone)]
pub(crate) struct Case {
    events: Vec<Recorded>,
    state: Application,
    pub(crate) item: &'static ServiceItem,
    pub(crate) papers: Manifest,
    pub(crate) now: Instant,
    pub(crate) calendar: &'static WorkingCalendar,
}

impl Case {
    /// What becomes of a submission with `papers`.
    pub(crate) fn submit(papers: &Manifest) -> Result<Vec<Event>, Refusal> {
        Self::submit_with(papers, item(), None)
    }

    /// The same for `item`, where papers may be undertaken to follow.
    pub(crate) fn submit_with(
        papers: &Manifest,
        item: &'static ServiceItem,
        undertaking: Option<&Undertake>,
    ) -> Result<Vec<Event>, Refusal> {
        let enterprise = Uscc::parse("91140100XXX1000286").unwrap();
        let draft = Draft {
            number: number(),
            item: item.code,
            enterprise,
            region: "140105".parse().unwrap(),
            channel: Channel::Web,
            opened_by: PersonId::try_from("agent".to_owned()).unwrap(),
            opened_at: monday(),
            changed_at: monday(),
        };
        let unit = "psb-140105".to_owned().try_into().unwrap();
        let submit = Submit {
            draft: &draft,
            manifest: papers,
            form: Digest::of(b"sealed form"),
            unit: Some(&unit),
            undertaking,
            paper_service: false,
            quantities: None,
            rows: None,
        };
        submit.decide(&context(&agent(), monday(), item))
    }

    pub(crate) fn submitted() -> Self {
        Self::submitted_with(manifest(PaperState::Clean))
    }

    pub(crate) fn submitted_with(papers: Manifest) -> Self {
        Self::opened(item(), papers, None)
    }

    /// A submission for `item`.
    pub(crate) fn of(item: &'static ServiceItem) -> Self {
        Self::opened(item, manifest(PaperState::Clean), None)
    }

    /// A case for as many `rows`, in the hands of the reviewer.
    pub(crate) fn under_review_for_rows(rows: u16) -> Self {
        let papers = manifest(PaperState::Clean);
        let mut events = Self::submit_with(&papers, item(), None).unwrap();
        for event in &mut events {
            if let Event::Submitted(submitted) = event {
                submitted.rows = Some(rows);
            }
        }
        let mut case = Self::begun(item(), papers, events);
        case.claims(&intake()).unwrap();
        case.accepts(&intake()).unwrap();
        case.claims(&reviewer()).unwrap();
        case
    }

    /// A submission of who did not agree to electronic service.
    pub(crate) fn submitted_on_paper() -> Self {
        let papers = manifest(PaperState::Clean);
        let mut events = Self::submit_with(&papers, item(), None).unwrap();
        for event in &mut events {
            if let Event::Submitted(submitted) = event {
                submitted.paper_service = true;
            }
        }
        Self::begun(item(), papers, events)
    }

    /// A submission for `item` with `papers`, where some may be undertaken to follow.
    pub(crate) fn opened(
        item: &'static ServiceItem,
        papers: Manifest,
        undertaking: Option<&Undertake>,
    ) -> Self {
        let events = Self::submit_with(&papers, item, undertaking).unwrap();
        Self::begun(item, papers, events)
    }

    fn begun(item: &'static ServiceItem, papers: Manifest, events: Vec<Event>) -> Self {
        let mut ids = ids(0);
        let (events, state) =
            record(None, &number(), events, monday(), &agent(), &mut ids).unwrap();
        Self {
            events,
            state,
            item,
            papers,
            now: monday(),
            calendar: catalogue::calendar(),
        }
    }

    pub(crate) fn under_review() -> Self {
        Self::under_review_of(item())
    }

    pub(crate) fn under_review_of(item: &'static ServiceItem) -> Self {
        let mut case = Self::of(item);
        case.claims(&intake()).unwrap();
        case.accepts(&intake()).unwrap();
        case.claims(&reviewer()).unwrap();
        case
    }

    pub(crate) fn awaiting_decision() -> Self {
        let mut case = Self::under_review();
        case.recommends(&reviewer(), Outcome::Grant).unwrap();
        case
    }

    pub(crate) fn state(&self) -> &Application {
        &self.state
    }

    pub(crate) fn events(&self) -> &[Recorded] {
        &self.events
    }

    pub(crate) fn act(&mut self, actor: &Actor, command: &Command) -> Result<(), Refusal> {
        let context = Context {
            calendar: self.calendar,
            ..context(actor, self.now, self.item)
        };
        let events = decide(&self.state, command, &context)?;
        if events.is_empty() {
            return Ok(());
        }
        let mut ids = ids(self.state.version);
        let (recorded, state) = record(
            Some(&self.state),
            &number(),
            events,
            self.now,
            actor,
            &mut ids,
        )
        .unwrap();
        self.events.extend(recorded);
        self.state = state;
        Ok(())
    }

    pub(crate) fn claims(&mut self, officer: &Officer) -> Result<(), Refusal> {
        let claim = Claim {
            posts: officer.posts.clone(),
            conflict: false,
        };
        self.act(&acting(officer), &Command::Claim(claim))
    }

    /// Lets time pass until `moment`.
    pub(crate) fn at(&mut self, moment: &str) -> &mut Self {
        self.now = at(moment);
        self
    }

    /// Lets the platform act.
    pub(crate) fn by_itself(&mut self, command: &Command) -> Result<(), Refusal> {
        self.act(&system(), command)
    }

    pub(crate) fn releases(&mut self, officer: &Officer) -> Result<(), Refusal> {
        self.act(&acting(officer), &Command::Release)
    }

    pub(crate) fn releases_as_agent(&mut self) -> Result<(), Refusal> {
        self.act(&agent(), &Command::Release)
    }

    pub(crate) fn accepts(&mut self, officer: &Officer) -> Result<(), Refusal> {
        let accept = Accept {
            manifest: self.papers.clone(),
        };
        self.act(&acting(officer), &Command::Accept(accept))
    }

    pub(crate) fn recommends(
        &mut self,
        officer: &Officer,
        outcome: Outcome,
    ) -> Result<(), Refusal> {
        let recommend = Recommend {
            outcome,
            opinion: Digest::of(b"sealed opinion"),
            refused_rows: None,
            decided_by: Some("psb-140105".to_owned().try_into().unwrap()),
        };
        self.act(&acting(officer), &Command::Recommend(recommend))
    }

    pub(crate) fn decides(&mut self, officer: &Officer, outcome: Outcome) -> Result<(), Refusal> {
        let decision = Decision {
            outcome,
            reasons: Some(Digest::of(b"sealed reasons")),
            refused_rows: None,
            manifest: self.papers.clone(),
        };
        self.act(&acting(officer), &Command::Decide(decision))
    }

    pub(crate) fn decides_without_reasons(
        &mut self,
        officer: &Officer,
        outcome: Outcome,
    ) -> Result<(), Refusal> {
        let decision = Decision {
            outcome,
            reasons: None,
            refused_rows: None,
            manifest: self.papers.clone(),
        };
        self.act(&acting(officer), &Command::Decide(decision))
    }

    pub(crate) fn withdraws(&mut self) -> Result<(), Refusal> {
        self.act(&agent(), &Command::Withdraw(Withdraw { reason: None }))
    }

    pub(crate) fn withdraws_as_officer(&mut self, officer: &Officer) -> Result<(), Refusal> {
        self.act(
            &acting(officer),
            &Command::Withdraw(Withdraw { reason: None }),
        )
    }
}

fn number() -> ApplicationNo {
    ApplicationNo::new(jiff::civil::date(2026, 11, 23), 42)
}

fn context<'a>(actor: &'a Actor, now: Instant, item: &'a ServiceItem) -> Context<'a> {
    Context {
        now,
        actor,
        item,
        calendar: catalogue::calendar(),
    }
}

fn ids(from: u64) -> impl FnMut() -> EventId {
    let mut next = u128::from(from);
    move || {
        next += 1;
        EventId(Uuid::from_u128(next))
    }
}
