//! CSV tables.

use std::borrow::Cow;

use csv::{ByteRecord, ErrorKind, ReaderBuilder};
use domain::media::RejectReason;
use encoding_rs::{GB18030, UTF_8};

use super::Facts;

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
    }
    if rows == 0 {
        return Err(RejectReason::TableEmpty);
    }
    Ok(Facts::Table { rows, columns })
}

fn decode(bytes: &[u8]) -> Option<Cow<'_, str>> {
    let without_mark = bytes.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(bytes);
    UTF_8
        .decode_without_bom_handling_and_without_replacement(without_mark)
        .or_else(|| GB18030.decode_without_bom_handling_and_without_replacement(bytes))
}
