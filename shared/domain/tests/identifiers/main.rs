//! Identifiers against their worked examples and against the promises of their check digits.
//!
//! `fixtures/identifiers_examples.json` lists each value in its stored form: what it calls invalid
//! only for being lower-case, dotted or full-width is invalid there, and fine as typing.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "helpers of tests fail by panicking"
)]

mod properties;

use domain::identifiers::{
    IdentifierFault, IdentifierWarning, MobileNumber, Plate, PlateKind, ResidentId, Sex, Uscc, Vin,
};
use jiff::civil::{Date, date};
use serde::Deserialize;

const TODAY: Date = date(2026, 11, 2);

#[derive(Deserialize)]
struct Examples {
    uscc: Cases<Valid>,
    uscc_outside_stdnum: Vec<Valid>,
    ric: Cases<Person>,
    ric_outside_stdnum: Vec<Valid>,
    vin: Cases<String>,
    plate: Cases<PlateExample>,
    mobile: Cases<String>,
}

#[derive(Deserialize)]
struct Cases<V> {
    valid: Vec<V>,
    invalid: Vec<Invalid>,
}

#[derive(Deserialize)]
struct Valid {
    value: String,
}

#[derive(Deserialize)]
struct Invalid {
    value: String,
    reason: String,
}

#[derive(Deserialize)]
struct Person {
    value: String,
    sex: String,
    birth: Date,
}

#[derive(Deserialize)]
struct PlateExample {
    value: String,
    kind: PlateKind,
}

fn examples() -> Examples {
    serde_json::from_str(include_str!("../fixtures/identifiers_examples.json")).unwrap()
}

/// Asserts that every invalid example is refused in strict form for the fault its reason tells.
fn assert_refused<T: std::fmt::Debug>(
    examples: &[Invalid],
    parse_strict: impl Fn(&str) -> Result<T, IdentifierFault>,
    faults: &[(&str, IdentifierFault)],
) {
    assert!(!examples.is_empty());
    for Invalid { value, reason } in examples {
        let (_, expected) = faults
            .iter()
            .find(|(words, _)| reason.contains(words))
            .unwrap_or_else(|| panic!("no fault is named for the reason: {reason}"));
        assert_eq!(
            parse_strict(value).unwrap_err(),
            *expected,
            "{value}: {reason}"
        );
    }
}

#[test]
fn every_valid_credit_code_is_read_and_tells_its_region() {
    let examples = examples();
    for Valid { value } in examples
        .uscc
        .valid
        .iter()
        .chain(&examples.uscc_outside_stdnum)
    {
        let code = Uscc::parse_strict(value).unwrap();
        assert_eq!(code.as_str(), value);
        assert_eq!(code.warning(), None);
        assert_eq!(code.region(), &value[2..8]);
        assert!(code.is_enterprise());
    }
}

#[test]
fn the_worked_example_of_gb_32100_holds() {
    let code = Uscc::parse("91350100M000100Y43").unwrap();
    assert_eq!(code.region(), "350100");
    assert_eq!(
        Uscc::parse("91350100M000100Y4Z"),
        Err(IdentifierFault::UsccCharacter)
    );
}

#[test]
fn every_invalid_credit_code_is_refused_for_its_reason() {
    assert_refused(
        &examples().uscc.invalid,
        Uscc::parse_strict,
        &[
            ("length", IdentifierFault::UsccLength),
            ("organisation-code", IdentifierFault::UsccOrganisationCode),
            ("check character", IdentifierFault::UsccCheckCharacter),
            ("character set", IdentifierFault::UsccCharacter),
            ("region", IdentifierFault::UsccRegion),
            ("lower-case", IdentifierFault::UsccCharacter),
        ],
    );
}

#[test]
fn an_older_code_with_a_wrong_organisation_check_is_taken_with_a_warning() {
    let code = Uscc::parse("91140300XXX1000534").unwrap();
    assert_eq!(
        code.warning(),
        Some(IdentifierWarning::UsccOrganisationCode)
    );
}

#[test]
fn a_public_institution_is_no_enterprise() {
    for institution in ["12140100XXX1000286", "52140100XXX1000286"] {
        let code = properties::with_right_credit_check(institution);
        assert!(!Uscc::parse(&code).unwrap().is_enterprise());
    }
}

#[test]
fn every_valid_resident_number_is_read_with_birth_date_and_sex() {
    for Person { value, sex, birth } in examples().ric.valid {
        let id = ResidentId::parse_strict(&value, TODAY).unwrap();
        assert_eq!(id.as_str(), value);
        assert_eq!(id.birth_date(), birth);
        assert_eq!(
            id.sex(),
            match sex.as_str() {
                "male" => Sex::Male,
                _ => Sex::Female,
            }
        );
    }
    for Valid { value } in examples().ric_outside_stdnum {
        assert_eq!(
            ResidentId::parse_strict(&value, TODAY).unwrap().as_str(),
            value
        );
    }
}

#[test]
fn every_invalid_resident_number_is_refused_for_its_reason() {
    assert_refused(
        &examples().ric.invalid,
        |value| ResidentId::parse_strict(value, TODAY),
        &[
            (
                "first-generation",
                IdentifierFault::ResidentIdFirstGeneration,
            ),
            ("length", IdentifierFault::ResidentIdLength),
            ("check character", IdentifierFault::ResidentIdCheckCharacter),
            ("province", IdentifierFault::ResidentIdProvince),
            ("birth date 19", IdentifierFault::ResidentIdBirthDate),
            ("future", IdentifierFault::ResidentIdBirthInFuture),
            ("17 digits", IdentifierFault::ResidentIdCharacter),
        ],
    );
}

#[test]
fn a_child_is_known_from_the_day_of_its_birth() {
    let born_on = date(1980, 1, 1);
    assert!(ResidentId::parse("140105198001010003", born_on).is_ok());
    assert_eq!(
        ResidentId::parse("140105198001010003", date(1979, 12, 31)).unwrap_err(),
        IdentifierFault::ResidentIdBirthInFuture
    );
}

#[test]
fn every_valid_plate_is_read_with_its_kind() {
    for PlateExample { value, kind } in examples().plate.valid {
        let plate = Plate::parse_strict(&value).unwrap();
        assert_eq!((plate.as_str(), plate.kind()), (value.as_str(), kind));
    }
    for (value, kind) in [
        ("粤Z1234港", PlateKind::CrossBorder),
        ("粤ZA12B澳", PlateKind::CrossBorder),
        ("沪A0023领", PlateKind::Consulate),
        ("224001使", PlateKind::Embassy),
        ("晋X0001应急", PlateKind::EmergencyRescue),
        ("晋O12345", PlateKind::Ordinary),
        ("晋AA12345", PlateKind::NewEnergySmall),
        ("晋A12345K", PlateKind::NewEnergyLarge),
    ] {
        assert_eq!(Plate::parse(value).unwrap().kind(), kind, "{value}");
    }
}

#[test]
fn every_invalid_plate_is_refused_for_its_reason() {
    assert_refused(
        &examples().plate.invalid,
        Plate::parse_strict,
        &[
            ("issuing-authority", IdentifierFault::PlateAuthority),
            ("never used in the serial", IdentifierFault::PlateSerial),
            ("province", IdentifierFault::PlateProvince),
            ("too short", IdentifierFault::PlateLength),
            ("too long", IdentifierFault::PlateLength),
            ("new-energy", IdentifierFault::PlateNewEnergy),
            ("lower case", IdentifierFault::PlateAuthority),
            ("separator", IdentifierFault::PlateSerial),
            ("four characters", IdentifierFault::PlateLength),
        ],
    );
    for (value, fault) in [
        ("粤B1234港", IdentifierFault::PlateCrossBorder),
        ("晋A12345临", IdentifierFault::PlateTemporary),
        ("晋A0001应急", IdentifierFault::PlateAuthority),
        ("22400使", IdentifierFault::PlateLength),
        ("22400A使", IdentifierFault::PlateSerial),
        ("晋A12挂45", IdentifierFault::PlateSerial),
        ("晋", IdentifierFault::PlateLength),
        ("", IdentifierFault::PlateLength),
    ] {
        assert_eq!(Plate::parse(value).unwrap_err(), fault, "{value}");
    }
}

#[test]
fn every_valid_vin_is_read() {
    for value in examples().vin.valid {
        let vin = Vin::parse_strict(&value).unwrap();
        assert_eq!((vin.as_str(), vin.warning()), (value.as_str(), None));
    }
}

#[test]
fn every_invalid_vin_is_refused_for_its_reason() {
    assert_refused(
        &examples().vin.invalid,
        Vin::parse_strict,
        &[
            ("check character", IdentifierFault::VinCheckCharacter),
            ("length", IdentifierFault::VinLength),
            ("not allowed", IdentifierFault::VinCharacter),
        ],
    );
}

#[test]
fn a_wrong_vin_check_refuses_a_vehicle_made_in_china_and_marks_an_imported_one() {
    for made_in_china in ["LXX0A1B27RA000001", "HXX0A1B27RA000001"] {
        assert_eq!(
            Vin::parse(made_in_china).unwrap_err(),
            IdentifierFault::VinCheckCharacter
        );
    }
    let imported = Vin::parse("1M8GDM9AYKP042788").unwrap();
    assert_eq!(
        imported.warning(),
        Some(IdentifierWarning::VinCheckCharacter)
    );
}

#[test]
fn a_vin_ends_with_four_digits_and_a_chinese_one_names_a_model_year() {
    assert_eq!(
        Vin::parse("1M8GDM9AXKP04278A").unwrap_err(),
        IdentifierFault::VinSerial
    );
    // R, worth 9 at weight 9, gives way to 0; the check character follows: (6 - 81) mod 11 = 2.
    assert_eq!(
        Vin::parse("LXX0A1B220A000001").unwrap_err(),
        IdentifierFault::VinModelYear
    );
}

#[test]
fn every_valid_mobile_number_is_read() {
    for value in examples().mobile.valid {
        assert_eq!(MobileNumber::parse_strict(&value).unwrap().as_str(), value);
    }
}

#[test]
fn every_invalid_mobile_number_is_refused_for_its_reason() {
    assert_refused(
        &examples().mobile.invalid,
        MobileNumber::parse_strict,
        &[
            ("second digit", IdentifierFault::MobileNumberSegment),
            ("10 digits", IdentifierFault::MobileNumberLength),
            ("12 digits", IdentifierFault::MobileNumberLength),
            ("landline", IdentifierFault::MobileNumberLandline),
            ("machine", IdentifierFault::MobileNumberMachine),
            ("service number", IdentifierFault::MobileNumberLength),
            ("strip", IdentifierFault::MobileNumberCharacter),
            ("full-width", IdentifierFault::MobileNumberCharacter),
            ("letter", IdentifierFault::MobileNumberCharacter),
        ],
    );
}

#[test]
fn what_people_type_is_brought_into_the_stored_form() {
    let code = Uscc::parse(" 92140500-ｘxx1 000790\u{200B}").unwrap();
    assert_eq!(code.as_str(), "92140500XXX1000790");
    let id = ResidentId::parse("140122 19010203 002x", TODAY).unwrap();
    assert_eq!(id.as_str(), "14012219010203002X");
    assert_eq!(Plate::parse("晋a·12345").unwrap().as_str(), "晋A12345");
    assert_eq!(
        Vin::parse("lxx0a1b26-ra000001").unwrap().as_str(),
        "LXX0A1B26RA000001"
    );
    for typed in [
        "+8613800000000",
        "＋86 138 0000 0000",
        "0086-138-0000-0000",
        "138-0000-0000",
        "１３８00000000",
        "\u{202D}13800000000\u{202C}",
    ] {
        assert_eq!(MobileNumber::parse(typed).unwrap().as_str(), "13800000000");
    }
}

#[test]
fn stripping_the_country_code_does_not_hide_other_faults() {
    assert_eq!(
        MobileNumber::parse("+86 0351 000 0000").unwrap_err(),
        IdentifierFault::MobileNumberLandline
    );
    assert_eq!(
        MobileNumber::parse("+86 +86 13800000000").unwrap_err(),
        IdentifierFault::MobileNumberCharacter
    );
}

#[test]
fn personal_identifiers_do_not_reach_a_log() {
    let id = ResidentId::parse("140105198001010003", TODAY).unwrap();
    assert_eq!(id.masked(), "140***********0003");
    assert_eq!(format!("{id:?}"), "ResidentId(140***********0003)");
    let mobile = MobileNumber::parse("13800001234").unwrap();
    assert_eq!(mobile.masked(), "138****1234");
    assert_eq!(format!("{mobile:?}"), "MobileNumber(138****1234)");
}

#[test]
fn json_is_read_by_the_same_rules() {
    let code: Uscc = serde_json::from_str(r#""91140100xxx1000286""#).unwrap();
    assert_eq!(
        serde_json::to_string(&code).unwrap(),
        r#""91140100XXX1000286""#
    );
    let refusal = serde_json::from_str::<Plate>(r#""山A12345""#).unwrap_err();
    assert_eq!(
        refusal.to_string(),
        IdentifierFault::PlateProvince.message_en()
    );
}
