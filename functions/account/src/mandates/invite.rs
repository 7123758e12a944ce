//! `POST /v1/enterprises/{uscc}/mandates`: somebody is invited to act for an enterprise.

use axum::extract::State;
use domain::enterprise::Invite;
use domain::identifiers::{MobileNumber, ResidentId};
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
use web::{Code, Command, InputError, Problem, Reply};

use super::MandateBody;
use crate::act::{Intent, act, new_mandate, refused};
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
    /// The codes of the items it covers; all without it.
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
                items: body.items.clone().map_or(Coverage::All, Coverage::Only),
                from: body.from.unwrap_or_else(|| context.now.date()),
                to: body.to,
            };
            let events = invite.decide(&file.household, context).map_err(refused)?;
            let invitee = app.vault.search_hash(&term).await?.to_string();
            let mut open = file.household.invitations.iter();
            let again = open.any(|one| {
                one.invitee == invitee && one.answered.is_none() && context.now < one.expires_at
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

/// Who is invited; every fault of the request at once.
fn checked(request: &InviteRequest, now: Instant) -> Result<SearchTerm, Problem> {
    let today = now.date();
    let mut errors = Vec::new();
    let term = match (&request.resident_id, &request.mobile) {
        (Some(number), None) => match ResidentId::parse(number, today) {
            Ok(number) => Some(SearchTerm::ResidentId(number)),
            Err(fault) => {
                let words = Words::new(fault.message_zh(), fault.message_en());
                errors.push(InputError::new("/resident_id", fault.code(), words));
                None
            }
        },
        (None, Some(number)) => match MobileNumber::parse(number) {
            Ok(number) => Some(SearchTerm::Mobile(number)),
            Err(fault) => {
                let words = Words::new(fault.message_zh(), fault.message_en());
                errors.push(InputError::new("/mobile", fault.code(), words));
                None
            }
        },
        _ => {
            let words = Words::new(
                "请填写身份证号或手机号其中一项",
                "Give either the resident identity number or the mobile number",
            );
            errors.push(InputError::new("/resident_id", "one_of_two", words));
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
    for (index, code) in request.items.iter().flatten().enumerate() {
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
