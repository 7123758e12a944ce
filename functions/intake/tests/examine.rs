//! The examination of papers, with the real papers of a hotel and with what goes wrong: by
//! accident, and on purpose.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "helpers of tests fail by panicking"
)]

use std::io::{Cursor, Read, Write};
use std::path::Path;

use domain::chain::Digest;
use domain::media::MediaType::{self, Csv, Jpeg, Pdf, Png, Xlsx};
use domain::media::{MAX_FILE_BYTES, RejectReason};
use intake::examine::{Announced, Facts, Verdict, examine};
use proptest::prelude::*;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

fn paper(path: &str) -> Vec<u8> {
    let papers = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/papers");
    std::fs::read(papers.join(path)).unwrap()
}

fn hotel(material: &str) -> Vec<u8> {
    paper(&format!("PSB-APR-004/{material}"))
}

fn announcement(media_type: MediaType, bytes: &[u8]) -> Announced {
    Announced {
        media_type,
        size: bytes.len() as u64,
        sha256: Digest::of(bytes),
    }
}

/// Examines a file that arrived just as announced, for a material that takes its kind.
fn examined(media_type: MediaType, bytes: &[u8]) -> Verdict {
    examine(&announcement(media_type, bytes), &MediaType::ALL, bytes)
}

#[track_caller]
fn assert_rejected(media_type: MediaType, bytes: &[u8], reasons: &[RejectReason]) {
    assert_eq!(
        examined(media_type, bytes),
        Verdict::Rejected(reasons.to_vec())
    );
}

#[test]
fn every_paper_of_the_hotel_is_clean() {
    for (material, pages) in [
        ("MAT-BIZ.pdf", 1),
        ("MAT-PREMISES.pdf", 2),
        ("MAT-FIRE.pdf", 1),
        ("MAT-RULES.pdf", 2),
        ("MAT-POA.pdf", 1),
    ] {
        assert_eq!(
            examined(Pdf, &hotel(material)),
            Verdict::Clean(Facts::Pdf { pages }),
            "{material}"
        );
    }
    for (material, width, height) in [
        ("MAT-LEGAL-ID.jpg", 1180, 1560),
        ("MAT-PLAN.jpg", 1600, 1130),
    ] {
        assert_eq!(
            examined(Jpeg, &hotel(material)),
            Verdict::Clean(Facts::Picture { width, height })
        );
    }
    // Title, subtitle, eight headings, and ten people of whom five have a guard's certificate.
    assert_eq!(
        examined(Xlsx, &hotel("MAT-STAFF.xlsx")),
        Verdict::Clean(Facts::Workbook {
            sheets: 1,
            cells: 2 + 8 + 10 * 7 + 5
        })
    );
}

mod announcement {
    use super::*;

    #[test]
    fn a_material_that_takes_pdf_only_refuses_a_picture() {
        let bytes = hotel("MAT-PLAN.jpg");
        assert_eq!(
            examine(&announcement(Jpeg, &bytes), &[Pdf], &bytes),
            Verdict::Rejected(vec![RejectReason::FormatNotAccepted])
        );
    }

    #[test]
    fn other_bytes_than_announced_are_refused() {
        let bytes = hotel("MAT-BIZ.pdf");
        let other = hotel("MAT-FIRE.pdf");
        let announced = Announced {
            size: other.len() as u64,
            ..announcement(Pdf, &bytes)
        };
        assert_eq!(
            examine(&announced, &[Pdf], &other),
            Verdict::Rejected(vec![RejectReason::HashDiffers])
        );
    }

    #[test]
    fn everything_wrong_is_told_at_once() {
        let bytes = hotel("MAT-BIZ.pdf");
        let cut = &bytes[..bytes.len() / 2];
        assert_eq!(
            examine(&announcement(Pdf, &bytes), &[Jpeg, Png], cut),
            Verdict::Rejected(vec![
                RejectReason::FormatNotAccepted,
                RejectReason::SizeDiffers,
                RejectReason::PdfDamaged
            ])
        );
    }

    #[test]
    fn an_empty_file_is_refused_as_any_kind() {
        for media_type in MediaType::ALL {
            assert_rejected(media_type, b"", &[RejectReason::FileEmpty]);
        }
    }

    #[test]
    fn a_file_over_the_limit_is_not_even_opened() {
        let bytes = vec![0; usize::try_from(MAX_FILE_BYTES).unwrap() + 1];
        assert_rejected(Pdf, &bytes, &[RejectReason::FileTooLarge]);
    }
}

mod format {
    use super::*;

    #[test]
    fn a_file_is_what_its_bytes_say_not_its_name() {
        assert_rejected(
            Pdf,
            &paper("broken/renamed-png.pdf"),
            &[RejectReason::NotWhatItSays],
        );
        for (media_type, material) in [
            (Pdf, "MAT-PLAN.jpg"),
            (Jpeg, "MAT-BIZ.pdf"),
            (Png, "MAT-PLAN.jpg"),
            (Xlsx, "MAT-BIZ.pdf"),
            (Csv, "MAT-STAFF.xlsx"),
            (Csv, "MAT-PLAN.jpg"),
            (Csv, "MAT-BIZ.pdf"),
        ] {
            assert_rejected(media_type, &hotel(material), &[RejectReason::NotWhatItSays]);
        }
    }

    #[test]
    fn the_renamed_picture_is_clean_under_its_own_kind() {
        assert_eq!(
            examined(Png, &paper("broken/renamed-png.pdf")),
            Verdict::Clean(Facts::Picture {
                width: 400,
                height: 282
            })
        );
    }

    #[test]
    fn a_picture_that_opens_as_an_archive_too_is_refused() {
        let mut polyglot = hotel("MAT-PLAN.jpg");
        polyglot.extend(hotel("MAT-STAFF.xlsx"));
        assert_rejected(Jpeg, &polyglot, &[RejectReason::SecondFormat]);
    }

    #[test]
    fn a_pdf_that_opens_as_an_archive_too_is_refused() {
        let mut polyglot = hotel("MAT-BIZ.pdf");
        polyglot.extend(hotel("MAT-STAFF.xlsx"));
        assert_rejected(Pdf, &polyglot, &[RejectReason::SecondFormat]);
    }

    #[test]
    fn a_picture_that_opens_as_a_pdf_too_is_refused() {
        let picture = hotel("MAT-PLAN.jpg");
        let pdf = hotel("MAT-BIZ.pdf");
        // A comment segment right after the start of the image carries the PDF's first bytes.
        let comment = &pdf[..512];
        let length = u16::try_from(comment.len() + 2).unwrap().to_be_bytes();
        let polyglot = [
            &picture[..2],
            &[0xFF, 0xFE],
            &length,
            comment,
            &picture[2..],
        ]
        .concat();
        assert_rejected(Jpeg, &polyglot, &[RejectReason::SecondFormat]);
    }
}

mod pdf {
    use lopdf::{Dictionary, Document, Object, ObjectId, SaveOptions, Stream, dictionary};

    use super::*;

    /// The hotel's licence with something done to it, as an editor saves it.
    fn edited(edit: impl FnOnce(&mut Document)) -> Vec<u8> {
        let mut document = Document::load_mem(&hotel("MAT-BIZ.pdf")).unwrap();
        edit(&mut document);
        let mut bytes = Vec::new();
        document.save_to(&mut bytes).unwrap();
        bytes
    }

    fn catalog(document: &mut Document) -> &mut Dictionary {
        document.catalog_mut().unwrap()
    }

    fn page(document: &Document) -> ObjectId {
        document.page_iter().next().unwrap()
    }

    #[test]
    fn a_file_cut_off_anywhere_is_damaged() {
        assert_rejected(
            Pdf,
            &paper("broken/truncated.pdf"),
            &[RejectReason::PdfDamaged],
        );
        let whole = hotel("MAT-RULES.pdf");
        for percent in (5..100).step_by(5) {
            let cut = &whole[..whole.len() * percent / 100];
            assert_rejected(Pdf, cut, &[RejectReason::PdfDamaged]);
        }
    }

    #[test]
    fn an_edited_file_is_clean_with_or_without_object_streams() {
        let plain = edited(|_| {});
        assert_eq!(
            examined(Pdf, &plain),
            Verdict::Clean(Facts::Pdf { pages: 1 })
        );
        let mut document = Document::load_mem(&plain).unwrap();
        let mut modern = Vec::new();
        document
            .save_with_options(
                &mut modern,
                SaveOptions::builder()
                    .use_object_streams(true)
                    .use_xref_streams(true)
                    .build(),
            )
            .unwrap();
        assert_eq!(
            examined(Pdf, &modern),
            Verdict::Clean(Facts::Pdf { pages: 1 })
        );
    }

    #[test]
    fn a_signed_update_cut_off_does_not_pass_as_the_version_before() {
        let mut bytes = hotel("MAT-BIZ.pdf");
        bytes.extend(b"999 0 obj\n<< /Type /Sig /Contents <");
        bytes.extend([b'0'; 4000]);
        assert_rejected(Pdf, &bytes, &[RejectReason::PdfDamaged]);
    }

    #[test]
    fn a_page_whose_contents_are_gone_is_damaged() {
        let bytes = edited(|document| {
            let contents = document.get_page_contents(page(document));
            for content in contents {
                document.objects.remove(&content);
            }
        });
        assert_rejected(Pdf, &bytes, &[RejectReason::PdfDamaged]);
    }

    #[test]
    fn a_file_without_pages_is_refused() {
        let bytes = edited(|document| {
            let root = catalog(document)
                .get(b"Pages")
                .unwrap()
                .as_reference()
                .unwrap();
            let pages = document.get_dictionary_mut(root).unwrap();
            pages.set("Kids", Vec::<Object>::new());
            pages.set("Count", 0);
        });
        assert_rejected(Pdf, &bytes, &[RejectReason::PdfWithoutPages]);
    }

    #[test]
    fn more_than_500_pages_are_refused() {
        let with_pages = |count: usize| {
            edited(|document| {
                let root = catalog(document)
                    .get(b"Pages")
                    .unwrap()
                    .as_reference()
                    .unwrap();
                let first = document.get_dictionary(page(document)).unwrap().clone();
                let kids: Vec<Object> = (0..count)
                    .map(|_| document.add_object(first.clone()).into())
                    .collect();
                document.get_dictionary_mut(root).unwrap().set("Kids", kids);
            })
        };
        assert_eq!(
            examined(Pdf, &with_pages(500)),
            Verdict::Clean(Facts::Pdf { pages: 500 })
        );
        assert_rejected(Pdf, &with_pages(501), &[RejectReason::PdfTooManyPages]);
    }

    #[test]
    fn an_encrypted_file_is_refused_even_when_it_opens_without_a_password() {
        let bytes = edited(|document| {
            document.trailer.set(
                "ID",
                vec![
                    Object::string_literal("0123456789abcdef"),
                    Object::string_literal("0123456789abcdef"),
                ],
            );
            let state = lopdf::EncryptionState::try_from(lopdf::EncryptionVersion::V2 {
                document: &*document,
                owner_password: "owner",
                user_password: "",
                key_length: 128,
                permissions: lopdf::Permissions::PRINTABLE,
            })
            .unwrap();
            document.encrypt(&state).unwrap();
        });
        assert_rejected(Pdf, &bytes, &[RejectReason::PdfEncrypted]);
    }

    #[test]
    fn scripts_and_actions_are_refused_wherever_they_hide() {
        let script =
            || dictionary! { "S" => "JavaScript", "JS" => Object::string_literal("app.alert(1)") };
        let on_open = edited(|document| catalog(document).set("OpenAction", script()));
        let on_page = edited(|document| {
            let page = page(document);
            let actions = dictionary! { "O" => script() };
            document
                .get_dictionary_mut(page)
                .unwrap()
                .set("AA", actions);
        });
        let behind_a_name = edited(|document| {
            let name = document.add_object("Launch");
            let action = document
                .add_object(dictionary! { "S" => name, "F" => Object::string_literal("cmd.exe") });
            catalog(document).set("OpenAction", action);
        });
        let left_over = edited(|document| {
            document.add_object(dictionary! { "S" => "SubmitForm", "F" => Object::string_literal("https://example.com") });
        });
        let dynamic_form = edited(|document| {
            catalog(document).set("AcroForm", dictionary! { "XFA" => Vec::<Object>::new() });
        });
        for bytes in [on_open, on_page, behind_a_name, left_over, dynamic_form] {
            assert_rejected(Pdf, &bytes, &[RejectReason::PdfActiveContent]);
        }
    }

    #[test]
    fn links_and_bookmarks_are_no_active_content() {
        let bytes = edited(|document| {
            let page = page(document);
            catalog(document).set("OpenAction", vec![page.into(), Object::from("Fit")]);
            let link = dictionary! {
                "Type" => "Annot", "Subtype" => "Link",
                "A" => dictionary! { "S" => "URI", "URI" => Object::string_literal("https://example.com") }
            };
            document
                .get_dictionary_mut(page)
                .unwrap()
                .set("Annots", vec![link.into()]);
        });
        assert_eq!(
            examined(Pdf, &bytes),
            Verdict::Clean(Facts::Pdf { pages: 1 })
        );
    }

    #[test]
    fn an_attached_file_is_refused() {
        let bytes = edited(|document| {
            let file = document.add_object(Stream::new(
                dictionary! { "Type" => "EmbeddedFile" },
                b"MZ".to_vec(),
            ));
            let specification = document.add_object(dictionary! {
                "Type" => "Filespec", "F" => Object::string_literal("invoice.exe"),
                "EF" => dictionary! { "F" => file }
            });
            let names = dictionary! { "Names" => vec![Object::string_literal("invoice"), specification.into()] };
            catalog(document).set("Names", dictionary! { "EmbeddedFiles" => names });
        });
        assert_rejected(Pdf, &bytes, &[RejectReason::PdfAttachment]);
    }

    /// The hotel's licence with object streams of these contents beside its own objects.
    fn with_object_streams(contents: &[Vec<u8>]) -> Vec<u8> {
        let mut bytes = edited(|document| {
            for content in contents {
                let members = [b"900 0   ", content.as_slice()].concat();
                let mut stream = Stream::new(
                    dictionary! { "Type" => "ObjBmb", "N" => 1, "First" => 8 },
                    members,
                );
                stream.compress().unwrap();
                document.add_object(stream);
            }
        });
        // The editor does not write object streams that it has not made itself.
        while let Some(at) = bytes.windows(6).position(|name| name == b"ObjBmb") {
            bytes[at..at + 6].copy_from_slice(b"ObjStm");
        }
        bytes
    }

    #[test]
    fn a_small_file_may_not_inflate_without_measure() {
        let bytes = with_object_streams(&vec![vec![b' '; 9 * 1024 * 1024]; 2]);
        assert!(bytes.len() < 200_000);
        assert_rejected(Pdf, &bytes, &[RejectReason::PdfTooComplex]);
    }

    #[test]
    fn a_small_file_may_not_hold_millions_of_objects() {
        let bytes =
            with_object_streams(&[[b"[".to_vec(), b"[]".repeat(900_000), b"]".to_vec()].concat()]);
        assert!(bytes.len() < 200_000);
        assert_rejected(Pdf, &bytes, &[RejectReason::PdfTooComplex]);
    }

    #[test]
    fn a_large_file_may_not_hold_millions_of_objects() {
        let bytes = edited(|document| {
            document.add_object(vec![Object::Integer(0); 4_100_000]);
        });
        assert_rejected(Pdf, &bytes, &[RejectReason::PdfTooComplex]);
    }

    #[test]
    fn a_scan_as_large_as_files_may_be_is_clean() {
        let noise =
            (0..19 * 1024 * 1024_u32).map(|at| (at.wrapping_mul(2_654_435_761) >> 24) as u8);
        let bytes = edited(|document| {
            document.add_object(Stream::new(
                dictionary! { "Type" => "XObject", "Subtype" => "Image" },
                noise.collect(),
            ));
        });
        assert_eq!(
            examined(Pdf, &bytes),
            Verdict::Clean(Facts::Pdf { pages: 1 })
        );
    }
}

mod picture {
    use super::*;

    #[test]
    fn a_picture_cut_off_anywhere_is_damaged() {
        let photograph = hotel("MAT-LEGAL-ID.jpg");
        let scan = paper("broken/renamed-png.pdf");
        for permille in (50..1000).step_by(50).chain([999]) {
            for (media_type, whole) in [(Jpeg, &photograph), (Png, &scan)] {
                let cut = &whole[..whole.len() * permille / 1000];
                assert_rejected(media_type, cut, &[RejectReason::PictureDamaged]);
            }
        }
        assert_rejected(
            Jpeg,
            &photograph[..photograph.len() - 2],
            &[RejectReason::PictureDamaged],
        );
    }

    #[test]
    fn a_phone_may_append_data_of_its_own() {
        let mut photograph = hotel("MAT-PLAN.jpg");
        photograph.extend(b"SEFHe\0\0\0\x01\0\0\0Image_UTC_Data1790000000000SEFT");
        assert_eq!(
            examined(Jpeg, &photograph),
            Verdict::Clean(Facts::Picture {
                width: 1600,
                height: 1130
            })
        );
    }

    #[test]
    fn one_changed_byte_in_a_scan_shows() {
        let mut scan = paper("broken/renamed-png.pdf");
        let middle = scan.len() / 2;
        scan[middle] ^= 0x10;
        assert_rejected(Png, &scan, &[RejectReason::PictureDamaged]);
    }

    #[test]
    fn a_small_file_may_not_unfold_into_an_enormous_picture() {
        // 8,001 × 8,000 pixels of eight-bit grey, with the check sum of that.
        let header = b"IHDR\x00\x00\x1F\x41\x00\x00\x1F\x40\x08\0\0\0\0\xCC\x58\x99\x16";
        let mut bomb = paper("broken/renamed-png.pdf");
        bomb[12..33].copy_from_slice(header);
        assert_rejected(Png, &bomb, &[RejectReason::PictureTooLarge]);
    }
}

mod workbook {
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
        assert_eq!(
            examined(Xlsx, &bytes),
            Verdict::Clean(Facts::Workbook {
                sheets: 1,
                cells: 2
            })
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
        let parts: Vec<(&str, &[u8])> =
            names.iter().map(|name| (name.as_str(), &b""[..])).collect();
        assert_rejected(Xlsx, &with_parts(&parts), &[RejectReason::WorkbookTooLarge]);
    }
}

mod table {
    use encoding_rs::GB18030;

    use super::*;

    const VEHICLES: &str = "号牌号码,号牌种类,车辆识别代号\r\n晋A12345,大型汽车,LXX0A1B26RA000001\r\n晋AF12345,小型新能源汽车,\"LXX0A1B28RA000002\"\r\n";

    #[test]
    fn a_table_is_read_in_the_encodings_of_the_country() {
        let clean = Verdict::Clean(Facts::Table {
            rows: 3,
            columns: 3,
        });
        let with_mark = format!("\u{FEFF}{VEHICLES}");
        let (legacy, ..) = GB18030.encode(VEHICLES);
        for bytes in [VEHICLES.as_bytes(), with_mark.as_bytes(), &legacy] {
            assert_eq!(examined(Csv, bytes), clean);
        }
    }

    #[test]
    fn an_encoding_of_elsewhere_is_refused() {
        let utf_16: Vec<u8> = "\u{FEFF}号牌"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_rejected(Csv, &utf_16, &[RejectReason::TableEncoding]);
    }

    #[test]
    fn a_program_is_no_table() {
        assert_rejected(
            Csv,
            b"\x7FELF\x02\x01\x01\0\0\0\0\0",
            &[RejectReason::NotWhatItSays],
        );
    }

    #[test]
    fn a_row_that_lacks_a_column_is_refused() {
        assert_rejected(Csv, b"a,b,c\n1,2,3\n1,2\n", &[RejectReason::TableUneven]);
    }

    #[test]
    fn blank_lines_are_no_rows() {
        assert_rejected(Csv, b"\r\n\r\n", &[RejectReason::TableEmpty]);
    }

    #[test]
    fn up_to_100_000_rows_are_taken() {
        let full = "1,2\n".repeat(100_000);
        assert_eq!(
            examined(Csv, full.as_bytes()),
            Verdict::Clean(Facts::Table {
                rows: 100_000,
                columns: 2
            })
        );
        let over = "1,2\n".repeat(100_001);
        assert_rejected(Csv, over.as_bytes(), &[RejectReason::TableTooLarge]);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Damage of any sort ends in a verdict, never in a panic.
    #[test]
    fn every_damaged_paper_gets_a_verdict(
        which in 0..4_usize, flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..40),
    ) {
        let (media_type, file) = [
            (Pdf, "PSB-APR-004/MAT-BIZ.pdf"),
            (Jpeg, "PSB-APR-004/MAT-PLAN.jpg"),
            (Png, "broken/renamed-png.pdf"),
            (Xlsx, "PSB-APR-004/MAT-STAFF.xlsx"),
        ][which];
        let mut bytes = paper(file);
        for (at, value) in flips {
            let at = at.index(bytes.len());
            bytes[at] = value;
        }
        // As announced before the damage: whatever else is found, the digest tells.
        let announced = announcement(media_type, &paper(file));
        prop_assume!(Digest::of(&bytes) != announced.sha256);
        let Verdict::Rejected(reasons) = examine(&announced, &[media_type], &bytes) else {
            return Err(TestCaseError::fail("a changed file was called clean"));
        };
        prop_assert!(reasons.contains(&RejectReason::HashDiffers));
    }

    #[test]
    fn any_bytes_whatever_get_a_verdict(bytes in prop::collection::vec(any::<u8>(), 1..2000)) {
        for media_type in MediaType::ALL {
            if let Verdict::Rejected(reasons) = examined(media_type, &bytes) {
                prop_assert!(!reasons.is_empty());
            } else {
                prop_assert_eq!(media_type, Csv);
            }
        }
    }
}
