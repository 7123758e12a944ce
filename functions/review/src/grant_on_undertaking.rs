//! What an applicant undertook is granted at once, where every check passes (告知承诺).

use domain::application::{Actor, Command, Context, GrantOnUndertaking, Stage, decide, record};
use domain::ids::EventId;
use domain::review::{CheckOutcome, Report};
use platform::cases::{Case, Recording};
use platform::error::PlatformError;
use uuid::Uuid;

use crate::review_case::item_of;
use crate::{Review, ReviewError};

impl Review {
    /// Accepts and grants `case` where its applicant undertook to meet the conditions and `report` has
    /// nothing against it; else it waits for an officer. Tells whether it was granted.
    ///
    /// # Errors
    /// [`ReviewError::Commit`] where the case changed in between: the next look decides anew.
    pub(crate) async fn grant_on_undertaking(
        &self,
        case: &Case,
        report: &Report,
    ) -> Result<bool, ReviewError> {
        let (Some(state), Some(manifest)) = (&case.state, &case.manifest) else {
            return Ok(false);
        };
        let undertaken =
            state.body.stage == Stage::Submitted && state.body.on_undertaking.is_some();
        if !undertaken || report.outcome() != CheckOutcome::Passed {
            return Ok(false);
        }
        let item = item_of(&state.body)?;
        let actor = Actor::System {
            task: "review".to_owned(),
        };
        let context = Context {
            now: case.now,
            actor: &actor,
            item,
            calendar: catalogue::calendar(),
        };
        let command = Command::GrantOnUndertaking(GrantOnUndertaking {
            manifest: manifest.body.clone(),
        });
        let events = match decide(&state.body, &command, &context) {
            Ok(events) => events,
            Err(refusal) => {
                tracing::info!(function = "review", number = %case.number, %refusal, "not granted on undertaking");
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
            texts: Vec::new(),
            manifest: Some(manifest.version),
            form: None,
            notices: catalogue::notices(&events, &after, item, rand::random),
            served: None,
            kept: catalogue::kept(&events, &after, item, &manifest.body),
        };
        self.cases.record(recording, None).await?;
        Ok(true)
    }
}
