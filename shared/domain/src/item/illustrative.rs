use std::fmt;

use serde::{Deserialize, Serialize};

/// A JSON pointer (RFC 6901) in which `*` stands for any element: `/materials/*/deferrable`. The
/// empty pattern is the whole document.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PointerPattern(String);

impl PointerPattern {
    /// The pattern as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the member at `pointer` is what the pattern names, or lies below it.
    pub fn covers(&self, pointer: &str) -> bool {
        let mut tokens = pointer.split('/');
        self.0.split('/').all(|wanted| {
            tokens
                .next()
                .is_some_and(|token| wanted == token || wanted == "*")
        })
    }
}

impl From<&str> for PointerPattern {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl fmt::Display for PointerPattern {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_covers_what_it_names_and_what_lies_below() {
        let pattern = PointerPattern::from("/materials/*/deferrable");
        assert!(pattern.covers("/materials/5/deferrable"));
        assert!(!pattern.covers("/materials/5/required"));
        assert!(!pattern.covers("/materials/5"));
        assert!(PointerPattern::from("/promised_limit").covers("/promised_limit/number"));
        assert!(!PointerPattern::from("/fee").covers("/fees"));
    }

    #[test]
    fn the_empty_pattern_covers_the_whole_item() {
        let whole = PointerPattern::from("");
        assert!(whole.covers(""));
        assert!(whole.covers("/name/en"));
    }
}
