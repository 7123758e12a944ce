//! `POST /v1/enterprises`: the legal representative registers an enterprise or public institution.

use axum::extract::State;
use domain::application::Actor;
use domain::enterprise::{Context, Refusal, Register, Registry, Standing};
use domain::identifiers::Uscc;
use domain::instant::Instant;
use domain::words::Words;
use http::StatusCode;
use platform::accounts::EnterpriseFile;
use platform::registers::EnterpriseRegister as _;
use serde::Deserialize;
use utoipa::ToSchema;
use web::documentation::{AnyProblem, CallerProblem, CommandProblem, PersonHeaders};
use web::{Code, Command, InputError, Problem, Reply};

use super::EnterpriseBody;
use crate::act::{
    Changed, commit, follow, goes_again, lost, new_mandate, permit_enterprise, refused,
};
use crate::app::App;

/// Which enterprise is registered.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RegisterRequest {
    /// Its unified social credit code (GB 32100).
    #[schema(example = "91140105XXX100095C")]
    uscc: String,
}

/// Register an enterprise
///
/// By its legal representative, whose identity the provider has proved by document (real-name level 2
/// or higher) and whom the enterprise register names. While the register is silent the registration
/// waits as `pending` and goes on by itself: nobody is refused for that. `Location` is then where the
/// claimant sees what becomes of it; else it is the enterprise.
#[utoipa::path(
    post,
    path = "/v1/enterprises",
    tag = "account",
    params(PersonHeaders),
    request_body = RegisterRequest,
    responses(
        (status = 201, body = EnterpriseBody, description = "The register confirmed it",
            headers(("Location", description = "The enterprise"))),
        (status = 202, body = EnterpriseBody, description = "It waits for the register",
            headers(("Location", description = "Where the claimant sees what becomes of it"))),
        AnyProblem, CallerProblem, CommandProblem
    ),
    security(("person" = []))
)]
pub(crate) async fn register_enterprise(
    State(app): State<App>,
    command: Command<RegisterRequest>,
) -> Result<Reply, Problem> {
    let uscc = &Uscc::parse(&command.body.uscc).map_err(|fault| {
        let words = Words::new(fault.message_zh(), fault.message_en());
        let error = InputError::new("/uscc", fault.code(), words);
        Problem::new(Code::InvalidValue).with_errors(vec![error])
    })?;
    let caller = &command.caller;
    let request = Some(&command.request);
    let mut attempt = 1;
    loop {
        let file = app
            .accounts
            .enterprise(uscc, &caller.principal, request)
            .await?;
        let actor = permit_enterprise(caller, &file)?;
        if let Some(repeat) = command.repeat_of(&file.asked.earlier)? {
            return Ok(repeat);
        }

        let context = Context {
            now: file.asked.now,
            actor: &actor,
        };
        let mut register = Register {
            real_name_level: caller.identity.real_name_level,
            registry: Registry::Silent,
            mandate: new_mandate(uscc),
        };
        // What is refused whatever the register says need not ask it.
        match register.decide(&file.household, &context) {
            // Whom it names gets in, however many wait.
            Ok(_) | Err(Refusal::TooManyClaimants) => {}
            Err(refusal) => return Err(told(refusal, &file, &actor)),
        }
        register.registry = app.register.entry(uscc).await;
        let events = register
            .decide(&file.household, &context)
            .map_err(refused)?;
        let changed = follow(&file, events, &actor, None)?;

        let reply = registered(&changed, context.now)?;
        let answering = Some((&command.request, reply.answer()));
        let committed = commit(&app, &file, &changed, answering).await;
        if !goes_again(&committed, attempt) {
            return command.settle(committed, reply, lost);
        }
        attempt += 1;
    }
}

/// The answer to who registered it: whether it is confirmed, and where to look.
fn registered(changed: &Changed, now: Instant) -> Result<Reply, Problem> {
    let enterprise = changed.enterprise()?;
    let (status, place) = match enterprise.standing {
        Standing::Pending => (StatusCode::ACCEPTED, "/claim"),
        Standing::Active | Standing::Suspended => (StatusCode::CREATED, ""),
    };
    let body = EnterpriseBody::of(enterprise, &changed.household.mandates, now);
    let reply = Reply::new(status, &body)?.with_version(enterprise.version);
    Ok(reply.with_location(format!(
        "/v1/enterprises/{}{place}",
        enterprise.uscc.as_str()
    )))
}

/// The problem that `refusal` is to `actor`, who may be the one who registered it.
fn told(refusal: Refusal, file: &EnterpriseFile, actor: &Actor) -> Problem {
    let problem = refused(refusal);
    let known = file.household.enterprise.as_ref();
    let holder = known.and_then(|enterprise| enterprise.legal_representative.as_ref());
    let Actor::Person { person, .. } = actor else {
        return problem;
    };
    if refusal == Refusal::AlreadyRegistered && holder == Some(person) {
        return problem.with_detail(Words::new(
            "您已是该企业的法定代表人，无需再次登记，可直接办理业务或邀请他人。",
            "You are its legal representative already: act for it, or invite others to.",
        ));
    }
    problem
}
