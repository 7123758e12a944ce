//! JPEG and PNG pictures.

use std::io::Cursor;

use domain::media::{MediaType, RejectReason};
use image::{DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader};

use super::Facts;

/// Above the 50 megapixels of today's phones. At 9 bytes a pixel, what a progressive JPEG takes to
/// decode, this is 580 MB.
const MAX_PIXELS: u64 = 64_000_000;
/// Bytes of one decoded picture; PNG can take 8 a pixel.
const MAX_DECODED_BYTES: u64 = 8 * MAX_PIXELS;

/// Decodes the whole picture, so that damage anywhere shows.
pub(super) fn check(media_type: MediaType, bytes: &[u8]) -> Result<Facts, RejectReason> {
    if media_type == MediaType::Jpeg && !reaches_end_of_jpeg(bytes) {
        return Err(RejectReason::PictureDamaged);
    }
    let (width, height) = decode(media_type, bytes).map_err(|error| match error {
        ImageError::Limits(_) => RejectReason::PictureTooLarge,
        _ => RejectReason::PictureDamaged,
    })?;
    Ok(Facts::Picture { width, height })
}

fn decode(media_type: MediaType, bytes: &[u8]) -> Result<(u32, u32), ImageError> {
    let format = match media_type {
        MediaType::Png => ImageFormat::Png,
        _ => ImageFormat::Jpeg,
    };
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = image::Limits::no_limits();
    limits.max_alloc = Some(MAX_DECODED_BYTES);
    reader.limits(limits);
    let decoder = reader.into_decoder()?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MAX_PIXELS {
        return Err(ImageError::Limits(image::error::LimitError::from_kind(
            image::error::LimitErrorKind::DimensionError,
        )));
    }
    DynamicImage::from_decoder(decoder)?;
    Ok((width, height))
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
