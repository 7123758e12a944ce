use serde::Serialize;
use serde_json::Value;

/// One thing that is wrong with a form. Never carries a value that was filled in.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct FormFault {
    /// JSON pointer to the member: for a missing one, to where it belongs.
    pub pointer: String,
    /// Stable code: `missing`, `unknown_member`, `wrong_type`, `too_short`, `too_long`, `too_small`,
    /// `too_large`, `not_a_choice`, `wrong_format`, `too_few`, `too_many`, `repeated`, `incomplete`,
    /// `invalid`, `form_not_available`, or the code of an identifier's fault.
    pub code: &'static str,
    /// What to do, in Chinese.
    pub message_zh: String,
    /// What to do, in English.
    pub message_en: String,
}

impl FormFault {
    /// The item version has no online form.
    pub(super) fn not_available() -> Self {
        Self {
            pointer: String::new(),
            code: "form_not_available",
            message_zh: "该事项的在线表单尚未开放，请拨打12345咨询办理方式。".to_owned(),
            message_en: "The online form of this item is not open yet; call 12345 to ask how to \
                         apply."
                .to_owned(),
        }
    }
}

/// What the words of a message need to know about a member of a form.
pub(super) struct Member<'a>(Option<&'a Value>);

impl<'a> Member<'a> {
    /// The member at `pointer`, as the schema describes it.
    pub(super) fn find(schema: &'a Value, pointer: &str) -> Self {
        Self(
            pointer
                .split('/')
                .skip(1)
                .try_fold(schema, |schema, token| {
                    let name = token.replace("~1", "/").replace("~0", "~");
                    schema
                        .get("items")
                        .or_else(|| schema.get("properties")?.get(name))
                }),
        )
    }

    fn text(&self, keyword: &str) -> Option<&'a str> {
        self.0?.get(keyword)?.as_str()
    }

    /// The titles in Chinese and English.
    pub(super) fn titles(&self) -> (&'a str, &'a str) {
        (
            self.text("title").unwrap_or("此项"),
            self.text("x-title-en").unwrap_or("This member"),
        )
    }

    /// What a text must look like, where the schema gives a pattern for it.
    pub(super) fn hints(&self) -> Option<(&'a str, &'a str)> {
        self.text("x-hint").zip(self.text("x-hint-en"))
    }

    /// The names of the choices, in their order.
    pub(super) fn choices(&self) -> (String, String) {
        let choices = self.0.and_then(|schema| schema.get("enum")?.as_array());
        let name = |choice: &Value, language| {
            self.0?
                .get("x-choices")?
                .get(choice.as_str()?)?
                .get(language)?
                .as_str()
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
