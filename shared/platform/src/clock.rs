//! Business time.
//!
//! It is the real time, except on stages where the template sets `CLOCK_ITEM`: there an item of the
//! table moves it. That item is read in the same batch as everything else a request needs.

use domain::instant::Instant;
use serde::{Deserialize, Serialize};

use crate::config::Config;
use crate::table::{Key, Snapshot, Stored};

/// Where business time comes from.
#[derive(Clone, Debug)]
pub struct Clock {
    item: Option<Key>,
}

/// By how much business time differs from real time.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct ClockOffset {
    /// Seconds that business time is ahead of real time; negative when behind.
    pub seconds: i64,
}

impl Stored for ClockOffset {
    const TYPE: &'static str = "clock";
    const SCHEMA: u32 = 1;
}

impl Clock {
    /// The clock that `config` allows.
    pub fn new(config: &Config) -> Self {
        Self {
            item: config.clock_item.as_deref().map(Key::clock),
        }
    }

    /// The item that must be read with a request, where the clock can be moved.
    pub fn item(&self) -> Option<&Key> {
        self.item.as_ref()
    }

    /// Business time as `snapshot` shows it.
    pub fn now(&self, snapshot: &Snapshot) -> Instant {
        let offset = self
            .item
            .as_ref()
            .and_then(|key| snapshot.read::<ClockOffset>(key).ok().flatten());
        real_now().plus_seconds(offset.map_or(0, |record| record.body.seconds))
    }
}

/// Real time, for signatures, tokens, idempotency and everything else that must not be moved.
pub fn real_now() -> Instant {
    Instant::from_timestamp(jiff::Timestamp::now())
}
