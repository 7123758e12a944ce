//! Encryption of personal data, field by field.
//!
//! Every case has a random data key, which lies beside it, wrapped by the branch key of the quarter.
//! Branch keys are wrapped by KMS and kept in memory for ten minutes, so that a warm request needs no
//! call to KMS. Deleting a data key erases what it sealed.
//!
//! What is sealed is found by hashes of the identifiers in it, under a key of the stage that never
//! changes: one that did would have every case indexed anew.

mod branch;
mod branch_name;
mod data_key;
mod kept;
mod search;

pub use branch::{BranchKey, Vault};
pub use branch_name::{BranchName, NotABranchName};
pub use data_key::{DataKey, Place, Sealed, WrappedKey};
pub use search::SearchHash;

use ring::rand::{SecureRandom as _, SystemRandom};

use crate::error::PlatformError;

/// `N` random bytes from the operating system.
fn random_bytes<const N: usize>() -> Result<[u8; N], PlatformError> {
    let mut bytes = [0; N];
    SystemRandom::new()
        .fill(&mut bytes)
        .map_err(|_| PlatformError::corrupt("the operating system gave no random bytes"))?;
    Ok(bytes)
}
