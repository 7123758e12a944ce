//! PDF files (ISO 32000).

use std::collections::BTreeSet;

use domain::media::RejectReason;
use lopdf::xref::XrefRecovery;
use lopdf::{DecompressError, Dictionary, Document, Error, LoadOptions, Object};

use super::Facts;

const MAX_PAGES: usize = 500;
/// Bytes that the object streams of a file may inflate to, together.
const MAX_INFLATED_BYTES: usize = 16 * 1024 * 1024;
/// Objects that a file may hold, as [`objects_at_most`] counts them. An object takes 120 bytes in
/// memory, so that this is some 500 MB; 20 MiB of nothing but pictures count as 2 million.
const MAX_OBJECTS: usize = 4_000_000;
/// Within so many bytes of the end readers look for the end-of-file marker.
const TAIL_BYTES: usize = 1024;

/// Actions that run a script, start a program, or take data in or out.
const ACTIVE_ACTIONS: [&[u8]; 5] = [
    b"JavaScript",
    b"Launch",
    b"ImportData",
    b"SubmitForm",
    b"Rendition",
];

/// Parses the whole file and looks into every object.
pub(super) fn check(bytes: &[u8]) -> Result<Facts, Vec<RejectReason>> {
    let document = load(bytes).map_err(|reason| vec![reason])?;
    let mut reasons: BTreeSet<RejectReason> = BTreeSet::new();
    for object in document.objects.values() {
        inspect(&document, object, &mut reasons);
    }
    let pages: Vec<_> = document.page_iter().take(MAX_PAGES + 1).collect();
    if pages.is_empty() {
        reasons.insert(RejectReason::PdfWithoutPages);
    } else if pages.len() > MAX_PAGES {
        reasons.insert(RejectReason::PdfTooManyPages);
    }
    let has_contents = |&page| {
        document
            .get_page_contents(page)
            .into_iter()
            .all(|content| document.has_object(content))
    };
    if !pages.iter().all(has_contents) {
        reasons.insert(RejectReason::PdfDamaged);
    }
    if reasons.is_empty() {
        Ok(Facts::Pdf { pages: pages.len() })
    } else {
        Err(reasons.into_iter().collect())
    }
}

fn load(bytes: &[u8]) -> Result<Document, RejectReason> {
    if !has_end_marker(bytes) {
        return Err(RejectReason::PdfDamaged);
    }
    measure(bytes)?;
    let document = load_with(bytes, LoadOptions::default())?;
    let is_cut_off = document
        .linearization
        .as_ref()
        .is_some_and(|layout| layout.file_length > bytes.len() as u64);
    if is_cut_off || document.xref_recovery == Some(XrefRecovery::Reconstructed) {
        return Err(RejectReason::PdfDamaged);
    }
    Ok(document)
}

/// Refuses what would take too much memory to parse: a file of 16 KB can hold 8 million objects.
fn measure(bytes: &[u8]) -> Result<(), RejectReason> {
    let mut objects = objects_at_most(bytes);
    if objects > MAX_OBJECTS {
        return Err(RejectReason::PdfTooComplex);
    }
    let outline = load_with(bytes, LoadOptions::with_filter(only_object_streams))?;
    if outline.trailer.has(b"Encrypt") || outline.was_encrypted() {
        return Err(RejectReason::PdfEncrypted);
    }
    let mut left = MAX_INFLATED_BYTES;
    for stream in outline
        .objects
        .values()
        .filter_map(|object| object.as_stream().ok())
    {
        let content = stream
            .get_plain_content_with_limit(left)
            .map_err(|error| reason(&error))?;
        left = left.saturating_sub(content.len());
        objects += objects_at_most(&content);
        if objects > MAX_OBJECTS {
            return Err(RejectReason::PdfTooComplex);
        }
    }
    Ok(())
}

fn load_with(bytes: &[u8], options: LoadOptions) -> Result<Document, RejectReason> {
    let options = LoadOptions {
        max_decompressed_size: Some(MAX_INFLATED_BYTES),
        ..options
    };
    Document::load_mem_with_options(bytes, options).map_err(|error| reason(&error))
}

fn reason(error: &Error) -> RejectReason {
    match error {
        Error::Decompress(DecompressError::MemoryLimitExceeded { .. }) => {
            RejectReason::PdfTooComplex
        }
        Error::Decryption(_) | Error::InvalidPassword | Error::UnsupportedSecurityHandler(_) => {
            RejectReason::PdfEncrypted
        }
        _ => RejectReason::PdfDamaged,
    }
}

/// A file cut off within its last revision may still read as the one before; its end tells.
fn has_end_marker(bytes: &[u8]) -> bool {
    let tail = bytes
        .get(bytes.len().saturating_sub(TAIL_BYTES)..)
        .unwrap_or_default();
    tail.windows(5).any(|window| window == b"%%EOF")
}

/// Keeps object streams as they lie in the file and drops everything else, so that they can be
/// measured before they are parsed into objects, which take many times their size in memory.
fn only_object_streams(
    id: lopdf::ObjectId,
    object: &mut Object,
) -> Option<(lopdf::ObjectId, Object)> {
    let stream = object.as_stream_mut().ok()?;
    if !stream.dict.has_type(b"ObjStm") {
        return None;
    }
    // The loader unpacks what is still marked as an object stream when the filter returns.
    stream.dict.remove(b"Type");
    Some((id, object.clone()))
}

/// An upper bound of the objects written in `text`: every place where one may begin, whether or not
/// it lies within a string or a picture.
fn objects_at_most(text: &[u8]) -> usize {
    let mut is_apart = true;
    let mut objects = 0;
    for byte in text {
        let (begins, separates) = match byte {
            // The parser makes room for four elements at once.
            b'[' => (5, true),
            b'<' | b'(' | b'/' => (1, true),
            b'>' | b')' | b']' | b'{' | b'}' | b'%' | 0 | b'\t' | b'\n' | 12 | b'\r' | b' ' => {
                (0, true)
            }
            _ => (usize::from(is_apart), false),
        };
        objects += begins;
        is_apart = separates;
    }
    objects
}

/// Collects what speaks against `object` and all that lies directly in it.
fn inspect(document: &Document, object: &Object, reasons: &mut BTreeSet<RejectReason>) {
    match object {
        Object::Array(items) => {
            for item in items {
                inspect(document, item, reasons);
            }
        }
        Object::Dictionary(dictionary) => inspect_dictionary(document, dictionary, reasons),
        Object::Stream(stream) => inspect_dictionary(document, &stream.dict, reasons),
        _ => {}
    }
}

fn inspect_dictionary(
    document: &Document,
    dictionary: &Dictionary,
    reasons: &mut BTreeSet<RejectReason>,
) {
    let name_of = |key| {
        dictionary
            .get_deref(key, document)
            .and_then(Object::as_name)
            .ok()
    };
    let is_active = name_of(b"S").is_some_and(|action| ACTIVE_ACTIONS.contains(&action))
        || name_of(b"Subtype") == Some(b"RichMedia")
        || dictionary.has(b"XFA");
    if is_active {
        reasons.insert(RejectReason::PdfActiveContent);
    }
    if has_embedded_file(document, dictionary) {
        reasons.insert(RejectReason::PdfAttachment);
    }
    for (_, value) in dictionary {
        inspect(document, value, reasons);
    }
}

/// Whether the dictionary is a file specification that brings the file along.
fn has_embedded_file(document: &Document, dictionary: &Dictionary) -> bool {
    dictionary
        .get_deref(b"EF", document)
        .and_then(Object::as_dict)
        .is_ok_and(|files| files.has(b"F") || files.has(b"UF"))
}
