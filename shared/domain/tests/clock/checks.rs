//! What may be added to a course.

use domain::clock::{ClockFault, Correction, Course, CourseFault, Extended, Ground, Pause, Place};
use domain::instant::Instant;
use domain::item::{PauseGround, ServiceItem};

fn at(text: &str) -> Instant {
    Instant::try_from(format!("{text}+08:00")).unwrap()
}

fn item(code: &str) -> &'static ServiceItem {
    catalogue::item_version(&code.parse().unwrap(), 1).unwrap()
}

/// A hotel licence: 20 working days from acceptance, extendable by 10; no special procedure counts.
fn hotel() -> &'static ServiceItem {
    item("PSB-APR-004")
}

/// Received on Monday 2 and accepted on Tuesday 3 November 2026: the limit in law ends on 1 December.
fn accepted() -> Course {
    Course {
        accepted_at: Some(at("2026-11-03T10:00:00")),
        ..Course::received(at("2026-11-02T10:00:00"), catalogue::calendar())
    }
}

fn pause(ground: Ground, from: &str, to: Option<&str>) -> Pause {
    Pause {
        ground,
        from: at(from),
        to: to.map(at),
        by: None,
    }
}

const TESTING: Ground = Ground::SpecialProcedure(PauseGround::Testing);
const HEARING: Ground = Ground::SpecialProcedure(PauseGround::Hearing);

#[test]
fn a_clock_is_stopped_on_grounds_the_item_lists_and_on_hearing_and_suspension_always() {
    let (course, noon) = (accepted(), at("2026-11-04T12:00:00"));
    assert_eq!(course.check_pause(hotel(), HEARING, noon), Ok(()));
    assert_eq!(
        course.check_pause(hotel(), Ground::Suspension, noon),
        Ok(())
    );
    assert_eq!(
        course.check_pause(hotel(), TESTING, noon),
        Err(ClockFault::GroundNotListed)
    );
    assert_eq!(Ground::of(hotel()), [HEARING, Ground::Suspension]);
    let tested = (1..=74)
        .map(|number| item(&format!("PSB-APR-{number:03}")))
        .find(|item| item.pause_grounds().contains(&PauseGround::Testing))
        .unwrap();
    assert_eq!(course.check_pause(tested, TESTING, noon), Ok(()));
}

#[test]
fn a_clock_that_stands_still_on_a_ground_does_not_stop_on_it_again() {
    let mut course = accepted();
    course
        .pauses
        .push(pause(HEARING, "2026-11-04T12:00:00", None));
    let later = at("2026-11-05T09:00:00");
    assert_eq!(
        course.check_pause(hotel(), HEARING, later),
        Err(ClockFault::AlreadyPaused)
    );
    assert_eq!(
        course.check_pause(hotel(), Ground::Suspension, later),
        Ok(())
    );
    assert_eq!(
        course.check_resume(HEARING, later).map(|pause| pause.from),
        Ok(at("2026-11-04T12:00:00"))
    );
    assert_eq!(
        course.check_resume(HEARING, at("2026-11-04T11:59:59")),
        Err(ClockFault::EndsBeforeItBegins)
    );
    assert_eq!(
        course.check_resume(Ground::Suspension, later),
        Err(ClockFault::NotPaused)
    );
}

#[test]
fn nothing_is_added_before_the_receipt_or_after_the_clock_was_stopped() {
    let mut course = accepted();
    assert_eq!(
        course.check_pause(hotel(), HEARING, at("2026-11-01T10:00:00")),
        Err(ClockFault::BeforeReceipt)
    );
    course.decided_at = Some(at("2026-11-10T10:00:00"));
    let later = at("2026-11-10T10:00:01");
    let stopped = Err(ClockFault::AfterStop);
    assert_eq!(course.check_pause(hotel(), HEARING, later), stopped);
    assert_eq!(course.check_resume(HEARING, later).map(drop), stopped);
    assert_eq!(
        course.check_correction(catalogue::calendar(), later),
        stopped
    );
    assert_eq!(
        course.check_extension(hotel(), catalogue::calendar(), 5, later),
        stopped
    );
}

#[test]
fn an_extension_is_given_once_before_the_limit_ends_and_by_at_most_what_the_basis_allows() {
    let mut course = accepted();
    let extension = |course: &Course, item, days, moment: &str| {
        course.check_extension(item, catalogue::calendar(), days, at(moment))
    };
    for days in [1, 10] {
        assert_eq!(
            extension(&course, hotel(), days, "2026-12-01T23:59:59"),
            Ok(())
        );
    }
    for days in [0, 11] {
        assert_eq!(
            extension(&course, hotel(), days, "2026-11-20T10:00:00"),
            Err(ClockFault::ExtensionOutOfRange { most: 10 })
        );
    }
    assert_eq!(
        extension(&course, hotel(), 5, "2026-12-02T00:00:00"),
        Err(ClockFault::LimitEnded)
    );
    assert_eq!(
        extension(&course, hotel(), 5, "2026-11-02T12:00:00"),
        Err(ClockFault::LimitNotStarted)
    );
    let without_basis = item("PSB-APR-037");
    assert_eq!(
        extension(&course, without_basis, 5, "2026-11-20T10:00:00"),
        Err(ClockFault::NoBasisForExtension)
    );
    // A pause keeps the limit from ending, and with it the time for the extension.
    course
        .pauses
        .push(pause(HEARING, "2026-11-23T10:00:00", None));
    assert_eq!(
        extension(&course, hotel(), 5, "2026-12-20T10:00:00"),
        Ok(())
    );
    course.extension = Some(Extended {
        days: 5,
        at: at("2026-11-24T10:00:00"),
        approved_by: None,
    });
    assert_eq!(
        extension(&course, hotel(), 5, "2026-11-25T10:00:00"),
        Err(ClockFault::AlreadyExtended)
    );
}

#[test]
fn a_correction_is_asked_for_before_silence_counts_as_acceptance() {
    let calendar = catalogue::calendar();
    let mut course = Course::received(at("2026-11-02T10:00:00"), calendar);
    let (last, late) = (at("2026-11-09T23:59:59"), at("2026-11-10T00:00:00"));
    assert_eq!(course.check_correction(calendar, last), Ok(()));
    assert_eq!(
        course.check_correction(calendar, late),
        Err(ClockFault::AcceptedBySilence)
    );
    assert!(!course.is_accepted_by_silence(calendar, last));
    assert!(course.is_accepted_by_silence(calendar, late));
    course.corrections.push(Correction {
        received_at: course.received_at,
        asked_at: last,
    });
    assert!(
        !course.is_accepted_by_silence(calendar, late),
        "it was answered"
    );
    course.corrections.clear();
    course.accepted_at = Some(last);
    assert!(
        !course.is_accepted_by_silence(calendar, late),
        "it was accepted"
    );
    course.accepted_at = Some(late);
    assert!(course.is_accepted_by_silence(calendar, late), "too late");
}

#[test]
fn every_fault_of_a_course_is_told_with_its_place() {
    let course = Course {
        accepted_at: Some(at("2026-11-01T10:00:00")),
        pauses: vec![
            pause(TESTING, "2026-11-04T10:00:00", Some("2026-11-03T10:00:00")),
            pause(HEARING, "2026-10-04T10:00:00", None),
            pause(HEARING, "2026-11-05T10:00:00", Some("2026-11-05T10:00:00")),
        ],
        extension: Some(Extended {
            days: 11,
            at: at("2026-10-01T10:00:00"),
            approved_by: None,
        }),
        decided_at: Some(at("2026-10-31T10:00:00")),
        ..Course::supposed(at("2026-11-02T10:00:00"))
    };
    let faults = course.faults(hotel(), catalogue::calendar(), at("2026-11-01T10:00:00"));
    let fault = |place, fault| CourseFault { place, fault };
    assert_eq!(
        faults,
        [
            fault(Place::Acceptance, ClockFault::BeforeReceipt),
            fault(Place::PauseGround(0), ClockFault::GroundNotListed),
            fault(Place::PauseFrom(0), ClockFault::AfterStop),
            fault(Place::PauseTo(0), ClockFault::EndsBeforeItBegins),
            fault(Place::PauseFrom(1), ClockFault::BeforeReceipt),
            fault(Place::PauseFrom(2), ClockFault::AfterStop),
            fault(
                Place::ExtensionDays,
                ClockFault::ExtensionOutOfRange { most: 10 }
            ),
            fault(Place::ExtensionAt, ClockFault::BeforeReceipt),
            fault(Place::Decision, ClockFault::BeforeReceipt),
            fault(Place::AsOf, ClockFault::BeforeReceipt),
        ]
    );
    assert_eq!(
        accepted().faults(hotel(), catalogue::calendar(), at("2026-11-20T10:00:00")),
        []
    );
}
