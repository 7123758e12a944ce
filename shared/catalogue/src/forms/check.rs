use domain::item::ItemCode;
use jiff::civil::Date;
use serde::Serialize;
use serde_json::Value;

use super::contradictions;
use super::schema::Checker;
use super::words::{self, Told};
use crate::embedded;

/// One thing that is wrong with a form. Never carries a value that was filled in.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct FormFault {
    /// JSON pointer to the member: for a missing one, to where it belongs.
    pub pointer: String,
    /// Stable code: `missing`, `unknown_member`, `wrong_type`, `too_short`, `too_long`, `too_small`,
    /// `too_large`, `not_a_choice`, `wrong_format`, `too_few`, `too_many`, `repeated`, `row_repeated`,
    /// `row_contradicts`, `invalid`, `form_not_available`, or that of a [`domain::identifiers::IdentifierFault`].
    pub code: &'static str,
    /// What to do, in Chinese.
    pub message_zh: String,
    /// What to do, in English.
    pub message_en: String,
}

impl FormFault {
    pub(super) fn new(pointer: String, (code, message_zh, message_en): Told) -> Self {
        Self {
            pointer,
            code,
            message_zh,
            message_en,
        }
    }
}

/// Checks a form against the schema of an item version, and its rows against one another, and finds
/// every fault at once, in the order of their pointers. `today` is the date in China: nobody is born later.
///
/// # Errors
/// All faults, or the single fault `form_not_available` where the item version has no online form.
pub fn check_form(
    code: &ItemCode,
    version: u32,
    form: &Value,
    today: Date,
) -> Result<(), Vec<FormFault>> {
    let schema = embedded::version(*code, version)
        .and_then(|item| item.form.as_ref())
        .and_then(super::EmbeddedForm::parsed)
        .ok_or_else(|| vec![FormFault::new(String::new(), words::form_not_available())])?;
    let mut faults = Checker::new(schema, Some(today)).faults(form);
    if let Some(rows) = super::rows_of(code, version) {
        faults.extend(contradictions::between(rows, schema, form, today));
        faults.sort();
    }
    if faults.is_empty() {
        Ok(())
    } else {
        Err(faults)
    }
}

/// Checks any value against a JSON Schema (2020-12) of the keywords that forms and interface
/// descriptions use, and finds every fault at once, told in the same words as those of a form. Other
/// keywords are not looked at. Resident identity numbers are not checked: that needs a date.
pub fn check_schema(schema: &Value, value: &Value) -> Vec<FormFault> {
    Checker::new(schema, None).faults(value)
}
