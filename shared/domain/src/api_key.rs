//! Keys by which programs of others send requests in the open exchange format (Open311).

use serde::{Deserialize, Serialize};

use crate::device::Withdrawal;
use crate::ids::{InvalidId, OfficerId, is_readable_tail, readable_tail};
use crate::instant::Instant;
use crate::unit::UnitId;

/// What the numbers of API keys begin with.
const PREFIX: &str = "KEY-";

/// The number of an API key: `KEY-7K3M9QX2RD4F`, whose twelve characters carry 60 random bits.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ApiKeyId(String);

impl ApiKeyId {
    /// The number of a new key, from 60 of the 64 bits of `random`.
    pub fn new(random: u64) -> Self {
        Self(format!("{PREFIX}{}", readable_tail(random)))
    }

    /// The number as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for ApiKeyId {
    type Error = InvalidId;

    fn try_from(text: String) -> Result<Self, InvalidId> {
        if text.strip_prefix(PREFIX).is_some_and(is_readable_tail) {
            Ok(Self(text))
        } else {
            Err(InvalidId("number of an API key"))
        }
    }
}

impl AsRef<str> for ApiKeyId {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl std::str::FromStr for ApiKeyId {
    type Err = InvalidId;

    fn from_str(text: &str) -> Result<Self, InvalidId> {
        text.to_owned().try_into()
    }
}

impl From<ApiKeyId> for String {
    fn from(id: ApiKeyId) -> Self {
        id.0
    }
}

impl std::fmt::Display for ApiKeyId {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// A key given to an organisation for its program.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApiKey {
    /// Its number.
    pub id: ApiKeyId,
    /// The unit that gave it.
    pub unit: UnitId,
    /// The program and whose it is, 1 to 100 characters.
    pub name: String,
    /// Where the organisation is reached: a web or e-mail address of its own, not a person's.
    pub contact: String,
    /// When it was given, in business time.
    pub registered_at: Instant,
    /// Who gave it.
    pub registered_by: OfficerId,
    /// When and by whom it was withdrawn; a key never comes back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawn: Option<Withdrawal>,
}

/// The key was withdrawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the key was withdrawn")]
pub struct Withdrawn;

impl ApiKey {
    /// Whether it opens anything.
    ///
    /// # Errors
    /// [`Withdrawn`].
    pub fn may_be_used(&self) -> Result<(), Withdrawn> {
        if self.withdrawn.is_some() {
            return Err(Withdrawn);
        }
        Ok(())
    }

    /// The key, withdrawn by `by` at `at`.
    ///
    /// # Errors
    /// [`Withdrawn`] where it was before.
    pub fn withdraw(&self, at: Instant, by: OfficerId) -> Result<Self, Withdrawn> {
        self.may_be_used()?;
        Ok(Self {
            withdrawn: Some(Withdrawal { at, by }),
            ..self.clone()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_number_made_is_a_number_read(random: u64) {
            let made = ApiKeyId::new(random);
            prop_assert_eq!(ApiKeyId::try_from(made.to_string()), Ok(made));
        }

        #[test]
        fn no_text_makes_the_reader_of_numbers_panic(text: String) {
            let _ = ApiKeyId::try_from(text);
        }
    }

    #[test]
    fn a_key_is_used_until_it_is_withdrawn_and_is_withdrawn_once() {
        let now = Instant::try_from("2026-11-23T10:00:00+08:00".to_owned()).unwrap();
        let by = OfficerId::try_from("administrator".to_owned()).unwrap();
        let key = ApiKey {
            id: ApiKeyId::new(1),
            unit: "psb-140000".parse().unwrap(),
            name: "市民随手拍".to_owned(),
            contact: "https://example.org/contact".to_owned(),
            registered_at: now,
            registered_by: by.clone(),
            withdrawn: None,
        };
        assert_eq!(key.may_be_used(), Ok(()));
        let withdrawn = key.withdraw(now, by.clone()).unwrap();
        assert_eq!(withdrawn.may_be_used(), Err(Withdrawn));
        assert_eq!(withdrawn.withdraw(now, by), Err(Withdrawn));
    }
}
