//! Every machine rule of every item, by the stories told of it in `fixtures`: what passes, what does
//! not, and what happens when a fact did not come.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on says so at once"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use catalogue::rules::{Outcome, evaluate};
use catalogue::{Rule, rules, summaries};
use domain::item::ItemCode;
use serde::Deserialize;
use serde_json::{Map, Value, json};

/// How the rules of an item are tried, beside its form that is filled in rightly.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Trial {
    /// The day of receipt on which that form meets every rule.
    today: String,
    /// What the sources answer then.
    #[serde(default)]
    facts: Map<String, Value>,
    stories: Vec<Told>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Told {
    story: String,
    /// The rules that are not met, and no others.
    fails: BTreeSet<String>,
    today: Option<String>,
    /// Values by their pointers, in the form.
    #[serde(default)]
    replace: Map<String, Value>,
    /// Pointers of what the form lacks.
    #[serde(default)]
    remove: Vec<String>,
    /// Values by their pointers, in the facts.
    #[serde(default)]
    facts: Map<String, Value>,
}

/// An item with rules.
struct Tried {
    code: ItemCode,
    rules: &'static [Rule],
    form: Value,
    trial: Trial,
}

fn fixture<T: for<'de> Deserialize<'de>>(file: &Path) -> Result<T, String> {
    let text = fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
    serde_json::from_str(&text).map_err(|error| format!("{}: {error}", file.display()))
}

fn tried(code: ItemCode, rules: &'static [Rule]) -> Result<Tried, String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    Ok(Tried {
        code,
        rules,
        form: fixture(&folder.join(format!("{code}.valid.json")))?,
        trial: fixture(&folder.join(format!("{code}.rules.json")))?,
    })
}

/// Tries every item that has rules, and tells all that is wrong at once.
fn every_item(find: impl Fn(&Tried, &mut Vec<String>)) {
    let mut faults = Vec::new();
    let mut count = 0;
    for item in summaries() {
        let rules = rules(&item.code, item.version).unwrap();
        if rules.is_empty() {
            continue;
        }
        count += 1;
        match tried(item.code, rules) {
            Ok(tried) => find(&tried, &mut faults),
            Err(fault) => faults.push(fault),
        }
    }
    assert!(count >= 6, "{count} items have rules");
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

fn put(within: &mut Value, pointer: &str, value: Value) {
    if let Some(place) = within.pointer_mut(pointer) {
        *place = value;
        return;
    }
    let (parent, name) = pointer
        .rsplit_once('/')
        .unwrap_or_else(|| panic!("{pointer}: no pointer"));
    let parent = within
        .pointer_mut(parent)
        .and_then(Value::as_object_mut)
        .unwrap_or_else(|| panic!("{pointer}: nothing is there to put it in"));
    parent.insert(name.to_owned(), value);
}

fn take(within: &mut Value, pointer: &str) {
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    let parent = within.pointer_mut(parent).and_then(Value::as_object_mut);
    assert!(
        parent.and_then(|it| it.remove(name)).is_some(),
        "{pointer}: is not there to be removed"
    );
}

fn outcomes(
    rules: &[Rule],
    form: &Value,
    facts: &Value,
    today: &str,
) -> Vec<(&'static str, Outcome)> {
    let seen = json!({ "form": form, "facts": facts, "today": today });
    let outcomes = evaluate(rules, &seen).into_iter();
    outcomes.map(|rule| (rule.code, rule.outcome)).collect()
}

/// The codes of the rules of which that came.
fn which(outcomes: &[(&'static str, Outcome)], of: Outcome) -> BTreeSet<String> {
    let these = outcomes.iter().filter(|(_, outcome)| *outcome == of);
    these.map(|(code, _)| (*code).to_owned()).collect()
}

#[test]
fn a_sound_application_meets_every_rule_of_its_item() {
    every_item(|tried, faults| {
        let facts = Value::Object(tried.trial.facts.clone());
        let outcomes = outcomes(tried.rules, &tried.form, &facts, &tried.trial.today);
        if which(&outcomes, Outcome::Passed).len() < tried.rules.len() {
            faults.push(format!("{}: {outcomes:?}", tried.code));
        }
    });
}

#[test]
fn each_rule_goes_to_a_person_for_its_own_reason() {
    every_item(|tried, faults| {
        let mut told = BTreeSet::new();
        for story in &tried.trial.stories {
            let mut form = tried.form.clone();
            let mut facts = Value::Object(tried.trial.facts.clone());
            for pointer in &story.remove {
                take(&mut form, pointer);
            }
            for (pointer, value) in &story.replace {
                put(&mut form, pointer, value.clone());
            }
            for (pointer, value) in &story.facts {
                put(&mut facts, pointer, value.clone());
            }
            let today = story.today.as_ref().unwrap_or(&tried.trial.today);
            let outcomes = outcomes(tried.rules, &form, &facts, today);
            let failed = which(&outcomes, Outcome::Failed);
            if failed != story.fails {
                let (code, told, fails) = (tried.code, &story.story, &story.fails);
                faults.push(format!("{code}: {told}: not {fails:?} but {outcomes:?}"));
            }
            told.extend(failed);
        }
        let rules = tried.rules.iter().map(|rule| rule.code.to_owned());
        for rule in rules.filter(|rule| !told.contains(rule)) {
            faults.push(format!("{}: no story tells how {rule} fails", tried.code));
        }
    });
}

#[test]
fn a_rule_whose_facts_did_not_come_goes_to_a_person() {
    every_item(|tried, faults| {
        for source in tried.trial.facts.keys() {
            let mut facts = tried.trial.facts.clone();
            facts.remove(source);
            let needing = |rule: &&Rule| rule.expression.contains(&format!("facts.{source}"));
            let needing = tried.rules.iter().filter(needing);
            let needing: BTreeSet<String> = needing.map(|rule| rule.code.to_owned()).collect();
            let today = &tried.trial.today;
            let outcomes = outcomes(tried.rules, &tried.form, &Value::Object(facts), today);
            if needing.is_empty() || which(&outcomes, Outcome::CouldNotBeEvaluated) != needing {
                faults.push(format!("{}: without {source}: {outcomes:?}", tried.code));
            }
        }
    });
}
