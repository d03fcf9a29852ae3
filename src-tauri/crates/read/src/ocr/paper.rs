//! Finds a sheet of paper in a photograph by its four corners, and straightens it.
//!
//! Perspective bends the lines more than levelling can mend, and a dark table spoils the contrast. Only what has the
//! shape of A4 or Letter is cut out, lest a shadow across a page is taken for its edge and text is lost.

use domain::Rect;
use image::{DynamicImage, GrayImage, Luma, Rgb, RgbImage};
use imageproc::contours::{BorderType, Contour, find_contours_with_threshold};
use imageproc::contrast::otsu_level;
use imageproc::geometric_transformations::{Border, Interpolation, Projection, warp_into};
use imageproc::geometry::{contour_area, convex_hull};
use imageproc::point::Point;

use super::box_around;

/// Long side in pixels of the small picture in which the corners are sought.
const SMALL: u32 = 500;
/// Share of the picture that the sheet covers at least.
const LEAST_AREA: f64 = 0.3;
/// How well the four corners must explain the outline: share of the outline's area.
const LEAST_FIT: f64 = 0.95;
/// Shorter to longer of two opposite edges; a camera held by hand gives 0.9.
const LEAST_EVEN: f32 = 0.8;
/// Grey levels between paper and table.
const LEAST_CONTRAST: f64 = 40.0;
/// Longer to shorter side of sheets: A4 has 1.41, US Letter 1.29.
const SHEET: std::ops::Range<f32> = 1.2..1.6;
/// Dots per inch of a flat sheet.
pub(super) const FLAT_DENSITY: f32 = 300.0;
/// Share of a sheet that is a step on it, small enough that the projection is as good as linear.
const STEP: f32 = 0.001;
/// Its longer side in pixels: A4.
const LONG_SIDE: f32 = 3508.0;

/// Share of a picture that each of several sheets covers at least: a receipt beside another one.
const LEAST_PART: f64 = 0.05;
/// Share of its hull that the outline of a sheet fills: it has no bays.
const LEAST_SOLID: f64 = 0.9;
/// Grey levels by which print is darker than its paper, in the small picture, and the least share of a sheet that it takes.
const PRINT: u8 = 40;
const LEAST_PRINT: f32 = 0.005;

/// The sheets of paper that lie apart from each other on a picture, each cut out and laid flat, in the order in which one reads
/// them. None where there are fewer than two: then the picture is one page.
pub(crate) fn sheets_apart(picture: &DynamicImage) -> Vec<RgbImage> {
    let grey = picture.to_luma8();
    let scale = SMALL as f32 / grey.width().max(grey.height()) as f32;
    let small = sampled(&grey, scale);
    let mut quads = quads_apart(&small);
    if quads.len() < 2 {
        return Vec::new();
    }
    let middle = |quad: &[Point<i32>; 4], of: fn(&Point<i32>) -> i32| quad.iter().map(of).sum::<i32>();
    let top = |quad: &[Point<i32>; 4]| quad.iter().map(|p| p.y).min();
    let bottom = |quad: &[Point<i32>; 4]| quad.iter().map(|p| p.y).max();
    quads.sort_by_key(|quad| middle(quad, |p| p.y));
    let is_column = quads.windows(2).all(|pair| bottom(&pair[0]) < top(&pair[1]));
    if !is_column {
        quads.sort_by_key(|quad| middle(quad, |p| p.x));
    }
    let colours = picture.to_rgb8();
    let cut = |quad: [Point<i32>; 4]| {
        let corners = quad.map(|p| (p.x as f32 / scale, p.y as f32 / scale));
        let (w, h) = size(corners);
        let to_flat = Projection::from_control_points(corners, [(0.0, 0.0), (w, 0.0), (w, h), (0.0, h)])?;
        let mut flat = RgbImage::from_pixel(w as u32, h as u32, Rgb([255; 3]));
        warp_into(&colours, to_flat, Interpolation::Bilinear, Border::Replicate, &mut flat);
        Some(flat)
    };
    quads.into_iter().filter_map(cut).collect()
}

/// The corners of all sheets with print on them that lie apart.
fn quads_apart(small: &GrayImage) -> Vec<[Point<i32>; 4]> {
    let all = f64::from(small.width() * small.height());
    let quad = |contour: Contour<i32>| {
        let own = contour_area(&contour.points);
        if contour.border_type != BorderType::Outer || contour.parent.is_some() || own < LEAST_PART * all {
            return None;
        }
        let outline = convex_hull(contour.points);
        let is_solid = own >= LEAST_SOLID * contour_area(&outline);
        corners_of(&outline, small).filter(|quad| is_solid && has_print(small, quad))
    };
    let level = otsu_level(small);
    let mut quads: Vec<[Point<i32>; 4]> = Vec::new();
    // In a shadow, paper is darker than the table in the light.
    for level in [level, level - level / 4, level + (u8::MAX - level) / 4] {
        for new in find_contours_with_threshold::<i32>(small, level).into_iter().filter_map(quad) {
            let middle = |quad: &[Point<i32>; 4], of: fn(&Point<i32>) -> i32| quad.iter().map(of).sum::<i32>() / 4;
            let holds = |a, b| contains(a, middle(b, |p| p.x), middle(b, |p| p.y));
            if !quads.iter().any(|known| holds(known, &new) || holds(&new, known)) {
                quads.push(new);
            }
        }
    }
    let all = quads.clone();
    quads.retain(|quad| stands_out(small, quad, &all));
    quads
}

/// Whether there is print on a sheet: a plate or a screen has none.
fn has_print(small: &GrayImage, quad: &[Point<i32>; 4]) -> bool {
    let inside = |(x, y, _): &(u32, u32, &Luma<u8>)| contains(quad, *x as i32, *y as i32);
    let mut levels: Vec<u8> = small.enumerate_pixels().filter(inside).map(|(_, _, level)| level.0[0]).collect();
    levels.sort_unstable();
    let Some(paper) = levels.get(levels.len() / 2) else { return false };
    let print = levels.iter().filter(|level| level.saturating_add(PRINT) < *paper).count();
    print as f32 >= LEAST_PRINT * levels.len() as f32
}

/// Width and height of a sheet with these corners.
fn size([top_left, top_right, bottom_right, bottom_left]: [(f32, f32); 4]) -> (f32, f32) {
    let width = length(top_left, top_right).max(length(bottom_left, bottom_right));
    let height = length(top_left, bottom_left).max(length(top_right, bottom_right));
    (width.round(), height.round())
}

/// A sheet laid flat at [`FLAT_DENSITY`], and the way back to the picture.
pub(super) struct Flat {
    pub(super) grey: GrayImage,
    to_picture: Projection,
}

impl Flat {
    /// Finds the sheet; `None` if the picture shows none with all four corners.
    pub(super) fn of(picture: &GrayImage) -> Option<Self> {
        let corners = corners(picture)?;
        let (width, height) = size(corners);
        let long = width.max(height);
        if !SHEET.contains(&(long / width.min(height))) {
            return None;
        }
        let scale = LONG_SIDE / long;
        let (w, h) = ((width * scale).round(), (height * scale).round());
        let to_flat = Projection::from_control_points(corners, [(0.0, 0.0), (w, 0.0), (w, h), (0.0, h)])?;
        let mut grey = GrayImage::new(w as u32, h as u32);
        warp_into(picture, to_flat, Interpolation::Bilinear, Border::Replicate, &mut grey);
        Some(Self { grey, to_picture: to_flat.invert() })
    }

    /// A box on the flat sheet as a box on the picture, both in fractions.
    pub(super) fn on_picture(&self, rect: Rect, picture: (u32, u32)) -> Rect {
        let corners =
            [(rect.x, rect.y), (rect.right(), rect.y), (rect.right(), rect.bottom()), (rect.x, rect.bottom())];
        box_around(corners.map(|(x, y)| self.point_on_picture(x, y, picture)))
    }

    fn point_on_picture(&self, x: f32, y: f32, picture: (u32, u32)) -> (f32, f32) {
        let (x, y) = self.to_picture * (x * self.grey.width() as f32, y * self.grey.height() as f32);
        (x / picture.0 as f32, y / picture.1 as f32)
    }

    /// A box on the picture as a box on the flat sheet, both in fractions: the way back of [`Self::on_picture`]. Near the
    /// middle of so small a box the projection is as good as linear.
    pub(super) fn on_flat(&self, rect: Rect, picture: (u32, u32)) -> Rect {
        let (w, h) = (self.grey.width() as f32, self.grey.height() as f32);
        let to_flat = self.to_picture.invert();
        let on_flat = |x: f32, y: f32| {
            let (x, y) = to_flat * (x * picture.0 as f32, y * picture.1 as f32);
            (x / w, y / h)
        };
        let on_picture = |x: f32, y: f32| self.point_on_picture(x, y, picture);
        let (x, y) = on_flat(rect.x + rect.w / 2.0, rect.middle());
        // How far a step to the right and a step down on the sheet go on the picture, across and down.
        let ((right, left), (below, above)) =
            ((on_picture(x + STEP, y), on_picture(x - STEP, y)), (on_picture(x, y + STEP), on_picture(x, y - STEP)));
        let share = |a: f32, b: f32| (a - b).abs() / (2.0 * STEP);
        let (across_right, down_right) = (share(right.0, left.0), share(right.1, left.1));
        let (across_below, down_below) = (share(below.0, above.0), share(below.1, above.1));
        // The box around the four corners: w = across_right · W + across_below · H, h = down_right · W + down_below · H.
        let determinant = across_right * down_below - across_below * down_right;
        let (wide, high) = (
            ((rect.w * down_below - rect.h * across_below) / determinant).max(0.0),
            ((rect.h * across_right - rect.w * down_right) / determinant).max(0.0),
        );
        Rect { x: x - wide / 2.0, y: y - high / 2.0, w: wide, h: high }
    }
}

/// The sheet's corners in the picture: top left, top right, bottom right, bottom left.
fn corners(picture: &GrayImage) -> Option<[(f32, f32); 4]> {
    let scale = SMALL as f32 / picture.width().max(picture.height()) as f32;
    let small = sampled(picture, scale);
    let level = otsu_level(&small);
    // Where a shadow lies on the sheet, its edge is found below the level that parts light from dark best.
    let quads = [level, level / 2].into_iter().filter_map(|level| sheet(&small, level));
    let quad = quads.max_by(|a, b| contour_area(a).total_cmp(&contour_area(b)))?;
    Some(quad.map(|p| (p.x as f32 / scale, p.y as f32 / scale)))
}

/// A smaller picture of which each pixel is the mean of a few: all that an edge of paper needs, and ten times as fast
/// as the mean of all.
fn sampled(picture: &GrayImage, scale: f32) -> GrayImage {
    let size = |n: u32| ((n as f32 * scale).round() as u32).max(1);
    let (width, height) = (size(picture.width()), size(picture.height()));
    let at = |place: u32, part: u32, small: u32, large: u32| ((4 * place + part) * large / (4 * small)).min(large - 1);
    GrayImage::from_fn(width, height, |x, y| {
        let parts = [(1, 1), (3, 1), (1, 3), (3, 3)];
        let level = |(right, down)| {
            let (x, y) = (at(x, right, width, picture.width()), at(y, down, height, picture.height()));
            u16::from(picture.get_pixel(x, y).0[0])
        };
        Luma([(parts.map(level).iter().sum::<u16>() / 4) as u8])
    })
}

/// The corners of the largest thing lighter than `level`, if it can be a sheet.
fn sheet(small: &GrayImage, level: u8) -> Option<[Point<i32>; 4]> {
    let outline = find_contours_with_threshold::<i32>(small, level)
        .into_iter()
        .map(|contour| convex_hull(contour.points))
        .max_by(|a, b| contour_area(a).total_cmp(&contour_area(b)))?;
    let quad = corners_of(&outline, small)?;
    let is_large = contour_area(&quad) >= LEAST_AREA * f64::from(small.width() * small.height());
    (is_large && stands_out(small, &quad, &[quad])).then_some(quad)
}

/// The four corners that explain the outline of a sheet, all of them on the picture.
fn corners_of(outline: &[Point<i32>], small: &GrayImage) -> Option<[Point<i32>; 4]> {
    let extreme = |value: fn(&Point<i32>) -> i32| outline.iter().copied().max_by_key(value);
    let quad = [extreme(|p| -p.x - p.y)?, extreme(|p| p.x - p.y)?, extreme(|p| p.x + p.y)?, extreme(|p| p.y - p.x)?];
    let fits = contour_area(&quad) >= LEAST_FIT * contour_area(outline);
    let (right, bottom) = (small.width() as i32 - 2, small.height() as i32 - 2);
    let all_seen = quad.iter().all(|p| (2..right).contains(&p.x) && (2..bottom).contains(&p.y));
    let [a, b, c, d] = quad.map(|p| (p.x as f32, p.y as f32));
    let even = |a: f32, b: f32| a.min(b) >= LEAST_EVEN * a.max(b);
    let square = even(length(a, b), length(d, c)) && even(length(a, d), length(b, c));
    (fits && all_seen && square).then_some(quad)
}

/// Whether the paper is clearly lighter than what lies around all sheets; a frame printed on a page is not.
fn stands_out(small: &GrayImage, quad: &[Point<i32>; 4], sheets: &[[Point<i32>; 4]]) -> bool {
    let (mut inside, mut outside) = ((0.0, 0.0), (0.0, 0.0));
    for (x, y, Luma([grey])) in small.enumerate_pixels() {
        let is_on = |quad| contains(quad, x as i32, y as i32);
        let sum = match is_on(quad) {
            true => &mut inside,
            false if sheets.iter().any(is_on) => continue,
            false => &mut outside,
        };
        *sum = (sum.0 + f64::from(*grey), sum.1 + 1.0);
    }
    outside.1 > 0.0 && inside.0 / inside.1 - outside.0 / outside.1 >= LEAST_CONTRAST
}

/// Whether a point is on the inner side of all four edges, which run clockwise.
fn contains(quad: &[Point<i32>; 4], x: i32, y: i32) -> bool {
    (0..4).all(|i| {
        let (a, b) = (quad[i], quad[(i + 1) % 4]);
        (b.x - a.x) * (y - a.y) - (b.y - a.y) * (x - a.x) >= 0
    })
}

fn length(a: (f32, f32), b: (f32, f32)) -> f32 {
    (a.0 - b.0).hypot(a.1 - b.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A light quadrilateral on a dark ground.
    fn photo(quad: [Point<i32>; 4]) -> GrayImage {
        GrayImage::from_fn(600, 800, |x, y| Luma([if contains(&quad, x as i32, y as i32) { 220 } else { 40 }]))
    }

    #[test]
    fn a_sheet_on_a_dark_table_is_laid_flat_and_boxes_come_back() {
        let picture = photo([Point::new(60, 40), Point::new(520, 60), Point::new(560, 740), Point::new(40, 700)]);
        let flat = Flat::of(&picture).expect("a sheet with four corners");
        let corner = flat.on_picture(Rect { x: 0.0, y: 0.0, w: 0.0, h: 0.0 }, picture.dimensions());
        assert!((corner.x - 0.1).abs() < 0.01 && (corner.y - 0.05).abs() < 0.01, "{corner:?}");
        let corner = flat.on_picture(Rect { x: 1.0, y: 1.0, w: 0.0, h: 0.0 }, picture.dimensions());
        assert!((corner.x - 560.0 / 600.0).abs() < 0.01 && (corner.y - 740.0 / 800.0).abs() < 0.01, "{corner:?}");
    }

    #[test]
    fn a_word_on_the_picture_comes_back_to_where_it_stands_on_the_sheet() {
        let tilted = [Point::new(90, 30), Point::new(540, 70), Point::new(500, 740), Point::new(60, 690)];
        let flat = Flat::of(&photo(tilted)).expect("a sheet with four corners");
        for (x, y) in [(0.1, 0.1), (0.45, 0.5), (0.8, 0.9)] {
            let word = Rect { x, y, w: 0.09, h: 0.012 };
            let back = flat.on_flat(flat.on_picture(word, (600, 800)), (600, 800));
            let off = [back.x - word.x, back.y - word.y, back.w - word.w, back.h - word.h];
            assert!(off.iter().all(|off| off.abs() < 0.002), "{back:?} is not {word:?}");
        }
    }

    /// Sheets with lines of print on a dark ground.
    fn table(sheets: &[[Point<i32>; 4]], level: u8) -> DynamicImage {
        let on = |x: u32, y: u32| sheets.iter().any(|quad| contains(quad, x as i32, y as i32));
        let ink = |x: u32, y: u32| y % 40 < 6 && x % 20 < 12;
        let inner = |x: u32, y: u32| on(x, y) && on(x + 20, y) && on(x.saturating_sub(20), y) && on(x, y + 20);
        GrayImage::from_fn(900, 800, |x, y| {
            Luma([match on(x, y) {
                true if ink(x, y) && inner(x, y) => level,
                true => 220,
                false => 40,
            }])
        })
        .into()
    }

    #[test]
    fn two_sheets_beside_or_below_each_other_are_cut_apart_in_their_order() {
        let quad = |x: i32, y: i32, w: i32, h: i32| {
            [Point::new(x, y), Point::new(x + w, y + 8), Point::new(x + w - 8, y + h), Point::new(x - 8, y + h - 8)]
        };
        let sizes = |sheets: &[[Point<i32>; 4]]| -> Vec<(u32, u32)> {
            sheets_apart(&table(sheets, 60))
                .iter()
                .map(|sheet| ((sheet.width() + 15) / 20, (sheet.height() + 15) / 20))
                .collect()
        };
        assert_eq!(sizes(&[quad(60, 60, 300, 600), quad(500, 120, 260, 500)]), [(15, 30), (13, 25)]);
        assert_eq!(sizes(&[quad(60, 430, 500, 300), quad(80, 40, 600, 330)]), [(30, 16), (25, 15)]);
        assert_eq!(sizes(&[quad(60, 60, 500, 600)]), [], "one sheet is one page");
        assert!(sheets_apart(&table(&[quad(60, 60, 300, 600), quad(500, 60, 300, 600)], 220)).is_empty(), "no print");
    }

    #[test]
    fn a_page_without_a_table_around_it_is_left_alone() {
        assert!(
            Flat::of(&photo([Point::new(0, 0), Point::new(599, 0), Point::new(599, 799), Point::new(0, 799)]))
                .is_none()
        );
        assert!(Flat::of(&GrayImage::from_pixel(600, 800, Luma([255]))).is_none());
    }
}
