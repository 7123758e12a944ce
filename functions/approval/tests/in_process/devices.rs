//! A person at a kiosk or counter: what the device lends their request, and what it takes to be one.

use domain::attempts::FailedAttempts;
use domain::device::{Device, DeviceId, DeviceKind};
use domain::ids::OfficerId;
use http::Method;
use platform::clock::real_now;
use platform::devices::{device_item, newly_registered};
use platform::table::{Key, item};
use platform::telemetry::Calls;
use serde_json::json;

use crate::office::{AGENT, Answer, Ask, Asker, CARRIER, Office, path};

const HEADER: &str = "x-device-authorization";

/// A device with its secret.
struct Registered {
    id: DeviceId,
    secret: String,
}

impl Registered {
    fn credential(&self) -> String {
        format!("Device {}.{}", self.id, self.secret)
    }

    /// The credential with the secret of nobody.
    fn wrong(&self) -> String {
        format!("Device {}.{}", self.id, "A".repeat(43))
    }

    fn attempts(&self) -> Key {
        Key::attempts("device", &format!("{}#{AGENT}", self.id))
    }
}

async fn registered(
    office: &Office,
    kind: DeviceKind,
    change: impl FnOnce(&mut Device),
) -> Registered {
    let administrator = OfficerId::try_from("administrator".to_owned()).unwrap();
    let mut device = Device {
        id: DeviceId::new(kind, rand::random()),
        unit: "psb-140105".parse().unwrap(),
        place: "小店分局一楼大厅".to_owned(),
        registered_at: real_now(),
        registered_by: administrator,
        withdrawn: None,
    };
    change(&mut device);
    let (stored, secret) = newly_registered(device).unwrap();
    office
        .stage
        .put_item(device_item(&stored, 1).unwrap())
        .await;
    Registered {
        id: stored.device.id,
        secret: secret.reveal(),
    }
}

async fn kiosk(office: &Office) -> Registered {
    registered(office, DeviceKind::Kiosk, |_| ()).await
}

fn open(asker: &Asker) -> Ask {
    let body = json!({"item": "PSB-APR-004", "region": "140105"});
    asker.post("/v1/applications", &body).once()
}

async fn opens(office: &Office, credential: &str) -> Answer {
    office
        .ask(open(&office.agent().with(HEADER, credential)))
        .await
}

#[tokio::test]
async fn what_a_person_files_at_a_kiosk_or_counter_has_its_channel() {
    let office = Office::open().await;
    for (kind, channel) in [
        (DeviceKind::Kiosk, "kiosk"),
        (DeviceKind::Counter, "counter"),
    ] {
        let device = registered(&office, kind, |_| ()).await;
        let opened = opens(&office, &device.credential()).await.expect(201);
        assert_eq!(opened.json["channel"], channel);
        let at_device = office.agent().with(HEADER, &device.credential());
        let draft = format!(
            "/v1/applications/{}",
            opened.json["number"].as_str().unwrap()
        );
        let read = office.ask(at_device.get(&draft)).await.expect(200);
        assert_eq!(read.json["channel"], channel);
    }
}

#[tokio::test]
async fn the_record_of_an_act_names_the_device_at_which_it_was_done() {
    let office = Office::open().await;
    office.application().await;
    let device = kiosk(&office).await;
    let at_device = office.agent().with(HEADER, &device.credential());
    let withdraw = at_device.post(&path("/withdraw"), &json!({})).once();
    office.ask(withdraw).await.expect(200);
    let events = office.ask(office.agent().get(&path("/events"))).await;
    let events = events.expect(200).json;
    let actors: Vec<_> = events["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|event| event["record"]["actor"]["device"].clone())
        .collect();
    assert_eq!(actors, [json!(null), json!(device.id.as_str())]);
}

#[tokio::test]
async fn a_channel_that_is_named_must_be_the_devices() {
    let office = Office::open().await;
    let device = kiosk(&office).await;
    let named = |channel: &str| {
        let at_device = office.agent().with(HEADER, &device.credential());
        open(&at_device.with("x-channel", channel))
    };
    office.ask(named("kiosk")).await.expect(201);
    for other in ["counter", "web", "api", "", "KIOSK"] {
        let answer = office.ask(named(other)).await;
        let answer = answer.expect_problem(400, "invalid_parameter");
        assert_eq!(
            answer.errors(),
            [("X-Channel", "contradicts_device")],
            "{other:?}"
        );
    }
}

#[tokio::test]
async fn a_device_opens_nothing_without_a_person_who_is_logged_in_beside_it() {
    let office = Office::open().await;
    let device = kiosk(&office).await;
    let alone = Asker::default().with(HEADER, &device.credential());
    office
        .ask(open(&alone))
        .await
        .expect_problem(401, "person_missing");
    let officer = office.officer("intake").with(HEADER, &device.credential());
    office
        .ask(officer.get("/v1/workbench"))
        .await
        .expect_problem(401, "person_missing");
    let stranger = Asker::default()
        .bearer("rubbish")
        .with(HEADER, &device.credential());
    office
        .ask(open(&stranger))
        .await
        .expect_problem(401, "unauthenticated");
}

#[tokio::test]
async fn a_device_lends_a_person_no_right_that_they_do_not_have() {
    let office = Office::open().await;
    let device = kiosk(&office).await;
    let unknown = office.person("nobody", crate::office::HOTEL);
    let ask = open(&unknown.with(HEADER, &device.credential()));
    office.ask(ask).await.expect_problem(403, "no_mandate");
}

#[tokio::test]
async fn a_credential_is_one_number_with_its_own_secret() {
    let office = Office::open().await;
    let (device, other) = (kiosk(&office).await, kiosk(&office).await);
    let counter = device.id.as_str().replace("KSK", "CTR");
    for (what, credential) in [
        ("nothing", String::new()),
        (
            "another scheme",
            device.credential().replace("Device", "Bearer"),
        ),
        ("no scheme", format!("{}.{}", device.id, device.secret)),
        ("no secret", format!("Device {}", device.id)),
        (
            "half a secret",
            format!("Device {}.{}", device.id, &device.secret[..20]),
        ),
        (
            "another's secret",
            format!("Device {}.{}", device.id, other.secret),
        ),
        (
            "a number of another kind",
            format!("Device {counter}.{}", device.secret),
        ),
        (
            "a key for programs",
            format!("Device KEY-7K3M9QX2RD4F.{}", device.secret),
        ),
    ] {
        let answer = opens(&office, &credential).await;
        let told = (answer.status, answer.json["code"].as_str());
        assert_eq!(told, (401, Some("device_not_recognised")), "{what}");
        assert!(!answer.text.contains(&device.secret), "{what}");
    }
    let twice = office
        .agent()
        .with(HEADER, &device.credential())
        .with(HEADER, &device.credential());
    office
        .ask(open(&twice))
        .await
        .expect_problem(401, "device_not_recognised");
}

#[tokio::test]
async fn a_device_that_was_withdrawn_serves_nobody() {
    let office = Office::open().await;
    let device = registered(&office, DeviceKind::Kiosk, |device| {
        *device = device
            .withdraw(real_now(), device.registered_by.clone())
            .unwrap();
    });
    let device = device.await;
    let answer = opens(&office, &device.credential()).await;
    answer.expect_problem(403, "device_out_of_service");
    // Only who has the secret learns that much.
    let answer = opens(&office, &device.wrong()).await;
    answer.expect_problem(401, "device_not_recognised");
}

#[tokio::test]
async fn a_device_of_a_unit_that_is_no_more_serves_nobody() {
    let office = Office::open().await;
    let device = registered(&office, DeviceKind::Counter, |device| {
        device.unit = "psb-149998".parse().unwrap();
    });
    let device = device.await;
    let answer = opens(&office, &device.credential()).await;
    answer.expect_problem(403, "device_out_of_service");
}

#[tokio::test]
async fn five_wrong_secrets_lock_a_device_even_for_the_right_one_and_no_other() {
    let office = Office::open().await;
    let (device, other) = (kiosk(&office).await, kiosk(&office).await);
    for _ in 0..4 {
        let answer = opens(&office, &device.wrong()).await;
        answer.expect_problem(401, "device_not_recognised");
    }
    opens(&office, &device.credential()).await.expect(201);
    let fifth = opens(&office, &device.wrong()).await;
    fifth.expect_problem(401, "device_not_recognised");
    let locked = opens(&office, &device.credential()).await;
    let locked = locked.expect_problem(429, "device_locked");
    let seconds: u32 = locked.header("retry-after").parse().unwrap();
    assert!((1..=900).contains(&seconds), "{seconds}");
    opens(&office, &other.credential()).await.expect(201);
    // Whoever knows its number locks out themself and nobody who stands at it.
    let at_it = office
        .person("driver", CARRIER)
        .with(HEADER, &device.credential());
    office.ask(open(&at_it)).await.expect(201);
}

#[tokio::test]
async fn a_lock_runs_out_and_its_record_goes_by_itself() {
    let office = Office::open().await;
    let device = kiosk(&office).await;
    let long_ago = real_now().plus_seconds(-901);
    let five = (0..5).fold(FailedAttempts::default(), |failed, _| {
        failed.and_one(long_ago)
    });
    let stored = item::write(&device.attempts(), 5, &five).unwrap();
    office.stage.put_item(stored).await;
    opens(&office, &device.credential()).await.expect(201);
    let answer = opens(&office, &device.wrong()).await;
    answer.expect_problem(401, "device_not_recognised");
    let counted = office.stage.item(&device.attempts()).await.unwrap();
    let expires_at = item::number(&counted, "expires_at").unwrap();
    let now = u64::try_from(real_now().unix_seconds()).unwrap();
    assert!(
        (now + 890..=now + 900).contains(&expires_at),
        "{expires_at}"
    );
    opens(&office, &device.credential()).await.expect(201);
}

#[tokio::test]
async fn failures_at_the_same_moment_are_all_counted() {
    let office = Office::open().await;
    let device = kiosk(&office).await;
    let credential = device.wrong();
    let wrong = || opens(&office, &credential);
    let (one, two, three, four, five) = tokio::join!(wrong(), wrong(), wrong(), wrong(), wrong());
    for answer in [one, two, three, four, five] {
        answer.expect_problem(401, "device_not_recognised");
    }
    let locked = opens(&office, &device.credential()).await;
    locked.expect_problem(429, "device_locked");
}

#[tokio::test]
async fn a_number_that_nobody_has_is_not_counted() {
    let office = Office::open().await;
    let nobody = Registered {
        id: DeviceId::new(DeviceKind::Kiosk, 7),
        secret: "A".repeat(43),
    };
    for _ in 0..6 {
        let answer = opens(&office, &nobody.credential()).await;
        answer.expect_problem(401, "device_not_recognised");
    }
    assert!(office.stage.item(&nobody.attempts()).await.is_none());
}

#[tokio::test]
async fn a_wrong_secret_is_answered_alike_for_a_number_that_is_somebodys_locked_or_nobodys() {
    let office = Office::open().await;
    let _draft = office.draft().await;
    let device = kiosk(&office).await;
    let nobody = Registered {
        id: DeviceId::new(DeviceKind::Kiosk, 7),
        secret: "A".repeat(43),
    };
    office.warm_up().await;
    let mut answers = Vec::new();
    for credential in [device.wrong(), nobody.wrong()] {
        for _ in 0..7 {
            let ask = open(&office.agent().with(HEADER, &credential));
            let (answer, calls) = office.cost(ask).await;
            let mut body = answer.json.clone();
            body["request_id"] = json!(null);
            let headers = ["content-type", "retry-after", "www-authenticate"];
            let headers = headers.map(|name| answer.header(name).to_owned());
            answers.push((answer.status, body, headers, calls));
        }
    }
    answers.dedup();
    assert_eq!(answers.len(), 1, "{answers:#?}");
    // However many secrets are tried, what counts for nothing stays small.
    for number in 0..100_u32 {
        let secret = base64_of(number);
        let credential = format!("Device {}.{secret}", nobody.id);
        opens(&office, &credential).await;
    }
    let everything = office.stage.everything().await;
    let counters = everything.iter().filter(|found| {
        let partition = item::text(found, "pk").unwrap_or_default();
        partition.starts_with("ATTEMPTS#")
    });
    assert!(counters.count() <= 32 + 1);
}

/// A secret of 32 bytes that `number` stands for.
fn base64_of(number: u32) -> String {
    let digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let digit = |place: u32| {
        let index = usize::try_from((number >> (6 * place)) & 63).unwrap();
        char::from(digits.as_bytes()[index])
    };
    format!("{}{}{}", digit(0), digit(1), "A".repeat(41))
}

#[tokio::test]
async fn a_device_costs_no_call_and_a_good_secret_no_write() {
    let office = Office::open().await;
    let _draft = office.draft().await;
    let device = kiosk(&office).await;
    office.warm_up().await;
    let at_device = office.agent().with(HEADER, &device.credential());
    let dynamodb = |calls| Calls {
        dynamodb: calls,
        ..Calls::default()
    };
    for (ask, status, expected) in [
        (at_device.get(&path("")), 200, 1),
        (at_device.get("/v1/applications"), 200, 2),
        (open(&at_device), 201, 2),
        (
            office.agent().with(HEADER, "Device rubbish").get(&path("")),
            401,
            0,
        ),
        (
            office.agent().with(HEADER, &device.wrong()).get(&path("")),
            401,
            2,
        ),
    ] {
        let told = format!("{ask:?}");
        let (answer, calls) = office.cost(ask).await;
        assert_eq!(
            (answer.status, calls),
            (status, dynamodb(expected)),
            "{told}"
        );
    }
    let counted = office.stage.item(&device.attempts()).await.unwrap();
    assert_eq!(item::number(&counted, "version"), Some(1));
}

#[tokio::test]
async fn a_draft_of_the_web_is_discarded_at_a_kiosk_and_keeps_the_channel_it_was_opened_by() {
    let office = Office::open().await;
    let device = kiosk(&office).await;
    let opened = office
        .ask(open(&office.agent().with("x-channel", "web")))
        .await;
    let opened = opened.expect(201);
    let draft = format!(
        "/v1/applications/{}",
        opened.json["number"].as_str().unwrap()
    );
    let at_device = office.agent().with(HEADER, &device.credential());
    let read = office.ask(at_device.get(&draft)).await.expect(200);
    assert_eq!(read.json["channel"], "web");
    let discard = at_device.ask(Method::DELETE, &draft);
    office
        .ask(discard.if_match(read.header("etag")))
        .await
        .expect(204);
}
