//! What check digits promise, over any identifier.

use domain::identifiers::{MobileNumber, Plate, ResidentId, Uscc, Vin, normalise};
use proptest::prelude::*;

use super::TODAY;

/// Replaces the last character by the check character that makes the code valid.
pub(super) fn with_right_credit_check(code: &str) -> String {
    "0123456789ABCDEFGHJKLMNPQRTUWXY"
        .chars()
        .map(|check| format!("{}{check}", &code[..17]))
        .find(|candidate| Uscc::parse(candidate).is_ok())
        .unwrap()
}

/// Replaces the character at `at` by another digit.
fn with_digit(value: &str, at: usize, digit: u32) -> String {
    value
        .chars()
        .enumerate()
        .map(|(index, kept)| {
            if index == at {
                char::from_digit(digit, 10).unwrap()
            } else {
                kept
            }
        })
        .collect()
}

fn credit_code() -> impl Strategy<Value = String> {
    "(9[1239]|12|52|N2|Y1)[0-9]{6}[0-9A-HJ-NPQRTUWXY]{9}0"
        .prop_map(|code| with_right_credit_check(&code))
}

fn resident_number() -> impl Strategy<Value = String> {
    (
        "(1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3])[0-9]{4}",
        1900..2026_i32,
        1..=12_i32,
        1..=28_i32,
        "[0-9]{3}",
    )
        .prop_map(|(place, year, month, day, sequence)| {
            let body = format!("{place}{year}{month:02}{day:02}{sequence}");
            "0123456789X"
                .chars()
                .map(|check| format!("{body}{check}"))
                .find(|candidate| ResidentId::parse(candidate, TODAY).is_ok())
                .unwrap()
        })
}

fn chinese_vin() -> impl Strategy<Value = String> {
    (
        "L[A-HJ-NPR-Z0-9]{7}",
        "[A-HJ-NPR-TV-Y1-9][A-HJ-NPR-Z0-9]{3}[0-9]{4}",
    )
        .prop_map(|(maker, vehicle)| {
            "0123456789X"
                .chars()
                .map(|check| format!("{maker}{check}{vehicle}"))
                .find(|candidate| Vin::parse(candidate).is_ok())
                .unwrap()
        })
}

proptest! {
    #[test]
    fn normalising_twice_changes_nothing(raw in any::<String>()) {
        let once = normalise(&raw);
        prop_assert_eq!(normalise(&once), once);
    }

    #[test]
    fn one_wrong_digit_in_a_credit_code_is_found(
        code in credit_code(), at in 0..18_usize, digit in 0..10_u32,
    ) {
        let changed = with_digit(&code, at, digit);
        prop_assume!(changed != code);
        prop_assert!(Uscc::parse(&changed).is_err(), "{} passed for {}", changed, code);
    }

    #[test]
    fn one_wrong_digit_in_a_resident_number_is_found(
        number in resident_number(), at in 0..18_usize, digit in 0..10_u32,
    ) {
        let changed = with_digit(&number, at, digit);
        prop_assume!(changed != number);
        prop_assert!(ResidentId::parse(&changed, TODAY).is_err());
    }

    #[test]
    fn two_swapped_neighbours_in_a_resident_number_are_found(
        number in resident_number(), at in 0..16_usize,
    ) {
        let mut bytes = number.clone().into_bytes();
        bytes.swap(at, at + 1);
        let changed = String::from_utf8(bytes).unwrap();
        prop_assume!(changed != number);
        prop_assert!(ResidentId::parse(&changed, TODAY).is_err());
    }

    /// A digit put for another digit; letters share values with digits by design of the standard.
    #[test]
    fn one_wrong_digit_in_a_chinese_vin_is_found(
        vin in chinese_vin(), at in 1..17_usize, digit in 0..10_u32,
    ) {
        prop_assume!(vin.as_bytes()[at].is_ascii_digit());
        let changed = with_digit(&vin, at, digit);
        prop_assume!(changed != vin);
        prop_assert!(Vin::parse(&changed).is_err());
    }

    #[test]
    fn no_text_whatever_makes_a_parser_panic(raw in any::<String>()) {
        let _ = Uscc::parse(&raw);
        let _ = ResidentId::parse(&raw, TODAY);
        let _ = Plate::parse(&raw);
        let _ = Vin::parse(&raw);
        let _ = MobileNumber::parse(&raw);
        let _ = Plate::parse_strict(&raw);
        let _ = Uscc::parse_strict(&raw);
    }

    #[test]
    fn what_was_read_is_read_again_as_the_same(raw in "[ ]?[晋京粤][·]?[a-hA-H][0-9A-F]{5,6}") {
        if let Ok(plate) = Plate::parse(&raw) {
            prop_assert_eq!(Plate::parse_strict(plate.as_str()), Ok(plate));
        }
    }
}
