use domain::media::MAX_FILE_BYTES;

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
