//! Personal members of a form, masked for whoever need not read them.

use catalogue::{Mask, PersonalMember};
use serde_json::Value;

/// Masks the `personal` members of `form`.
pub(crate) fn mask(form: &mut Value, personal: &[PersonalMember]) {
    for member in personal {
        let segments: Vec<&str> = member.pointer.split('/').skip(1).collect();
        mask_at(form, &segments, member.mask);
    }
}

fn mask_at(value: &mut Value, path: &[&str], mask: Option<Mask>) {
    match (path, value) {
        ([], value) => {
            let shown = match (value.as_str(), mask) {
                (Some(text), Some(mask)) => masked(text, mask),
                _ => "***".to_owned(),
            };
            *value = Value::String(shown);
        }
        (["*", rest @ ..], Value::Array(elements)) => {
            for element in elements {
                mask_at(element, rest, mask);
            }
        }
        ([name, rest @ ..], Value::Object(members)) => {
            if let Some(member) = members.get_mut(*name) {
                mask_at(member, rest, mask);
            }
        }
        // Where the schema wants more, a draft may hold anything: what lies on the way is hidden.
        (_, value) => {
            if !value.is_null() {
                *value = Value::String("***".to_owned());
            }
        }
    }
}

fn masked(text: &str, mask: Mask) -> String {
    let letters: Vec<char> = text.chars().collect();
    let (first, last) = match mask {
        Mask::ResidentId | Mask::Mobile => (3, 4),
        Mask::Name => (1, 0),
    };
    if letters.len() <= first + last {
        return "*".repeat(letters.len());
    }
    letters
        .iter()
        .enumerate()
        .map(|(index, letter)| {
            let shown = index < first || index >= letters.len() - last;
            if shown { *letter } else { '*' }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn identity_numbers_and_names_are_masked_wherever_they_lie() {
        let personal = [
            PersonalMember {
                pointer: "/agent/resident_id",
                mask: Some(Mask::ResidentId),
            },
            PersonalMember {
                pointer: "/guards/*/name",
                mask: Some(Mask::Name),
            },
            PersonalMember {
                pointer: "/contact/mobile",
                mask: Some(Mask::Mobile),
            },
            PersonalMember {
                pointer: "/address",
                mask: None,
            },
        ];
        let mut form = json!({
            "agent": {"resident_id": "14012219010203002X"},
            "guards": [{"name": "王小明"}, {"name": "李"}],
            "address": {"street": "迎泽大街"},
            "rooms": 20,
            "contact": "13800000000",
        });
        mask(&mut form, &personal);
        assert_eq!(
            form,
            json!({
                "agent": {"resident_id": "140***********002X"},
                "guards": [{"name": "王**"}, {"name": "*"}],
                "address": "***",
                "rooms": 20,
                "contact": "***",
            })
        );
    }
}
