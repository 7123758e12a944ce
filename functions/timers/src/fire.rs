//! A look at a case that is due: what the platform has to do is done, the cards follow.

use aws_lambda_events::sqs::{SqsBatchResponse, SqsEvent};
use domain::application::timers::{self, DueStep};
use domain::application::{
    Actor, Application, Context, Recorded, Refusal, ReplayFault, decide, record,
};
use domain::card::{CardRule, cards, next_look};
use domain::ids::EventId;
use domain::instant::Instant;
use domain::item::ServiceItem;
use platform::batch;
use platform::cases::{Look, Looked};
use platform::deadlines::Due;
use platform::error::PlatformError;
use platform::table::CommitError;
use uuid::Uuid;

use crate::Timers;

/// How often a case is looked at again when it changed in the meantime.
const ATTEMPTS: usize = 3;
/// How many steps can be due in a case at once, and some more: each makes the next one impossible or
/// waits for another day.
const MOST_STEPS: usize = 8;

/// Why a case was not looked at; its message comes again.
#[derive(Debug, thiserror::Error)]
pub(crate) enum FireError {
    /// It is no message of the platform.
    #[error("not a deadline: {0}")]
    NoDeadline(#[from] serde_json::Error),
    /// The case is handled under a version of its item that this binary does not have.
    #[error("version {version} of {item} is not in the catalogue")]
    UnknownItem {
        /// The code of the item.
        item: String,
        /// Its version.
        version: u32,
    },
    /// A step was due, and its command refused.
    #[error("{step} was due and refused: {refusal:?}")]
    Refused {
        /// Which.
        step: &'static str,
        /// Why.
        refusal: Refusal,
    },
    /// A case does not take its own events.
    #[error("a case does not take its own events: {0}")]
    NotItsOwn(#[from] ReplayFault),
    /// The case changed at every attempt.
    #[error("the case changed at every attempt")]
    Contended,
    /// It could not be written.
    #[error(transparent)]
    NotCommitted(#[from] CommitError),
    /// The platform underneath failed.
    #[error(transparent)]
    Platform(#[from] PlatformError),
}

/// What time did to a case.
struct Passed {
    state: Application,
    events: Vec<Recorded>,
    last: Option<DueStep>,
}

impl Timers {
    /// Looks at the cases that the messages of `event` name, and names the messages that failed.
    pub(crate) async fn fire(&self, event: SqsEvent) -> SqsBatchResponse {
        batch::run(
            "timers",
            event,
            |body| async move { self.told(&body).await },
        )
        .await
    }

    async fn told(&self, body: &str) -> Result<&'static str, FireError> {
        let due: Due = serde_json::from_str(body)?;
        for _ in 0..ATTEMPTS {
            let Some(look) = self.cases.look_at(&due.application).await? else {
                return Ok("no_case");
            };
            match self.settle(&look).await {
                Err(FireError::NotCommitted(CommitError::Guards(_))) => {}
                settled => return settled,
            }
        }
        Err(FireError::Contended)
    }

    /// Does in the case of `look` what is due, and says what that was.
    async fn settle(&self, look: &Look) -> Result<&'static str, FireError> {
        let item = item_of(&look.state.body)?;
        let passed = pass(&look.state.body, item, look.now)?;
        let calendar = catalogue::calendar();
        let standing = cards(&passed.state, item, calendar, look.now);
        if standing
            .iter()
            .any(|card| card.rule == CardRule::Provisional)
        {
            let number = &passed.state.number;
            tracing::warn!(%number, "a limit of an open case is counted without the table of its year");
        }
        let done = Looked {
            after: &passed.state,
            events: &passed.events,
            notices: catalogue::notices(&passed.events, &passed.state, item, rand::random),
            cards: standing,
            next: next_look(&passed.state, item, calendar, look.now),
        };
        let wrote = self.cases.looked(look, done).await?;
        Ok(match (passed.last, wrote) {
            (Some(step), _) => step.as_str(),
            (None, true) => "looked",
            (None, false) => "nothing_new",
        })
    }
}

/// Everything that is due in `state` at `now`, one step after the other.
fn pass(state: &Application, item: &ServiceItem, now: Instant) -> Result<Passed, FireError> {
    let actor = Actor::System {
        task: "deadlines".to_owned(),
    };
    let context = Context {
        now,
        actor: &actor,
        item,
        calendar: catalogue::calendar(),
    };
    let mut passed = Passed {
        state: state.clone(),
        events: Vec::new(),
        last: None,
    };
    for _ in 0..MOST_STEPS {
        let Some(step) = timers::due(&passed.state, context.calendar, now) else {
            break;
        };
        let decided = decide(&passed.state, &step.command(), &context);
        let events = decided.map_err(|refusal| FireError::Refused {
            step: step.as_str(),
            refusal,
        })?;
        let number = &passed.state.number;
        let (events, after) = record(Some(&passed.state), number, events, now, &actor, || {
            EventId(Uuid::now_v7())
        })?;
        passed.events.extend(events);
        passed.state = after;
        passed.last = Some(step);
    }
    Ok(passed)
}

fn item_of(state: &Application) -> Result<&'static ServiceItem, FireError> {
    let (code, version) = (&state.item.code, state.item.version);
    catalogue::item_version(code, version).ok_or_else(|| FireError::UnknownItem {
        item: code.to_string(),
        version,
    })
}
