//! What enterprises keep of a person who is erased: their mandates, claims and invitations.
//!
//! The items are deleted; the history of each enterprise stays whole and names the person by the
//! pseudonym that the identity provider gave them, which leads nowhere once it has erased them too.

use std::collections::{BTreeMap, BTreeSet};

use aws_sdk_dynamodb::types::AttributeValue;
use domain::application::Actor;
use domain::enterprise::{Enterprise, EnterpriseEvent, Forget};
use domain::history::{Occasion, Step, record};
use domain::identifiers::Uscc;
use domain::ids::{EventId, PersonId};
use domain::instant::Instant;
use domain::mandate::MandateId;
use domain::retention::RECOVERABLE_DAYS;
use uuid::Uuid;

use super::{DAY, Erasure};
use crate::accounts::EnterpriseFile;
use crate::error::PlatformError;
use crate::table::{Change, CommitError, Key, PageRequest, Part, item, keys};

/// The most invitations that are looked for by one number.
const MOST_INVITATIONS: i32 = 100;

/// What one run made enterprises forget.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Forgotten {
    /// At how many enterprises.
    pub(super) enterprises: usize,
    /// At how many the person stays, because the register names them as legal representative.
    pub(super) kept: usize,
    /// Whether one changed meanwhile, or there are more invitations than were looked at.
    pub(super) more: bool,
}

impl Erasure {
    /// Has `enterprises`, and those that invited somebody known by one of `invitees`, forget `person`.
    pub(super) async fn forget(
        &self,
        person: &PersonId,
        enterprises: BTreeSet<Uscc>,
        invitees: &[String],
        record: &Key,
        now: Instant,
    ) -> Result<Forgotten, CommitError> {
        let mut known: BTreeMap<Uscc, Vec<MandateId>> = BTreeMap::new();
        known.extend(enterprises.into_iter().map(|uscc| (uscc, Vec::new())));
        let found = self.invitations_of(invitees).await?;
        for invitation in found.invitations {
            let uscc = invitation.enterprise().clone();
            known.entry(uscc).or_default().push(invitation);
        }
        let mut forgotten = Forgotten {
            more: found.more,
            ..Forgotten::default()
        };
        for (uscc, invitations) in &known {
            let forget = Forget {
                person,
                invitations,
            };
            match self.forget_at(uscc, forget, record, now).await {
                Ok(AtEnterprise { changed, kept }) => {
                    forgotten.enterprises += usize::from(changed);
                    forgotten.kept += usize::from(kept);
                }
                Err(CommitError::Guards(_)) => forgotten.more = true,
                Err(error) => return Err(error),
            }
        }
        Ok(forgotten)
    }

    async fn forget_at(
        &self,
        uscc: &Uscc,
        forget: Forget<'_>,
        record: &Key,
        now: Instant,
    ) -> Result<AtEnterprise, CommitError> {
        let file = self.accounts.enterprise(uscc, None, None).await?;
        let events = forget.decide(&file.household, now);
        let (history, after) = if events.is_empty() {
            (Vec::new(), file.household.clone())
        } else {
            let step = recorded(&file, events, now)?;
            let household = file.household.clone();
            let after = household.after(&step.history, step.state, None);
            (step.history, after)
        };
        let after = forget.carried_out(after, now);
        let kept = after.of(forget.person).is_some();
        let changed = after != file.household;
        if changed {
            let changes = self.accounts.enterprise_changes(&file, &after, &history)?;
            let noted = changes.update(self.table(), Part::Erasure, record, later(now));
            self.table().commit(noted).await?;
        }
        Ok(AtEnterprise { changed, kept })
    }

    async fn invitations_of(&self, invitees: &[String]) -> Result<Invited, PlatformError> {
        let mut invited = Invited::default();
        for invitee in invitees {
            let page = self
                .table()
                .query(PageRequest {
                    index: Some("by_subject"),
                    partition_name: "subject",
                    partition: keys::invitee(invitee),
                    sort_name: "subject_sort",
                    limit: MOST_INVITATIONS,
                    ..PageRequest::default()
                })
                .await?;
            let sorts = page
                .items
                .iter()
                .filter_map(|found| item::text(found, "sk"));
            invited
                .invitations
                .extend(sorts.filter_map(keys::invitation_of));
            invited.more |= page.next.is_some();
        }
        Ok(invited)
    }
}

/// The open invitations of a person.
#[derive(Default)]
struct Invited {
    invitations: Vec<MandateId>,
    more: bool,
}

/// What became of a person at one enterprise.
struct AtEnterprise {
    changed: bool,
    kept: bool,
}

/// What `events` make of the enterprise of `file`.
fn recorded(
    file: &EnterpriseFile,
    events: Vec<EnterpriseEvent>,
    now: Instant,
) -> Result<Step<Enterprise>, PlatformError> {
    let actor = Actor::System {
        task: "erase_person".to_owned(),
    };
    let occasion = Occasion {
        aggregate: &file.uscc,
        at: now,
        actor: &actor,
    };
    let before = file.household.enterprise.as_ref();
    let ids = || EventId(Uuid::now_v7());
    record(before, &occasion, events, ids).map_err(PlatformError::broken)
}

/// The change of a person's record by what is deleted at `now` and can be recovered for a while.
fn later(now: Instant) -> Change {
    let complete_after = now.plus_seconds(RECOVERABLE_DAYS * DAY).to_string();
    Change::new(
        "SET #body.#complete_after = :complete_after ADD #version :one",
        [
            ("#body", "body"),
            ("#complete_after", "complete_after"),
            ("#version", "version"),
        ],
        [
            (":complete_after", AttributeValue::S(complete_after)),
            (":one", AttributeValue::N("1".to_owned())),
        ],
    )
}
