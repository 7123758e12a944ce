//! What officers are told: what reaches the one who has a case in hand from outside, and what waits for
//! somebody who does not find it in their work.

use jiff::civil::Date;

use super::{Message, Recipient, phrase, say};
use crate::application::{Event, Hearing};
use crate::ids::OfficerId;
use crate::instant::Instant;
use crate::occurrence::Occurrence;
use crate::officer::Post;
use crate::words::Words;

#[expect(
    clippy::too_many_lines,
    reason = "an arm for each event, of a few words"
)]
pub(super) fn messages(occurrence: &Occurrence<'_>) -> Vec<(Recipient, Message)> {
    let Occurrence {
        before,
        recorded,
        after,
        ..
    } = occurrence;
    let had_it = before.and_then(|before| before.claim.as_ref());
    let had_it = had_it.map(|claim| claim.officer.clone());
    let has_it = after.claim.as_ref().map(|claim| claim.officer.clone());
    let promised = promised(occurrence);
    let told = match &recorded.event {
        Event::Reassigned { to, .. } => return reassigned(occurrence, to),
        Event::Supplemented { .. } => has_it.map(|officer| {
            let told = say(
                occurrence,
                ("补充材料已提交", "Papers were handed in"),
                (
                    "申请人已提交您要求的材料。",
                    "The applicant has handed in what you asked for.",
                ),
            );
            (officer, told.due(promised))
        }),
        Event::Cured { .. } => has_it.map(|officer| {
            let told = say(
                occurrence,
                ("容缺材料已补齐", "Deferred papers have come"),
                (
                    "申请人已补齐容缺受理的材料。",
                    "The papers that were to follow have all come.",
                ),
            );
            (officer, told.due(promised))
        }),
        Event::HearingRequested { hold_by } => has_it.map(|officer| {
            let by = phrase::day(*hold_by);
            let told = say(
                occurrence,
                ("申请人要求听证", "A hearing was asked for"),
                (
                    "申请人要求举行听证。",
                    "The applicant has asked for a hearing.",
                ),
            )
            .next(Words::new(
                format!(
                    "请确定时间、地点和主持人，最迟于{}举行，并提前七日通知。",
                    by.zh
                ),
                format!(
                    "Set time, place and chair: hold it by {}, with seven days' notice.",
                    by.en
                ),
            ));
            (officer, told.due(*hold_by))
        }),
        Event::HearingForgone => has_it.map(|officer| {
            let told = say(
                occurrence,
                ("无人要求听证", "No hearing was asked for"),
                (
                    "期限内无人要求听证，可以继续办理。",
                    "Nobody asked for a hearing in time: the case can go on.",
                ),
            );
            (officer, told.due(promised))
        }),
        Event::HearingScheduled { at, chair, .. } => {
            return hearing_scheduled(occurrence, *at, chair);
        }
        Event::AttendanceBooked { at } => has_it.map(|officer| {
            let when = phrase::moment(*at);
            let told = say(
                occurrence,
                ("申请人已预约到场", "An attendance was booked"),
                (
                    &format!("申请人预约于{}到场。", when.zh),
                    &format!("The applicant comes on {}.", when.en),
                ),
            );
            (officer, told.due(at.date()))
        }),
        Event::ExtensionRequested { days, .. } => {
            return vec![(
                Recipient::Post(Post::Head),
                extension_asked(occurrence, *days),
            )];
        }
        Event::Extended { days, .. } => {
            let asked = before.and_then(|before| before.extension_asked.as_ref());
            asked.map(|asked| {
                let told = say(
                    occurrence,
                    ("延期已批准", "Your extension was approved"),
                    (
                        &format!("办理期限延长{days}个工作日。"),
                        &format!("The limits are longer by {days} working days."),
                    ),
                );
                (asked.by.clone(), told.due(promised))
            })
        }
        Event::Returned { .. } => {
            let reviewed = before.and_then(|before| before.handling.reviewed_by.clone());
            reviewed.map(|reviewer| {
                let told = say(
                    occurrence,
                    ("办件退回审查", "A case was returned to the review"),
                    (
                        "您审查的办件被退回，原因见办件记录。",
                        "A case that you reviewed was returned; the reason stands in the case.",
                    ),
                );
                (reviewer, told.due(promised))
            })
        }
        Event::Accepted { deemed: true, .. } => had_it.map(|officer| {
            let told = say(
                occurrence,
                ("办件视为受理", "A case counts as accepted"),
                (
                    "五个工作日内未答复申请人，自收到材料之日起视为受理。",
                    "The applicant had no answer within five working days: it counts as accepted \
                     since the day of receipt.",
                ),
            );
            (officer, told.due(promised))
        }),
        Event::Withdrawn { .. } => had_it.map(|officer| {
            let told = say(
                occurrence,
                ("申请人撤回申请", "An application was withdrawn"),
                (
                    "您在办的申请已由申请人撤回，无需继续办理。",
                    "The applicant has withdrawn it: there is nothing more to do.",
                ),
            );
            (officer, told)
        }),
        Event::CureLapsed { .. } | Event::Terminated { .. } => had_it.map(|officer| {
            let told = say(
                occurrence,
                ("办件已终止", "A case was terminated"),
                (
                    "您在办的办件已终止，无需继续办理。",
                    "A case in your hands has ended: there is nothing more to do.",
                ),
            );
            (officer, told)
        }),
        Event::Renewed {
            by_silence: true, ..
        } => had_it.map(|officer| {
            let told = say(
                occurrence,
                ("视为准予延续", "A term counts as renewed"),
                (
                    "有效期届满前未作出决定，视为准予延续。",
                    "No decision came before the term ended: it counts as renewed.",
                ),
            );
            (officer, told)
        }),
        Event::Cancelled { .. } => had_it.map(|officer| {
            let told = say(
                occurrence,
                ("已注销", "Struck off"),
                (
                    "您在办的事项已注销，无需继续办理。",
                    "What you have in hand was struck off: there is nothing more to do.",
                ),
            );
            (officer, told)
        }),
        // They reach officers in their work, or are the officer's own acts.
        Event::Submitted(_)
        | Event::Claimed { .. }
        | Event::Released
        | Event::CorrectionRequired { .. }
        | Event::PapersRequested { .. }
        | Event::CorrectionLapsed
        | Event::NoticeServed { .. }
        | Event::DeferralUndertaken { .. }
        | Event::ConditionsUndertaken
        | Event::Accepted { deemed: false, .. }
        | Event::NotAccepted { .. }
        | Event::SpecialProcedureStarted { .. }
        | Event::SpecialProcedureEnded { .. }
        | Event::Suspended { .. }
        | Event::Resumed { .. }
        | Event::HearingOffered { .. }
        | Event::HearingHeld { .. }
        | Event::Attended
        | Event::Inspected { .. }
        | Event::Recommended { .. }
        | Event::Granted { .. }
        | Event::Refused { .. }
        | Event::UndertakingChecked { .. }
        | Event::Delivered { .. }
        | Event::PetitionFiled { .. }
        | Event::Renewed {
            by_silence: false, ..
        }
        | Event::Amended { .. }
        | Event::PetitionRefused { .. }
        | Event::Rescinded { .. }
        | Event::Revoked { .. }
        | Event::Recomputed { .. } => None,
    };
    told.map(|(officer, message)| (Recipient::Officer(officer), message))
        .into_iter()
        .collect()
}

/// What is said to who has the case now and to who had it.
fn reassigned(occurrence: &Occurrence<'_>, to: &OfficerId) -> Vec<(Recipient, Message)> {
    let before = occurrence.before;
    let had_it = before.and_then(|before| before.claim.as_ref());
    let given = say(
        occurrence,
        ("办件转交给您", "A case was given to you"),
        (
            "该办件已转由您办理，原因见办件记录。",
            "It is now in your hands; the reason stands in the case.",
        ),
    )
    .next(Words::new(
        "请在时限内继续办理。",
        "Go on with it within its limit.",
    ))
    .due(promised(occurrence));
    let taken = say(
        occurrence,
        ("办件已转由他人办理", "A case was given to another officer"),
        (
            "您在办的该办件已转由他人办理，原因见办件记录。",
            "It is no longer in your hands; the reason stands in the case.",
        ),
    );
    let given = (Recipient::Officer(to.clone()), given);
    let taken = had_it
        .filter(|claim| claim.officer != *to)
        .map(|claim| (Recipient::Officer(claim.officer.clone()), taken));
    std::iter::once(given).chain(taken).collect()
}

/// What is said to who chairs the hearing, and to who was to chair it before it was put off.
fn hearing_scheduled(
    occurrence: &Occurrence<'_>,
    at: Instant,
    chair: &OfficerId,
) -> Vec<(Recipient, Message)> {
    let when = phrase::moment(at);
    let told = say(
        occurrence,
        ("请您主持听证", "You chair a hearing"),
        (
            &format!("听证于{}举行，地点和议程见办件。", when.zh),
            &format!(
                "It is held on {}; place and order stand in the case.",
                when.en
            ),
        ),
    )
    .due(at.date());
    let relieved = say(
        occurrence,
        ("听证改由他人主持", "Another officer chairs the hearing"),
        (
            "听证已改期，改由其他人员主持，您无需出席。",
            "The hearing was put off and is chaired by another officer: you need not come.",
        ),
    );
    let before = match occurrence.before.and_then(|before| before.hearing.as_ref()) {
        Some(Hearing::Scheduled { chair: before, .. }) if before != chair => Some(before.clone()),
        _ => None,
    };
    std::iter::once((chair.clone(), told))
        .chain(before.map(|before| (before, relieved)))
        .map(|(officer, message)| (Recipient::Officer(officer), message))
        .collect()
}

/// What is said to the head, who alone can give more time.
fn extension_asked(occurrence: &Occurrence<'_>, days: u16) -> Message {
    say(
        occurrence,
        ("延期申请待批准", "An extension waits for you"),
        (
            &format!("承办人申请延长办理期限{days}个工作日，理由见办件。"),
            &format!(
                "The handler asks for {days} more working days; the reasons stand in the case."
            ),
        ),
    )
    .next(Words::new(
        "请在时限届满前作出决定；期满后不得再延期。",
        "Decide before the limit ends: afterwards it can no longer be extended.",
    ))
    .due(promised(occurrence))
}

fn promised(occurrence: &Occurrence<'_>) -> Option<Date> {
    occurrence.after.limits.promised.map(|due| due.date)
}
