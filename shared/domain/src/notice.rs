//! Notices (文书): every paper that leaves the authority about a case, numbered, in Chinese, with the law
//! it rests on.
//!
//! A notice is issued by an event and says what the event says; what an officer wrote stands sealed beside
//! that event and is shown with the notice to whoever may read it.

mod content;
mod kind;

pub use kind::NoticeKind;

use serde::{Deserialize, Serialize};

use crate::application::{Application, Recorded};
use crate::identifiers::Uscc;
use crate::ids::{ApplicationNo, InvalidId, is_readable_tail, readable_tail};
use crate::instant::Instant;
use crate::item::ServiceItem;
use crate::unit::UnitId;

/// The number of a notice (文号): that of its case with the place of the event that issued it,
/// `N-20261123-7K3M9QX2RD4F-004`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct NoticeNo {
    application: ApplicationNo,
    seq: u64,
}

impl NoticeNo {
    /// The number of the notice that the event at `seq` of `application` issued.
    pub fn new(application: &ApplicationNo, seq: u64) -> Self {
        Self {
            application: application.clone(),
            seq,
        }
    }

    /// Its case.
    pub fn application(&self) -> &ApplicationNo {
        &self.application
    }

    /// The place of the event that issued it.
    pub fn seq(&self) -> u64 {
        self.seq
    }
}

impl std::fmt::Display for NoticeNo {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let case = self.application.as_str();
        let case = case.strip_prefix("AP-").unwrap_or(case);
        write!(formatter, "N-{case}-{:03}", self.seq)
    }
}

impl From<NoticeNo> for String {
    fn from(number: NoticeNo) -> Self {
        number.to_string()
    }
}

impl TryFrom<String> for NoticeNo {
    type Error = InvalidId;

    fn try_from(text: String) -> Result<Self, InvalidId> {
        let parse = || {
            let (case, seq) = text.strip_prefix("N-")?.rsplit_once('-')?;
            let digits =
                (3..=6).contains(&seq.len()) && seq.bytes().all(|byte| byte.is_ascii_digit());
            let seq = seq.parse().ok().filter(|seq| digits && *seq > 0)?;
            let application = ApplicationNo::try_from(format!("AP-{case}")).ok()?;
            let number = Self { application, seq };
            // One way to write it only.
            (number.to_string() == text).then_some(number)
        };
        parse().ok_or(InvalidId("notice number"))
    }
}

/// The code printed on a notice (验真码), by which anybody who holds it can check it: 60 random bits.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct VerificationCode(String);

impl VerificationCode {
    /// The code from 60 of the 64 bits of `random`.
    pub fn new(random: u64) -> Self {
        Self(readable_tail(random))
    }

    /// The code as it is printed.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether `other` is the same, in a time that does not tell how much of it is.
    pub fn matches(&self, other: &Self) -> bool {
        let pairs = self.0.bytes().zip(other.0.bytes());
        let difference = pairs.fold(0, |found, (one, two)| found | (one ^ two));
        self.0.len() == other.0.len() && difference == 0
    }
}

impl std::fmt::Debug for VerificationCode {
    /// Not the code: it opens the notice.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("VerificationCode")
    }
}

impl From<VerificationCode> for String {
    fn from(code: VerificationCode) -> Self {
        code.0
    }
}

impl TryFrom<String> for VerificationCode {
    type Error = InvalidId;

    fn try_from(text: String) -> Result<Self, InvalidId> {
        if is_readable_tail(&text) {
            Ok(Self(text))
        } else {
            Err(InvalidId("verification code"))
        }
    }
}

/// A notice as it was issued. Nothing in it is personal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// Its number.
    pub number: NoticeNo,
    /// Which paper it is.
    pub kind: NoticeKind,
    /// Its title in the words of the matter type, in Chinese.
    pub title: String,
    /// To whom.
    pub enterprise: Uscc,
    /// Of which unit.
    pub unit: UnitId,
    /// When it was issued.
    pub issued_at: Instant,
    /// When it was served (送达): with its issue it arrives in the inbox of an applicant who agreed to that
    /// when they submitted; else when it is handed over on paper, and not yet until then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub served_at: Option<Instant>,
    /// By which it can be checked.
    pub code: VerificationCode,
    /// What it says, paragraph by paragraph, in Chinese.
    pub paragraphs: Vec<String>,
    /// The law it rests on, in Chinese.
    pub laws: Vec<String>,
    /// What can be done against it, in Chinese.
    pub remedies: Vec<String>,
}

impl Notice {
    /// The notice that `recorded` issues, if it issues one. `after` is the state it led to; `unit_name` is
    /// the unit's in Chinese, `random` makes the verification code.
    pub fn issued_by(
        recorded: &Recorded,
        after: &Application,
        item: &ServiceItem,
        unit_name: &str,
        random: u64,
    ) -> Option<Self> {
        let kind = NoticeKind::of(&recorded.event)?;
        let content = content::of(&recorded.event, after, item, unit_name, recorded.at);
        Some(Self {
            number: NoticeNo::new(&recorded.application, recorded.seq),
            kind,
            title: kind.title(item.matter_type),
            enterprise: after.enterprise.clone(),
            unit: after.unit.clone(),
            issued_at: recorded.at,
            served_at: (!after.paper_service).then_some(recorded.at),
            code: VerificationCode::new(random),
            paragraphs: content.paragraphs,
            laws: kind.laws(item.matter_type),
            remedies: content.remedies,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_names_its_case_and_event_and_is_written_one_way_only() {
        let case = ApplicationNo::try_from("AP-20261123-7K3M9QX2RD4F".to_owned()).unwrap();
        let number = NoticeNo::new(&case, 4);
        assert_eq!(number.to_string(), "N-20261123-7K3M9QX2RD4F-004");
        assert_eq!(NoticeNo::try_from(number.to_string()), Ok(number));
        for wrong in [
            "N-20261123-7K3M9QX2RD4F-4",
            "N-20261123-7K3M9QX2RD4F-0004",
            "N-20261123-7K3M9QX2RD4F-000",
            "N-20261123-7K3M9QX2RD4F",
            "AP-20261123-7K3M9QX2RD4F-004",
            "N-20261123-7K3M9QX2RD4F-+04",
        ] {
            assert!(NoticeNo::try_from(wrong.to_owned()).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_code_matches_itself_only_and_is_not_shown_by_accident() {
        let code = VerificationCode::new(1);
        assert!(code.matches(&VerificationCode::new(1)));
        assert!(!code.matches(&VerificationCode::new(2)));
        assert_eq!(format!("{code:?}"), "VerificationCode");
    }
}
