//! Small JSON bodies, with every fault told at once.

use domain::words::Words;
use serde_json::{Map, Value};
use web::{Code, InputError, Problem};

/// The members of a JSON object that have not been taken yet, and the faults of those that have.
pub(crate) struct Members {
    left: Map<String, Value>,
    faults: Vec<InputError>,
}

impl Members {
    /// The members of the object in `body`.
    ///
    /// # Errors
    /// [`Code::MalformedRequest`] where it is none.
    pub(crate) fn of(body: &[u8]) -> Result<Self, Problem> {
        Ok(Self {
            left: web::json::parse(body)?,
            faults: Vec::new(),
        })
    }

    /// Takes the member `name`; `None`, and a fault unless it may be left out, where it is missing
    /// or `read` does not find what `expected` says.
    pub(crate) fn take<T>(
        &mut self,
        name: &str,
        presence: Presence,
        expected: Words,
        read: impl FnOnce(&Value) -> Option<T>,
    ) -> Option<T> {
        let (code, value) = match (self.left.remove(name), presence) {
            (Some(found), _) => ("invalid_value", read(&found)),
            (None, Presence::Required) => ("missing_member", None),
            (None, Presence::Optional) => return None,
        };
        if value.is_none() {
            self.faults
                .push(InputError::new(format!("/{name}"), code, expected));
        }
        value
    }

    /// Ends the reading.
    ///
    /// # Errors
    /// [`Code::MalformedRequest`] with every fault so far and every member not taken.
    pub(crate) fn finish(mut self) -> Result<(), Problem> {
        for name in self.left.keys() {
            let name = name.replace('~', "~0").replace('/', "~1");
            let words = Words::new(
                "没有这一项，请删除。",
                "There is no such member: leave it out.",
            );
            self.faults
                .push(InputError::new(format!("/{name}"), "unknown_member", words));
        }
        if self.faults.is_empty() {
            Ok(())
        } else {
            Err(Problem::new(Code::MalformedRequest).with_errors(self.faults))
        }
    }
}

/// Whether a member may be left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Presence {
    /// It may not.
    Required,
    /// It may.
    Optional,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(body: &str) -> Vec<(String, String)> {
        let mut members = Members::of(body.as_bytes()).unwrap();
        let words = || Words::new("数字", "a number");
        members.take("needed", Presence::Required, words(), Value::as_u64);
        members.take("optional", Presence::Optional, words(), Value::as_u64);
        match members.finish() {
            Ok(()) => Vec::new(),
            Err(problem) => problem
                .errors
                .into_iter()
                .map(|error| (error.pointer, error.code))
                .collect(),
        }
    }

    #[test]
    fn every_fault_of_a_body_is_told_at_once() {
        let told = faults(r#"{"optional": "one", "a/b~c": true}"#);
        let expected = [
            ("/needed", "missing_member"),
            ("/optional", "invalid_value"),
            ("/a~1b~0c", "unknown_member"),
        ];
        assert_eq!(
            told,
            expected.map(|(pointer, code)| (pointer.to_owned(), code.to_owned()))
        );
    }

    #[test]
    fn a_body_without_fault_is_read() {
        assert_eq!(faults(r#"{"needed": 1}"#), []);
        assert_eq!(faults(r#"{"needed": 1, "optional": 2}"#), []);
    }

    #[test]
    fn what_is_no_object_is_refused() {
        for body in ["[]", "1", "{", "{} {}", "null"] {
            let refused = Members::of(body.as_bytes()).err().unwrap();
            assert_eq!(refused.code, Code::MalformedRequest, "{body}");
        }
    }
}
