//! Page pictures for people.

use image::codecs::jpeg::JpegEncoder;
use image::codecs::webp::WebPEncoder;
use image::{ExtendedColorType, ImageError, RgbImage, imageops};

use crate::formats::Job;
use crate::picture::{Pictures, on_white};
use crate::{PageImage, ReadError};

/// Larger page pictures are sent as JPEG: photographs do not gain from being lossless.
const LARGEST_LOSSLESS: usize = 500_000;
const JPEG_QUALITY: u8 = 85;
/// Widest page picture in pixels.
pub(crate) const WIDEST: u32 = 4000;

/// Draws one picture for people.
pub(crate) fn page_image(
    job: &Job<'_>,
    pictures: &dyn Pictures,
    page: u32,
    width_px: u32,
    turned: u16,
) -> Result<PageImage, ReadError> {
    let pages = pictures.count().map_err(|e| e.of_file(job.name))?;
    if page == 0 || page > pages {
        return Err(ReadError::NoSuchPage { name: job.name.to_owned(), page, pages });
    }
    let (picture, _) = pictures.decode(page - 1).map_err(|e| e.of_file(job.name))?;
    let picture = turned_by(on_white(picture).into_rgb8(), turned);
    let width = width_px.clamp(1, WIDEST);
    if width >= picture.width() {
        return encode(job.name, &picture);
    }
    let height = (u64::from(picture.height()) * u64::from(width)).div_ceil(picture.width().into()).max(1);
    encode(job.name, &imageops::resize(&picture, width, height as u32, imageops::FilterType::Triangle))
}

/// Turns clockwise by 0, 90, 180 or 270 degrees.
pub(crate) fn turned_by(picture: RgbImage, degrees: u16) -> RgbImage {
    match degrees {
        90 => imageops::rotate90(&picture),
        180 => imageops::rotate180(&picture),
        270 => imageops::rotate270(&picture),
        _ => picture,
    }
}

/// Encodes a page picture, as small as it stays crisp.
pub(crate) fn encode(name: &str, picture: &RgbImage) -> Result<PageImage, ReadError> {
    let (width, height) = picture.dimensions();
    let failed = |e: ImageError| ReadError::Engine { name: name.to_owned(), detail: e.to_string() };
    let mut bytes = Vec::new();
    WebPEncoder::new_lossless(&mut bytes).encode(picture, width, height, ExtendedColorType::Rgb8).map_err(failed)?;
    if bytes.len() <= LARGEST_LOSSLESS {
        return Ok(PageImage { mime: "image/webp".into(), bytes, width, height });
    }
    bytes.clear();
    JpegEncoder::new_with_quality(&mut bytes, JPEG_QUALITY).encode_image(picture).map_err(failed)?;
    Ok(PageImage { mime: "image/jpeg".into(), bytes, width, height })
}
