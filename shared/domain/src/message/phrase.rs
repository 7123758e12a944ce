//! Dates, lists and remedies in words.

use jiff::civil::Date;

use crate::application::{Demand, Remedy};
use crate::ids::MaterialCode;
use crate::instant::Instant;
use crate::item::ServiceItem;
use crate::words::Words;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A day as people write it.
pub(super) fn day(date: Date) -> Words {
    let month = usize::try_from(date.month() - 1).ok();
    let month = month.and_then(|month| MONTHS.get(month)).unwrap_or(&"");
    Words::new(
        format!("{}年{}月{}日", date.year(), date.month(), date.day()),
        format!("{} {month} {}", date.day(), date.year()),
    )
}

/// A moment in China time, to the minute.
pub(super) fn moment(at: Instant) -> Words {
    let written = at.to_string();
    let time = written.get(11..16).unwrap_or_default();
    let day = day(at.date());
    Words::new(
        format!("{} {time}", day.zh),
        format!("{}, {time} China time", day.en),
    )
}

/// The materials by name; those the item does not know by code.
pub(super) fn materials<'m>(
    codes: impl IntoIterator<Item = &'m MaterialCode>,
    item: &ServiceItem,
) -> Words {
    let names: Vec<Words> = codes
        .into_iter()
        .map(|code| {
            let unknown = || Words::new(code.as_str(), code.as_str());
            item.material(code)
                .map_or_else(unknown, |material| material.name.clone())
        })
        .collect();
    list(&names)
}

/// What a notice asks for: the materials by name, and how many places of the form.
pub(super) fn demands(demands: &[Demand], item: &ServiceItem) -> Words {
    let codes = demands.iter().filter_map(|demand| match demand {
        Demand::Material { material } => Some(material),
        Demand::Field { .. } => None,
    });
    let papers = materials(codes, item);
    let fields = demands
        .iter()
        .filter(|demand| matches!(demand, Demand::Field { .. }))
        .count();
    let form = match fields {
        0 => Vec::new(),
        1 => vec![Words::new("表单 1 处内容", "1 place in the form")],
        many => vec![Words::new(
            format!("表单 {many} 处内容"),
            format!("{many} places in the form"),
        )],
    };
    let papers = Some(papers).filter(|papers| !papers.zh.is_empty());
    list(&papers.into_iter().chain(form).collect::<Vec<_>>())
}

fn list(words: &[Words]) -> Words {
    let join = |texts: Vec<&str>, comma| texts.join(comma);
    Words::new(
        join(words.iter().map(|word| word.zh.as_str()).collect(), "、"),
        join(words.iter().map(|word| word.en.as_str()).collect(), "; "),
    )
}

/// What can be done against an act, with its periods.
pub(super) fn remedies(remedies: &[Remedy]) -> Words {
    let told: Vec<Words> = remedies
        .iter()
        .map(|remedy| match remedy {
            Remedy::Reconsideration { within_days, .. } => Words::new(
                format!("自送达之日起{within_days}日内向本级人民政府申请行政复议"),
                format!(
                    "administrative reconsideration by the people's government of the \
                     authority's level within {within_days} days of service"
                ),
            ),
            Remedy::Lawsuit { within_months, .. } => Words::new(
                format!("自送达之日起{within_months}个月内向有管辖权的人民法院提起行政诉讼"),
                format!(
                    "a lawsuit at the competent people's court within {within_months} months of \
                     service"
                ),
            ),
        })
        .collect();
    let told = list(&told);
    Words::new(
        format!("如不服，可以{}。", told.zh.replace('、', "，或者")),
        format!(
            "If you do not agree, you can seek {}.",
            told.en.replace("; ", ", or ")
        ),
    )
}
