//! Examination of an uploaded file: is it whole, what it says it is, and free of what no paper
//! needs? Pure functions over bytes.
//!
//! Limits keep hostile files from exhausting the function: what inflates is measured before it is
//! parsed, and nothing is ever written to disk. Malware is looked for by the scanner (`platform::scanner`).

mod format;
mod formula;
mod pdf;
mod picture;
mod table;
mod workbook;

use domain::chain::Digest;
use domain::media::{MAX_FILE_BYTES, MediaType, RejectReason};
use serde::Serialize;

/// What the applicant said about a file before sending it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Announced {
    /// The kind of file.
    pub media_type: MediaType,
    /// Bytes.
    pub size: u64,
    /// Digest of the whole file.
    pub sha256: Digest,
}

/// What became of the examination.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing speaks against the file, and this much is to be kept of it.
    Clean(Facts, Keep),
    /// Why the file is refused, everything found at once; never empty.
    Rejected(Vec<RejectReason>),
}

/// What is to be kept of a clean file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Keep {
    /// The file as it was sent.
    AsSent,
    /// These bytes in its place: a picture written anew from its pixels.
    Rewritten(Vec<u8>),
}

/// What the examination learnt about a clean file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Facts {
    /// A PDF.
    Pdf {
        /// Number of pages, 1 to 500.
        pages: usize,
    },
    /// A JPEG or PNG picture.
    Picture {
        /// Pixels, as it is to be looked at.
        width: u32,
        /// Pixels.
        height: u32,
    },
    /// An XLSX workbook.
    Workbook {
        /// Number of sheets, 1 to 100.
        sheets: usize,
        /// Cells that hold something, 1 to 1,000,000.
        cells: usize,
    },
    /// A CSV table.
    Table {
        /// Rows that are not blank, with the heading, 1 to 100,000.
        rows: usize,
        /// Columns of each row, at least 1.
        columns: usize,
    },
}

/// Examines the `bytes` of a file against what was announced and the kinds of file the material
/// takes.
pub fn examine(announced: &Announced, accepted: &[MediaType], bytes: &[u8]) -> Verdict {
    let mut reasons = check_announcement(announced, accepted, bytes);
    if bytes.is_empty() {
        reasons.push(RejectReason::FileEmpty);
    } else if !reasons.contains(&RejectReason::FileTooLarge) {
        match check_content(announced.media_type, bytes) {
            Ok((facts, keep)) if reasons.is_empty() => return Verdict::Clean(facts, keep),
            Ok(_) => {}
            Err(found) => reasons.extend(found),
        }
    }
    Verdict::Rejected(reasons)
}

fn check_announcement(
    announced: &Announced,
    accepted: &[MediaType],
    bytes: &[u8],
) -> Vec<RejectReason> {
    let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    let mut reasons = Vec::new();
    if !accepted.contains(&announced.media_type) {
        reasons.push(RejectReason::FormatNotAccepted);
    }
    if size > MAX_FILE_BYTES {
        reasons.push(RejectReason::FileTooLarge);
    }
    if size != announced.size {
        reasons.push(RejectReason::SizeDiffers);
    } else if Digest::of(bytes) != announced.sha256 {
        reasons.push(RejectReason::HashDiffers);
    }
    reasons
}

fn check_content(media_type: MediaType, bytes: &[u8]) -> Result<(Facts, Keep), Vec<RejectReason>> {
    format::check(media_type, bytes).map_err(|reason| vec![reason])?;
    let facts = match media_type {
        MediaType::Pdf => pdf::check(bytes)?,
        MediaType::Jpeg | MediaType::Png => {
            return picture::check(media_type, bytes)
                .map(|(facts, rewritten)| (facts, Keep::Rewritten(rewritten)))
                .map_err(|reason| vec![reason]);
        }
        MediaType::Xlsx => workbook::check(bytes)?,
        MediaType::Csv => table::check(bytes).map_err(|reason| vec![reason])?,
    };
    Ok((facts, Keep::AsSent))
}
