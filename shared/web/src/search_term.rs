//! A person named by one of two numbers: resident identity or mobile.

use domain::identifiers::{IdentifierFault, MobileNumber, ResidentId};
use domain::search::SearchTerm;
use domain::words::Words;
use jiff::civil::Date;

use crate::problem::InputError;

/// The number that was given, exactly one of the two; `today` is the day in China, which no birthday
/// lies after.
///
/// # Errors
/// Every fault, at `/resident_id`, `/mobile`, or the whole where none or both were given.
pub fn exactly_one(
    resident_id: Option<&str>,
    mobile: Option<&str>,
    today: Date,
) -> Result<SearchTerm, Vec<InputError>> {
    let resident_id = resident_id.map(|typed| {
        ResidentId::parse(typed, today)
            .map(SearchTerm::ResidentId)
            .map_err(|fault| fault_of("/resident_id", fault))
    });
    let mobile = mobile.map(|typed| {
        MobileNumber::parse(typed)
            .map(SearchTerm::Mobile)
            .map_err(|fault| fault_of("/mobile", fault))
    });
    match (resident_id, mobile) {
        (Some(one), None) | (None, Some(one)) => one.map_err(|fault| vec![fault]),
        (None, None) => Err(vec![not_one()]),
        (Some(resident_id), Some(mobile)) => {
            let faults = [resident_id.err(), mobile.err()];
            let faults = faults.into_iter().flatten();
            Err(std::iter::once(not_one()).chain(faults).collect())
        }
    }
}

fn fault_of(pointer: &str, fault: IdentifierFault) -> InputError {
    let words = Words::new(fault.message_zh(), fault.message_en());
    InputError::new(pointer, fault.code(), words)
}

fn not_one() -> InputError {
    let words = Words::new(
        "请填写 resident_id 或 mobile，且只填一项。",
        "Give resident_id or mobile, and only one of them.",
    );
    InputError::new("", "exactly_one", words)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(resident_id: Option<&str>, mobile: Option<&str>) -> Vec<String> {
        let today = jiff::civil::date(2026, 11, 23);
        let errors = exactly_one(resident_id, mobile, today).unwrap_err();
        errors.into_iter().map(|error| error.pointer).collect()
    }

    #[test]
    fn one_good_number_is_read_and_every_fault_of_others_is_told() {
        let today = jiff::civil::date(2026, 11, 23);
        let good = exactly_one(None, Some("+86 138 0000 0002"), today).unwrap();
        assert_eq!(good.value(), "13800000002");
        assert_eq!(told(None, None), [""]);
        assert_eq!(told(None, Some("1")), ["/mobile"]);
        assert_eq!(told(Some("1"), None), ["/resident_id"]);
        assert_eq!(told(Some("1"), Some("1")), ["", "/resident_id", "/mobile"]);
        assert_eq!(told(Some("14012219010203002X"), Some("13800000002")), [""]);
    }
}
