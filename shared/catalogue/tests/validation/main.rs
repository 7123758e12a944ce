//! The build refuses what does not hold together, and tells authors where and why.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot go on says so at once"
)]

#[path = "../../build/check/mod.rs"]
mod check;
#[path = "../../build/embed.rs"]
mod embed;
#[path = "../../build/source.rs"]
mod source;

mod forms_and_rules;
mod items;
mod materials;
mod tables;

use std::path::Path;
use std::sync::LazyLock;

use check::Fault;
use serde_json::Value;
use source::Source;

static SOUND: LazyLock<Source> =
    LazyLock::new(|| Source::load(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap());

const HOTEL: &str = "items/PSB-APR-004.v1.json";
const FORM: &str = "forms/PSB-APR-004.v1.json";
const RULES: &str = "rules/PSB-APR-004.v1.json";
const CALENDAR: &str = "calendar/holidays.json";
const UNITS: &str = "units/regions_units.json";

fn faults(source: &Source) -> Vec<Fault> {
    check::check(source).err().unwrap_or_default()
}

/// The faults after a change to one file.
fn broken(file: &str, change: impl FnOnce(&mut Value)) -> Vec<Fault> {
    let mut source = SOUND.clone();
    let text = source.files.get_mut(file).unwrap();
    let mut value: Value = serde_json::from_str(text).unwrap();
    change(&mut value);
    *text = value.to_string();
    faults(&source)
}

/// The faults after one member of a file has another value.
fn with(file: &str, pointer: &str, value: Value) -> Vec<Fault> {
    broken(file, |json| *json.pointer_mut(pointer).unwrap() = value)
}

#[track_caller]
fn assert_told(faults: &[Fault], file: &str, pointer: &str, words: &str) {
    let told = faults.iter().any(|fault| {
        fault.file == file && fault.pointer == pointer && fault.message.contains(words)
    });
    assert!(told, "{file} {pointer} {words:?} not in {faults:#?}");
}

#[test]
fn the_catalogue_as_it_is_holds_together() {
    assert_eq!(faults(&SOUND), []);
}

#[test]
fn the_same_files_are_embedded_as_the_same_text() {
    let render = || {
        check::check(&SOUND)
            .map(|catalogue| embed::render(&catalogue))
            .ok()
            .unwrap()
    };
    assert_eq!(render(), render());
}

#[test]
fn all_faults_of_all_files_are_told_at_once() {
    let mut source = SOUND.clone();
    for file in [HOTEL, UNITS, "items/PSB-PRO-001.v1.json"] {
        source.files.insert(file.to_owned(), "{".to_owned());
    }
    let faults = faults(&source);
    assert_told(&faults, HOTEL, "", "is not JSON");
    assert_told(&faults, UNITS, "", "is not JSON");
    assert_told(&faults, "items/PSB-PRO-001.v1.json", "", "is not JSON");
    assert_told(&faults, "items", "", "73 and 20 are valid");
    assert_told(&faults, FORM, "", "no valid items/PSB-APR-004.v1.json");
}
