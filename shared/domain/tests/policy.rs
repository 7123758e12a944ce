//! Who may do what: every role and post against every action and resource.
#![allow(clippy::unwrap_used, reason = "what a story is built from is right")]

mod builders;

use builders::{monday, officer};
use domain::application::Stage;
use domain::identifiers::Uscc;
use domain::ids::PersonId;
use domain::instant::Instant;
use domain::item::ItemCode;
use domain::mandate::{Coverage, Mandate, MandateId, Role};
use domain::officer::{Officer, Post};
use domain::policy::{Action, Authority, Denial, Resource, has_duty_to_see, permit};
use domain::unit::{Level, RegionCode, UnitId};

const APPLICANTS_ACTS: [Action; 5] = [
    Action::OpenDraft,
    Action::EditDraft,
    Action::UploadDocument,
    Action::Submit,
    Action::Withdraw,
];
const OFFICERS_ACTS: [Action; 4] = [
    Action::Claim,
    Action::Accept,
    Action::Recommend,
    Action::Decide,
];

fn own() -> Uscc {
    Uscc::parse("91140100XXX1000286").unwrap()
}

fn hotel() -> ItemCode {
    "PSB-APR-004".parse().unwrap()
}

fn unit(id: &str) -> UnitId {
    id.to_owned().try_into().unwrap()
}

fn mandate(role: Role) -> Mandate {
    Mandate {
        id: MandateId::new(own(), 1),
        person: PersonId::try_from("agent".to_owned()).unwrap(),
        enterprise: own(),
        role,
        items: Coverage::All,
        from: jiff::civil::date(2026, 1, 1),
        to: None,
        withdrawn_at: None,
        suspended_at: None,
        suspended_for: None,
    }
}

fn judge(
    authority: &Authority,
    action: Action,
    enterprise: &Uscc,
    unit: &UnitId,
) -> Result<(), Denial> {
    let item = hotel();
    let resource = Resource {
        enterprise: Some(enterprise),
        unit: Some(unit),
        item: Some(&item),
        region: None,
        passed_on_by: None,
    };
    permit(authority, action, &resource, monday())
}

fn judge_mandate(mandate: Mandate, action: Action) -> Result<(), Denial> {
    judge(
        &Authority::Mandate(mandate),
        action,
        &own(),
        &unit("psb-140105"),
    )
}

#[test]
fn handlers_administrators_and_the_legal_representative_file_and_others_only_read() {
    for action in APPLICANTS_ACTS {
        for role in [
            Role::LegalRepresentative,
            Role::Administrator,
            Role::Handler,
        ] {
            assert_eq!(
                judge_mandate(mandate(role), action),
                Ok(()),
                "{role:?} {action:?}"
            );
        }
        for role in [Role::Signer, Role::Payer, Role::Viewer] {
            let denied = judge_mandate(mandate(role), action);
            assert_eq!(denied, Err(Denial::RoleInsufficient), "{role:?} {action:?}");
            assert_eq!(
                judge_mandate(mandate(role), Action::ReadApplication),
                Ok(())
            );
        }
    }
}

#[test]
fn applicants_do_not_decide_and_officers_do_not_file() {
    for action in OFFICERS_ACTS {
        let denied = judge_mandate(mandate(Role::LegalRepresentative), action);
        assert_eq!(denied, Err(Denial::WrongSide), "{action:?}");
    }
    let everything = officer(
        "jack",
        &[Post::Intake, Post::Reviewer, Post::Decider, Post::Head],
    );
    for action in APPLICANTS_ACTS {
        let denied = judge(
            &Authority::Officer(everything.clone()),
            action,
            &own(),
            &unit("psb-140105"),
        );
        assert_eq!(denied, Err(Denial::WrongSide), "{action:?}");
    }
}

#[test]
fn another_enterprise_and_another_unit_are_out_of_reach_whatever_the_action() {
    let other = Uscc::parse("92140105XXX1000366").unwrap();
    let jack = officer(
        "jack",
        &[Post::Intake, Post::Reviewer, Post::Decider, Post::Head],
    );
    for action in APPLICANTS_ACTS {
        let legal = Authority::Mandate(mandate(Role::LegalRepresentative));
        assert_eq!(
            judge(&legal, action, &other, &unit("psb-140105")),
            Err(Denial::OutOfReach)
        );
    }
    for action in OFFICERS_ACTS {
        let jack = Authority::Officer(jack.clone());
        assert_eq!(
            judge(&jack, action, &own(), &unit("psb-140106")),
            Err(Denial::OutOfReach)
        );
    }
}

#[test]
fn each_officers_act_asks_for_its_post() {
    let posts = [Post::Intake, Post::Reviewer, Post::Decider];
    let acts = [Action::Accept, Action::Recommend, Action::Decide];
    for (needed, action) in posts.into_iter().zip(acts) {
        for held in posts {
            let judged = judge(
                &Authority::Officer(officer("somebody", &[held])),
                action,
                &own(),
                &unit("psb-140105"),
            );
            let expected = if held == needed {
                Ok(())
            } else {
                Err(Denial::PostMissing)
            };
            assert_eq!(judged, expected, "{held:?} {action:?}");
        }
    }
}

#[test]
fn a_mandate_holds_from_its_first_day_through_its_last_and_not_after_its_withdrawal() {
    let at = |text: &str| Instant::try_from(text.to_owned()).unwrap();
    let mandate = Mandate {
        from: jiff::civil::date(2026, 11, 1),
        to: Some(jiff::civil::date(2026, 11, 30)),
        ..mandate(Role::Handler)
    };
    assert!(!mandate.holds(at("2026-10-31T23:59:59+08:00")));
    assert!(mandate.holds(at("2026-11-01T00:00:00+08:00")));
    assert!(mandate.holds(at("2026-11-30T23:59:59+08:00")));
    assert!(!mandate.holds(at("2026-12-01T00:00:00+08:00")));
    let withdrawn = Mandate {
        withdrawn_at: Some(at("2026-11-10T12:00:00+08:00")),
        ..mandate
    };
    assert!(withdrawn.holds(at("2026-11-10T11:59:59+08:00")));
    assert!(!withdrawn.holds(at("2026-11-10T12:00:00+08:00")));
}

#[test]
fn a_mandate_for_some_items_is_none_for_others() {
    let only = |code: &str| Mandate {
        items: Coverage::Only(vec![code.parse().unwrap()]),
        ..mandate(Role::Handler)
    };
    assert_eq!(judge_mandate(only("PSB-APR-004"), Action::Submit), Ok(()));
    assert_eq!(
        judge_mandate(only("PSB-APR-008"), Action::Submit),
        Err(Denial::ItemNotCovered)
    );
}

#[test]
fn an_officer_reaches_in_their_unit_what_lies_in_their_jurisdictions() {
    let of = |jurisdiction: &str| {
        Authority::Officer(Officer {
            unit: unit("psb-140100"),
            level: Level::City,
            jurisdictions: vec![jurisdiction.parse().unwrap()],
            ..officer("somebody", &[Post::Intake])
        })
    };
    let city = unit("psb-140100");
    let of_the_city = |region: Option<&str>| Resource {
        unit: Some(&city),
        region: region.map(|region| region.parse().unwrap()),
        ..Resource::NOTHING
    };
    let judged = |jurisdiction, region| {
        permit(
            &of(jurisdiction),
            Action::Accept,
            &of_the_city(region),
            monday(),
        )
    };
    assert_eq!(judged("140105", Some("140105")), Ok(()));
    assert_eq!(judged("140100", Some("140105")), Ok(()));
    assert_eq!(judged("140105", None), Ok(()));
    assert_eq!(judged("140105", Some("140106")), Err(Denial::OutOfReach));
}

#[test]
fn an_officer_whose_appointment_ended_reaches_nothing() {
    let mut gone = officer("gone", &[Post::Intake]);
    gone.active = false;
    let judged = judge(
        &Authority::Officer(gone),
        Action::Accept,
        &own(),
        &unit("psb-140105"),
    );
    assert_eq!(judged, Err(Denial::OutOfReach));
}

fn administrator(region: &str) -> Authority {
    let region: RegionCode = region.parse().unwrap();
    Authority::Officer(Officer {
        unit: unit(&format!("psb-{region}")),
        level: region.level(),
        jurisdictions: vec![region],
        ..officer("administrator", &[Post::Administrator])
    })
}

#[test]
fn devices_are_managed_by_administrators_of_the_unit_and_of_those_above_it() {
    let kiosks = unit("psb-140105");
    for above in ["140105", "140100", "140000"] {
        let judged = judge(
            &administrator(above),
            Action::ManageDevices,
            &own(),
            &kiosks,
        );
        assert_eq!(judged, Ok(()), "{above}");
    }
    for elsewhere in ["140106", "140200"] {
        let judged = judge(
            &administrator(elsewhere),
            Action::ManageDevices,
            &own(),
            &kiosks,
        );
        assert_eq!(judged, Err(Denial::OutOfReach), "{elsewhere}");
    }
    let intake = Authority::Officer(officer("intake", &[Post::Intake]));
    let judged = judge(&intake, Action::ManageDevices, &own(), &kiosks);
    assert_eq!(judged, Err(Denial::PostMissing));
}

#[test]
fn keys_for_programs_of_others_are_given_by_administrators_of_the_province_only() {
    for (region, expected) in [
        ("140000", Ok(())),
        ("140100", Err(Denial::PostMissing)),
        ("140105", Err(Denial::PostMissing)),
    ] {
        let own_unit = unit(&format!("psb-{region}"));
        let judged = judge(
            &administrator(region),
            Action::ManageApiKeys,
            &own(),
            &own_unit,
        );
        assert_eq!(judged, expected, "{region}");
    }
    let another = judge(
        &administrator("140000"),
        Action::ManageApiKeys,
        &own(),
        &unit("psb-140100"),
    );
    assert_eq!(another, Err(Denial::OutOfReach));
}

#[test]
fn searching_for_a_person_is_for_who_handles_cases_and_needs_no_case() {
    let anything = Resource::NOTHING;
    let search =
        |authority: &Authority| permit(authority, Action::SearchByPerson, &anything, monday());
    for post in [
        Post::Intake,
        Post::Reviewer,
        Post::Decider,
        Post::Head,
        Post::Supervisor,
    ] {
        let officer = Authority::Officer(officer("somebody", &[post]));
        assert_eq!(search(&officer), Ok(()), "{post:?}");
    }
    for post in [Post::Traffic, Post::Liaison, Post::Administrator] {
        let officer = Authority::Officer(officer("somebody", &[post]));
        assert_eq!(search(&officer), Err(Denial::PostMissing), "{post:?}");
    }
    let mut gone = officer("gone", &[Post::Intake]);
    gone.active = false;
    assert_eq!(search(&Authority::Officer(gone)), Err(Denial::OutOfReach));
    let legal = Authority::Mandate(mandate(Role::LegalRepresentative));
    assert_eq!(search(&legal), Err(Denial::WrongSide));
}

#[test]
fn restricted_data_is_for_who_handles_the_case_and_after_its_end_for_who_answers_for_it() {
    let sees = |posts: &[Post], stage| {
        has_duty_to_see(&Authority::Officer(officer("somebody", posts)), stage)
    };
    for handling in [Post::Intake, Post::Reviewer, Post::Decider] {
        assert!(sees(&[handling], Stage::UnderReview), "{handling:?}");
        assert!(!sees(&[handling], Stage::Granted), "{handling:?}");
    }
    for answering in [Post::Head, Post::Supervisor] {
        assert!(sees(&[answering], Stage::Submitted), "{answering:?}");
        assert!(
            sees(&[answering, Post::Intake], Stage::Withdrawn),
            "{answering:?}"
        );
    }
    assert!(!sees(
        &[Post::Traffic, Post::Administrator],
        Stage::Submitted
    ));
    for stage in [Stage::Submitted, Stage::Granted] {
        let legal = Authority::Mandate(mandate(Role::LegalRepresentative));
        assert!(!has_duty_to_see(&legal, stage), "{stage:?}");
    }
}
