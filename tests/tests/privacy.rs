//! Nothing personal is in the logs: a case full of marked values goes its whole way, and everything
//! that the gateway and the functions wrote meanwhile is searched for the marks.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::expect_used,
    reason = "a test stops where something is not as it should be"
)]

use journeys::filing::Filing;
use journeys::waiting::{AT_MOST, until};
use journeys::{Answer, Api, Call, Caller, papers};
use serde_json::{Value, json};

const HOTEL: &str = "91140100XXX1000286";
const RESIDENT_ID: &str = "140121191203140015";
const MOBILE: &str = "19987650123";
const NAME: &str = "标记氏甲乙";
const OPINION: &str = "标记意见丙丁";
const REASON: &str = "标记理由戊己";

/// The enterprise that is registered meanwhile, who registers it, and whom they invite.
const HOSPITAL: &str = "12140105XXX1001087";
const FOUNDER: &str = "hospital-head";
const INVITED: &str = "limited-agent-a";
/// The numbers of these two.
const OF_PEOPLE: [&str; 4] = [
    "140121190809100013",
    "13800000009",
    "140123190506070462",
    "13800000006",
];

/// What was sent, to be found in the log by its request.
#[derive(Default)]
struct Sent(Vec<String>);

impl Sent {
    async fn send(&mut self, call: Call, status: u16) -> Answer {
        assert_none("an address", &call.path);
        let answer = call.send().await.unwrap().expect(status).unwrap();
        assert_none("an address to go on with", answer.header("location"));
        self.0.push(answer.header("x-request-id").to_owned());
        answer
    }

    /// The officer claims the case and takes the step.
    async fn step(&mut self, officer: &Caller, filing: &Filing, step: &str, body: &Value) {
        let seen = self.send(officer.get(&filing.path("")), 200).await;
        let claim = officer.post(&filing.path("/claim"), &json!({})).once();
        let claim = claim.if_match(&seen.etag().unwrap());
        let claimed = self.send(claim, 200).await;
        self.send(officer.get(&filing.path("/form")), 200).await;
        let act = officer.post(&filing.path(&format!("/{step}")), body).once();
        self.send(act.if_match(&claimed.etag().unwrap()), 200).await;
    }
}

#[tokio::test]
async fn the_log_of_a_case_holds_its_requests_and_nothing_personal() {
    let since = jiff::Timestamp::now().as_millisecond();
    let api = Api::from_env().unwrap();
    let agent = api.login("agent-a").await.unwrap().acting_for(HOTEL);
    let mut form = papers::form();
    form["legal_representative"]["name"] = json!(NAME);
    form["legal_representative"]["resident_id"] = json!(RESIDENT_ID);
    form["handling_agent"]["mobile"] = json!(MOBILE);
    let filing = Filing::open(&agent, &form).await.unwrap();
    for paper in papers::complete() {
        filing.hand_in(&paper).await.unwrap();
    }
    filing.examined().await.unwrap();

    let mut sent = Sent::default();
    sent.send(filing.submit("once"), 200).await;
    let intake = api.login("intake-140105").await.unwrap();
    until(
        "the report",
        &intake.get(&filing.path("/report")),
        |answer| answer.status == 200,
    )
    .await
    .unwrap();
    let search = json!({"mobile": MOBILE});
    sent.send(intake.post("/v1/application-searches", &search), 200)
        .await;
    sent.step(&intake, &filing, "accept", &json!({})).await;
    let reviewer = api.login("reviewer-140105").await.unwrap();
    let recommended = json!({"outcome": "refuse", "opinion": OPINION});
    sent.step(&reviewer, &filing, "recommend", &recommended)
        .await;
    let decider = api.login("decider-140105").await.unwrap();
    let decided = json!({"outcome": "refuse", "reasons": REASON});
    sent.step(&decider, &filing, "decide", &decided).await;
    let events = sent.send(agent.get(&filing.path("/events")), 200).await;
    let legal = api.login("legal-a").await.unwrap().acting_for(HOTEL);
    let invitation = json!({"resident_id": RESIDENT_ID, "role": "viewer"});
    let invite = legal.post(&format!("/v1/enterprises/{HOTEL}/mandates"), &invitation);
    sent.send(invite.once(), 201).await;
    // A fault tells what is wrong with a value, never the value.
    let wrong = json!({"resident_id": format!("{RESIDENT_ID}9"), "role": "viewer"});
    let wrong = legal.post(&format!("/v1/enterprises/{HOTEL}/mandates"), &wrong);
    let refused = sent.send(wrong.once(), 422).await;
    assert!(!refused.text().contains(RESIDENT_ID));

    let invited = account(&mut sent, &api).await;
    assert_none("an answer about somebody else", &invited);

    // What is chained holds digests; the text beside the decision is for the applicant.
    for item in events.json()["items"].as_array().unwrap() {
        assert_none("an event", &item["record"].to_string());
    }
    // A line may reach the log service after its request was answered.
    let started = std::time::Instant::now();
    let mut log = everything_logged(since).await;
    while !sent.0.iter().all(|request| log.contains(request)) && started.elapsed() < AT_MOST {
        log = everything_logged(since).await;
    }
    for request in &sent.0 {
        assert!(log.contains(request), "the log has no line of {request}");
    }
    assert_none("the log", &log);
}

/// A hospital is registered, somebody is invited, sees who they are, accepts and leaves. What the one who
/// invited is told of them.
async fn account(sent: &mut Sent, api: &Api) -> String {
    let founder = api.login(FOUNDER).await.unwrap();
    let register = founder.post("/v1/enterprises", &json!({"uscc": HOSPITAL}));
    sent.send(register.once(), 201).await;
    sent.send(founder.get("/v1/me"), 200).await;
    let founder = founder.acting_for(HOSPITAL);
    let mandates = format!("/v1/enterprises/{HOSPITAL}/mandates");
    let [_, _, number, _] = OF_PEOPLE;
    let invite = json!({"resident_id": number, "role": "viewer"});
    let invited = sent
        .send(founder.post(&mandates, &invite).once(), 201)
        .await;
    let id = invited.json()["id"].as_str().unwrap();
    let person = api.login(INVITED).await.unwrap();
    let me = sent.send(person.get("/v1/me"), 200).await;
    assert!(me.json()["invitations"].to_string().contains(id));
    for act in ["accept", "leave"] {
        let path = format!("/v1/mandates/{id}/{act}");
        sent.send(person.post(&path, &json!({})).once(), 200).await;
    }
    let listed = sent.send(founder.get(&mandates), 200).await;
    format!("{}{}", invited.text(), listed.text())
}

/// How many lines the log service gives at once.
const PAGE: usize = 10_000;

/// What every function has logged since then, in milliseconds of the epoch, as the stack's log service has it.
async fn everything_logged(since: i64) -> String {
    let variable = |name: &str| std::env::var(name).expect(name);
    let endpoint = variable("AWS_ENDPOINT_URL");
    // The local AWS looks at whose account and which service it is, and at no signature.
    let credential = format!(
        "AWS4-HMAC-SHA256 Credential={}/20260101/{}/logs/aws4_request, SignedHeaders=host, Signature=0",
        variable("AWS_ACCESS_KEY_ID"),
        variable("AWS_REGION"),
    );
    let client = platform::outside::client(std::time::Duration::from_secs(10)).unwrap();
    let mut logged = String::new();
    for function in [
        "ACCOUNT",
        "APPROVAL",
        "INQUIRY",
        "INTAKE",
        "NOTIFICATION",
        "PROJECTION",
        "RELAY",
        "REVIEW",
        "SUPERVISION",
        "TIMERS",
    ] {
        let group = format!("/aws/lambda/{}", variable(&format!("FUNCTION_{function}")));
        let mut asked = json!({"logGroupName": group, "limit": PAGE, "startTime": since});
        loop {
            let answer = client
                .post(&endpoint)
                .header("x-amz-target", "Logs_20140328.FilterLogEvents")
                .header("content-type", "application/x-amz-json-1.1")
                .header("authorization", &credential)
                .body(asked.to_string())
                .send()
                .await
                .unwrap();
            let text = answer.error_for_status().unwrap().text().await.unwrap();
            let page: Value = serde_json::from_str(&text).unwrap();
            for event in page["events"].as_array().unwrap() {
                logged.push_str(event["message"].as_str().unwrap());
                logged.push('\n');
            }
            // The local log service gives no token to go on with, so that the last moment is asked for again.
            let last = page["events"].as_array().unwrap().last();
            let next = last.map(|event| event["timestamp"].clone());
            let full = page["events"].as_array().unwrap().len() == PAGE;
            if !full || next.as_ref() == asked.get("startTime") {
                break;
            }
            asked["startTime"] = next.into();
        }
    }
    logged
}

/// None of the marks is in `text`, in no spelling that JSON or an address gives it.
fn assert_none(what: &str, text: &str) {
    let marks = [RESIDENT_ID, MOBILE, NAME, OPINION, REASON];
    for mark in marks.into_iter().chain(OF_PEOPLE) {
        let escaped = escaped(mark);
        let encoded = url_encoded(mark);
        for spelling in [mark, &escaped, &encoded] {
            assert!(!text.contains(spelling), "{what} holds {spelling}");
        }
    }
}

/// As JSON writes text that it keeps to ASCII.
fn escaped(text: &str) -> String {
    let units = text.encode_utf16();
    units.fold(String::new(), |written, unit| {
        format!("{written}\\u{unit:04x}")
    })
}

/// As an address writes it.
fn url_encoded(text: &str) -> String {
    let bytes = text.bytes();
    bytes.fold(String::new(), |written, byte| {
        format!("{written}%{byte:02X}")
    })
}

#[test]
#[should_panic(expected = "a line holds")]
fn a_mark_in_a_line_is_found_as_json_writes_it() {
    assert_none("a line", &format!("{{\"name\":\"{}\"}}", escaped(NAME)));
}

#[test]
#[should_panic(expected = "an address holds")]
fn a_mark_in_an_address_is_found_as_it_is_encoded() {
    assert_none(
        "an address",
        &format!("/v1/cases?q={}", url_encoded(REASON)),
    );
}

#[test]
#[should_panic(expected = "a line holds")]
fn the_number_of_a_person_is_found() {
    assert_none("a line", OF_PEOPLE[0]);
}
