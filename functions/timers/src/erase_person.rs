//! A person who asked for it is erased, as far as the law lets them.

use domain::identifiers::{MobileNumber, ResidentId};
use domain::ids::PersonId;
use domain::search::SearchTerm;
use jiff::civil::Date;

use crate::{Answer, Timers, TimersError};

/// The numbers by which somebody can have been invited.
#[derive(Clone, Default, PartialEq, Eq)]
pub(crate) struct Numbers {
    /// The resident identity number (GB 11643).
    pub(crate) resident_id: Option<String>,
    /// The mobile number.
    pub(crate) mobile: Option<String>,
}

impl Timers {
    /// Does what one run does; the answer says whether there is more. It does not name the person.
    pub(crate) async fn erase_person(
        &self,
        person: &PersonId,
        numbers: &Numbers,
    ) -> Result<Answer, TimersError> {
        let now = self.table.now().await?;
        let mut invitees = Vec::new();
        for term in terms(numbers, now.date())? {
            let hash = self.vault.known_search_hash(&term).await?;
            invitees.extend(hash.map(|hash| hash.to_string()));
        }
        let erased = self.erasure.erase(person, &invitees, now).await;
        let erased = erased.map_err(TimersError::NotErased)?;
        if erased.failed > 0 {
            return Err(TimersError::NotAllErased {
                failed: erased.failed,
                erased: erased.erased,
                restricted: erased.restricted,
            });
        }
        Ok(Answer::ErasePerson(erased))
    }
}

fn terms(numbers: &Numbers, today: Date) -> Result<Vec<SearchTerm>, TimersError> {
    let resident_id = numbers.resident_id.as_deref().map(|typed| {
        ResidentId::parse(typed, today)
            .map(SearchTerm::ResidentId)
            .map_err(|_| TimersError::NoNumber("resident_id"))
    });
    let mobile = numbers.mobile.as_deref().map(|typed| {
        MobileNumber::parse(typed)
            .map(SearchTerm::Mobile)
            .map_err(|_| TimersError::NoNumber("mobile"))
    });
    resident_id.into_iter().chain(mobile).collect()
}
