//! What everybody may read costs the table no write, found or not.

use std::sync::Arc;

use http::Method;
use serde_json::json;
use support::Emulated;
use support::door::{Door, appointed, mandate};
use support::filing::{Filing, NUMBER};
use web::Access;
use web::routes::Served;

use crate::callers::OWN;
use crate::matrix::routes;

fn approval(stage: &Emulated) -> axum::Router {
    let app = approval::App::new(Arc::clone(&stage.aws), &stage.config).unwrap();
    approval::routes(Served::default()).into_router(app)
}

fn inquiry(stage: &Emulated) -> axum::Router {
    let app = inquiry::App::new(Arc::clone(&stage.aws), &stage.config);
    inquiry::routes(Served::default()).into_router(app)
}

/// The path at which everybody can check the notice of an acceptance.
async fn notice(door: &Door) -> String {
    let filing = Filing::open(&door.stage).await;
    let documents = filing.announce_all().await;
    filing.submit().await;
    for document in documents {
        filing.settle(&document, &[]).await;
    }
    let intake = appointed("intake", "140105", domain::officer::Post::Intake);
    let agent = mandate("agent", OWN, domain::mandate::Role::Handler);
    for item in [
        platform::authority::officer_item(&intake, 1).unwrap(),
        platform::authority::mandate_item(&agent, 1).unwrap(),
    ] {
        door.stage.put_item(item).await;
    }
    for (version, act) in [(1, "claim"), (2, "accept")] {
        let path = format!("/v1/applications/{NUMBER}/{act}");
        let ask = door.officer("intake").post(&path, &json!({})).once();
        let ask = ask.if_match(&format!("\"{version}\""));
        door.ask(ask).await.expect(200);
    }
    let notices = format!("/v1/applications/{NUMBER}/notices");
    let listed = door.ask(door.person("agent", OWN).get(&notices)).await;
    let number = listed.expect(200).json["items"][0]["number"].clone();
    let one = format!("{notices}/{}", number.as_str().unwrap());
    let issued = door.ask(door.person("agent", OWN).get(&one)).await;
    let issued = issued.expect(200).json;
    let text = |member: &str| issued[member].as_str().unwrap().to_owned();
    format!(
        "/v1/notices/{}?code={}",
        text("number"),
        text("verification_code")
    )
}

#[tokio::test]
async fn who_reads_what_is_public_has_nothing_written() {
    let door = Door::open(&[], approval).await;
    let genuine = notice(&door).await;
    let (number, _) = genuine.split_once('?').unwrap();
    let forged = format!("{number}?code=000000000000");
    let read = routes().into_iter().filter(|route| {
        let of_another = route.path.starts_with("/v1/health/") && !route.path.ends_with("inquiry");
        route.access == Access::Public && route.method == Method::GET && !of_another
    });
    let named = read.map(|route| {
        let path = route.path.replace("{code}", "PSB-APR-004");
        path.replace("/v1/notices/{number}", &genuine)
    });
    let paths: Vec<String> = named.chain([forged]).collect();
    assert!(paths.len() > 6, "{paths:?}");
    let public = Door::at(&door.stage, inquiry);
    let before = door.stage.everything().await;
    for path in paths {
        let (answer, calls) = public
            .cost(support::door::Asker::default().get(&path))
            .await;
        let found = !path.ends_with("=000000000000");
        assert_eq!(answer.status, if found { 200 } else { 404 }, "{path}");
        assert!(calls.dynamodb <= 1, "{path}: {calls:?}");
    }
    assert_eq!(door.stage.everything().await, before);
}
