//! XLSX workbooks: an archive of XML parts.

mod part;

use std::io::{Cursor, Read};

use calamine::{DataRef, Reader, SheetType, Xlsx};
use domain::media::RejectReason;
use zip::ZipArchive;

use super::Facts;

const MAX_PARTS: usize = 2_000;
/// Bytes of all parts unpacked.
const MAX_UNPACKED_BYTES: u64 = 64 * 1024 * 1024;
/// Unpacked bytes for each byte of the file. Real workbooks stay below 60; deflate reaches 1,032.
const MAX_RATIO: u64 = 200;
const MAX_SHEETS: usize = 100;
/// Cells in all sheets, also empty ones. Sheets may share a part, so that its size says little.
const MAX_CELLS: usize = 1_000_000;
/// XML tags in all parts. A cell takes three or four, of which none stays in memory; the style of a
/// cell takes one and 155 bytes, so that this is some 600 MB.
const MAX_TAGS: usize = 4_000_000;

/// Unpacks every part, looks for those no paper needs, and reads every cell.
pub(super) fn check(bytes: &[u8]) -> Result<Facts, Vec<RejectReason>> {
    let Parts {
        names,
        reach_outside,
    } = unpack(bytes).map_err(|reason| vec![reason])?;
    if !names.iter().any(|part| part == "xl/workbook.xml") {
        return Err(vec![RejectReason::NotWhatItSays]);
    }
    let unwanted = unwanted(&names, reach_outside);
    if !unwanted.is_empty() {
        return Err(unwanted);
    }
    read_cells(bytes).map_err(|reason| vec![reason])
}

/// What was seen when all parts were unpacked.
struct Parts {
    /// Their names in lower case.
    names: Vec<String>,
    /// Whether formulas or links in any of them reach outside the workbook.
    reach_outside: bool,
}

/// Unpacks all parts within the limits and looks into them one by one. Declared sizes are not trusted;
/// checksums must fit.
fn unpack(bytes: &[u8]) -> Result<Parts, RejectReason> {
    let mut archive =
        ZipArchive::new(Cursor::new(bytes)).map_err(|_| RejectReason::WorkbookDamaged)?;
    if archive.len() > MAX_PARTS {
        return Err(RejectReason::WorkbookTooLarge);
    }
    let packed = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    let mut left = MAX_UNPACKED_BYTES.min(packed.saturating_mul(MAX_RATIO));
    let mut tags = 0;
    let mut reach_outside = false;
    let mut names = Vec::with_capacity(archive.len());
    let mut unpacked = Vec::new();
    for index in 0..archive.len() {
        let part = archive
            .by_index(index)
            .map_err(|_| RejectReason::WorkbookDamaged)?;
        let name = part.name().map_err(|_| RejectReason::WorkbookDamaged)?;
        let name = name.to_lowercase().replace('\\', "/");
        unpacked.clear();
        let length = part
            .take(left + 1)
            .read_to_end(&mut unpacked)
            .map_err(|_| RejectReason::WorkbookDamaged)?;
        left = u64::try_from(length)
            .ok()
            .and_then(|length| left.checked_sub(length))
            .ok_or(RejectReason::WorkbookTooLarge)?;
        tags += memchr::memchr_iter(b'<', &unpacked).count();
        if tags > MAX_TAGS {
            return Err(RejectReason::WorkbookTooLarge);
        }
        reach_outside |= part::is_xml(&name) && part::reaches_outside(&unpacked)?;
        names.push(name);
    }
    Ok(Parts {
        names,
        reach_outside,
    })
}

/// Parts that run programs, fetch data or carry other files.
fn unwanted(parts: &[String], reach_outside: bool) -> Vec<RejectReason> {
    let has = |markers: &[&str]| {
        parts
            .iter()
            .any(|part| markers.iter().any(|marker| part.contains(marker)))
    };
    [
        (
            RejectReason::WorkbookMacros,
            has(&["vbaproject", "/macrosheets/", "/activex/", "/ctrlprops/"]),
        ),
        (
            RejectReason::WorkbookExternalLinks,
            reach_outside || has(&["/externallinks/", "xl/connections.xml", "/querytables/"]),
        ),
        (
            RejectReason::WorkbookEmbeddedObjects,
            has(&["/embeddings/"]),
        ),
    ]
    .into_iter()
    .filter_map(|(reason, found)| found.then_some(reason))
    .collect()
}

/// Counts what the sheets hold, cell by cell: a range would span all that lies between two cells,
/// and two cells can span 17 thousand million.
fn read_cells(bytes: &[u8]) -> Result<Facts, RejectReason> {
    let mut workbook: Xlsx<_> =
        Xlsx::new(Cursor::new(bytes)).map_err(|_| RejectReason::WorkbookDamaged)?;
    let sheets: Vec<String> = workbook
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet)
        .map(|sheet| sheet.name.clone())
        .collect();
    if sheets.len() > MAX_SHEETS {
        return Err(RejectReason::WorkbookTooLarge);
    }
    let mut read = 0;
    let mut cells = 0;
    for sheet in &sheets {
        let mut reader = workbook
            .worksheet_cells_reader(sheet)
            .map_err(|_| RejectReason::WorkbookDamaged)?;
        while let Some(cell) = reader
            .next_cell()
            .map_err(|_| RejectReason::WorkbookDamaged)?
        {
            read += 1;
            if read > MAX_CELLS {
                return Err(RejectReason::WorkbookTooLarge);
            }
            if *cell.get_value() != DataRef::Empty {
                cells += 1;
            }
        }
    }
    if cells == 0 {
        return Err(RejectReason::WorkbookEmpty);
    }
    Ok(Facts::Workbook {
        sheets: sheets.len(),
        cells,
    })
}
