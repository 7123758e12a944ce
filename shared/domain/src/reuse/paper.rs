use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{EarlierCase, ReuseRefusal, Wanted};
use crate::application::Stage;
use crate::ids::{ApplicationNo, DocumentId, MaterialKindCode};
use crate::instant::Instant;
use crate::item::{BelongsTo, ItemCode};
use crate::manifest::{Paper, PaperState};

/// From where a paper was taken that was accepted before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reused {
    /// The case it was accepted in.
    pub application: ApplicationNo,
    /// The document there.
    pub document: DocumentId,
    /// What that case was for.
    pub item: ItemCode,
    /// Of which kind it is.
    pub kind: MaterialKindCode,
    /// When it was accepted: when the officer decided on it.
    pub accepted_at: Instant,
    /// The last day on which it may be used again.
    pub usable_until: Date,
}

impl<'a> EarlierCase<'a> {
    /// When an officer accepted the papers of this case. They look at the papers when they accept the
    /// application (art. 32) and again when they decide (art. 34), and only what was granted says that
    /// nothing was wrong with them.
    ///
    /// # Errors
    /// [`ReuseRefusal::NotAccepted`] or [`ReuseRefusal::Revoked`].
    fn accepted_at(&self) -> Result<Instant, ReuseRefusal> {
        let application = self.application;
        if application.stage == Stage::Revoked {
            return Err(ReuseRefusal::Revoked);
        }
        let by_an_officer = application.handling.decided_by.is_some();
        let granted = by_an_officer && !application.course.refused;
        let decided_at = application.course.decided_at.filter(|_| granted);
        decided_at.ok_or(ReuseRefusal::NotAccepted)
    }

    /// The paper `document` of this case, to be used again for what is `wanted`.
    ///
    /// # Errors
    /// The first reason why not.
    pub fn paper(
        &self,
        document: DocumentId,
        wanted: &Wanted<'_>,
    ) -> Result<(&'a Paper, Reused), ReuseRefusal> {
        if self.application.enterprise != *wanted.enterprise {
            return Err(ReuseRefusal::Unknown);
        }
        if self.withheld {
            return Err(ReuseRefusal::Withheld);
        }
        let mut papers = self.manifest.papers.iter();
        let found = papers.find(|(_, paper)| paper.document == document);
        let (material, paper) = found.ok_or(ReuseRefusal::Unknown)?;
        if paper.reused.is_some() {
            return Err(ReuseRefusal::NotTheOriginal);
        }
        let accepted_at = self.accepted_at()?;
        if paper.state != PaperState::Clean {
            return Err(ReuseRefusal::NotAccepted);
        }

        let material = self.item.material(material);
        let kind = material.and_then(|material| material.kind.as_ref());
        let same = kind.filter(|kind| wanted.material.kind.as_ref() == Some(kind));
        let kind = same
            .and_then(wanted.kind)
            .ok_or(ReuseRefusal::AnotherKind)?;
        if kind.belongs_to == BelongsTo::Agent && self.application.filed_by != *wanted.person {
            return Err(ReuseRefusal::AnotherAgent);
        }
        let usable_until = kind.usable_until(accepted_at.date());
        let usable_until = usable_until.ok_or(ReuseRefusal::OneMatter)?;
        if usable_until < wanted.today {
            return Err(ReuseRefusal::RanOut(usable_until));
        }
        if !wanted.material.format.accepts(paper.media_type) {
            return Err(ReuseRefusal::FormatNotAccepted);
        }
        let reused = Reused {
            application: self.application.number.clone(),
            document,
            item: self.application.item.code,
            kind: kind.code.clone(),
            accepted_at,
            usable_until,
        };
        Ok((paper, reused))
    }
}
