//! Submission, correction, acceptance, papers that follow.

use super::super::{Message, Recipient, phrase, say};
use super::{answer_by, contestable, promised};
use crate::application::{CORRECTION_WORKING_DAYS, DeferralUndertaking, Event, NonAcceptance};
use crate::occurrence::Occurrence;
use crate::words::Words;

#[expect(
    clippy::too_many_lines,
    reason = "an arm for each event, of a few words"
)]
pub(super) fn message(occurrence: &Occurrence<'_>) -> Option<(Recipient, Message)> {
    let item = occurrence.item;
    Some(match &occurrence.recorded.event {
        Event::Submitted(submitted) => {
            let told = say(
                occurrence,
                ("申请已收到", "Application received"),
                (
                    "我们已收到您的申请，将告知您是否受理。",
                    "We have received your application and will tell you whether it is accepted.",
                ),
            );
            (Recipient::Filer, answer_by(told, &submitted.limits))
        }
        Event::CorrectionRequired {
            demands, answer_by, ..
        } => {
            let (what, by) = (phrase::demands(demands, item), phrase::day(answer_by.date));
            let told = say(
                occurrence,
                ("补正告知", "Correction required"),
                (
                    &format!("申请材料不齐全或者不符合要求，需一次补正：{}。", what.zh),
                    &format!(
                        "The application is not complete. To be mended: {}.",
                        what.en
                    ),
                ),
            );
            let told = if occurrence.after.paper_service {
                told.next(Words::new(
                    format!(
                        "请签收纸质补正告知书；自签收之日起{CORRECTION_WORKING_DAYS}个工作日内补正，逾期视为撤回申请，可以重新申请。"
                    ),
                    format!(
                        "The notice is handed to you on paper: mend it within {CORRECTION_WORKING_DAYS} working \
                         days of receiving it; afterwards the application counts as withdrawn, and you can \
                         apply again."
                    ),
                ))
            } else {
                told.next(Words::new(
                    format!(
                        "请于{}（含）前补正，逾期视为撤回申请，可以重新申请。具体要求见办件。",
                        by.zh
                    ),
                    format!(
                        "Mend it by the end of {}; afterwards the application counts as withdrawn, and \
                         you can apply again. The explanation stands in the case.",
                        by.en
                    ),
                ))
                .due(answer_by.date)
            };
            (Recipient::Enterprise, told)
        }
        Event::NoticeServed {
            answer_by: Some(answer_by),
            ..
        } => {
            let by = phrase::day(answer_by.date);
            let told = say(
                occurrence,
                ("文书已签收", "A notice was received"),
                (
                    "您已签收纸质文书，答复期限自签收之日起计算。",
                    "You have received the notice on paper: the time to answer runs from that day.",
                ),
            )
            .next(Words::new(
                format!("请于{}（含）前按文书要求答复。", by.zh),
                format!("Answer it by the end of {}.", by.en),
            ));
            (Recipient::Enterprise, told.due(answer_by.date))
        }
        Event::PapersRequested { demands, .. } => {
            let what = phrase::demands(demands, item);
            let told = say(
                occurrence,
                ("请补充材料", "Papers are asked for"),
                (
                    &format!("您的申请已视为受理，办理中还需要：{}。", what.zh),
                    &format!(
                        "Your application counts as accepted. Still needed: {}.",
                        what.en
                    ),
                ),
            )
            .next(Words::new(
                "请尽快提交；办理时限照常计算，申请不会因此退回。",
                "Hand it in soon: the limits run on, and the application is not sent back for it.",
            ));
            (Recipient::Enterprise, told)
        }
        Event::Supplemented { .. } => {
            let told = say(
                occurrence,
                ("补正材料已收到", "Supplement received"),
                (
                    "我们已收到您补交的材料。",
                    "We have received what you handed in.",
                ),
            );
            let waits = occurrence.after.course.accepted_at.is_none();
            let limits = Some(&occurrence.after.limits).filter(|_| waits);
            let told = match limits {
                Some(limits) => answer_by(told, limits),
                None => told,
            };
            (Recipient::Filer, told)
        }
        Event::CorrectionLapsed => {
            let told = say(
                occurrence,
                ("视为撤回申请", "Counts as withdrawn"),
                (
                    "您未在期限内补正，申请视为撤回。",
                    "The correction did not come in time: the application counts as withdrawn.",
                ),
            )
            .next(Words::new(
                "材料备齐后可以重新申请。",
                "You can apply again with complete papers.",
            ));
            (Recipient::Enterprise, told)
        }
        Event::DeferralUndertaken { undertaking } => {
            let what = phrase::materials(&undertaking.materials, item);
            let by = phrase::day(undertaking.cure_by);
            let told = say(
                occurrence,
                ("容缺承诺已收到", "Undertaking received"),
                (
                    &format!("您承诺后补：{}。", what.zh),
                    &format!("You have undertaken to bring later: {}.", what.en),
                ),
            )
            .next(Words::new(
                format!("请于{}（含）前补齐。", by.zh),
                format!("Bring them by the end of {}.", by.en),
            ));
            (Recipient::Filer, told.due(undertaking.cure_by))
        }
        Event::ConditionsUndertaken => {
            let told = say(
                occurrence,
                ("告知承诺已收到", "Undertaking received"),
                (
                    "您已承诺符合办理条件，我们将按告知承诺制办理。",
                    "You have undertaken to meet the conditions; the case is handled on your undertaking.",
                ),
            );
            (Recipient::Filer, told)
        }
        Event::Accepted {
            deemed, deferral, ..
        } => accepted(occurrence, *deemed, deferral.as_ref()),
        Event::NotAccepted {
            ground, remedies, ..
        } => {
            let text = match ground {
                NonAcceptance::NoPower => (
                    "申请事项不属于本机关职权范围，不予受理。理由和应当受理的机关见办件。",
                    "The matter is not this authority's and is not accepted. The reasons, with the \
                     right authority, stand in the case.",
                ),
                NonAcceptance::NothingToApplyFor => (
                    "申请事项依法不需要办理，不予受理。理由见办件。",
                    "The matter needs no approval and is not accepted. The reasons stand in the case.",
                ),
            };
            let told = say(occurrence, ("不予受理", "Not accepted"), text);
            (Recipient::Enterprise, contestable(told, remedies))
        }
        Event::Cured { .. } => {
            let told = say(
                occurrence,
                ("容缺材料已补齐", "Deferred papers received"),
                (
                    "容缺受理的材料已全部补齐。",
                    "The papers that were to follow have all come.",
                ),
            );
            (Recipient::Filer, told.due(promised(occurrence)))
        }
        Event::CureLapsed {
            materials,
            remedies,
        } => {
            let what = phrase::materials(materials, item);
            let told = say(
                occurrence,
                (
                    "未按承诺补齐材料，办理终止",
                    "Terminated: papers did not come",
                ),
                (
                    &format!("您承诺后补的材料未按期提交：{}。办理终止。", what.zh),
                    &format!(
                        "The papers undertaken did not come in time: {}. The procedure has ended.",
                        what.en
                    ),
                ),
            );
            (Recipient::Enterprise, contestable(told, remedies))
        }
        _ => return None,
    })
}

fn accepted(
    occurrence: &Occurrence<'_>,
    deemed: bool,
    deferral: Option<&DeferralUndertaking>,
) -> (Recipient, Message) {
    let text = if deemed {
        (
            "五个工作日内未答复，您的申请自收到材料之日起视为受理。",
            "There was no answer within five working days: your application counts as accepted \
             since the day of receipt.",
        )
    } else {
        ("您的申请已受理。", "Your application was accepted.")
    };
    let mut told = say(occurrence, ("已受理", "Accepted"), text);
    if let Some(by) = promised(occurrence) {
        let day = phrase::day(by);
        told = told.and(&Words::new(
            format!("承诺于{}（含）前作出决定。", day.zh),
            format!(" The decision is promised by the end of {}.", day.en),
        ));
    }
    let Some(undertaking) = deferral else {
        return (Recipient::Filer, told.due(promised(occurrence)));
    };
    let what = phrase::materials(&undertaking.materials, occurrence.item);
    let by = phrase::day(undertaking.cure_by);
    let told = told.next(Words::new(
        format!(
            "请于{}（含）前补齐：{}；逾期未补齐的，办理终止。",
            by.zh, what.zh
        ),
        format!(
            "Bring by the end of {}: {}. If they do not come, the procedure ends.",
            by.en, what.en
        ),
    ));
    (Recipient::Enterprise, told.due(undertaking.cure_by))
}
