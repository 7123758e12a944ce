//! A case as it stood around one of its events, for workers that are told of events in any order.

use domain::application::{Application, Recorded};
use domain::ids::ApplicationNo;
use domain::instant::Instant;

use super::Cases;
use crate::error::PlatformError;
use crate::table::{Key, Snapshot};

/// The most events of a case. A case has some tens; a message that counts further is none of ours.
const MOST_EVENTS: u64 = 10_000;

/// A case around one of its events.
#[derive(Clone, Debug)]
pub struct Occasion {
    /// Business time at the read.
    pub now: Instant,
    /// The case before the event; none before the first.
    pub before: Option<Application>,
    /// The event.
    pub recorded: Recorded,
    /// The case after it.
    pub after: Application,
}

impl<V> Cases<V> {
    /// The case `number` around its event `seq`, replayed from its events, and the items at `beside` in
    /// the same read.
    ///
    /// What comes after the event is not looked at, so that the answer is the same whenever it is asked
    /// for. The events are read by their keys, without the sealed texts between them: one read unit
    /// each, in one round trip for the first hundred.
    ///
    /// # Errors
    /// [`PlatformError::Corrupt`] where there is no such event, or the events do not replay.
    pub async fn around(
        &self,
        number: &ApplicationNo,
        seq: u64,
        beside: impl IntoIterator<Item = Key>,
    ) -> Result<(Occasion, Snapshot), PlatformError> {
        if !(1..=MOST_EVENTS).contains(&seq) {
            return Err(PlatformError::corrupt("no case has an event of that place"));
        }
        let keys: Vec<Key> = (1..=seq).map(|seq| Key::event(number, seq)).collect();
        let snapshot = self.table.read(keys.iter().cloned().chain(beside)).await?;
        let mut before = None;
        let mut state: Option<(Recorded, Application)> = None;
        for key in &keys {
            let recorded = snapshot
                .read::<Recorded>(key)?
                .ok_or_else(|| PlatformError::corrupt("an event of the case is not there"))?
                .body;
            before = state.take().map(|(_, after)| after);
            let after = Application::evolve(before.clone(), &recorded);
            state = Some((recorded, after.map_err(PlatformError::broken)?));
        }
        let (recorded, after) =
            state.ok_or_else(|| PlatformError::corrupt("the case has no events"))?;
        let now = self.table.clock().now(&snapshot);
        let occasion = Occasion {
            now,
            before,
            recorded,
            after,
        };
        Ok((occasion, snapshot))
    }
}
