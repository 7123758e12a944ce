//! Using again what an enterprise has shown before, told as stories about the hotel licence (PSB-APR-004) and
//! the security company (PSB-APR-008).

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test stops where something is not as it should be"
)]

mod builders;

use builders::{Case, acting, agent, decider, intake, item_with, manifest, reviewer, text};
use domain::application::{
    Application, Command, Demand, Event, Filed, Outcome, Refusal, RequireCorrection, Supplement,
};
use domain::identifiers::Uscc;
use domain::ids::{DocumentId, MaterialCode, PersonId};
use domain::item::{Material, ServiceItem};
use domain::manifest::{Manifest, PaperFault, PaperState};
use domain::media::MediaType;
use domain::reuse::{Certificate, EarlierCase, Kept, ReuseRefusal, Reused, Wanted};
use domain::review::{CheckOutcome, completeness};
use jiff::civil::{Date, date};

/// The Monday on which everything is decided here.
const DECIDED: Date = date(2026, 11, 23);

fn granted() -> Case {
    let mut case = Case::awaiting_decision();
    case.claims(&decider()).unwrap();
    case.decides(&decider(), Outcome::Grant).unwrap();
    case
}

fn code(material: &str) -> MaterialCode {
    material.to_owned().try_into().unwrap()
}

fn document(case: &Case, material: &str) -> DocumentId {
    case.papers.papers[&code(material)].document
}

fn material<'i>(item: &'i ServiceItem, material: &str) -> &'i Material {
    item.material(&code(material)).unwrap()
}

fn earlier<'a>(case: &'a Case, application: &'a Application) -> EarlierCase<'a> {
    EarlierCase {
        application,
        item: case.item,
        manifest: &case.papers,
        withheld: false,
    }
}

/// What becomes of the wish to use a paper of `case` again for `wanted`, on `today` by `person` of
/// `enterprise`.
fn asked(
    case: &EarlierCase<'_>,
    of: DocumentId,
    wanted: &Material,
    (today, person, enterprise): (Date, &str, &str),
) -> Result<Reused, ReuseRefusal> {
    let person = PersonId::try_from(person.to_owned()).unwrap();
    let enterprise = Uscc::parse(enterprise).unwrap();
    let wanted = Wanted {
        material: wanted,
        enterprise: &enterprise,
        person: &person,
        today,
        kind: catalogue::material_kind,
    };
    case.paper(of, &wanted).map(|(_, reused)| reused)
}

const AGENT: (Date, &str, &str) = (DECIDED, "agent", "91140100XXX1000286");

/// The same for a paper of a granted hotel licence, wanted for the same material of another one.
fn again(case: &Case, of: &str) -> Result<Reused, ReuseRefusal> {
    let wanted = material(builders::item(), of);
    asked(
        &earlier(case, case.state()),
        document(case, of),
        wanted,
        AGENT,
    )
}

#[test]
fn a_business_licence_that_was_accepted_is_used_again_for_a_year() {
    let case = granted();
    let reused = again(&case, "MAT-BIZ").unwrap();
    assert_eq!(reused.application, case.state().number);
    assert_eq!(Some(reused.accepted_at), case.state().course.decided_at);
    assert_eq!(reused.usable_until, date(2027, 11, 23));

    // For another item's material of the same kind, under whatever code that item has it.
    let owner = catalogue::item_version(&"PSB-APR-044".parse().unwrap(), 1).unwrap();
    let wanted = material(owner, "MAT-OWNER");
    let (of, case_as_it_is) = (document(&case, "MAT-BIZ"), earlier(&case, case.state()));
    assert_eq!(asked(&case_as_it_is, of, wanted, AGENT), Ok(reused));

    let on = |day| (day, "another-agent", "91140100XXX1000286");
    let last = asked(&case_as_it_is, of, wanted, on(date(2027, 11, 23)));
    assert!(last.is_ok());
    let after = asked(&case_as_it_is, of, wanted, on(date(2027, 11, 24)));
    assert_eq!(after, Err(ReuseRefusal::RanOut(date(2027, 11, 23))));
}

#[test]
fn a_power_of_attorney_is_for_one_matter() {
    assert_eq!(again(&granted(), "MAT-POA"), Err(ReuseRefusal::OneMatter));
}

#[test]
fn a_paper_without_a_kind_or_of_another_one_stands_for_nothing_else() {
    let case = granted();
    assert_eq!(again(&case, "MAT-RULES"), Err(ReuseRefusal::AnotherKind));
    let wanted = material(builders::item(), "MAT-LEGAL-ID");
    let licence = document(&case, "MAT-BIZ");
    let refused = asked(&earlier(&case, case.state()), licence, wanted, AGENT);
    assert_eq!(refused, Err(ReuseRefusal::AnotherKind));
}

#[test]
fn another_enterprise_learns_of_no_paper_and_of_no_certificate() {
    let case = granted();
    let case_as_it_is = earlier(&case, case.state());
    let other = (DECIDED, "agent", "91140300XXX1000521");
    let wanted = material(builders::item(), "MAT-BIZ");
    let refused = asked(&case_as_it_is, document(&case, "MAT-BIZ"), wanted, other);
    assert_eq!(refused, Err(ReuseRefusal::Unknown));
    let unknown = DocumentId(uuid::Uuid::from_u128(99));
    let refused = asked(&case_as_it_is, unknown, wanted, AGENT);
    assert_eq!(refused, Err(ReuseRefusal::Unknown));
}

#[test]
fn nobody_accepted_the_papers_of_a_case_that_is_open_refused_or_granted_by_the_platform() {
    let open = Case::awaiting_decision();
    assert_eq!(again(&open, "MAT-BIZ"), Err(ReuseRefusal::NotAccepted));

    let mut refused = Case::awaiting_decision();
    refused.claims(&decider()).unwrap();
    refused.decides(&decider(), Outcome::Refuse).unwrap();
    assert_eq!(again(&refused, "MAT-BIZ"), Err(ReuseRefusal::NotAccepted));

    let case = granted();
    let mut by_the_platform = case.state().clone();
    by_the_platform.handling.decided_by = None;
    let wanted = material(builders::item(), "MAT-BIZ");
    let of = document(&case, "MAT-BIZ");
    let refused = asked(&earlier(&case, &by_the_platform), of, wanted, AGENT);
    assert_eq!(refused, Err(ReuseRefusal::NotAccepted));
}

#[test]
fn papers_on_which_a_revoked_grant_rested_are_not_trusted_and_those_of_one_given_up_are() {
    use domain::application::Stage;
    let case = granted();
    let wanted = material(builders::item(), "MAT-BIZ");
    let of = document(&case, "MAT-BIZ");
    let at_stage = |stage| {
        let mut state = case.state().clone();
        state.stage = stage;
        asked(&earlier(&case, &state), of, wanted, AGENT)
    };
    assert_eq!(at_stage(Stage::Revoked), Err(ReuseRefusal::Revoked));
    assert!(at_stage(Stage::Cancelled).is_ok());
    assert!(at_stage(Stage::Rescinded).is_ok());
}

#[test]
fn what_is_erased_or_only_stored_is_not_used_again() {
    let case = granted();
    let withheld = EarlierCase {
        withheld: true,
        ..earlier(&case, case.state())
    };
    let wanted = material(builders::item(), "MAT-BIZ");
    let refused = asked(&withheld, document(&case, "MAT-BIZ"), wanted, AGENT);
    assert_eq!(refused, Err(ReuseRefusal::Withheld));
}

#[test]
fn an_agents_identity_document_is_used_again_by_the_same_agent_only() {
    let item = item_with(|item| {
        let material = item.materials.iter_mut();
        let mut legal = material.filter(|material| material.code.as_str() == "MAT-LEGAL-ID");
        legal.next().unwrap().kind = Some("agent_id".to_owned().try_into().unwrap());
    });
    let mut case = Case::under_review_of(item);
    case.recommends(&reviewer(), Outcome::Grant).unwrap();
    case.claims(&decider()).unwrap();
    case.decides(&decider(), Outcome::Grant).unwrap();
    let wanted = material(item, "MAT-LEGAL-ID");
    let of = document(&case, "MAT-LEGAL-ID");
    let by = |person| {
        let who = (DECIDED, person, "91140100XXX1000286");
        asked(&earlier(&case, case.state()), of, wanted, who)
    };
    assert!(by("agent").is_ok());
    assert_eq!(by("another-agent"), Err(ReuseRefusal::AnotherAgent));
}

#[test]
fn a_paper_that_was_itself_used_again_does_not_live_longer_by_it() {
    let first = granted();
    let mut second = granted();
    let reused = again(&first, "MAT-BIZ").unwrap();
    let paper = second.papers.papers.get_mut(&code("MAT-BIZ")).unwrap();
    paper.reused = Some(reused);
    assert_eq!(again(&second, "MAT-BIZ"), Err(ReuseRefusal::NotTheOriginal));
    let events = second.events();
    let kept = catalogue::kept(events, second.state(), second.item, &second.papers);
    let kinds: Vec<_> = kept.iter().filter_map(kind).collect();
    assert!(!kinds.contains(&"business_licence"), "{kinds:?}");
}

#[test]
fn a_material_that_takes_pdf_only_takes_no_picture_again() {
    let mut case = granted();
    let paper = case.papers.papers.get_mut(&code("MAT-PREMISES")).unwrap();
    paper.media_type = MediaType::Jpeg;
    assert_eq!(
        again(&case, "MAT-PREMISES"),
        Err(ReuseRefusal::FormatNotAccepted)
    );
}

fn kind(entry: &domain::reuse::WalletEntry) -> Option<&str> {
    match &entry.kept {
        Kept::Paper { kind, .. } => Some(kind.as_str()),
        Kept::Certificate => None,
    }
}

#[test]
fn a_grant_leaves_its_papers_in_the_wallet_and_nothing_else_does() {
    let case = granted();
    let (last, before) = case.events().split_last().unwrap();
    let kept_of = |events: &[_]| catalogue::kept(events, case.state(), case.item, &case.papers);
    assert!(kept_of(before).is_empty());
    let kept = kept_of(std::slice::from_ref(last));
    let kinds: Vec<_> = kept.iter().filter_map(kind).collect();
    assert_eq!(
        kinds,
        [
            "business_licence",
            "fire_safety_opinion",
            "legal_representative_id",
            "premises_proof"
        ]
    );
    // No item asks for the hotel licence.
    assert_eq!(kept.len(), kinds.len());
}

/// A security company that was granted its licence, and the material of another item that asks for it.
fn licence() -> (Case, &'static Material) {
    let code = "PSB-APR-008".parse().unwrap();
    let item = item_with(|item| {
        item.code = code;
        item.result.validity_months = Some(12);
    });
    let mut case = Case::under_review_of(item);
    case.recommends(&reviewer(), Outcome::Grant).unwrap();
    case.claims(&decider()).unwrap();
    case.decides(&decider(), Outcome::Grant).unwrap();
    let asking = catalogue::item_version(&"PSB-APR-010".parse().unwrap(), 1).unwrap();
    (case, material(asking, "MAT-SEC-LIC"))
}

fn certificate(
    case: &Case,
    application: &Application,
    wanted: &Material,
    (today, person, enterprise): (Date, &str, &str),
) -> Result<Certificate, ReuseRefusal> {
    let person = PersonId::try_from(person.to_owned()).unwrap();
    let enterprise = Uscc::parse(enterprise).unwrap();
    let wanted = Wanted {
        material: wanted,
        enterprise: &enterprise,
        person: &person,
        today,
        kind: catalogue::material_kind,
    };
    earlier(case, application).certificate(&wanted)
}

#[test]
fn a_licence_that_the_platform_granted_is_shown_by_its_case_until_it_ends() {
    use domain::application::Stage;
    let (case, wanted) = licence();
    let shown = certificate(&case, case.state(), wanted, AGENT).unwrap();
    assert_eq!(shown.application, case.state().number);
    assert_eq!(shown.valid_until, Some(date(2027, 11, 22)));
    let kept = catalogue::kept(case.events(), case.state(), case.item, &case.papers);
    assert!(kept.iter().any(|entry| entry.kept == Kept::Certificate));

    let on = |day| certificate(&case, case.state(), wanted, (day, AGENT.1, AGENT.2));
    assert!(on(date(2027, 11, 22)).is_ok());
    let ended = Err(ReuseRefusal::RanOut(date(2027, 11, 22)));
    assert_eq!(on(date(2027, 11, 23)), ended);

    for stage in [
        Stage::Revoked,
        Stage::Rescinded,
        Stage::Cancelled,
        Stage::Refused,
    ] {
        let mut state = case.state().clone();
        state.stage = stage;
        let refused = certificate(&case, &state, wanted, AGENT);
        assert_eq!(refused, Err(ReuseRefusal::NotInForce), "{stage:?}");
    }
    let other = (DECIDED, "agent", "91140300XXX1000521");
    let refused = certificate(&case, case.state(), wanted, other);
    assert_eq!(refused, Err(ReuseRefusal::Unknown));
    let business_licence = material(builders::item(), "MAT-BIZ");
    let refused = certificate(&case, case.state(), business_licence, AGENT);
    assert_eq!(refused, Err(ReuseRefusal::AnotherKind));
}

/// Every paper of the hotel, but a certificate for its fire-safety opinion.
fn with_a_certificate() -> Manifest {
    let (case, wanted) = licence();
    let shown = certificate(&case, case.state(), wanted, AGENT).unwrap();
    manifest(PaperState::Clean).with_certificate(code("MAT-FIRE"), shown)
}

#[test]
fn a_certificate_makes_an_application_complete_and_its_event_names_the_case() {
    let papers = with_a_certificate();
    assert!(!papers.papers.contains_key(&code("MAT-FIRE")));
    assert_eq!(papers.faults(builders::item()), []);
    let checks = completeness(builders::item(), &papers);
    assert!(
        checks
            .iter()
            .all(|check| check.outcome == CheckOutcome::Passed)
    );

    let events = Case::submit(&papers).unwrap();
    let Event::Submitted(submitted) = &events[0] else {
        panic!("{events:?}");
    };
    let named = submitted.papers.iter().find_map(|filed| match filed {
        Filed::Certificate { material, .. } => Some(material.as_str()),
        Filed::Paper { .. } => None,
    });
    assert_eq!(named, Some("MAT-FIRE"));

    // A paper that is uploaded after all comes before it.
    let mut both = papers.clone();
    let paper = manifest(PaperState::Clean).papers[&code("MAT-FIRE")].clone();
    both.papers.insert(code("MAT-FIRE"), paper);
    assert_eq!(both.certificate(&code("MAT-FIRE")), None);
}

#[test]
fn what_ran_out_while_the_draft_lay_there_is_not_handed_in() {
    let ran_out = |papers: &Manifest, material: &str| {
        let faults = vec![(code(material), PaperFault::RanOut)];
        assert_eq!(Case::submit(papers), Err(Refusal::Papers(faults)));
    };
    let mut papers = with_a_certificate();
    let shown = papers.certificates.get_mut(&code("MAT-FIRE")).unwrap();
    shown.valid_until = Some(date(2026, 11, 22));
    ran_out(&papers, "MAT-FIRE");

    let mut papers = manifest(PaperState::Clean);
    let mut reused = again(&granted(), "MAT-BIZ").unwrap();
    reused.usable_until = date(2026, 11, 22);
    papers.papers.get_mut(&code("MAT-BIZ")).unwrap().reused = Some(reused);
    ran_out(&papers, "MAT-BIZ");
}

#[test]
fn what_ran_out_after_it_was_handed_in_is_no_obstacle_unless_it_was_asked_for() {
    let supplemented = |asked_for: &str| {
        let mut papers = manifest(PaperState::Clean);
        let mut reused = again(&granted(), "MAT-BIZ").unwrap();
        reused.usable_until = DECIDED;
        papers.papers.get_mut(&code("MAT-BIZ")).unwrap().reused = Some(reused);
        let mut case = Case::submitted_with(papers);
        case.claims(&intake()).unwrap();
        let demands = vec![Demand::Material {
            material: code(asked_for),
        }];
        let notice = Command::RequireCorrection(RequireCorrection {
            demands,
            explanation: text(),
        });
        case.act(&acting(&intake()), &notice).unwrap();
        let supplement = Command::Supplement(Supplement {
            quantities: None,
            rows: None,
            form: None,
            manifest: case.papers.clone(),
        });
        let next_day = case.at("2026-11-24T10:00:00+08:00");
        next_day.act(&agent(), &supplement)
    };
    assert_eq!(supplemented("MAT-FIRE"), Ok(()));
    let faults = vec![(code("MAT-BIZ"), PaperFault::RanOut)];
    assert_eq!(supplemented("MAT-BIZ"), Err(Refusal::Papers(faults)));
}

#[test]
fn a_manifest_and_an_event_of_before_are_read_as_they_were() {
    let stored = serde_json::to_value(manifest(PaperState::Clean)).unwrap();
    assert_eq!(stored.as_object().unwrap().len(), 1, "{stored}");
    let read: Manifest = serde_json::from_value(stored).unwrap();
    assert_eq!(read, manifest(PaperState::Clean));
    let filed = serde_json::json!({
        "material": "MAT-FIRE", "document": uuid::Uuid::from_u128(1), "sha256": "0".repeat(64),
    });
    let read: Filed = serde_json::from_value(filed.clone()).unwrap();
    assert!(matches!(
        read,
        Filed::Paper {
            reused_from: None,
            ..
        }
    ));
    assert_eq!(serde_json::to_value(read).unwrap(), filed);
}

#[test]
fn an_officer_who_only_accepted_has_not_accepted_the_papers_for_good() {
    let mut case = Case::submitted();
    case.claims(&intake()).unwrap();
    case.accepts(&intake()).unwrap();
    assert_eq!(again(&case, "MAT-BIZ"), Err(ReuseRefusal::NotAccepted));
    let withdrawn = Command::Withdraw(domain::application::Withdraw { reason: None });
    case.act(&builders::agent(), &withdrawn).unwrap();
    assert_eq!(again(&case, "MAT-BIZ"), Err(ReuseRefusal::NotAccepted));
}
