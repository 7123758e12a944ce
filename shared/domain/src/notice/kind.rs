use serde::{Deserialize, Serialize};

use crate::application::{Event, Outcome, Petition};
use crate::item::MatterType;

/// The papers that leave about a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum NoticeKind {
    /// 受理通知书.
    Acceptance,
    /// 视为受理通知书.
    DeemedAcceptance,
    /// 容缺受理通知书.
    DeferredAcceptance,
    /// 不予受理决定书.
    NonAcceptance,
    /// 补正材料告知书.
    Correction,
    /// 补充材料通知书: what counts as accepted is asked for papers.
    PapersRequest,
    /// 视为撤回申请通知书.
    CorrectionLapse,
    /// 容缺材料未补齐终止办理通知书.
    CureLapse,
    /// 特别程序告知书.
    SpecialProcedure,
    /// 特别程序结束通知书.
    SpecialProcedureEnd,
    /// 中止办理通知书.
    Suspension,
    /// 恢复办理通知书.
    Resumption,
    /// 听证告知书.
    HearingRight,
    /// 听证通知书.
    HearingTime,
    /// 延长办理期限告知书.
    Extension,
    /// A decision in favour.
    Grant,
    /// A decision against.
    Refusal,
    /// 撤回申请确认书.
    Withdrawal,
    /// 终止办理决定书.
    Termination,
    /// 准予延续决定书.
    Renewal,
    /// 准予变更决定书.
    Amendment,
    /// 不予延续决定书.
    RenewalRefusal,
    /// 不予变更决定书.
    AmendmentRefusal,
    /// 撤回决定书.
    Rescission,
    /// 撤销决定书.
    Revocation,
    /// 注销决定书.
    Cancellation,
}

impl NoticeKind {
    /// Which paper `event` issues; none where it concerns nobody outside.
    pub fn of(event: &Event) -> Option<Self> {
        Some(match event {
            Event::Accepted { deemed: true, .. } => Self::DeemedAcceptance,
            Event::Accepted {
                deferral: Some(_), ..
            } => Self::DeferredAcceptance,
            Event::Accepted { .. } => Self::Acceptance,
            Event::NotAccepted { .. } => Self::NonAcceptance,
            Event::CorrectionRequired { .. } => Self::Correction,
            Event::PapersRequested { .. } => Self::PapersRequest,
            Event::CorrectionLapsed => Self::CorrectionLapse,
            Event::CureLapsed { .. } => Self::CureLapse,
            Event::SpecialProcedureStarted { .. } => Self::SpecialProcedure,
            Event::SpecialProcedureEnded { .. } | Event::HearingHeld { .. } => {
                Self::SpecialProcedureEnd
            }
            Event::Suspended { .. } => Self::Suspension,
            Event::Resumed { .. } => Self::Resumption,
            Event::HearingOffered { .. } => Self::HearingRight,
            Event::HearingScheduled { .. } => Self::HearingTime,
            Event::Extended { .. } => Self::Extension,
            Event::Granted { .. } => Self::Grant,
            Event::Refused { .. } => Self::Refusal,
            Event::Withdrawn { .. } => Self::Withdrawal,
            Event::Terminated { .. } => Self::Termination,
            Event::Renewed { .. } => Self::Renewal,
            Event::Amended { .. } => Self::Amendment,
            Event::PetitionRefused { petition, .. } => match petition {
                Petition::Renewal => Self::RenewalRefusal,
                Petition::Amendment => Self::AmendmentRefusal,
            },
            Event::Rescinded { .. } => Self::Rescission,
            Event::Revoked { .. } => Self::Revocation,
            Event::Cancelled { .. } => Self::Cancellation,
            Event::Submitted(_)
            | Event::Claimed { .. }
            | Event::Released
            | Event::Reassigned { .. }
            | Event::Supplemented { .. }
            | Event::DeferralUndertaken { .. }
            | Event::ConditionsUndertaken
            | Event::Cured { .. }
            | Event::HearingRequested { .. }
            | Event::HearingForgone
            | Event::ExtensionRequested { .. }
            | Event::AttendanceBooked { .. }
            | Event::Attended
            | Event::Inspected { .. }
            | Event::Recommended { .. }
            | Event::Returned { .. }
            | Event::UndertakingChecked { .. }
            | Event::Delivered { .. }
            | Event::PetitionFiled { .. }
            | Event::NoticeServed { .. }
            | Event::Recomputed { .. } => return None,
        })
    }

    /// Its title, in the words of `matter`.
    pub fn title(self, matter: MatterType) -> String {
        let fixed = match self {
            Self::Acceptance => "受理通知书",
            Self::DeemedAcceptance => "视为受理通知书",
            Self::DeferredAcceptance => "容缺受理通知书",
            Self::NonAcceptance => "不予受理决定书",
            Self::Correction => "补正材料告知书",
            Self::PapersRequest => "补充材料通知书",
            Self::CorrectionLapse => "视为撤回申请通知书",
            Self::CureLapse | Self::Termination => "终止办理决定书",
            Self::SpecialProcedure => "特别程序告知书",
            Self::SpecialProcedureEnd => "特别程序结束通知书",
            Self::Suspension => "中止办理通知书",
            Self::Resumption => "恢复办理通知书",
            Self::HearingRight => "听证告知书",
            Self::HearingTime => "听证通知书",
            Self::Extension => "延长办理期限告知书",
            Self::Grant => return format!("{}决定书", matter.granted().zh),
            Self::Refusal => return format!("{}决定书", matter.refused().zh),
            Self::Withdrawal => "撤回申请确认书",
            Self::Renewal => "准予延续决定书",
            Self::Amendment => "准予变更决定书",
            Self::RenewalRefusal => "不予延续决定书",
            Self::AmendmentRefusal => "不予变更决定书",
            Self::Rescission => "撤回决定书",
            Self::Revocation => "撤销决定书",
            Self::Cancellation => "注销决定书",
        };
        fixed.to_owned()
    }

    /// The articles it rests on.
    ///
    /// The Administrative Licensing Law binds licences; for other matters the authority follows it of its
    /// own accord (参照).
    pub(super) fn laws(self, matter: MatterType) -> Vec<String> {
        let articles: &[&str] = match self {
            Self::Acceptance
            | Self::DeemedAcceptance
            | Self::DeferredAcceptance
            | Self::NonAcceptance
            | Self::Correction
            | Self::PapersRequest
            | Self::CorrectionLapse => &["第三十二条"],
            Self::CureLapse
            | Self::Termination
            | Self::Withdrawal
            | Self::Suspension
            | Self::Resumption => &[],
            Self::SpecialProcedure | Self::SpecialProcedureEnd => &["第四十五条"],
            Self::HearingRight => &["第四十六条", "第四十七条"],
            Self::HearingTime => &["第四十八条"],
            Self::Extension => &["第四十二条"],
            Self::Grant => &["第三十八条第一款", "第四十四条"],
            Self::Refusal => &["第三十八条第二款"],
            Self::Renewal | Self::RenewalRefusal => &["第五十条"],
            Self::Amendment | Self::AmendmentRefusal => &["第四十九条"],
            Self::Rescission => &["第八条第二款"],
            Self::Revocation => &["第六十九条"],
            Self::Cancellation => &["第七十条"],
        };
        let by = if matter == MatterType::Licence {
            ""
        } else {
            "参照"
        };
        articles
            .iter()
            .map(|article| format!("{by}《中华人民共和国行政许可法》{article}"))
            .collect()
    }

    /// How it went, for a decision: what a check of the notice tells.
    pub fn outcome(self) -> Option<Outcome> {
        match self {
            Self::Grant | Self::Renewal | Self::Amendment => Some(Outcome::Grant),
            Self::Refusal | Self::RenewalRefusal | Self::AmendmentRefusal => Some(Outcome::Refuse),
            _ => None,
        }
    }
}
