//! By which identifiers a case can be found again: those of the persons its form names.

use domain::identifiers::{MobileNumber, ResidentId};
use domain::item::ItemCode;
use domain::search::SearchTerm;
use jiff::civil::Date;
use serde_json::Value;

use super::{Mask, personal_members, pointers};

/// The resident identity and mobile numbers in `form`, each once, in the order of the form's schema.
///
/// What is not well formed on `today` (the date in China) is left out: a form that is submitted has
/// been checked before.
pub fn search_terms(code: &ItemCode, version: u32, form: &Value, today: Date) -> Vec<SearchTerm> {
    let mut terms = Vec::new();
    for member in personal_members(code, version) {
        for text in pointers::texts(form, member.pointer) {
            let term = match member.mask {
                Some(Mask::ResidentId) => ResidentId::parse(text, today)
                    .ok()
                    .map(SearchTerm::ResidentId),
                Some(Mask::Mobile) => MobileNumber::parse(text).ok().map(SearchTerm::Mobile),
                Some(Mask::Name) | None => None,
            };
            terms.extend(term.filter(|term| !terms.contains(term)));
        }
    }
    terms
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn found(form: &Value) -> Vec<String> {
        let code = "PSB-APR-004".parse().unwrap();
        let terms = search_terms(&code, 1, form, jiff::civil::date(2026, 11, 23));
        terms.iter().map(|term| term.value().to_owned()).collect()
    }

    #[test]
    fn every_person_of_a_form_can_be_found_by_the_numbers_they_gave() {
        let form = include_str!("../../fixtures/PSB-APR-004.valid.json");
        assert_eq!(
            found(&serde_json::from_str(form).unwrap()),
            [
                "140105198001010003",
                "14012219010203002X",
                "13800000000",
                "19900000000"
            ]
        );
    }

    #[test]
    fn a_number_that_stands_twice_or_is_written_otherwise_is_one() {
        let form = json!({
            "legal_representative": {"resident_id": "14012219010203002x"},
            "security_officer": {"resident_id": "140122 1901 0203 002X", "mobile": "+86 138 0000 0000"},
            "handling_agent": {"mobile": "13800000000"},
        });
        assert_eq!(found(&form), ["14012219010203002X", "13800000000"]);
    }

    #[test]
    fn what_is_no_number_is_none_to_search_by() {
        let form = json!({
            "legal_representative": "张示例",
            "security_officer": {"resident_id": "140122190102030021", "mobile": 13_800_000_000_u64},
        });
        assert!(found(&form).is_empty());
    }
}
