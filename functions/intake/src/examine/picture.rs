//! JPEG and PNG pictures.

use std::io::Cursor;

use domain::media::{MAX_FILE_BYTES, MediaType, RejectReason};
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader};

use super::Facts;

/// Above the 50 megapixels of today's phones. At 9 bytes a pixel, what a progressive JPEG takes to
/// decode, this is 580 MB.
const MAX_PIXELS: u64 = 64_000_000;
/// Bytes of one decoded picture; PNG can take 8 a pixel.
const MAX_DECODED_BYTES: u64 = 8 * MAX_PIXELS;
/// The qualities a JPEG is written in, of 100: the first that fits. At 90 no eye sees the difference,
/// at 60 small print is still read.
const QUALITIES: [u8; 3] = [90, 75, 60];

/// Decodes the whole picture, so that damage anywhere shows, and writes it anew from its pixels, upright:
/// what the pixels do not show, such as where it was taken or what hides behind its end, is gone. The
/// same file always becomes the same bytes.
pub(super) fn check(media_type: MediaType, bytes: &[u8]) -> Result<(Facts, Vec<u8>), RejectReason> {
    if media_type == MediaType::Jpeg && !reaches_end_of_jpeg(bytes) {
        return Err(RejectReason::PictureDamaged);
    }
    let picture = decode(media_type, bytes).map_err(|error| match error {
        ImageError::Limits(_) => RejectReason::PictureTooLarge,
        _ => RejectReason::PictureDamaged,
    })?;
    let facts = Facts::Picture {
        width: picture.width(),
        height: picture.height(),
    };
    let rewritten = match media_type {
        MediaType::Png => write_png(&picture),
        _ => write_jpeg(&picture),
    };
    let rewritten = rewritten.map_err(|_| RejectReason::PictureDamaged)?;
    let rewritten = rewritten.ok_or(RejectReason::PictureTooLarge)?;
    Ok((facts, rewritten))
}

/// The picture as it is to be looked at.
fn decode(media_type: MediaType, bytes: &[u8]) -> Result<DynamicImage, ImageError> {
    let format = match media_type {
        MediaType::Png => ImageFormat::Png,
        _ => ImageFormat::Jpeg,
    };
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = image::Limits::no_limits();
    limits.max_alloc = Some(MAX_DECODED_BYTES);
    reader.limits(limits);
    let mut decoder = reader.into_decoder()?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MAX_PIXELS {
        return Err(ImageError::Limits(image::error::LimitError::from_kind(
            image::error::LimitErrorKind::DimensionError,
        )));
    }
    // What a camera wrote wrongly beside a picture is no fault of the picture.
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut picture = DynamicImage::from_decoder(decoder)?;
    picture.apply_orientation(orientation);
    Ok(picture)
}

/// The picture as JPEG; none where it is larger than a file may be in every quality.
fn write_jpeg(picture: &DynamicImage) -> Result<Option<Vec<u8>>, ImageError> {
    for quality in QUALITIES {
        let mut file = Vec::new();
        picture.write_with_encoder(JpegEncoder::new_with_quality(&mut file, quality))?;
        if fits(&file) {
            return Ok(Some(file));
        }
    }
    Ok(None)
}

/// The picture as PNG, which loses nothing; none where it is larger than a file may be.
fn write_png(picture: &DynamicImage) -> Result<Option<Vec<u8>>, ImageError> {
    let mut file = Vec::new();
    picture.write_with_encoder(PngEncoder::new_with_quality(
        &mut file,
        CompressionType::Default,
        FilterType::Adaptive,
    ))?;
    Ok(fits(&file).then_some(file))
}

fn fits(file: &[u8]) -> bool {
    u64::try_from(file.len()).is_ok_and(|length| length <= MAX_FILE_BYTES)
}

/// Whether the markers of ITU-T T.81, annex B, lead to the end of the image: the decoder fills in
/// what is missing and does not tell. Cameras may append data of their own after that end.
fn reaches_end_of_jpeg(bytes: &[u8]) -> bool {
    let mut rest = bytes;
    loop {
        // Between segments, and within coded data, FF is a marker unless fill, stuffing or restart.
        let Some(at) = rest.windows(2).position(
            |pair| matches!(pair, [0xFF, code] if !matches!(code, 0x00 | 0x01 | 0xD0..=0xD8 | 0xFF)),
        ) else {
            return false;
        };
        match rest.get(at + 1..) {
            Some([0xD9, ..]) => return true,
            Some([_, high, low, ..]) => {
                let length = usize::from(u16::from_be_bytes([*high, *low]));
                rest = rest.get(at + 2 + length..).unwrap_or_default();
            }
            _ => return false,
        }
    }
}
