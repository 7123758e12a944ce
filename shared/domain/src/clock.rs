//! The legal clock (时限): when each limit of a case ends, and why then.
//!
//! The starting day does not count; day n is the nth working day after it, and the limit ends with
//! that day in China. A pause takes days out, an extension adds some, and both are accounted for in a
//! [`Ledger`]. What the clock depends on is kept in a [`Course`], each fact with the moment it came
//! about: [`ledger`] leaves out what was not known at `as_of`, so that it tells the past as it was
//! told then, and the future as it will stand if nothing else happens.
//!
//! | file | holds |
//! |---|---|
//! | `terms` | which limits run for a case, and where they come from |
//! | `ground` | on what grounds a pause rests |
//! | `course` | the facts of a case |
//! | `check` | what may be added to them |
//! | `known` | which of them are known at a moment |
//! | `spans` | the days that pauses take out, each counted once |
//! | `walk` | from a start to the day a limit ends with |
//! | `reckon` | the account of one limit |
//! | `ledger` | the accounts of all |

mod check;
mod course;
mod ground;
mod known;
mod ledger;
mod reckon;
mod spans;
mod terms;
mod walk;

pub use check::{ClockFault, CourseFault, Place};
pub use course::{CalendarUse, Correction, Course, Extended, Pause};
pub use ground::Ground;
pub use ledger::{Account, Extra, Ledger, StartEvent, Started, State, TakenOut, ledger};
pub use terms::{LimitKind, Source, Terms};

/// Working days within which a submission is answered; silence counts as acceptance on the day of
/// receipt (Administrative Licensing Law art. 32).
pub const ACCEPTANCE_WORKING_DAYS: u16 = 5;

/// Working days from a grant within which its certificate is delivered (art. 44).
pub const DELIVERY_WORKING_DAYS: u16 = 10;
