use domain::identifiers::{IdentifierFault, MobileNumber, ResidentId, Uscc};
use domain::item::ItemCode;
use jiff::civil::Date;
use jsonschema::error::{TypeKind, ValidationErrorKind};
use jsonschema::{JsonType, ValidationError, Validator};
use serde_json::Value;

use super::faults::{FormFault, Member};
use crate::embedded;

/// A schema ready to check forms with.
pub(super) struct Prepared {
    schema: Value,
    validator: Validator,
}

impl Prepared {
    /// `None` only for a text that the build would have refused.
    pub(super) fn new(schema: &str) -> Option<Self> {
        let schema: Value = serde_json::from_str(schema).ok()?;
        let validator = jsonschema::options()
            .should_validate_formats(true)
            .build(&schema)
            .ok()?;
        Some(Self { schema, validator })
    }

    /// Every fault of `form`, in the order of their pointers.
    fn faults(&self, form: &Value, today: Date) -> Vec<FormFault> {
        let mut faults = Vec::new();
        for error in self.validator.iter_errors(form) {
            add_schema_faults(&self.schema, &error, &mut faults);
        }
        add_identifier_faults(&self.schema, form, "", today, &mut faults);
        faults.sort();
        faults.dedup();
        faults
    }
}

/// Checks a form against the schema of an item version and finds every fault at once, in the order
/// of their pointers. `today` is the date in China: nobody is born later.
///
/// # Errors
/// All faults, or the single fault `form_not_available` where the item version has no online form.
pub fn check_form(
    code: &ItemCode,
    version: u32,
    form: &Value,
    today: Date,
) -> Result<(), Vec<FormFault>> {
    let prepared = embedded::version(code, version)
        .and_then(|item| item.form.as_ref())
        .and_then(super::EmbeddedForm::prepared)
        .ok_or_else(|| vec![FormFault::not_available()])?;
    let faults = prepared.faults(form, today);
    if faults.is_empty() {
        Ok(())
    } else {
        Err(faults)
    }
}

/// Turns what the schema says of a member into words. The build refuses forms with keywords that
/// have none here.
fn add_schema_faults(schema: &Value, error: &ValidationError<'_>, faults: &mut Vec<FormFault>) {
    use ValidationErrorKind as Kind;

    let at = error.instance_path().as_str();
    let member = Member::find(schema, at);
    let (zh, en) = member.titles();
    let mut add = |pointer: &str, code, message_zh: String, message_en: String| {
        faults.push(FormFault {
            pointer: pointer.to_owned(),
            code,
            message_zh,
            message_en,
        });
    };
    match error.kind() {
        Kind::Required { property } => {
            let pointer = below(at, property.as_str().unwrap_or_default());
            let (zh, en) = Member::find(schema, &pointer).titles();
            add(
                &pointer,
                "missing",
                format!("请填写“{zh}”。"),
                format!("Please fill in “{en}”."),
            );
        }
        Kind::AdditionalProperties { unexpected } => {
            for name in unexpected {
                add(
                    &below(at, name),
                    "unknown_member",
                    "表单没有此项，请删除。".to_owned(),
                    "The form has no such member; please remove it.".to_owned(),
                );
            }
        }
        Kind::Type { kind } => {
            let (type_zh, type_en) = type_names(kind);
            add(
                at,
                "wrong_type",
                format!("“{zh}”应填写{type_zh}。"),
                format!("“{en}” must be {type_en}."),
            );
        }
        Kind::MinLength { limit } => add(
            at,
            "too_short",
            format!("“{zh}”至少填写{limit}个字符。"),
            format!("“{en}” must have at least {limit} characters."),
        ),
        Kind::MaxLength { limit } => add(
            at,
            "too_long",
            format!("“{zh}”最多填写{limit}个字符。"),
            format!("“{en}” may have at most {limit} characters."),
        ),
        Kind::Minimum { limit } => add(
            at,
            "too_small",
            format!("“{zh}”不能小于{limit}。"),
            format!("“{en}” may not be less than {limit}."),
        ),
        Kind::Maximum { limit } => add(
            at,
            "too_large",
            format!("“{zh}”不能大于{limit}。"),
            format!("“{en}” may not be more than {limit}."),
        ),
        Kind::MinItems { limit } => add(
            at,
            "too_few",
            format!("“{zh}”至少选择或者填写{limit}项。"),
            format!("“{en}” needs at least {limit} entries."),
        ),
        Kind::MaxItems { limit } => add(
            at,
            "too_many",
            format!("“{zh}”最多选择或者填写{limit}项。"),
            format!("“{en}” may have at most {limit} entries."),
        ),
        Kind::UniqueItems => add(
            at,
            "repeated",
            format!("“{zh}”中有重复项，请删除重复的。"),
            format!("“{en}” has an entry twice; please remove one."),
        ),
        Kind::Enum { .. } => {
            let (choices_zh, choices_en) = member.choices();
            add(
                at,
                "not_a_choice",
                format!("“{zh}”请从以下选项中选择：{choices_zh}。"),
                format!("“{en}” must be one of: {choices_en}."),
            );
        }
        Kind::Format { format } if format == "date" => add(
            at,
            "wrong_format",
            format!("“{zh}”应填写真实存在的日期，例如2026-01-31。"),
            format!("“{en}” must be a date of the calendar such as 2026-01-31."),
        ),
        Kind::Pattern { .. } => {
            let (hint_zh, hint_en) = member.hints().unwrap_or_default();
            add(
                at,
                "wrong_format",
                format!("“{zh}”格式不正确：{hint_zh}"),
                format!("“{en}” has not the right form: {hint_en}"),
            );
        }
        _ => add(
            at,
            "invalid",
            format!("“{zh}”不符合要求，请按填写说明修改。"),
            format!("“{en}” does not meet the requirements; see the notes on the form."),
        ),
    }
}

/// The pointer to member `name` of what lies at `pointer` (RFC 6901).
fn below(pointer: &str, name: &str) -> String {
    format!("{pointer}/{}", name.replace('~', "~0").replace('/', "~1"))
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

/// Checks the texts whose `format` names an identifier of `domain::identifiers`, which normalises
/// them first.
fn add_identifier_faults(
    schema: &Value,
    form: &Value,
    pointer: &str,
    today: Date,
    faults: &mut Vec<FormFault>,
) {
    match form {
        Value::String(text) => {
            let format = schema
                .get("format")
                .and_then(Value::as_str)
                .unwrap_or_default();
            if let Err(fault) = check_identifier(format, text, today) {
                faults.push(FormFault {
                    pointer: pointer.to_owned(),
                    code: fault.code(),
                    message_zh: fault.message_zh().to_owned(),
                    message_en: fault.message_en().to_owned(),
                });
            }
        }
        Value::Object(members) => {
            let described = schema.get("properties").and_then(Value::as_object);
            for (name, schema) in described.into_iter().flatten() {
                if let Some(member) = members.get(name) {
                    add_identifier_faults(schema, member, &below(pointer, name), today, faults);
                }
            }
        }
        Value::Array(elements) => {
            let Some(schema) = schema.get("items") else {
                return;
            };
            for (index, element) in elements.iter().enumerate() {
                let pointer = format!("{pointer}/{index}");
                add_identifier_faults(schema, element, &pointer, today, faults);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn check_identifier(format: &str, text: &str, today: Date) -> Result<(), IdentifierFault> {
    match format {
        "uscc" => Uscc::parse(text).map(drop),
        "resident-id" => ResidentId::parse(text, today).map(drop),
        "mobile" => MobileNumber::parse(text).map(drop),
        _ => Ok(()),
    }
}
