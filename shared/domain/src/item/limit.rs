use serde::{Deserialize, Serialize};

use crate::words::Words;

/// A time limit (时限), in law or promised.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limit {
    /// How many days; 0 ends with the day it starts.
    pub number: u16,
    /// Which days count.
    pub unit: LimitUnit,
    /// What starts the clock.
    pub start: LimitStart,
    /// Where the limit comes from.
    pub source: LimitSource,
}

/// How the source of a limit in law was read, for officers and editors.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LimitBasis {
    /// Where the limit was found, or why one is borrowed.
    pub text: Option<String>,
    /// The words of the law, in Chinese.
    pub words_of_law: String,
    /// The days of which the law speaks. Special regulations mostly say only 日, which the
    /// authorities count as working days, and so does the limit; `None` where no limit is in law.
    pub unit_in_law: Option<UnitInLaw>,
}

/// Which days a limit counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LimitUnit {
    /// 工作日 (Administrative Licensing Law art. 82).
    WorkingDay,
    /// 日 in the sense of every day of the calendar.
    CalendarDay,
}

/// The days of which the text of the law speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UnitInLaw {
    /// The law says working days.
    WorkingDay,
    /// The law says days, and not which.
    DayUnspecified,
}

/// What starts the clock of a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LimitStart {
    /// The complete papers arrived (收到材料).
    Receipt,
    /// The application was accepted (受理).
    Acceptance,
}

/// Where a limit comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LimitSource {
    /// The law or regulation named as the item's legal basis.
    Special,
    /// Administrative Licensing Law art. 42: 20 working days.
    Art42,
    /// The same where two levels handle the item (art. 43), taken as 20 working days in total.
    Art42TwoLevel,
    /// A rule of the Ministry of Public Security, stricter than the law.
    MinistryRule,
    /// No limit in law: art. 42 borrowed by the platform.
    Analogy,
    /// Promised by the authority.
    Promise,
}

impl LimitSource {
    /// Whether the law itself sets the limit, so that exceeding it is unlawful. A limit that does not
    /// is shown as 无法定时限（平台默认） and raises no red card.
    pub const fn is_law(self) -> bool {
        match self {
            Self::Special | Self::Art42 | Self::Art42TwoLevel | Self::MinistryRule => true,
            Self::Analogy | Self::Promise => false,
        }
    }

    /// What a person is told about where the limit comes from.
    pub fn name(self) -> Words {
        match self {
            Self::Special => Words::new("专门法律法规规定", "Set by the law named as legal basis"),
            Self::Art42 => Words::new(
                "《行政许可法》第四十二条",
                "Administrative Licensing Law, article 42",
            ),
            Self::Art42TwoLevel => Words::new(
                "《行政许可法》第四十二条、第四十三条",
                "Administrative Licensing Law, articles 42 and 43",
            ),
            Self::MinistryRule => Words::new(
                "公安部规章规定",
                "Set by a rule of the Ministry of Public Security",
            ),
            Self::Analogy => Words::new(
                "无法定时限（平台默认）",
                "No limit in law (platform default)",
            ),
            Self::Promise => Words::new("办理机关承诺", "Promised by the authority"),
        }
    }
}

/// The extension the law allows (延期), once, approved by the head of the authority.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Extension {
    /// At most so many working days.
    pub max_working_days: u16,
    /// What allows it.
    pub basis: String,
}
