//! Machine rules pass, fail or send to a person; they never refuse.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot go on says so at once"
)]

use catalogue::rules::{Outcome, evaluate};
use catalogue::{Rule, rules, summaries};
use domain::item::ItemCode;
use serde_json::{Value, json};

const VALID: &str = include_str!("../fixtures/PSB-APR-004.valid.json");

fn hotel() -> ItemCode {
    "PSB-APR-004".parse().unwrap()
}

fn context(change: impl FnOnce(&mut Value)) -> Value {
    let mut form = serde_json::from_str(VALID).unwrap();
    change(&mut form);
    json!({ "form": form, "facts": {}, "today": "2026-11-23" })
}

fn outcomes(context: &Value) -> Vec<(&'static str, Outcome)> {
    let rules = rules(&hotel(), 1).unwrap();
    evaluate(rules, context)
        .into_iter()
        .map(|rule| (rule.code, rule.outcome))
        .collect()
}

fn not_passed(change: impl FnOnce(&mut Value)) -> Vec<(&'static str, Outcome)> {
    let all = outcomes(&context(change)).into_iter();
    all.filter(|(_, outcome)| *outcome != Outcome::Passed)
        .collect()
}

#[test]
fn a_rule_whose_member_is_missing_could_not_be_evaluated() {
    assert_eq!(
        not_passed(|form| {
            form.as_object_mut().unwrap().remove("opening_date");
        }),
        [
            ("opens_after_application", Outcome::CouldNotBeEvaluated),
            ("lease_outlasts_opening", Outcome::CouldNotBeEvaluated),
        ]
    );
    let without_context = outcomes(&json!({}));
    assert!(
        without_context
            .iter()
            .all(|(_, outcome)| *outcome == Outcome::CouldNotBeEvaluated)
    );
}

#[test]
fn what_is_no_yes_or_no_could_not_be_evaluated() {
    let rule = |expression| Rule {
        code: "odd",
        expression,
        reason_zh: "。",
        reason_en: ".",
    };
    let context = json!({ "form": { "n": 9_223_372_036_854_775_807_i64 } });
    for expression in [
        "form.n",
        "form.n + 1 > 0",
        "form.n > 'a'",
        "nobody == 1",
        "form.n >",
    ] {
        let outcome = evaluate(&[rule(expression)], &context);
        let outcomes: Vec<_> = outcome.iter().map(|rule| rule.outcome).collect();
        assert_eq!(outcomes, [Outcome::CouldNotBeEvaluated], "{expression}");
    }
}

#[test]
fn an_outcome_carries_the_reason_in_both_languages() {
    let outcomes = evaluate(
        rules(&hotel(), 1).unwrap(),
        &context(|form| form["beds"] = json!(1)),
    );
    let beds = outcomes
        .iter()
        .find(|rule| rule.code == "beds_cover_rooms")
        .unwrap();
    assert_eq!(beds.reason_zh, "床位数少于客房数，请核对平面图和申请表。");
    assert_eq!(
        beds.reason_en,
        "There are fewer beds than rooms: compare the floor plan with the form."
    );
}

#[test]
fn only_items_with_a_form_have_rules() {
    for item in summaries() {
        let count = rules(&item.code, item.version).unwrap().len();
        assert!(count == 0 || item.has_form, "{}", item.code);
    }
}
