//! CSV tables.

use std::borrow::Cow;

use csv::{ByteRecord, ErrorKind, ReaderBuilder};
use domain::media::RejectReason;
use encoding_rs::{GB18030, UTF_8};

use super::{Facts, formula};

const MAX_ROWS: usize = 100_000;

/// Reads the whole table, as UTF-8 or, as spreadsheets in China save it, GB 18030.
pub(super) fn check(bytes: &[u8]) -> Result<Facts, RejectReason> {
    let text = decode(bytes).ok_or(RejectReason::TableEncoding)?;
    if text
        .chars()
        .any(|character| character.is_control() && !matches!(character, '\t' | '\r' | '\n'))
    {
        return Err(RejectReason::NotWhatItSays);
    }
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .from_reader(text.as_bytes());
    let mut record = ByteRecord::new();
    let mut rows = 0;
    let mut columns = 0;
    let mut has_formula = false;
    while reader
        .read_byte_record(&mut record)
        .map_err(|error| match error.kind() {
            ErrorKind::UnequalLengths { .. } => RejectReason::TableUneven,
            _ => RejectReason::NotWhatItSays,
        })?
    {
        rows += 1;
        columns = record.len();
        if rows > MAX_ROWS {
            return Err(RejectReason::TableTooLarge);
        }
        // The text was decoded as a whole, so that every cell is UTF-8.
        has_formula |= record
            .iter()
            .any(|cell| std::str::from_utf8(cell).is_ok_and(is_formula));
    }
    if rows == 0 {
        return Err(RejectReason::TableEmpty);
    }
    if has_formula {
        return Err(RejectReason::TableFormulas);
    }
    Ok(Facts::Table { rows, columns })
}

/// Whether a spreadsheet that opens the table would compute `cell`. Numbers with a sign, telephone
/// numbers, and text kept as text by `="0351"` are not computed, or to no other end.
fn is_formula(cell: &str) -> bool {
    let cell = cell.trim_start();
    if let Some(formula) = cell.strip_prefix(['=', '＝']) {
        return !is_text(formula.trim());
    }
    cell.strip_prefix(['+', '-', '@', '＋', '－', '＠'])
        .map(formula::reach)
        .is_some_and(|reach| reach.outside || reach.calls)
}

/// Whether `formula` is nothing but a text in quotation marks.
fn is_text(formula: &str) -> bool {
    let within = formula
        .strip_prefix('"')
        .and_then(|text| text.strip_suffix('"'));
    within.is_some_and(|text| !text.contains('"'))
}

fn decode(bytes: &[u8]) -> Option<Cow<'_, str>> {
    let without_mark = bytes.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(bytes);
    UTF_8
        .decode_without_bom_handling_and_without_replacement(without_mark)
        .or_else(|| GB18030.decode_without_bom_handling_and_without_replacement(bytes))
}
