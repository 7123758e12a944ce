//! A person who asked for it is erased, as far as the law lets them.

use domain::ids::PersonId;

use crate::{Answer, Timers, TimersError};

impl Timers {
    /// Does what one run does; the answer says whether there is more. It does not name the person.
    pub(crate) async fn erase_person(&self, person: &PersonId) -> Result<Answer, TimersError> {
        let now = self.table.now().await?;
        let erased = self.erasure.erase(person, now).await;
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
