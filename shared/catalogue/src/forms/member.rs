use serde_json::Value;

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
    pub(super) fn hints(&self) -> (&'a str, &'a str) {
        let hint = |keyword| self.text(keyword).unwrap_or_default();
        (hint("x-hint"), hint("x-hint-en"))
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
