//! From the errors of the layers below to problems: the one place where they meet.

use domain::application::{Demand, MOST_DEMANDS, Refusal, RowFault};
use domain::ids::MaterialCode;
use domain::manifest::PaperFault;
use domain::reuse::ReuseRefusal;
use domain::words::Words;
use platform::error::PlatformError;
use platform::table::CommitError;

use crate::problem::{Code, InputError, Problem};
use crate::who_may;

impl From<PlatformError> for Problem {
    fn from(error: PlatformError) -> Self {
        tracing::error!(%error, "the platform failed a request");
        Self::new(match error {
            PlatformError::Unavailable { .. } => Code::Unavailable,
            PlatformError::Corrupt(_) | PlatformError::Configuration(_) => Code::Internal,
        })
    }
}

impl From<CommitError> for Problem {
    fn from(error: CommitError) -> Self {
        match error {
            CommitError::Platform(error) => error.into(),
            CommitError::Conflict => {
                tracing::warn!("a transaction met others at every attempt");
                Self::new(Code::Unavailable)
            }
            CommitError::Guards(failed) => {
                tracing::error!(?failed, "a guard failed that no handler expects");
                Self::new(Code::Internal)
            }
        }
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        let code = code_of(&refusal);
        let problem = Self::new(code).with_errors(errors_of(&refusal));
        match refusal {
            Refusal::PostMissing { needed } => problem.with_detail(who_may::holder(needed)),
            _ => problem,
        }
    }
}

impl From<ReuseRefusal> for Problem {
    fn from(refusal: ReuseRefusal) -> Self {
        Self::new(Code::ReuseRefused).with_errors(vec![reuse_error(refusal)])
    }
}

fn code_of(refusal: &Refusal) -> Code {
    match refusal {
        Refusal::WrongStage { .. } | Refusal::NotDue | Refusal::NothingToRecompute => {
            Code::WrongStage
        }
        Refusal::ClaimedByAnother => Code::ClaimedByAnother,
        Refusal::NotClaimed => Code::NotClaimed,
        Refusal::PostMissing { .. } => Code::PostMissing,
        Refusal::SeparationOfDuties => Code::SeparationOfDuties,
        Refusal::ConflictOfInterest => Code::ConflictOfInterest,
        Refusal::CannotTakeOver => Code::CannotTakeOver,
        Refusal::OfficerUnfit => Code::OfficerUnfit,
        Refusal::NotTheApplicant
        | Refusal::NotAnOfficer
        | Refusal::NotTheSystem
        | Refusal::NotInstant => Code::WrongSide,
        Refusal::ReasonsMissing | Refusal::Rows(_) | Refusal::AllRowsRefused => Code::InvalidValue,
        Refusal::NoCompetentUnit => Code::NoCompetentUnit,
        Refusal::Papers(_) => Code::PapersIncomplete,
        Refusal::AcceptancePeriodOver => Code::AcceptancePeriodOver,
        Refusal::NothingDemanded
        | Refusal::TooMuchDemanded
        | Refusal::DemandUnknown(_)
        | Refusal::DemandNew(_) => Code::DemandInvalid,
        Refusal::FormNotDemanded => Code::FormNotDemanded,
        Refusal::AnswerTooLate => Code::AnswerTooLate,
        Refusal::NotDeferrable(_)
        | Refusal::NothingToDefer
        | Refusal::CureNotAhead
        | Refusal::CureTooLate { .. } => Code::DeferralInvalid,
        Refusal::LapsedBefore => Code::LapsedBefore,
        Refusal::NoUndertaking => Code::NoUndertaking,
        Refusal::Uncured(_) => Code::Uncured,
        Refusal::NotOnUndertaking => Code::NotOnUndertaking,
        Refusal::CheckedBefore => Code::CheckedBefore,
        Refusal::GroundNotListed => Code::GroundNotListed,
        Refusal::PausedAlready => Code::PausedAlready,
        Refusal::ExpectedEndNotAhead | Refusal::TimeNotAhead | Refusal::HearingDay { .. } => {
            Code::DateOutOfRange
        }
        Refusal::ExtensionWithoutBasis | Refusal::ExtensionOutOfRange { .. } => {
            Code::ExtensionInvalid
        }
        Refusal::ExtensionTooLate => Code::ExtensionTooLate,
        Refusal::ExtendedBefore => Code::ExtendedBefore,
        Refusal::NoExtensionAsked => Code::NoExtensionAsked,
        Refusal::OwnExtension => Code::OwnExtension,
        Refusal::HearingOfferedBefore | Refusal::HearingNotAtThatStep => Code::HearingNotAtThatStep,
        Refusal::HearingAskedTooLate => Code::HearingAskedTooLate,
        Refusal::HearingOpen => Code::HearingOpen,
        Refusal::ChairFromTheReview => Code::ChairFromTheReview,
        Refusal::NoAttendance | Refusal::NoInspection | Refusal::ModeNotOffered => {
            Code::StepNotOfItem
        }
        Refusal::AttendedBefore => Code::AttendedBefore,
        Refusal::BookedTooOften => Code::BookedTooOften,
        Refusal::UndertakenTooOften => Code::UndertakenTooOften,
        Refusal::ServedBefore => Code::ServedBefore,
        Refusal::NotAttended => Code::NotAttended,
        Refusal::OneInspector => Code::OneInspector,
        Refusal::NoTerm | Refusal::RenewalTooLate { .. } => Code::RenewalNotPossible,
        Refusal::TermEnded => Code::TermEnded,
        Refusal::RenewedBySilence => Code::RenewedBySilence,
        Refusal::PetitionPending => Code::PetitionPending,
    }
}

/// What is wrong with which member, where a member can be named.
fn errors_of(refusal: &Refusal) -> Vec<InputError> {
    match refusal {
        Refusal::Papers(faults) => paper_errors(faults),
        Refusal::Rows(faults) => row_errors(faults),
        Refusal::ReasonsMissing => vec![reasons_missing()],
        Refusal::AllRowsRefused => vec![no_row_left()],
        Refusal::DemandUnknown(demands) => demand_errors(
            demands,
            "demand_unknown",
            &Words::new(
                "该事项没有此材料，或不是表单项的 JSON 指针。",
                "The item has no such material to upload, or it is no JSON pointer into the form.",
            ),
        ),
        Refusal::DemandNew(demands) => demand_errors(
            demands,
            "demand_new",
            &Words::new(
                "上次告知中没有此项，不得再次要求。",
                "The notice before did not ask for it.",
            ),
        ),
        Refusal::NothingDemanded | Refusal::TooMuchDemanded => vec![demand_count()],
        Refusal::NotDeferrable(materials) => material_errors(
            materials,
            "not_deferrable",
            &Words::new(
                "该材料不可容缺，请先上传。",
                "This paper cannot follow later: upload it first.",
            ),
        ),
        Refusal::Uncured(materials) => material_errors(
            materials,
            "material_to_follow",
            &Words::new("该容缺材料尚未补齐。", "This paper is still to follow."),
        ),
        Refusal::NothingToDefer => vec![InputError::new(
            "/materials",
            "nothing_to_defer",
            Words::new(
                "没有缺少的材料，请按一般程序受理。",
                "Nothing is missing: accept it without deferral.",
            ),
        )],
        Refusal::CureNotAhead => vec![not_ahead("/cure_by")],
        Refusal::CureTooLate { latest } => vec![InputError::new(
            "/cure_by",
            "too_late",
            Words::new(
                format!("补交日期不得晚于 {latest}（承诺办结日前一个工作日）。"),
                format!(
                    "The papers must follow by {latest}, one working day before the promised date."
                ),
            ),
        )],
        Refusal::ExpectedEndNotAhead => vec![not_ahead("/expected_end")],
        Refusal::TimeNotAhead => vec![not_ahead("/at")],
        Refusal::HearingDay { earliest, latest } => vec![InputError::new(
            "/at",
            "hearing_day",
            Words::new(
                format!("听证须在 {earliest} 至 {latest} 之间举行（提前七日通知，二十日内组织）。"),
                format!(
                    "The hearing must be held between {earliest} and {latest}: seven days' notice, within twenty days."
                ),
            ),
        )],
        Refusal::ExtensionOutOfRange { most } => vec![InputError::new(
            "/days",
            "out_of_range",
            Words::new(
                format!("延期为 1 至 {most} 个工作日。"),
                format!("An extension is of 1 to {most} working days."),
            ),
        )],
        Refusal::RenewalTooLate { latest } => vec![InputError::new(
            "",
            "renewal_too_late",
            Words::new(
                format!("最迟应在 {latest} 提出延续申请。"),
                format!("Renewal had to be asked for by {latest}."),
            ),
        )],
        Refusal::ModeNotOffered => vec![InputError::new(
            "/mode",
            "mode_not_offered",
            Words::new(
                "该事项没有此送达方式。",
                "The item does not offer that way of delivery.",
            ),
        )],
        _ => Vec::new(),
    }
}

fn demand_count() -> InputError {
    InputError::new(
        "/demands",
        "count",
        Words::new(
            format!("请列出需要补正的内容，一次告知最多 {MOST_DEMANDS} 项。"),
            format!("Name what is to be mended: at least one thing, at most {MOST_DEMANDS}."),
        ),
    )
}

fn not_ahead(pointer: &str) -> InputError {
    InputError::new(
        pointer,
        "not_ahead",
        Words::new("须晚于当前时间。", "It must lie in the future."),
    )
}

fn demand_errors(demands: &[Demand], code: &'static str, words: &Words) -> Vec<InputError> {
    let told = |demand: &Demand| {
        let pointer = match demand {
            Demand::Material { material } => format!("/materials/{}", material.as_str()),
            Demand::Field { pointer } => format!("/form{pointer}"),
        };
        InputError::new(pointer, code, words.clone())
    };
    demands.iter().map(told).collect()
}

fn material_errors(
    materials: &[MaterialCode],
    code: &'static str,
    words: &Words,
) -> Vec<InputError> {
    let told = |material: &MaterialCode| {
        InputError::new(
            format!("/materials/{}", material.as_str()),
            code,
            words.clone(),
        )
    };
    materials.iter().map(told).collect()
}

fn reuse_error(refusal: ReuseRefusal) -> InputError {
    let (pointer, code, words) = match refusal {
        ReuseRefusal::Unknown => (
            "/application",
            "unknown_source",
            Words::new(
                "没有可供您复用的此办件或材料。",
                "There is no such case or paper that you may use again.",
            ),
        ),
        ReuseRefusal::NotAccepted => (
            "/application",
            "not_accepted",
            Words::new(
                "该材料未经民警审查通过。",
                "No officer has accepted this paper by a grant.",
            ),
        ),
        ReuseRefusal::Revoked => (
            "/application",
            "revoked",
            Words::new(
                "该办件的决定已被撤销，其材料不得复用。",
                "What was granted in that case was revoked: its papers are not used again.",
            ),
        ),
        ReuseRefusal::Withheld => (
            "/application",
            "withheld",
            Words::new(
                "该办件的个人信息已删除或限制使用。",
                "The personal data of that case is erased or only stored.",
            ),
        ),
        ReuseRefusal::NotTheOriginal => (
            "/document",
            "not_the_original",
            Words::new(
                "该材料本身是复用的，请选择其来源办件。",
                "That paper was itself used again: name the case it came from.",
            ),
        ),
        ReuseRefusal::AnotherKind => (
            "/material",
            "another_kind",
            Words::new(
                "与该材料要求的种类不一致。",
                "It is not of the kind that the material asks for.",
            ),
        ),
        ReuseRefusal::OneMatter => (
            "/material",
            "one_matter",
            Words::new(
                "该材料一事一用，请重新出具并上传。",
                "Such a paper is for one matter only: make and upload a new one.",
            ),
        ),
        ReuseRefusal::AnotherAgent => (
            "/document",
            "another_agent",
            Words::new("该材料属于其他经办人。", "That paper is another agent's."),
        ),
        ReuseRefusal::FormatNotAccepted => (
            "/document",
            "media_type_not_accepted",
            Words::new(
                "该材料不接受此文件格式。",
                "The material does not take a file of that kind.",
            ),
        ),
        ReuseRefusal::RanOut(day) => (
            "/application",
            "ran_out",
            Words::new(
                format!("已于 {day} 到期，请重新上传。"),
                format!("It ran out on {day}: upload the material."),
            ),
        ),
        ReuseRefusal::NotInForce => (
            "/application",
            "not_in_force",
            Words::new(
                "该证照未颁发或已失效。",
                "That certificate was not granted or is not in force.",
            ),
        ),
    };
    InputError::new(pointer, code, words)
}

fn reasons_missing() -> InputError {
    let words = Words::new(
        "不予准予或者与审查意见不一致的，须说明理由。",
        "A refusal, and a decision other than the review recommends, needs reasons.",
    );
    InputError::new("/reasons", "required", words)
}

fn no_row_left() -> InputError {
    let words = Words::new(
        "全部行均不予准予的，请对整个申请作出不予准予的结论。",
        "No row is left to grant: refuse the application as a whole.",
    );
    InputError::new("/refused_rows", "all_rows_refused", words)
}

/// What each row that cannot be refused is told with.
pub fn row_errors(faults: &[(usize, RowFault)]) -> Vec<InputError> {
    faults
        .iter()
        .map(|(place, fault)| {
            let (code, words) = match fault {
                RowFault::NotByRow => (
                    "not_by_row",
                    Words::new(
                        "此处不能逐行答复：该申请没有逐行内容，或者整个申请不予准予。请去掉逐行结论。",
                        "This is not answered row by row: the application has no rows, or is refused as a \
                         whole. Leave the rows out.",
                    ),
                ),
                RowFault::Unknown { rows } => (
                    "row_unknown",
                    Words::new(
                        format!("申请表没有这一行，行号为 1 至 {rows}。"),
                        format!("The form has no such row: rows are numbered from 1 to {rows}."),
                    ),
                ),
                RowFault::Repeated => (
                    "row_named_twice",
                    Words::new(
                        "前面已列出这一行，每行只列一次。",
                        "The row is named before: name each once.",
                    ),
                ),
            };
            InputError::new(format!("/refused_rows/{place}/row"), code, words)
        })
        .collect()
}

/// What each faulty paper is told with.
pub fn paper_errors(faults: &[(MaterialCode, PaperFault)]) -> Vec<InputError> {
    faults
        .iter()
        .map(|(material, fault)| {
            let (code, message) = match fault {
                PaperFault::Missing => (
                    "material_missing",
                    Words::new("请上传该材料。", "Upload this material."),
                ),
                PaperFault::Rejected => (
                    "material_rejected",
                    Words::new(
                        "该文件未通过检查，请查看原因并重新上传。",
                        "The document was refused: read why and upload it again.",
                    ),
                ),
                PaperFault::Unsettled => (
                    "material_unsettled",
                    Words::new(
                        "该文件尚未到达或正在检查，请稍后再试。",
                        "The document has not arrived or is being examined: try again shortly.",
                    ),
                ),
                PaperFault::RanOut => (
                    "material_ran_out",
                    Words::new(
                        "复用的材料已超过可复用期限或证照已到期，请重新上传。",
                        "What was used again has run out since: upload this material.",
                    ),
                ),
            };
            InputError::new(format!("/materials/{}", material.as_str()), code, message)
        })
        .collect()
}
