//! Rows: the list of a form with one row for each person or thing that is applied for.

use domain::item::ItemCode;
use serde_json::Value;

use crate::embedded;

/// The list of a form with a row for each person or thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rows {
    /// Its JSON pointer into the form.
    pub pointer: &'static str,
    /// JSON pointers into a row, of the members of which no two rows may have the same: at least one.
    pub keys: &'static [&'static str],
}

/// The rows of the form of an item version; none where it is for one person or thing.
pub fn rows_of(code: &ItemCode, version: u32) -> Option<&'static Rows> {
    embedded::version(*code, version)?
        .form
        .as_ref()?
        .rows
        .as_ref()
}

/// The rows of `form`, handed in for an item version; none where it is for one person or thing.
pub fn rows_in<'f>(code: &ItemCode, version: u32, form: &'f Value) -> Option<&'f Vec<Value>> {
    form.pointer(rows_of(code, version)?.pointer)?.as_array()
}

/// How many rows `form` has; none where it is for one person or thing.
pub fn row_count(code: &ItemCode, version: u32, form: &Value) -> Option<u16> {
    u16::try_from(rows_in(code, version, form)?.len()).ok()
}
