//! Using again what an enterprise has shown before (材料复用): a paper that an officer accepted in an earlier
//! case of the same enterprise, or a certificate that the platform itself granted.
//!
//! What is used again is judged by the earlier case as it stands at that moment, never by what a list said:
//! what was undone, erased or has run out since is refused.

mod certificate;
mod paper;
mod refusal;
mod wallet;

pub use certificate::Certificate;
pub use paper::Reused;
pub use refusal::ReuseRefusal;
pub use wallet::{Kept, WalletEntry, kept_of};

use jiff::civil::Date;

use crate::application::Application;
use crate::identifiers::Uscc;
use crate::ids::{MaterialKindCode, PersonId};
use crate::item::{Material, MaterialKind, ServiceItem};
use crate::manifest::Manifest;

/// An earlier case as it stands.
#[derive(Clone, Copy, Debug)]
pub struct EarlierCase<'a> {
    /// Its state.
    pub application: &'a Application,
    /// The item in the version it was handled under.
    pub item: &'a ServiceItem,
    /// Its papers.
    pub manifest: &'a Manifest,
    /// Whether the person who filed it asked for erasure: its papers are only stored since, or are gone.
    pub withheld: bool,
}

/// What something is to be used again for.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// The material it is to stand for.
    pub material: &'a Material,
    /// The enterprise that applies.
    pub enterprise: &'a Uscc,
    /// Who acts for it.
    pub person: &'a PersonId,
    /// The day in China.
    pub today: Date,
    /// The kind with a code.
    pub kind: fn(&MaterialKindCode) -> Option<&'static MaterialKind>,
}
