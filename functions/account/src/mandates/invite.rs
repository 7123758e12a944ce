//! `POST /v1/enterprises/{uscc}/mandates`: somebody is invited to act for an enterprise.

use std::collections::BTreeSet;

use axum::extract::State;
use domain::enterprise::Invite;
use domain::instant::Instant;
use domain::item::ItemCode;
use domain::mandate::{Coverage, Role};
use domain::search::SearchTerm;
use domain::words::Words;
use http::StatusCode;
use jiff::civil::Date;
use serde::Deserialize;
use utoipa::ToSchema;
use web::documentation::{AgentHeaders, AnyProblem, CallerProblem, CommandProblem};
use web::path::Path;
use web::{Code, Command, InputError, Problem, Reply, search_term};

use super::MandateBody;
use crate::act::{Intent, act, length_fault, new_mandate, refused};
use crate::app::App;

/// Who is invited, and to what.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct InviteRequest {
    /// The resident identity number (GB 11643) of who is invited; this or `mobile`.
    #[serde(default)]
    resident_id: Option<String>,
    /// The mobile number of who is invited; this or `resident_id`.
    #[serde(default)]
    mobile: Option<String>,
    /// As what; the legal representative is one by the register.
    role: Role,
    /// The codes of the items it covers, 1 to 100; all without it.
    #[serde(default)]
    #[schema(value_type = Option<Vec<String>>, example = json!(["PSB-APR-004"]))]
    items: Option<Vec<ItemCode>>,
    /// The first day on which it holds; today without it.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = Date)]
    from: Option<Date>,
    /// The last day; until withdrawn without it.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = Date)]
    to: Option<Date>,
}

/// Invite somebody to act for the enterprise
///
/// They are named by identity number or mobile number, of which only a keyed hash is kept, and find the
/// invitation when they log in. It can be accepted for 14 days.
#[utoipa::path(
    post,
    path = "/v1/enterprises/{uscc}/mandates",
    tag = "account",
    params(("uscc" = String, Path, description = "Its unified social credit code"), AgentHeaders),
    request_body = InviteRequest,
    responses((status = 201, body = MandateBody), AnyProblem, CallerProblem, CommandProblem),
    security(("person" = []))
)]
pub(crate) async fn invite(
    State(app): State<App>,
    Path(uscc): Path<String>,
    command: Command<InviteRequest>,
) -> Result<Reply, Problem> {
    let uscc = web::path::uscc(&uscc)?;
    let id = new_mandate(&uscc);
    act(
        &app,
        &uscc,
        &command,
        async |file, context| {
            let body = &command.body;
            let term = checked(body, context.now)?;
            let invite = Invite {
                id: id.clone(),
                role: body.role,
                items: coverage(body.items.as_deref()),
                from: body.from.unwrap_or_else(|| context.now.date()),
                to: body.to,
            };
            let events = invite.decide(&file.household, context).map_err(refused)?;
            let invitee = app.vault.search_hash(&term).await?.to_string();
            let mut open = file.household.invitations.iter();
            let again = open.any(|one| {
                let same = one.invitee.as_ref() == Some(&invitee);
                same && one.answered.is_none() && context.now < one.expires_at
            });
            if again {
                return Err(Problem::new(Code::AlreadyInvited));
            }
            Ok(Intent {
                events,
                invitee: Some(invitee),
            })
        },
        |after, now| {
            let mut invitations = after.invitations.iter();
            let invitation = invitations.find(|invitation| invitation.id == id);
            let body = invitation.and_then(|invitation| MandateBody::offered(invitation, now));
            Reply::new(StatusCode::CREATED, &body)
        },
    )
    .await
}

/// The items, each once; all where none are named.
fn coverage(items: Option<&[ItemCode]>) -> Coverage {
    let Some(items) = items else {
        return Coverage::All;
    };
    let mut seen = BTreeSet::new();
    let each_once = items.iter().filter(|item| seen.insert(*item));
    Coverage::Only(each_once.copied().collect())
}

/// Who is invited; every fault of the request at once.
fn checked(request: &InviteRequest, now: Instant) -> Result<SearchTerm, Problem> {
    let today = now.date();
    let mut errors = Vec::new();
    let (resident_id, mobile) = (&request.resident_id, &request.mobile);
    let term = match search_term::exactly_one(resident_id.as_deref(), mobile.as_deref(), today) {
        Ok(term) => Some(term),
        Err(faults) => {
            errors.extend(faults);
            None
        }
    };
    if request.role == Role::LegalRepresentative {
        let words = Words::new(
            "法定代表人以登记为准，不能邀请",
            "The register says who the legal representative is: nobody is invited to be",
        );
        errors.push(InputError::new("/role", "by_register_only", words));
    }
    let items = request.items.as_deref().unwrap_or_default();
    let too_many = length_fault("/items", items);
    // A list that is too long is not looked through.
    let looked_at = if too_many.is_some() { &[] } else { items };
    errors.extend(too_many);
    for (index, code) in looked_at.iter().enumerate() {
        if catalogue::item(code, today).is_none() {
            let words = Words::new("没有该事项", "There is no such item");
            let pointer = format!("/items/{index}");
            errors.push(InputError::new(pointer, "unknown_item", words));
        }
    }
    if request.items.as_ref().is_some_and(Vec::is_empty) {
        let words = Words::new(
            "请至少填写一个事项，或省略以覆盖全部事项",
            "Name one item at least, or leave it out to cover all",
        );
        errors.push(InputError::new("/items", "too_few", words));
    }
    let from = request.from.unwrap_or(today);
    if request.to.is_some_and(|last| last < from || last < today) {
        let words = Words::new(
            "结束日期不得早于开始日期和今天",
            "The last day may not lie before the first, or before today",
        );
        errors.push(InputError::new("/to", "ends_before_it_begins", words));
    }
    match term {
        Some(term) if errors.is_empty() => Ok(term),
        _ => Err(Problem::new(Code::InvalidValue).with_errors(errors)),
    }
}
