//! Hearing, attendance and checks on site.

use super::super::{Message, Recipient, phrase, say};
use super::decision_by;
use crate::application::{ASK_WITHIN_WORKING_DAYS, Event};
use crate::item::Attendance;
use crate::occurrence::Occurrence;
use crate::words::Words;

#[expect(
    clippy::too_many_lines,
    reason = "an arm for each event, of a few words"
)]
pub(super) fn message(occurrence: &Occurrence<'_>) -> Option<(Recipient, Message)> {
    Some(match &occurrence.recorded.event {
        Event::HearingOffered { ask_by, .. } => {
            let by = phrase::day(ask_by.date);
            let told = say(
                occurrence,
                ("听证权利告知", "Right to a hearing"),
                (
                    "作出决定前，您有权要求听证。",
                    "Before it is decided, you have the right to a hearing.",
                ),
            );
            let told = if occurrence.after.paper_service {
                told.next(Words::new(
                    format!(
                        "请签收纸质听证告知书；如要求听证，请自签收之日起{ASK_WITHIN_WORKING_DAYS}个工作日内提出，逾期视为放弃。"
                    ),
                    format!(
                        "The notice is handed to you on paper: if you want a hearing, ask for it within \
                         {ASK_WITHIN_WORKING_DAYS} working days of receiving it; afterwards it counts as waived."
                    ),
                ))
            } else {
                told.next(Words::new(
                    format!("如要求听证，请于{}（含）前提出；逾期视为放弃。", by.zh),
                    format!(
                        "If you want one, ask for it by the end of {}; afterwards it counts as waived.",
                        by.en
                    ),
                ))
                .due(ask_by.date)
            };
            (Recipient::Enterprise, told)
        }
        Event::HearingRequested { hold_by } => {
            let by = phrase::day(*hold_by);
            let told = say(
                occurrence,
                ("听证申请已收到", "Request for a hearing received"),
                (
                    &format!("听证最迟于{}举行，时间和地点将提前七日通知。", by.zh),
                    &format!(
                        "It is held by {}; you are told when and where seven days before.",
                        by.en
                    ),
                ),
            );
            (Recipient::Filer, told.due(*hold_by))
        }
        Event::HearingForgone => {
            let told = say(
                occurrence,
                ("未要求听证", "No hearing was asked for"),
                (
                    "期限内无人要求听证，继续办理。",
                    "Nobody asked for a hearing in time; the case goes on.",
                ),
            );
            (Recipient::Filer, told)
        }
        Event::HearingScheduled { at, .. } => {
            let when = phrase::moment(*at);
            let told = say(
                occurrence,
                ("听证通知", "Notice of the hearing"),
                (
                    &format!("听证于{}举行，在此期间不计入办理时限。", when.zh),
                    &format!(
                        "The hearing is on {}; until it is held the limits stand still.",
                        when.en
                    ),
                ),
            )
            .next(Words::new(
                "请按时参加，地点和议程见办件。",
                "Be there in time; place and order stand in the case.",
            ));
            (Recipient::Enterprise, told.due(at.date()))
        }
        Event::HearingHeld { .. } => {
            let told = say(
                occurrence,
                ("听证已举行", "The hearing was held"),
                (
                    "听证已举行，决定将依据听证笔录作出。",
                    "The hearing was held; the decision rests on its minutes.",
                ),
            );
            (Recipient::Filer, decision_by(told, occurrence))
        }
        Event::AttendanceBooked { at } => {
            let when = phrase::moment(*at);
            let told = say(
                occurrence,
                ("到场预约成功", "Your attendance is booked"),
                (
                    &format!("您已预约于{}到场。", when.zh),
                    &format!("You are booked for {}.", when.en),
                ),
            );
            let told = match &occurrence.item.attendance {
                Some(attendance) => told.next(attend(attendance)),
                None => told,
            };
            (Recipient::Filer, told.due(at.date()))
        }
        Event::Attended => {
            let told = say(
                occurrence,
                ("已到场", "Attendance recorded"),
                (
                    "到场已登记，继续办理。",
                    "Your attendance was recorded; the case goes on.",
                ),
            );
            (Recipient::Filer, told)
        }
        Event::Inspected { .. } => {
            let told = say(
                occurrence,
                ("已实地核查", "Checked on site"),
                (
                    "两名工作人员已完成实地核查。",
                    "Two officers have checked on site.",
                ),
            );
            (Recipient::Filer, told)
        }
        _ => return None,
    })
}

fn attend(attendance: &Attendance) -> Words {
    let place = &attendance.place;
    let mut words = Words::new(
        format!("地点：{}。", place.zh),
        format!("Where: {}.", place.en),
    );
    if !attendance.bring.is_empty() {
        let bring = |text: fn(&Words) -> &str, comma| {
            let texts: Vec<&str> = attendance.bring.iter().map(text).collect();
            texts.join(comma)
        };
        let (zh, en) = (
            format!("请携带：{}。", bring(|word| &word.zh, "、")),
            format!(" Bring: {}.", bring(|word| &word.en, "; ")),
        );
        words.zh.push_str(&zh);
        words.en.push_str(&en);
    }
    words
}
