//! Acceptance, correction and papers that may follow: what keeps each from happening.

use serde_json::{Value, json};

use super::story::{BUSINESS_FILING, HOTEL_LICENCE, ROADWORKS, Story, grant};

fn correction(demands: &Value) -> Value {
    json!({"demands": demands, "explanation": "请补正。"})
}

fn material(code: &str) -> Value {
    json!({"kind": "material", "material": code})
}

fn field(pointer: &str) -> Value {
    json!({"kind": "field", "pointer": pointer})
}

fn deferral(materials: &[&str], cure_by: &str) -> Value {
    json!({"kind": "deferral", "materials": materials, "cure_by": cure_by})
}

#[tokio::test]
async fn five_working_days_after_receipt_it_counts_as_accepted_and_is_not_answered_any_more() {
    let story = Story::submitted(HOTEL_LICENCE).await;
    story.claim("intake").await;
    // The fifth working day after Monday 2 March ends on Monday 9 March.
    story.at("2026-03-10T00:00:01+08:00").await;
    let not_ours = json!({"ground": "no_power", "reasons": "应向其他机关申请。"});
    story
        .refuses(&[
            ("intake", "accept", json!({}), 409, "acceptance_period_over"),
            (
                "intake",
                "not-accept",
                not_ours,
                409,
                "acceptance_period_over",
            ),
            (
                "intake",
                "require-correction",
                correction(&json!([material("MAT-FIRE")])),
                409,
                "acceptance_period_over",
            ),
        ])
        .await;
    story.at("2026-03-09T23:59:58+08:00").await;
    story.officer("intake", "accept", json!({})).await;
}

#[tokio::test]
async fn a_notice_asks_for_what_the_item_has() {
    let story = Story::submitted(HOTEL_LICENCE).await;
    story.claim("intake").await;
    for (demands, pointers) in [
        (json!([]), vec!["/demands"]),
        (json!([material("MAT-NONE")]), vec!["/materials/MAT-NONE"]),
        // Filled in online, not uploaded.
        (json!([material("MAT-FORM")]), vec!["/materials/MAT-FORM"]),
        (json!([field("rooms")]), vec!["/formrooms"]),
        (json!([field("/stars")]), vec!["/form/stars"]),
        (
            json!([field("/premises/garden")]),
            vec!["/form/premises/garden"],
        ),
        (
            json!([field("/business_scope/nine")]),
            vec!["/form/business_scope/nine"],
        ),
        (
            json!([
                material("MAT-FIRE"),
                material("MAT-NONE"),
                field("/rooms"),
                field("/stars")
            ]),
            vec!["/materials/MAT-NONE", "/form/stars"],
        ),
    ] {
        let asked = correction(&demands);
        let answer = story.tries("intake", "require-correction", &asked).await;
        let answer = answer.expect_problem(422, "demand_invalid");
        let told: Vec<&str> = answer
            .errors()
            .iter()
            .map(|(pointer, _)| *pointer)
            .collect();
        assert_eq!(told, pointers, "{asked}");
    }
    let many = vec![material("MAT-FIRE"); 101];
    let answer = story
        .tries("intake", "require-correction", &correction(&json!(many)))
        .await;
    answer.expect_problem(422, "demand_invalid");
    let entries = json!([
        field("/business_scope/0"),
        field("/premises/address"),
        field("/remarks")
    ]);
    story
        .officer("intake", "require-correction", correction(&entries))
        .await;
}

#[tokio::test]
async fn a_further_notice_asks_for_nothing_new() {
    let story = Story::submitted(HOTEL_LICENCE).await;
    story.claim("intake").await;
    let first = correction(&json!([material("MAT-FIRE"), field("/rooms")]));
    story.officer("intake", "require-correction", first).await;
    story.agent("supplement", json!({})).await.expect(200);
    story.claim("intake").await;
    for new in [
        json!([material("MAT-STAFF")]),
        json!([material("MAT-FIRE"), field("/beds")]),
        json!([field("/rooms"), material("MAT-PLAN"), material("MAT-FIRE")]),
    ] {
        let answer = story
            .tries("intake", "require-correction", &correction(&new))
            .await;
        let answer = answer.expect_problem(422, "demand_invalid");
        let errors = answer.errors();
        assert!(
            matches!(errors.as_slice(), [(_, "demand_new")]),
            "{errors:?}"
        );
    }
    let unmet = correction(&json!([material("MAT-FIRE")]));
    let again = story.officer("intake", "require-correction", unmet).await;
    assert_eq!(again.json["procedure"]["correction"]["notices"], 2);
}

#[tokio::test]
async fn only_what_was_asked_for_is_brought_and_in_time() {
    let story = Story::submitted(HOTEL_LICENCE).await;
    story
        .announce("MAT-FIRE")
        .await
        .expect_problem(409, "already_submitted");
    story.claim("intake").await;
    let asked = correction(&json!([material("MAT-FIRE")]));
    story.officer("intake", "require-correction", asked).await;

    let other = story.announce("MAT-PLAN").await;
    let other = other.expect_problem(422, "material_invalid");
    assert_eq!(other.errors(), [("/material", "not_asked_for")]);
    let form = story.seen().await["form"].clone();
    story
        .refuses(&[(
            "agent",
            "supplement",
            json!({"form": form}),
            422,
            "form_not_demanded",
        )])
        .await;
    // Fifteen working days after 2 March: 23 March.
    story.at("2026-03-24T00:00:01+08:00").await;
    story
        .refuses(&[("agent", "supplement", json!({}), 409, "answer_too_late")])
        .await;
    story.at("2026-03-23T23:40:00+08:00").await;
    story.bring("MAT-FIRE").await;
    story.agent("supplement", json!({})).await.expect(200);
}

#[tokio::test]
async fn a_form_that_is_handed_in_again_fits_the_item() {
    let story = Story::submitted(HOTEL_LICENCE).await;
    story.claim("intake").await;
    let asked = correction(&json!([field("/rooms")]));
    story.officer("intake", "require-correction", asked).await;
    let form = story.seen().await["form"].clone();
    for (pointer, value, told) in [
        ("/rooms", json!(0), ("/form/rooms", "too_small")),
        (
            "/premises/region",
            json!("140106"),
            ("/form/premises/region", "region_differs"),
        ),
        (
            "/handling_agent",
            json!({}),
            ("/form/handling_agent/mobile", "missing"),
        ),
    ] {
        let mut wrong = form.clone();
        *wrong.pointer_mut(pointer).unwrap() = value;
        let answer = story.agent("supplement", json!({"form": wrong})).await;
        let answer = answer.expect_problem(422, "form_invalid");
        assert_eq!(answer.errors(), [told]);
    }
    let answer = story
        .agent("supplement", json!({"form": "rooms: 80"}))
        .await;
    answer.expect_problem(422, "form_invalid");
    assert_eq!(story.version().await, 3);
}

#[tokio::test]
async fn only_deferrable_papers_follow_and_only_on_a_day_ahead() {
    let draft = Story::draft_without(HOTEL_LICENCE, &["MAT-FIRE"]).await;
    draft
        .agent("submit", json!({}))
        .await
        .expect_problem(422, "papers_incomplete");
    for (materials, cure_by, told) in [
        (
            vec!["MAT-FIRE", "MAT-BIZ"],
            "2026-03-06",
            ("/materials/MAT-BIZ", "not_deferrable"),
        ),
        (
            vec!["MAT-FIRE", "MAT-NONE"],
            "2026-03-06",
            ("/materials/MAT-NONE", "not_deferrable"),
        ),
        (vec![], "2026-03-06", ("/materials", "nothing_to_defer")),
        (vec!["MAT-FIRE"], "2026-03-02", ("/cure_by", "not_ahead")),
        (vec!["MAT-FIRE"], "2026-03-01", ("/cure_by", "not_ahead")),
    ] {
        let asked = json!({"materials": materials, "cure_by": cure_by});
        let answer = draft.agent("submit", json!({"deferral": asked})).await;
        let answer = answer.expect_problem(422, "deferral_invalid");
        assert_eq!(answer.errors(), [told]);
    }
    // What is not undertaken must be there.
    let other = json!({"materials": ["MAT-STAFF"], "cure_by": "2026-03-06"});
    let answer = draft.agent("submit", json!({"deferral": other})).await;
    let answer = answer.expect_problem(422, "papers_incomplete");
    assert_eq!(
        answer.errors(),
        [("/materials/MAT-FIRE", "material_missing")]
    );
}

#[tokio::test]
async fn papers_follow_one_working_day_before_the_promised_date_at_the_latest() {
    let story = Story::draft_without(HOTEL_LICENCE, &["MAT-FIRE"]).await;
    // Seven working days after 2 March: 11 March. One before: 10 March.
    let late = json!({"materials": ["MAT-FIRE"], "cure_by": "2026-03-11"});
    story
        .agent("submit", json!({"deferral": late}))
        .await
        .expect(200);
    story.claim("intake").await;
    let answer = story
        .tries("intake", "accept-with-deferral", &json!({}))
        .await;
    let answer = answer.expect_problem(422, "deferral_invalid");
    assert_eq!(answer.errors(), [("/cure_by", "too_late")]);
    assert!(answer.text.contains("2026-03-10"), "{}", answer.text);
    story
        .refuses(&[("intake", "accept", json!({}), 422, "papers_incomplete")])
        .await;

    let sooner = deferral(&["MAT-FIRE"], "2026-03-10");
    story.agent("undertaking", sooner).await.expect(200);
    story
        .officer("intake", "accept-with-deferral", json!({}))
        .await;
}

#[tokio::test]
async fn nothing_is_accepted_on_an_undertaking_that_is_missing_needless_or_past() {
    let nobody_signed = Story::submitted(HOTEL_LICENCE).await;
    nobody_signed.claim("intake").await;
    nobody_signed
        .refuses(&[(
            "intake",
            "accept-with-deferral",
            json!({}),
            409,
            "no_undertaking",
        )])
        .await;
    let needless = deferral(&["MAT-FIRE"], "2026-03-06");
    nobody_signed
        .refuses(&[("agent", "undertaking", needless, 422, "deferral_invalid")])
        .await;

    let past = Story::draft_without(ROADWORKS, &["MAT-ROAD-CONSENT"]).await;
    let signed = json!({"materials": ["MAT-ROAD-CONSENT"], "cure_by": "2026-03-03"});
    past.agent("submit", json!({"deferral": signed}))
        .await
        .expect(200);
    past.claim("intake").await;
    past.at("2026-03-04T09:00:00+08:00").await;
    past.refuses(&[(
        "intake",
        "accept-with-deferral",
        json!({}),
        409,
        "no_undertaking",
    )])
    .await;
}

#[tokio::test]
async fn papers_that_were_to_follow_follow_by_their_day_and_alone() {
    let story = Story::draft_without(BUSINESS_FILING, &["MAT-TAX", "MAT-SOCIAL"]).await;
    let signed = json!({"materials": ["MAT-TAX", "MAT-SOCIAL"], "cure_by": "2026-03-05"});
    story
        .agent("submit", json!({"deferral": signed}))
        .await
        .expect(200);
    story
        .step("intake", "accept-with-deferral", json!({}))
        .await;
    story.bring("MAT-TAX").await;
    let form = story.seen().await["form"].clone();
    story
        .refuses(&[
            ("agent", "supplement", json!({}), 422, "papers_incomplete"),
            (
                "agent",
                "supplement",
                json!({"form": form}),
                422,
                "form_not_demanded",
            ),
        ])
        .await;
    let other = story.announce("MAT-LEGAL-ID").await;
    other.expect_problem(422, "material_invalid");

    // The review goes on meanwhile; only the grant waits.
    story.step("reviewer", "recommend", grant("opinion")).await;
    story.claim("decider").await;
    let answer = story.tries("decider", "decide", &grant("reasons")).await;
    let answer = answer.expect_problem(409, "papers_to_follow");
    let errors = answer.errors();
    assert_eq!(
        errors,
        [
            ("/materials/MAT-TAX", "material_to_follow"),
            ("/materials/MAT-SOCIAL", "material_to_follow"),
        ]
    );
    story.bring("MAT-SOCIAL").await;
    story.at("2026-03-06T00:00:01+08:00").await;
    story
        .refuses(&[("agent", "supplement", json!({}), 409, "answer_too_late")])
        .await;
    story.at("2026-03-05T23:40:00+08:00").await;
    story.agent("supplement", json!({})).await.expect(200);
    story.officer("decider", "decide", grant("reasons")).await;
}

#[tokio::test]
async fn papers_that_were_asked_for_come_before_those_that_were_to_follow() {
    let story = Story::draft_without(HOTEL_LICENCE, &["MAT-FIRE"]).await;
    let signed = json!({"materials": ["MAT-FIRE"], "cure_by": "2026-03-10"});
    story
        .agent("submit", json!({"deferral": signed}))
        .await
        .expect(200);
    story.at("2026-03-10T00:00:01+08:00").await;
    story.counts_as_accepted().await;
    story.claim("reviewer").await;
    story
        .officer(
            "reviewer",
            "require-correction",
            correction(&json!([material("MAT-BIZ")])),
        )
        .await;
    let asked = |seen: &Value| seen["procedure"]["papers_asked_for"].is_array();
    assert!(asked(&story.seen().await));
    story.bring("MAT-BIZ").await;
    story.agent("supplement", json!({})).await.expect(200);
    let seen = story.seen().await;
    assert!(!asked(&seen), "{seen}");
    story
        .refuses(&[("agent", "supplement", json!({}), 422, "papers_incomplete")])
        .await;
    story.bring("MAT-FIRE").await;
    story.agent("supplement", json!({})).await.expect(200);
    assert!(story.state().await.uncured().is_none());
}

#[tokio::test]
async fn who_let_an_undertaking_lapse_brings_all_papers_for_twelve_months() {
    use domain::lapse::Lapse;
    use platform::table::{Key, item};

    let story = Story::draft_without(HOTEL_LICENCE, &["MAT-FIRE"]).await;
    let enterprise = crate::office::HOTEL.parse().unwrap();
    let lapse = Lapse {
        application: story.number(),
        at: serde_json::from_value(json!("2025-06-01T00:05:00+08:00")).unwrap(),
    };
    let lapse = item::write(&Key::lapse(&enterprise), 1, &lapse).unwrap();
    story.office.stage.put_item(lapse).await;
    let signed = json!({"materials": ["MAT-FIRE"], "cure_by": "2026-03-06"});
    let body = json!({"deferral": signed});
    story
        .agent("submit", body.clone())
        .await
        .expect_problem(409, "lapsed_before");
    story.at("2026-06-02T09:00:00+08:00").await;
    let signed = json!({"materials": ["MAT-FIRE"], "cure_by": "2026-06-05"});
    story
        .agent("submit", json!({"deferral": signed}))
        .await
        .expect(200);
}
