//! A case on its way through the procedure: what its agent and the officers of the unit do with it.

use serde_json::{Value, json};

use crate::api::{Api, Caller};
use crate::call::Answer;
use crate::failure::{Failure, ensure};
use crate::filing::{Filing, HOTEL, REGION};
use crate::{chain, table};

/// A case with everybody who takes part in it.
#[derive(Clone, Debug)]
pub struct Procedure {
    /// What its agent does with it.
    pub filing: Filing,
    api: Api,
    /// The region code of the unit that handles it, by which its officers are named.
    place: String,
}

impl Procedure {
    /// A draft for `item` with `form`, opened by the hotel's agent.
    ///
    /// # Errors
    /// [`Failure`] where it is not opened.
    pub async fn open(api: &Api, item: &str, form: &Value) -> Result<Self, Failure> {
        let agent = api.login("agent-a").await?.acting_for(HOTEL);
        Self::opened_by(api, &agent, item, form).await
    }

    /// A draft for `item` with `form`, opened by `agent`.
    ///
    /// # Errors
    /// [`Failure`] where it is not opened.
    pub async fn opened_by(
        api: &Api,
        agent: &Caller,
        item: &str,
        form: &Value,
    ) -> Result<Self, Failure> {
        Ok(Self {
            filing: Filing::open_item(agent, item, form).await?,
            api: api.clone(),
            place: REGION.to_owned(),
        })
    }

    /// The answer to the agent's command, whatever it is.
    ///
    /// # Errors
    /// [`Failure::NoAnswer`].
    pub async fn asks(&self, command: &str, body: Value) -> Result<Answer, Failure> {
        let path = self.filing.path(&format!("/{command}"));
        self.filing.agent.post(&path, &body).once().send().await
    }

    /// The agent's command, after which the case is at `state`.
    ///
    /// # Errors
    /// [`Failure`] where it is refused or leads elsewhere.
    pub async fn agent(&self, command: &str, body: Value, state: &str) -> Result<Answer, Failure> {
        leads_to(state, command, self.asks(command, body).await?)
    }

    /// The answer to the command of `officer` of the unit on the case as they read it.
    ///
    /// # Errors
    /// [`Failure`] where they cannot read it.
    pub async fn tries(
        &self,
        officer: &str,
        command: &str,
        body: Value,
    ) -> Result<Answer, Failure> {
        let officer = self.officer(officer).await?;
        let seen = officer
            .get(&self.filing.path(""))
            .send()
            .await?
            .expect(200)?;
        let path = self.filing.path(&format!("/{command}"));
        let call = officer.post(&path, &body).once().if_match(&seen.etag()?);
        call.send().await
    }

    /// The officer's command, after which the case is at `state`.
    ///
    /// # Errors
    /// [`Failure`] where it is refused or leads elsewhere.
    pub async fn act(
        &self,
        officer: &str,
        command: &str,
        body: Value,
        state: &str,
    ) -> Result<Answer, Failure> {
        leads_to(state, command, self.tries(officer, command, body).await?)
    }

    /// The officer claims the case and takes the step, after which it is at `state`.
    ///
    /// # Errors
    /// [`Failure`] where either is refused or the step leads elsewhere.
    pub async fn step(
        &self,
        officer: &str,
        command: &str,
        body: Value,
        state: &str,
    ) -> Result<Answer, Failure> {
        self.tries(officer, "claim", json!({})).await?.expect(200)?;
        self.act(officer, command, body, state).await
    }

    /// The case as it is handled by the unit that `submitted`, the answer to its submission, names.
    #[must_use]
    pub fn handled_as(mut self, submitted: &Answer) -> Self {
        let unit = submitted.json()["unit"]["id"].as_str().unwrap_or_default();
        unit.trim_start_matches("psb-").clone_into(&mut self.place);
        self
    }

    /// An officer of the unit by their post, logged in; of the unit of [`REGION`] unless another was named.
    ///
    /// # Errors
    /// [`Failure`] where the sandbox does not log them in.
    pub async fn officer(&self, post: &str) -> Result<Caller, Failure> {
        self.api.login(&format!("{post}-{}", self.place)).await
    }

    /// What the agent reads at `rest` of the case.
    ///
    /// # Errors
    /// [`Failure`] where it is not answered 200.
    pub async fn read(&self, rest: &str) -> Result<Value, Failure> {
        let call = self.filing.agent.get(&self.filing.path(rest));
        Ok(call.send().await?.expect(200)?.json().clone())
    }

    /// The types of its events, oldest first, if their chain holds and they lead to what is stored.
    ///
    /// # Errors
    /// [`Failure::Broken`] where they do not.
    pub async fn history(&self) -> Result<Vec<String>, Failure> {
        let events = self.read("/events").await?;
        chain::verify(&events)?;
        if let Some(table) = table::reachable()? {
            table::verify(&table, &self.filing.number, &events).await?;
        }
        let records = events["items"].as_array().into_iter().flatten();
        Ok(records
            .filter_map(|item| item["record"]["event"]["type"].as_str())
            .map(str::to_owned)
            .collect())
    }

    /// The notices of the case as JSON, oldest first.
    ///
    /// # Errors
    /// [`Failure`] where they cannot be read.
    pub async fn notices(&self) -> Result<Vec<Value>, Failure> {
        let list = self.read("/notices").await?;
        let mut notices = Vec::new();
        for listed in list["items"].as_array().into_iter().flatten() {
            let number = listed["number"].as_str().unwrap_or_default();
            let notice = self.read(&format!("/notices/{number}")).await?;
            for member in ["number", "kind", "title", "issued_at", "served_at"] {
                ensure(listed[member] == notice[member], || {
                    format!("the list tells another {member} of {number} than the notice")
                })?;
            }
            notices.push(notice);
        }
        Ok(notices)
    }

    /// What anybody who holds `notice` learns of it by its code.
    ///
    /// # Errors
    /// [`Failure`] where it is not answered 200.
    pub async fn checked(&self, notice: &Value) -> Result<Value, Failure> {
        let code = notice["verification_code"].as_str().unwrap_or_default();
        let answer = self.check(notice, code).await?;
        Ok(answer.expect(200)?.json().clone())
    }

    /// The answer to who checks `notice` by `code`.
    ///
    /// # Errors
    /// [`Failure::NoAnswer`].
    pub async fn check(&self, notice: &Value, code: &str) -> Result<Answer, Failure> {
        let number = notice["number"].as_str().unwrap_or_default();
        let path = format!("/v1/notices/{number}?code={code}");
        self.api.anybody().get(&path).send().await
    }
}

fn leads_to(state: &str, command: &str, answer: Answer) -> Result<Answer, Failure> {
    let answer = answer.expect(200)?;
    ensure(answer.json()["state"] == state, || {
        format!("after {command} it is {}", answer.json()["state"])
    })?;
    Ok(answer)
}
