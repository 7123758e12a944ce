//! What becomes of what was granted.

use super::super::{Message, Recipient, by_the_applicant, phrase, say};
use super::contestable;
use crate::application::{Event, Petition};
use crate::occurrence::Occurrence;
use crate::words::Words;

#[expect(
    clippy::too_many_lines,
    reason = "an arm for each event, of a few words"
)]
pub(super) fn message(occurrence: &Occurrence<'_>) -> Option<(Recipient, Message)> {
    Some(match &occurrence.recorded.event {
        Event::UndertakingChecked { holds: true, .. } => {
            let told = say(
                occurrence,
                ("承诺核查通过", "Your undertaking holds"),
                (
                    "经核查，您承诺的内容属实。",
                    "It was checked: what you undertook holds.",
                ),
            );
            (Recipient::Filer, told)
        }
        Event::UndertakingChecked { holds: false, .. } => {
            let told = say(
                occurrence,
                ("承诺核查未通过", "Your undertaking does not hold"),
                (
                    "经核查，您承诺的内容与实际不符，情况见办件。",
                    "It was checked: what you undertook does not hold. The findings stand in the case.",
                ),
            )
            .next(Words::new(
                "本机关可能撤销已作出的决定；如有异议，请尽快说明。",
                "The grant may be revoked: if you see it otherwise, say so soon.",
            ));
            (Recipient::Enterprise, told)
        }
        Event::Delivered { .. } => {
            let told = say(
                occurrence,
                ("结果已送达", "Result delivered"),
                ("办理结果已送达。", "The result has reached you."),
            );
            (Recipient::Filer, told)
        }
        Event::PetitionFiled {
            petition,
            answer_by,
            ..
        } => {
            let what = petitioned(*petition);
            let mut told = say(
                occurrence,
                (
                    &format!("{}申请已收到", what.zh),
                    &format!("Request for {} received", what.en),
                ),
                ("我们已收到您的申请。", "We have received your request."),
            );
            if let Some(by) = answer_by {
                let day = phrase::day(*by);
                told = told.and(&Words::new(
                    format!("将于{}（含）前答复。", day.zh),
                    format!(" It is answered by the end of {}.", day.en),
                ));
            }
            (Recipient::Filer, told.due(*answer_by))
        }
        Event::Renewed {
            valid_until,
            by_silence,
            ..
        } => {
            let day = phrase::day(*valid_until);
            let title = if *by_silence {
                ("视为准予延续", "Counts as renewed")
            } else {
                ("准予延续", "Renewed")
            };
            let told = say(
                occurrence,
                title,
                (
                    &format!("有效期延续至{}。", day.zh),
                    &format!("It is valid through {}.", day.en),
                ),
            );
            (Recipient::Enterprise, told)
        }
        Event::Amended { .. } => {
            let told = say(
                occurrence,
                ("准予变更", "Change granted"),
                ("变更申请已获准。", "The change you asked for was made."),
            );
            (Recipient::Enterprise, told)
        }
        Event::PetitionRefused {
            petition, remedies, ..
        } => {
            let what = petitioned(*petition);
            let told = say(
                occurrence,
                (
                    &format!("不予{}", what.zh),
                    &format!("Request for {} refused", what.en),
                ),
                (
                    "您的申请未获准，理由见办件。",
                    "It was refused; the reasons stand in the case.",
                ),
            );
            (Recipient::Enterprise, contestable(told, remedies))
        }
        Event::Rescinded { remedies, .. } => {
            let told = say(
                occurrence,
                (
                    "已撤回（《行政许可法》第八条）",
                    "Rescinded (Administrative Licensing Law art. 8)",
                ),
                (
                    "为了公共利益的需要，本机关撤回已作出的决定，理由见办件；由此造成的财产损失依法补偿。",
                    "What was granted was taken back for the public good; the reasons stand in the case. \
                     Loss of property is compensated by law.",
                ),
            );
            (Recipient::Enterprise, contestable(told, remedies))
        }
        Event::Revoked { remedies, .. } => {
            let told = say(
                occurrence,
                (
                    "已撤销（《行政许可法》第六十九条）",
                    "Revoked (Administrative Licensing Law art. 69)",
                ),
                (
                    "本机关撤销已作出的决定，理由见办件。",
                    "What was granted was undone; the reasons stand in the case.",
                ),
            );
            (Recipient::Enterprise, contestable(told, remedies))
        }
        Event::Cancelled { .. } => {
            let text = if by_the_applicant(&occurrence.recorded.actor) {
                ("已按您的申请注销。", "It was struck off at your request.")
            } else {
                (
                    "已由本机关依法注销，理由见办件。",
                    "The authority has struck it off; the reasons stand in the case.",
                )
            };
            let told = say(occurrence, ("已注销", "Struck off"), text);
            (Recipient::Enterprise, told)
        }
        _ => return None,
    })
}

fn petitioned(petition: Petition) -> Words {
    match petition {
        Petition::Renewal => Words::new("延续", "renewal"),
        Petition::Amendment => Words::new("变更", "a change"),
    }
}
