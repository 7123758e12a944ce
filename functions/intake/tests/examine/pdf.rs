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
    assert_clean(Pdf, &plain, Facts::Pdf { pages: 1 });
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
    assert_clean(Pdf, &modern, Facts::Pdf { pages: 1 });
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
    assert_clean(Pdf, &with_pages(500), Facts::Pdf { pages: 500 });
    for too_many in [501, 10_000] {
        let bytes = with_pages(too_many);
        assert_rejected(Pdf, &bytes, &[RejectReason::PdfTooManyPages]);
    }
}

#[test]
fn an_encrypted_file_is_refused_even_when_it_opens_without_a_password() {
    for password in ["", "password"] {
        let bytes = encrypted(password);
        assert_rejected(Pdf, &bytes, &[RejectReason::PdfEncrypted]);
    }
}

/// The hotel's licence, encrypted so that it opens with `password`.
fn encrypted(password: &str) -> Vec<u8> {
    edited(|document| {
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
            user_password: password,
            key_length: 128,
            permissions: lopdf::Permissions::PRINTABLE,
        })
        .unwrap();
        document.encrypt(&state).unwrap();
    })
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
    assert_clean(Pdf, &bytes, Facts::Pdf { pages: 1 });
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
    let noise = (0..19 * 1024 * 1024_u32).map(|at| (at.wrapping_mul(2_654_435_761) >> 24) as u8);
    let bytes = edited(|document| {
        document.add_object(Stream::new(
            dictionary! { "Type" => "XObject", "Subtype" => "Image" },
            noise.collect(),
        ));
    });
    assert_clean(Pdf, &bytes, Facts::Pdf { pages: 1 });
}
