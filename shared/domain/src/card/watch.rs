//! What is watched in a state, and with which day it is over.

use jiff::civil::Date;

use super::Card;
use super::moment::{in_days, in_first_hour, working_day_before};
use super::rule::{CardRule, Colour};
use crate::application::{Application, Hearing, Petition, Stage};
use crate::calendar::{Due, Edition};
use crate::clock::{ACCEPTANCE_WORKING_DAYS, Account, Ledger, Source, State};
use crate::ids::ApplicationNo;
use crate::instant::Instant;
use crate::item::{LimitSource, LimitUnit, ServiceItem, StepKey};
use crate::words::Words;

/// Something that is to be done by a day, and is not done.
#[derive(Clone, Debug)]
pub(super) struct Watch {
    rule: CardRule,
    due: Due,
    /// Since when it has been waited for.
    from: Instant,
    /// The colour once it is overdue.
    overdue: Colour,
    source: Words,
}

impl Watch {
    /// When its card turns blue.
    pub(super) fn warns_at(&self, number: &ApplicationNo, edition: Edition<'_>) -> Option<Instant> {
        let warned = in_first_hour(working_day_before(self.due.date, edition)?, number)?;
        Some(warned.max(self.from))
    }

    /// When it is shown as overdue.
    pub(super) fn exceeds_at(&self, number: &ApplicationNo) -> Option<Instant> {
        let shown = in_first_hour(self.due.date.tomorrow().ok()?, number)?;
        Some(shown.max(self.from))
    }

    /// When it is shown as counted over days without a table, if it is.
    pub(super) fn provisional_at(&self, number: &ApplicationNo) -> Option<Instant> {
        let shown = in_days(self.from, 1, number)?;
        self.due.provisional.then_some(shown)
    }

    /// Whether it is counted over days without a table.
    pub(super) const fn is_provisional(&self) -> bool {
        self.due.provisional
    }

    /// Its card at `as_of`.
    pub(super) fn card(
        &self,
        number: &ApplicationNo,
        edition: Edition<'_>,
        as_of: Instant,
    ) -> Option<Card> {
        let reached = |moment: Option<Instant>| moment.filter(|moment| *moment <= as_of);
        let (rule, due) = (self.rule, self.due.date);
        if let Some(since) = reached(self.exceeds_at(number)) {
            return Some(rule.exceeds(self.overdue, since, due, self.source.clone()));
        }
        let since = reached(self.warns_at(number, edition))?;
        Some(rule.warns(since, due, self.source.clone()))
    }
}

/// The working days that the item leaves for the acceptance; the law leaves five.
pub(super) fn acceptance_days(item: &ServiceItem) -> u16 {
    let steps = item.steps.iter();
    let own = steps
        .filter(|step| step.key == StepKey::Acceptance)
        .find_map(|step| step.limit_working_days);
    own.unwrap_or(ACCEPTANCE_WORKING_DAYS)
        .min(ACCEPTANCE_WORKING_DAYS)
}

/// What is waited for in `state`.
pub(super) fn watches(
    state: &Application,
    ledger: &Ledger,
    item: &ServiceItem,
    edition: Edition<'_>,
) -> Vec<Watch> {
    [
        acceptance(state, ledger, item, edition),
        special_procedure(state),
        hearing(state),
        decision(state, &ledger.promised, CardRule::Promised),
        ledger
            .statutory
            .as_ref()
            .and_then(|account| decision(state, account, CardRule::Statutory)),
        delivery(state, ledger),
        undertaking_check(state),
        petition(state),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn acceptance(
    state: &Application,
    ledger: &Ledger,
    item: &ServiceItem,
    edition: Edition<'_>,
) -> Option<Watch> {
    if state.stage == Stage::CorrectionRequired {
        return untold_correction(state);
    }
    if state.stage != Stage::Submitted {
        return None;
    }
    let from = state.course.received_at;
    let days = acceptance_days(item);
    let (due, source) = if days < ACCEPTANCE_WORKING_DAYS {
        let due = edition.due(from.date(), days, LimitUnit::WorkingDay);
        (due, step_of_the_item())
    } else {
        (ledger.acceptance.due?, ledger.acceptance.source.name())
    };
    Some(Watch {
        rule: CardRule::Acceptance,
        due,
        from,
        overdue: Colour::Yellow,
        source,
    })
}

/// What is to be mended must have reached the applicant within the days for an answer.
fn untold_correction(state: &Application) -> Option<Watch> {
    let correction = state.correction.as_ref()?;
    Some(Watch {
        rule: CardRule::Acceptance,
        due: state
            .limits
            .acceptance
            .filter(|_| correction.service.is_awaited())?,
        from: correction.asked_at,
        overdue: Colour::Yellow,
        source: Source::Art32.name(),
    })
}

fn special_procedure(state: &Application) -> Option<Watch> {
    let pauses = state.course.pauses.iter();
    let from = pauses
        .filter(|pause| pause.to.is_none())
        .map(|pause| pause.from)
        .max()?;
    Some(Watch {
        rule: CardRule::SpecialProcedure,
        due: told(state.expected_end.filter(|_| !state.stage.is_final())?),
        from,
        overdue: Colour::Yellow,
        source: Words::new(
            "《行政许可法》第四十五条：书面告知申请人的所需时间",
            "Administrative Licensing Law, article 45: the time the applicant was told",
        ),
    })
}

fn hearing(state: &Application) -> Option<Watch> {
    match &state.hearing {
        Some(Hearing::Requested { hold_by }) if state.stage.is_accepted_and_open() => Some(Watch {
            rule: CardRule::Hearing,
            due: told(*hold_by),
            from: state.course.received_at,
            overdue: Colour::Yellow,
            source: Words::new(
                "《行政许可法》第四十七条",
                "Administrative Licensing Law, article 47",
            ),
        }),
        _ => None,
    }
}

/// While the clock stands still nothing is due: the day moves with every day that passes.
fn decision(state: &Application, account: &Account, rule: CardRule) -> Option<Watch> {
    let undecided = state.course.decided_at.is_none() && state.course.ended_at.is_none();
    let runs = matches!(account.state, State::Running { .. } | State::Overdue { .. });
    let started = account.started.filter(|_| undecided && runs)?;
    let pauses = account.pauses.iter().filter_map(|pause| pause.to);
    let extended = account.extension.as_ref().map(|extension| extension.at);
    let counted = state.course.calendars.iter().skip(1).map(|used| used.from);
    let moved = pauses.chain(extended).chain(counted);
    let by_law = rule == CardRule::Statutory && account.source.is_law();
    Some(Watch {
        rule,
        due: account.due?,
        from: moved.fold(started.at, Instant::max),
        overdue: if by_law { Colour::Red } else { Colour::Yellow },
        source: account.source.name(),
    })
}

fn delivery(state: &Application, ledger: &Ledger) -> Option<Watch> {
    let decided_at = state.course.decided_at;
    Some(Watch {
        rule: CardRule::Delivery,
        due: ledger.delivery.due?,
        from: decided_at.filter(|_| state.stage == Stage::Granted)?,
        overdue: Colour::Yellow,
        source: ledger.delivery.source.name(),
    })
}

fn undertaking_check(state: &Application) -> Option<Watch> {
    Some(Watch {
        rule: CardRule::UndertakingCheck,
        due: state.unchecked_until()?,
        from: state.course.decided_at?,
        overdue: Colour::Yellow,
        source: Words::new(
            "本事项告知承诺的事后核查期限",
            "The item's term for checking what was undertaken",
        ),
    })
}

fn petition(state: &Application) -> Option<Watch> {
    let pending = state.petition.as_ref()?;
    let source = match pending.petition {
        Petition::Renewal => Words::new(
            "《行政许可法》第五十条：有效期届满前作出决定",
            "Administrative Licensing Law, article 50: decided before the term ends",
        ),
        Petition::Amendment => Source::Item(LimitSource::Promise).name(),
    };
    Some(Watch {
        rule: CardRule::Petition,
        due: told(pending.answer_by.filter(|_| state.stage.is_in_force())?),
        from: pending.filed_at,
        overdue: Colour::Yellow,
        source,
    })
}

/// A day that somebody was told does not move when a table arrives.
const fn told(date: Date) -> Due {
    Due {
        date,
        provisional: false,
    }
}

fn step_of_the_item() -> Words {
    Words::new(
        "本事项受理环节的办理时限",
        "The item's own time for the acceptance step",
    )
}

/// The cards of what has been done, and not as it should.
pub(super) fn standing(state: &Application) -> impl Iterator<Item = Card> {
    let deemed = state
        .course
        .accepted_at
        .filter(|_| state.deemed && state.stage.is_accepted_and_open())
        .map(|since| Card {
            rule: CardRule::Acceptance,
            colour: Colour::Yellow,
            since,
            due: state.limits.acceptance.map(|due| due.date),
            reason: Words::new(
                "五个工作日内未作受理答复，自收到材料之日起视为受理。",
                "Nobody answered within five working days: accepted by silence, with the day of receipt.",
            ),
            source: Source::Art32.name(),
        });
    let corrected_again = state
        .correction
        .as_ref()
        .filter(|correction| correction.notices > 1 && !state.stage.is_final())
        .map(|correction| Card {
            rule: CardRule::Correction,
            colour: Colour::Yellow,
            since: correction.asked_at,
            due: None,
            reason: Words::new(
                format!(
                    "已作出{}次补正告知，应当一次告知全部内容。",
                    correction.notices
                ),
                format!(
                    "{} correction notices; one should name everything.",
                    correction.notices
                ),
            ),
            source: Source::Art32.name(),
        });
    deemed.into_iter().chain(corrected_again)
}

/// The card of a case some of whose dates are provisional.
pub(super) fn provisional(
    watches: &[Watch],
    number: &ApplicationNo,
    as_of: Instant,
) -> Option<Card> {
    let counted = watches
        .iter()
        .filter_map(|watch| Some((watch.provisional_at(number)?, watch.due.date)));
    let (since, due) = counted.filter(|(since, _)| *since <= as_of).min()?;
    Some(Card {
        rule: CardRule::Provisional,
        colour: Colour::Blue,
        since,
        due: Some(due),
        reason: Words::new(
            format!("届满日{due}按周末和固定节假日暂算，该年度放假安排公布后重新计算。"),
            format!(
                "The end, {due}, is provisional: the year has no holiday notice yet, and it is counted again when it has."
            ),
        ),
        source: Words::new("工作日历", "Working calendar"),
    })
}
