//! An enterprise with its mandates and invitations.

use std::collections::{BTreeMap, BTreeSet};

use aws_sdk_dynamodb::types::AttributeValue;
use domain::enterprise::{Claim, Enterprise, EnterpriseEvent, Household, Standing};
use domain::history::Recorded;
use domain::identifiers::Uscc;
use domain::instant::Instant;
use domain::mandate::{Answered, Invitation, Mandate};
use domain::policy::Authority;
use futures_util::future::try_join;

use super::{Accounts, Answering, Asked};
use crate::authority::{NoAuthority, Principal, mandate_item};
use crate::error::PlatformError;
use crate::idempotency::RequestIdentity;
use crate::table::item::insert_text;
use crate::table::{
    Attributes, Change, CommitError, Guard, Key, PageRequest, Part, Stored as _, Transaction, item,
    keys,
};

/// An enterprise as one read found it.
#[derive(Clone, Debug)]
pub struct EnterpriseFile {
    /// Which.
    pub uscc: Uscc,
    /// What the request is judged by.
    pub asked: Asked,
    /// The enterprise with its mandates and invitations.
    pub household: Household,
    versions: BTreeMap<Key, u64>,
}

impl EnterpriseFile {
    fn guard(&self, key: &Key) -> (u64, Guard) {
        Guard::following(self.versions.get(key).copied())
    }
}

impl Accounts {
    /// Reads the enterprise `uscc` and what a request is judged by, in one round trip: two reads at
    /// once. Whoever acts for it is judged by their mandate as it was read with the enterprise, so that
    /// what they decide fails its guard where the mandate ended since. The platform itself asks as
    /// nobody.
    ///
    /// # Errors
    /// [`PlatformError`] where the table does not answer or an item cannot be read.
    pub async fn enterprise(
        &self,
        uscc: &Uscc,
        principal: impl Into<Option<&Principal>>,
        request: Option<&RequestIdentity>,
    ) -> Result<EnterpriseFile, PlatformError> {
        let principal = principal.into();
        let own = own_mandate(uscc, principal);
        let mut judging = Self::judging(principal, request);
        judging.retain(|key| Some(key) != own.as_ref());
        let judging = self.table.read(judging);
        let (snapshot, found) = try_join(judging, self.household_items(uscc)).await?;
        let mut file = EnterpriseFile {
            uscc: uscc.clone(),
            asked: self.asked(&snapshot, principal, request).await?,
            household: Household::default(),
            versions: BTreeMap::new(),
        };
        for found in &found {
            file.add(found)?;
        }
        let refused = matches!(file.asked.authority, Err(NoAuthority::Device(_)));
        if let Some(Principal::Agent { person, .. }) = principal
            && own.is_some()
            && !refused
        {
            let held = file.household.of(person).cloned();
            file.asked.authority = held.map(Authority::Mandate).ok_or(NoAuthority::NoItem);
        }
        Ok(file)
    }

    /// The enterprises that the register has not confirmed, the one that was asked about longest ago first.
    ///
    /// # Errors
    /// [`PlatformError`] where the table does not answer.
    pub async fn unconfirmed(&self, most: i32) -> Result<Vec<Uscc>, PlatformError> {
        let page = self
            .table
            .query(PageRequest {
                index: Some("by_work"),
                partition_name: "work",
                partition: keys::REGISTRATIONS.to_owned(),
                sort_name: "work_sort",
                limit: most,
                ..PageRequest::default()
            })
            .await?;
        let read = |found: &Attributes| Ok(item::read::<Enterprise>(found)?.body.uscc);
        page.items.iter().map(read).collect()
    }

    /// Puts the registration of `uscc`, which the register had no answer for at `at`, behind those that wait
    /// since before.
    ///
    /// # Errors
    /// [`CommitError::Guards`] where it waits no more.
    pub async fn ask_again_later(&self, uscc: &Uscc, at: Instant) -> Result<(), CommitError> {
        let waits = Change::new(
            "SET #sort = :sort",
            [("#sort", "work_sort")],
            [(":sort", AttributeValue::S(since(at, uscc)))],
        )
        .only_if("attribute_exists(#work)", [("#work", "work")], []);
        let key = Key::enterprise(uscc);
        let transaction = Transaction::new().update(&self.table, Part::State, &key, waits);
        self.table.commit(transaction).await
    }

    /// Writes what `history` did to `before`, in one transaction.
    ///
    /// # Errors
    /// [`CommitError::Guards`] where the enterprise or a mandate changed in between.
    pub async fn commit_enterprise(
        &self,
        before: &EnterpriseFile,
        after: &Household,
        history: &[Recorded<Uscc, EnterpriseEvent>],
        answering: Answering<'_>,
    ) -> Result<(), CommitError> {
        let changes = self.enterprise_changes(before, after, history)?;
        self.table.commit(self.answered(changes, answering)?).await
    }

    /// The writes of what `history` did to `before`, and the removal of what is not in `after`.
    pub(crate) fn enterprise_changes(
        &self,
        before: &EnterpriseFile,
        after: &Household,
        history: &[Recorded<Uscc, EnterpriseEvent>],
    ) -> Result<Transaction, PlatformError> {
        let table = &self.table;
        let mut transaction = Transaction::new();
        if let Some(enterprise) = &after.enterprise {
            let key = Key::enterprise(&enterprise.uscc);
            let (version, guard) = before.guard(&key);
            let stored = enterprise_item(enterprise, version)?;
            transaction = transaction.put(table, Part::State, stored, guard);
        }
        for mandate in changed(&before.household.mandates, &after.mandates) {
            let key = Key::mandate(&mandate.enterprise, &mandate.person);
            let (version, guard) = before.guard(&key);
            let stored = mandate_item(mandate, version)?;
            transaction = transaction.put(table, Part::State, stored, guard);
        }
        for invitation in changed(&before.household.invitations, &after.invitations) {
            let (version, guard) = before.guard(&Key::invitation(&invitation.id));
            let stored = invitation_item(invitation, version)?;
            transaction = transaction.put(table, Part::State, stored, guard);
        }
        for claim in changed(&before.household.claims, &after.claims) {
            let (version, guard) = before.guard(&Key::claim(&claim.enterprise, &claim.person));
            let stored = claim_item(claim, version)?;
            transaction = transaction.put(table, Part::State, stored, guard);
        }
        let kept = keys_of(after);
        for key in keys_of(&before.household) {
            if !kept.contains(&key) {
                let (_, guard) = before.guard(&key);
                transaction = transaction.delete(table, Part::State, &key, guard);
            }
        }
        for recorded in history {
            let key = Key::enterprise_event(&recorded.aggregate, recorded.seq);
            let stored = item::write(&key, 1, recorded)?;
            transaction = transaction.put(table, Part::Event, stored, Guard::Absent);
        }
        Ok(transaction)
    }

    async fn household_items(&self, uscc: &Uscc) -> Result<Vec<Attributes>, PlatformError> {
        let mut found = Vec::new();
        let mut start = None;
        loop {
            let page = self
                .table
                .query(PageRequest {
                    partition_name: "pk",
                    partition: keys::owner(uscc),
                    sort_name: "sk",
                    limit: 100,
                    consistent: true,
                    // The profile is read first: whatever is committed after it fails its guard.
                    descending: true,
                    start,
                    ..PageRequest::default()
                })
                .await?;
            found.extend(page.items);
            start = page.next;
            if start.is_none() {
                return Ok(found);
            }
        }
    }
}

impl EnterpriseFile {
    fn add(&mut self, found: &Attributes) -> Result<(), PlatformError> {
        let version = match item::text(found, "type").unwrap_or_default() {
            Enterprise::TYPE => {
                let record = item::read::<Enterprise>(found)?;
                self.household.enterprise = Some(record.body);
                record.version
            }
            Mandate::TYPE => {
                let record = item::read::<Mandate>(found)?;
                self.household.mandates.push(record.body);
                record.version
            }
            Invitation::TYPE => {
                let record = item::read::<Invitation>(found)?;
                self.household.invitations.push(record.body);
                record.version
            }
            Claim::TYPE => {
                let record = item::read::<Claim>(found)?;
                self.household.claims.push(record.body);
                record.version
            }
            _ => return Ok(()),
        };
        let part = |name| item::text(found, name).unwrap_or_default().to_owned();
        let key = Key {
            pk: part("pk"),
            sk: part("sk"),
        };
        self.versions.insert(key, version);
        Ok(())
    }
}

/// What of `after` is not in `before` like this.
fn changed<'a, T: PartialEq>(before: &'a [T], after: &'a [T]) -> impl Iterator<Item = &'a T> {
    after.iter().filter(|one| !before.contains(one))
}

fn enterprise_item(enterprise: &Enterprise, version: u64) -> Result<Attributes, PlatformError> {
    let mut stored = item::write(&Key::enterprise(&enterprise.uscc), version, enterprise)?;
    if enterprise.standing == Standing::Pending && !enterprise.claimants.is_empty() {
        insert_text(&mut stored, "work", keys::REGISTRATIONS.to_owned());
        insert_text(
            &mut stored,
            "work_sort",
            since(enterprise.registered_at, &enterprise.uscc),
        );
    }
    Ok(stored)
}

fn since(at: Instant, uscc: &Uscc) -> String {
    format!("{at}#{}", uscc.as_str())
}

/// For how many days an answered invitation or claim can be looked up.
const ANSWERS_KEPT: i64 = 90;
const DAY: i64 = 24 * 60 * 60;

/// An open invitation is found by whom it is for; one that was answered is not. It goes by itself when
/// it has run out, or some time after it was answered.
fn invitation_item(invitation: &Invitation, version: u64) -> Result<Attributes, PlatformError> {
    let key = Key::invitation(&invitation.id);
    let mut stored = item::write(&key, version, invitation)?;
    let ends = match &invitation.answered {
        None => invitation.expires_at,
        Some(Answered::Accepted { at, .. } | Answered::Withdrawn { at }) => {
            at.plus_seconds(ANSWERS_KEPT * DAY)
        }
    };
    goes_at(&mut stored, ends);
    if let Some(invitee) = &invitation.invitee {
        insert_text(&mut stored, "subject", keys::invitee(invitee));
        insert_text(&mut stored, "subject_sort", key.sk);
    }
    Ok(stored)
}

/// A claim is found by who made it, and goes by itself some time after it was answered.
fn claim_item(claim: &Claim, version: u64) -> Result<Attributes, PlatformError> {
    let key = Key::claim(&claim.enterprise, &claim.person);
    let mut stored = item::write(&key, version, claim)?;
    if let Some(answer) = claim.answer {
        goes_at(&mut stored, answer.at().plus_seconds(ANSWERS_KEPT * DAY));
    }
    insert_text(&mut stored, "subject", keys::subject(&claim.person));
    insert_text(&mut stored, "subject_sort", key.pk);
    Ok(stored)
}

fn goes_at(stored: &mut Attributes, at: Instant) {
    let seconds = AttributeValue::N(at.unix_seconds().to_string());
    stored.insert("expires_at".to_owned(), seconds);
}

/// The keys of what a household has besides the enterprise.
fn keys_of(household: &Household) -> BTreeSet<Key> {
    let mandates = household.mandates.iter();
    let mandates = mandates.map(|mandate| Key::mandate(&mandate.enterprise, &mandate.person));
    let invitations = household.invitations.iter();
    let invitations = invitations.map(|invitation| Key::invitation(&invitation.id));
    let claims = household.claims.iter();
    let claims = claims.map(|claim| Key::claim(&claim.enterprise, &claim.person));
    mandates.chain(invitations).chain(claims).collect()
}

/// The key of the mandate by which `principal` acts for `uscc`.
fn own_mandate(uscc: &Uscc, principal: Option<&Principal>) -> Option<Key> {
    match principal {
        Some(Principal::Agent {
            person, enterprise, ..
        }) if enterprise == uscc => Some(Key::mandate(enterprise, person)),
        _ => None,
    }
}
