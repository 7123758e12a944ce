//! `…/authorize`: the page on which a ready person is chosen, and the code that comes of it.

use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use domain::words::Words;
use web::Problem;

use super::code::Login;
use super::login_request::{LoginRequest, Refused};
use super::parameters::Parameters;
use super::{Provider, page};
use crate::Sandbox;

/// `GET`: asks who is logging in.
pub(super) async fn ask(
    State(sandbox): State<Sandbox>,
    Path(provider): Path<String>,
    parameters: Parameters,
) -> Result<Response, Problem> {
    let provider: Provider = web::path::id(&provider)?;
    Ok(
        match LoginRequest::read(&parameters, provider, &sandbox.settings) {
            Ok(request) => page::choice(&sandbox.population, provider, &request).into_response(),
            Err(refused) => refused.into_response(),
        },
    )
}

/// `POST` with the choice: sends a code to the client.
pub(super) async fn choose(
    State(sandbox): State<Sandbox>,
    Path(provider): Path<String>,
    parameters: Parameters,
) -> Result<Response, Problem> {
    let provider: Provider = web::path::id(&provider)?;
    let request = match LoginRequest::read(&parameters, provider, &sandbox.settings) {
        Ok(request) => request,
        Err(refused) => return Ok(refused.into_response()),
    };
    let chosen = parameters.get("person").unwrap_or_default();
    let account = sandbox.population.account(chosen);
    let Some(account) = account.filter(|account| account.provider == provider) else {
        let unknown = Words::new("请选择列表中的人员。", "Choose one of the persons listed.");
        return Ok(Refused::Untrusted(vec![unknown]).into_response());
    };
    let login = Login {
        provider,
        account: account.id.to_owned(),
        client_id: request.client_id.clone(),
        redirect_uri: request.redirect_uri.clone(),
        code_challenge: request.code_challenge.clone(),
        nonce: request.nonce.clone(),
        at: (sandbox.now)(),
    };
    let code = login.keep(&sandbox).await?;
    Ok(Redirect::to(&request.success(&code)).into_response())
}
