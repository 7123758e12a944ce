//! Machine rules: CEL that compiles and speaks only of what it will be given.

use std::collections::{BTreeMap, BTreeSet};

use cel::Program;
use domain::words::Words;
use serde::Deserialize;

use super::{Fault, Item, ItemVersion, Report, owner};
use crate::source::Source;

/// The names an expression can see.
const NAMES: [&str; 3] = ["form", "facts", "today"];

/// A rule as its file holds it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Rule {
    pub(crate) code: String,
    pub(crate) expression: String,
    pub(crate) reason: Words,
}

/// Reads `rules/` into the items the files belong to.
pub(super) fn read(
    source: &Source,
    items: &mut BTreeMap<ItemVersion, Item>,
    faults: &mut Vec<Fault>,
) {
    for (file, name, text) in source.folder("rules") {
        let mut report = Report { file, faults };
        let owner = owner(items, name, &mut report);
        let Some(value) = report.json(text) else {
            continue;
        };
        let Some(rules) = report.typed::<Vec<Rule>>(value) else {
            continue;
        };
        let mut codes = BTreeSet::new();
        for (index, rule) in rules.iter().enumerate() {
            let fresh = codes.insert(&rule.code);
            report.require(fresh, &format!("/{index}/code"), "is used twice");
            check(rule, index, &mut report);
        }
        if let Some(owner) = owner {
            let has_form = owner.form.is_some();
            report.require(
                has_form,
                "",
                "the item version needs a valid form to apply rules to",
            );
            owner.rules = rules;
        }
    }
}

fn check(rule: &Rule, index: usize, report: &mut Report<'_>) {
    let snake = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    report.require(
        !rule.code.is_empty() && rule.code.bytes().all(snake),
        &format!("/{index}/code"),
        "must be lower snake case, for example beds_cover_rooms",
    );
    report.require(
        !rule.reason.zh.is_empty() && !rule.reason.en.is_empty(),
        &format!("/{index}/reason"),
        "must say in both languages what an officer looks at",
    );
    let at = format!("/{index}/expression");
    match Program::compile(&rule.expression) {
        Err(error) => report.add(at, format!("is not CEL: {error}")),
        Ok(program) => {
            let references = program.references();
            let unknown = references
                .variables()
                .into_iter()
                .filter(|name| !NAMES.contains(name));
            for name in unknown {
                report.add(
                    at.clone(),
                    format!("{name} is unknown: a rule sees {}", NAMES.join(", ")),
                );
            }
        }
    }
}
