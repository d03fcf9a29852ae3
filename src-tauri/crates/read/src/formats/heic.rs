//! HEIC, in which phones take pictures (ISO/IEC 23008-12).

use domain::{Code, Page, Reading};
use image::DynamicImage;

use super::{Format, Job};
use crate::drawing;
use crate::libheif;
use crate::ocr::{ReadAgain, ToReadAgain};
use crate::pdf;
use crate::picture::{self, PictureError, Pictures};
use crate::{Kinds, PageImage, ReadError};

/// Brands of still pictures coded as HEVC, and the general brand, by which infer knows them, too (ISO/IEC 23008-12, 10).
const BRANDS: [&[u8]; 6] = [b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1"];

pub(super) struct Heic;

impl Format for Heic {
    fn mime_type(&self) -> &'static str {
        "image/heic"
    }

    fn recognises(&self, bytes: &[u8]) -> bool {
        bytes.get(4..8) == Some(b"ftyp") && bytes.get(8..12).is_some_and(|brand| BRANDS.contains(&brand))
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

/// The picture that the file shows first; others, as of a burst, are left.
struct Primary<'a> {
    bytes: &'a [u8],
    pixels: u64,
}

impl Pictures for Primary<'_> {
    fn count(&self) -> Result<u32, PictureError> {
        Ok(1)
    }

    fn is_whole(&self) -> bool {
        true
    }

    fn decode(&self, _: u32) -> Result<(DynamicImage, Option<f32>), PictureError> {
        // The library turns it as the camera says.
        libheif::decode(self.bytes, self.pixels).map(|picture| (picture.into(), None))
    }
}

fn single<'a>(job: &Job<'a>) -> Result<Primary<'a>, ReadError> {
    if let Err(detail) = libheif::load() {
        return Err(ReadError::EngineMissing {
            name: job.name.to_owned(),
            engine: "The library for HEIC pictures (libheif)".into(),
            detail,
            way_out: "Install libheif1, or save the picture as JPEG and drop that.".into(),
        });
    }
    Ok(Primary { bytes: job.bytes()?, pixels: job.options.limits.pixels })
}
