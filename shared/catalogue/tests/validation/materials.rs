//! What the kinds of materials and the certificates asked for must be.

use std::collections::BTreeMap;

use domain::item::ServiceItem;
use serde_json::json;

use crate::{HOTEL, SOUND, assert_told, broken, faults, with};

const KINDS: &str = "materials/kinds.json";

#[test]
fn a_kind_is_used_and_says_for_how_long() {
    let faults_of = |pointer: &str, value| with(KINDS, pointer, value);
    let two = faults_of("/kinds/1/code", json!("business_licence"));
    assert_told(&two, KINDS, "/kinds/1/code", "is used twice");
    let unused = faults_of("/kinds/0/code", json!("fishing_licence"));
    assert_told(&unused, KINDS, "/kinds/0/code", "no material of any item");
    assert_told(
        &unused,
        HOTEL,
        "/materials/1/kind",
        "business_licence is no kind",
    );
    for months in [json!(null), json!(0), json!(37)] {
        let faults = faults_of("/kinds/0/months", months);
        assert_told(&faults, KINDS, "/kinds/0/months", "null exactly where");
    }
    let for_one_matter = faults_of("/kinds/0/belongs_to", json!("matter"));
    assert_told(
        &for_one_matter,
        KINDS,
        "/kinds/0/months",
        "null exactly where",
    );
    let mut source = SOUND.clone();
    source.files.remove(KINDS);
    assert_told(&faults(&source), KINDS, "", "is missing");
}

#[test]
fn one_file_cannot_stand_for_two_materials_of_an_item() {
    let faults = with(HOTEL, "/materials/2/kind", json!("business_licence"));
    for pointer in ["/materials/1/kind", "/materials/2/kind"] {
        assert_told(&faults, HOTEL, pointer, "would stand for both");
    }
    let faults = broken(HOTEL, |item| {
        item["materials"][0]["kind"] = json!("business_licence");
    });
    assert_told(&faults, HOTEL, "/materials/0/kind", "what is uploaded");
}

#[test]
fn a_certificate_that_is_asked_for_is_one_of_another_item() {
    for (certificates, words) in [
        (json!(["PSB-APR-099"]), "must be another item"),
        (json!(["PSB-APR-004"]), "must be another item"),
    ] {
        let faults = broken(HOTEL, |item| {
            item["materials"][5]["certificate_of"] = certificates.clone();
        });
        assert_told(&faults, HOTEL, "/materials/5/certificate_of", words);
    }
    let empty = broken(HOTEL, |item| {
        item["materials"][5]["certificate_of"] = json!([]);
    });
    assert_told(
        &empty,
        HOTEL,
        "/materials/5/certificate_of",
        "[] has less than 1 item",
    );
}

#[test]
fn materials_of_one_name_are_of_one_kind() {
    let mut kinds = BTreeMap::new();
    for (file, _, text) in SOUND.folder("items") {
        let item: ServiceItem = serde_json::from_str(text).unwrap();
        for material in item.materials {
            let kind = kinds
                .entry(material.name.zh)
                .or_insert(material.kind.clone());
            assert_eq!(*kind, material.kind, "{file} {}", material.code);
        }
    }
}
