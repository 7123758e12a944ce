//! `POST /v1/application-searches`: an officer finds the unit's cases that name a person.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use domain::application::Actor;
use domain::ids::EventId;
use domain::instant::Instant;
use domain::policy::{Authority, Resource};
use domain::search::SearchTerm;
use domain::unit::UnitId;
use platform::audit::{self, AuditEntry, AuditedAction};
use platform::cases::Found;
use platform::vault::SearchHash;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use web::command::Question;
use web::documentation::{AnyProblem, CallerProblem, CommandProblem, ReadHeaders};
use web::{Code, Problem, search_term};

use crate::act::item_of;
use crate::app::App;
use crate::view::ApplicationBody;

const PATH: &str = "/v1/application-searches";

/// Whom to search for: exactly one of the two.
#[derive(Deserialize, ToSchema)]
#[schema(as = ApplicationSearch)]
#[serde(deny_unknown_fields)]
pub(crate) struct SearchRequest {
    /// A resident identity number (公民身份号码).
    #[serde(default)]
    #[schema(example = "14012219010203002X")]
    resident_id: Option<String>,
    /// A mobile number, with or without the country code.
    #[serde(default)]
    mobile: Option<String>,
}

/// The cases that name the person.
#[derive(Serialize, ToSchema)]
#[schema(as = FoundApplications)]
pub(crate) struct FoundBody {
    /// The newest of them by the day on which they were opened, 40 at the most.
    items: Vec<ApplicationBody>,
    /// Whether there may be older ones.
    more: bool,
}

/// Find the unit's applications that name a person
///
/// By a number that stood in the form when the application was submitted, whoever it belongs to: the
/// legal representative, a responsible person, the agent. Every search is recorded with who made it,
/// before it is answered; the number is not.
#[utoipa::path(
    post,
    path = "/v1/application-searches",
    tag = "approval",
    params(ReadHeaders),
    request_body = SearchRequest,
    responses((status = 200, body = FoundBody), AnyProblem, CallerProblem, CommandProblem),
    security(("officer" = []))
)]
pub(crate) async fn search(
    State(app): State<App>,
    question: Question<SearchRequest>,
) -> Result<Json<FoundBody>, Problem> {
    let caller = &question.caller;
    let standing = app.cases.standing(&caller.principal, None).await?;
    let authority = caller.authority(standing.authority.as_ref())?;
    let actor = caller.permit(authority, &Resource::NOTHING, standing.now)?;
    let Authority::Officer(officer) = authority else {
        return Err(Problem::new(Code::WrongSide));
    };

    let SearchRequest {
        resident_id,
        mobile,
    } = &question.body;
    let today = standing.now.date();
    let term = search_term::exactly_one(resident_id.as_deref(), mobile.as_deref(), today)
        .map_err(|errors| Problem::new(Code::InvalidValue).with_errors(errors))?;
    let hash = app.cases.vault().search_hash(&term).await?;
    let found = app.cases.found_by(&hash, &officer.unit).await?;
    let looked = look(&officer.unit, actor, &term, &hash, &found, standing.now);
    audit::record(app.cases.table(), &looked).await?;

    let items = found.cases.iter().map(|case| {
        let item = item_of(&case.body)?;
        Ok(ApplicationBody::application(&case.body, item))
    });
    Ok(Json(FoundBody {
        items: items.collect::<Result<_, Problem>>()?,
        more: found.more,
    }))
}

/// What the unit's audit keeps of the search. The number itself is not in it: two searches for the
/// same one can be told by the digest, which leads nowhere.
fn look(
    unit: &UnitId,
    actor: Actor,
    term: &SearchTerm,
    hash: &SearchHash,
    found: &Found,
    at: Instant,
) -> AuditEntry {
    let details = [
        ("kind", term.kind().as_str().to_owned()),
        ("hash_digest", hash.digest().to_string()),
        ("found", found.cases.len().to_string()),
    ];
    AuditEntry {
        id: EventId(Uuid::now_v7()),
        unit: unit.clone(),
        actor,
        action: AuditedAction::SearchByPerson,
        resource: PATH.to_owned(),
        at,
        details: BTreeMap::from(details.map(|(name, value)| (name.to_owned(), value))),
    }
}
