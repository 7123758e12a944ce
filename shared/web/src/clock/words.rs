//! The sum of a limit in a sentence.

use domain::calendar::Due;
use domain::clock::{Account, Extra, StartEvent, Started};
use domain::item::LimitUnit;
use domain::words::Words;
use jiff::civil::Date;

/// How the limit comes to its end.
pub(super) fn explanation(account: &Account) -> Words {
    let (Some(started), Some(due)) = (account.started, account.due) else {
        return Words::new("起算事由尚未发生。", "What starts it has not happened yet.");
    };
    let clauses = [
        Some(counted(account, started)),
        left_out(account),
        moved(account),
        account.extension.as_ref().map(extended),
        Some(ends(due)),
    ];
    let clauses: Vec<Words> = clauses.into_iter().flatten().collect();
    let (zh, en): (Vec<&str>, Vec<&str>) = clauses
        .iter()
        .map(|clause| (clause.zh.as_str(), clause.en.as_str()))
        .unzip();
    let (zh_open, en_open) = if due.provisional {
        (
            "其中有年度的节假日安排尚未公布，届满日期可能调整。",
            " Holidays of a year in it are not announced yet, so the date may move.",
        )
    } else {
        ("", "")
    };
    Words::new(
        format!("{}。{zh_open}", zh.join("，")),
        format!("{}.{en_open}", en.join("; ")),
    )
}

fn counted(account: &Account, started: Started) -> Words {
    let (start, number, unit) = (started.at.date(), account.number, unit(account.unit));
    let (name_zh, name_en) = (started.event.name().zh, event_en(started.event));
    let start_zh = date_zh(start);
    if number == 0 {
        return Words::new(
            format!("自{start_zh}（{name_zh}）起，限当日，当日为休息日的限下一个工作日"),
            format!("By the end of {start} ({name_en}), or of the next working day"),
        );
    }
    let days = plural(u32::from(number), &unit.en);
    Words::new(
        format!("自{start_zh}（{name_zh}，当日不计）起{number}个{}", unit.zh),
        format!("{days} after {start} ({name_en}), which does not count"),
    )
}

fn left_out(account: &Account) -> Option<Words> {
    let days: u32 = account.pauses.iter().map(|pause| pause.days).sum();
    let unit = unit(account.unit);
    (days > 0).then(|| {
        Words::new(
            format!("扣除暂停的{days}个{}", unit.zh),
            format!("pauses of {} left out", plural(days, &unit.en)),
        )
    })
}

fn moved(account: &Account) -> Option<Words> {
    let days = account.days_off_at_end;
    (days > 0 && account.number > 0).then(|| {
        Words::new(
            format!("末日为休息日，顺延{days}日"),
            format!(
                "moved by {} because it would end on a day off",
                plural(days, "day")
            ),
        )
    })
}

fn extended(extension: &Extra) -> Words {
    let days = extension.days;
    if extension.late {
        Words::new(
            "批准延期时该时限已届满，不再延长",
            "an extension that came after it had ended adds nothing",
        )
    } else {
        Words::new(
            format!("经批准延长{days}个工作日"),
            format!("extended by {}", plural(u32::from(days), "working day")),
        )
    }
}

fn ends(due: Due) -> Words {
    Words::new(
        format!("于{}23时59分59秒（北京时间）届满", date_zh(due.date)),
        format!("ends with {}, 23:59:59 China time", due.date),
    )
}

fn unit(unit: LimitUnit) -> Words {
    match unit {
        LimitUnit::WorkingDay => Words::new("工作日", "working day"),
        LimitUnit::CalendarDay => Words::new("自然日", "calendar day"),
    }
}

const fn event_en(event: StartEvent) -> &'static str {
    match event {
        StartEvent::Receipt => "receipt of the complete papers",
        StartEvent::Acceptance => "acceptance",
        StartEvent::DeemedAcceptance => "receipt; silence counts as acceptance",
        StartEvent::Decision => "decision",
    }
}

fn plural(number: u32, unit: &str) -> String {
    let ending = if number == 1 { "" } else { "s" };
    format!("{number} {unit}{ending}")
}

fn date_zh(date: Date) -> String {
    format!("{}年{}月{}日", date.year(), date.month(), date.day())
}
