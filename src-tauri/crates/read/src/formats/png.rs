//! PNG: screenshots and lossless scans.

use domain::{Code, Page, Reading};
use image::ImageFormat;

use super::{Format, Job};
use crate::drawing;
use crate::ocr::{ReadAgain, ToReadAgain};
use crate::pdf;
use crate::picture::{self, Single};
use crate::{Kinds, PageImage, ReadError};

pub(super) struct Png;

impl Format for Png {
    fn mime_type(&self) -> &'static str {
        "image/png"
    }

    fn recognises(&self, bytes: &[u8]) -> bool {
        bytes.starts_with(b"\x89PNG\r\n\x1a\n")
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
        format: ImageFormat::Png,
        density: density(bytes),
        whole: true,
        pixels: job.options.limits.pixels,
    })
}

/// Dots per inch of the `pHYs` chunk (PNG specification 11.3.5.3), which stands before the first `IDAT`.
fn density(bytes: &[u8]) -> Option<f32> {
    let mut rest = bytes.get(8..)?;
    while let Some((head, body)) = rest.split_at_checked(8) {
        let length = u32::from_be_bytes([head[0], head[1], head[2], head[3]]) as usize;
        match &head[4..] {
            b"pHYs" => {
                let per_metre = u32::from_be_bytes(body.get(..4)?.try_into().ok()?);
                return (body.get(8) == Some(&1)).then_some(per_metre as f32 * 0.0254);
            }
            b"IDAT" => return None,
            _ => rest = body.get(length.checked_add(4)?..)?,
        }
    }
    None
}
