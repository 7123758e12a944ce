//! The ledger of the legal clock as it is shown: everything a person needs to follow the sum.

mod faults;
mod words;

pub use faults::input_error;

use domain::clock::{Account, Extra, Ground, Ledger, StartEvent, Started, State, TakenOut};
use domain::instant::Instant;
use domain::item::{ItemCode, LimitUnit, ServiceItem};
use domain::words::Words;
use jiff::civil::Date;
use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;
use utoipa::openapi::{Object, ObjectBuilder, Type};

/// How the limits of a case stand at a moment, and how they came to stand so.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Ledger)]
pub struct LedgerBody {
    /// The item whose limits they are.
    #[schema(value_type = String, example = "PSB-APR-004")]
    item: ItemCode,
    /// Its version.
    item_version: u32,
    /// The moment it is told of: what came about later is left out.
    #[schema(value_type = String, format = DateTime, example = "2026-11-23T10:00:00.000+08:00")]
    as_of: Instant,
    /// The answer to the submission, within five working days of the receipt.
    acceptance: AccountBody,
    /// The decision as the authority promises it.
    promised: AccountBody,
    /// The decision as the law asks for it; null where it sets no limit and none is borrowed.
    statutory: Option<AccountBody>,
    /// The delivery of what was granted, within ten working days of the decision.
    delivery: AccountBody,
}

/// How one limit stands: its start, what was taken out and added, and the day it ends with.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = LimitAccount)]
pub struct AccountBody {
    /// The limit's name.
    name: Words,
    /// How many days.
    #[schema(example = 7)]
    number: u16,
    /// Which days count: `working_day` or `calendar_day`.
    #[schema(value_type = String, example = "working_day")]
    unit: LimitUnit,
    /// Where the limit comes from; 无法定时限（平台默认） where there is none in law.
    source: Words,
    /// Whether the law itself sets it.
    is_law: bool,
    /// How it stands.
    #[schema(schema_with = states)]
    state: &'static str,
    /// The same in words.
    state_name: Words,
    /// Days of its unit after today through the last one, or that were left when it stopped; null
    /// where it is overdue or has not started.
    days_left: Option<u32>,
    /// Days of its unit since its end, through today or the day it stopped; null where it is not
    /// overdue. 0 where all of them were days off.
    days_over: Option<u32>,
    /// What started it; null where nothing has yet.
    started: Option<StartedBody>,
    /// The pauses known, in the order in which they began.
    pauses: Vec<PauseBody>,
    /// Calendar days by which the end moved because it would have fallen on a day off; only for limits
    /// of calendar days and of 0.
    days_off_at_end: u32,
    /// The extension; null where there is none.
    extension: Option<ExtensionBody>,
    /// When it ends; null where it has not started.
    due: Option<EndBody>,
    /// The version of the working calendar it is counted by.
    calendar_version: u32,
    /// The sum in a sentence.
    explanation: Words,
}

/// What started a limit.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = LimitStarted)]
pub struct StartedBody {
    /// Which event.
    #[schema(schema_with = start_events)]
    event: &'static str,
    /// The same in words.
    name: Words,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    at: Instant,
    /// Its date in China: the starting day, which does not count.
    #[schema(value_type = String, format = Date)]
    date: Date,
}

/// A time in which the clock stood still.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = LimitPause)]
pub struct PauseBody {
    /// On what it rests.
    #[schema(schema_with = grounds)]
    ground: Ground,
    /// The same in words.
    name: Words,
    /// When it began.
    #[schema(value_type = String, format = DateTime)]
    from: Instant,
    /// When it ended; null if it lasted.
    #[schema(value_type = Option<String>, format = DateTime)]
    to: Option<Instant>,
    /// The officer who ordered it; left out where a course is only supposed.
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<String>,
    /// The day after which the days begin that it takes out itself: later than its beginning where
    /// an earlier pause, or the time before the limit started, takes the first of them.
    #[schema(value_type = String, format = Date)]
    counted_after: Date,
    /// The day through which it is counted.
    #[schema(value_type = String, format = Date)]
    counted_through: Date,
    /// How many days of the limit's unit it took out that no earlier pause did.
    days: u32,
}

/// An extension of a limit.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = LimitExtension)]
pub struct ExtensionBody {
    /// Working days.
    days: u16,
    /// What allows it, in Chinese.
    basis: Option<String>,
    /// When it was approved.
    #[schema(value_type = String, format = DateTime)]
    at: Instant,
    /// The head of the authority who approved it; left out where a course is only supposed.
    #[serde(skip_serializing_if = "Option::is_none")]
    approved_by: Option<String>,
    /// The day the limit would have ended with.
    #[schema(value_type = String, format = Date)]
    from: Date,
    /// Whether it moved this limit: one that had ended before stays ended.
    applied: bool,
}

/// When a limit ends.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = LimitEnd)]
pub struct EndBody {
    /// The last day.
    #[schema(value_type = String, format = Date)]
    date: Date,
    /// Its last second in China.
    #[schema(value_type = Option<String>, format = DateTime)]
    at: Option<Instant>,
    /// Whether it counts days of a year whose holidays are not announced yet, so that it may move.
    provisional: bool,
}

impl LedgerBody {
    /// `ledger`, of a case of `item`.
    pub fn new(ledger: &Ledger, item: &ServiceItem) -> Self {
        let body = |account: &Account| AccountBody::new(account, item);
        Self {
            item: item.code,
            item_version: item.version,
            as_of: ledger.as_of,
            acceptance: body(&ledger.acceptance),
            promised: body(&ledger.promised),
            statutory: ledger.statutory.as_ref().map(body),
            delivery: body(&ledger.delivery),
        }
    }

    /// The ledger without the officers who took part, as applicants see it.
    #[must_use]
    pub fn without_officers(mut self) -> Self {
        let accounts = [&mut self.acceptance, &mut self.promised, &mut self.delivery];
        for account in accounts.into_iter().chain(&mut self.statutory) {
            for pause in &mut account.pauses {
                pause.by = None;
            }
            if let Some(extension) = &mut account.extension {
                extension.approved_by = None;
            }
        }
        self
    }
}

impl AccountBody {
    fn new(account: &Account, item: &ServiceItem) -> Self {
        let (days_left, days_over) = days(account.state);
        Self {
            name: account.kind.name(),
            number: account.number,
            unit: account.unit,
            source: account.source.name(),
            is_law: account.source.is_law(),
            state: state_code(account.state),
            state_name: account.state.name(),
            days_left,
            days_over,
            started: account.started.map(StartedBody::from),
            pauses: account.pauses.iter().map(PauseBody::from).collect(),
            days_off_at_end: account.days_off_at_end,
            extension: account
                .extension
                .as_ref()
                .map(|extension| ExtensionBody::new(extension, item)),
            due: account.due.map(|due| EndBody {
                date: due.date,
                at: account.ends_at(),
                provisional: due.provisional,
            }),
            calendar_version: account.calendar_version,
            explanation: words::explanation(account),
        }
    }
}

impl From<Started> for StartedBody {
    fn from(started: Started) -> Self {
        Self {
            event: event_code(started.event),
            name: started.event.name(),
            at: started.at,
            date: started.at.date(),
        }
    }
}

impl From<&TakenOut> for PauseBody {
    fn from(pause: &TakenOut) -> Self {
        Self {
            ground: pause.ground,
            name: pause.ground.name(),
            from: pause.from,
            to: pause.to,
            by: pause.by.as_ref().map(ToString::to_string),
            counted_after: pause.after,
            counted_through: pause.through,
            days: pause.days,
        }
    }
}

impl ExtensionBody {
    fn new(extension: &Extra, item: &ServiceItem) -> Self {
        Self {
            days: extension.days,
            basis: item.extension.as_ref().map(|allowed| allowed.basis.clone()),
            at: extension.at,
            approved_by: extension.approved_by.as_ref().map(ToString::to_string),
            from: extension.from,
            applied: !extension.late,
        }
    }
}

/// Days left and days over.
const fn days(state: State) -> (Option<u32>, Option<u32>) {
    match state {
        State::NotStarted => (None, None),
        State::Overdue { days_over } => (None, Some(days_over)),
        State::Running { days_left }
        | State::Paused { days_left }
        | State::Met { days_left }
        | State::Ended { days_left } => (Some(days_left), None),
    }
}

const STATES: [&str; 6] = [
    "not_started",
    "running",
    "paused",
    "met",
    "overdue",
    "ended",
];

const fn state_code(state: State) -> &'static str {
    let [not_started, running, paused, met, overdue, ended] = STATES;
    match state {
        State::NotStarted => not_started,
        State::Running { .. } => running,
        State::Paused { .. } => paused,
        State::Met { .. } => met,
        State::Overdue { .. } => overdue,
        State::Ended { .. } => ended,
    }
}

const EVENTS: [&str; 4] = ["receipt", "acceptance", "deemed_acceptance", "decision"];

const fn event_code(event: StartEvent) -> &'static str {
    let [receipt, acceptance, deemed, decision] = EVENTS;
    match event {
        StartEvent::Receipt => receipt,
        StartEvent::Acceptance => acceptance,
        StartEvent::DeemedAcceptance => deemed,
        StartEvent::Decision => decision,
    }
}

fn states() -> Object {
    choice(
        "`not_started`, `running`, `paused` while the clock stands still, `met` when it was done in \
         time, `overdue` (also when it was done late), `ended` with the case while it ran.",
        &STATES,
    )
}

fn start_events() -> Object {
    choice(
        "`receipt` of the complete papers, `acceptance`, `deemed_acceptance` where no answer came in \
         five working days, or `decision`.",
        &EVENTS,
    )
}

/// The grounds of a pause, as a schema.
pub fn grounds() -> Object {
    choice(
        "A ground of art. 45 of the Administrative Licensing Law, or `suspension`.",
        &Ground::ALL.map(Ground::as_str),
    )
}

fn choice(description: &str, words: &[&str]) -> Object {
    ObjectBuilder::new()
        .schema_type(Type::String)
        .description(Some(description))
        .enum_values(Some(words.iter().map(|word| json!(word))))
        .build()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::clock::{Course, Extended, Pause, Terms, ledger};
    use domain::ids::OfficerId;

    fn at(date: &str) -> Instant {
        Instant::try_from(format!("{date}T10:00:00+08:00")).unwrap()
    }

    fn officer(id: &str) -> Option<OfficerId> {
        OfficerId::try_from(id.to_owned()).ok()
    }

    #[test]
    fn officers_see_who_took_part_and_applicants_do_not() {
        let item = catalogue::item_version(&"PSB-APR-004".parse().unwrap(), 1).unwrap();
        let course = Course {
            accepted_at: Some(at("2026-11-02")),
            pauses: vec![Pause {
                ground: Ground::Suspension,
                from: at("2026-11-04"),
                to: None,
                by: officer("the-reviewer"),
            }],
            extension: Some(Extended {
                days: 5,
                at: at("2026-11-05"),
                approved_by: officer("the-head"),
            }),
            ..Course::received(at("2026-11-02"), catalogue::calendar())
        };
        let told = ledger(
            &Terms::of(item),
            &course,
            catalogue::calendar(),
            at("2026-11-06"),
        );
        let body = LedgerBody::new(&told, item);
        let shown = serde_json::to_string(&body).unwrap();
        assert!(shown.contains("the-reviewer") && shown.contains("the-head"));
        let shown = serde_json::to_string(&body.without_officers()).unwrap();
        assert!(!shown.contains("the-reviewer") && !shown.contains("the-head"));
    }

    #[test]
    fn the_sum_says_what_was_moved_over_days_off_and_what_may_still_move() {
        let item = catalogue::item_version(&"PSB-PRO-002".parse().unwrap(), 1).unwrap();
        let course = Course {
            accepted_at: Some(at("2026-12-18")),
            ..Course::supposed(at("2026-12-18"))
        };
        let told = ledger(
            &Terms::of(item),
            &course,
            catalogue::calendar(),
            at("2026-12-18"),
        );
        let told = words::explanation(told.statutory.as_ref().unwrap());
        assert_eq!(
            told.zh,
            "自2026年12月18日（受理，当日不计）起15个自然日，末日为休息日，顺延2日，于2027年1月4日\
             23时59分59秒（北京时间）届满。其中有年度的节假日安排尚未公布，届满日期可能调整。"
        );
        assert_eq!(
            told.en,
            "15 calendar days after 2026-12-18 (acceptance), which does not count; moved by 2 days \
             because it would end on a day off; ends with 2027-01-04, 23:59:59 China time. Holidays of \
             a year in it are not announced yet, so the date may move."
        );
    }
}
