//! Whether the machine rules of the item hold.

use catalogue::rules::{Outcome, Rule, evaluate};
use domain::application::Application;
use domain::review::{Check, CheckKind, CheckOutcome};
use domain::words::Words;
use serde_json::{Map, Value, json};

/// The checks of `rules` over `form` and `facts`. Today, to the rules, is the day of receipt: what was
/// applied for in time stays so while the case is handled.
pub(crate) fn checks(
    application: &Application,
    rules: &[Rule],
    form: &Value,
    facts: &Map<String, Value>,
) -> Vec<Check> {
    let seen = json!({
        "form": form,
        "facts": facts,
        "today": application.course.received_at.date().to_string(),
    });
    evaluate(rules, &seen)
        .into_iter()
        .map(|rule| {
            let (outcome, reason) = match rule.outcome {
                Outcome::Passed => (
                    CheckOutcome::Passed,
                    Words::new("规则成立", "The rule holds"),
                ),
                Outcome::Failed => (
                    CheckOutcome::Failed,
                    Words::new(rule.reason_zh, rule.reason_en),
                ),
                Outcome::CouldNotBeEvaluated => (
                    CheckOutcome::CouldNotBeChecked,
                    Words::new(
                        format!("无法自动核查，请人工核对：{}", rule.reason_zh),
                        format!("Could not be checked by machine: {}", rule.reason_en),
                    ),
                ),
            };
            Check::new(CheckKind::Rule, rule.code, outcome, reason)
        })
        .collect()
}
