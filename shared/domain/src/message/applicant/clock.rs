//! What stops the clock, and what moves the limits.

use super::super::{Message, Recipient, phrase, say};
use super::decision_by;
use crate::application::Event;
use crate::calendar::Due;
use crate::clock::Ground;
use crate::occurrence::Occurrence;
use crate::words::Words;

pub(super) fn message(occurrence: &Occurrence<'_>) -> Option<(Recipient, Message)> {
    Some(match &occurrence.recorded.event {
        Event::SpecialProcedureStarted {
            ground,
            expected_end,
            ..
        } => {
            let (name, by) = (
                Ground::SpecialProcedure(*ground).name(),
                phrase::day(*expected_end),
            );
            let told = say(
                occurrence,
                ("进入特别程序", "A special procedure began"),
                (
                    &format!(
                        "办理中需要{}，所需时间不计入办理时限，预计于{}结束。",
                        name.zh, by.zh
                    ),
                    &format!(
                        "The case needs: {}. Its time is taken out of the limits; it is expected to \
                         be over by {}.",
                        name.en, by.en
                    ),
                ),
            );
            (Recipient::Filer, told.due(*expected_end))
        }
        Event::SpecialProcedureEnded { ground, .. } => {
            let name = Ground::SpecialProcedure(*ground).name();
            let told = say(
                occurrence,
                ("特别程序已结束", "The special procedure is over"),
                (
                    &format!("{}已结束，继续办理。", name.zh),
                    &format!("{} is over; the case goes on.", name.en),
                ),
            );
            let told = told.and(&still_stopped(occurrence));
            (Recipient::Filer, decision_by(told, occurrence))
        }
        Event::Suspended { .. } => {
            let told = say(
                occurrence,
                ("办理中止", "The procedure was suspended"),
                (
                    "因申请人一方的原因，办理中止，办理时限停止计算。",
                    "The procedure was suspended for a cause on the applicant's side; the limits stand still.",
                ),
            )
            .next(Words::new(
                "请查看办件中写明的原因和依据；原因消除后恢复办理。",
                "Read the cause and its basis in the case; it goes on once the cause is removed.",
            ));
            (Recipient::Enterprise, told)
        }
        Event::Resumed { .. } => {
            let told = say(
                occurrence,
                ("恢复办理", "The procedure goes on"),
                ("办理已恢复。", "The procedure goes on."),
            );
            let told = told.and(&still_stopped(occurrence));
            (Recipient::Filer, decision_by(told, occurrence))
        }
        Event::Extended { days, .. } => {
            let told = say(
                occurrence,
                ("办理期限延长", "The limit was extended"),
                (
                    &format!("经本机关负责人批准，办理期限延长{days}个工作日，理由见办件。"),
                    &format!(
                        "The head of the authority has extended the limits by {days} working days; \
                         the reasons stand in the case."
                    ),
                ),
            );
            (Recipient::Filer, decision_by(told, occurrence))
        }
        Event::Recomputed { days, .. } => {
            return recomputed(occurrence, days.answer_by.or(days.ask_by));
        }
        _ => return None,
    })
}

/// What is said of dates that move; nothing where none does.
fn recomputed(occurrence: &Occurrence<'_>, answer_by: Option<Due>) -> Option<(Recipient, Message)> {
    let before = occurrence.before.map(|before| before.limits);
    if before == Some(occurrence.after.limits) && answer_by.is_none() {
        return None;
    }
    let told = say(
        occurrence,
        ("办理期限已重新计算", "The limits were computed again"),
        (
            "按新公布的节假日安排，办理期限已重新计算。",
            "They follow the calendar of public holidays that was published since.",
        ),
    );
    let told = match answer_by.map(|due| due.date) {
        Some(last_day) => {
            let by = phrase::day(last_day);
            told.next(Words::new(
                format!("请在{}（含）前答复。", by.zh),
                format!("Answer by the end of {}.", by.en),
            ))
            .due(last_day)
        }
        None => decision_by(told, occurrence),
    };
    Some((Recipient::Filer, told))
}

/// That something else still stops the clock, where it does.
fn still_stopped(occurrence: &Occurrence<'_>) -> Words {
    if occurrence.after.is_paused() {
        Words::new(
            "因另有程序正在进行，办理时限仍暂停计算。",
            " The limits still stand still: another procedure is going on.",
        )
    } else {
        Words::new("", "")
    }
}
