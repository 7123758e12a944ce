//! The days that pauses take out, each counted once.

use jiff::civil::Date;

use super::Pause;
use crate::instant::Instant;

/// Days taken out: those after `after`, through `through`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) after: Date,
    pub(super) through: Date,
}

/// What a pause takes out by itself: nothing that an earlier one takes out already.
#[derive(Clone, Copy, Debug)]
pub(super) struct OwnSpan<'a> {
    pub(super) pause: &'a Pause,
    /// When it ended, if it had by the moment looked at.
    pub(super) ended: Option<Instant>,
    /// The day through which it is counted.
    pub(super) through: Date,
    pub(super) span: Span,
}

/// The pauses known at `at`, in the order in which they began. Their spans do not overlap and stand in
/// the order of the days; an open pause reaches to the day of `at`.
pub(super) fn spans(pauses: &[Pause], at: Instant) -> Vec<OwnSpan<'_>> {
    let mut known: Vec<&Pause> = pauses.iter().filter(|pause| pause.from <= at).collect();
    known.sort_by_key(|pause| pause.from);
    let mut taken_through = Date::MIN;
    known
        .into_iter()
        .map(|pause| {
            let ended = pause.to.filter(|to| *to <= at);
            let through = ended.unwrap_or(at).date();
            let after = pause.from.date().max(taken_through);
            taken_through = taken_through.max(through);
            OwnSpan {
                pause,
                ended,
                through,
                span: Span {
                    after,
                    through: through.max(after),
                },
            }
        })
        .collect()
}
