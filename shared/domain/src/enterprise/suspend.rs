//! An authority suspends an enterprise, or lets it act again. Its people can read all the while.

use super::{EnterpriseEvent, Household, Refusal, Standing};

/// The command that suspends.
#[derive(Clone, Debug)]
pub struct Suspend {
    /// Why; shown to its people.
    pub reason: String,
}

impl Suspend {
    /// # Errors
    /// A [`Refusal`].
    pub fn decide(&self, household: &Household) -> Result<Vec<EnterpriseEvent>, Refusal> {
        household.active().map_err(|refusal| match refusal {
            Refusal::Suspended => Refusal::AlreadySuspended,
            other => other,
        })?;
        Ok(vec![EnterpriseEvent::Suspended {
            reason: given(&self.reason)?,
        }])
    }
}

/// The command that lets it act again.
#[derive(Clone, Debug)]
pub struct Resume {
    /// Why; shown to its people.
    pub reason: String,
}

impl Resume {
    /// # Errors
    /// A [`Refusal`].
    pub fn decide(&self, household: &Household) -> Result<Vec<EnterpriseEvent>, Refusal> {
        let enterprise = household
            .enterprise
            .as_ref()
            .ok_or(Refusal::NotRegistered)?;
        if enterprise.standing != Standing::Suspended {
            return Err(Refusal::NotSuspended);
        }
        Ok(vec![EnterpriseEvent::Resumed {
            reason: given(&self.reason)?,
        }])
    }
}

fn given(reason: &str) -> Result<String, Refusal> {
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(Refusal::ReasonMissing);
    }
    Ok(reason.to_owned())
}
