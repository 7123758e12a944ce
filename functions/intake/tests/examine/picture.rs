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
