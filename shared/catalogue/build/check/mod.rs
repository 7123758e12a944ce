//! From files to a catalogue that holds together, or to everything that is wrong with them.

mod forms;
mod items;
mod limits;
mod materials;
mod quantities;
mod rows;
mod rules;
mod schema;
mod tables;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use domain::item::{ItemCode, ServiceItem};
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::source::Source;
pub(crate) use forms::Form;
pub(crate) use quantities::Quantities;
pub(crate) use rules::Rule;

/// Everything that is embedded.
pub(crate) struct Catalogue {
    /// In the order of codes and versions.
    pub(crate) items: BTreeMap<ItemVersion, Item>,
    /// `{version, years: {year: YearTable}}`.
    pub(crate) calendar: Value,
    /// `{regions, units}`.
    pub(crate) units: Value,
    /// The kinds of materials.
    pub(crate) material_kinds: Value,
    /// The items whose certificate a material asks for.
    pub(crate) certificates_asked_for: BTreeSet<ItemCode>,
}

/// An item with what belongs to it.
pub(crate) struct Item {
    pub(crate) content: ServiceItem,
    /// The file without blanks.
    pub(crate) json: String,
    pub(crate) form: Option<Form>,
    pub(crate) rules: Vec<Rule>,
}

/// Which version of which item a file is about.
pub(crate) type ItemVersion = (ItemCode, u32);

/// Something that is wrong with a file, told to its author.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    /// `folder/name`.
    pub(crate) file: String,
    /// JSON pointer into the file.
    pub(crate) pointer: String,
    /// What is wrong and what is expected.
    pub(crate) message: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            file,
            pointer,
            message,
        } = self;
        let at = if pointer.is_empty() { "" } else { " at " };
        write!(formatter, "{file}{at}{pointer}: {message}")
    }
}

/// Collects what is wrong with one file.
pub(crate) struct Report<'a> {
    file: &'a str,
    faults: &'a mut Vec<Fault>,
}

impl Report<'_> {
    pub(crate) fn add(&mut self, pointer: impl Into<String>, message: impl Into<String>) {
        let file = self.file.to_owned();
        self.faults.push(Fault {
            file,
            pointer: pointer.into(),
            message: message.into(),
        });
    }

    /// Adds a fault unless `holds`.
    pub(crate) fn require(&mut self, holds: bool, pointer: &str, message: &str) {
        if !holds {
            self.add(pointer, message);
        }
    }

    /// The text as JSON, or a fault that names line and column.
    pub(crate) fn json(&mut self, text: &str) -> Option<Value> {
        let parsed = serde_json::from_str(text);
        parsed
            .map_err(|error| self.add("", format!("is not JSON: {error}")))
            .ok()
    }

    /// The value as `T`, or a fault at the member that does not fit.
    pub(crate) fn typed<T: DeserializeOwned>(&mut self, value: Value) -> Option<T> {
        let parsed = serde_path_to_error::deserialize(value);
        let fault = |error: serde_path_to_error::Error<serde_json::Error>| {
            self.add(error.path().to_string(), error.inner().to_string());
        };
        parsed.map_err(fault).ok()
    }
}

/// Checks everything.
///
/// # Errors
/// All faults of all files, in the order of the files.
pub(crate) fn check(source: &Source) -> Result<Catalogue, Vec<Fault>> {
    let mut faults = Vec::new();
    let (calendar, calendar_json) = tables::calendar(source, &mut faults);
    let units = tables::units(source, &mut faults);
    let mut items = items::read(source, &mut faults);
    items::check_together(&items, &mut faults);
    let material_kinds = materials::kinds(source, &items, &mut faults);
    let certificates_asked_for = materials::certificates(&items, &mut faults);
    limits::check(&items, &calendar, &mut faults);
    forms::read(source, &mut items, &mut faults);
    rules::read(source, &mut items, &mut faults);
    left_to_say(source, &mut faults);
    if faults.is_empty() {
        return Ok(Catalogue {
            items,
            calendar: calendar_json,
            units,
            material_kinds,
            certificates_asked_for,
        });
    }
    faults.sort_by(|one, other| one.file.cmp(&other.file));
    Err(faults)
}

/// What `make item` leaves to its author is not left in the end.
fn left_to_say(source: &Source, faults: &mut Vec<Fault>) {
    for (file, text) in &source.files {
        if text.contains("\"TODO\"") {
            Report { file, faults }.add("", "TODO is left to be said");
        }
    }
}

/// The item version that a file name stands for: `PSB-APR-004.v1.json`.
fn item_version(name: &str) -> Option<ItemVersion> {
    let (code, version) = name.strip_suffix(".json")?.split_once(".v")?;
    let canonical = !version.starts_with(['0', '+']);
    canonical.then(|| Some((code.parse().ok()?, version.parse().ok()?)))?
}

/// The path of the file of an item version in a folder.
fn path_of(folder: &str, (code, version): ItemVersion) -> String {
    format!("{folder}/{code}.v{version}.json")
}

/// The item version that the file of a form or of rules belongs to; a fault if there is none.
fn owner<'a>(
    items: &'a mut BTreeMap<ItemVersion, Item>,
    name: &str,
    report: &mut Report<'_>,
) -> Option<&'a mut Item> {
    let Some(version) = item_version(name) else {
        report.add(
            "",
            "the file must be named CODE.vVERSION.json, for example PSB-APR-004.v1.json",
        );
        return None;
    };
    let owner = items.get_mut(&version);
    if owner.is_none() {
        report.add(
            "",
            format!(
                "there is no valid {} it could belong to",
                path_of("items", version)
            ),
        );
    }
    owner
}
