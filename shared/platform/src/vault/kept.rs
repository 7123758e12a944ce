//! What is kept in memory for a while.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant as Elapsed};

/// Keys in the clear, each with the moment since which it is kept.
#[derive(Debug)]
pub(super) struct Kept<N, T>(Mutex<HashMap<N, (Arc<T>, Elapsed)>>);

impl<N, T> Default for Kept<N, T> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<N: Eq + Hash, T> Kept<N, T> {
    /// What is kept as `name`, unless it has been for `longest`.
    pub(super) fn recall(&self, name: &N, longest: Duration) -> Option<Arc<T>> {
        let kept = self.0.lock().ok()?;
        let (value, since) = kept.get(name)?;
        (since.elapsed() < longest).then(|| Arc::clone(value))
    }

    /// Keeps `value` as `name` from now on.
    pub(super) fn keep(&self, name: N, value: &Arc<T>) {
        if let Ok(mut kept) = self.0.lock() {
            kept.insert(name, (Arc::clone(value), Elapsed::now()));
        }
    }
}
