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
    assert_clean(
        Png,
        &paper("broken/renamed-png.pdf"),
        Facts::Picture {
            width: 400,
            height: 282,
        },
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
