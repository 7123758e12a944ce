//! `GET /v1/enterprises/{uscc}/claim`: what became of one's claim to be its legal representative.

use axum::extract::State;
use domain::enterprise::{Claim, ClaimAnswer, TurnedAway};
use domain::instant::Instant;
use domain::policy::Resource;
use domain::words::Words;
use http::StatusCode;
use serde::Serialize;
use utoipa::ToSchema;
use web::documentation::{AnyProblem, CallerProblem};
use web::path::Path;
use web::{Caller, Code, Problem, Reply};

use crate::app::App;

/// How a claim stands.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ClaimState {
    /// The register has not answered yet; it is asked again by itself.
    Waiting,
    /// The register named the claimant.
    Confirmed,
    /// It did not.
    TurnedAway,
}

/// A claim to be the legal representative of an enterprise. It shows nothing of who else claims it.
#[derive(Serialize, ToSchema)]
#[schema(as = EnterpriseClaim)]
pub(crate) struct ClaimBody {
    /// The enterprise's unified social credit code.
    #[schema(example = "91140105XXX100095C")]
    enterprise: String,
    /// How it stands.
    state: ClaimState,
    /// When it was made.
    #[schema(value_type = String, format = DateTime)]
    made_at: Instant,
    /// When it was answered; null while it waits.
    #[schema(value_type = Option<String>, format = DateTime)]
    answered_at: Option<Instant>,
    /// The stable code of why the claimant was turned away; null otherwise, and where it was not kept.
    #[schema(example = "not_the_legal_representative")]
    reason: Option<String>,
    /// How it stands, in words.
    words: Words,
    /// What to do next.
    next_step: Words,
}

impl From<&Claim> for ClaimBody {
    fn from(claim: &Claim) -> Self {
        let (state, reason) = match claim.answer {
            None => (ClaimState::Waiting, None),
            Some(ClaimAnswer::Confirmed { .. }) => (ClaimState::Confirmed, None),
            Some(ClaimAnswer::TurnedAway { reason, .. }) => {
                (ClaimState::TurnedAway, reason.map(code_of))
            }
        };
        let (words, next_step) = said(state, reason);
        Self {
            enterprise: claim.enterprise.as_str().to_owned(),
            state,
            made_at: claim.made_at,
            answered_at: claim.answer.map(ClaimAnswer::at),
            reason: reason.map(|code| code.as_str().to_owned()),
            words,
            next_step,
        }
    }
}

impl ClaimBody {
    /// Whether there is still something to do about it, or to wait for.
    pub(crate) fn is_open(&self) -> bool {
        self.state != ClaimState::Confirmed
    }
}

/// The code with which the same is told to who asks while the register answers.
fn code_of(reason: TurnedAway) -> Code {
    match reason {
        TurnedAway::NotInRegister => Code::NotInRegister,
        TurnedAway::NoLongerInBeing => Code::NoLongerInBeing,
        TurnedAway::NotTheLegalRepresentative => Code::NotTheLegalRepresentative,
    }
}

/// How a claim stands and what to do next.
fn said(state: ClaimState, reason: Option<Code>) -> (Words, Words) {
    match (state, reason) {
        (_, Some(code)) => (code.title(), code.detail()),
        (ClaimState::Waiting, None) => {
            let waits = Code::RegistrationPending;
            (waits.title(), waits.detail())
        }
        (ClaimState::Confirmed, None) => (
            Words::new(
                "企业登记已核验通过",
                "The register confirmed the registration",
            ),
            Words::new(
                "您可以法定代表人身份办理业务，或邀请他人办理。",
                "Act as its legal representative, or invite others to act for it.",
            ),
        ),
        (ClaimState::TurnedAway, None) => (
            Words::new(
                "企业登记未通过核验",
                "The register did not confirm the registration",
            ),
            Words::new(
                "请核对登记信息后重新登记，或拨打 12345 咨询。",
                "Check what the register says and register it again, or call 12345.",
            ),
        ),
    }
}

/// See what became of one's registration of an enterprise
///
/// For who registered it: it waits for the register, was confirmed, or was turned away with the reason
/// and what to do next. An answer can be looked up for 90 days.
#[utoipa::path(
    get,
    path = "/v1/enterprises/{uscc}/claim",
    tag = "account",
    params(("uscc" = String, Path, description = "Its unified social credit code")),
    responses((status = 200, body = ClaimBody), AnyProblem, CallerProblem),
    security(("person" = []))
)]
pub(crate) async fn read_claim(
    State(app): State<App>,
    Path(uscc): Path<String>,
    caller: Caller,
) -> Result<Reply, Problem> {
    let uscc = web::path::uscc(&uscc)?;
    let file = app.accounts.claim(&uscc, &caller.principal).await?;
    let authority = caller.authority(file.asked.authority.as_ref())?;
    caller.permit(authority, &Resource::NOTHING, file.asked.now)?;
    let claim = file.claim.as_ref();
    let claim = claim.ok_or_else(|| Problem::new(Code::NotFound))?;
    Reply::new(StatusCode::OK, &ClaimBody::from(claim))
}
