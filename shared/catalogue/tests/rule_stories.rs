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
use std::path::{Path, PathBuf};

use catalogue::rules::{Outcome, evaluate};
use catalogue::{Rule, rules, summaries};
use serde::Deserialize;
use serde_json::{Map, Value, json};

/// How the rules of an item are tried, beside its form that is filled in rightly.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Stories {
    /// The day of receipt on which that form meets every rule.
    today: String,
    /// What the sources answer then.
    #[serde(default)]
    facts: Map<String, Value>,
    stories: Vec<Story>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Story {
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
    file: PathBuf,
    rules: &'static [Rule],
    form: Value,
    stories: Stories,
}

fn tried() -> Vec<Tried> {
    let mut found = Vec::new();
    for item in summaries() {
        let rules = rules(&item.code, item.version).unwrap();
        if rules.is_empty() {
            continue;
        }
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
        let read = |file: &Path| {
            let text = fs::read_to_string(file)
                .unwrap_or_else(|error| panic!("{}: {error}", file.display()));
            text
        };
        let file = folder.join(format!("{}.rules.json", item.code));
        let stories = serde_json::from_str(&read(&file))
            .unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        let form = read(&folder.join(format!("{}.valid.json", item.code)));
        found.push(Tried {
            file,
            rules,
            form: serde_json::from_str(&form).unwrap(),
            stories,
        });
    }
    found
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

#[test]
fn a_sound_application_meets_every_rule_of_its_item() {
    for Tried {
        file,
        rules,
        form,
        stories,
    } in tried()
    {
        let facts = Value::Object(stories.facts);
        let unmet: Vec<_> = outcomes(rules, &form, &facts, &stories.today)
            .into_iter()
            .filter(|(_, outcome)| *outcome != Outcome::Passed)
            .collect();
        assert_eq!(unmet, [], "{}", file.display());
    }
}

#[test]
fn each_rule_goes_to_a_person_for_its_own_reason() {
    for Tried {
        file,
        rules,
        form,
        stories,
    } in tried()
    {
        let mut told = BTreeSet::new();
        for story in stories.stories {
            let (mut form, mut facts) = (form.clone(), Value::Object(stories.facts.clone()));
            for pointer in &story.remove {
                take(&mut form, pointer);
            }
            for (pointer, value) in story.replace {
                put(&mut form, &pointer, value);
            }
            for (pointer, value) in story.facts {
                put(&mut facts, &pointer, value);
            }
            let today = story.today.as_ref().unwrap_or(&stories.today);
            let failed: BTreeSet<String> = outcomes(rules, &form, &facts, today)
                .into_iter()
                .filter(|(_, outcome)| *outcome == Outcome::Failed)
                .map(|(code, _)| code.to_owned())
                .collect();
            assert_eq!(failed, story.fails, "{}: {}", file.display(), story.story);
            told.extend(failed);
        }
        let all: BTreeSet<String> = rules.iter().map(|rule| rule.code.to_owned()).collect();
        assert_eq!(
            told,
            all,
            "{}: a rule of which no story tells how it fails",
            file.display()
        );
    }
}

#[test]
fn a_rule_whose_facts_did_not_come_goes_to_a_person() {
    for Tried {
        file,
        rules,
        form,
        stories,
    } in tried()
    {
        for source in stories.facts.keys() {
            let mut facts = stories.facts.clone();
            facts.remove(source);
            let needing = format!("facts.{source}");
            for (rule, (code, outcome)) in rules.iter().zip(outcomes(
                rules,
                &form,
                &Value::Object(facts),
                &stories.today,
            )) {
                let expected = if rule.expression.contains(&needing) {
                    Outcome::CouldNotBeEvaluated
                } else {
                    Outcome::Passed
                };
                assert_eq!(
                    outcome,
                    expected,
                    "{}: {code} without {source}",
                    file.display()
                );
            }
        }
    }
}
