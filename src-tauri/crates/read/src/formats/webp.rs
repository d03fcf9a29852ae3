//! WebP: pictures saved from the web or sent by messengers. The format has no density.

use domain::{Code, Page, Reading};
use image::ImageFormat;

use super::{Format, Job};
use crate::drawing;
use crate::ocr::{ReadAgain, ToReadAgain};
use crate::pdf;
use crate::picture::{self, Single};
use crate::{Kinds, PageImage, ReadError};

pub(super) struct Webp;

impl Format for Webp {
    fn mime_type(&self) -> &'static str {
        "image/webp"
    }

    fn recognises(&self, bytes: &[u8]) -> bool {
        bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP")
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
    Ok(Single { bytes, format: ImageFormat::WebP, density: None, whole: true, pixels: job.options.limits.pixels })
}
