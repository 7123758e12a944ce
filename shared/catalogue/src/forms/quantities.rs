use std::collections::BTreeMap;

use domain::identifiers::Uscc;
use domain::ids::ApplicationNo;
use domain::item::ItemCode;
use domain::quantity::{Quantities, Source, grams};
use serde_json::Value;

use super::pointers;
use crate::embedded;

/// The list of substances of a form of which quantities run (`x-quantities`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QuantityList {
    pub(crate) pointer: &'static str,
    /// The items whose grants and filings allow what is listed; none where the form only says what its
    /// own grant allows.
    pub of: &'static [ItemCode],
    /// The items that take of what is allowed.
    pub used_by: &'static [ItemCode],
    pub(crate) number: Option<&'static str>,
    pub(crate) holder: Option<&'static str>,
}

impl QuantityList {
    /// The substances that `form` lists with their kilograms, in its order.
    pub fn entries<'f>(&self, form: &'f Value) -> Vec<(&'f str, f64)> {
        let list = form.pointer(self.pointer).and_then(Value::as_array);
        let entries = list.into_iter().flatten();
        entries
            .filter_map(|entry| {
                let substance = entry.get("substance")?.as_str()?;
                Some((substance, entry.get("quantity_kg")?.as_f64()?))
            })
            .collect()
    }

    /// Of what `form`, which `applicant` handed in, says the listed is taken. A number that is none of
    /// the platform's stands for nothing that is held here.
    pub fn source(&self, applicant: &Uscc, form: &Value) -> Option<Source> {
        let text = |pointer: &str| pointers::texts(form, pointer).into_iter().next();
        let Some(number) = self.number.and_then(text) else {
            return Some(Source {
                holder: applicant.clone(),
                number: None,
            });
        };
        let holder = match self.holder {
            Some(holder) => Uscc::parse(text(holder)?).ok()?,
            None => applicant.clone(),
        };
        Some(Source {
            holder,
            number: Some(ApplicationNo::try_from(number.trim().to_owned()).ok()?),
        })
    }
}

/// The list of substances in the form of an item version, if it has one.
pub fn quantity_list(code: &ItemCode, version: u32) -> Option<&'static QuantityList> {
    let form = embedded::version(*code, version)?.form.as_ref()?;
    form.quantities.as_ref()
}

/// The substances that `form`, which `applicant` handed in, names, and of what they are taken if the item
/// takes of something.
pub fn quantities(
    code: &ItemCode,
    version: u32,
    applicant: &Uscc,
    form: &Value,
) -> Option<Quantities> {
    let list = quantity_list(code, version)?;
    let mut listed: BTreeMap<String, u64> = BTreeMap::new();
    for (substance, kilograms) in list.entries(form) {
        let sum = listed.entry(substance.to_owned()).or_default();
        *sum = sum.saturating_add(grams(kilograms));
    }
    let takes = list.used_by.contains(code);
    Some(Quantities {
        grams: listed,
        drawn_from: list.source(applicant, form).filter(|_| takes),
    })
}
