use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::EarlierCase;
use crate::application::{Event, Recorded};
use crate::ids::{ApplicationNo, DocumentId, MaterialKindCode};
use crate::instant::Instant;
use crate::item::MaterialKind;
use crate::manifest::PaperState;

/// An entry in the wallet of an enterprise (电子证照库): where something lies that it may show again. Whether it
/// may is judged by the case itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WalletEntry {
    /// The case.
    pub application: ApplicationNo,
    /// When it was decided.
    pub decided_at: Instant,
    /// What lies there.
    pub kept: Kept,
    /// The last day on which it can be of use; none where it has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
}

/// What can be shown again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Kept {
    /// A paper that was accepted.
    Paper {
        /// The document.
        document: DocumentId,
        /// Its kind.
        kind: MaterialKindCode,
        /// Whether it takes the place of earlier ones of its kind.
        only_one: bool,
    },
    /// What was granted.
    Certificate,
}

/// What `events`, which led to `case` as it stands, leave to be shown again: the papers, where an officer
/// granted on them, and the certificate, where an item asks for it (`asked_for`). A paper that was itself
/// used again stays where it came from.
pub fn kept_of(
    events: &[Recorded],
    case: &EarlierCase<'_>,
    asked_for: bool,
    kind: impl Fn(&MaterialKindCode) -> Option<&'static MaterialKind>,
) -> Vec<WalletEntry> {
    let mut granted = events.iter();
    let Some(granted) = granted.find(|recorded| matches!(recorded.event, Event::Granted { .. }))
    else {
        return Vec::new();
    };
    let entry = |kept, until| WalletEntry {
        application: case.application.number.clone(),
        decided_at: granted.at,
        kept,
        until,
    };
    let certificate = asked_for.then(|| entry(Kept::Certificate, None));
    let by_an_officer = granted.actor.officer().is_some();
    let papers = case.manifest.papers.iter().filter_map(|(code, paper)| {
        let kind = kind(case.item.material(code)?.kind.as_ref()?)?;
        let until = kind.usable_until(granted.at.date())?;
        let original = paper.state == PaperState::Clean && paper.reused.is_none();
        let kept = Kept::Paper {
            document: paper.document,
            kind: kind.code.clone(),
            only_one: kind.belongs_to.is_one_per_enterprise(),
        };
        (by_an_officer && original).then(|| entry(kept, Some(until)))
    });
    papers.chain(certificate).collect()
}
