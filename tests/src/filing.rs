//! What an agent does with an application: open it, upload its papers, submit it.

use http::Method;
use serde_json::{Value, json};

use crate::api::Caller;
use crate::call::{Answer, Call};
use crate::failure::{Failure, ensure};
use crate::papers::Paper;
use crate::shapes::{Announced, Application};
use crate::waiting::until;

/// The item of the main job: 旅馆业特种行业许可证核发.
pub const ITEM: &str = "PSB-APR-004";
/// The hotel's enterprise in the sandbox.
pub const HOTEL: &str = "91140100XXX1000286";
/// Another enterprise in the sandbox.
pub const CARRIER: &str = "91140300XXX1000521";
/// Where the hotel lies; its unit is `psb-140105`.
pub const REGION: &str = "140105";

/// An application that its agent works on.
#[derive(Clone, Debug)]
pub struct Filing {
    /// The agent.
    pub agent: Caller,
    /// Its number.
    pub number: String,
}

impl Filing {
    /// A draft of the main job's item with `form`, opened by `agent`.
    ///
    /// # Errors
    /// [`Failure`] where it is not opened.
    pub async fn open(agent: &Caller, form: &Value) -> Result<Self, Failure> {
        Self::open_item(agent, ITEM, form).await
    }

    /// A draft for `item` with `form`, opened by `agent`.
    ///
    /// # Errors
    /// [`Failure`] where it is not opened.
    pub async fn open_item(agent: &Caller, item: &str, form: &Value) -> Result<Self, Failure> {
        let body = json!({"item": item, "region": REGION, "form": form});
        let call = agent.post("/v1/applications", &body).once();
        let opened = call.send().await?.expect(201)?;
        let draft: Application = opened.read()?;
        ensure(draft.state == "draft", || {
            format!("a new draft is {}", draft.state)
        })?;
        Ok(Self {
            agent: agent.clone(),
            number: draft.number,
        })
    }

    /// The path of the application, with `rest` behind it.
    pub fn path(&self, rest: &str) -> String {
        format!("/v1/applications/{}{rest}", self.number)
    }

    /// Announces `paper`.
    ///
    /// # Errors
    /// [`Failure`] where the announcement is refused.
    pub async fn announce(&self, paper: &Paper) -> Result<Announced, Failure> {
        let call = self
            .agent
            .post(&self.path("/documents"), &paper.announcement())
            .once();
        call.send().await?.expect(201)?.read()
    }

    /// The upload of `bytes` by the request that the announcement answered.
    ///
    /// # Errors
    /// [`Failure::Broken`] where that request is none.
    pub fn upload(&self, announced: &Announced, paper: &Paper) -> Result<Call, Failure> {
        let link = &announced.upload;
        let method = Method::from_bytes(link.method.as_bytes())
            .map_err(|_| Failure::broken(format!("{} is no method", link.method)))?;
        let mut call = Call::new(
            self.agent.api.clone(),
            "holder of the link",
            method,
            &link.url,
        );
        // The client sets host and length itself, and to the same.
        let given = link
            .headers
            .iter()
            .filter(|(name, _)| !["host", "content-length"].contains(&name.as_str()));
        for (name, value) in given {
            call = call.header(name, value);
        }
        Ok(call.bytes(paper.bytes.clone()))
    }

    /// Announces and uploads `paper`.
    ///
    /// # Errors
    /// [`Failure`] where either is refused.
    pub async fn hand_in(&self, paper: &Paper) -> Result<Announced, Failure> {
        let announced = self.announce(paper).await?;
        self.upload(&announced, paper)?.send().await?.expect(200)?;
        Ok(announced)
    }

    /// Waits until every announced paper has been examined.
    ///
    /// # Errors
    /// [`Failure::TooLate`].
    pub async fn examined(&self) -> Result<Application, Failure> {
        let settled = |answer: &Answer| {
            answer.read().is_ok_and(|application: Application| {
                let mut papers = application
                    .materials
                    .iter()
                    .filter_map(|material| material.document.as_ref());
                papers.all(|paper| is_settled(&paper.state))
            })
        };
        until(
            "the examination of the papers",
            &self.agent.get(&self.path("")),
            settled,
        )
        .await?
        .read()
    }

    /// Waits until `document` has been examined, and answers it.
    ///
    /// # Errors
    /// [`Failure::TooLate`].
    pub async fn settled(&self, document: &str) -> Result<Answer, Failure> {
        let call = self
            .agent
            .get(&self.path(&format!("/documents/{document}")));
        until("the examination of the document", &call, |answer| {
            answer.json()["state"].as_str().is_some_and(is_settled)
        })
        .await
    }

    /// The submission, under a key of this application that ends in `key`.
    pub fn submit(&self, key: &str) -> Call {
        self.agent
            .post(&self.path("/submit"), &json!({}))
            .key(&format!("{}-{key}", self.number))
    }
}

/// Whether the examination has said what it makes of a document in `state`.
fn is_settled(state: &str) -> bool {
    ["clean", "rejected"].contains(&state)
}
