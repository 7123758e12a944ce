//! An event with the case around it: what is told and counted follows from it and nothing else.

use crate::application::{Application, Recorded};
use crate::item::ServiceItem;

/// An event with the case before and after it.
#[derive(Clone, Copy, Debug)]
pub struct Occurrence<'a> {
    /// The case before it; none before the first event.
    pub before: Option<&'a Application>,
    /// The event.
    pub recorded: &'a Recorded,
    /// The case after it.
    pub after: &'a Application,
    /// The service item, in the version the case is handled under.
    pub item: &'a ServiceItem,
}
