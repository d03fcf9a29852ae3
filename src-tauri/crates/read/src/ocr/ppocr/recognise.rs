//! What a line of text says: connectionist temporal classification (Graves et al., 2006), read greedily.

use image::imageops::flip_horizontal;
use image::{GrayImage, Luma};
use imageproc::geometric_transformations::{Border, Interpolation, Projection, warp_into};

use super::super::OcrError;
use super::detect::{Line, bounds, tensor};
use super::models::{GAP, Models};
use crate::layout::Found;

/// Height in pixels of a straightened line, as the network was trained.
const HEIGHT: f32 = 48.0;
/// Width in pixels: the network's least, and what keeps memory in bounds.
const WIDTHS: (f32, f32) = (48.0, 3200.0);

/// Mean confidence of the characters of a line below which it may be read from the wrong side.
const GARBLED: f32 = 0.85;
/// Characters of a line by which the print of the back can be told.
const FEWEST_MIRRORED: usize = 6;
/// By so much more sure the characters of the back are read in the mirror.
const READS_BETTER: f32 = 0.15;

/// One character as read: what, how sure, and the step from left to right at which it was seen.
struct Read<'a> {
    text: &'a str,
    confidence: f32,
    step: f32,
}

impl Models {
    /// Reads one line; boxes are in fractions of the picture. None if it is print of the back, which shines through: that reads better
    /// in the mirror.
    pub(super) fn read(&self, picture: &GrayImage, line: &Line) -> Result<Option<Vec<Found>>, OcrError> {
        let Some((strip, to_picture)) = straightened(picture, line) else { return Ok(Some(Vec::new())) };
        let (read, step_width) = self.read_strip(&strip)?;
        let sure = sureness(&read);
        if sure < GARBLED
            && read.len() >= FEWEST_MIRRORED
            && sureness(&self.read_strip(&flip_horizontal(&strip))?.0) > sure + READS_BETTER
        {
            return Ok(None);
        }
        let words = read.split(|c| c.text == " ").filter(|word| !word.is_empty());
        Ok(Some(words.map(|word| found(word, step_width, to_picture, picture)).collect()))
    }

    /// The characters of a straightened line, and the width of a step in pixels.
    fn read_strip(&self, strip: &GrayImage) -> Result<(Vec<Read<'_>>, f32), OcrError> {
        let failed = |e: &dyn std::fmt::Display| OcrError::Failed(format!("reading a line: {e}"));
        let input = tensor(strip, [1, 3, HEIGHT as usize, strip.width() as usize])?;
        let output = self.recognise(input.into()).map_err(|e| failed(&e))?;
        let ([_, steps, classes], chances) = output.into_shape_vec::<f32, 3>().map_err(|e| failed(&e))?;
        if steps == 0 || classes != self.alphabet.len() {
            return Err(failed(&format!("{classes} classes instead of {}", self.alphabet.len())));
        }
        Ok((self.characters(&chances, classes), strip.width() as f32 / steps as f32))
    }

    /// The likeliest class of each step; a class that goes on is one character.
    fn characters(&self, chances: &[f32], classes: usize) -> Vec<Read<'_>> {
        let mut read = Vec::new();
        let mut last = GAP;
        for (step, chances) in chances.chunks_exact(classes).enumerate() {
            let best = chances.iter().zip(&self.alphabet).enumerate().max_by(|a, b| a.1.0.total_cmp(b.1.0));
            let Some((class, (confidence, text))) = best else { continue };
            if class != GAP && class != last {
                read.push(Read { text, confidence: *confidence, step: step as f32 + 0.5 });
            }
            last = class;
        }
        read
    }
}

/// The mean confidence of characters.
fn sureness(read: &[Read<'_>]) -> f32 {
    read.iter().map(|character| character.confidence).sum::<f32>() / read.len().max(1) as f32
}

/// A line cut out and laid level, and the way back to the picture.
fn straightened(picture: &GrayImage, Line(corners): &Line) -> Option<(GrayImage, Projection)> {
    let [top_left, top_right, _, bottom_left] = *corners;
    let length = (top_right.0 - top_left.0).hypot(top_right.1 - top_left.1);
    let thickness = (bottom_left.0 - top_left.0).hypot(bottom_left.1 - top_left.1);
    // Text that runs up the page is left to a page that is turned.
    if thickness > 1.5 * length {
        return None;
    }
    let width = (HEIGHT * length / thickness).round().clamp(WIDTHS.0, WIDTHS.1);
    let to_strip =
        Projection::from_control_points(*corners, [(0.0, 0.0), (width, 0.0), (width, HEIGHT), (0.0, HEIGHT)])?;
    let mut strip = GrayImage::new(width as u32, HEIGHT as u32);
    warp_into(picture, to_strip, Interpolation::Bilinear, Border::Constant(Luma([255])), &mut strip);
    Some((strip, to_strip.invert()))
}

/// A word of characters with its box on the picture. A character is seen at its middle: the word goes on for half a
/// character on each side.
fn found(word: &[Read<'_>], step_width: f32, to_picture: Projection, picture: &GrayImage) -> Found {
    let count = word.len() as f32;
    let (first, last) = (word[0].step * step_width, word[word.len() - 1].step * step_width);
    let half = if word.len() > 1 { (last - first) / (count - 1.0) / 2.0 } else { HEIGHT / 4.0 };
    let (left, right) = ((first - half).max(0.0), last + half);
    let corners = [(left, 0.0), (right, 0.0), (right, HEIGHT), (left, HEIGHT)].map(|corner| to_picture * corner);
    let rect = bounds(corners, picture);
    let confidence = word.iter().map(|c| c.confidence).fold(1.0, f32::min);
    Found { text: word.iter().map(|c| c.text).collect(), rect, confidence }
}
