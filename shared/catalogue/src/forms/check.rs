use domain::identifiers::{IdentifierFault, MobileNumber, ResidentId, Uscc};
use domain::item::ItemCode;
use jiff::civil::Date;
use jsonschema::error::ValidationErrorKind;
use jsonschema::{ValidationError, Validator};
use serde::Serialize;
use serde_json::Value;

use super::member::Member;
use super::words::{self, Told};
use crate::embedded;

/// One thing that is wrong with a form. Never carries a value that was filled in.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct FormFault {
    /// JSON pointer to the member: for a missing one, to where it belongs.
    pub pointer: String,
    /// Stable code: `missing`, `unknown_member`, `wrong_type`, `too_short`, `too_long`, `too_small`,
    /// `too_large`, `not_a_choice`, `wrong_format`, `too_few`, `too_many`, `repeated`, `invalid`,
    /// `form_not_available`, or that of a [`domain::identifiers::IdentifierFault`].
    pub code: &'static str,
    /// What to do, in Chinese.
    pub message_zh: String,
    /// What to do, in English.
    pub message_en: String,
}

impl FormFault {
    fn new(pointer: String, (code, message_zh, message_en): Told) -> Self {
        Self {
            pointer,
            code,
            message_zh,
            message_en,
        }
    }
}

/// A schema ready to check forms with.
pub(super) struct Prepared {
    schema: Value,
    validator: Validator,
}

impl Prepared {
    /// `None` only for a text that the build would have refused.
    pub(super) fn new(schema: &str) -> Option<Self> {
        let schema: Value = serde_json::from_str(schema).ok()?;
        let validator = jsonschema::options()
            .should_validate_formats(true)
            .build(&schema)
            .ok()?;
        Some(Self { schema, validator })
    }

    /// Every fault of `form`, in the order of their pointers.
    fn faults(&self, form: &Value, today: Date) -> Vec<FormFault> {
        let mut faults = Vec::new();
        for error in self.validator.iter_errors(form) {
            add_schema_faults(&self.schema, &error, &mut faults);
        }
        add_identifier_faults(&self.schema, form, "", today, &mut faults);
        faults.sort();
        faults.dedup();
        faults
    }
}

/// Checks a form against the schema of an item version and finds every fault at once, in the order
/// of their pointers. `today` is the date in China: nobody is born later.
///
/// # Errors
/// All faults, or the single fault `form_not_available` where the item version has no online form.
pub fn check_form(
    code: &ItemCode,
    version: u32,
    form: &Value,
    today: Date,
) -> Result<(), Vec<FormFault>> {
    let prepared = embedded::version(*code, version)
        .and_then(|item| item.form.as_ref())
        .and_then(super::EmbeddedForm::prepared)
        .ok_or_else(|| vec![FormFault::new(String::new(), words::form_not_available())])?;
    let faults = prepared.faults(form, today);
    if faults.is_empty() {
        Ok(())
    } else {
        Err(faults)
    }
}

/// Checks any value against a JSON Schema (2020-12) and finds every fault at once, told in the same
/// words as those of a form. Nothing for a schema that is none.
pub fn check_schema(schema: &Value, value: &Value) -> Vec<FormFault> {
    let Ok(validator) = jsonschema::validator_for(schema) else {
        return Vec::new();
    };
    let mut faults = Vec::new();
    for error in validator.iter_errors(value) {
        add_schema_faults(schema, &error, &mut faults);
    }
    faults.sort();
    faults
}

fn add_schema_faults(schema: &Value, error: &ValidationError<'_>, faults: &mut Vec<FormFault>) {
    let at = error.instance_path().as_str();
    match error.kind() {
        ValidationErrorKind::Required { property } => {
            let pointer = below(at, property.as_str().unwrap_or_default());
            let told = words::missing(&Member::find(schema, &pointer));
            faults.push(FormFault::new(pointer, told));
        }
        ValidationErrorKind::AdditionalProperties { unexpected } => {
            let unknown = unexpected.iter();
            faults.extend(
                unknown.map(|name| FormFault::new(below(at, name), words::unknown_member())),
            );
        }
        kind => {
            let told = words::wrong_value(kind, &Member::find(schema, at));
            faults.push(FormFault::new(at.to_owned(), told));
        }
    }
}

/// The pointer to member `name` of what lies at `pointer` (RFC 6901).
fn below(pointer: &str, name: &str) -> String {
    format!("{pointer}/{}", name.replace('~', "~0").replace('/', "~1"))
}

/// Checks the texts whose `format` names an identifier of `domain::identifiers`, which normalises
/// them first.
fn add_identifier_faults(
    schema: &Value,
    form: &Value,
    pointer: &str,
    today: Date,
    faults: &mut Vec<FormFault>,
) {
    match form {
        Value::String(text) => {
            let format = schema
                .get("format")
                .and_then(Value::as_str)
                .unwrap_or_default();
            if let Err(fault) = check_identifier(format, text, today) {
                let told = (
                    fault.code(),
                    fault.message_zh().to_owned(),
                    fault.message_en().to_owned(),
                );
                faults.push(FormFault::new(pointer.to_owned(), told));
            }
        }
        Value::Object(members) => {
            let described = schema.get("properties").and_then(Value::as_object);
            for (name, schema) in described.into_iter().flatten() {
                if let Some(member) = members.get(name) {
                    add_identifier_faults(schema, member, &below(pointer, name), today, faults);
                }
            }
        }
        Value::Array(elements) => {
            let Some(schema) = schema.get("items") else {
                return;
            };
            for (index, element) in elements.iter().enumerate() {
                let pointer = format!("{pointer}/{index}");
                add_identifier_faults(schema, element, &pointer, today, faults);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn check_identifier(format: &str, text: &str, today: Date) -> Result<(), IdentifierFault> {
    match format {
        "uscc" => Uscc::parse(text).map(drop),
        "resident-id" => ResidentId::parse(text, today).map(drop),
        "mobile" => MobileNumber::parse(text).map(drop),
        _ => Ok(()),
    }
}
