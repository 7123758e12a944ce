//! What a machine may check about an application: expressions in CEL (Common Expression Language)
//! over the form and the facts fetched for it, each with its reason in both languages.
//!
//! A rule that is false, or that cannot be evaluated, sends the case to a person. The machine never
//! refuses.

#[cfg(feature = "rules")]
mod evaluate;
#[cfg(feature = "rules")]
pub use evaluate::evaluate;

use domain::item::ItemCode;

use crate::embedded;

/// A machine rule of an item version.
///
/// An expression sees three names: `form`, the form as submitted; `facts`, what was fetched from
/// registers and from the platform's own cases, by source; `today`, the date in China as `2026-01-31`.
/// Dates in forms are texts of the same shape, which compare as dates do; `days_between(from, to)` counts the
/// days from one to the other, `plus_months(from, months)` gives the date some months later.
///
/// `facts` has a source only if it answered, so that a rule that needs one that did not cannot be
/// evaluated:
/// - `facts.enterprise`: the applicant: `uscc`, `state` (`active`, `licence_revoked`, `closed`, `unknown`);
/// - `facts.vehicles`: one for every member of the form that `x-facts` marks as `vehicle` (a number plate
///   or a vehicle identification number), in the form's order: `registered`, and if so `plate`, `vin`,
///   `use` (`freight`, `hazardous_goods`, `passenger`, `school_bus`, `ambulance`, `other`), `state`
///   (`normal`, `scrapped`, `seized`, `stolen`, `cancelled`), `owner` (a unified social credit code),
///   `inspection_until`, `insurance_until`, `unsettled_violations`, `accidents_unsettled`, `mortgaged`,
///   `temporary_plates` (how many it was given; also of one that is not registered);
/// - `facts.grants`: what the enterprise was granted or has filed on the platform and still holds: `item`,
///   `number`, `granted_on`, `valid_until` (`9999-12-31` where it does not end);
/// - `facts.quantities`: one for each entry of the form's list that names substances, in its order:
///   `substance`, `wanted_kg` in the form, `allowed_kg` by what was granted or filed, `used_kg` of it so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Stable code, unique within the item version.
    pub code: &'static str,
    /// The CEL expression: true if the rule is met.
    pub expression: &'static str,
    /// What an officer looks at if it is not, in Chinese.
    pub reason_zh: &'static str,
    /// The same in English.
    pub reason_en: &'static str,
}

/// What came of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is met.
    Passed,
    /// It is not: a person looks at it.
    Failed,
    /// It could not be evaluated, because a member or a fact it needs is missing or of another
    /// type: a person looks at it.
    CouldNotBeEvaluated,
}

/// A rule and what came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RuleOutcome {
    /// The code of the rule.
    pub code: &'static str,
    /// What came of it.
    pub outcome: Outcome,
    /// What an officer looks at unless it passed, in Chinese.
    pub reason_zh: &'static str,
    /// The same in English.
    pub reason_en: &'static str,
}

/// The facts that rules look at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sources {
    /// Whether `facts.enterprise` is one of them.
    pub enterprise: bool,
    /// Whether `facts.vehicles` is one of them.
    pub vehicles: bool,
    /// Whether `facts.quantities` is one of them.
    pub quantities: bool,
    /// The items of which `facts.grants` is to tell, each once; none where no rule looks at it.
    pub grants: Option<Vec<ItemCode>>,
}

/// What `rules` look at, as their expressions name it. Of grants a rule names the item as a text.
pub fn sources(rules: &[Rule]) -> Sources {
    let looks_at = |name: &str| rules.iter().any(|rule| rule.expression.contains(name));
    let named = rules.iter().flat_map(|rule| rule.expression.split('\''));
    let mut items: Vec<ItemCode> = named.filter_map(|text| text.parse().ok()).collect();
    items.sort_unstable();
    items.dedup();
    Sources {
        enterprise: looks_at("facts.enterprise"),
        vehicles: looks_at("facts.vehicles"),
        quantities: looks_at("facts.quantities"),
        grants: looks_at("facts.grants").then_some(items),
    }
}

/// The machine rules of an item version, in their order; `None` if there is no such version, empty
/// if it has no rules.
pub fn rules(code: &ItemCode, version: u32) -> Option<&'static [Rule]> {
    Some(embedded::version(*code, version)?.rules)
}
