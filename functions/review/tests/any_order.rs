//! The messages of a case come more than once and in any order with what its applicant does.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test stops at what is wrong"
)]

mod desk;

use desk::{registered_stage, review, reviewed, seals_submitted};
use domain::application::{Actor, Demand, Event, Refusal, Stage};
use domain::calendar::Due;
use domain::chain::Digest;
use domain::ids::{MaterialCode, OfficerId};
use domain::media::MediaType;
use platform::cases::Wanted;
use review::Review;
use support::Emulated;
use support::filing::Filing;

/// What happens to a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    /// The message of its submission is delivered.
    Message,
    /// A paper takes the place of one, and the notice is answered with it.
    Supplement,
    /// The applicant withdraws.
    Withdrawal,
}

/// Three deliveries, a supplement and a withdrawal in every order.
fn orders() -> Vec<[Step; 5]> {
    let mut orders = Vec::new();
    for supplement in 0..5 {
        for withdrawal in (0..5).filter(|&at| at != supplement) {
            let mut order = [Step::Message; 5];
            order[supplement] = Step::Supplement;
            order[withdrawal] = Step::Withdrawal;
            orders.push(order);
        }
    }
    orders
}

/// What is to come of an order of steps, as the rules of the procedure have it.
#[derive(Debug, PartialEq, Eq)]
struct Ending {
    stage: Stage,
    /// How many reports were written: one for each version of the papers that was reviewed.
    reports: u64,
    grants: usize,
}

fn expected(order: &[Step]) -> Ending {
    let (mut stage, mut reports, mut looked) = (Stage::CorrectionRequired, 0, false);
    for step in order {
        match (step, stage) {
            (Step::Message, Stage::CorrectionRequired | Stage::Submitted) => {
                reports += u64::from(!looked);
                looked = true;
                if stage == Stage::Submitted {
                    stage = Stage::Granted;
                }
            }
            (Step::Supplement, Stage::CorrectionRequired) => {
                (stage, looked) = (Stage::Submitted, false);
            }
            (Step::Withdrawal, Stage::CorrectionRequired | Stage::Submitted) => {
                stage = Stage::Withdrawn;
            }
            _ => {}
        }
    }
    let grants = usize::from(stage == Stage::Granted);
    Ending {
        stage,
        reports,
        grants,
    }
}

/// A case that passes every check and waits for the answer to a notice.
async fn sent_back(stage: &Emulated, index: usize) -> Filing<'_> {
    let number = format!("AP-20261123-7K3M9QX2RD{index:02}");
    let filing = seals_submitted(stage, &number, &format!("SL-{index}")).await;
    let officer = Actor::Officer {
        officer: OfficerId::try_from("intake-1".to_owned()).unwrap(),
        badge: "014001".to_owned(),
        unit: "psb-140105".to_owned().try_into().unwrap(),
    };
    let material = MaterialCode::try_from("MAT-POA".to_owned()).unwrap();
    let notice = Event::CorrectionRequired {
        demands: vec![Demand::Material { material }],
        explanation: Digest::of(b"sealed"),
        answer_by: Due {
            date: "2999-12-31".parse().unwrap(),
            provisional: false,
        },
    };
    filing.happens(&officer, vec![notice]).await;
    filing
}

async fn take(review: &Review, filing: &Filing<'_>, step: Step) {
    match step {
        Step::Message => reviewed(review, filing).await,
        Step::Supplement => {
            let stage = filing.case().await.state.unwrap().body.stage;
            if stage == Stage::CorrectionRequired {
                let bytes = format!("{} MAT-POA", filing.number.as_str()).into_bytes();
                let paper = filing.announce("MAT-POA", MediaType::Pdf, &bytes).await;
                filing.settle(&paper, &[]).await;
                filing.supplement().await.unwrap();
            } else {
                let refused = filing.supplement().await.unwrap_err();
                assert!(matches!(refused, Refusal::WrongStage { .. }), "{refused}");
            }
        }
        Step::Withdrawal => {
            let stage = filing.case().await.state.unwrap().body.stage;
            if stage.is_final() {
                let withdrawal = domain::application::Withdraw { reason: None };
                let command = domain::application::Command::Withdraw(withdrawal);
                filing.tries(command).await.unwrap_err();
            } else {
                filing.withdraw().await;
            }
        }
    }
}

async fn ending(filing: &Filing<'_>) -> Ending {
    let case = filing.case().await;
    let events = filing
        .stage()
        .cases()
        .events(&filing.number, None)
        .await
        .unwrap();
    let grants = events
        .iter()
        .filter(|told| matches!(told.recorded.event, Event::Granted { .. }));
    Ending {
        stage: case.state.unwrap().body.stage,
        reports: case.report.map_or(0, |report| report.version),
        grants: grants.count(),
    }
}

#[tokio::test]
async fn three_deliveries_in_any_order_with_supplement_and_withdrawal_decide_once() {
    let (stage, _register) = registered_stage().await;
    let review = review(&stage);
    let mut ends = Vec::new();
    for (index, order) in orders().iter().enumerate() {
        let filing = sent_back(&stage, index).await;
        for step in order {
            take(&review, &filing, *step).await;
        }
        let ended = ending(&filing).await;
        assert_eq!(ended, expected(order), "{order:?}");
        ends.push(ended.stage);

        // A message that comes once more finds nothing to do.
        reviewed(&review, &filing).await;
        assert_eq!(
            ending(&filing).await,
            expected(order),
            "{order:?}, once more"
        );
    }
    assert_eq!(ends.len(), 20);
    for stage in [Stage::Granted, Stage::Withdrawn] {
        assert!(ends.contains(&stage), "{stage:?}");
    }
}

#[tokio::test]
async fn three_deliveries_at_once_write_one_report_and_grant_once() {
    let (stage, _register) = registered_stage().await;
    let filing = seals_submitted(&stage, "AP-20261123-7K3M9QX2RD4F", "SL-1").await;
    let reviews = [review(&stage), review(&stage), review(&stage)];
    let [one, other, third] = &reviews;
    tokio::join!(
        reviewed(one, &filing),
        reviewed(other, &filing),
        reviewed(third, &filing)
    );
    let once = Ending {
        stage: Stage::Granted,
        reports: 1,
        grants: 1,
    };
    assert_eq!(ending(&filing).await, once);
    let case = stage.cases().load(&filing.number, Wanted::default()).await;
    let manifest = case.unwrap().manifest.unwrap().version;
    let report = filing.case().await.report.unwrap().body;
    assert_eq!(report.papers_version, manifest);
}
