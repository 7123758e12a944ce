//! `POST /v1/api-keys`: a program of others gets a key.

use axum::extract::State;
use domain::api_key::{ApiKey, ApiKeyId};
use domain::instant::Instant;
use domain::policy::Authority;
use domain::words::Words;
use http::StatusCode;
use platform::api_keys::newly_given;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use web::documentation::{AnyProblem, CallerProblem, CommandProblem, OfficerCreationHeaders};
use web::{Code, Command, InputError, Problem, Reply};

use crate::act::{lost, officer_of, permit_unit, text_fault};
use crate::app::App;

/// For which program.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct GiveApiKeyRequest {
    /// The program and whose it is, 1 to 100 characters.
    #[schema(example = "市民随手拍")]
    name: String,
    /// Where the organisation is reached: its web address (`https://…`) or an e-mail address of its own,
    /// not of a person, 1 to 100 characters.
    #[schema(example = "https://example.org/contact")]
    contact: String,
}

/// A key just given.
#[derive(Clone, Serialize, ToSchema)]
#[schema(as = GivenApiKey)]
pub(crate) struct GivenApiKeyBody {
    /// Its number.
    #[schema(example = "KEY-7K3M9QX2RD4F")]
    id: String,
    /// The secret; the key is `id.secret`. No route takes a key yet, and no header for it is settled. It
    /// is shown this once: null in the answer to a repeat of the request.
    #[schema(example = "n4bQgYhMfWWaL-qgxVrQFaO_TxsrC4Is0V1sFbDwCgg")]
    secret: Option<String>,
    /// The unit that gave it.
    #[schema(example = "psb-140000")]
    unit: String,
    /// The program and whose it is.
    #[schema(example = "市民随手拍")]
    name: String,
    /// Where the organisation is reached.
    #[schema(example = "https://example.org/contact")]
    contact: String,
    /// When it was given.
    #[schema(value_type = String, format = DateTime)]
    registered_at: Instant,
}

/// Give a program a key
///
/// By an administrator of the province's unit. The answer shows the secret, and nothing ever shows it
/// again: only its digest is kept, in the record of the request too, whose repeat is answered with
/// `secret: null`. Whoever lost the answer withdraws the key and gives a new one. No route takes a key
/// yet: it is meant for requests of other programs (Open311), and which header is to carry it will be
/// said with the first route that does.
#[utoipa::path(
    post,
    path = "/v1/api-keys",
    tag = "account",
    params(OfficerCreationHeaders),
    request_body = GiveApiKeyRequest,
    responses(
        (status = 201, body = GivenApiKeyBody, headers(("Location", description = "Where the key is"))),
        AnyProblem, CallerProblem, CommandProblem
    ),
    security(("officer" = []))
)]
pub(crate) async fn give_api_key(
    State(app): State<App>,
    command: Command<GiveApiKeyRequest>,
) -> Result<Reply, Problem> {
    let (caller, body) = (&command.caller, &command.body);
    let request = Some(&command.request);
    let asked = app.accounts.standing(&caller.principal, request).await?;
    let Authority::Officer(officer) = caller.authority(asked.authority.as_ref())? else {
        return Err(Problem::new(Code::WrongSide));
    };
    let actor = permit_unit(caller, &asked, &officer.unit)?;
    if let Some(repeat) = command.repeat_of(&asked.earlier)? {
        return Ok(repeat);
    }

    check(body)?;
    let (stored, secret) = newly_given(ApiKey {
        id: ApiKeyId::new(rand::random()),
        unit: officer.unit.clone(),
        name: body.name.trim().to_owned(),
        contact: body.contact.trim().to_owned(),
        registered_at: asked.now,
        registered_by: officer_of(&actor)?,
        withdrawn: None,
    })?;
    let key = &stored.key;

    let remembered = GivenApiKeyBody {
        id: key.id.to_string(),
        secret: None,
        unit: key.unit.to_string(),
        name: key.name.clone(),
        contact: key.contact.clone(),
        registered_at: key.registered_at,
    };
    let shown = GivenApiKeyBody {
        secret: Some(secret.reveal()),
        ..remembered.clone()
    };
    let reply = |body| {
        let reply = Reply::new(StatusCode::CREATED, body)?.with_version(1);
        Ok::<_, Problem>(reply.with_location(format!("/v1/api-keys/{}", key.id)))
    };
    let (remembered, shown) = (reply(&remembered)?, reply(&shown)?);
    // What is remembered lies in the table for a day: the secret must not.
    let answering = Some((&command.request, remembered.answer()));
    let committed = app.accounts.commit_api_key(None, &stored, answering).await;
    command.settle(committed, shown, lost)
}

fn check(body: &GiveApiKeyRequest) -> Result<(), Problem> {
    let mut errors = Vec::new();
    errors.extend(text_fault("/name", &body.name));
    errors.extend(text_fault("/contact", &body.contact).or_else(|| contact_fault(&body.contact)));
    if errors.is_empty() {
        Ok(())
    } else {
        Err(Problem::new(Code::InvalidValue).with_errors(errors))
    }
}

/// What is wrong with a contact that is no address: a telephone number would be a person's more often
/// than not, and lies here in the clear.
fn contact_fault(contact: &str) -> Option<InputError> {
    let contact = contact.trim();
    let web = contact
        .strip_prefix("https://")
        .is_some_and(|rest| rest.contains('.'));
    let mail = contact
        .split_once('@')
        .is_some_and(|(mailbox, host)| !mailbox.is_empty() && host.contains('.'));
    let fits = (web || mail) && !contact.contains(char::is_whitespace);
    (!fits).then(|| {
        let words = Words::new(
            "请填写单位的网址（https://…）或公用邮箱",
            "Give a web address (https://...) or an e-mail address of the organisation",
        );
        InputError::new("/contact", "wrong_format", words)
    })
}
