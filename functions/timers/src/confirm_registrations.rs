//! Registrations go on for which the enterprise register had no answer.

use domain::application::Actor;
use domain::enterprise::{Confirm, Registry};
use domain::history::{Occasion, record};
use domain::identifiers::Uscc;
use domain::ids::EventId;
use domain::instant::Instant;
use domain::mandate::MandateId;
use platform::error::PlatformError;
use platform::registers::EnterpriseRegister as _;
use platform::table::CommitError;
use serde::Serialize;
use uuid::Uuid;

use crate::{Answer, Timers, TimersError};

/// How many registrations one invocation looks at, the one that was asked about longest ago first.
const AT_ONCE: i32 = 50;
/// After how many answers in a row that it did not give the register is not asked any more: others come
/// first the next time.
const SILENCES: usize = 3;

/// What became of registrations.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Confirmed {
    /// How many the register had an answer for.
    pub answered: usize,
    /// How many go on waiting.
    pub waiting: usize,
}

impl Timers {
    pub(crate) async fn confirm_registrations(&self) -> Result<Answer, TimersError> {
        let now = self.table.now().await?;
        let mut confirmed = Confirmed::default();
        let (mut silent, mut fault) = (0, None);
        for uscc in self.accounts.unconfirmed(AT_ONCE).await? {
            let registry = self.register.entry(&uscc).await;
            if registry == Registry::Silent {
                confirmed.waiting += 1;
                silent += 1;
                self.ask_again_later(&uscc, now).await?;
                // About one enterprise it may have nothing to say; about several it is down.
                if silent == SILENCES {
                    break;
                }
                continue;
            }
            silent = 0;
            match self.confirm(&uscc, registry).await {
                Ok(()) => confirmed.answered += 1,
                Err(error) => {
                    fault = Some(error);
                    self.ask_again_later(&uscc, now).await?;
                }
            }
        }
        match fault {
            Some(error) => Err(error),
            None => Ok(Answer::ConfirmRegistrations(confirmed)),
        }
    }

    async fn ask_again_later(&self, uscc: &Uscc, now: Instant) -> Result<(), TimersError> {
        match self.accounts.ask_again_later(uscc, now).await {
            Ok(()) | Err(CommitError::Guards(_)) => Ok(()),
            Err(error) => Err(TimersError::NotCommitted(error)),
        }
    }

    async fn confirm(&self, uscc: &Uscc, registry: Registry) -> Result<(), TimersError> {
        let file = self.accounts.enterprise(uscc, None, None).await?;
        let confirm = Confirm {
            registry,
            mandate: MandateId::new(uscc.clone(), rand::random()),
        };
        let events = confirm
            .decide(&file.household)
            .map_err(PlatformError::broken)?;
        if events.is_empty() {
            return Ok(());
        }
        let actor = Actor::System {
            task: "confirm_registrations".to_owned(),
        };
        let occasion = Occasion {
            aggregate: uscc,
            at: file.asked.now,
            actor: &actor,
        };
        let before = file.household.enterprise.as_ref();
        let ids = || EventId(Uuid::now_v7());
        let step = record(before, &occasion, events, ids).map_err(PlatformError::broken)?;
        let after = file
            .household
            .clone()
            .after(&step.history, step.state, None);
        match self
            .accounts
            .commit_enterprise(&file, &after, &step.history, None)
            .await
        {
            // Somebody registered it in the same moment: it is looked at again.
            Ok(()) | Err(CommitError::Guards(_)) => Ok(()),
            Err(error) => Err(TimersError::NotCommitted(error)),
        }
    }
}
