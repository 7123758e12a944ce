//! Texts that people write: opinions and reasons.

use crate::problem::{Code, InputError, Problem};
use domain::words::Words;

/// The longest text, in characters.
const LONGEST: usize = 2_000;

/// The text at `pointer`, trimmed; none where nothing was written.
///
/// # Errors
/// [`Code::InvalidValue`] where it is too long.
pub fn optional(text: Option<&str>, pointer: &str) -> Result<Option<String>, Problem> {
    let text = text.map(str::trim).filter(|text| !text.is_empty());
    if text.is_some_and(|text| text.chars().count() > LONGEST) {
        let words = Words::new("内容不得超过 2000 字", "At most 2,000 characters");
        return Err(fault(pointer, "too_long", words));
    }
    Ok(text.map(str::to_owned))
}

/// The text at `pointer`, which must be there.
///
/// # Errors
/// [`Code::InvalidValue`] where it is missing or too long.
pub fn required(text: Option<&str>, pointer: &str) -> Result<String, Problem> {
    optional(text, pointer)?.ok_or_else(|| {
        fault(
            pointer,
            "required",
            Words::new("请填写", "This must be given"),
        )
    })
}

fn fault(pointer: &str, code: &str, words: Words) -> Problem {
    Problem::new(Code::InvalidValue).with_errors(vec![InputError::new(pointer, code, words)])
}
