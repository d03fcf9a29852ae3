//! Picture files: decoding in bounded memory, and reading by OCR.

use std::io::Cursor;
use std::sync::{Mutex, PoisonError};

use domain::{Code, FailureCode, Member, Page, PageOrigin, Problem, Reading};
use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits, Rgb, RgbImage};

use crate::codes::codes_on_turned;
use crate::formats::Job;
use crate::ocr::{self, OcrError, Picture, ReadAgain, Recognised, ToReadAgain, best_density};
use crate::{Kinds, ReadError};

/// JPEG quality of a paper that was cut out of a picture: what is lost of it cannot be seen.
const PART_QUALITY: u8 = 92;

/// Why a picture could not be decoded.
#[derive(Debug, thiserror::Error)]
pub(crate) enum PictureError {
    #[error("{megapixels} megapixels are too many, at most {limit}")]
    TooLarge { megapixels: u64, limit: u64 },
    #[error("it is of a rare kind: {0}")]
    Unsupported(String),
    #[error("{0}")]
    Damaged(String),
}

impl PictureError {
    pub(crate) fn of_file(self, name: &str) -> ReadError {
        let name = name.to_owned();
        match self {
            Self::TooLarge { megapixels, limit } => {
                let [size, limit] = [megapixels, limit].map(|n| format!("{n} megapixels"));
                ReadError::TooLarge { name, size, limit }
            }
            Self::Unsupported(detail) => {
                let way_out = "Open it in a picture program, save it as JPEG or PDF, then drop that.";
                ReadError::Unsupported {
                    name,
                    found: format!("a picture of a rare kind ({detail})"),
                    way_out: way_out.into(),
                }
            }
            Self::Damaged(detail) => ReadError::Damaged { name, detail },
        }
    }
}

/// A file of one or more pictures.
pub(crate) trait Pictures: Sync {
    /// How many there are.
    fn count(&self) -> Result<u32, PictureError>;
    /// Whether the file goes on to its end, as far as can be told before decoding.
    fn is_whole(&self) -> bool;
    /// Decodes one, counted from 0, upright as the camera says, and the density the file claims.
    fn decode(&self, index: u32) -> Result<(DynamicImage, Option<f32>), PictureError>;
}

/// A file of one picture, as the `image` crate decodes it.
pub(crate) struct Single<'a> {
    pub(crate) bytes: &'a [u8],
    pub(crate) format: ImageFormat,
    pub(crate) density: Option<f32>,
    /// False if the file breaks off in a way the decoder would not notice.
    pub(crate) whole: bool,
    /// At most this many.
    pub(crate) pixels: u64,
}

impl Pictures for Single<'_> {
    fn count(&self) -> Result<u32, PictureError> {
        Ok(1)
    }

    fn is_whole(&self) -> bool {
        self.whole
    }

    fn decode(&self, _: u32) -> Result<(DynamicImage, Option<f32>), PictureError> {
        let damaged = |e: ImageError| match e {
            ImageError::Unsupported(e) => PictureError::Unsupported(e.to_string()),
            e => PictureError::Damaged(e.to_string()),
        };
        let mut decoder =
            ImageReader::with_format(Cursor::new(self.bytes), self.format).into_decoder().map_err(damaged)?;
        let (width, height) = decoder.dimensions();
        check_pixels(width, height, self.pixels)?;
        let mut limits = Limits::no_limits();
        limits.max_alloc = Some(self.pixels.saturating_mul(8));
        decoder.set_limits(limits).map_err(damaged)?;
        let orientation = decoder.orientation().map_err(damaged)?;
        let mut picture = DynamicImage::from_decoder(decoder).map_err(damaged)?;
        picture.apply_orientation(orientation);
        Ok((picture, self.density))
    }
}

/// Refuses a picture by its header, before memory is taken for it.
pub(crate) fn check_pixels(width: u32, height: u32, limit: u64) -> Result<(), PictureError> {
    let pixels = u64::from(width) * u64::from(height);
    if pixels > limit {
        return Err(PictureError::TooLarge { megapixels: pixels.div_ceil(1_000_000), limit: limit / 1_000_000 });
    }
    if pixels == 0 {
        return Err(PictureError::Damaged("a picture without pixels".to_owned()));
    }
    Ok(())
}

/// Reads every picture by OCR.
pub(crate) fn read(job: &Job<'_>, pictures: &dyn Pictures) -> Result<Reading, ReadError> {
    let count = pictures.count().map_err(|e| e.of_file(job.name))?;
    let limits = job.options.limits;
    let read = count.min(limits.scanned_pages);
    let mut reading = Reading::default();
    if !pictures.is_whole() {
        reading.problems.push(Problem::new(
            FailureCode::Truncated,
            format!("“{}” breaks off before its end. Get it again.", job.name),
        ));
    }
    if read < count {
        let message = format!("“{}” has {count} pages; the first {read} were read. Split the file.", job.name);
        reading.problems.push(Problem::new(FailureCode::TooManyPages, message));
    }
    // A single picture is decoded once, and looked at before it is read.
    let single = (count == 1).then(|| pictures.decode(0));
    if let Some(Ok((picture, _))) = &single {
        let members = parts_of(job.name, picture)?;
        if !members.is_empty() {
            return Ok(Reading { members, ..reading });
        }
    }
    let single = Mutex::new(single);
    let fetch = |index| match single.lock().unwrap_or_else(PoisonError::into_inner).take() {
        Some(decoded) => Ok(page_from(decoded?)),
        None => page_of(pictures, index),
    };
    let mut pages = vec![None; read as usize];
    let (mut failed, mut doubts, mut faults) = (Vec::new(), Vec::new(), Vec::new());
    let mut finished = 0;
    ocr::read_pages(job, &(0..read).collect::<Vec<_>>(), job.settings.second_reader, &fetch, &mut |index, page| {
        finished += 1;
        match page {
            Ok(Recognised { page, codes, doubt, waits, fault }) => {
                pages[index as usize] = Some(page);
                faults.extend(fault.map(|fault| (index + 1, fault)));
                reading.to_read_again.extend(waits.then_some(index + 1));
                reading.codes.extend(codes.into_iter().map(|c| c.on_page(index + 1)));
                doubts.extend(doubt.map(|why| (index + 1, why)));
            }
            Err(e) => failed.push((index + 1, e)),
        }
        job.progress(finished, read);
    });
    ocr::refuse_if_nothing_read(job.name, read as usize, &mut failed)?;
    reading.codes.sort_by_key(|c| c.page);
    reading.to_read_again.sort_unstable();
    failed.sort_by_key(|(page, _)| *page);
    reading.problems.extend(failed.iter().map(|(page, e)| e.on_page(job.name, *page)));
    reading.problems.extend(ocr::not_read_again(job.name, doubts));
    reading.problems.extend(ocr::faulty(job.name, faults));
    reading.pages = pages.into_iter().map(|p| p.unwrap_or_else(empty_page)).collect();
    Ok(reading)
}

/// Has the second reader read doubtful lines of pictures.
pub(crate) fn read_again(
    job: &Job<'_>,
    pictures: &dyn Pictures,
    wanted: &[ToReadAgain],
) -> Result<ReadAgain, ReadError> {
    Ok(ocr::read_pages_again(job, wanted, &|index| page_of(pictures, index)))
}

/// Several papers that lie apart on one picture, each as a picture of its own; none if it shows only one.
fn parts_of(name: &str, picture: &DynamicImage) -> Result<Vec<Member>, ReadError> {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let member = |(number, sheet): (usize, RgbImage)| {
        let mut bytes = Vec::new();
        JpegEncoder::new_with_quality(&mut bytes, PART_QUALITY)
            .encode_image(&sheet)
            .map_err(|e| ReadError::Engine { name: name.to_owned(), detail: e.to_string() })?;
        Ok(Member { name: format!("{stem} ({}).jpg", number + 1), bytes, reading: None })
    };
    ocr::sheets_apart(picture).into_iter().enumerate().map(member).collect()
}

/// A picture as a page to recognise.
fn page_of(pictures: &dyn Pictures, index: u32) -> Result<Picture, OcrError> {
    Ok(page_from(pictures.decode(index)?))
}

fn page_from((picture, density): (DynamicImage, Option<f32>)) -> Picture {
    let grey = on_white(picture).into_luma8();
    let density = density_of(grey.width(), grey.height(), density);
    Picture { grey, density, best: best_density(density) }
}

/// The codes on every picture; boxes are those of the pictures turned by `turned` degrees each.
pub(crate) fn codes(
    job: &Job<'_>,
    pictures: &dyn Pictures,
    kinds: Kinds,
    turned: &[u16],
) -> Result<Vec<Code>, ReadError> {
    let count = pictures.count().map_err(|e| e.of_file(job.name))?.min(job.options.limits.scanned_pages);
    let turned = turned.iter().copied().chain(std::iter::repeat(0));
    let mut codes = Vec::new();
    for (index, turned) in (0..count).zip(turned) {
        let (picture, _) = pictures.decode(index).map_err(|e| e.of_file(job.name))?;
        let found = codes_on_turned(&on_white(picture).into_luma8(), kinds, turned);
        codes.extend(found.into_iter().map(|code| code.on_page(index + 1)));
        job.progress(index + 1, count);
    }
    Ok(codes)
}

/// The page without the words that it was thought to have, as the file holds it.
pub(crate) fn without_text(page: Page) -> Page {
    let Page { width, height, turned, .. } = page;
    let (width, height) = if turned.is_multiple_of(180) { (width, height) } else { (height, width) };
    Page { width, height, ..empty_page() }
}

/// An A4 page that could not be read.
pub(crate) fn empty_page() -> Page {
    Page { width: 595.0, height: 842.0, origin: PageOrigin::Empty, turned: 0, language: None, words: Vec::new() }
}

/// The density in dots per inch: what the file says if that makes a sheet of paper, else as if the picture showed a
/// whole A4 sheet. Cameras write 72 whatever they see.
fn density_of(width: u32, height: u32, claimed: Option<f32>) -> f32 {
    let (short, long) = (width.min(height) as f32, width.max(height) as f32);
    match claimed {
        Some(density) if density >= 100.0 && (3.0..=24.0).contains(&(long / density)) => density,
        _ => (long / 11.69).max(short / 8.27).clamp(72.0, 1200.0),
    }
}

/// Transparent pictures are meant to be seen on white paper.
pub(crate) fn on_white(picture: DynamicImage) -> DynamicImage {
    if !picture.color().has_alpha() {
        return picture;
    }
    let rgba = picture.into_rgba8();
    let mut flat = RgbImage::new(rgba.width(), rgba.height());
    for (to, from) in flat.pixels_mut().zip(rgba.pixels()) {
        let [r, g, b, alpha] = from.0.map(u32::from);
        *to = Rgb([r, g, b].map(|c| ((c * alpha + 255 * (255 - alpha)) / 255) as u8));
    }
    DynamicImage::ImageRgb8(flat)
}
