use jiff::civil::Date;

use super::known::Known;
use super::reckon::account;
use super::{Course, Ground, LimitKind, Source, Terms};
use crate::calendar::{Due, WorkingCalendar};
use crate::ids::OfficerId;
use crate::instant::Instant;
use crate::item::LimitUnit;
use crate::words::Words;

/// How the limits of a case stand at a moment, and how they came to stand so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ledger {
    /// The moment. What came about later is left out.
    pub as_of: Instant,
    /// The answer to the submission (art. 32).
    pub acceptance: Account,
    /// The promised decision.
    pub promised: Account,
    /// The decision the law asks for; `None` where it asks for none.
    pub statutory: Option<Account>,
    /// The delivery of what was granted (art. 44).
    pub delivery: Account,
}

/// How one limit stands: from its start over what was taken out and added to the day it ends with.
///
/// For a limit of working days, the working days after `started` through `due` are `number`, those of
/// the pauses and those of the extension (and one where a limit of 0 starts on a day off). For one of
/// calendar days, the days are `number`, those of the pauses and `days_off_at_end`, up to
/// the extension, which counts working days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Which limit.
    pub kind: LimitKind,
    /// How many days.
    pub number: u16,
    /// Which days count.
    pub unit: LimitUnit,
    /// Where the limit comes from.
    pub source: Source,
    /// The version of the calendar it is counted by.
    pub calendar_version: u32,
    /// What started it; `None` where nothing has yet.
    pub started: Option<Started>,
    /// The pauses known, in the order in which they began.
    pub pauses: Vec<TakenOut>,
    /// Calendar days by which the end moved because it would have fallen on a day off; only for limits
    /// of calendar days and of 0.
    pub days_off_at_end: u32,
    /// The extension, if one is known.
    pub extension: Option<Extra>,
    /// The day it ends with, 23:59:59 China time; `None` where it has not started.
    pub due: Option<Due>,
    /// How it stands.
    pub state: State,
}

/// What started a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Started {
    /// Which event.
    pub event: StartEvent,
    /// When; its date in China is the starting day, which does not count.
    pub at: Instant,
}

/// The events that start limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum StartEvent {
    /// The complete papers arrived.
    Receipt,
    /// The application was accepted.
    Acceptance,
    /// No word came in time: accepted with the day of receipt (视为受理, art. 32).
    DeemedAcceptance,
    /// It was decided.
    Decision,
}

/// What a pause took out of a limit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TakenOut {
    /// On what it rests.
    pub ground: Ground,
    /// When it began.
    pub from: Instant,
    /// When it ended; `None` if it lasted.
    pub to: Option<Instant>,
    /// Who ordered it.
    pub by: Option<OfficerId>,
    /// The day after which its own days begin: later than its beginning where an earlier pause, or the
    /// time before the limit started, takes the first of them.
    pub after: Date,
    /// The day through which it is counted.
    pub through: Date,
    /// How many days of the limit's unit it took out that no earlier pause did.
    pub days: u32,
}

/// What the extension adds to a limit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extra {
    /// Working days.
    pub days: u16,
    /// When it was approved.
    pub at: Instant,
    /// Who approved it.
    pub approved_by: Option<OfficerId>,
    /// The day the limit would have ended with.
    pub from: Date,
    /// Whether the limit had ended before that: it stays ended, and nothing is added.
    pub late: bool,
}

/// How a limit stands. Days are those of its unit; those left are after today through the last day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// What starts it has not happened.
    NotStarted,
    /// It runs.
    Running {
        /// Days left after today; 0 on the last day.
        days_left: u32,
    },
    /// It stands still.
    Paused {
        /// Days left when it goes on.
        days_left: u32,
    },
    /// What it limits was done in time.
    Met {
        /// Days that were left.
        days_left: u32,
    },
    /// It ended before what it limits was done; it may have been done since.
    Overdue {
        /// Days since its end, through today or the day it was done; 0 where all were days off.
        days_over: u32,
    },
    /// The case ended otherwise while it ran.
    Ended {
        /// Days that were left.
        days_left: u32,
    },
}

/// How the limits of `terms` stand at `as_of` in a case of that course.
///
/// What came about after `as_of` is left out, and a pause that ended later is open: the ledger of a
/// past moment is the one that was shown then, that of a future one what will stand if nothing else
/// happens. A submission that nobody has answered in five working days is accepted by silence.
pub fn ledger(
    terms: &Terms,
    course: &Course,
    calendar: &WorkingCalendar,
    as_of: Instant,
) -> Ledger {
    let known = Known::new(course, calendar, as_of);
    Ledger {
        as_of,
        acceptance: account(terms.acceptance(), &known),
        promised: account(terms.promised(), &known),
        statutory: terms.statutory().map(|rule| account(rule, &known)),
        delivery: account(terms.delivery(), &known),
    }
}

impl Ledger {
    /// The accounts there are, in the order of the procedure.
    pub fn accounts(&self) -> impl Iterator<Item = &Account> {
        [&self.acceptance, &self.promised]
            .into_iter()
            .chain(&self.statutory)
            .chain([&self.delivery])
    }
}

impl Account {
    /// The last moment of the limit; `None` where it has not started.
    pub fn ends_at(&self) -> Option<Instant> {
        self.due.and_then(|due| Instant::end_of(due.date))
    }
}

impl StartEvent {
    /// The event's name.
    pub fn name(self) -> Words {
        match self {
            Self::Receipt => Words::new("收到齐全材料", "The complete papers were received"),
            Self::Acceptance => Words::new("受理", "Acceptance"),
            Self::DeemedAcceptance => Words::new(
                "逾期未告知，自收到材料之日起视为受理",
                "No answer in time: accepted with the day of receipt",
            ),
            Self::Decision => Words::new("作出决定", "Decision"),
        }
    }
}

impl State {
    /// The state's name.
    pub fn name(self) -> Words {
        match self {
            Self::NotStarted => Words::new("未开始计时", "Not started"),
            Self::Running { .. } => Words::new("计时中", "Running"),
            Self::Paused { .. } => Words::new("暂停计时", "Paused"),
            Self::Met { .. } => Words::new("按期完成", "Met"),
            Self::Overdue { .. } => Words::new("已超期", "Overdue"),
            Self::Ended { .. } => Words::new("办件已终结，停止计时", "Ended with the case"),
        }
    }
}
