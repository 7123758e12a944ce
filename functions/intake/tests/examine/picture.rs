use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::{DynamicImage, ImageEncoder as _, RgbImage};

use super::*;

/// What is kept of a clean picture.
#[track_caller]
fn kept(media_type: MediaType, bytes: &[u8]) -> Vec<u8> {
    match examined(media_type, bytes) {
        Verdict::Clean(_, Keep::Rewritten(kept)) => kept,
        other => panic!("{other:?}"),
    }
}

/// Two pixels, red and blue, side by side but for the camera's word that it was held upright, and where
/// that was.
fn metadata() -> Vec<u8> {
    // Little endian; one entry: orientation (0x0112), short, "rotate by 90 degrees".
    let mut exif = b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0".to_vec();
    exif.extend(b"GPS 37.87N 112.55E");
    exif
}

fn two_colours() -> DynamicImage {
    let picture = RgbImage::from_fn(32, 16, |x, _| {
        image::Rgb(if x < 16 { [250, 0, 0] } else { [0, 0, 250] })
    });
    DynamicImage::ImageRgb8(picture)
}

fn contains(bytes: &[u8], text: &[u8]) -> bool {
    bytes.windows(text.len()).any(|window| window == text)
}

#[test]
fn a_picture_is_kept_upright_and_without_what_its_pixels_do_not_show() {
    let mut photograph = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut photograph, 95);
    encoder.set_exif_metadata(metadata()).unwrap();
    two_colours().write_with_encoder(encoder).unwrap();
    photograph.extend(b"hidden behind the end");
    let mut drawing = Vec::new();
    let mut encoder = PngEncoder::new(&mut drawing);
    encoder.set_exif_metadata(metadata()).unwrap();
    two_colours().write_with_encoder(encoder).unwrap();
    drawing.extend(b"hidden behind the end");

    for (media_type, sent) in [(Jpeg, photograph), (Png, drawing)] {
        assert!(contains(&sent, b"GPS") && contains(&sent, b"hidden"));
        let kept = kept(media_type, &sent);
        assert!(!contains(&kept, b"GPS") && !contains(&kept, b"hidden"));
        let upright = image::load_from_memory(&kept).unwrap().into_rgb8();
        assert_eq!(upright.dimensions(), (16, 32));
        let (top, bottom) = (upright.get_pixel(8, 4), upright.get_pixel(8, 28));
        assert!(top[0] > 200 && top[2] < 50, "{top:?}");
        assert!(bottom[2] > 200 && bottom[0] < 50, "{bottom:?}");
    }
}

#[test]
fn the_same_picture_always_becomes_the_same_bytes() {
    for (media_type, file) in [
        (Jpeg, "PSB-APR-004/MAT-PLAN.jpg"),
        (Png, "broken/renamed-png.pdf"),
    ] {
        let sent = paper(file);
        assert_eq!(kept(media_type, &sent), kept(media_type, &sent));
    }
}

#[test]
fn a_png_loses_nothing() {
    let sent = paper("broken/renamed-png.pdf");
    let kept = image::load_from_memory(&kept(Png, &sent)).unwrap();
    assert_eq!(kept, image::load_from_memory(&sent).unwrap());
}

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
    assert_clean(
        Jpeg,
        &photograph,
        Facts::Picture {
            width: 1600,
            height: 1130,
        },
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
