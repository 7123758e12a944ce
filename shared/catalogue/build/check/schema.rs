//! JSON Schema as a check on authors.

use jsonschema::Validator;
use serde_json::Value;

use super::Report;

/// A schema that is ready to use, or a fault in the schema itself.
pub(super) fn prepare(schema: &Value, report: &mut Report<'_>) -> Option<Validator> {
    let prepared = jsonschema::options()
        .should_validate_formats(true)
        .build(schema);
    let fault = |error: jsonschema::ValidationError<'_>| {
        report.add(
            error.instance_path().as_str(),
            format!("is no JSON Schema: {error}"),
        );
    };
    prepared.map_err(fault).ok()
}

/// Adds everything that `value` breaks; true if nothing.
pub(super) fn apply(schema: &Validator, value: &Value, report: &mut Report<'_>) -> bool {
    let mut holds = true;
    for error in schema.iter_errors(value) {
        report.add(error.instance_path().as_str(), error.to_string());
        holds = false;
    }
    holds
}
