//! The XML parts of a workbook, read for formulas and links that lead out of it.

use domain::media::RejectReason;
use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};

use crate::examine::formula;

/// Elements that hold a formula, in whatever part: of cells, names, tables, conditions, lists of
/// choices and charts (ECMA-376, part 1).
const FORMULAS: [&str; 7] = [
    "calculatedColumnFormula",
    "definedName",
    "f",
    "formula",
    "formula1",
    "formula2",
    "totalsRowFormula",
];

/// Whether the part called `name`, in lower case, is XML.
pub(super) fn is_xml(name: &str) -> bool {
    [".xml", ".rels", ".vml"]
        .iter()
        .any(|ending| name.ends_with(ending))
}

/// Whether anything in `part` reaches outside the workbook.
///
/// # Errors
/// [`RejectReason::WorkbookDamaged`] where it is not the plain XML in UTF-8 that all programs write: what
/// one program reads in it, another may not.
pub(super) fn reaches_outside(part: &[u8]) -> Result<bool, RejectReason> {
    let damaged = RejectReason::WorkbookDamaged;
    // UTF-16 of Latin letters is also UTF-8, with zeros in it.
    let text = std::str::from_utf8(part)
        .ok()
        .filter(|text| !text.contains('\0'));
    let mut reader = Reader::from_str(text.ok_or(damaged)?);
    let mut formula: Option<String> = None;
    loop {
        let event = reader.read_event().map_err(|_| damaged)?;
        if let Some(formula) = &mut formula {
            add_text(formula, &event)?;
        }
        match event {
            Event::Decl(declaration) => {
                let encoding = declaration.encoding().transpose().map_err(|_| damaged)?;
                if encoding.is_some_and(|encoding| !encoding.eq_ignore_ascii_case("utf-8")) {
                    return Err(damaged);
                }
            }
            Event::DocType(_) => return Err(damaged),
            Event::Start(element) => {
                if leads_outside(&element)? {
                    return Ok(true);
                }
                if FORMULAS.contains(&element.local_name().into_inner()) {
                    formula = Some(String::new());
                }
            }
            Event::Empty(element) if leads_outside(&element)? => return Ok(true),
            Event::End(element)
                if FORMULAS.contains(&element.local_name().into_inner())
                    && reaches(formula.take()) =>
            {
                return Ok(true);
            }
            Event::Eof => return Ok(false),
            _ => {}
        }
    }
}

fn reaches(formula: Option<String>) -> bool {
    formula.is_some_and(|formula| formula::reach(&formula).outside)
}

/// Adds to `formula` what `event` says of its text.
fn add_text(formula: &mut String, event: &Event<'_>) -> Result<(), RejectReason> {
    let damaged = RejectReason::WorkbookDamaged;
    match event {
        Event::Text(text) => formula.push_str(text),
        Event::CData(text) => formula.push_str(text),
        Event::GeneralRef(name) => match name.resolve_char_ref().map_err(|_| damaged)? {
            Some(character) => formula.push(character),
            None => formula.push_str(resolve_predefined_entity(name).ok_or(damaged)?),
        },
        _ => {}
    }
    Ok(())
}

/// Whether `element` is a relationship with something outside: data that is taken in, or a link into
/// the network of whoever follows it. Links to web pages and mail addresses wait to be followed.
fn leads_outside(element: &BytesStart<'_>) -> Result<bool, RejectReason> {
    if element.local_name().into_inner() != "Relationship" {
        return Ok(false);
    }
    let value = |name| -> Result<String, RejectReason> {
        let attribute = element.try_get_attribute(name).ok().flatten();
        let value = attribute.map(|attribute| {
            let value = attribute.normalized_value(XmlVersion::Implicit1_0);
            value.map(|value| value.to_lowercase())
        });
        let value = value
            .transpose()
            .map_err(|_| RejectReason::WorkbookDamaged)?;
        Ok(value.unwrap_or_default())
    };
    if value("TargetMode")? != "external" {
        return Ok(false);
    }
    let target = value("Target")?.replace('\\', "/");
    let into_the_network = ["file:", "//", "smb:", "ftp:"];
    Ok(!value("Type")?.ends_with("/hyperlink")
        || into_the_network
            .iter()
            .any(|start| target.trim().starts_with(start)))
}
