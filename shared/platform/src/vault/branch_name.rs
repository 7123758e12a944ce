//! How branch keys are named.

use domain::instant::Instant;
use serde::{Deserialize, Serialize};

/// Digits of a revision, so that the names of a quarter sort like its revisions.
const REVISION_DIGITS: usize = 4;

/// The name of a branch key: its quarter, like `2026Q4`, and from the second revision on that, like
/// `2026Q4-0002`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct BranchName(String);

/// The text names no branch key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not the name of a branch key")]
pub struct NotABranchName;

impl BranchName {
    /// The first revision of the quarter of `now` in China.
    pub fn first_of(now: Instant) -> Self {
        let date = now.date();
        Self(format!("{:04}Q{}", date.year(), (date.month() + 2) / 3))
    }

    /// The name that `text` is.
    pub fn parse(text: &str) -> Option<Self> {
        let (quarter, revision) = match text.split_once('-') {
            Some((quarter, revision)) => (quarter, Some(revision)),
            None => (text, None),
        };
        let (year, number) = quarter.split_once('Q')?;
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let known = year.len() == 4 && digits(year) && matches!(number, "1" | "2" | "3" | "4");
        let revised = revision.is_none_or(|revision| {
            revision.len() == REVISION_DIGITS && digits(revision) && revision > "0001"
        });
        (known && revised).then(|| Self(text.to_owned()))
    }

    /// The next revision of the same quarter; none after the 9999th.
    pub fn next(&self) -> Option<Self> {
        let (quarter, revision) = self.0.split_once('-').unwrap_or((&self.0, "0001"));
        let next = revision.parse::<u16>().ok()? + 1;
        Self::parse(&format!("{quarter}-{next:04}"))
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for BranchName {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl TryFrom<String> for BranchName {
    type Error = NotABranchName;

    fn try_from(text: String) -> Result<Self, NotABranchName> {
        Self::parse(&text).ok_or(NotABranchName)
    }
}

impl From<BranchName> for String {
    fn from(name: BranchName) -> Self {
        name.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(text: &str) -> BranchName {
        BranchName::parse(text).unwrap()
    }

    #[test]
    fn a_quarter_begins_at_midnight_in_china() {
        let at = |text: &str| Instant::try_from(text.to_owned()).unwrap();
        for (moment, quarter) in [
            ("2026-12-31T15:59:59Z", "2026Q4"),
            ("2026-12-31T16:00:00Z", "2027Q1"),
            ("2027-03-31T23:59:59+08:00", "2027Q1"),
            ("2027-04-01T00:00:00+08:00", "2027Q2"),
        ] {
            assert_eq!(BranchName::first_of(at(moment)), name(quarter));
        }
    }

    #[test]
    fn revisions_follow_one_another_and_sort_that_way() {
        let second = name("2026Q4").next().unwrap();
        assert_eq!(second, name("2026Q4-0002"));
        let tenth = name("2026Q4-0009").next().unwrap();
        assert_eq!(tenth, name("2026Q4-0010"));
        let names = [
            "2026Q4",
            second.as_str(),
            "2026Q4-0009",
            tenth.as_str(),
            "2027Q1",
        ];
        assert!(names.is_sorted());
        assert_eq!(name("2026Q4-9999").next(), None);
    }

    #[test]
    fn nothing_else_names_a_branch_key() {
        for text in [
            "",
            "2026Q5",
            "26Q4",
            "2026Q4-2",
            "2026Q4-0001",
            "2026Q4-00002",
            "2026Q4-",
            "２０26Q4",
        ] {
            assert_eq!(BranchName::parse(text), None, "{text}");
        }
    }
}
