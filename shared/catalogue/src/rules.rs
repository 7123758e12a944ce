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
/// registers, by source; `today`, the date in China as `2026-01-31`. Dates in forms are texts of the
/// same shape, which compare as dates do.
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

/// The machine rules of an item version, in their order; `None` if there is no such version, empty
/// if it has no rules.
pub fn rules(code: &ItemCode, version: u32) -> Option<&'static [Rule]> {
    Some(embedded::version(*code, version)?.rules)
}
