//! What materials mean beyond their item: their kinds, and the certificates that the platform grants itself.

use std::collections::{BTreeMap, BTreeSet};

use domain::item::{BelongsTo, ItemCode, Material, MaterialKind, PointerPattern};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Fault, Item, ItemVersion, Report, path_of};
use crate::source::Source;

/// The longest time for which a kind lets a paper be used again, in months.
const MOST_MONTHS: u16 = 36;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct KindsFile {
    #[serde(rename = "source")]
    _source: String,
    #[serde(rename = "illustrative")]
    _illustrative: Vec<PointerPattern>,
    kinds: Vec<MaterialKind>,
}

/// Reads `materials/kinds.json` as it is embedded, and holds the materials of all items to it.
pub(super) fn kinds(
    source: &Source,
    items: &BTreeMap<ItemVersion, Item>,
    faults: &mut Vec<Fault>,
) -> Value {
    let mut report = Report {
        file: "materials/kinds.json",
        faults,
    };
    let read = source.get(report.file).and_then(|text| {
        let value = report.json(text)?;
        report.typed::<KindsFile>(value)
    });
    let Some(KindsFile { kinds, .. }) = read else {
        report.add("", "is missing or unusable");
        return json!([]);
    };
    let used: BTreeSet<_> = materials(items)
        .filter_map(|(_, _, material)| material.kind.as_ref())
        .collect();
    let mut codes = BTreeSet::new();
    for (index, kind) in kinds.iter().enumerate() {
        let at = format!("/kinds/{index}");
        report.require(
            codes.insert(&kind.code),
            &format!("{at}/code"),
            "is used twice",
        );
        report.require(
            used.contains(&kind.code),
            &format!("{at}/code"),
            "no material of any item is of this kind",
        );
        let for_one_matter = kind.belongs_to == BelongsTo::Matter;
        report.require(
            kind.months.is_none() == for_one_matter
                && kind
                    .months
                    .is_none_or(|months| (1..=MOST_MONTHS).contains(&months)),
            &format!("{at}/months"),
            "is null exactly where belongs_to is matter, and 1 to 36 elsewhere",
        );
    }
    for (version, index, material) in materials(items) {
        let Some(kind) = &material.kind else {
            continue;
        };
        let mut report = Report {
            file: &path_of("items", version),
            faults,
        };
        let at = format!("/materials/{index}/kind");
        report.require(
            codes.contains(kind),
            &at,
            &format!("{kind} is no kind of materials/kinds.json"),
        );
        report.require(
            material.format.takes_upload(),
            &at,
            "is only for what is uploaded",
        );
        let same = materials(items)
            .filter(|(of, _, other)| *of == version && other.kind.as_ref() == Some(kind));
        report.require(
            same.count() == 1,
            &at,
            &format!("two materials of the item are of the kind {kind}: the same file would stand for both"),
        );
    }
    json!(kinds)
}

/// The items whose certificate a material asks for, each of which there must be.
pub(super) fn certificates(
    items: &BTreeMap<ItemVersion, Item>,
    faults: &mut Vec<Fault>,
) -> BTreeSet<ItemCode> {
    let codes: BTreeSet<ItemCode> = items.keys().map(|(code, _)| *code).collect();
    let mut asked_for = BTreeSet::new();
    for (version, index, material) in materials(items) {
        let mut report = Report {
            file: &path_of("items", version),
            faults,
        };
        let at = format!("/materials/{index}/certificate_of");
        report.require(
            material.certificate_of.is_empty() || material.format.takes_upload(),
            &at,
            "is only for what is uploaded otherwise",
        );
        for code in &material.certificate_of {
            report.require(
                codes.contains(code) && *code != version.0,
                &at,
                &format!("{code} must be another item of the catalogue"),
            );
            asked_for.insert(*code);
        }
    }
    asked_for
}

fn materials(
    items: &BTreeMap<ItemVersion, Item>,
) -> impl Iterator<Item = (ItemVersion, usize, &Material)> {
    items.iter().flat_map(|(version, item)| {
        let materials = item.content.materials.iter().enumerate();
        materials.map(|(index, material)| (*version, index, material))
    })
}
