//! Whatever officers and applicants try, in whatever order: no illegal state, every refusal with a
//! reason, and the events always replay to the state.
#![allow(clippy::unwrap_used, reason = "what a story is built from is right")]

mod builders;

use builders::{Case, acting, agent, officer};
use domain::application::{
    Accept, Application, Claim, Command, Decision, Outcome, Recommend, Release, Stage, Withdraw,
};
use domain::chain::Digest;
use domain::officer::{Officer, Post};
use proptest::prelude::*;

#[derive(Clone, Copy, Debug)]
enum Attempt {
    Claim,
    Release,
    Accept,
    Recommend(bool),
    Decide { grant: bool, reasons: bool },
    Withdraw,
}

fn attempts() -> impl Strategy<Value = Vec<(usize, Attempt)>> {
    let attempt = prop_oneof![
        6 => Just(Attempt::Claim),
        1 => Just(Attempt::Release),
        4 => Just(Attempt::Accept),
        4 => any::<bool>().prop_map(Attempt::Recommend),
        4 => any::<(bool, bool)>().prop_map(|(grant, reasons)| Attempt::Decide { grant, reasons }),
        1 => Just(Attempt::Withdraw),
    ];
    // Actors 0 to 4 are officers, 5 is the applicant.
    prop::collection::vec((0_usize..6, attempt), 0..60)
}

fn officers() -> [Officer; 5] {
    let all = [Post::Intake, Post::Reviewer, Post::Decider];
    [
        officer("intake", &[Post::Intake]),
        officer("reviewer", &[Post::Reviewer]),
        officer("decider", &[Post::Decider]),
        officer("jack", &all),
        officer("jill", &all),
    ]
}

fn outcome(grant: bool) -> Outcome {
    if grant {
        Outcome::Grant
    } else {
        Outcome::Refuse
    }
}

/// The steps of the procedure, in the order in which they can be reached.
fn rank(stage: Stage) -> u8 {
    match stage {
        Stage::Submitted => 0,
        Stage::Accepted => 1,
        Stage::UnderReview => 2,
        Stage::AwaitingDecision => 3,
        Stage::Granted | Stage::Refused | Stage::Withdrawn => 4,
    }
}

proptest! {
    #[test]
    fn no_illegal_state_is_reached(attempts in attempts()) {
        let officers = officers();
        let mut case = Case::submitted();
        for (who, attempt) in attempts {
            let (actor, posts) = match officers.get(who) {
                Some(officer) => (acting(officer), officer.posts.clone()),
                None => (agent(), Vec::new()),
            };
            let command = match attempt {
                Attempt::Claim => Command::Claim(Claim { posts }),
                Attempt::Release => Command::Release(Release),
                Attempt::Accept => Command::Accept(Accept { manifest: case.papers.clone() }),
                Attempt::Recommend(grant) => Command::Recommend(Recommend {
                    outcome: outcome(grant),
                    opinion: Digest::of(b"opinion"),
                }),
                Attempt::Decide { grant, reasons } => Command::Decide(Decision {
                    outcome: outcome(grant),
                    reasons: reasons.then(|| Digest::of(b"reasons")),
                }),
                Attempt::Withdraw => Command::Withdraw(Withdraw { reason: None }),
            };
            let before = case.state().clone();
            let refused = case.act(&actor, &command).is_err();
            let after = case.state();

            if refused {
                prop_assert_eq!(&before, after, "a refusal changes nothing");
            }
            prop_assert!(after.version >= before.version);
            prop_assert!(before.stage.is_final() <= (before == *after), "an ended case stays");
            let step_back = (before.stage, after.stage) == (Stage::UnderReview, Stage::Accepted);
            prop_assert!(rank(after.stage) >= rank(before.stage) || step_back);

            let hands = &after.handling;
            let taken: Vec<_> = [&hands.accepted_by, &hands.reviewed_by, &hands.decided_by]
                .into_iter()
                .flatten()
                .collect();
            let mut distinct = taken.clone();
            distinct.sort();
            distinct.dedup();
            prop_assert_eq!(taken.len(), distinct.len(), "one person, one step");
            let decided = matches!(after.stage, Stage::Granted | Stage::Refused);
            prop_assert_eq!(decided, hands.decided_by.is_some() && after.decided_at.is_some());
            prop_assert!(!decided || (hands.accepted_by.is_some() && hands.reviewed_by.is_some()));
            prop_assert!(!after.stage.is_final() || after.claim.is_none());
        }
        prop_assert_eq!(Application::replay(case.events()), Ok(case.state().clone()));
    }
}
