//! TIFF: what scanners and fax programs write, with one picture for each page.

use std::io::Cursor;

use domain::{Code, Page, Reading};
use image::imageops::FilterType;
use image::{DynamicImage, GrayImage, ImageBuffer, RgbImage, RgbaImage};
use tiff::decoder::ifd::Value;
use tiff::decoder::{Decoder, DecodingResult, Limits};
use tiff::tags::Tag;
use tiff::{ColorType, TiffError};

use super::{Format, Job};
use crate::drawing;
use crate::ocr::{ReadAgain, ToReadAgain, tiff_in_grey};
use crate::pdf;
use crate::picture::{self, PictureError, Pictures, check_pixels};
use crate::{Kinds, PageImage, ReadError};

pub(super) struct Tiff;

impl Format for Tiff {
    fn mime_type(&self) -> &'static str {
        "image/tiff"
    }

    fn recognises(&self, bytes: &[u8]) -> bool {
        bytes.starts_with(b"II*\0") || bytes.starts_with(b"MM\0*")
    }

    fn read(&self, job: &Job<'_>) -> Result<Reading, ReadError> {
        picture::read(job, &pages(job)?)
    }

    fn read_again(&self, job: &Job<'_>, wanted: &[ToReadAgain]) -> Result<ReadAgain, ReadError> {
        picture::read_again(job, &pages(job)?, wanted)
    }

    fn page_image(&self, job: &Job<'_>, page: u32, width_px: u32, turned: u16) -> Result<PageImage, ReadError> {
        drawing::page_image(job, &pages(job)?, page, width_px, turned)
    }

    fn codes(&self, job: &Job<'_>, kinds: Kinds, turned: &[u16]) -> Result<Vec<Code>, ReadError> {
        picture::codes(job, &pages(job)?, kinds, turned)
    }

    fn searchable_pdf(&self, job: &Job<'_>, read: &[Page]) -> Result<Vec<u8>, ReadError> {
        pdf::of_pictures(job, &pages(job)?, read)
    }
}

fn pages<'a>(job: &Job<'a>) -> Result<TiffPages<'a>, ReadError> {
    let limits = job.options.limits;
    Ok(TiffPages { bytes: job.bytes()?, pixels: limits.pixels, pages: limits.pages })
}

struct TiffPages<'a> {
    bytes: &'a [u8],
    pixels: u64,
    pages: u32,
}

impl TiffPages<'_> {
    fn decoder(&self) -> Result<Decoder<Cursor<&[u8]>>, PictureError> {
        let mut limits = Limits::default();
        limits.decoding_buffer_size = usize::try_from(self.pixels.saturating_mul(8)).unwrap_or(usize::MAX);
        Ok(Decoder::new(Cursor::new(self.bytes)).map_err(damaged)?.with_limits(limits))
    }
}

impl Pictures for TiffPages<'_> {
    fn count(&self) -> Result<u32, PictureError> {
        let mut decoder = self.decoder()?;
        let mut count = 1;
        // A broken link to a further page ends the file there; the pages before it are still worth reading.
        while count < self.pages && decoder.more_images() && decoder.next_image().is_ok() {
            count += 1;
        }
        Ok(count)
    }

    fn is_whole(&self) -> bool {
        // Missing strips are an error when decoding.
        true
    }

    fn decode(&self, index: u32) -> Result<(DynamicImage, Option<f32>), PictureError> {
        let mut decoder = self.decoder()?;
        decoder.seek_to_image(index as usize).map_err(damaged)?;
        let (width, height) = decoder.dimensions().map_err(damaged)?;
        check_pixels(width, height, self.pixels)?;
        let resolutions = resolution(&mut decoder, Tag::XResolution).zip(resolution(&mut decoder, Tag::YResolution));
        let units = units_of_inch(&mut decoder);
        let picture = match pixels(&mut decoder, width, height) {
            // Such as that of most fax machines (ITU-T T.4).
            Err(PictureError::Unsupported(what)) => {
                let grey = tiff_in_grey(self.bytes, index).filter(|grey| grey.dimensions() == (width, height));
                grey.map(DynamicImage::ImageLuma8).ok_or(PictureError::Unsupported(what))?
            }
            decoded => decoded?,
        };
        let Some((across, down)) = resolutions else { return Ok((picture, None)) };
        let (picture, resolution) = with_square_pixels(picture, across, down, self.pixels);
        Ok((picture, units.map(|units| resolution * units)))
    }
}

fn pixels(decoder: &mut Decoder<Cursor<&[u8]>>, width: u32, height: u32) -> Result<DynamicImage, PictureError> {
    let color = decoder.colortype().map_err(damaged)?;
    let palette = match color {
        ColorType::Palette(_) => decoder.get_tag_u16_vec(Tag::ColorMap).map_err(damaged)?,
        _ => Vec::new(),
    };
    let samples = match decoder.read_image().map_err(damaged)? {
        DecodingResult::U8(samples) => samples,
        DecodingResult::U16(samples) => samples.into_iter().map(|s| (s >> 8) as u8).collect(),
        _ => return Err(PictureError::Unsupported(format!("unusual samples, {color:?}"))),
    };
    let picture = match color {
        ColorType::Gray(1) => gray(width, height, bits(&samples, width)),
        ColorType::Gray(8 | 16) => gray(width, height, samples),
        ColorType::RGB(8 | 16) | ColorType::YCbCr(8) => rgb(width, height, samples),
        ColorType::RGBA(8 | 16) => RgbaImage::from_raw(width, height, samples).map(DynamicImage::ImageRgba8),
        ColorType::GrayA(8 | 16) => ImageBuffer::from_raw(width, height, samples).map(DynamicImage::ImageLumaA8),
        ColorType::CMYK(8 | 16) => rgb(width, height, samples.chunks_exact(4).flat_map(cmyk_to_rgb).collect()),
        ColorType::Palette(8) => rgb(width, height, looked_up(&samples, &palette)),
        _ => return Err(PictureError::Unsupported(format!("unusual colours, {color:?}"))),
    };
    picture.ok_or_else(|| PictureError::Damaged("pixels are missing".to_owned()))
}

fn damaged(e: TiffError) -> PictureError {
    match e {
        TiffError::UnsupportedError(e) => PictureError::Unsupported(e.to_string()),
        e => PictureError::Damaged(e.to_string()),
    }
}

fn gray(width: u32, height: u32, samples: Vec<u8>) -> Option<DynamicImage> {
    GrayImage::from_raw(width, height, samples).map(DynamicImage::ImageLuma8)
}

fn rgb(width: u32, height: u32, samples: Vec<u8>) -> Option<DynamicImage> {
    RgbImage::from_raw(width, height, samples).map(DynamicImage::ImageRgb8)
}

/// Black-and-white rows, each starting at a whole byte, to one byte a pixel.
fn bits(packed: &[u8], width: u32) -> Vec<u8> {
    let rows = packed.chunks((width as usize).div_ceil(8));
    let row =
        |row: &[u8]| (0..width as usize).map(|x| if row[x / 8] >> (7 - x % 8) & 1 == 1 { 255 } else { 0 }).collect();
    rows.filter(|r| r.len() == (width as usize).div_ceil(8)).flat_map(|r| -> Vec<u8> { row(r) }).collect()
}

fn cmyk_to_rgb(cmyk: &[u8]) -> [u8; 3] {
    let ink = |c: u8| ((255 - u16::from(c)) * (255 - u16::from(cmyk[3])) / 255) as u8;
    [ink(cmyk[0]), ink(cmyk[1]), ink(cmyk[2])]
}

/// The colour map holds all reds, then all greens, then all blues, 16 bits each (TIFF 6.0, section 5).
fn looked_up(samples: &[u8], palette: &[u16]) -> Vec<u8> {
    let size = palette.len() / 3;
    let colour =
        |sample: u8, part: usize| palette.get(part * size + usize::from(sample)).map_or(255, |c| (c >> 8) as u8);
    samples.iter().flat_map(|s| [colour(*s, 0), colour(*s, 1), colour(*s, 2)]).collect()
}

/// A picture of so many dots in a unit across and down with as many in both directions: a fax has half as many rows as columns
/// (ITU-T T.4). Gives the resolution, too.
fn with_square_pixels(picture: DynamicImage, across: f32, down: f32, limit: u64) -> (DynamicImage, f32) {
    /// What differs less is rounding; what differs more is a mistake.
    const UNEVEN: std::ops::Range<f32> = 1.1..4.0;
    let (finer, coarser) = (across.max(down), across.min(down));
    let stretched = |pixels: u32, dots: f32| (pixels as f32 * finer / dots).round() as u32;
    let (width, height) = (stretched(picture.width(), across), stretched(picture.height(), down));
    if !UNEVEN.contains(&(finer / coarser)) || check_pixels(width, height, limit).is_err() {
        return (picture, across);
    }
    (picture.resize_exact(width, height, FilterType::Triangle), finer)
}

/// Dots in a unit, across or down.
fn resolution(decoder: &mut Decoder<Cursor<&[u8]>>, tag: Tag) -> Option<f32> {
    match decoder.find_tag(tag).ok()?? {
        Value::Rational(dots, units) if units > 0 => Some(dots as f32 / units as f32),
        Value::Float(dots) => Some(dots),
        _ => None,
    }
}

/// How many of the units of its resolutions make an inch; none if they only say how wide a pixel is to its height.
fn units_of_inch(decoder: &mut Decoder<Cursor<&[u8]>>) -> Option<f32> {
    match decoder.find_tag_unsigned::<u16>(Tag::ResolutionUnit).ok()?.unwrap_or(2) {
        2 => Some(1.0),
        3 => Some(2.54),
        _ => None,
    }
}
