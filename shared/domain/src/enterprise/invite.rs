//! An administrator invites somebody to act for the enterprise.

use jiff::civil::Date;

use super::{Context, EnterpriseEvent, Household, MOST_PEOPLE, Refusal};
use crate::mandate::{Coverage, MandateId, Role};

/// Days within which an invitation is to be accepted.
pub const INVITATION_DAYS: i64 = 14;

/// The command that invites; whom, is known to the platform by a keyed hash only.
#[derive(Clone, Debug)]
pub struct Invite {
    /// What the mandate is to be known by.
    pub id: MandateId,
    /// As what.
    pub role: Role,
    /// For which items.
    pub items: Coverage,
    /// The first day.
    pub from: Date,
    /// The last day, if there is one.
    pub to: Option<Date>,
}

impl Invite {
    /// # Errors
    /// A [`Refusal`].
    pub fn decide(
        &self,
        household: &Household,
        context: &Context<'_>,
    ) -> Result<Vec<EnterpriseEvent>, Refusal> {
        household.active()?;
        if self.role == Role::LegalRepresentative {
            return Err(Refusal::LegalRepresentativeByRegister);
        }
        let today = context.now.date();
        if self.to.is_some_and(|last| last < self.from || last < today) {
            return Err(Refusal::EndsBeforeItBegins);
        }
        if household.living(context.now) >= MOST_PEOPLE {
            return Err(Refusal::TooManyPeople);
        }
        let own = household
            .of(context.person()?)
            .ok_or(Refusal::NoSuchMandate)?;
        if !own.covers(&self.items, self.to) {
            return Err(Refusal::BeyondOwnMandate);
        }
        Ok(vec![EnterpriseEvent::Invited {
            id: self.id.clone(),
            role: self.role,
            items: self.items.clone(),
            from: self.from,
            to: self.to,
        }])
    }
}
