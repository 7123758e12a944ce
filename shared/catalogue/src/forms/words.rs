//! What a person is told about a fault, in both languages.

use jsonschema::JsonType;
use jsonschema::error::{TypeKind, ValidationErrorKind as Kind};

use super::member::Member;

/// A stable code, and what to do in Chinese and English.
pub(super) type Told = (&'static str, String, String);

/// A member that has to be there is not.
pub(super) fn missing(member: &Member<'_>) -> Told {
    let (zh, en) = member.titles();
    (
        "missing",
        format!("请填写“{zh}”。"),
        format!("Please fill in “{en}”."),
    )
}

/// A member that the form does not have.
pub(super) fn unknown_member() -> Told {
    (
        "unknown_member",
        "表单没有此项，请删除。".to_owned(),
        "The form has no such member; please remove it.".to_owned(),
    )
}

/// The item version has no online form.
pub(super) fn form_not_available() -> Told {
    (
        "form_not_available",
        "该事项的在线表单尚未开放，请拨打12345咨询办理方式。".to_owned(),
        "The online form of this item is not open yet; call 12345 to ask how to apply.".to_owned(),
    )
}

/// What the schema has against the value of a member. The build refuses forms with keywords that
/// have no words here.
pub(super) fn wrong_value(kind: &Kind, member: &Member<'_>) -> Told {
    let (zh, en) = member.titles();
    match kind {
        Kind::Type { kind } => {
            let (type_zh, type_en) = type_names(kind);
            (
                "wrong_type",
                format!("“{zh}”应填写{type_zh}。"),
                format!("“{en}” must be {type_en}."),
            )
        }
        Kind::MinLength { limit } => (
            "too_short",
            format!("“{zh}”至少填写{limit}个字符。"),
            format!("“{en}” must have at least {limit} characters."),
        ),
        Kind::MaxLength { limit } => (
            "too_long",
            format!("“{zh}”最多填写{limit}个字符。"),
            format!("“{en}” may have at most {limit} characters."),
        ),
        Kind::Minimum { limit } => (
            "too_small",
            format!("“{zh}”不能小于{limit}。"),
            format!("“{en}” may not be less than {limit}."),
        ),
        Kind::Maximum { limit } => (
            "too_large",
            format!("“{zh}”不能大于{limit}。"),
            format!("“{en}” may not be more than {limit}."),
        ),
        Kind::MinItems { limit } => (
            "too_few",
            format!("“{zh}”至少选择或者填写{limit}项。"),
            format!("“{en}” needs at least {limit} entries."),
        ),
        Kind::MaxItems { limit } => (
            "too_many",
            format!("“{zh}”最多选择或者填写{limit}项。"),
            format!("“{en}” may have at most {limit} entries."),
        ),
        Kind::UniqueItems => (
            "repeated",
            format!("“{zh}”中有重复项，请删除重复的。"),
            format!("“{en}” has an entry twice; please remove one."),
        ),
        Kind::Enum { .. } => {
            let (choices_zh, choices_en) = member.choices();
            (
                "not_a_choice",
                format!("“{zh}”请从以下选项中选择：{choices_zh}。"),
                format!("“{en}” must be one of: {choices_en}."),
            )
        }
        Kind::Format { format } if format == "date" => (
            "wrong_format",
            format!("“{zh}”应填写真实存在的日期，例如2026-01-31。"),
            format!("“{en}” must be a date of the calendar such as 2026-01-31."),
        ),
        Kind::Pattern { .. } => {
            let (hint_zh, hint_en) = member.hints();
            (
                "wrong_format",
                format!("“{zh}”格式不正确：{hint_zh}"),
                format!("“{en}” does not have the right form: {hint_en}"),
            )
        }
        _ => (
            "invalid",
            format!("“{zh}”不符合要求，请按填写说明修改。"),
            format!("“{en}” does not meet the requirements; see the notes on the form."),
        ),
    }
}

fn type_names(kind: &TypeKind) -> (&'static str, &'static str) {
    match kind {
        TypeKind::Single(JsonType::String) => ("文字", "a text"),
        TypeKind::Single(JsonType::Integer) => ("整数", "a whole number"),
        TypeKind::Single(JsonType::Number) => ("数字", "a number"),
        TypeKind::Single(JsonType::Boolean) => ("是（true）或者否（false）", "true or false"),
        TypeKind::Single(JsonType::Array) => ("列表", "a list"),
        TypeKind::Single(JsonType::Object) => ("一组内容", "an object with members"),
        TypeKind::Single(JsonType::Null) | TypeKind::Multiple(_) => {
            ("规定类型的内容", "of the type the form describes")
        }
    }
}
