//! Where lines of text are: differentiable binarisation (Liao et al., 2019, arXiv:1911.08947).

use domain::Rect;
use image::{GrayImage, Luma, imageops};
use imageproc::contours::{BorderType, find_contours_with_threshold};
use imageproc::geometry::min_area_rect;
use imageproc::point::Point;
use rten::Value;

use super::super::{Corners, OcrError, box_around};
use super::{Look, Models};

/// Longer side in pixels of the picture in which lines are sought, at most; enough for the small print of an A4 page.
const LONG_SIDE: f32 = 1536.0;
/// Height in pixels of print in that picture that is enough: large print, as on a photographed receipt, is made smaller.
const PRINT: f32 = 22.0;
/// Sides are multiples of this.
const STEP: u32 = 32;
/// Chance from which on a pixel is inside a line, of 255.
const INSIDE: u8 = 76;
/// Mean chance inside a line, at least, of 255.
const LEAST_MEAN: f32 = 127.0;
/// Shorter side in pixels of a line's core, at least.
const LEAST_HEIGHT: f32 = 3.0;
/// The network marks the core of a line only; the line is wider on each side by this share of area / outline.
const CORE_TO_LINE: f32 = 1.6;

/// A line of text on the picture in pixels: top left, top right, bottom right, bottom left.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line(pub(super) [(f32, f32); 4]);

impl Line {
    /// A line by its corners in fractions of the picture.
    pub(super) fn at(corners: Corners, picture: &GrayImage) -> Self {
        Self(corners.map(|(x, y)| (x * picture.width() as f32, y * picture.height() as f32)))
    }

    /// Its corners in fractions of the picture.
    pub(super) fn corners(&self, picture: &GrayImage) -> Corners {
        self.0.map(|(x, y)| (x / picture.width() as f32, y / picture.height() as f32))
    }

    /// The box around it, in fractions of the picture.
    pub(super) fn rect(&self, picture: &GrayImage) -> Rect {
        bounds(self.0, picture)
    }
}

/// The box around four points, in fractions of the picture.
pub(super) fn bounds(corners: [(f32, f32); 4], picture: &GrayImage) -> Rect {
    box_around(Line(corners).corners(picture).map(|(x, y)| (x.clamp(0.0, 1.0), y.clamp(0.0, 1.0))))
}

impl Models {
    /// Finds the lines of a picture, in no order.
    pub(super) fn lines(&self, picture: &GrayImage, Look { print, is_hard }: Look) -> Result<Vec<Line>, OcrError> {
        let (width, height) = picture.dimensions();
        let whole = LONG_SIDE / width.max(height) as f32;
        let scale = print.map_or(whole, |print| whole.min(PRINT / print));
        let side = |n: u32| ((n as f32 * scale / STEP as f32).round() as u32).max(1) * STEP;
        let small = imageops::thumbnail(picture, side(width), side(height));
        let chances = self.chances(&small, is_hard)?;
        let (to_x, to_y) = (width as f32 / small.width() as f32, height as f32 / small.height() as f32);
        let lines = find_contours_with_threshold::<i32>(&chances, INSIDE)
            .into_iter()
            .filter(|contour| contour.border_type == BorderType::Outer && contour.points.len() >= 4)
            .filter_map(|contour| line(&chances, &contour.points))
            .map(|Line(corners)| Line(corners.map(|(x, y)| (x * to_x, y * to_y))));
        Ok(lines.collect())
    }

    /// For each pixel the chance, of 255, to be in the core of a line.
    fn chances(&self, small: &GrayImage, is_hard: bool) -> Result<GrayImage, OcrError> {
        let (width, height) = small.dimensions();
        let input = tensor(small, [1, 3, height as usize, width as usize])?;
        let failed = |e: &dyn std::fmt::Display| OcrError::Failed(format!("finding lines: {e}"));
        let output = self.detect(input.into(), is_hard).map_err(|e| failed(&e))?;
        let (_, chances) = output.into_shape_vec::<f32, 4>().map_err(|e| failed(&e))?;
        let levels = chances.iter().map(|chance| (chance * 255.0) as u8).collect();
        GrayImage::from_raw(width, height, levels).ok_or_else(|| failed(&"an answer of another size"))
    }
}

/// A grey picture as both networks want it: three equal colours from -1 to 1.
pub(super) fn tensor(grey: &GrayImage, shape: [usize; 4]) -> Result<Value, OcrError> {
    let one = grey.as_raw().iter().map(|level| f32::from(*level) / 127.5 - 1.0);
    let data = one.clone().chain(one.clone()).chain(one).collect();
    Value::from_shape(shape, data).map_err(|e| OcrError::Failed(e.to_string()))
}

/// The line around the outline of its core, if it is one.
fn line(chances: &GrayImage, outline: &[Point<i32>]) -> Option<Line> {
    let core = clockwise(min_area_rect(outline).map(|p| (p.x as f32, p.y as f32)));
    let [top_left, top_right, _, bottom_left] = core;
    let (along, across) = (minus(top_right, top_left), minus(bottom_left, top_left));
    let (length, thickness) = (along.0.hypot(along.1), across.0.hypot(across.1));
    if thickness.min(length) < LEAST_HEIGHT || mean_inside(chances, outline) < LEAST_MEAN {
        return None;
    }
    let wider = CORE_TO_LINE * length * thickness / (2.0 * (length + thickness));
    let (a, d) = (times(along, wider / length), times(across, wider / thickness));
    let moved = |corner: (f32, f32), along: f32, across: f32| {
        (corner.0 + along * a.0 + across * d.0, corner.1 + along * a.1 + across * d.1)
    };
    let [a, b, c, d] = core;
    Some(Line([moved(a, -1.0, -1.0), moved(b, 1.0, -1.0), moved(c, 1.0, 1.0), moved(d, -1.0, 1.0)]))
}

/// The corners of a rectangle, from the top left one on.
fn clockwise(mut corners: [(f32, f32); 4]) -> [(f32, f32); 4] {
    corners.sort_by(|a, b| a.0.total_cmp(&b.0));
    let [mut a, mut d, mut b, mut c] = corners;
    if a.1 > d.1 {
        std::mem::swap(&mut a, &mut d);
    }
    if b.1 > c.1 {
        std::mem::swap(&mut b, &mut c);
    }
    [a, b, c, d]
}

/// Mean chance in the box around an outline, of what is inside a line.
fn mean_inside(chances: &GrayImage, outline: &[Point<i32>]) -> f32 {
    let (mut left, mut top, mut right, mut bottom) = (i32::MAX, i32::MAX, 0, 0);
    for p in outline {
        (left, top, right, bottom) = (left.min(p.x), top.min(p.y), right.max(p.x), bottom.max(p.y));
    }
    let (mut sum, mut count) = (0.0, 0.0);
    for y in top..=bottom {
        for x in left..=right {
            let Luma([chance]) = *chances.get_pixel(x as u32, y as u32);
            if chance > INSIDE {
                (sum, count) = (sum + f32::from(chance), count + 1.0);
            }
        }
    }
    sum / f32::max(count, 1.0)
}

fn minus(a: (f32, f32), b: (f32, f32)) -> (f32, f32) {
    (a.0 - b.0, a.1 - b.1)
}

fn times(a: (f32, f32), factor: f32) -> (f32, f32) {
    (a.0 * factor, a.1 * factor)
}
