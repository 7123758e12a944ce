//! Texts that people write: opinions and reasons.

use crate::problem::{Code, InputError, Problem};
use domain::words::Words;

/// The longest text, in characters.
const LONGEST: usize = 2_000;

/// The longest reason of one row, in characters.
const LONGEST_OF_ROW: usize = 200;

/// The text at `pointer`, trimmed; none where nothing was written.
///
/// # Errors
/// [`Code::InvalidValue`] where it is too long.
pub fn optional(text: Option<&str>, pointer: &str) -> Result<Option<String>, Problem> {
    let text = text.map(str::trim).filter(|text| !text.is_empty());
    if text.is_some_and(|text| text.chars().count() > LONGEST) {
        return Err(fault(too_long(pointer, LONGEST)));
    }
    Ok(text.map(str::to_owned))
}

/// The reasons of one row at `pointer`, trimmed, which must be there.
///
/// # Errors
/// What is wrong with it, where it is missing or too long.
pub fn of_row(text: &str, pointer: &str) -> Result<String, InputError> {
    let text = text.trim();
    if text.is_empty() {
        Err(missing(pointer))
    } else if text.chars().count() > LONGEST_OF_ROW {
        Err(too_long(pointer, LONGEST_OF_ROW))
    } else {
        Ok(text.to_owned())
    }
}

/// Both of what was read of a body, or what is wrong with either.
///
/// # Errors
/// The problem of the one that failed, with the errors of both where both did.
pub fn both<A, B>(one: Result<A, Problem>, other: Result<B, Problem>) -> Result<(A, B), Problem> {
    match (one, other) {
        (Ok(one), Ok(other)) => Ok((one, other)),
        (Err(mut problem), Err(other)) => {
            problem.errors.extend(other.errors);
            Err(problem)
        }
        (Err(problem), Ok(_)) | (Ok(_), Err(problem)) => Err(problem),
    }
}

/// The text at `pointer`, which must be there.
///
/// # Errors
/// [`Code::InvalidValue`] where it is missing or too long.
pub fn required(text: Option<&str>, pointer: &str) -> Result<String, Problem> {
    optional(text, pointer)?.ok_or_else(|| fault(missing(pointer)))
}

fn missing(pointer: &str) -> InputError {
    let words = Words::new("请填写", "This must be given");
    InputError::new(pointer, "required", words)
}

fn too_long(pointer: &str, longest: usize) -> InputError {
    let words = Words::new(
        format!("内容不得超过 {longest} 字"),
        format!("At most {longest} characters"),
    );
    InputError::new(pointer, "too_long", words)
}

fn fault(error: InputError) -> Problem {
    Problem::new(Code::InvalidValue).with_errors(vec![error])
}
