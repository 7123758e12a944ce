//! Lists, page by page.

use serde_json::json;

use crate::office::Office;

async fn drafts(office: &Office, count: usize) {
    for _ in 0..count {
        let draft = json!({"item": "PSB-APR-004", "region": "140105"});
        office
            .ask(office.agent().post("/v1/applications", &draft).once())
            .await
            .expect(201);
    }
}

async fn first_cursor(office: &Office) -> String {
    let page = office
        .ask(office.agent().get("/v1/applications?limit=1"))
        .await
        .expect(200);
    page.json["next_cursor"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_list_is_read_page_by_page_without_loss_or_repeat() {
    let office = Office::open().await;
    drafts(&office, 5).await;
    let all = office
        .ask(office.agent().get("/v1/applications"))
        .await
        .expect(200);
    assert_eq!(all.json["next_cursor"], json!(null));

    let mut paged = Vec::new();
    let mut next = String::new();
    loop {
        let page = office
            .ask(
                office
                    .agent()
                    .get(&format!("/v1/applications?limit=2{next}")),
            )
            .await
            .expect(200);
        let items = page.json["items"].as_array().unwrap().clone();
        assert!(items.len() <= 2);
        paged.extend(items);
        match page.json["next_cursor"].as_str() {
            Some(cursor) => next = format!("&cursor={cursor}"),
            None => break,
        }
    }
    assert_eq!(json!(paged), all.json["items"]);
    assert_eq!(paged.len(), 5);
}

#[tokio::test]
async fn a_limit_is_1_to_100() {
    let office = Office::open().await;
    let agent = office.agent();
    for refused in ["0", "-1", "101", "many", "1.5", "", "99999999999"] {
        let ask = agent.get(&format!("/v1/applications?limit={refused}"));
        office
            .ask(ask)
            .await
            .expect_problem(400, "invalid_parameter");
        let ask = office
            .officer("intake")
            .get(&format!("/v1/workbench?limit={refused}"));
        office
            .ask(ask)
            .await
            .expect_problem(400, "invalid_parameter");
    }
    for taken in ["1", "100"] {
        office
            .ask(agent.get(&format!("/v1/applications?limit={taken}")))
            .await
            .expect(200);
    }
}

#[tokio::test]
async fn a_cursor_that_was_tampered_with_points_nowhere() {
    let office = Office::open().await;
    drafts(&office, 2).await;
    let cursor = first_cursor(&office).await;
    office
        .ask(
            office
                .agent()
                .get(&format!("/v1/applications?cursor={cursor}")),
        )
        .await
        .expect(200);

    let mut tampered: Vec<String> = (0..cursor.len())
        .step_by(7)
        .map(|place| {
            let mut bytes = cursor.clone().into_bytes();
            bytes[place] = if bytes[place] == b'A' { b'B' } else { b'A' };
            String::from_utf8(bytes).unwrap()
        })
        .collect();
    let parts: Vec<&str> = cursor.split('.').collect();
    tampered.extend([
        String::new(),
        ".".to_owned(),
        "..".to_owned(),
        "...".to_owned(),
        "x".repeat(4096),
        cursor[..cursor.len() / 2].to_owned(),
        parts[..2].join("."),
        format!("{}..{}", parts[0], parts[2]),
        format!("2099Q1.{}.{}", parts[1], parts[2]),
        format!("9999Q9.{}.{}", parts[1], parts[2]),
        format!("{cursor}.{}", parts[2]),
    ]);
    for other in tampered {
        let ask = office
            .agent()
            .get(&format!("/v1/applications?cursor={other}"));
        office.ask(ask).await.expect_problem(400, "invalid_cursor");
    }
}

#[tokio::test]
async fn a_cursor_goes_on_in_its_own_list_of_its_own_caller_only() {
    let office = Office::open().await;
    drafts(&office, 2).await;
    let cursor = first_cursor(&office).await;
    for ask in [
        office
            .person("viewer", crate::office::HOTEL)
            .get(&format!("/v1/applications?cursor={cursor}")),
        office
            .person("driver", crate::office::CARRIER)
            .get(&format!("/v1/applications?cursor={cursor}")),
        office
            .officer("intake")
            .get(&format!("/v1/workbench?cursor={cursor}")),
    ] {
        office.ask(ask).await.expect_problem(400, "invalid_cursor");
    }
}

#[tokio::test]
async fn the_workbench_holds_what_waits_for_the_officers_post() {
    let office = Office::open().await;
    let _filing = office.application().await;
    let numbers = async |officer: &str, query: &str| -> Vec<String> {
        let page = office
            .ask(
                office
                    .officer(officer)
                    .get(&format!("/v1/workbench{query}")),
            )
            .await
            .expect(200);
        let items = page.json["items"].as_array().unwrap().iter();
        items
            .map(|case| case["number"].as_str().unwrap().to_owned())
            .collect()
    };
    let here = [support::filing::NUMBER];
    assert_eq!(numbers("intake", "").await, here);
    assert_eq!(numbers("intake", "?state=submitted").await, here);
    assert!(numbers("intake", "?mine=true").await.is_empty());
    assert!(numbers("reviewer", "").await.is_empty());
    assert!(numbers("neighbour", "").await.is_empty());
    assert!(numbers("intake", "?due_before=2020-01-01").await.is_empty());
    assert_eq!(numbers("intake", "?due_before=2999-01-01").await, here);

    office.claim("intake").await;
    assert_eq!(numbers("intake", "?mine=true").await, here);
    assert_eq!(numbers("intake", "?claimed=true").await, here);
    let unclaimed = numbers("intake", "?claimed=false").await;
    assert!(
        !unclaimed
            .iter()
            .any(|number| here.contains(&number.as_str()))
    );
    let accept = office.command("intake", "accept", &json!({})).await;
    office.ask(accept).await.expect(200);
    assert!(numbers("intake", "").await.is_empty());
    assert_eq!(numbers("reviewer", "").await, here);

    for refused in [
        "?state=refused",
        "?state=lost",
        "?colour=red",
        "?due_before=soon",
        "?mine=perhaps",
    ] {
        let ask = office
            .officer("intake")
            .get(&format!("/v1/workbench{refused}"));
        office
            .ask(ask)
            .await
            .expect_problem(400, "invalid_parameter");
    }
    office
        .ask(office.agent().get("/v1/workbench"))
        .await
        .expect_problem(403, "wrong_side");
    office
        .ask(office.officer("intake").get("/v1/applications"))
        .await
        .expect_problem(403, "wrong_side");
}
