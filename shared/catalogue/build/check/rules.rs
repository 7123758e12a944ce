//! Machine rules: CEL that compiles and speaks only of what it will be given.

use std::collections::{BTreeMap, BTreeSet};

use cel::Program;
use cel::common::ast::{EntryExpr, Expr, IdedEntryExpr};
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
        let form = owner.as_ref().and_then(|owner| owner.form.as_ref());
        let names_vehicles = form.is_some_and(|form| !form.vehicles.is_empty());
        let names_substances = form
            .and_then(|form| form.quantities.as_ref())
            .is_some_and(|quantities| !quantities.of.is_empty());
        for (index, rule) in rules.iter().enumerate() {
            let at = format!("/{index}/expression");
            let looks_at = |fact: &str| rule.expression.contains(fact);
            report.require(
                names_vehicles || !looks_at("facts.vehicles"),
                &at,
                "looks at vehicles, and no member of the form is marked with x-facts",
            );
            report.require(
                names_substances || !looks_at("facts.quantities"),
                &at,
                "looks at quantities, and no list of the form says by x-quantities of what they are",
            );
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
            let mut unknown = BTreeSet::new();
            free(&program.expression().expr, &NAMES, &mut unknown);
            for name in unknown {
                report.add(
                    at.clone(),
                    format!("{name} is unknown: a rule sees {}", NAMES.join(", ")),
                );
            }
        }
    }
}

/// Adds the names in `expression` that neither `known` nor a macro such as `all(row, ...)` binds.
fn free<'a>(expression: &'a Expr, known: &[&'a str], found: &mut BTreeSet<&'a str>) {
    match expression {
        Expr::Ident(name) => {
            if !known.contains(&name.as_str()) {
                found.insert(name);
            }
        }
        Expr::Select(select) => free(&select.operand.expr, known, found),
        Expr::Call(call) => {
            for part in call.target.as_deref().into_iter().chain(&call.args) {
                free(&part.expr, known, found);
            }
        }
        Expr::List(list) => {
            for element in &list.elements {
                free(&element.expr, known, found);
            }
        }
        Expr::Map(map) => free_in_entries(&map.entries, known, found),
        Expr::Struct(object) => free_in_entries(&object.entries, known, found),
        Expr::Comprehension(it) => {
            free(&it.iter_range.expr, known, found);
            free(&it.accu_init.expr, known, found);
            let bound = [&it.iter_var, &it.accu_var].map(String::as_str);
            let bound = bound.into_iter().chain(it.iter_var2.as_deref());
            let inside: Vec<&str> = known.iter().copied().chain(bound).collect();
            for part in [&it.loop_cond, &it.loop_step, &it.result] {
                free(&part.expr, &inside, found);
            }
        }
        Expr::Literal(_) | Expr::Unspecified => {}
    }
}

fn free_in_entries<'a>(
    entries: &'a [IdedEntryExpr],
    known: &[&'a str],
    found: &mut BTreeSet<&'a str>,
) {
    for entry in entries {
        match &entry.expr {
            EntryExpr::MapEntry(entry) => {
                free(&entry.key.expr, known, found);
                free(&entry.value.expr, known, found);
            }
            EntryExpr::StructField(field) => free(&field.value.expr, known, found),
        }
    }
}
