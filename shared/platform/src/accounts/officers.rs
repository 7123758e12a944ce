//! Officers.

use aws_sdk_dynamodb::types::AttributeValue;
use domain::history::Step;
use domain::ids::OfficerId;
use domain::officer::{Administrators, Officer};

use super::{Accounts, Answering, Asked};
use crate::authority::{Principal, officer_item};
use crate::error::PlatformError;
use crate::idempotency::RequestIdentity;
use crate::table::{CommitError, Condition, Guard, Key, Part, Record, Table, Transaction, item};

/// An officer as one read found them.
#[derive(Clone, Debug)]
pub struct OfficerFile {
    /// What the request is judged by.
    pub asked: Asked,
    /// The officer, if there is one.
    pub officer: Option<Record<Officer>>,
    administrators: Option<Record<Administrators>>,
}

impl OfficerFile {
    /// Who administers the province.
    pub fn administrators(&self) -> Administrators {
        let known = self.administrators.as_ref();
        known.map_or_else(Administrators::default, |record| record.body.clone())
    }
}

impl Accounts {
    /// Reads the officer `id` and what a request is judged by, in one round trip.
    ///
    /// # Errors
    /// [`PlatformError`] where the table does not answer or an item cannot be read.
    pub async fn officer(
        &self,
        id: &OfficerId,
        principal: &Principal,
        request: Option<&RequestIdentity>,
    ) -> Result<OfficerFile, PlatformError> {
        let key = Key::officer(id);
        let mut keys = Self::judging(Some(principal), request);
        if !keys.contains(&key) {
            keys.push(key.clone());
        }
        let administrators = Key::administrators();
        keys.push(administrators.clone());
        let snapshot = self.table.read(keys).await?;
        Ok(OfficerFile {
            asked: self.asked(&snapshot, Some(principal), request).await?,
            officer: snapshot.read(&key)?,
            administrators: snapshot.read(&administrators)?,
        })
    }

    /// What a request that concerns no one thing is judged by.
    ///
    /// # Errors
    /// [`PlatformError`] where the table does not answer or an item cannot be read.
    pub async fn standing(
        &self,
        principal: &Principal,
        request: Option<&RequestIdentity>,
    ) -> Result<Asked, PlatformError> {
        let snapshot = self
            .table
            .read(Self::judging(Some(principal), request))
            .await?;
        self.asked(&snapshot, Some(principal), request).await
    }

    /// Writes what `step` made of the officer of `before`, in one transaction with who administers
    /// the province. `proposer` must be in office as an administrator still, where there is one.
    ///
    /// # Errors
    /// [`CommitError::Guards`] where the officer or the administrators of the province changed in
    /// between, of [`Part::Proposer`] where the proposer is not in office any more.
    pub async fn commit_officer(
        &self,
        before: &OfficerFile,
        step: &Step<Officer>,
        proposer: Option<&OfficerId>,
        answering: Answering<'_>,
    ) -> Result<(), CommitError> {
        let table = &self.table;
        let known = before.officer.as_ref().map(|record| record.version);
        let mut transaction = officer_written(Transaction::new(), table, known, step)?;
        let administrators = before.administrators();
        let administrators_after = administrators.after(&step.state);
        if administrators_after != administrators {
            let known = before.administrators.as_ref();
            let known = known.map(|record| record.version);
            transaction = listed(transaction, table, &administrators_after, known)?;
        }
        if let Some(proposer) = proposer {
            let key = Key::officer(proposer);
            transaction = transaction.check(table, Part::Proposer, &key, administers());
        }
        table.commit(self.answered(transaction, answering)?).await
    }

    /// Founds the administration of the province: the officers of `founded`, whom nobody could appoint,
    /// in one transaction that is carried out once.
    ///
    /// # Errors
    /// [`CommitError::Guards`] where somebody administers it, or one of the officers is known.
    pub async fn found(&self, founded: &[Step<Officer>]) -> Result<(), CommitError> {
        let table = &self.table;
        let mut transaction = Transaction::new();
        let mut administrators = Administrators::default();
        for step in founded {
            transaction = officer_written(transaction, table, None, step)?;
            administrators = administrators.after(&step.state);
        }
        table
            .commit(listed(transaction, table, &administrators, None)?)
            .await
    }
}

/// `transaction` with what `step` made of an officer, whose item was read in the version `known`.
///
/// # Errors
/// [`PlatformError::Corrupt`] where something cannot be stored.
pub fn officer_written(
    transaction: Transaction,
    table: &Table,
    known: Option<u64>,
    step: &Step<Officer>,
) -> Result<Transaction, PlatformError> {
    let (version, guard) = Guard::following(known);
    let stored = officer_item(&step.state, version)?;
    let mut transaction = transaction.put(table, Part::State, stored, guard);
    for recorded in &step.history {
        let key = Key::officer_event(&recorded.aggregate, recorded.seq);
        let stored = item::write(&key, 1, recorded)?;
        transaction = transaction.put(table, Part::Event, stored, Guard::Absent);
    }
    Ok(transaction)
}

/// The write of who administers the province, whose item was read in the version `known`.
fn listed(
    transaction: Transaction,
    table: &Table,
    administrators: &Administrators,
    known: Option<u64>,
) -> Result<Transaction, PlatformError> {
    let (version, guard) = Guard::following(known);
    let stored = item::write(&Key::administrators(), version, administrators)?;
    Ok(transaction.put(table, Part::Administrators, stored, guard))
}

/// That an officer is in office as an administrator.
fn administers() -> Condition {
    Condition::new(
        "#body.#active = :active AND contains(#body.#posts, :administrator)",
        [
            ("#body", "body"),
            ("#active", "active"),
            ("#posts", "posts"),
        ],
        [
            (":active", AttributeValue::Bool(true)),
            (
                ":administrator",
                AttributeValue::S("administrator".to_owned()),
            ),
        ],
    )
}
