//! What every check passes is granted at once, where the item allows it: instantly (即时办结), or on what
//! the applicant undertook (告知承诺).

use std::fmt::Write as _;

use domain::application::{
    Actor, Application, Command, Context, GrantInstantly, GrantOnUndertaking, Stage, decide, record,
};
use domain::ids::EventId;
use domain::item::{AutoReview, ServiceItem};
use domain::manifest::Manifest;
use domain::review::{CheckKind, CheckOutcome, Report};
use platform::cases::{Case, NewText, Recording};
use platform::error::PlatformError;
use uuid::Uuid;

use crate::review_case::item_of;
use crate::{Review, ReviewError};

impl Review {
    /// Accepts and grants `case` where the machine may and `report` has nothing against it; else it
    /// waits for an officer. Tells whether it was granted. What was left of a quantity must still be left.
    ///
    /// # Errors
    /// [`ReviewError::NotCommitted`] where the case changed in between: the next look decides anew.
    pub(crate) async fn grant(
        &self,
        case: &Case,
        report: &Report,
        drawn: Option<u64>,
    ) -> Result<bool, ReviewError> {
        let (Some(state), Some(manifest)) = (&case.state, &case.manifest) else {
            return Ok(false);
        };
        if state.body.stage != Stage::Submitted || report.outcome() != CheckOutcome::Passed {
            return Ok(false);
        }
        let item = item_of(&state.body)?;
        let Some((command, texts)) = self
            .command(case, &state.body, &manifest.body, report, item)
            .await?
        else {
            return Ok(false);
        };
        let actor = Actor::System {
            task: "review".to_owned(),
        };
        let context = Context {
            now: case.now,
            actor: &actor,
            item,
            calendar: catalogue::calendar(),
        };
        let events = match decide(&state.body, &command, &context) {
            Ok(events) => events,
            Err(refusal) => {
                tracing::info!(function = "review", number = %case.number, %refusal, "not granted by the machine");
                return Ok(false);
            }
        };
        let ids = || EventId(Uuid::now_v7());
        let before = Some(&state.body);
        let (events, after) = record(before, &case.number, events, case.now, &actor, ids)
            .map_err(|fault| PlatformError::Corrupt(fault.to_string()))?;
        let recording = Recording {
            before: state.version,
            after: &after,
            events: &events,
            texts,
            rows: None,
            manifest: Some(manifest.version),
            form: None,
            notices: catalogue::notices(&events, &after, item, rand::random),
            served: None,
            kept: catalogue::kept(&events, &after, item, &manifest.body),
            drawn,
        };
        self.cases.record(recording, None).await?;
        Ok(true)
    }

    /// The command by which the machine grants `state`, with the text of its reasons; none where it is
    /// for a person to decide.
    async fn command(
        &self,
        case: &Case,
        state: &Application,
        manifest: &Manifest,
        report: &Report,
        item: &ServiceItem,
    ) -> Result<Option<(Command, Vec<NewText>)>, ReviewError> {
        let manifest = manifest.clone();
        if state.on_undertaking.is_some() {
            let command = Command::GrantOnUndertaking(GrantOnUndertaking { manifest });
            return Ok(Some((command, Vec::new())));
        }
        if item.auto_review != AutoReview::Instant {
            return Ok(None);
        }
        let key = self.cases.data_key(case).await?;
        // The grant comes after the acceptance, and the reasons lie with the grant.
        let reasons = case.seal_text(&key, state.version + 2, &trace(report))?;
        let command = Command::GrantInstantly(GrantInstantly {
            manifest,
            reasons: reasons.sealed.digest(),
        });
        Ok(Some((command, vec![reasons])))
    }
}

/// The reasons of an instant grant: every rule, and that it holds.
fn trace(report: &Report) -> String {
    let checks = report.checks.len();
    let mut text = format!("系统自动核查{checks}项，全部通过，即时办结。规则核查结果：");
    let rules = report.checks.iter();
    for rule in rules.filter(|check| check.kind == CheckKind::Rule) {
        let _ = write!(text, "\n{}：{}", rule.subject, rule.reason.zh);
    }
    text
}
