//! What was accepted or granted before is not uploaded once more (材料复用).

use domain::application::{Application, Stage};
use domain::ids::DocumentId;
use domain::mandate::{Coverage, Mandate, Role};
use domain::manifest::PaperState;
use platform::authority::mandate_item;
use platform::cases::Restriction;
use platform::clock::real_now;
use platform::documents::clean_key;
use platform::table::{Key, item};
use platform::telemetry::Calls;
use serde_json::{Value, json};
use support::Reply;
use support::filing::{Filing, NUMBER, PAPERS, paper};

use crate::office::{AGENT, Answer, Ask, Asker, CARRIER, HOTEL, Office, mandate};
use crate::procedure::story::{Story, grant};

/// A business for which the hotel's licence, its legal representative and its premises are asked again.
const SECOND_ITEM: &str = "PSB-APR-005";

/// The hotel's licence, granted by the officers, with its papers where they are kept.
async fn granted(office: &Office) -> Filing<'_> {
    let filing = office.application().await;
    let papers = filing.case().await.manifest.unwrap().body.papers;
    for (material, file, _) in PAPERS {
        let code = material.to_owned().try_into().unwrap();
        let key = clean_key(&filing.number, papers[&code].document);
        let bytes = paper(&format!("PSB-APR-004/{file}"));
        office.stage.put_object(&key, bytes).await;
    }
    for (officer, command, body) in [
        ("intake", "accept", json!({})),
        ("reviewer", "recommend", grant("opinion")),
        ("decider", "decide", grant("reasons")),
    ] {
        office.claim(officer).await;
        let command = office.command(officer, command, &body).await;
        office.ask(command).await.expect(200);
    }
    filing
}

/// The path of a new draft of the hotel's for `item`.
async fn draft(office: &Office, item: &str) -> String {
    let body = json!({"item": item, "region": "140105"});
    let opened = office.ask(office.agent().post("/v1/applications", &body).once());
    let number = opened.await.expect(201).json["number"].clone();
    format!("/v1/applications/{}", number.as_str().unwrap())
}

/// The document that stands for `material` of the case.
async fn document(filing: &Filing<'_>, material: &str) -> DocumentId {
    let papers = filing.case().await.manifest.unwrap().body.papers;
    papers[&material.to_owned().try_into().unwrap()].document
}

fn reuse(asker: &Asker, draft: &str, material: &str, document: Option<DocumentId>) -> Ask {
    let mut body = json!({"material": material, "application": NUMBER});
    if let Some(document) = document {
        body["document"] = json!(document);
    }
    asker.post(&format!("{draft}/reuse"), &body).once()
}

async fn offers(office: &Office, draft: &str) -> Vec<Value> {
    let listed = office.agent().get(&format!("{draft}/reusable"));
    let listed = office.ask(listed).await.expect(200);
    listed.json["materials"].as_array().unwrap().clone()
}

/// The hotel's case with its stored state as `change` makes it.
async fn change(filing: &Filing<'_>, change: impl FnOnce(&mut Application)) {
    let state = filing.case().await.state.unwrap();
    let mut changed = state.body;
    change(&mut changed);
    let key = Key::state(&filing.number);
    let stored = item::write(&key, state.version, &changed).unwrap();
    filing.stage().put_item(stored).await;
}

#[tokio::test]
async fn a_second_application_is_offered_what_an_officer_accepted_and_uploads_none_of_it() {
    let office = Office::open().await;
    let filing = granted(&office).await;
    let second = draft(&office, SECOND_ITEM).await;

    let offered = offers(&office, &second).await;
    let materials: Vec<_> = offered.iter().map(|one| one["material"].clone()).collect();
    assert_eq!(materials, ["MAT-BIZ", "MAT-LEGAL-ID", "MAT-PREMISES"]);
    let decided_at = filing.case().await.state.unwrap().body.course.decided_at;
    let licence = document(&filing, "MAT-BIZ").await;
    let accepted_on = decided_at.unwrap().date();
    let until = accepted_on.checked_add(jiff::ToSpan::months(12)).unwrap();
    assert_eq!(
        offered[0],
        json!({
            "material": "MAT-BIZ",
            "name": {"zh": "营业执照", "en": "Business licence"},
            "offers": [{
                "application": NUMBER,
                "document": licence,
                "item": "PSB-APR-004",
                "item_name": {"zh": "旅馆业特种行业许可证核发", "en": "Special-trade licence for a hotel"},
                "accepted_at": decided_at,
                "usable_until": until,
                "illustrative": true,
                "purpose": {
                    "zh": "证明申请人的市场主体资格",
                    "en": "To show that the applicant exists in law",
                },
                "media_type": "application/pdf",
                "size": paper("PSB-APR-004/MAT-BIZ.pdf").len(),
            }],
        })
    );

    for one in &offered {
        let offer = &one["offers"][0];
        let body = json!({
            "material": one["material"], "application": offer["application"], "document": offer["document"],
        });
        let taken = office.agent().post(&format!("{second}/reuse"), &body);
        let taken = office.ask(taken.once()).await.expect(201).json;
        assert_eq!(taken["document"]["state"], "clean");
        let from = &taken["document"]["reused_from"];
        assert_eq!(from["application"], NUMBER);
        assert_eq!(from["usable_until"], offer["usable_until"]);
        assert_eq!(taken["certificate"], Value::Null);
    }

    // A copy of its own, byte for byte, which expires like those of other drafts.
    let copy = Filing::of(&office.stage, second.rsplit('/').next().unwrap());
    let copied = document(&copy, "MAT-BIZ").await;
    assert_ne!(copied, licence);
    let key = clean_key(&copy.number, copied);
    let bytes = office.stage.object(&key).await.unwrap();
    assert_eq!(bytes, paper("PSB-APR-004/MAT-BIZ.pdf"));
    let expires = [("case".to_owned(), "draft".to_owned())];
    assert_eq!(office.stage.tags(&key).await, expires);
    let known = copy.case_with(copied).await.document.unwrap().body;
    let original = filing.case_with(licence).await.document.unwrap().body;
    assert_eq!(known.state, PaperState::Clean);
    assert_eq!(known.sha256, original.sha256);
    assert_eq!(known.examined_at, original.examined_at);
    assert_eq!(known.reused.unwrap().document, licence);
    let read = format!("{second}/documents/{copied}");
    let read = office.ask(office.agent().get(&read)).await.expect(200).json;
    assert_eq!(read["reused_from"]["application"], NUMBER);
    assert!(read["download"]["url"].is_string());
}

#[tokio::test]
async fn each_reason_why_a_paper_is_not_used_again_is_told() {
    let office = Office::open().await;
    let filing = granted(&office).await;
    let second = draft(&office, SECOND_ITEM).await;
    let ask = async |material: &str, of: &str| {
        let of = document(&filing, of).await;
        let ask = reuse(&office.agent(), &second, material, Some(of));
        office.ask(ask).await
    };
    let refused = |answer: Answer, pointer: &str, code: &str| {
        let answer = answer.expect_problem(422, "reuse_refused");
        assert_eq!(answer.errors(), [(pointer, code)]);
    };
    refused(ask("MAT-POA", "MAT-POA").await, "/material", "one_matter");
    refused(
        ask("MAT-RULES", "MAT-RULES").await,
        "/material",
        "another_kind",
    );
    refused(
        ask("MAT-BIZ", "MAT-LEGAL-ID").await,
        "/material",
        "another_kind",
    );
    let none = DocumentId(uuid::Uuid::from_u128(7));
    let unknown = reuse(&office.agent(), &second, "MAT-BIZ", Some(none));
    refused(office.ask(unknown).await, "/application", "unknown_source");
    let no_certificate = reuse(&office.agent(), &second, "MAT-BIZ", None);
    refused(
        office.ask(no_certificate).await,
        "/material",
        "another_kind",
    );
    let answer = ask("MAT-NONE", "MAT-BIZ").await;
    let answer = answer.expect_problem(422, "material_invalid");
    assert_eq!(answer.errors(), [("/material", "unknown_material")]);
    let nowhere = json!({"material": "MAT-BIZ", "application": "AP-20261123-000000000000"});
    let nowhere = office.agent().post(&format!("{second}/reuse"), &nowhere);
    refused(
        office.ask(nowhere.once()).await,
        "/application",
        "unknown_source",
    );

    let as_it_was = filing.case().await.state.unwrap().body;
    let cases: [(Changed<'_>, &str); 5] = [
        (&|case| case.stage = Stage::Revoked, "revoked"),
        (&|case| case.handling.decided_by = None, "not_accepted"),
        (&|case| case.course.refused = true, "not_accepted"),
        (&|case| case.course.decided_at = None, "not_accepted"),
        (
            &|case| {
                let longer_ago = real_now().plus_seconds(-367 * 24 * 60 * 60);
                case.course.decided_at = Some(longer_ago);
            },
            "ran_out",
        ),
    ];
    for (changed, code) in cases {
        change(&filing, changed).await;
        refused(ask("MAT-BIZ", "MAT-BIZ").await, "/application", code);
        assert_eq!(offers(&office, &second).await, [] as [Value; 0], "{code}");
        change(&filing, |case| *case = as_it_was.clone()).await;
    }
    // A case of another enterprise is none, whatever it says.
    let other = domain::identifiers::Uscc::parse(CARRIER).unwrap();
    change(&filing, |case| case.enterprise = other).await;
    refused(
        ask("MAT-BIZ", "MAT-BIZ").await,
        "/application",
        "unknown_source",
    );
    assert_eq!(offers(&office, &second).await, [] as [Value; 0]);
    change(&filing, |case| *case = as_it_was).await;

    let mark = Restriction {
        since: real_now(),
        erased_at: None,
    };
    let mark = item::write(&Key::restriction(&filing.number), 1, &mark).unwrap();
    office.stage.put_item(mark).await;
    refused(ask("MAT-BIZ", "MAT-BIZ").await, "/application", "withheld");
    assert_eq!(offers(&office, &second).await, [] as [Value; 0]);

    let draft = Filing::of(&office.stage, second.rsplit('/').next().unwrap());
    let papers = draft.case().await.manifest.unwrap().body;
    assert!(papers.papers.is_empty(), "{papers:?}");
}

type Changed<'c> = &'c dyn Fn(&mut Application);

async fn may(office: &Office, change: impl FnOnce(&mut Mandate)) {
    let mut changed = mandate(AGENT, HOTEL, Role::Handler);
    change(&mut changed);
    let stored = mandate_item(&changed, 1).unwrap();
    office.stage.put_item(stored).await;
}

#[tokio::test]
async fn only_who_may_file_it_and_read_the_earlier_case_uses_its_papers() {
    let office = Office::open().await;
    let filing = granted(&office).await;
    let second = draft(&office, SECOND_ITEM).await;
    let licence = Some(document(&filing, "MAT-BIZ").await);
    for (asker, status, code) in [
        (office.person("viewer", HOTEL), 403, "role_insufficient"),
        (office.person("driver", CARRIER), 404, "not_found"),
        (office.officer("intake"), 403, "wrong_side"),
    ] {
        for ask in [
            asker.get(&format!("{second}/reusable")),
            reuse(&asker, &second, "MAT-BIZ", licence),
        ] {
            office.ask(ask).await.expect_problem(status, code);
        }
    }

    // Who may file for the second item only does not see what was filed for the first.
    let only = Coverage::Only(vec![SECOND_ITEM.parse().unwrap()]);
    may(&office, |mandate| mandate.items = only).await;
    assert_eq!(offers(&office, &second).await, [] as [Value; 0]);
    let ask = reuse(&office.agent(), &second, "MAT-BIZ", licence);
    let refused = office.ask(ask).await.expect_problem(422, "reuse_refused");
    assert_eq!(refused.errors(), [("/application", "unknown_source")]);

    may(&office, |mandate| mandate.suspended_at = Some(real_now())).await;
    for ask in [
        office.agent().get(&format!("{second}/reusable")),
        reuse(&office.agent(), &second, "MAT-BIZ", licence),
    ] {
        let refused = office.ask(ask).await;
        refused.expect_problem(403, "enterprise_suspended");
    }
    may(&office, |_| {}).await;
    let ask = reuse(&office.agent(), &second, "MAT-BIZ", licence);
    office.ask(ask).await.expect(201);
}

#[tokio::test]
async fn a_repeat_gets_the_answer_of_the_first_and_copies_nothing_more() {
    let office = Office::open().await;
    let filing = granted(&office).await;
    let second = draft(&office, SECOND_ITEM).await;
    let licence = Some(document(&filing, "MAT-BIZ").await);
    let ask = reuse(&office.agent(), &second, "MAT-BIZ", licence);
    let (first, calls) = office.cost(ask.clone()).await;
    first.expect(201);
    assert_eq!(calls, calls_of(2, 1));
    let (repeat, calls) = office.cost(ask).await;
    assert_eq!(calls, calls_of(1, 0));
    let repeat = repeat.expect(201);
    let second = Filing::of(&office.stage, second.rsplit('/').next().unwrap());
    let copied = document(&second, "MAT-BIZ").await;
    assert_eq!(repeat.json["document"]["id"], json!(copied));
}

fn calls_of(dynamodb: u64, s3: u64) -> Calls {
    Calls {
        dynamodb,
        s3,
        ..Calls::default()
    }
}

#[tokio::test]
async fn offering_costs_one_query_and_two_reads_and_the_wallet_costs_a_grant_no_call() {
    let office = Office::open().await;
    let _filing = office.application().await;
    office.warm_up().await;
    let second = draft(&office, SECOND_ITEM).await;
    let list = office.agent().get(&format!("{second}/reusable"));
    // With an empty wallet there is no case to read.
    assert_eq!(office.cost(list.clone()).await.1, calls_of(2, 0));
    for (officer, command, body) in [
        ("intake", "accept", json!({})),
        ("reviewer", "recommend", grant("opinion")),
        ("decider", "decide", grant("reasons")),
    ] {
        office.claim(officer).await;
        let command = office.command(officer, command, &body).await;
        let (answer, calls) = office.cost(command).await;
        answer.expect(200);
        assert_eq!(calls, calls_of(2, 0));
    }
    let (listed, calls) = office.cost(list).await;
    assert_eq!(listed.json["materials"].as_array().unwrap().len(), 3);
    assert_eq!(calls, calls_of(3, 0));
    let entries = office.stage.everything().await;
    let kept = entries.iter().filter_map(|entry| item::text(entry, "pk"));
    // Licence, legal representative, premises, fire safety; the power of attorney is for one matter.
    assert_eq!(kept.filter(|pk| pk.starts_with("WALLET#")).count(), 4);
}

#[tokio::test]
async fn when_the_store_does_not_copy_nothing_stands_for_the_material() {
    let office = Office::open().await;
    let filing = granted(&office).await;
    let second = draft(&office, SECOND_ITEM).await;
    let licence = Some(document(&filing, "MAT-BIZ").await);
    let faults = &office.stage.faults;
    faults.answer("PutObject", 3, |_| Some(Reply::unavailable()));
    let ask = reuse(&office.agent(), &second, "MAT-BIZ", licence);
    let answer = office.ask(ask.clone()).await;
    answer.expect_problem(503, "temporarily_unavailable");
    assert!(faults.all_happened());
    let draft = Filing::of(&office.stage, second.rsplit('/').next().unwrap());
    assert!(draft.case().await.manifest.unwrap().body.papers.is_empty());
    office.ask(ask).await.expect(201);
}

#[tokio::test]
async fn a_case_that_is_sent_back_takes_again_what_was_asked_for_and_the_review_is_told() {
    let office = Office::open().await;
    let filing = granted(&office).await;
    let licence = document(&filing, "MAT-BIZ").await;
    let premises = document(&filing, "MAT-PREMISES").await;
    let number = "AP-20261123-7K3M9QX2RD4G";
    let second = Filing::open_numbered(&office.stage, number, &support::filing::form()).await;
    for document in second.announce_all().await {
        second.settle(&document, &[]).await;
    }
    second.submit().await;
    let path = format!("/v1/applications/{number}");
    let submitted = office.ask(office.agent().get(&format!("{path}/reusable")));
    submitted.await.expect_problem(409, "already_submitted");

    let demands = json!({
        "demands": [{"kind": "material", "material": "MAT-BIZ"}], "explanation": "营业执照不清晰。",
    });
    let commands = [("claim", json!({})), ("require-correction", demands)];
    for (version, (command, body)) in (1..).zip(commands) {
        let ask = office
            .officer("intake")
            .post(&format!("{path}/{command}"), &body);
        let ask = ask.if_match(&format!("\"{version}\"")).once();
        office.ask(ask).await.expect(200);
    }
    let offered = offers(&office, &path).await;
    let materials: Vec<_> = offered.iter().map(|one| one["material"].clone()).collect();
    assert_eq!(materials, ["MAT-BIZ"]);
    let ask = reuse(&office.agent(), &path, "MAT-PREMISES", Some(premises));
    let refused = office
        .ask(ask)
        .await
        .expect_problem(422, "material_invalid");
    assert_eq!(refused.errors(), [("/material", "not_asked_for")]);

    let ask = reuse(&office.agent(), &path, "MAT-BIZ", Some(licence));
    office.ask(ask).await.expect(201);
    let copied = document(&second, "MAT-BIZ").await;
    let signal = Key::signal(&second.number, domain::ids::EventId(copied.0));
    assert!(office.stage.item(&signal).await.is_some());

    // Who reviews it sees that it was used again, and from where.
    let seen = office.officer("reviewer").get(&path);
    let seen = office.ask(seen).await.expect(200).json;
    let materials = seen["materials"].as_array().unwrap();
    let shown = materials
        .iter()
        .find(|one| one["code"] == "MAT-BIZ")
        .unwrap();
    let from = &shown["document"]["reused_from"];
    assert_eq!(from["application"], NUMBER);
    assert_eq!(from["purpose"]["zh"], "证明申请人的市场主体资格");
}

/// A security company's licence, granted today.
async fn licensed() -> Story {
    let story = Story::draft("PSB-APR-008").await;
    for material in &story.item.materials {
        if material.required && material.format.takes_upload() {
            story.bring(material.code.as_str()).await;
        }
    }
    story.agent("submit", json!({})).await.expect(200);
    story.step("intake", "accept", json!({})).await;
    story.step("reviewer", "recommend", grant("opinion")).await;
    story.step("decider", "decide", grant("reasons")).await;
    story
}

#[tokio::test]
async fn a_certificate_that_the_platform_granted_is_shown_by_its_case_and_not_uploaded() {
    let story = licensed().await;
    let (office, number) = (&story.office, story.number().to_string());
    let second = draft(office, "PSB-APR-010").await;
    let offered = offers(office, &second).await;
    let of_licence = offered.iter().find(|one| one["material"] == "MAT-SEC-LIC");
    let offer = &of_licence.unwrap()["offers"][0];
    assert_eq!(offer["application"], number);
    assert_eq!(offer["document"], Value::Null);
    assert_eq!(offer["illustrative"], false);
    assert_eq!(offer["purpose"]["zh"], "证明已取得保安服务许可证");

    let body = json!({"material": "MAT-SEC-LIC", "application": number});
    let reuse = office.agent().post(&format!("{second}/reuse"), &body);
    let (taken, calls) = office.cost(reuse.clone().once()).await;
    let taken = taken.expect(201).json;
    assert_eq!(calls, calls_of(2, 0));
    assert_eq!(taken["document"], Value::Null);
    assert_eq!(taken["certificate"]["application"], number);
    assert_eq!(taken["certificate"]["name"]["zh"], "保安服务许可证");
    let read = office
        .ask(office.agent().get(&second))
        .await
        .expect(200)
        .json;
    let materials = read["materials"].as_array().unwrap();
    let shown = materials.iter().find(|one| one["code"] == "MAT-SEC-LIC");
    assert_eq!(shown, Some(&taken));

    // Nothing is missing but the rest.
    let submit = office.agent().post(&format!("{second}/submit"), &json!({}));
    let missing = office
        .ask(submit.once())
        .await
        .expect_problem(422, "form_invalid");
    let missing: Vec<_> = missing
        .errors()
        .iter()
        .map(|(at, _)| (*at).to_owned())
        .collect();
    assert!(
        missing.contains(&"/materials/MAT-MANAGERS".to_owned()),
        "{missing:?}"
    );
    assert!(
        !missing.contains(&"/materials/MAT-SEC-LIC".to_owned()),
        "{missing:?}"
    );

    // Once it is revoked it proves nothing.
    let head = json!({"reasons": "以欺骗手段取得。"});
    story.officer("head", "revoke", head).await;
    assert_eq!(offers(office, &second).await, [] as [Value; 0]);
    let refused = office.ask(reuse.once()).await;
    let refused = refused.expect_problem(422, "reuse_refused");
    assert_eq!(refused.errors(), [("/application", "not_in_force")]);
}

#[tokio::test]
async fn an_upload_takes_the_place_of_a_certificate_and_the_certificate_that_of_an_upload() {
    let story = licensed().await;
    let (office, number) = (&story.office, story.number().to_string());
    let second = draft(office, "PSB-APR-010").await;
    let material = async || {
        let read = office
            .ask(office.agent().get(&second))
            .await
            .expect(200)
            .json;
        let materials = read["materials"].as_array().unwrap();
        let shown = materials.iter().find(|one| one["code"] == "MAT-SEC-LIC");
        let shown = shown.unwrap();
        [shown["document"].is_null(), shown["certificate"].is_null()]
    };
    let certificate = json!({"material": "MAT-SEC-LIC", "application": number});
    let upload = json!({
        "material": "MAT-SEC-LIC", "size": 4, "sha256": "0".repeat(64), "media_type": "application/pdf",
    });
    for (path, body, shown) in [
        ("reuse", &certificate, [true, false]),
        ("documents", &upload, [false, true]),
        ("reuse", &certificate, [true, false]),
    ] {
        let ask = office.agent().post(&format!("{second}/{path}"), body);
        office.ask(ask.once()).await.expect(201);
        assert_eq!(material().await, shown, "{path}");
    }
}

#[tokio::test]
async fn the_newest_paper_of_a_kind_stands_and_that_of_another_place_stays() {
    let office = Office::open().await;
    let _first = granted(&office).await;
    let number = "AP-20261123-7K3M9QX2RD4G";
    let second = Filing::open_numbered(&office.stage, number, &support::filing::form()).await;
    for document in second.announce_all().await {
        second.settle(&document, &[]).await;
    }
    second.submit().await;
    for (officer, command, body) in [
        ("intake", "accept", json!({})),
        ("reviewer", "recommend", grant("opinion")),
        ("decider", "decide", grant("reasons")),
    ] {
        for (command, body) in [("claim", json!({})), (command, body)] {
            let version = second.case().await.state.unwrap().version;
            let path = format!("/v1/applications/{number}/{command}");
            let ask = office.officer(officer).post(&path, &body).once();
            let ask = ask.if_match(&format!("\"{version}\""));
            office.ask(ask).await.expect(200);
        }
    }
    let third = draft(&office, SECOND_ITEM).await;
    let from: Vec<(Value, Vec<Value>)> = offers(&office, &third)
        .await
        .iter()
        .map(|one| {
            let offers = one["offers"].as_array().unwrap().iter();
            let from = offers.map(|offer| offer["application"].clone()).collect();
            (one["material"].clone(), from)
        })
        .collect();
    assert_eq!(
        from,
        [
            (json!("MAT-BIZ"), vec![json!(number)]),
            (json!("MAT-LEGAL-ID"), vec![json!(number)]),
            (json!("MAT-PREMISES"), vec![json!(number), json!(NUMBER)]),
        ]
    );
}
