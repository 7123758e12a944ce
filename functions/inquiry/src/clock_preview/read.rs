//! From what was sent to a course, or to everything that is wrong with it.

use domain::calendar::WorkingCalendar;
use domain::clock::{
    Account, ClockFault, Course, CourseFault, Extended, Ground, Pause, Place, Terms, ledger,
};
use domain::instant::Instant;
use domain::item::ServiceItem;
use domain::words::Words;
use jiff::civil::{Date, date};
use serde_json::{from_value, json};
use web::clock::input_error;
use web::{Code, InputError, Problem};

use super::{PauseRequest, PreviewRequest};

/// How many pauses a preview may have.
const MOST_PAUSES: usize = 50;
/// The day on which the Administrative Licensing Law came into force.
const FIRST: Date = date(2004, 7, 1);
const LAST: Date = date(2099, 12, 31);

/// The course asked about, and the moment to tell of.
///
/// # Errors
/// [`Code::InvalidValue`] with every fault.
pub(super) fn course(
    asked: &PreviewRequest,
    item: &ServiceItem,
    calendar: &WorkingCalendar,
    now: Instant,
) -> Result<(Course, Instant), Problem> {
    let mut reading = Reading::default();
    let earliest = Instant::from_unix_seconds(0);
    let received_at = reading.moment("/received_at", &asked.received_at);
    let mut course = Course {
        accepted_at: reading.maybe("/accepted_at", asked.accepted_at.as_deref()),
        decided_at: reading.maybe("/decided_at", asked.decided_at.as_deref()),
        // What else is wrong is told as well where the receipt cannot be read.
        ..Course::supposed(received_at.unwrap_or(earliest))
    };
    let places = reading.pauses(&asked.pauses, &mut course);
    let extended_at = reading.maybe("/extended_at", asked.extended_at.as_deref());
    let as_of = reading.maybe("/as_of", asked.as_of.as_deref());
    let last_named = reading.last_named.unwrap_or(earliest);
    let as_of = as_of.unwrap_or(now.max(last_named));

    course.extension = match (asked.extension_days, extended_at) {
        // No item allows as many days as do not fit.
        (Some(days), at) => Some(Extended {
            days: u16::try_from(days).unwrap_or(0),
            at: at.unwrap_or_else(|| in_time(&course, item, calendar, as_of)),
            approved_by: None,
        }),
        (None, Some(_)) => {
            reading.add("/extension_days", "missing", missing());
            None
        }
        (None, None) => None,
    };
    let sound = reading.errors.is_empty();
    for fault in course.faults(item, calendar, as_of) {
        // Nobody sent the moment of an extension that is only taken to be in time.
        let is_ours = fault.place == Place::ExtensionAt && asked.extended_at.is_none();
        if !is_ours && (sound || !rests_on_others(fault.fault)) {
            let pointer = pointer(fault, &places);
            reading.errors.push(input_error(pointer, fault.fault));
        }
    }
    if reading.errors.is_empty() {
        Ok((course, as_of))
    } else {
        Err(Problem::new(Code::InvalidValue).with_errors(reading.errors))
    }
}

/// The last moment at which an extension moves both limits, or that to tell of if it is earlier.
fn in_time(
    course: &Course,
    item: &ServiceItem,
    calendar: &WorkingCalendar,
    as_of: Instant,
) -> Instant {
    let told = ledger(&Terms::of(item), course, calendar, as_of);
    let ends = [Some(&told.promised), told.statutory.as_ref()];
    let ends = ends.into_iter().flatten().filter_map(Account::ends_at);
    ends.chain(course.decided_at).fold(as_of, Instant::min)
}

/// Whether a fault may only come of another member that cannot be read.
const fn rests_on_others(fault: ClockFault) -> bool {
    matches!(
        fault,
        ClockFault::LimitNotStarted | ClockFault::LimitEnded | ClockFault::BeforeAcceptance
    )
}

/// Where in the request a fault of the course is. `places` are those of its pauses.
fn pointer(fault: CourseFault, places: &[usize]) -> String {
    let pause = |position: usize, member| {
        let place = places.get(position).copied().unwrap_or(position);
        format!("/pauses/{place}/{member}")
    };
    match fault.place {
        Place::Acceptance => "/accepted_at".to_owned(),
        Place::PauseGround(position) => pause(position, "ground"),
        Place::PauseFrom(position) => pause(position, "from"),
        Place::PauseTo(position) => pause(position, "to"),
        Place::ExtensionDays => "/extension_days".to_owned(),
        Place::ExtensionAt => "/extended_at".to_owned(),
        Place::Decision => "/decided_at".to_owned(),
        Place::AsOf => "/as_of".to_owned(),
    }
}

/// What was read so far, and what could not be.
#[derive(Default)]
struct Reading {
    errors: Vec<InputError>,
    last_named: Option<Instant>,
}

impl Reading {
    fn add(&mut self, pointer: impl Into<String>, code: &str, words: Words) {
        self.errors.push(InputError::new(pointer, code, words));
    }

    fn maybe(&mut self, pointer: &str, text: Option<&str>) -> Option<Instant> {
        text.and_then(|text| self.moment(pointer, text))
    }

    fn moment(&mut self, pointer: &str, text: &str) -> Option<Instant> {
        let Ok(moment) = Instant::try_from(text.to_owned()) else {
            self.add(pointer, "wrong_format", no_moment());
            return None;
        };
        if !(FIRST..=LAST).contains(&moment.date()) {
            self.add(pointer, "out_of_range", out_of_range());
            return None;
        }
        self.last_named = self.last_named.max(Some(moment));
        Some(moment)
    }

    /// Adds the pauses that can be read to `course`, and returns the place of each in the request.
    fn pauses(&mut self, asked: &[PauseRequest], course: &mut Course) -> Vec<usize> {
        if asked.len() > MOST_PAUSES {
            self.add("/pauses", "too_many", too_many());
            return Vec::new();
        }
        let mut places = Vec::new();
        for (place, pause) in asked.iter().enumerate() {
            let ground = from_value::<Ground>(json!(pause.ground)).ok();
            if ground.is_none() {
                self.add(
                    format!("/pauses/{place}/ground"),
                    "not_a_choice",
                    no_ground(),
                );
            }
            let from = self.moment(&format!("/pauses/{place}/from"), &pause.from);
            let to = self.maybe(&format!("/pauses/{place}/to"), pause.to.as_deref());
            if let Some(from) = from {
                places.push(place);
                course.pauses.push(Pause {
                    // One that every item has: its ground is told already.
                    ground: ground.unwrap_or(Ground::Suspension),
                    from,
                    to,
                    by: None,
                });
            }
        }
        places
    }
}

fn missing() -> Words {
    Words::new(
        "请填写延长的工作日数，或删除 extended_at。",
        "Give the number of working days, or leave extended_at out.",
    )
}

fn no_moment() -> Words {
    Words::new(
        "请填写带时区的 RFC 3339 时间，例如 2026-11-23T10:00:00+08:00。",
        "Give an RFC 3339 time with an offset, for example 2026-11-23T10:00:00+08:00.",
    )
}

fn out_of_range() -> Words {
    Words::new(
        format!("请填写 {FIRST} 至 {LAST} 之间的时间。"),
        format!("Give a time from {FIRST} through {LAST}."),
    )
}

fn too_many() -> Words {
    Words::new(
        format!("暂停最多 {MOST_PAUSES} 次，请合并或删减。"),
        format!("There can be {MOST_PAUSES} pauses at the most: join or leave out some."),
    )
}

fn no_ground() -> Words {
    let words = Ground::ALL.map(Ground::as_str);
    Words::new(
        format!("请填写下列之一：{}。", words.join("、")),
        format!("Give one of: {}.", words.join(", ")),
    )
}
