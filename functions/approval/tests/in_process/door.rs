//! What gets past the door: bodies, headers, methods.

use http::Method;
use serde_json::json;

use crate::office::{Asker, Office, path};

#[tokio::test]
async fn a_body_of_more_than_256_kib_is_too_large_and_one_of_exactly_that_is_not() {
    let office = Office::open().await;
    let wrapped = |filling: usize| {
        let body = json!({"item": "PSB-APR-004", "region": "140105", "form": {"remarks": "x".repeat(filling)}});
        office.agent().post("/v1/applications", &body).once()
    };
    let empty = json!({"item": "PSB-APR-004", "region": "140105", "form": {"remarks": ""}})
        .to_string()
        .len();
    let exactly = 256 * 1024 - empty;
    office.ask(wrapped(exactly)).await.expect(201);
    office
        .ask(wrapped(exactly + 1))
        .await
        .expect_problem(413, "body_too_large");
}

#[tokio::test]
async fn only_json_is_taken() {
    let office = Office::open().await;
    let ask = |content_type: &str| {
        let ask = office.agent().ask(Method::POST, "/v1/applications").once();
        ask.header("content-type", content_type)
            .body(r#"{"item": "PSB-APR-004", "region": "140105"}"#)
    };
    for refused in [
        "text/plain",
        "application/xml",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "",
    ] {
        office
            .ask(ask(refused))
            .await
            .expect_problem(415, "unsupported_media_type");
    }
    for taken in [
        "application/json",
        "application/json; charset=utf-8",
        "APPLICATION/JSON",
    ] {
        office.ask(ask(taken)).await.expect(201);
    }
}

#[tokio::test]
async fn a_body_that_cannot_be_read_is_told_with_its_place() {
    let office = Office::open().await;
    let open = |body: &str| {
        office
            .agent()
            .post("/v1/applications", &json!({}))
            .once()
            .body(body)
    };
    for (body, place, code) in [
        ("{", "", "invalid_json"),
        ("\u{feff}{}", "", "invalid_json"),
        (r#"{"item": "PSB-APR-004"} {}"#, "", "invalid_json"),
        ("[]", "", "wrong_type"),
        ("null", "", "wrong_type"),
        ("{}", "/item", "missing"),
        (r#"{"item": 4}"#, "/item", "wrong_type"),
        (r#"{"item": "PSB-APR-4"}"#, "/item", "wrong_format"),
        (
            r#"{"item": "PSB-APR-004", "colour": "red"}"#,
            "/colour",
            "unknown_member",
        ),
        (
            r#"{"item": "PSB-APR-004", "region": 140105}"#,
            "/region",
            "wrong_type",
        ),
        (
            r#"{"item": "PSB-APR-004", "form": []}"#,
            "/form",
            "invalid_member",
        ),
    ] {
        let answer = office
            .ask(open(body))
            .await
            .expect_problem(400, "malformed_request");
        assert_eq!(answer.errors(), [(place, code)], "{body}");
    }
}

#[tokio::test]
async fn nesting_without_end_is_no_json_for_us() {
    let office = Office::open().await;
    let deep = format!(
        r#"{{"item": "PSB-APR-004", "form": {}{}}}"#,
        "[".repeat(50_000),
        "]".repeat(50_000)
    );
    let ask = office
        .agent()
        .post("/v1/applications", &json!({}))
        .once()
        .body(deep);
    office
        .ask(ask)
        .await
        .expect_problem(400, "malformed_request");
}

#[tokio::test]
async fn a_header_that_must_be_one_is_not_taken_twice() {
    let office = Office::open().await;
    let list = "/v1/applications";
    let agent = office.agent();
    office
        .ask(agent.get(list).header("authorization", "Bearer other"))
        .await
        .expect_problem(401, "unauthenticated");
    let twice_acting = agent
        .get(list)
        .header("x-acting-for", crate::office::CARRIER);
    office
        .ask(twice_acting)
        .await
        .expect_problem(400, "acting_for_invalid");
    let twice_keyed = agent
        .post(list, &json!({"item": "PSB-APR-004"}))
        .once()
        .once();
    office
        .ask(twice_keyed)
        .await
        .expect_problem(400, "invalid_parameter");
}

#[tokio::test]
async fn an_officer_must_say_which_version_they_have_seen() {
    let office = Office::open().await;
    let _filing = office.application().await;
    let claim = office.officer("intake").post(&path("/claim"), &json!({}));
    office
        .ask(claim.clone().once())
        .await
        .expect_problem(428, "precondition_required");
    for other in ["\"7\"", "W/\"1\"", "\"2\", \"3\"", "\"one\""] {
        let answer = office.ask(claim.clone().once().if_match(other)).await;
        answer.expect_problem(412, "stale_version");
    }
    for malformed in ["*", "1", "\"1"] {
        let answer = office.ask(claim.clone().once().if_match(malformed)).await;
        answer.expect_problem(400, "invalid_parameter");
    }
    let listed = claim.once().if_match("\"7\", \"1\"");
    office.ask(listed).await.expect(200);
}

#[tokio::test]
async fn an_applicants_change_of_a_draft_must_say_so_as_well() {
    let office = Office::open().await;
    let _filing = office.draft().await;
    let change = office
        .agent()
        .patch(&path(""), &json!({"form": {"rooms": 81}}));
    office
        .ask(change.clone())
        .await
        .expect_problem(428, "precondition_required");
    let changed = office
        .ask(change.clone().if_match("\"1\""))
        .await
        .expect(200);
    assert_eq!(changed.header("etag"), "\"2\"");
    office
        .ask(change.if_match("\"1\""))
        .await
        .expect_problem(412, "stale_version");
    let read = office.ask(office.agent().get(&path(""))).await.expect(200);
    assert_eq!(
        (&read.json["form"]["rooms"], read.header("etag")),
        (&json!(81), "\"2\"")
    );
}

#[tokio::test]
async fn what_the_interface_does_not_know_is_a_problem_too() {
    let office = Office::open().await;
    let nobody = Asker::default();
    office
        .ask(nobody.get("/v1/applicants"))
        .await
        .expect_problem(404, "not_found");
    office
        .ask(nobody.ask(Method::PUT, "/v1/applications"))
        .await
        .expect_problem(405, "method_not_allowed");
    office
        .ask(nobody.ask(Method::DELETE, "/v1/workbench"))
        .await
        .expect_problem(405, "method_not_allowed");
}

#[tokio::test]
async fn every_answer_carries_a_request_id_and_is_kept_by_nobody() {
    let office = Office::open().await;
    let nobody = Asker::default();
    let health = "/v1/health/approval";
    let answer = office
        .ask(nobody.get(health).header("x-request-id", "my-request_1.2"))
        .await
        .expect(200);
    assert_eq!(answer.header("x-request-id"), "my-request_1.2");
    for (name, value) in [
        ("cache-control", "no-store"),
        ("x-content-type-options", "nosniff"),
        (
            "strict-transport-security",
            "max-age=31536000; includeSubDomains",
        ),
        (
            "content-security-policy",
            "default-src 'none'; frame-ancestors 'none'",
        ),
    ] {
        assert_eq!(answer.header(name), value);
    }
    for unfit in ["", " ", "a b", "<script>", &"x".repeat(65)] {
        let answer = office
            .ask(nobody.get(health).header("x-request-id", unfit))
            .await
            .expect(200);
        let given = answer.header("x-request-id");
        assert!(
            !given.is_empty() && given != unfit,
            "{unfit:?} became {given:?}"
        );
    }
    let refused = office
        .ask(nobody.get(&path("")).header("x-request-id", "quote-me"))
        .await;
    let refused = refused.expect_problem(401, "unauthenticated");
    assert_eq!(refused.json["request_id"], "quote-me");
}

#[tokio::test]
async fn a_problem_is_told_in_the_callers_language() {
    let office = Office::open().await;
    let read = Asker::default().get(&path(""));
    let chinese = office.ask(read.clone()).await;
    let english = office
        .ask(read.header("accept-language", "en-GB, zh;q=0.5"))
        .await;
    assert_eq!(
        (
            chinese.header("content-language"),
            english.header("content-language")
        ),
        ("zh-CN", "en")
    );
    assert_eq!(chinese.json["code"], english.json["code"]);
    assert_eq!(english.json["title"], "You are not logged in, or no longer");
    assert_eq!(chinese.json["title"], "未登录或登录已失效");
}

#[tokio::test]
async fn a_channel_is_one_that_a_person_may_name() {
    let office = Office::open().await;
    let open = |channel: &str| {
        let body = json!({"item": "PSB-APR-004", "region": "140105"});
        office
            .agent()
            .with("x-channel", channel)
            .post("/v1/applications", &body)
            .once()
    };
    for named in ["web", "wechat", "api"] {
        let answer = office.ask(open(named)).await.expect(201);
        assert_eq!(answer.json["channel"], named);
    }
    for other in ["kiosk", "counter", "", "WEB"] {
        let answer = office
            .ask(open(other))
            .await
            .expect_problem(400, "invalid_parameter");
        assert_eq!(answer.errors(), [("X-Channel", "unknown_channel")]);
    }
    let twice = open("web").header("x-channel", "wechat");
    let answer = office
        .ask(twice)
        .await
        .expect_problem(400, "invalid_parameter");
    assert_eq!(answer.errors(), [("X-Channel", "given_twice")]);
}
