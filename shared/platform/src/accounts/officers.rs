//! Officers.

use domain::history::Recorded;
use domain::ids::OfficerId;
use domain::officer::{Officer, OfficerEvent};
use domain::unit::UnitId;

use super::{Accounts, Answering, Asked};
use crate::authority::{Principal, officer_item};
use crate::error::PlatformError;
use crate::idempotency::RequestIdentity;
use crate::table::{
    Attributes, CommitError, Guard, Key, PageRequest, Part, Record, Transaction, item, keys,
};

/// An officer as one read found them.
#[derive(Clone, Debug)]
pub struct OfficerFile {
    /// What the request is judged by.
    pub asked: Asked,
    /// The officer, if there is one.
    pub officer: Option<Record<Officer>>,
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
        let snapshot = self.table.read(keys).await?;
        Ok(OfficerFile {
            asked: self.asked(&snapshot, Some(principal), request).await?,
            officer: snapshot.read(&key)?,
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

    /// The officers of `unit`, those dismissed too, by their identifiers.
    ///
    /// # Errors
    /// [`PlatformError`] where the table does not answer or an item cannot be read.
    pub async fn officers_of(
        &self,
        unit: &UnitId,
        limit: i32,
        start: Option<Attributes>,
    ) -> Result<(Vec<Record<Officer>>, Option<Attributes>), PlatformError> {
        let page = self
            .table
            .query(PageRequest {
                index: Some("by_work"),
                partition_name: "work",
                partition: keys::officers(unit),
                sort_name: "work_sort",
                limit,
                start,
                ..PageRequest::default()
            })
            .await?;
        let officers: Result<Vec<_>, _> = page.items.iter().map(item::read::<Officer>).collect();
        Ok((officers?, page.next))
    }

    /// Writes what `history` made of an officer, in one transaction. `before` is the version of the
    /// item that was read, if there was one.
    ///
    /// # Errors
    /// [`CommitError::Guards`] where the officer was changed in between.
    pub async fn commit_officer(
        &self,
        before: Option<u64>,
        after: &Officer,
        history: &[Recorded<OfficerId, OfficerEvent>],
        answering: Answering<'_>,
    ) -> Result<(), CommitError> {
        let table = &self.table;
        let (version, guard) = before.map_or((1, Guard::Absent), |version| {
            (version + 1, Guard::Version(version))
        });
        let stored = officer_item(after, version)?;
        let mut transaction = Transaction::new().put(table, Part::State, stored, guard);
        for recorded in history {
            let key = Key::officer_event(&recorded.aggregate, recorded.seq);
            let stored = item::write(&key, 1, recorded)?;
            transaction = transaction.put(table, Part::Event, stored, Guard::Absent);
        }
        table.commit(self.answered(transaction, answering)?).await
    }
}
