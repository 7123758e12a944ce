//! Secrets of devices and programs: how they are shown once, kept as a digest, presented and checked.
//!
//! A secret is 32 random bytes, so its SHA-256 needs no salt and no slow hash. Who presents one names
//! its holder too (`KSK-7K3M9QX2RD4F.secret`), so that the item is found by key and failures are
//! counted per holder; where a person who is logged in presents it, per holder and person, because the
//! number of a device stands on it and in the record of what was done there, and whoever knows it must not
//! be able to lock it for all. The counter is read in the batch that reads the holder and is written only when
//! an attempt fails: a good secret costs no write.
//!
//! Whoever does not have the secret is told one thing, whether the number is somebody's, nobody's or
//! locked, and each attempt costs one read and one write: what is nobody's is counted where nothing is
//! looked up, on a few items that are written over. Only the right secret learns of a lock.
//!
//! Attempts that are on their way at the same moment all see the counter as it was: each of them is
//! looked at, and each failure is counted before it is answered. With 256 bits to guess, the lock is
//! there to stop and show misuse, not to make up for short secrets.

use aws_sdk_dynamodb::types::AttributeValue;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::attempts::FailedAttempts;
use domain::chain::Digest;
use domain::ids::PersonId;
use domain::instant::Instant;
use ring::rand::{SecureRandom as _, SystemRandom};
use subtle::ConstantTimeEq as _;

use crate::error::PlatformError;
use crate::table::{
    Attributes, CommitError, Guard, Key, Part, Snapshot, Stored, Table, Transaction, item,
};

/// How often a failure is written where others are counted at the same time.
const TRIES: u32 = 8;
/// On how many items the failures are written that count for nothing.
const IDLE_ITEMS: u8 = 32;

impl Stored for FailedAttempts {
    const TYPE: &'static str = "failed_attempts";
    const SCHEMA: u32 = 1;
}

/// A secret in the clear. It is compared only by [`Secret::is_of`].
#[derive(Clone)]
pub struct Secret([u8; 32]);

impl std::fmt::Debug for Secret {
    /// Nothing of it.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Secret(…)")
    }
}

impl Secret {
    /// A new secret, from the operating system's random numbers.
    ///
    /// # Errors
    /// [`PlatformError::Corrupt`] where it gives none.
    pub fn new() -> Result<Self, PlatformError> {
        let mut bytes = [0; 32];
        SystemRandom::new()
            .fill(&mut bytes)
            .map_err(|_| PlatformError::corrupt("the operating system gave no random bytes"))?;
        Ok(Self(bytes))
    }

    /// The secret as it is shown to whom it is given: 43 characters of base64url without padding.
    pub fn reveal(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0)
    }

    /// What is kept of it.
    pub fn digest(&self) -> Digest {
        Digest::of(&self.0)
    }

    /// Whether `kept` is its digest, found in a time that does not depend on where they differ.
    pub fn is_of(&self, kept: &Digest) -> bool {
        self.digest().as_bytes().ct_eq(kept.as_bytes()).into()
    }

    fn parse(text: &str) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        bytes.try_into().ok().map(Self)
    }
}

/// A secret with the number of its holder, as it was presented.
#[derive(Clone, Debug)]
pub struct Credential<I> {
    /// Whose secret it is said to be.
    pub id: I,
    /// The secret.
    pub secret: Secret,
}

impl<I: Holder> Credential<I> {
    /// The credential that `text` (`number.secret`) is.
    pub fn parse(text: &str) -> Option<Self> {
        let (id, secret) = text.split_once('.')?;
        Some(Self {
            id: I::try_from(id.to_owned()).ok()?,
            secret: Secret::parse(secret)?,
        })
    }

    /// The item that counts the failures at the holder's secret; it must be in the snapshot that judges.
    pub fn attempts_key(&self) -> Key {
        Key::attempts(I::KIND, self.id.as_ref())
    }

    /// The same for the failures of `person` alone, who presents it and is known: they lock out nobody else.
    pub fn attempts_key_of(&self, person: &PersonId) -> Key {
        Key::attempts(I::KIND, &format!("{}#{person}", self.id.as_ref()))
    }
}

/// The number of somebody who holds a secret.
pub trait Holder: TryFrom<String> + AsRef<str> {
    /// What kind of holder it is, in the keys of counters.
    const KIND: &'static str;
}

/// Why a secret opens nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// There is no such holder, or it is not its secret: which of them is nobody's business, nor
    /// whether it is locked.
    #[error("the secret is not the holder's")]
    NotRecognised,
    /// The secret is right, but too many attempts failed: it opens nothing for this many seconds, 1 to
    /// 900.
    #[error("too many attempts failed; nothing is opened for {for_seconds} s")]
    Locked {
        /// How long.
        for_seconds: u32,
    },
}

impl<I: Holder> Credential<I> {
    /// Checks the secret against `kept`, the digest that the holder's item has, if there is one. A
    /// failure is counted before it is told; made-up numbers fill no table.
    ///
    /// `counter` is one of [`Credential::attempts_key`] and [`Credential::attempts_key_of`], and `snapshot`
    /// must hold what lies there; `now` is real time.
    ///
    /// # Errors
    /// The outer error where the table does not answer, or a failure cannot be counted; else why the
    /// secret opens nothing.
    pub async fn check(
        &self,
        table: &Table,
        (snapshot, counter): (&Snapshot, &Key),
        kept: Option<&Digest>,
        now: Instant,
    ) -> Result<Result<(), Refusal>, PlatformError> {
        let found = snapshot.item(counter);
        let locked = counted(found)?.1.locked_for(now);
        if kept.is_some_and(|kept| self.secret.is_of(kept)) {
            let refused = locked.map(|for_seconds| Refusal::Locked { for_seconds });
            return Ok(refused.map_or(Ok(()), Err));
        }
        tracing::warn!(
            holder = I::KIND,
            id = self.id.as_ref(),
            "a secret was refused"
        );
        if kept.is_some() && locked.is_none() {
            count(table, counter, found.cloned(), now).await?;
        } else {
            count_idly::<I>(table, &self.secret, now).await?;
        }
        Ok(Err(Refusal::NotRecognised))
    }
}

/// Writes a failure that counts for nothing, so that it costs what one that counts does. On which item
/// it lies, the secret that was presented decides.
async fn count_idly<I: Holder>(
    table: &Table,
    secret: &Secret,
    now: Instant,
) -> Result<(), PlatformError> {
    let place = secret.digest().as_bytes().first().copied().unwrap_or(0) % IDLE_ITEMS;
    let key = Key::attempts(I::KIND, &format!("idle-{place}"));
    let failed = FailedAttempts::default().and_one(now);
    let put = Transaction::new().put(
        table,
        Part::Attempts,
        item_of(&key, 1, &failed)?,
        Guard::None,
    );
    match table.commit(put).await {
        // Another one was written there at the same moment.
        Ok(()) | Err(CommitError::Guards(_) | CommitError::Conflict) => Ok(()),
        Err(CommitError::Platform(error)) => Err(error),
    }
}

/// The counter as it lies in the table until it means nothing any more.
fn item_of(key: &Key, version: u64, failed: &FailedAttempts) -> Result<Attributes, PlatformError> {
    let mut stored = item::write(key, version, failed)?;
    if let Some(forgotten_at) = failed.forgotten_at() {
        let seconds = AttributeValue::N(forgotten_at.unix_seconds().to_string());
        stored.insert("expires_at".to_owned(), seconds);
    }
    Ok(stored)
}

/// The version of the counter and what it says; nothing counted yet without an item.
fn counted(found: Option<&Attributes>) -> Result<(Option<u64>, FailedAttempts), PlatformError> {
    let Some(found) = found else {
        return Ok((None, FailedAttempts::default()));
    };
    let record = item::read::<FailedAttempts>(found)?;
    Ok((Some(record.version), record.body))
}

/// Counts one more failure. `found` is the counter as it was read.
async fn count(
    table: &Table,
    key: &Key,
    mut found: Option<Attributes>,
    now: Instant,
) -> Result<(), PlatformError> {
    for _ in 0..TRIES {
        let (version, before) = counted(found.as_ref())?;
        // Others failed meanwhile, and enough of them.
        if before.locked_for(now).is_some() {
            return Ok(());
        }
        let guard = version.map_or(Guard::Absent, Guard::Version);
        let after = before.and_one(now);
        let stored = item_of(key, version.unwrap_or(0) + 1, &after)?;
        let put = Transaction::new().put(table, Part::Attempts, stored, guard);
        match table.commit(put).await {
            Ok(()) => return Ok(()),
            Err(error @ CommitError::Guards(_)) => {
                let failed = error.failed(Part::Attempts);
                found = failed.and_then(|guard| guard.found.clone());
            }
            Err(CommitError::Conflict) => break,
            Err(CommitError::Platform(error)) => return Err(error),
        }
    }
    Err(PlatformError::Unavailable {
        service: "DynamoDB",
        detail: "a failed attempt could not be counted".to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::api_key::ApiKeyId;
    use domain::device::{DeviceId, DeviceKind};

    fn credential(text: &str) -> Option<Credential<DeviceId>> {
        Credential::parse(text)
    }

    #[test]
    fn a_secret_that_is_shown_is_read_back_and_fits_its_digest_and_no_other() {
        let id = DeviceId::new(DeviceKind::Kiosk, 7);
        let (own, other) = (Secret::new().unwrap(), Secret::new().unwrap());
        let shown = own.reveal();
        assert_eq!(shown.len(), 43);
        let presented = credential(&format!("{id}.{shown}")).unwrap();
        assert_eq!(presented.id, id);
        assert!(presented.secret.is_of(&own.digest()));
        assert!(!presented.secret.is_of(&other.digest()));
    }

    #[test]
    fn what_is_no_number_with_a_secret_of_32_bytes_is_no_credential() {
        let id = DeviceId::new(DeviceKind::Kiosk, 7);
        let secret = Secret::new().unwrap().reveal();
        for text in [
            String::new(),
            ".".to_owned(),
            id.to_string(),
            secret.clone(),
            format!("{id}."),
            format!("{id}.{secret}="),
            format!("{id}.{secret}AA"),
            format!("{id}.{}", &secret[..42]),
            format!("{id} .{secret}"),
            format!("{id}.{secret}.{secret}"),
            format!("{}.{secret}", ApiKeyId::new(7)),
        ] {
            assert!(credential(&text).is_none(), "{text:?}");
        }
    }

    #[test]
    fn nothing_of_a_secret_is_printed() {
        let id = DeviceId::new(DeviceKind::Kiosk, 7);
        let secret = Secret::new().unwrap();
        let printed = format!(
            "{:?}",
            Credential {
                id,
                secret: secret.clone()
            }
        );
        assert!(printed.contains("Secret(…)") && !printed.contains(&secret.reveal()));
    }

    #[test]
    fn counters_of_devices_and_of_keys_lie_apart() {
        let secret = Secret::new().unwrap();
        let device = Credential {
            id: DeviceId::new(DeviceKind::Kiosk, 7),
            secret: secret.clone(),
        };
        let key = Credential {
            id: ApiKeyId::new(7),
            secret,
        };
        assert_ne!(device.attempts_key(), key.attempts_key());
        assert!(device.attempts_key().pk.starts_with("ATTEMPTS#device#KSK-"));
        assert!(key.attempts_key().pk.starts_with("ATTEMPTS#api_key#KEY-"));
    }
}
