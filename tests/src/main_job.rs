//! The main job: a hotel's licence, from the catalogue to the decision.

use domain::words::Words;
use serde_json::{Value, json};

use crate::api::{Api, Caller};
use crate::call::Answer;
use crate::failure::{Failure, ensure};
use crate::filing::{Filing, HOTEL, ITEM, REGION};
use crate::shapes::{Application, ItemSummary, Page};
use crate::waiting::until;
use crate::{chain, papers, table};

/// Who takes part, by their names in the sandbox. The three officers are three persons.
const AGENT: &str = "agent-a";
const INTAKE: &str = "intake-140105";
const REVIEWER: &str = "reviewer-140105";
const DECIDER: &str = "decider-140105";

/// What came of it.
#[derive(Clone, Debug)]
pub struct Done {
    /// The number of the application.
    pub number: String,
    /// The application as its agent sees it in the end.
    pub application: Application,
    /// Its events.
    pub events: Value,
}

/// Tells the whole story.
///
/// # Errors
/// [`Failure`] at the first thing that is not as it should be.
pub async fn tell(api: &Api) -> Result<Done, Failure> {
    find_and_read_the_item(api).await?;
    let agent = agent(api).await?;
    let filing = open_a_draft(&agent).await?;
    hand_in_the_papers(&filing).await?;
    submit(&filing).await?;
    review(api, &filing).await?;
    accept(api, &filing).await?;
    recommend(api, &filing).await?;
    grant(api, &filing).await?;
    look_back(&filing).await
}

fn step(api: &Api, zh: &str, en: &str) {
    api.narrator.step(Words::new(zh, en));
}

fn fact(api: &Api, zh: String, en: String) {
    api.narrator.fact(Words::new(zh, en));
}

/// Anybody can find the item, read its guide and its form.
async fn find_and_read_the_item(api: &Api) -> Result<(), Failure> {
    step(
        api,
        "在事项目录中找到事项，查看办事指南和表单",
        "Find the item in the catalogue; read its guide and its form",
    );
    let anybody = api.anybody();
    let mut cursor = String::new();
    let found = loop {
        let call = anybody.get(&format!("/v1/items?handled_by=approval&limit=100{cursor}"));
        let page: Page<ItemSummary> = call.send().await?.expect(200)?.read()?;
        if let Some(item) = page.items.into_iter().find(|item| item.code == ITEM) {
            break item;
        }
        let next = page
            .next_cursor
            .ok_or_else(|| Failure::broken(format!("{ITEM} is not in the catalogue")))?;
        cursor = format!("&cursor={next}");
    };
    fact(
        api,
        format!("找到 {}：{}", found.code, found.name.zh),
        format!("Found {}: {}", found.code, found.name.en),
    );

    let guide = anybody
        .get(&format!("/v1/items/{ITEM}?region={REGION}"))
        .send()
        .await?
        .expect(200)?;
    ensure(
        guide.json()["accepting_unit"]["id"] == format!("psb-{REGION}"),
        || {
            format!(
                "the guide names another unit: {}",
                guide.json()["accepting_unit"]
            )
        },
    )?;
    let form = anybody
        .get(&format!("/v1/items/{ITEM}/form"))
        .send()
        .await?
        .expect(200)?;
    ensure(form.json()["properties"]["hotel_name"].is_object(), || {
        "the form asks for no hotel".to_owned()
    })
}

async fn agent(api: &Api) -> Result<Caller, Failure> {
    Ok(api.login(AGENT).await?.acting_for(HOTEL))
}

async fn open_a_draft(agent: &Caller) -> Result<Filing, Failure> {
    step(
        agent.api(),
        "企业经办人登录，填写表单，建立草稿",
        "The enterprise's agent logs in, fills the form in and opens a draft",
    );
    Filing::open(agent, &papers::form()).await
}

/// Real PDF, JPEG and XLSX files, put straight into the store and examined there.
async fn hand_in_the_papers(filing: &Filing) -> Result<(), Failure> {
    let api = filing.agent.api();
    step(
        api,
        "上传材料，由系统逐一检查",
        "Upload the papers, which are examined one by one",
    );
    for paper in papers::complete() {
        filing.hand_in(&paper).await?;
    }
    let examined = filing.examined().await?;
    for material in &examined.materials {
        let state = material
            .document
            .as_ref()
            .map(|document| document.state.as_str());
        ensure(state == Some("clean"), || {
            format!("{} is {:?}", material.code, material.document)
        })?;
    }
    let count = examined.materials.len();
    fact(
        api,
        format!("{count} 份材料均通过检查"),
        format!("All {count} papers are clean"),
    );
    Ok(())
}

/// Submitted once, however often it is sent.
async fn submit(filing: &Filing) -> Result<(), Failure> {
    let api = filing.agent.api();
    step(
        api,
        "凭幂等键提交；重发同一请求得到同一答复",
        "Submit with an idempotency key; the same request again gets the same answer",
    );
    let submission = filing.submit("submit");
    let first = submission.send().await?.expect(200)?;
    let application: Application = first.read()?;
    ensure(application.state == "submitted", || {
        format!("it is {}", application.state)
    })?;
    let again = submission.send().await?.expect(200)?;
    ensure(
        again.header("idempotency-replayed") == "true" && again.body == first.body,
        || format!("the repeat was answered otherwise: {}", again.text()),
    )
}

/// The background review writes its report for the officers.
async fn review(api: &Api, filing: &Filing) -> Result<(), Failure> {
    step(
        api,
        "后台审查写出报告，供承办人员参阅",
        "The background review writes its report for the officers",
    );
    let officer = api.login(INTAKE).await?;
    let report = until(
        "the review's report",
        &officer.get(&filing.path("/report")),
        |answer| answer.status == 200,
    )
    .await?;
    let checks = report.json()["checks"].as_array().map_or(0, Vec::len);
    let outcome = report.json()["outcome"].as_str().unwrap_or_default();
    ensure(checks > 0 && outcome == "passed", || {
        format!("the review ended with {}", report.text())
    })?;
    fact(
        api,
        format!("{checks} 项检查全部通过"),
        format!("All {checks} checks passed"),
    );
    Ok(())
}

async fn accept(api: &Api, filing: &Filing) -> Result<(), Failure> {
    step(
        api,
        "受理人员在工作台看到办件，领取并受理",
        "An intake officer sees the case on the workbench, claims and accepts it",
    );
    let officer = api.login(INTAKE).await?;
    find_on_the_workbench(&officer, filing).await?;
    let claimed = act(&officer, filing, "claim", &json!({}), "submitted").await?;
    act_on(&officer, filing, &claimed, "accept", &json!({}), "accepted").await?;
    Ok(())
}

async fn recommend(api: &Api, filing: &Filing) -> Result<(), Failure> {
    step(
        api,
        "审查人员领取办件，提出审查意见",
        "A reviewer claims the case and gives an opinion",
    );
    let officer = api.login(REVIEWER).await?;
    let claimed = act(&officer, filing, "claim", &json!({}), "under_review").await?;
    let opinion = json!({"outcome": "grant", "opinion": "材料齐全，符合法定条件，建议准予许可。"});
    act_on(
        &officer,
        filing,
        &claimed,
        "recommend",
        &opinion,
        "awaiting_decision",
    )
    .await?;
    Ok(())
}

async fn grant(api: &Api, filing: &Filing) -> Result<(), Failure> {
    step(
        api,
        "决定人员（另一人）作出准予许可决定",
        "A decider, another person, grants the licence",
    );
    let officer = api.login(DECIDER).await?;
    let claimed = act(&officer, filing, "claim", &json!({}), "awaiting_decision").await?;
    let decision = json!({"outcome": "grant", "reasons": "经审查，符合《旅馆业治安管理办法》第四条规定的条件。"});
    act_on(&officer, filing, &claimed, "decide", &decision, "granted").await?;
    Ok(())
}

/// The agent sees the state, the events and who did what; the events lead to the stored state.
async fn look_back(filing: &Filing) -> Result<Done, Failure> {
    let api = filing.agent.api();
    step(
        api,
        "经办人查看结果、过程和办理人员",
        "The agent reads the outcome, the events and who did what",
    );
    let application: Application = filing
        .agent
        .get(&filing.path(""))
        .send()
        .await?
        .expect(200)?
        .read()?;
    ensure(application.state == "granted", || {
        format!("it is {}", application.state)
    })?;
    let words = application
        .decision
        .as_ref()
        .map(|decision| decision.words.clone());
    let words = words.ok_or_else(|| Failure::broken("the decision is not told"))?;
    fact(
        api,
        format!("决定：{}", words.zh),
        format!("Decision: {}", words.en),
    );

    let events = filing
        .agent
        .get(&filing.path("/events"))
        .send()
        .await?
        .expect(200)?
        .json()
        .clone();
    for item in events["items"].as_array().into_iter().flatten() {
        let record = &item["record"];
        let who = ["person", "officer"]
            .iter()
            .find_map(|name| record["actor"][name].as_str());
        let line = format!(
            "{} {} {:<12} {}",
            record["seq"],
            record["at"].as_str().unwrap_or_default(),
            record["event"]["type"].as_str().unwrap_or_default(),
            who.unwrap_or_default()
        );
        fact(api, line.clone(), line);
    }
    let count = chain::verify(&events)?;
    fact(
        api,
        format!("{count} 个事件的哈希链完整"),
        format!("The hash chain of {count} events holds"),
    );
    if let Some(table) = table::reachable()? {
        table::verify(&table, &filing.number, &events).await?;
        fact(
            api,
            "事件重放得到与存储一致的状态".to_owned(),
            "The events replay to the stored state".to_owned(),
        );
    }
    Ok(Done {
        number: filing.number.clone(),
        application,
        events,
    })
}

async fn find_on_the_workbench(officer: &Caller, filing: &Filing) -> Result<(), Failure> {
    let mut cursor = String::new();
    loop {
        let call = officer.get(&format!("/v1/workbench?state=submitted&limit=100{cursor}"));
        let page: Page<Application> = call.send().await?.expect(200)?.read()?;
        if page.items.iter().any(|case| case.number == filing.number) {
            return Ok(());
        }
        let next = page
            .next_cursor
            .ok_or_else(|| Failure::broken("the case is not on the workbench"))?;
        cursor = format!("&cursor={next}");
    }
}

/// The officer reads the case, then acts on what they have read.
async fn act(
    officer: &Caller,
    filing: &Filing,
    command: &str,
    body: &Value,
    then: &str,
) -> Result<Answer, Failure> {
    let seen = officer.get(&filing.path("")).send().await?.expect(200)?;
    act_on(officer, filing, &seen, command, body, then).await
}

/// The officer acts on the case as `seen`, which leads to the state `then`.
async fn act_on(
    officer: &Caller,
    filing: &Filing,
    seen: &Answer,
    command: &str,
    body: &Value,
    then: &str,
) -> Result<Answer, Failure> {
    let path = filing.path(&format!("/{command}"));
    let call = officer.post(&path, body).once().if_match(&seen.etag()?);
    let answer = call.send().await?.expect(200)?;
    let application: Application = answer.read()?;
    ensure(application.state == then, || {
        format!("after {command} it is {}", application.state)
    })?;
    Ok(answer)
}
