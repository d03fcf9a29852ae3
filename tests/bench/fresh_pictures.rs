//! Fresh letters printed and photographed, beside the same letters with their text layer.
//!
//! Each page is drawn at the density of a usual scan, turned a little, unevenly lit and given the noise of a sensor, always in
//! the same way. Both are understood by models that do not know the author of the set.

use std::fs;
use std::io::Cursor;
use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, ensure};
use app::{Inspector, Parts};
use image::GrayImage;
use tiff::encoder::{TiffEncoder, colortype};
use train::corpus::{self, Letter};
use train::fit::Chance;
use train::outcome::outcome;
use train::report::{Counts, percent};

use crate::figure::{Better, Figure};
use crate::fresh;

/// Dots per inch of a usual scan.
const DENSITY: &str = "200";
/// How far a page lies askew, in radians: a little more than half a degree.
const TURNED: f32 = 0.011;
/// The deepest shadow, as a share of the light.
const SHADOW: f32 = 0.25;
/// The noise of the sensor, in steps of 255.
const NOISE: i32 = 12;

pub(crate) fn measure() -> anyhow::Result<Vec<Figure>> {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    let inspector = Inspector::new(Parts::real());
    let folds = fresh::folds();
    let (mut with_text, mut pictured) = (Counts::default(), Counts::default());
    for (name, folder) in corpus::fresh(&tests.join("fresh")) {
        let letters = folder.join("letters");
        if !letters.is_dir() {
            continue;
        }
        for letter in corpus::load(&name, &folder, &folder.join("text.jsonl"))? {
            let models = folds.map_or_else(train::Models::built_in, |folds| {
                folds.without.get(corpus_author(&letter)).unwrap_or(&folds.all)
            });
            with_text.add(&letter, &outcome(&letter, models));
            let picture = photographed(&letters.join(letter.file()))?;
            let inspection = inspector
                .inspect(&format!("{}.tiff", letter.file()), &picture, true)
                .map_err(|error| anyhow::anyhow!("{}: {}", letter.file(), error.message))?;
            let seen = Letter { reading: inspection.reading().clone(), ..letter };
            pictured.add(&seen, &outcome(&seen, models));
        }
    }
    ensure!(with_text.letters > 0, "no fresh set holds its letters");
    let below = with_text.right_percent() - pictured.right_percent();
    Ok(vec![
        Figure {
            name: "understand.fresh_pictures_plan_right_percent",
            value: pictured.right_percent(),
            unit: "%",
            goal: Some(82.0),
            better: Better::Higher,
            note: format!(
                "{} of {}; with a text layer {}; kinds {:.1} %",
                pictured.right,
                pictured.letters,
                with_text.right,
                percent(pictured.kind_right, pictured.of_kind)
            ),
        },
        Figure {
            name: "understand.fresh_pictures_points_below_text",
            value: below,
            unit: "points",
            goal: Some(3.0),
            better: Better::Lower,
            note: format!("{} silent misses", pictured.silent_misses),
        },
    ])
}

fn corpus_author(letter: &Letter) -> &str {
    train::folds::author(&letter.set)
}

/// The pages of a PDF as pictures in one TIFF.
fn photographed(pdf: &Path) -> anyhow::Result<Vec<u8>> {
    let work = tempfile::tempdir()?;
    let drawn = Command::new("pdftoppm")
        .args(["-r", DENSITY, "-gray", "-png"])
        .arg(pdf)
        .arg(work.path().join("page"))
        .status()
        .context("pdftoppm")?;
    ensure!(drawn.success(), "pdftoppm could not draw {}", pdf.display());
    let mut pages: Vec<_> = fs::read_dir(work.path())?.map(|entry| Ok(entry?.path())).collect::<anyhow::Result<_>>()?;
    pages.sort();
    let mut bytes = Cursor::new(Vec::new());
    let mut tiff = TiffEncoder::new(&mut bytes)?;
    for (number, page) in (1..).zip(&pages) {
        let page = seen_by_a_camera(&image::open(page)?.into_luma8(), number);
        tiff.write_image::<colortype::Gray8>(page.width(), page.height(), &page)?;
    }
    Ok(bytes.into_inner())
}

/// A page turned, unevenly lit and with noise; the same page gives the same picture.
fn seen_by_a_camera(page: &GrayImage, seed: u64) -> GrayImage {
    let mut chance = Chance(seed);
    let (width, height) = (page.width() as f32, page.height() as f32);
    let (sin, cos) = TURNED.sin_cos();
    GrayImage::from_fn(page.width(), page.height(), |x, y| {
        let (dx, dy) = (x as f32 - width / 2.0, y as f32 - height / 2.0);
        let (from_x, from_y) = (cos * dx + sin * dy + width / 2.0, cos * dy - sin * dx + height / 2.0);
        let light = 1.0 - SHADOW * (x as f32 / width) * (y as f32 / height);
        let noise = chance.below(2 * NOISE as usize + 1) as i32 - NOISE;
        let shade = light * between(page, from_x, from_y) + noise as f32;
        image::Luma([shade.clamp(0.0, 255.0) as u8])
    })
}

/// The shade between four dots; beyond the page it is white.
fn between(page: &GrayImage, x: f32, y: f32) -> f32 {
    let (left, top) = (x.floor(), y.floor());
    let dot = |dx: f32, dy: f32| {
        let (x, y) = (left + dx, top + dy);
        let inside = x >= 0.0 && y >= 0.0 && x < page.width() as f32 && y < page.height() as f32;
        if inside { f32::from(page.get_pixel(x as u32, y as u32)[0]) } else { 255.0 }
    };
    let (across, down) = (x - left, y - top);
    let upper = dot(0.0, 0.0) * (1.0 - across) + dot(1.0, 0.0) * across;
    let lower = dot(0.0, 1.0) * (1.0 - across) + dot(1.0, 1.0) * across;
    upper * (1.0 - down) + lower * down
}
