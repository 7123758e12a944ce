//! What a person is told about a fault, in both languages.

use domain::identifiers::IdentifierFault;
use serde_json::Value;

/// A stable code, and what to do in Chinese and English.
pub(super) type Told = (&'static str, String, String);

/// A member as its schema describes it.
pub(super) struct Described<'a>(pub(super) &'a Value);

impl<'a> Described<'a> {
    fn text(&self, keyword: &str) -> Option<&'a str> {
        self.0.get(keyword)?.as_str()
    }

    /// The titles in Chinese and English.
    fn titles(&self) -> (&'a str, &'a str) {
        let en = self.text("x-title-en").unwrap_or("This member");
        (self.text("title").unwrap_or("此项"), en)
    }

    /// The names of the choices, in their order; the choices themselves where they have none.
    fn choices(&self) -> (String, String) {
        let choices = self.0.get("enum").and_then(Value::as_array);
        let name = |choice: &'a Value, language| {
            let choice = choice.as_str()?;
            let names = self.0.get("x-choices").and_then(|names| names.get(choice));
            names.map_or(Some(choice), |names| names.get(language)?.as_str())
        };
        let names = |language| {
            let choices = choices.into_iter().flatten();
            choices
                .filter_map(|choice| name(choice, language))
                .collect::<Vec<_>>()
        };
        (names("zh").join("、"), names("en").join(", "))
    }
}

/// The item version has no online form.
pub(super) fn form_not_available() -> Told {
    (
        "form_not_available",
        "该事项的在线表单尚未开放，请拨打12345咨询办理方式。".to_owned(),
        "The online form of this item is not open yet; call 12345 to ask how to apply.".to_owned(),
    )
}

/// There is no such member.
pub(super) fn unknown_member() -> Told {
    (
        "unknown_member",
        "此处没有这一项，请删除。".to_owned(),
        "There is no such member here; please remove it.".to_owned(),
    )
}

/// An identifier that is none.
pub(super) fn identifier(fault: IdentifierFault) -> Told {
    (
        fault.code(),
        fault.message_zh().to_owned(),
        fault.message_en().to_owned(),
    )
}

/// What a value breaks, with the limit where there is one.
#[derive(Clone, Copy)]
pub(super) enum Broken {
    /// A member that has to be there is not.
    Missing,
    /// A text with fewer characters.
    TooShort(u64),
    /// A text with more characters.
    TooLong(u64),
    /// A number below its minimum.
    TooSmall(f64),
    /// A number above its maximum.
    TooLarge(f64),
    /// A list with fewer entries.
    TooFew(u64),
    /// A list with more entries.
    TooMany(u64),
    /// A list with an entry twice.
    Repeated,
    /// A text that is no day of the calendar.
    NoDate,
    /// Something for which there are no better words.
    Invalid,
}

/// What a value breaks, in words.
pub(super) fn broken(broken: Broken, member: &Described<'_>) -> Told {
    let (zh, en) = member.titles();
    match broken {
        Broken::Missing => (
            "missing",
            format!("请填写“{zh}”。"),
            format!("Please fill in “{en}”."),
        ),
        Broken::TooShort(limit) => (
            "too_short",
            format!("“{zh}”至少填写{limit}个字符。"),
            format!("“{en}” must have at least {limit} characters."),
        ),
        Broken::TooLong(limit) => (
            "too_long",
            format!("“{zh}”最多填写{limit}个字符。"),
            format!("“{en}” may have at most {limit} characters."),
        ),
        Broken::TooSmall(limit) => (
            "too_small",
            format!("“{zh}”不能小于{limit}。"),
            format!("“{en}” may not be less than {limit}."),
        ),
        Broken::TooLarge(limit) => (
            "too_large",
            format!("“{zh}”不能大于{limit}。"),
            format!("“{en}” may not be more than {limit}."),
        ),
        Broken::TooFew(limit) => (
            "too_few",
            format!("“{zh}”至少选择或者填写{limit}项。"),
            format!("“{en}” needs at least {limit} entries."),
        ),
        Broken::TooMany(limit) => (
            "too_many",
            format!("“{zh}”最多选择或者填写{limit}项。"),
            format!("“{en}” may have at most {limit} entries."),
        ),
        Broken::Repeated => (
            "repeated",
            format!("“{zh}”中有重复项，请删除重复的。"),
            format!("“{en}” has an entry twice; please remove one."),
        ),
        Broken::NoDate => (
            "wrong_format",
            format!("“{zh}”应填写真实存在的日期，例如2026-01-31。"),
            format!("“{en}” must be a date of the calendar such as 2026-01-31."),
        ),
        Broken::Invalid => (
            "invalid",
            format!("“{zh}”不符合要求，请按填写说明修改。"),
            format!("“{en}” does not meet the requirements; see the notes on the form."),
        ),
    }
}

/// A row that says again what an earlier one says, or something else of the same person or thing.
/// `later` and `earlier` count from 1; `others` are the members in which the two differ.
pub(super) fn same_row(
    (later, earlier): (usize, usize),
    key: &Described<'_>,
    others: &[Described<'_>],
) -> Told {
    let (zh, en) = key.titles();
    if others.is_empty() {
        return (
            "row_repeated",
            format!("第{later}行与第{earlier}行重复（“{zh}”相同），请删除其中一行。"),
            format!("Row {later} repeats row {earlier} (the same “{en}”); remove one of the two."),
        );
    }
    let (others_zh, others_en): (Vec<_>, Vec<_>) = others
        .iter()
        .map(|other| {
            let (zh, en) = other.titles();
            (format!("“{zh}”"), format!("“{en}”"))
        })
        .unzip();
    let (others_zh, others_en) = (others_zh.join("、"), others_en.join(", "));
    (
        "row_contradicts",
        format!(
            "第{later}行与第{earlier}行的“{zh}”相同，但{others_zh}不同，请改正或者删除其中一行。"
        ),
        format!(
            "Rows {later} and {earlier} have the same “{en}” but differ in {others_en}; correct or remove one of the two."
        ),
    )
}

/// A text that does not look as its pattern wants.
pub(super) fn wrong_pattern(member: &Described<'_>) -> Told {
    let (zh, en) = member.titles();
    let hint = |keyword, otherwise| member.text(keyword).unwrap_or(otherwise);
    let hint_zh = hint("x-hint", "请按填写说明修改。");
    let hint_en = hint("x-hint-en", "see the notes on the form.");
    (
        "wrong_format",
        format!("“{zh}”格式不正确：{hint_zh}"),
        format!("“{en}” does not have the right form: {hint_en}"),
    )
}

/// A value that is none of the choices.
pub(super) fn not_a_choice(member: &Described<'_>) -> Told {
    let (zh, en) = member.titles();
    let (choices_zh, choices_en) = member.choices();
    (
        "not_a_choice",
        format!("“{zh}”请从以下选项中选择：{choices_zh}。"),
        format!("“{en}” must be one of: {choices_en}."),
    )
}

/// A value of another type than the schema's `type`.
pub(super) fn wrong_type<'a>(types: &'a Value, member: &Described<'_>) -> Told {
    let (zh, en) = member.titles();
    // Of a member that may be null, the other type is the one to tell.
    let other_than_null = |types: &'a Value| {
        let mut types = types.as_array()?.iter().filter_map(Value::as_str);
        types.find(|name| *name != "null")
    };
    let (type_zh, type_en) = match types.as_str().or_else(|| other_than_null(types)) {
        Some("string") => ("文字", "a text"),
        Some("integer") => ("整数", "a whole number"),
        Some("number") => ("数字", "a number"),
        Some("boolean") => ("是（true）或者否（false）", "true or false"),
        Some("array") => ("列表", "a list"),
        Some("object") => ("一组内容", "an object with members"),
        _ => ("规定类型的内容", "of the type the form describes"),
    };
    (
        "wrong_type",
        format!("“{zh}”应填写{type_zh}。"),
        format!("“{en}” must be {type_en}."),
    )
}
