//! The decision, and endings without one.

use super::super::{Message, Recipient, phrase, say};
use super::contestable;
use crate::application::Event;
use crate::occurrence::Occurrence;
use crate::words::Words;

pub(super) fn message(occurrence: &Occurrence<'_>) -> Option<(Recipient, Message)> {
    let matter = occurrence.item.matter_type;
    Some(match &occurrence.recorded.event {
        Event::Granted {
            valid_until,
            check_by,
            deliver_by,
            remedies,
            ..
        } => {
            let word = matter.granted();
            let mut told = say(
                occurrence,
                (&word.zh, &word.en),
                ("您的申请已获准。", "The decision is in your favour."),
            );
            if let Some(refused) = &occurrence.after.rows_refused {
                let all = occurrence.after.rows.map_or(0, usize::from);
                let refused = refused.numbers.len();
                told = told.and(&Words::new(
                    format!("申请表共{all}行，其中{refused}行未获准，逐行理由见办件。"),
                    format!(
                        " Of its {all} rows {refused} were refused; the reasons of each stand in the case."
                    ),
                ));
            }
            if let Some(end) = valid_until {
                let day = phrase::day(*end);
                told = told.and(&Words::new(
                    format!("有效期至{}。", day.zh),
                    format!(" It is valid through {}.", day.en),
                ));
            }
            if let Some(by) = deliver_by {
                let day = phrase::day(by.date);
                told = told.and(&Words::new(
                    format!("结果将于{}（含）前送达。", day.zh),
                    format!(" The result is delivered by the end of {}.", day.en),
                ));
            }
            let told = match check_by {
                Some(by) => {
                    let day = phrase::day(by.date);
                    told.next(Words::new(
                        format!(
                            "您承诺的内容将于{}（含）前核查，请备好相关材料；不属实的，将撤销。",
                            day.zh
                        ),
                        format!(
                            "What you undertook is checked by the end of {}: keep your papers at hand. \
                             If it is not true, the grant is revoked.",
                            day.en
                        ),
                    ))
                }
                None => told,
            };
            let told = told.due(deliver_by.map(|by| by.date));
            (Recipient::Enterprise, contestable(told, remedies))
        }
        Event::Refused { remedies, .. } => {
            let word = matter.refused();
            let told = say(
                occurrence,
                (&word.zh, &word.en),
                (
                    "您的申请未获准，理由见办件。",
                    "The decision is against the application; the reasons stand in the case.",
                ),
            );
            (Recipient::Enterprise, contestable(told, remedies))
        }
        Event::Withdrawn { .. } => {
            let told = say(
                occurrence,
                ("申请已撤回", "Application withdrawn"),
                (
                    "申请已撤回，不再办理。",
                    "It was withdrawn and is not handled any more.",
                ),
            )
            .next(Words::new(
                "如有需要，可以重新申请。",
                "You can apply again at any time.",
            ));
            (Recipient::Enterprise, told)
        }
        Event::Terminated { remedies, .. } => {
            let told = say(
                occurrence,
                ("办理终止", "The procedure was terminated"),
                (
                    "办理已终止，理由见办件。",
                    "The procedure has ended without a decision; the reasons stand in the case.",
                ),
            );
            (Recipient::Enterprise, contestable(told, remedies))
        }
        _ => return None,
    })
}
