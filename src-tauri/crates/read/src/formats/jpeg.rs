//! JPEG: scans and phone pictures. The camera's orientation is applied while decoding.

use domain::{Code, Page, Reading};
use image::ImageFormat;

use super::{Format, Job};
use crate::drawing;
use crate::ocr::{ReadAgain, ToReadAgain};
use crate::pdf;
use crate::picture::{self, Single};
use crate::{Kinds, PageImage, ReadError};

pub(super) struct Jpeg;

impl Format for Jpeg {
    fn mime_type(&self) -> &'static str {
        "image/jpeg"
    }

    fn recognises(&self, bytes: &[u8]) -> bool {
        bytes.starts_with(b"\xff\xd8\xff")
    }

    fn read(&self, job: &Job<'_>) -> Result<Reading, ReadError> {
        picture::read(job, &single(job)?)
    }

    fn read_again(&self, job: &Job<'_>, wanted: &[ToReadAgain]) -> Result<ReadAgain, ReadError> {
        picture::read_again(job, &single(job)?, wanted)
    }

    fn page_image(&self, job: &Job<'_>, page: u32, width_px: u32, turned: u16) -> Result<PageImage, ReadError> {
        drawing::page_image(job, &single(job)?, page, width_px, turned)
    }

    fn codes(&self, job: &Job<'_>, kinds: Kinds, turned: &[u16]) -> Result<Vec<Code>, ReadError> {
        picture::codes(job, &single(job)?, kinds, turned)
    }

    fn searchable_pdf(&self, job: &Job<'_>, pages: &[Page]) -> Result<Vec<u8>, ReadError> {
        pdf::of_pictures(job, &single(job)?, pages)
    }
}

fn single<'a>(job: &Job<'a>) -> Result<Single<'a>, ReadError> {
    let bytes = job.bytes()?;
    Ok(Single {
        bytes,
        format: ImageFormat::Jpeg,
        density: density(bytes),
        whole: is_whole(bytes),
        pixels: job.options.limits.pixels,
    })
}

/// Whether the end marker follows the picture's data; the decoder fills a missing rest with grey and does not tell.
/// Markers inside the head, such as those of a preview, are jumped over with their segments.
fn is_whole(bytes: &[u8]) -> bool {
    let mut rest = &bytes[2..];
    while let [0xff, marker, high, low, ..] = *rest {
        if marker == START_OF_SCAN {
            return rest.windows(2).any(|w| w == [0xff, END_OF_IMAGE]);
        }
        let length = usize::from(u16::from_be_bytes([high, low]));
        rest = rest.get(2 + length..).unwrap_or_default();
    }
    false
}

const START_OF_SCAN: u8 = 0xda;
const END_OF_IMAGE: u8 = 0xd9;

/// Dots per inch of the JFIF header (ITU-T T.871), which scanners write first.
fn density(bytes: &[u8]) -> Option<f32> {
    let header = bytes.get(2..16)?;
    if !header.starts_with(b"\xff\xe0") || &header[4..9] != b"JFIF\0" {
        return None;
    }
    let dots = f32::from(u16::from_be_bytes([header[12], header[13]]));
    match header[11] {
        1 => Some(dots),
        2 => Some(dots * 2.54),
        _ => None,
    }
}
