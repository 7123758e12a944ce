//! Which kinds of file the bytes are, whatever the file is called.

use std::io::Cursor;

use domain::media::{MediaType, RejectReason};
use zip::ZipArchive;

/// Signature of compound files: workbooks before 2007, and newer ones under a password.
const COMPOUND_FILE: [u8; 8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

/// Checks that the file is of the announced kind and of no other.
pub(super) fn check(announced: MediaType, bytes: &[u8]) -> Result<(), RejectReason> {
    if announced == MediaType::Xlsx && bytes.starts_with(&COMPOUND_FILE) {
        return Err(RejectReason::WorkbookProtected);
    }
    let is_announced = is(announced, bytes);
    let is_another = MediaType::ALL
        .into_iter()
        .any(|other| other != announced && is(other, bytes));
    match (is_announced, is_another) {
        // A CSV has no signature: it is one unless it is something else.
        (true, false) => Ok(()),
        (false, false) if announced == MediaType::Csv => Ok(()),
        (true, true) => Err(RejectReason::SecondFormat),
        (false, _) => Err(RejectReason::NotWhatItSays),
    }
}

/// Whether a reader of this kind would open the file: each looks for its signature in its own place,
/// which is what makes files of two kinds possible.
fn is(media_type: MediaType, bytes: &[u8]) -> bool {
    match media_type {
        MediaType::Pdf => infer::archive::is_pdf(bytes),
        MediaType::Jpeg => infer::image::is_jpeg(bytes),
        MediaType::Png => infer::image::is_png(bytes),
        // Any archive counts: whether it is a workbook is seen when it is opened.
        MediaType::Xlsx => {
            infer::archive::is_zip(bytes) || ZipArchive::new(Cursor::new(bytes)).is_ok()
        }
        MediaType::Csv => false,
    }
}
