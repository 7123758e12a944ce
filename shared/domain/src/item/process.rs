use serde::{Deserialize, Serialize};

use crate::unit::Level;
use crate::words::Words;

/// How much of an item can be done online.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum OnlineLevel {
    /// Everything (全程网办).
    Full,
    /// Everything but one step, for which the law wants somebody or something to be present.
    Partial,
}

/// The step for which somebody has to come (到场). It is booked, then recorded as attended by an
/// officer; the step waits for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attendance {
    /// The step that waits for it.
    pub before: AttendedStep,
    /// What happens there and why.
    pub purpose: Words,
    /// Where.
    pub place: Words,
    /// What to bring.
    pub bring: Vec<Words>,
}

/// A step that can wait for somebody's attendance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AttendedStep {
    /// 决定.
    Decision,
    /// 送达.
    Delivery,
}

/// How an item is handled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HandlingType {
    /// Decided on the spot (即办件).
    Instant,
    /// Decided within the promised limit (承诺件).
    Commitment,
}

/// How much the background review may do by itself. It never refuses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AutoReview {
    /// Accepts and grants where every check passes.
    Instant,
    /// Reports to the officer.
    Assisted,
    /// Checks papers and identifiers only.
    Manual,
}

/// A step of an item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// Counts from 1 without a gap.
    pub seq: u8,
    /// Which step.
    pub key: StepKey,
    /// The level that takes it.
    pub level: Level,
    /// Its own limit, if it has one.
    pub limit_working_days: Option<u16>,
    /// Whether its time counts towards the promised limit.
    pub counts_toward_promised: bool,
    /// Remarks.
    pub note: Option<String>,
}

/// The steps an item can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StepKey {
    /// Acceptance of an application.
    Acceptance,
    /// Review of its substance.
    Review,
    /// Decision.
    Decision,
    /// Registration of a request.
    Registration,
    /// Handling of a request.
    Handling,
    /// Reply to a request.
    Reply,
}

impl StepKey {
    /// The step's name.
    pub fn name(self) -> Words {
        match self {
            Self::Acceptance => Words::new("受理", "Acceptance"),
            Self::Review => Words::new("审查", "Review"),
            Self::Decision => Words::new("决定", "Decision"),
            Self::Registration => Words::new("登记", "Registration"),
            Self::Handling => Words::new("办理", "Handling"),
            Self::Reply => Words::new("答复", "Reply"),
        }
    }
}

/// A procedure that may come between application and decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SpecialProcedure {
    /// Which procedure.
    pub key: SpecialProcedureKey,
    /// Whether its time is taken out of the limits.
    pub excluded_from_clock: bool,
    /// Whether it is over before the application is accepted.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub before_acceptance: bool,
    /// What the law says about it.
    pub note: Option<String>,
}

/// The procedures an item can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SpecialProcedureKey {
    /// Two officers go and look (art. 34). Not on the list of art. 45: the clock runs.
    SiteInspection,
    /// Experts give an opinion.
    ExpertReview,
    /// Inspection, testing or appraisal.
    TestingAppraisal,
    /// A hearing (arts. 46 to 48).
    Hearing,
    /// An examination people have to pass.
    QualificationExam,
}

impl SpecialProcedureKey {
    /// The procedure's name.
    pub fn name(self) -> Words {
        match self {
            Self::SiteInspection => Words::new("现场勘查（实地核查）", "Site inspection"),
            Self::ExpertReview => Words::new("专家评审", "Expert review"),
            Self::TestingAppraisal => {
                Words::new("检验检测鉴定", "Inspection, testing and appraisal")
            }
            Self::Hearing => Words::new("听证", "Hearing"),
            Self::QualificationExam => Words::new("考试考核", "Qualification examination"),
        }
    }
}

/// A ground on which art. 45 of the Administrative Licensing Law takes time out of the limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum PauseGround {
    /// 听证.
    Hearing,
    /// 招标.
    Tender,
    /// 拍卖.
    Auction,
    /// 检验.
    Inspection,
    /// 检测.
    Testing,
    /// 检疫.
    Quarantine,
    /// 鉴定.
    Appraisal,
    /// 专家评审.
    ExpertReview,
}

impl SpecialProcedure {
    /// The grounds of art. 45 the procedure gives; none for what is a step and not a ground.
    pub fn grounds(&self) -> &'static [PauseGround] {
        if !self.excluded_from_clock || self.before_acceptance {
            return &[];
        }
        match self.key {
            SpecialProcedureKey::ExpertReview => &[PauseGround::ExpertReview],
            SpecialProcedureKey::TestingAppraisal => &[
                PauseGround::Inspection,
                PauseGround::Testing,
                PauseGround::Appraisal,
            ],
            SpecialProcedureKey::Hearing => &[PauseGround::Hearing],
            SpecialProcedureKey::SiteInspection | SpecialProcedureKey::QualificationExam => &[],
        }
    }
}

/// Terms of approval on undertaking (告知承诺): granted at once, checked afterwards.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Undertaking {
    /// What the applicant undertakes.
    pub statement: Words,
    /// The authority checks within so many working days of the grant.
    pub check_within_working_days: u16,
}

/// What only proactive services have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ServiceTerms {
    /// Where to turn when it cannot wait.
    pub urgent_channel: Option<String>,
    /// Whether an officer comes to the enterprise.
    pub officer_visit: bool,
    /// Whether it can be used without giving a name.
    pub anonymous_allowed: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn procedure(key: SpecialProcedureKey, excluded_from_clock: bool) -> SpecialProcedure {
        SpecialProcedure {
            key,
            excluded_from_clock,
            before_acceptance: false,
            note: None,
        }
    }

    #[test]
    fn a_site_inspection_does_not_stop_the_clock() {
        assert!(
            procedure(SpecialProcedureKey::SiteInspection, false)
                .grounds()
                .is_empty()
        );
    }

    #[test]
    fn testing_and_appraisal_stand_for_three_grounds_of_article_45() {
        assert_eq!(
            procedure(SpecialProcedureKey::TestingAppraisal, true).grounds(),
            [
                PauseGround::Inspection,
                PauseGround::Testing,
                PauseGround::Appraisal
            ]
        );
    }

    #[test]
    fn a_procedure_the_item_does_not_exclude_is_a_step_and_no_ground() {
        assert!(
            procedure(SpecialProcedureKey::ExpertReview, false)
                .grounds()
                .is_empty()
        );
    }

    #[test]
    fn an_examination_passed_before_acceptance_cannot_stop_a_clock_that_does_not_run() {
        let exam = SpecialProcedure {
            before_acceptance: true,
            ..procedure(SpecialProcedureKey::ExpertReview, true)
        };
        assert!(exam.grounds().is_empty());
    }
}
