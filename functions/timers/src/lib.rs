//! What happens by itself: cases are looked at when they are due, the key sets of the issuers are
//! refreshed, and what lies in the outbox is sent again. And what operators have done: a branch key is
//! rotated, a person erased, every open case looked at.
//!
//! Time acts in two steps: `walk_deadlines` sends what is due to a queue, and `fire` takes it from there,
//! so that the midnight of a province is a queue and not a herd.
//!
//! An invocation that could not do all of its task ends in an error, after it has done the rest, so
//! that the function's alarm sees it.

mod confirm_registrations;
mod erase_person;
mod fire;
mod found_officers;
mod issuer;
mod key_document;
mod look_at_open_cases;
mod refresh_key_sets;
mod rotate_branch_key;
mod sweep_outbox;
mod walk_deadlines;

use std::sync::Arc;
use std::time::Instant as Elapsed;

use aws_lambda_events::sqs::SqsBatchResponse;
use domain::ids::PersonId;
use domain::instant::Instant;
use domain::officer::{Founder, NotFounded};
use jiff::civil::Date;
use platform::accounts::Accounts;
use platform::aws::Aws;
use platform::cases::{Cases, NoVault};
use platform::config::Config;
use platform::deadlines::Deadlines;
use platform::documents::Documents;
use platform::erasure::{Erased, Erasure};
use platform::error::PlatformError;
use platform::key_sets::KeySets;
use platform::outbox::Forwarder;
use platform::queues::Queues;
use platform::registers::HttpRegister;
use platform::table::{CommitError, Table};
use platform::telemetry::milliseconds_since;
use platform::vault::Vault;
use serde::{Deserialize, Serialize};
use serde_json::Value;

pub use confirm_registrations::Confirmed;
use erase_person::Numbers;
pub use found_officers::Founded;
use issuer::Issuers;
pub use look_at_open_cases::SentOpenCases;
pub use refresh_key_sets::Refreshed;
pub use rotate_branch_key::Rotated;
pub use sweep_outbox::Swept;
pub use walk_deadlines::Walk;

/// What a schedule or an operator asks for.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(tag = "task", rename_all = "snake_case", deny_unknown_fields)]
enum Task {
    /// Fetch the key sets of all trusted issuers.
    RefreshKeySets {},
    /// Ask the enterprise register again about the registrations it had no answer for.
    ConfirmRegistrations {},
    /// Send again what committed a while ago and was not sent.
    SweepOutbox {
        /// How long ago, in seconds; two minutes without it. Only on local and test stages.
        older_than_seconds: Option<u32>,
    },
    /// Send the cases that are due to be looked at.
    WalkDeadlines {},
    /// Look at every open case.
    LookAtOpenCases {
        /// With which day of deadlines to begin; today without it.
        from: Option<Date>,
    },
    /// Replace the branch key in force.
    RotateBranchKey {},
    /// Erase a person.
    ErasePerson {
        /// Who, as the identity provider names them.
        person: PersonId,
        /// The resident identity number by which invitations may wait for them.
        #[serde(default)]
        resident_id: Option<String>,
        /// The mobile number by which invitations may wait for them.
        #[serde(default)]
        mobile: Option<String>,
    },
    /// Found the first two administrators of the province.
    FoundOfficers {
        /// The two.
        officers: Vec<Founder>,
    },
}

/// What was done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "task", rename_all = "snake_case")]
pub enum Answer {
    /// The key sets, by issuer.
    RefreshKeySets {
        /// What became of each.
        issuers: Vec<Refreshed>,
    },
    /// The outbox.
    SweepOutbox(Swept),
    /// Registrations.
    ConfirmRegistrations(Confirmed),
    /// The deadlines.
    WalkDeadlines(Walk),
    /// The open cases.
    LookAtOpenCases(SentOpenCases),
    /// The branch key.
    RotateBranchKey(Rotated),
    /// The person.
    ErasePerson(Erased),
    /// The first administrators.
    FoundOfficers(Founded),
    /// The messages of a batch that failed, as SQS wants to hear of them.
    #[serde(untagged)]
    Fired(SqsBatchResponse),
}

/// Why a task was not done, or not all of it.
#[derive(Debug, thiserror::Error)]
pub enum TimersError {
    /// The payload names no task there is.
    #[error(
        "{0}; the payload must be {{\"task\":\"refresh_key_sets\"}}, {{\"task\":\"sweep_outbox\"}}, \
         {{\"task\":\"confirm_registrations\"}}, {{\"task\":\"walk_deadlines\"}}, \
         {{\"task\":\"look_at_open_cases\"}}, {{\"task\":\"rotate_branch_key\"}}, \
         {{\"task\":\"erase_person\",\"person\":…}} or \
         {{\"task\":\"found_officers\",\"officers\":[{{\"id\":…,\"badge\":…}},{{…}}]}}"
    )]
    UnknownTask(#[from] serde_json::Error),
    /// The stage is none for tests.
    #[error("older_than_seconds may only be given on local and test stages")]
    NotOnThisStage,
    /// Key sets were not fetched; the earlier ones are still there, and the others are new.
    #[error("key sets were not refreshed: {0}")]
    KeySetsNotRefreshed(String),
    /// Messages could not be sent; they stay in the outbox.
    #[error(
        "{failed} messages could not be sent and {unreadable} not be read; they stay in the outbox; {sent} were sent"
    )]
    NotAllSent {
        /// How many were sent.
        sent: usize,
        /// How many were not.
        failed: usize,
        /// How many could not be read; the log names their items.
        unreadable: usize,
    },
    /// Cases that are due could not be sent to be looked at; the next walk sends them.
    #[error(
        "{failed} cases that are due could not be sent and {unreadable} not be read; {sent} were sent"
    )]
    NotAllDueSent {
        /// How many were sent.
        sent: usize,
        /// How many were not.
        failed: usize,
        /// How many could not be read; the log names their items.
        unreadable: usize,
    },
    /// What was done could not be written; the next run does it again.
    #[error("it could not be written: {0}")]
    NotCommitted(#[from] CommitError),
    /// A number of the person is none; it is not repeated here.
    #[error("nothing was erased: {0} is not a number of that kind")]
    NoNumber(&'static str),
    /// The payload names no two officers who can be founded.
    #[error("nobody was founded: {0}")]
    NotFounded(#[from] NotFounded),
    /// The province has officers, who appoint others.
    #[error("nobody was founded: the province has officers already, who appoint others")]
    OfficersKnown,
    /// A person was not erased, or not all of what they filed; the next run does the rest.
    #[error("the person is not erased yet: {0}")]
    NotErased(CommitError),
    /// Some of what a person filed cannot be read; the rest is done.
    #[error(
        "{failed} cases cannot be read and are not erased; {erased} were erased and {restricted} restricted; the log names the cases"
    )]
    NotAllErased {
        /// How many cannot be read.
        failed: usize,
        /// How many were erased.
        erased: usize,
        /// How many were restricted.
        restricted: usize,
    },
    /// The platform underneath failed.
    #[error(transparent)]
    Platform(#[from] PlatformError),
}

impl TimersError {
    /// A stable code, by which alarms tell them apart.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::UnknownTask(_) => "unknown_task",
            Self::NotOnThisStage => "not_on_this_stage",
            Self::KeySetsNotRefreshed(_) => "key_sets_not_refreshed",
            Self::NotAllSent { .. } => "not_all_sent",
            Self::NotAllDueSent { .. } => "not_all_due_sent",
            Self::NotCommitted(_) => "not_committed",
            Self::NoNumber(_) => "no_number",
            Self::NotFounded(_) => "not_founded",
            Self::OfficersKnown => "officers_known",
            Self::NotErased(_) => "not_erased",
            Self::NotAllErased { .. } => "not_all_erased",
            Self::Platform(_) => "platform",
        }
    }
}

/// The handler of the schedules.
#[derive(Debug)]
pub struct Timers {
    config: Config,
    table: Table,
    cases: Cases<NoVault>,
    deadlines: Deadlines,
    key_sets: KeySets,
    forwarder: Forwarder,
    accounts: Accounts,
    register: HttpRegister,
    vault: Vault,
    erasure: Erasure,
    issuers: Issuers,
}

impl Timers {
    /// The timers of the stage.
    ///
    /// # Errors
    /// [`PlatformError::Configuration`] without the addresses of queues and register, the bucket of
    /// documents or the key that wraps branch keys.
    pub fn new(aws: Arc<Aws>, config: Config) -> Result<Self, PlatformError> {
        let table = Table::new(Arc::clone(&aws), &config);
        let queues = Arc::new(Queues::new(Arc::clone(&aws), &config)?);
        let documents = Documents::new(Arc::clone(&aws), &config)?;
        Ok(Self {
            cases: Cases::sealed(table.clone()),
            deadlines: Deadlines::new(Arc::clone(&aws), table.clone(), &config)?,
            key_sets: KeySets::new(table.clone()),
            accounts: Accounts::new(table.clone()),
            register: HttpRegister::new(&config)?,
            forwarder: Forwarder::new(table.clone(), queues),
            vault: Vault::new(aws, table.clone(), &config)?,
            erasure: Erasure::new(table.clone(), documents),
            table,
            issuers: Issuers::new(config.stage.may_be_simulated()),
            config,
        })
    }

    /// Does the task that `payload` names, or looks at the cases that its messages name. `now` is real
    /// time.
    ///
    /// # Errors
    /// [`TimersError`]; messages that failed are named in the answer.
    pub async fn handle(&self, payload: Value, now: Instant) -> Result<Answer, TimersError> {
        if payload.get("Records").is_some() {
            let event = serde_json::from_value(payload)?;
            return Ok(Answer::Fired(self.fire(event).await));
        }
        let started = Elapsed::now();
        let done = Box::pin(self.perform(payload, now)).await;
        let duration_ms = milliseconds_since(started);
        match &done {
            Ok(answer) => {
                let answer = serde_json::to_string(answer).unwrap_or_default();
                tracing::info!(
                    function = "timers",
                    outcome = "done",
                    answer,
                    duration_ms,
                    "task done"
                );
            }
            Err(error) => {
                let outcome = error.kind();
                tracing::error!(function = "timers", outcome, %error, duration_ms, "task failed");
            }
        }
        done
    }

    async fn perform(&self, payload: Value, now: Instant) -> Result<Answer, TimersError> {
        match serde_json::from_value(payload)? {
            Task::RefreshKeySets {} => self.refresh_key_sets(now).await,
            Task::ConfirmRegistrations {} => self.confirm_registrations().await,
            Task::SweepOutbox { older_than_seconds } => {
                self.sweep_outbox(older_than_seconds, now).await
            }
            Task::WalkDeadlines {} => self.walk_deadlines().await,
            Task::LookAtOpenCases { from } => self.look_at_open_cases(from).await,
            Task::RotateBranchKey {} => self.rotate_branch_key().await,
            Task::ErasePerson {
                person,
                resident_id,
                mobile,
            } => {
                let numbers = Numbers {
                    resident_id,
                    mobile,
                };
                self.erase_person(&person, &numbers).await
            }
            Task::FoundOfficers { officers } => self.found_officers(&officers).await,
        }
    }
}
