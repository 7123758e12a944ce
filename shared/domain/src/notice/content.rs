//! What a notice says, in Chinese.

use jiff::civil::Date;

use crate::application::{
    ASK_WITHIN_WORKING_DAYS, Application, CORRECTION_WORKING_DAYS, DeferralUndertaking, Demand,
    Event, Hearing, NonAcceptance, Remedy, RowsRefused,
};
use crate::instant::Instant;
use crate::item::ServiceItem;

/// The text of a notice.
pub(super) struct Content {
    pub(super) paragraphs: Vec<String>,
    pub(super) remedies: Vec<String>,
}

/// What the notice of `event` says.
pub(super) fn of(
    event: &Event,
    after: &Application,
    item: &ServiceItem,
    unit_name: &str,
    at: Instant,
) -> Content {
    let name = &item.name.zh;
    let submitted = day(after.submitted_at().date());
    let opening = format!(
        "你单位于{submitted}向{unit_name}提出的“{name}”申请（办件编号 {}）",
        after.number
    );
    let mut paragraphs = at_intake(event, after, item, &opening);
    paragraphs.extend(on_the_way(event, after, &opening));
    paragraphs.extend(at_decision(event, after, item, &opening));
    paragraphs.extend(afterwards(event, after, item, &opening, at));
    paragraphs.extend(limits(event, after));
    Content {
        paragraphs,
        remedies: remedies_of(event)
            .iter()
            .map(|remedy| remedy_text(remedy, unit_name))
            .collect(),
    }
}

/// What is said from submission to acceptance.
fn at_intake(event: &Event, after: &Application, item: &ServiceItem, opening: &str) -> Vec<String> {
    match event {
        Event::Accepted {
            deemed, deferral, ..
        } => {
            let said = match (deemed, deferral) {
                (true, _) => format!(
                    "{opening}，本机关自收到之日起五个工作日内未告知需要补正的内容，依法视为受理，受理日期为{}。",
                    day(after.course.received_at.date())
                ),
                (false, Some(_)) => {
                    format!("{opening}，主要材料齐全，本机关根据你单位签署的容缺承诺予以容缺受理。")
                }
                (false, None) => format!("{opening}，材料齐全、符合法定形式，本机关予以受理。"),
            };
            let to_follow = deferral
                .as_ref()
                .map(|undertaking| to_follow(item, undertaking));
            std::iter::once(said).chain(to_follow).collect()
        }
        Event::NotAccepted { ground, .. } => vec![match ground {
            NonAcceptance::NoPower => {
                format!("{opening}，不属于本机关职权范围，本机关决定不予受理，请向有权机关申请。")
            }
            NonAcceptance::NothingToApplyFor => {
                format!("{opening}，依法不需要办理该事项，本机关决定不予受理。")
            }
        }],
        Event::CorrectionRequired {
            demands, answer_by, ..
        } => vec![
            format!(
                "{opening}，需要补正。请一次性补正下列全部内容：{}。",
                asked(demands, item)
            ),
            format!(
                "请{}通过本平台提交；收到全部补正材料之日为收到申请之日。逾期未补正的，视为撤回申请，可以重新申请。",
                within(CORRECTION_WORKING_DAYS, answer_by.date, after)
            ),
        ],
        Event::PapersRequested { demands, .. } => vec![format!(
            "{opening}已视为受理，请补充下列内容：{}。办理期限不因此中断。",
            asked(demands, item)
        )],
        Event::CorrectionLapsed => vec![format!(
            "{opening}，未在告知的期限内补正，视为撤回申请。你单位可以备齐材料后重新申请。"
        )],
        Event::CureLapsed { materials, .. } => vec![format!(
            "{opening}，未在承诺期限内补齐下列容缺材料：{}，本机关终止办理。",
            list(item, materials)
        )],
        _ => Vec::new(),
    }
}

fn to_follow(item: &ServiceItem, undertaking: &DeferralUndertaking) -> String {
    format!(
        "请于{}补齐下列材料：{}。材料补齐前不作出准予决定；逾期未补齐的，终止办理，且十二个月内不再适用容缺受理。",
        by(undertaking.cure_by),
        list(item, &undertaking.materials)
    )
}

/// What is said of the procedure between acceptance and decision.
fn on_the_way(event: &Event, after: &Application, opening: &str) -> Vec<String> {
    match event {
        Event::SpecialProcedureStarted { expected_end, .. } => vec![format!(
            "{opening}，依法需要进行特别程序，预计于{}完成。所需时间不计算在办理期限内。",
            by(*expected_end)
        )],
        Event::SpecialProcedureEnded { .. } => {
            vec![format!("{opening}，特别程序已经结束{}。", resumes(after))]
        }
        Event::HearingHeld { .. } => vec![format!(
            "{opening}，听证已经举行{}；本机关将根据听证笔录作出决定。",
            resumes(after)
        )],
        Event::Suspended { .. } => vec![format!(
            "{opening}，因出现你单位一方的原因，本机关中止办理。原因消除后恢复办理，中止期间不计算在办理期限内。"
        )],
        Event::Resumed { .. } => vec![format!("{opening}，中止原因已经消除{}。", resumes(after))],
        Event::HearingOffered { ask_by, .. } => vec![format!(
            "{opening}，直接涉及重大利益关系，你单位依法享有要求听证的权利。要求听证的，请{}通过本平台提出；逾期未提出的，视为放弃。组织听证不收取费用。",
            within(ASK_WITHIN_WORKING_DAYS, ask_by.date, after)
        )],
        Event::HearingScheduled { at, .. } => vec![format!(
            "{opening}，本机关定于{}举行听证，请准时参加。",
            moment(*at)
        )],
        Event::Extended { days, .. } => vec![format!(
            "{opening}，不能在办理期限内作出决定。经本机关负责人批准，延长{days}个工作日。"
        )],
        _ => Vec::new(),
    }
}

/// What is said of a decision.
fn at_decision(
    event: &Event,
    after: &Application,
    item: &ServiceItem,
    opening: &str,
) -> Vec<String> {
    let heard = matches!(after.hearing, Some(Hearing::Held { .. }));
    let minutes = heard.then(|| "本决定根据听证笔录作出（行政许可法第四十八条）。".to_owned());
    let mut said = match event {
        Event::Granted {
            valid_until,
            deliver_by,
            check_by,
            ..
        } => {
            let granted = item.matter_type.granted().zh;
            let mut all = vec![match &after.rows_refused {
                None => format!("{opening}，经审查，符合法定条件、标准，本机关决定{granted}。"),
                Some(refused) => by_row(refused, after, item, opening),
            }];
            if let Some(end) = valid_until {
                all.push(format!("有效期至{}。", day(*end)));
            }
            if let Some(due) = deliver_by {
                all.push(format!(
                    "结果文书《{}》于{}送达。",
                    item.result.name.zh,
                    by(due.date)
                ));
            }
            if let Some(due) = check_by {
                all.push(format!(
                    "本决定以告知承诺方式作出，本机关将于{}核查；承诺不实的，依法撤销。",
                    by(due.date)
                ));
            }
            all
        }
        Event::Refused { .. } => vec![format!(
            "{opening}，经审查，本机关决定{}。理由如下：",
            item.matter_type.refused().zh
        )],
        _ => Vec::new(),
    };
    if !said.is_empty() {
        said.splice(0..0, minutes);
    }
    said
}

/// What is said of a decision row by row.
fn by_row(refused: &RowsRefused, after: &Application, item: &ServiceItem, opening: &str) -> String {
    let (granting, refusing) = (item.matter_type.granted().zh, item.matter_type.refused().zh);
    let all = after.rows.map_or(0, usize::from);
    let granted = all.saturating_sub(refused.numbers.len());
    let numbers = refused.numbers.iter().map(u16::to_string);
    let numbers = numbers.collect::<Vec<_>>().join("、");
    format!(
        "{opening}，申请表共{all}行，经审查，其中{granted}行符合法定条件、标准，本机关决定{granting}；第{numbers}行，本机关决定{refusing}，理由逐行列明。"
    )
}

/// What is said of other ends, and of what was granted.
fn afterwards(
    event: &Event,
    after: &Application,
    item: &ServiceItem,
    opening: &str,
    at: Instant,
) -> Vec<String> {
    let name = &item.name.zh;
    match event {
        Event::Withdrawn { .. } => vec![format!(
            "{opening}，已于{}应你单位要求撤回。你单位可以重新申请。",
            day(at.date())
        )],
        Event::Terminated { .. } => vec![format!("{opening}，本机关决定终止办理。理由如下：")],
        Event::Renewed {
            valid_until,
            by_silence,
            ..
        } => vec![if *by_silence {
            format!(
                "你单位取得的“{name}”（办件编号 {}），本机关未在有效期届满前作出是否准予延续的决定，依法视为准予延续，有效期至{}。",
                after.number,
                day(*valid_until)
            )
        } else {
            format!(
                "你单位取得的“{name}”（办件编号 {}），本机关准予延续，有效期至{}。",
                after.number,
                day(*valid_until)
            )
        }],
        Event::Amended { .. } => vec![granted_matter(name, after, "准予变更")],
        Event::PetitionRefused { .. } => vec![granted_matter(
            name,
            after,
            "经审查，不同意你单位提出的申请。理由如下：",
        )],
        Event::Rescinded { .. } => vec![granted_matter(
            name,
            after,
            "因所依据的法律或者客观情况发生重大变化，为公共利益需要予以撤回；由此造成的财产损失依法给予补偿。理由如下：",
        )],
        Event::Revoked { .. } => vec![granted_matter(name, after, "予以撤销。理由如下：")],
        Event::Cancelled { .. } => vec![granted_matter(name, after, "予以注销。理由如下：")],
        _ => Vec::new(),
    }
}

/// Whether the clock runs on, or something else still stops it.
fn resumes(after: &Application) -> &'static str {
    if after.is_paused() {
        "，因另有程序正在进行，办理期限仍暂停计算"
    } else {
        "，自次日起恢复计算办理期限"
    }
}

/// The dates with which the limits end now, where the notice is one that moves them.
fn limits(event: &Event, after: &Application) -> Option<String> {
    let moves = matches!(
        event,
        Event::Accepted { .. }
            | Event::SpecialProcedureEnded { .. }
            | Event::HearingHeld { .. }
            | Event::Resumed { .. }
            | Event::Extended { .. }
    );
    // While something else stops the clock, no date is told that would not hold.
    let promised = after
        .limits
        .promised
        .filter(|_| moves && !after.is_paused())?;
    let provisional = if promised.provisional {
        "（次年节假日安排公布后重新计算）"
    } else {
        ""
    };
    let statutory = after.limits.statutory.map_or_else(String::new, |due| {
        format!("，法定期限届满日为{}", day(due.date))
    });
    Some(format!(
        "承诺办结日期为{}{statutory}{provisional}。",
        day(promised.date)
    ))
}

fn granted_matter(name: &str, after: &Application, what: &str) -> String {
    format!(
        "你单位取得的“{name}”（办件编号 {}），本机关{what}",
        after.number
    )
}

fn remedies_of(event: &Event) -> &[Remedy] {
    match event {
        Event::NotAccepted { remedies, .. }
        | Event::CureLapsed { remedies, .. }
        | Event::Granted { remedies, .. }
        | Event::Refused { remedies, .. }
        | Event::Terminated { remedies, .. }
        | Event::PetitionRefused { remedies, .. }
        | Event::Rescinded { remedies, .. }
        | Event::Revoked { remedies, .. } => remedies,
        _ => &[],
    }
}

fn remedy_text(remedy: &Remedy, unit_name: &str) -> String {
    match remedy {
        Remedy::Reconsideration { within_days, .. } => format!(
            "如不服，可以自收到本文书之日起{within_days}日内，向{unit_name}的本级人民政府申请行政复议"
        ),
        Remedy::Lawsuit { within_months, .. } => format!(
            "也可以自收到本文书之日起{within_months}个月内，向{unit_name}所在地有管辖权的人民法院提起行政诉讼"
        ),
    }
}

fn asked(demands: &[Demand], item: &ServiceItem) -> String {
    let each = demands.iter().enumerate().map(|(index, demand)| {
        let what = match demand {
            Demand::Material { material } => item
                .material(material)
                .map_or_else(|| material.to_string(), |material| material.name.zh.clone()),
            Demand::Field { pointer } => format!("申请表“{pointer}”一项"),
        };
        format!("（{}）{what}", index + 1)
    });
    each.collect::<Vec<_>>().join("；")
}

fn list(item: &ServiceItem, materials: &[crate::ids::MaterialCode]) -> String {
    let names = materials.iter().map(|code| {
        item.material(code)
            .map_or_else(|| code.to_string(), |material| material.name.zh.clone())
    });
    names.collect::<Vec<_>>().join("、")
}

fn day(date: Date) -> String {
    format!("{}年{}月{}日", date.year(), date.month(), date.day())
}

/// By the end of a day.
fn by(last_day: Date) -> String {
    format!("{}（含）前", day(last_day))
}

fn moment(at: Instant) -> String {
    let written = at.to_string();
    let time: String = written.chars().skip(11).take(5).collect();
    format!("{}{time}", day(at.date()))
}

/// Within which time something is to be done: by a day, or within days of service on paper.
fn within(working_days: u16, last_day: Date, after: &Application) -> String {
    if after.paper_service {
        format!("自签收本通知之日起{working_days}个工作日内")
    } else {
        format!("于{}", by(last_day))
    }
}
