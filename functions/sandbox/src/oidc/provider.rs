use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::settings::Settings;

/// One of the two identity providers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Provider {
    /// Knows natural persons.
    Persons,
    /// Knows the officers of the police.
    Officers,
}

/// The text names no provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("persons or officers is expected")]
pub(crate) struct UnknownProvider;

impl Provider {
    /// Both.
    pub(crate) const ALL: [Self; 2] = [Self::Persons, Self::Officers];

    /// Its name in addresses and keys.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Persons => "persons",
            Self::Officers => "officers",
        }
    }

    /// What it knows, as the claim `kind` says.
    pub(crate) fn kind(self) -> &'static str {
        match self {
            Self::Persons => "person",
            Self::Officers => "officer",
        }
    }

    /// Its issuer identifier, below which its endpoints lie.
    pub(crate) fn issuer(self, settings: &Settings) -> String {
        format!("{}/sandbox/oidc/{}", settings.base, self.as_str())
    }
}

impl FromStr for Provider {
    type Err = UnknownProvider;

    fn from_str(text: &str) -> Result<Self, UnknownProvider> {
        let mut all = Self::ALL.into_iter();
        all.find(|provider| provider.as_str() == text)
            .ok_or(UnknownProvider)
    }
}
