//! What an application is about, as its form tells.

use domain::identifiers::Uscc;
use domain::item::ItemCode;
use domain::matter::Matter;
use serde_json::Value;

use crate::embedded;

/// The matter of an application of `enterprise` with `form`: by the members that `x-subject` marks, whatever
/// the version. One that is not filled in counts as empty.
pub fn matter(code: &ItemCode, version: u32, enterprise: &Uscc, form: &Value) -> Matter {
    let subject = embedded::version(*code, version)
        .and_then(|item| item.form.as_ref())
        .map_or(&[][..], |form| form.subject);
    let filled_in = |pointer: &&str| form.pointer(pointer).and_then(Value::as_str);
    let values = subject.iter().map(|it| filled_in(it).unwrap_or_default());
    Matter::of(enterprise, *code, values)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn of(code: &str, form: &Value) -> Matter {
        let enterprise = Uscc::parse("91140100XXX1000286").unwrap();
        matter(&code.parse().unwrap(), 1, &enterprise, form)
    }

    #[test]
    fn two_events_are_two_matters_and_what_else_the_form_says_makes_none() {
        let event = json!({"event": {"name": "元宵灯会", "from": "2027-02-20", "visitors": 5_000}});
        let mut other = event.clone();
        other["event"]["visitors"] = json!(9_000);
        assert_eq!(of("PSB-APR-001", &event), of("PSB-APR-001", &other));
        other["event"]["from"] = json!("2027-02-21");
        assert_ne!(of("PSB-APR-001", &event), of("PSB-APR-001", &other));
        let unnamed = json!({"event": {"from": "2027-02-20"}});
        assert_ne!(of("PSB-APR-001", &event), of("PSB-APR-001", &unnamed));
    }

    #[test]
    fn where_no_member_tells_them_apart_an_enterprise_has_one_of_the_item() {
        let (one, other) = (json!({"capital": 1}), json!({"capital": 2}));
        assert_eq!(of("PSB-APR-010", &one), of("PSB-APR-010", &other));
        assert_ne!(of("PSB-APR-010", &one), of("PSB-APR-009", &one));
    }
}
