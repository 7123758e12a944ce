//! JSON Schema (2020-12), as much of it as forms use.
//!
//! The build refuses a form with any other keyword, and the tests hold this to the verdict of the
//! `jsonschema` crate, which the build uses. At run time that crate would add 2.3 MB to the package
//! of a function and milliseconds to its first check; this adds next to nothing.

use std::collections::BTreeSet;

use domain::identifiers::{IdentifierFault, MobileNumber, Plate, ResidentId, Uscc, Vin};
use jiff::civil::Date;
use regex_lite::Regex;
use serde_json::{Map, Value};

use super::check::FormFault;
use super::words::{self, Broken, Described, Told};

/// How many references may lead to one another; a schema that needs more refers to itself.
const MAX_REFERENCES: usize = 16;

/// Checks values against one schema.
pub(super) struct Checker<'a> {
    root: &'a Value,
    today: Option<Date>,
    faults: Vec<FormFault>,
}

impl<'a> Checker<'a> {
    pub(super) fn new(root: &'a Value, today: Option<Date>) -> Self {
        Self {
            root,
            today,
            faults: Vec::new(),
        }
    }

    /// Every fault of `value`, in the order of their pointers.
    pub(super) fn faults(mut self, value: &Value) -> Vec<FormFault> {
        self.check(self.root, value, "");
        self.faults.sort();
        self.faults.dedup();
        self.faults
    }

    fn add(&mut self, at: &str, told: Told) {
        self.faults.push(FormFault::new(at.to_owned(), told));
    }

    fn check(&mut self, schema: &'a Value, value: &Value, at: &str) {
        let schema = self.resolved(schema);
        self.apply(schema, schema, value, at);
    }

    /// Follows references within the document: `#/components/schemas/Draft`.
    fn resolved(&self, schema: &'a Value) -> &'a Value {
        let next = |schema: &&'a Value| {
            let pointer = schema.get("$ref")?.as_str()?.strip_prefix('#')?;
            self.root.pointer(pointer)
        };
        std::iter::successors(Some(schema), next)
            .take(MAX_REFERENCES)
            .last()
            .unwrap_or(schema)
    }

    /// Applies `schema` to a value whose titles and members `described` describes: the same, unless
    /// `schema` is a condition's consequence.
    fn apply(&mut self, schema: &'a Value, described: &'a Value, value: &Value, at: &str) {
        let member = Described(described);
        if let Some(types) = schema.get("type")
            && !is_of(types, value)
        {
            return self.add(at, words::wrong_type(types, &member));
        }
        if let Some(choices) = schema.get("enum").and_then(Value::as_array)
            && !choices.contains(value)
        {
            self.add(at, words::not_a_choice(&member));
        }
        if let Some(constant) = schema.get("const")
            && constant != value
        {
            self.add(at, words::broken(Broken::Invalid, &member));
        }
        match value {
            Value::String(text) => self.apply_to_text(schema, &member, text, at),
            Value::Number(number) => self.apply_to_number(schema, &member, number.as_f64(), at),
            Value::Array(elements) => self.apply_to_list(schema, &member, elements, at),
            Value::Object(members) => self.apply_to_object(schema, described, members, at),
            Value::Null | Value::Bool(_) => {}
        }
        self.apply_combinations(schema, described, value, at);
    }

    fn apply_to_text(&mut self, schema: &Value, member: &Described<'_>, text: &str, at: &str) {
        let length = text.chars().count() as u64;
        if let Some(limit) = whole(schema, "minLength").filter(|limit| length < *limit) {
            self.add(at, words::broken(Broken::TooShort(limit), member));
        }
        if let Some(limit) = whole(schema, "maxLength").filter(|limit| length > *limit) {
            self.add(at, words::broken(Broken::TooLong(limit), member));
        }
        let pattern = schema.get("pattern").and_then(Value::as_str);
        if pattern.is_some_and(|pattern| Regex::new(pattern).is_ok_and(|it| !it.is_match(text))) {
            self.add(at, words::wrong_pattern(member));
        }
        match schema.get("format").and_then(Value::as_str) {
            Some("date") if !is_date(text) => self.add(at, words::broken(Broken::NoDate, member)),
            Some(format) => {
                if let Err(fault) = self.check_identifier(format, text) {
                    self.add(at, words::identifier(fault));
                }
            }
            None => {}
        }
    }

    fn check_identifier(&self, format: &str, text: &str) -> Result<(), IdentifierFault> {
        match (format, self.today) {
            ("uscc", _) => Uscc::parse(text).map(drop),
            ("mobile", _) => MobileNumber::parse(text).map(drop),
            ("plate", _) => Plate::parse(text).map(drop),
            ("vin", _) => Vin::parse(text).map(drop),
            ("resident-id", Some(today)) => ResidentId::parse(text, today).map(drop),
            _ => Ok(()),
        }
    }

    fn apply_to_number(
        &mut self,
        schema: &Value,
        member: &Described<'_>,
        number: Option<f64>,
        at: &str,
    ) {
        let (Some(number), limit) = (number, |keyword| schema.get(keyword)) else {
            return;
        };
        let limit = |keyword| limit(keyword).and_then(Value::as_f64);
        if let Some(limit) = limit("minimum").filter(|limit| number < *limit) {
            self.add(at, words::broken(Broken::TooSmall(limit), member));
        }
        if let Some(limit) = limit("maximum").filter(|limit| number > *limit) {
            self.add(at, words::broken(Broken::TooLarge(limit), member));
        }
    }

    fn apply_to_list(
        &mut self,
        schema: &'a Value,
        member: &Described<'_>,
        elements: &[Value],
        at: &str,
    ) {
        let count = elements.len() as u64;
        if let Some(limit) = whole(schema, "minItems").filter(|limit| count < *limit) {
            self.add(at, words::broken(Broken::TooFew(limit), member));
        }
        if let Some(limit) = whole(schema, "maxItems").filter(|limit| count > *limit) {
            self.add(at, words::broken(Broken::TooMany(limit), member));
        }
        let unique = schema.get("uniqueItems") == Some(&Value::Bool(true));
        let mut seen = BTreeSet::new();
        if unique && !elements.iter().all(|it| seen.insert(told_apart(it))) {
            self.add(at, words::broken(Broken::Repeated, member));
        }
        if let Some(items) = schema.get("items") {
            for (index, element) in elements.iter().enumerate() {
                self.check(items, element, &format!("{at}/{index}"));
            }
        }
    }

    fn apply_to_object(
        &mut self,
        schema: &'a Value,
        described: &'a Value,
        members: &Map<String, Value>,
        at: &str,
    ) {
        let required = schema.get("required").and_then(Value::as_array);
        for name in required.into_iter().flatten().filter_map(Value::as_str) {
            if !members.contains_key(name) {
                let missing = described.get("properties").and_then(|it| it.get(name));
                let missing = self.resolved(missing.unwrap_or(&Value::Null));
                self.add(
                    &below(at, name),
                    words::broken(Broken::Missing, &Described(missing)),
                );
            }
        }
        let properties = schema.get("properties").and_then(Value::as_object);
        let closed = schema.get("additionalProperties") == Some(&Value::Bool(false));
        for (name, value) in members {
            match properties.and_then(|properties| properties.get(name)) {
                Some(property) => self.check(property, value, &below(at, name)),
                None if closed => self.add(&below(at, name), words::unknown_member()),
                None => {}
            }
        }
    }

    fn apply_combinations(
        &mut self,
        schema: &'a Value,
        described: &'a Value,
        value: &Value,
        at: &str,
    ) {
        let list = |keyword| schema.get(keyword).and_then(Value::as_array);
        for part in list("allOf").into_iter().flatten() {
            self.check(part, value, at);
        }
        for branches in [list("anyOf"), list("oneOf")].into_iter().flatten() {
            // Of several wrong branches, the one that is nearest tells what is missing.
            let faults = branches
                .iter()
                .map(|branch| self.faults_under(branch, value, at));
            self.faults
                .extend(faults.min_by_key(Vec::len).unwrap_or_default());
        }
        if let Some(condition) = schema.get("if") {
            let holds = self.faults_under(condition, value, at).is_empty();
            let consequence = schema.get(if holds { "then" } else { "else" });
            if let Some(consequence) = consequence {
                self.apply(self.resolved(consequence), described, value, at);
            }
        }
    }

    fn faults_under(&self, schema: &'a Value, value: &Value, at: &str) -> Vec<FormFault> {
        let mut checker = Self::new(self.root, self.today);
        checker.check(schema, value, at);
        checker.faults
    }
}

/// A text that two values share if and only if JSON Schema holds them to be equal: numbers by their
/// value, however they are written, and objects whatever the order of their members.
fn told_apart(value: &Value) -> String {
    match value {
        // Adding zero takes the sign from a negative one.
        Value::Number(number) => match number.as_f64().filter(|_| number.is_f64()) {
            Some(float) => (float + 0.0).to_string(),
            None => number.to_string(),
        },
        Value::Array(elements) => {
            let elements: Vec<String> = elements.iter().map(told_apart).collect();
            format!("[{}]", elements.join(","))
        }
        Value::Object(members) => {
            let members: BTreeSet<String> = members
                .iter()
                .map(|(name, member)| format!("{name:?}:{}", told_apart(member)))
                .collect();
            format!("{members:?}")
        }
        Value::Null | Value::Bool(_) | Value::String(_) => value.to_string(),
    }
}

/// Whether a value is of the type, or one of the types, that `type` names.
fn is_of(types: &Value, value: &Value) -> bool {
    let is = |name: &Value| match (name.as_str().unwrap_or_default(), value) {
        ("null", Value::Null)
        | ("boolean", Value::Bool(_))
        | ("number", Value::Number(_))
        | ("string", Value::String(_))
        | ("array", Value::Array(_))
        | ("object", Value::Object(_)) => true,
        ("integer", Value::Number(number)) => {
            !number.is_f64() || number.as_f64().is_some_and(|number| number.fract() == 0.0)
        }
        _ => false,
    };
    match types {
        Value::Array(names) => names.iter().any(is),
        name => is(name),
    }
}

fn whole(schema: &Value, keyword: &str) -> Option<u64> {
    schema.get(keyword)?.as_u64()
}

/// Whether the text is a full date of RFC 3339.
fn is_date(text: &str) -> bool {
    text.len() == 10 && text.as_bytes().get(4) == Some(&b'-') && text.parse::<Date>().is_ok()
}

/// The pointer to member `name` of what lies at `pointer` (RFC 6901).
fn below(pointer: &str, name: &str) -> String {
    format!("{pointer}/{}", name.replace('~', "~0").replace('/', "~1"))
}
