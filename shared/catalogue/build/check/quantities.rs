//! Lists of substances of which quantities run (`x-quantities`).

use std::collections::BTreeSet;

use domain::item::ItemCode;
use serde::Deserialize;
use serde_json::Value;

use super::Report;

/// What a form says of its list of substances.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Quantities {
    /// Where the list is.
    #[serde(skip)]
    pub(crate) pointer: String,
    /// The items whose grants and filings allow what is listed.
    #[serde(default)]
    pub(crate) of: Vec<ItemCode>,
    /// The items that take of what is allowed.
    #[serde(default)]
    pub(crate) used_by: Vec<ItemCode>,
    /// Pointer of the member with the number of the grant or filing.
    pub(crate) number: Option<String>,
    /// Pointer of the member that says who holds the one so numbered; the applicant without it.
    pub(crate) holder: Option<String>,
}

/// The list that `form` marks, if it marks one.
pub(super) fn read(
    form: &Value,
    known: &BTreeSet<ItemCode>,
    report: &mut Report<'_>,
) -> Option<Quantities> {
    let properties = form.get("properties")?.as_object()?;
    let mut marked = properties
        .iter()
        .filter_map(|(name, list)| Some((name, list, list.get("x-quantities")?)));
    let (name, list, mark) = marked.next()?;
    let at = format!("/properties/{name}");
    report.require(
        marked.next().is_none(),
        "",
        "only one list may have x-quantities",
    );
    let member = |member: &str| list.pointer(&format!("/items/properties/{member}/type"));
    report.require(
        member("substance") == Some(&"string".into())
            && member("quantity_kg") == Some(&"number".into()),
        &at,
        "x-quantities is for a list whose entries have a substance and its quantity_kg",
    );
    let mut quantities: Quantities = match serde_json::from_value(mark.clone()) {
        Ok(quantities) => quantities,
        Err(error) => {
            report.add(format!("{at}/x-quantities"), error.to_string());
            return None;
        }
    };
    quantities.pointer = format!("/{name}");
    for code in quantities.of.iter().chain(&quantities.used_by) {
        report.require(
            known.contains(code),
            &at,
            &format!("x-quantities names {code}, which is no item"),
        );
    }
    for pointer in quantities.number.iter().chain(&quantities.holder) {
        let schema = pointer.replace('/', "/properties/");
        report.require(
            form.pointer(&schema)
                .is_some_and(|it| it["type"] == "string"),
            &at,
            &format!("x-quantities names {pointer}, which is no text of the form"),
        );
    }
    report.require(
        quantities.of.is_empty() == quantities.used_by.is_empty(),
        &at,
        "x-quantities needs both of and used_by, or neither",
    );
    Some(quantities)
}
