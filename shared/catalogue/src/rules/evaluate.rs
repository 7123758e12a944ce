use std::collections::HashMap;
use std::sync::Arc;

use cel::{Context, ExecutionError, Program, Value as Cel};
use jiff::Span;
use jiff::civil::Date;
use serde_json::Value;

use super::{Outcome, Rule, RuleOutcome};

/// Evaluates rules over `context`, an object whose members (`form`, `facts`, `today`) the
/// expressions see as names.
pub fn evaluate(rules: &[Rule], context: &Value) -> Vec<RuleOutcome> {
    let mut names = Context::default();
    let declared = [
        names.add_function("days_between", days_between),
        names.add_function("plus_months", plus_months),
    ];
    debug_assert!(declared.iter().all(Result::is_ok), "{declared:?}");
    for (name, value) in context.as_object().into_iter().flatten() {
        names.add_variable_from_value(name.as_str(), to_cel(value));
    }
    rules
        .iter()
        .map(|rule| RuleOutcome {
            code: rule.code,
            outcome: outcome(rule.expression, &names),
            reason_zh: rule.reason_zh,
            reason_en: rule.reason_en,
        })
        .collect()
}

/// Days from `from` to `to`, negative where `to` is earlier. Both are dates as forms write them.
#[allow(
    clippy::needless_pass_by_value,
    reason = "CEL hands its functions what they are called with"
)]
fn days_between(from: Arc<String>, to: Arc<String>) -> Result<i64, ExecutionError> {
    let (from, to) = (date(&from)?, date(&to)?);
    Ok((to - from).get_days().into())
}

/// The date `months` after `from`; the last of the month where it has no such day.
#[allow(
    clippy::needless_pass_by_value,
    reason = "CEL hands its functions what they are called with"
)]
fn plus_months(from: Arc<String>, months: i64) -> Result<Arc<String>, ExecutionError> {
    let later = || -> Result<Date, jiff::Error> {
        let span = Span::new().try_months(months)?;
        from.parse::<Date>()?.checked_add(span)
    };
    match later() {
        Ok(date) => Ok(Arc::new(date.to_string())),
        Err(error) => Err(ExecutionError::function_error("plus_months", error)),
    }
}

fn date(text: &str) -> Result<Date, ExecutionError> {
    let read = text.parse::<Date>();
    read.map_err(|error| ExecutionError::function_error("days_between", error))
}

fn outcome(expression: &str, names: &Context<'_, '_>) -> Outcome {
    let Ok(program) = Program::compile(expression) else {
        return Outcome::CouldNotBeEvaluated;
    };
    match program.execute(names) {
        Ok(Cel::Bool(true)) => Outcome::Passed,
        Ok(Cel::Bool(false)) => Outcome::Failed,
        Ok(_) | Err(_) => Outcome::CouldNotBeEvaluated,
    }
}

/// Whole numbers become `int`, so that they compare and multiply with the numbers written in rules;
/// serde would make them `uint`, which CEL keeps apart.
fn to_cel(value: &Value) -> Cel {
    match value {
        Value::Null => Cel::Null,
        Value::Bool(value) => Cel::Bool(*value),
        Value::Number(number) => match (number.as_i64(), number.as_f64()) {
            (Some(whole), _) => Cel::Int(whole),
            (None, Some(float)) => Cel::Float(float),
            (None, None) => Cel::Null,
        },
        Value::String(text) => Cel::String(Arc::new(text.clone())),
        Value::Array(elements) => Cel::List(Arc::new(elements.iter().map(to_cel).collect())),
        Value::Object(members) => {
            let members: HashMap<String, Cel> = members
                .iter()
                .map(|(name, value)| (name.clone(), to_cel(value)))
                .collect();
            Cel::from(members)
        }
    }
}
