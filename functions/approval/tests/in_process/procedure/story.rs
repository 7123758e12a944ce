//! A case of any item on its way, on days that the story sets.

use catalogue::item_version;
use domain::application::{Actor, Application, Command, Context, decide};
use domain::ids::ApplicationNo;
use domain::instant::Instant;
use domain::item::{MaterialFormat, ServiceItem};
use domain::officer::{Officer, Post};
use domain::unit::UnitId;
use platform::authority::officer_item;
use platform::clock::real_now;
use serde_json::{Value, json};
use support::filing::Filing;

use crate::office::{Answer, Ask, Office, SEARCHES, appointed};

/// 旅馆业特种行业许可证核发: papers that may follow, an extension, no attendance.
pub(crate) const HOTEL_LICENCE: &str = "PSB-APR-004";
/// 营业性射击场设立许可: a hearing, expert review, attendance before delivery.
pub(crate) const SHOOTING_RANGE: &str = "PSB-APR-031";
/// 占用、挖掘道路施工交通安全审查: expert review, an extension, a paper that may follow.
pub(crate) const ROADWORKS: &str = "PSB-APR-042";
/// 校车使用许可审查及校车标牌核发: attendance before the decision, no extension.
pub(crate) const SCHOOL_BUS: &str = "PSB-APR-052";
/// 赴港澳商务登记备案（企业）: a filing with a term of twelve months.
pub(crate) const BUSINESS_FILING: &str = "PSB-APR-057";
/// 互联网上网服务营业场所信息网络安全审核: granted on an undertaking.
pub(crate) const INTERNET_CAFE: &str = "PSB-APR-060";

/// The Monday morning on which every case is submitted; no day off follows before Qingming, on 4 April.
pub(crate) const MONDAY: &str = "2026-03-02T09:30:00+08:00";

const REGION: &str = "140105";

/// A case.
pub(crate) struct Story {
    /// The function with everybody who takes part.
    pub(crate) office: Office,
    /// The item applied for.
    pub(crate) item: &'static ServiceItem,
    number: String,
}

impl Story {
    /// A draft for `item` with its valid form and no papers. How long a draft is kept is counted in real
    /// time, so that the clock is moved only when its papers are there.
    pub(crate) async fn draft(item: &str) -> Self {
        let code = item.parse().unwrap();
        let item = item_version(&code, 1).unwrap();
        let office = Office::open_with(&[("CLOCK_ITEM", "CLOCK")]).await;
        let region = REGION.parse().unwrap();
        for (name, post) in [
            ("intake", Post::Intake),
            ("reviewer", Post::Reviewer),
            ("reviewer-2", Post::Reviewer),
            ("decider", Post::Decider),
            ("head", Post::Head),
            ("supervisor", Post::Supervisor),
            ("clerk", Post::Intake),
        ] {
            // Where one level reviews and another decides, what follows the decision is the other's too.
            let afterwards = matches!(name, "decider" | "head" | "clerk");
            let level = if afterwards {
                item.deciding_level
            } else {
                item.accepting_level
            };
            let of = catalogue::units().competent(level, &region, item.effective_from);
            let unit = of.unwrap().id.clone();
            appoint(&office, &of_unit(name, &unit, vec![post], item)).await;
        }
        let body = json!({"item": item.code, "region": REGION, "form": form(item)});
        let opened = office.ask(office.agent().post("/v1/applications", &body).once());
        let opened = opened.await.expect(201);
        let number = opened.json["number"].as_str().unwrap().to_owned();
        Self {
            office,
            item,
            number,
        }
    }

    /// A draft with every required paper there and clean but `missing`, on [`MONDAY`].
    pub(crate) async fn draft_without(item: &str, missing: &[&str]) -> Self {
        let story = Self::draft(item).await;
        for material in &story.item.materials {
            let code = material.code.as_str();
            let wanted = material.required && material.format != MaterialFormat::Form;
            if wanted && !missing.contains(&code) {
                story.bring(code).await;
            }
        }
        story.at(MONDAY).await;
        story
    }

    /// Submitted with every required paper.
    pub(crate) async fn submitted(item: &str) -> Self {
        let story = Self::draft_without(item, &[]).await;
        story.agent("submit", json!({})).await.expect(200);
        story
    }

    /// Accepted, nobody has it in hand.
    pub(crate) async fn accepted(item: &str) -> Self {
        let story = Self::submitted(item).await;
        story.step("intake", "accept", json!({})).await;
        story
    }

    /// In the hands of the reviewer.
    pub(crate) async fn under_review(item: &str) -> Self {
        let story = Self::accepted(item).await;
        story.claim("reviewer").await;
        story
    }

    /// Recommended, in the hands of the decider.
    pub(crate) async fn awaiting_decision(item: &str) -> Self {
        let story = Self::under_review(item).await;
        story
            .officer("reviewer", "recommend", grant("opinion"))
            .await;
        story.claim("decider").await;
        story
    }

    /// Granted.
    pub(crate) async fn granted(item: &str) -> Self {
        let story = Self::awaiting_decision(item).await;
        story.officer("decider", "decide", grant("reasons")).await;
        story
    }

    /// Its number.
    pub(crate) fn number(&self) -> ApplicationNo {
        self.number.clone().try_into().unwrap()
    }

    /// The path of the case, with `rest` behind it.
    pub(crate) fn path(&self, rest: &str) -> String {
        format!("/v1/applications/{}{rest}", self.number)
    }

    /// Announces the paper for `material`, which is found clean.
    pub(crate) async fn bring(&self, material: &str) {
        let announced = self.announce(material).await.expect(201);
        let id = serde_json::from_value(announced.json["document"].clone()).unwrap();
        let filing = Filing::of(&self.office.stage, &self.number);
        let document = filing.case_with(id).await.document.unwrap();
        filing.settle(&document.body, &[]).await;
    }

    /// The answer to the announcement of a paper for `material`.
    pub(crate) async fn announce(&self, material: &str) -> Answer {
        let code = material.to_owned().try_into().unwrap();
        let known = self.item.material(&code);
        let media = known.and_then(|known| known.format.accepted_media().first());
        let announcement = json!({
            "material": material, "size": 4, "sha256": hash(material),
            "media_type": media.map_or("application/pdf", |media| media.as_str()),
        });
        let announce = self
            .office
            .agent()
            .post(&self.path("/documents"), &announcement);
        self.office.ask(announce.once()).await
    }

    /// The agent's command.
    pub(crate) async fn agent(&self, command: &str, body: Value) -> Answer {
        self.office.ask(self.by_agent(command, &body)).await
    }

    /// The agent's command, not asked yet.
    pub(crate) fn by_agent(&self, command: &str, body: &Value) -> Ask {
        let path = self.path(&format!("/{command}"));
        self.office.agent().post(&path, body).once()
    }

    /// The officer's command on the case as they see it, which succeeds.
    #[track_caller]
    pub(crate) fn officer(
        &self,
        officer: &str,
        command: &str,
        body: Value,
    ) -> impl Future<Output = Answer> {
        let at = std::panic::Location::caller();
        async move {
            let answer = self.tries(officer, command, &body).await;
            assert_eq!(
                answer.status, 200,
                "{officer} {command} at {at}: {}",
                answer.text
            );
            answer
        }
    }

    /// The answer to the officer's command on the case as it is.
    pub(crate) async fn tries(&self, officer: &str, command: &str, body: &Value) -> Answer {
        let ask = self.by_officer(officer, command, body).await;
        self.office.ask(ask).await
    }

    /// The officer's command on the case as it is, not asked yet.
    pub(crate) async fn by_officer(&self, officer: &str, command: &str, body: &Value) -> Ask {
        let path = self.path(&format!("/{command}"));
        let ask = self.office.officer(officer).post(&path, body).once();
        ask.if_match(&self.etag().await)
    }

    /// The entity tag of the case as it is, whoever may see it.
    pub(crate) async fn etag(&self) -> String {
        format!("\"{}\"", self.version().await)
    }

    /// The officer claims the case.
    pub(crate) async fn claim(&self, officer: &str) {
        self.officer(officer, "claim", json!({})).await;
    }

    /// The officer claims the case and takes the step.
    pub(crate) async fn step(&self, officer: &str, command: &str, body: Value) {
        self.claim(officer).await;
        self.officer(officer, command, body).await;
    }

    /// Has every environment-wide thing read that only a first request reads: keys of both issuers, the
    /// branch keys of the case and of what is new, and the search key.
    pub(crate) async fn warm_up(&self) {
        self.seen().await;
        let draft = json!({"item": self.item.code, "region": REGION});
        let agent = self.office.agent();
        let opened = agent.post("/v1/applications", &draft).once();
        self.office.ask(opened).await.expect(201);
        let search = json!({"mobile": "13900000000"});
        let search = self.office.officer("intake").post(SEARCHES, &search);
        self.office.ask(search).await.expect(200);
    }

    /// The stored state.
    pub(crate) async fn state(&self) -> Application {
        let filing = Filing::of(&self.office.stage, &self.number);
        filing.case().await.state.unwrap().body
    }

    /// How many events the case has; none while it is a draft.
    pub(crate) async fn version(&self) -> u64 {
        let filing = Filing::of(&self.office.stage, &self.number);
        filing.case().await.state.map_or(0, |state| state.version)
    }

    /// The case as its agent reads it.
    pub(crate) async fn seen(&self) -> Value {
        let read = self
            .office
            .ask(self.office.agent().get(&self.path("")))
            .await;
        read.expect(200).json
    }

    /// Nobody answered in time.
    pub(crate) async fn counts_as_accepted(&self) {
        let filing = Filing::of(&self.office.stage, &self.number);
        let case = filing.case().await;
        let actor = Actor::System {
            task: "deadlines".to_owned(),
        };
        let context = Context {
            now: case.now,
            actor: &actor,
            item: self.item,
            calendar: catalogue::calendar(),
        };
        let state = &case.state.as_ref().unwrap().body;
        let events = decide(state, &Command::DeemAccepted, &context).unwrap();
        Box::pin(filing.happens(&actor, events)).await;
    }

    /// From now on it is `moment`.
    pub(crate) async fn at(&self, moment: &str) {
        set_clock(&self.office, moment).await;
    }

    /// An officer of the unit that handles the case, who may be changed before they are appointed.
    pub(crate) async fn appoint(
        &self,
        name: &str,
        posts: &[Post],
        change: impl FnOnce(&mut Officer),
    ) {
        let unit = self.state().await.unit;
        let mut officer = of_unit(name, &unit, posts.to_vec(), self.item);
        change(&mut officer);
        appoint(&self.office, &officer).await;
    }

    /// Each of `attempts` (officer, command, body) is refused with its status and code, and nothing
    /// is written.
    #[track_caller]
    pub(crate) fn refuses<'s>(
        &'s self,
        attempts: &'s [(&'s str, &'s str, Value, u16, &'s str)],
    ) -> impl Future<Output = ()> + 's {
        let at = std::panic::Location::caller();
        async move {
            let before = self.version().await;
            for (who, command, body, status, code) in attempts {
                let answer = if *who == "agent" {
                    self.agent(command, body.clone()).await
                } else {
                    self.tries(who, command, body).await
                };
                let told = (answer.status, answer.json["code"].as_str());
                let expected = (*status, Some(*code));
                assert_eq!(
                    told, expected,
                    "{who} {command} {body} at {at}: {}",
                    answer.text
                );
            }
            assert_eq!(self.version().await, before, "{at}");
        }
    }
}

/// An outcome of granting with what is `said` of it.
pub(crate) fn grant(said: &str) -> Value {
    json!({"outcome": "grant", said: "材料齐全，符合法定条件。"})
}

/// An outcome of refusing with what is `said` of it.
pub(crate) fn refuse(said: &str) -> Value {
    json!({"outcome": "refuse", said: "不符合法定条件。"})
}

fn of_unit(name: &str, unit: &UnitId, posts: Vec<Post>, item: &ServiceItem) -> Officer {
    let region = unit.region().unwrap().to_string();
    Officer {
        unit: unit.clone(),
        level: item.accepting_level,
        posts,
        ..appointed(name, &region, Post::Intake)
    }
}

async fn appoint(office: &Office, officer: &Officer) {
    let item = officer_item(officer, 1).unwrap();
    office.stage.put_item(item).await;
}

async fn set_clock(office: &Office, moment: &str) {
    let moment: Instant = serde_json::from_value(json!(moment)).unwrap();
    office
        .stage
        .move_clock(moment.seconds_since(real_now()))
        .await;
}

/// The valid form of the fixtures.
fn form(item: &ServiceItem) -> Value {
    let fixtures = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../shared/catalogue/fixtures"
    );
    let form = std::fs::read_to_string(format!("{fixtures}/{}.valid.json", item.code)).unwrap();
    serde_json::from_str(&form).unwrap()
}

/// A digest of its own for each material: one file may stand for one only.
fn hash(material: &str) -> String {
    let digest = domain::chain::Digest::of(material.as_bytes());
    serde_json::to_value(digest)
        .unwrap()
        .as_str()
        .unwrap()
        .to_owned()
}
