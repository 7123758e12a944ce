//! Items one by one, and together.

use std::collections::{BTreeMap, BTreeSet};

use domain::item::{AutoReview, HandlingType, ItemCode, Kind, OnlineLevel, Section, ServiceItem};
use serde_json::Value;

use super::{Fault, Item, ItemVersion, Report, item_version, path_of, schema};
use crate::source::Source;

/// How many items of each kind the platform offers.
const APPROVALS: usize = 74;
const PROACTIVE_SERVICES: usize = 21;

/// Words in the names of matters whose papers can never follow later: guns, crossbows, explosives,
/// fireworks, toxic, radioactive and precursor chemicals.
const DANGEROUS: [&str; 8] = ["枪", "弩", "爆", "烟花", "焰火", "剧毒", "放射", "易制毒"];

/// Reads all files in `items/`. What cannot be read is left out, with its faults.
pub(super) fn read(source: &Source, faults: &mut Vec<Fault>) -> BTreeMap<ItemVersion, Item> {
    let mut items = BTreeMap::new();
    let mut report = Report {
        file: "schema/item.schema.json",
        faults,
    };
    let Some(schema) = source
        .get("schema/item.schema.json")
        .and_then(|text| report.json(text))
        .and_then(|schema| schema::prepare(&schema, &mut report))
    else {
        report.add(
            "",
            "is missing or unusable, so that no item could be checked",
        );
        return items;
    };
    for (file, name, text) in source.folder("items") {
        let mut report = Report { file, faults };
        let Some(value) = report.json(text) else {
            continue;
        };
        if !schema::apply(&schema, &value, &mut report) {
            continue;
        }
        let json = value.to_string();
        let Some(item) = report.typed::<ServiceItem>(value.clone()) else {
            continue;
        };
        let version = (item.code, item.version);
        report.require(
            item_version(name) == Some(version),
            "/code",
            &format!("the file must be named {}", path_of("items", version)),
        );
        check(&item, &value, &mut report);
        items.insert(
            version,
            Item {
                content: item,
                json,
                form: None,
                rules: Vec::new(),
            },
        );
    }
    items
}

/// What must hold within an item, beyond its schema.
fn check(item: &ServiceItem, value: &Value, report: &mut Report<'_>) {
    check_classification(item, report);
    check_materials(item, report);
    check_steps(item, report);
    let partial = item.online_level == OnlineLevel::Partial;
    report.require(
        item.attendance.is_some() == partial && item.online_level_reason.is_some() == partial,
        "/attendance",
        "an item that is partial needs attendance and online_level_reason; one that is full has neither",
    );
    let instant = item.handling_type == HandlingType::Instant;
    report.require(
        instant == (item.auto_review == AutoReview::Instant),
        "/auto_review",
        "is instant exactly when handling_type is instant",
    );
    report.require(
        !instant || item.kind == Kind::Proactive || !item.decision_rules.is_empty(),
        "/decision_rules",
        "an instant approval must say what a machine has to check",
    );
    for pattern in &item.illustrative {
        report.require(
            resolves(value, pattern.as_str()),
            "/illustrative",
            &format!("{pattern} names no member of this item"),
        );
    }
}

fn check_classification(item: &ServiceItem, report: &mut Report<'_>) {
    let approval = item.kind == Kind::Approval;
    report.require(
        item.code.kind() == item.kind,
        "/kind",
        "does not fit the code: PSB-APR is an approval, PSB-PRO a proactive service",
    );
    report.require(
        approval == (item.section == Section::OnlineServiceHall),
        "/section",
        "approvals, and only they, belong to online_service_hall",
    );
    report.require(
        item.service.is_some() != approval,
        "/service",
        "a proactive service needs it, an approval must not have it",
    );
}

fn check_materials(item: &ServiceItem, report: &mut Report<'_>) {
    let mut codes = BTreeSet::new();
    let instant = item.handling_type == HandlingType::Instant;
    let dangerous = DANGEROUS.iter().any(|word| item.name.zh.contains(word));
    for (index, material) in item.materials.iter().enumerate() {
        let at = format!("/materials/{index}");
        report.require(
            codes.insert(&material.code),
            &format!("{at}/code"),
            &format!("{} is used twice", material.code),
        );
        let power_of_attorney = material.code.as_str() == "MAT-POA";
        report.require(
            !(material.deferrable && (instant || dangerous || power_of_attorney)),
            &format!("{at}/deferrable"),
            "a power of attorney, a paper of an instant item or of a dangerous matter can never follow later",
        );
        report.require(
            !(power_of_attorney && material.required),
            &format!("{at}/required"),
            "a power of attorney is not required: the legal representative may apply in person",
        );
    }
}

fn check_steps(item: &ServiceItem, report: &mut Report<'_>) {
    let counted = item
        .steps
        .iter()
        .map(|step| usize::from(step.seq))
        .eq(1..=item.steps.len());
    report.require(counted, "/steps", "seq must count 1, 2, 3 … without a gap");
    report.require(
        item.steps.is_sorted_by_key(|step| step.level),
        "/steps",
        "the level may rise from step to step, never fall",
    );
    report.require(
        item.steps.first().map(|step| step.level) == Some(item.accepting_level),
        "/accepting_level",
        "must be the level of the first step",
    );
    report.require(
        item.steps.last().map(|step| step.level) == Some(item.deciding_level),
        "/deciding_level",
        "must be the level of the last step",
    );
}

/// Whether a pointer, in which `*` stands for every element, names something in `value`.
fn resolves(value: &Value, pattern: &str) -> bool {
    let Some(rest) = pattern.strip_prefix('/') else {
        return pattern.is_empty();
    };
    let (token, below) = match rest.find('/') {
        Some(end) => rest.split_at(end),
        None => (rest, ""),
    };
    match value {
        Value::Array(elements) if token == "*" => {
            elements.iter().all(|element| resolves(element, below))
        }
        _ => value
            .pointer(&format!("/{token}"))
            .is_some_and(|member| resolves(member, below)),
    }
}

/// What must hold between items.
pub(super) fn check_together(items: &BTreeMap<ItemVersion, Item>, faults: &mut Vec<Fault>) {
    let mut previous: Option<&ServiceItem> = None;
    for (&version, Item { content: item, .. }) in items {
        let mut report = Report {
            file: &path_of("items", version),
            faults,
        };
        let before = previous.filter(|before| before.code == item.code);
        let expected = before.map_or(1, |before| before.version + 1);
        report.require(
            item.version == expected,
            "/version",
            &format!("version {expected} is expected next: old versions stay, none is skipped"),
        );
        report.require(
            before.is_none_or(|before| before.effective_from < item.effective_from),
            "/effective_from",
            "must be later than that of the version before",
        );
        previous = Some(item);
    }

    let codes: BTreeSet<ItemCode> = items.keys().map(|(code, _)| *code).collect();
    let count = |kind| codes.iter().filter(|code| code.kind() == kind).count();
    let (approvals, services) = (count(Kind::Approval), count(Kind::Proactive));
    Report {
        file: "items",
        faults,
    }
    .require(
        (approvals, services) == (APPROVALS, PROACTIVE_SERVICES),
        "",
        &format!(
            "{APPROVALS} approvals and {PROACTIVE_SERVICES} proactive services are expected, \
             {approvals} and {services} are valid"
        ),
    );
}
