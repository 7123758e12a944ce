//! What a caller is told of something that the clock does not allow.

use domain::clock::ClockFault;
use domain::words::Words;

use crate::problem::{Code, InputError, Problem};

impl From<ClockFault> for Problem {
    fn from(fault: ClockFault) -> Self {
        let code = match fault {
            ClockFault::AfterStop
            | ClockFault::AcceptedBySilence
            | ClockFault::AlreadyPaused
            | ClockFault::NotPaused
            | ClockFault::AlreadyExtended
            | ClockFault::LimitNotStarted
            | ClockFault::LimitEnded => Code::WrongStage,
            ClockFault::BeforeReceipt
            | ClockFault::BeforeAcceptance
            | ClockFault::GroundNotListed
            | ClockFault::EndsBeforeItBegins
            | ClockFault::NoBasisForExtension
            | ClockFault::ExtensionOutOfRange { .. } => Code::InvalidValue,
        };
        Self::new(code).with_detail(words(fault))
    }
}

/// The fault at a place of what was sent.
pub fn input_error(pointer: impl Into<String>, fault: ClockFault) -> InputError {
    InputError::new(pointer, code(fault), words(fault))
}

const fn code(fault: ClockFault) -> &'static str {
    match fault {
        ClockFault::BeforeReceipt => "before_receipt",
        ClockFault::BeforeAcceptance => "before_acceptance",
        ClockFault::AfterStop => "after_decision",
        ClockFault::AcceptedBySilence => "accepted_by_silence",
        ClockFault::GroundNotListed => "ground_not_listed",
        ClockFault::AlreadyPaused => "already_paused",
        ClockFault::NotPaused => "not_paused",
        ClockFault::EndsBeforeItBegins => "ends_before_it_begins",
        ClockFault::NoBasisForExtension => "no_basis_for_extension",
        ClockFault::ExtensionOutOfRange { .. } => "extension_out_of_range",
        ClockFault::AlreadyExtended => "already_extended",
        ClockFault::LimitNotStarted => "limit_not_started",
        ClockFault::LimitEnded => "limit_ended",
    }
}

fn words(fault: ClockFault) -> Words {
    match fault {
        ClockFault::BeforeReceipt => Words::new(
            "不能早于收到材料的时间，请改正。",
            "It cannot be before the papers were received: correct it.",
        ),
        ClockFault::BeforeAcceptance => Words::new(
            "不能早于受理时间，请改正。",
            "It cannot be before the acceptance: correct it.",
        ),
        ClockFault::AfterStop => Words::new(
            "办件已作出决定或已终结，计时已停止；请填写此前的时间。",
            "The clock stopped with the decision or the end of the case: give an earlier time.",
        ),
        ClockFault::AcceptedBySilence => Words::new(
            "已超过五个工作日未告知，自收到材料之日起视为受理，不能再退回补正；可请申请人补交材料。",
            "No answer came in five working days, which counts as acceptance: papers may be asked for, \
             not sent back.",
        ),
        ClockFault::GroundNotListed => Words::new(
            "该事项未列明此特别程序，其时间计入时限；请按办事指南选择。",
            "The item does not list this procedure, so the clock runs on: choose one that its guide \
             lists, a hearing or a suspension.",
        ),
        ClockFault::AlreadyPaused => Words::new(
            "已因同一事由暂停计时，请先结束该程序。",
            "The clock stands still on this ground already: end that first.",
        ),
        ClockFault::NotPaused => Words::new(
            "当前没有因该事由暂停计时，请核对。",
            "The clock does not stand still on this ground: check which one it is.",
        ),
        ClockFault::EndsBeforeItBegins => Words::new(
            "结束时间不能早于开始时间，请改正。",
            "It cannot end before it begins: correct one of the two.",
        ),
        ClockFault::NoBasisForExtension => Words::new(
            "该事项没有延期的法定依据，不能延期；请删除此项。",
            "The item cites no basis for an extension, so there is none: leave this out.",
        ),
        ClockFault::ExtensionOutOfRange { most } => Words::new(
            format!("延期为1至{most}个工作日，请改正。"),
            format!("An extension adds from 1 to {most} working days: correct it."),
        ),
        ClockFault::AlreadyExtended => Words::new(
            "已经延期一次，不能再次延期。",
            "It was extended once already, and that is possible once only.",
        ),
        ClockFault::LimitNotStarted => Words::new(
            "时限尚未起算，不能延期；请先填写受理时间或核对延期时间。",
            "The limit has not started, so it cannot be extended: give the acceptance, or a later time.",
        ),
        ClockFault::LimitEnded => Words::new(
            "时限已届满，不能再延期；延期须在届满前批准。",
            "The limit has ended: an extension is approved before that.",
        ),
    }
}
