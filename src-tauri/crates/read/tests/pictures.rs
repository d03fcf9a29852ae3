//! Pictures as cameras and scanners leave them: lying on their side, with punched holes.
#![expect(clippy::expect_used, reason = "a test that cannot go on should say what it expected")]

use std::fs;
use std::io::Cursor;
use std::path::{Path, PathBuf};

use domain::{Reading, Word};
use image::{DynamicImage, GrayImage, ImageFormat, Luma};
use read::{Limits, ReadOptions, Reader, locate_pdfium};

fn reader() -> Reader {
    with(false)
}

fn with(second_reader: bool) -> Reader {
    // Time enough on a computer that runs other tests at the same time.
    let limits = Limits { seconds_per_page: 600, ..Limits::default() };
    let options = ReadOptions::new(locate_pdfium().expect("libpdfium.so: see the Makefile"));
    Reader::new(ReadOptions { limits, second_reader, ..options })
}

fn letters() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/fixtures/letters")
}

fn scan(name: &str) -> DynamicImage {
    image::load_from_memory(&fs::read(letters().join(name)).expect("a scan")).expect("a JPEG")
}

/// A JPEG whose camera notes how it was held (Exif 2.32, 4.6.4, tag 0x0112).
fn held(stored: &DynamicImage, orientation: u8) -> Vec<u8> {
    let mut jpeg = Cursor::new(Vec::new());
    stored.write_to(&mut jpeg, ImageFormat::Jpeg).expect("encodes");
    let mut exif = b"\xff\xe1\0\x22Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0".to_vec();
    exif.extend([orientation, 0, 0, 0, 0, 0, 0, 0]);
    let jpeg = jpeg.into_inner();
    [&jpeg[..2], &exif, &jpeg[2..]].concat()
}

#[test]
fn a_picture_is_shown_upright_however_the_camera_was_held() {
    // Something small without any symmetry.
    let upright = DynamicImage::from(GrayImage::from_fn(64, 96, |x, y| {
        Luma([if x < 24 && y < 16 || x < 8 && y < 64 { 0 } else { 255 }])
    }));
    let stored: [fn(&DynamicImage) -> DynamicImage; 8] = [
        DynamicImage::clone,
        DynamicImage::fliph,
        DynamicImage::rotate180,
        DynamicImage::flipv,
        |upright| upright.fliph().rotate270(),
        DynamicImage::rotate270,
        |upright| upright.fliph().rotate90(),
        DynamicImage::rotate90,
    ];
    for (orientation, stored) in (1..).zip(stored) {
        let drawn = reader().page_image("IMG.jpg", &held(&stored(&upright), orientation), 1, 64, 0).expect("draws");
        let drawn = image::load_from_memory(&drawn.bytes).expect("a picture").into_luma8();
        assert_eq!(drawn.dimensions(), (64, 96), "orientation {orientation}");
        let differs = |(a, b): &(&Luma<u8>, &Luma<u8>)| a.0[0].abs_diff(b.0[0]) > 100;
        let wrong = drawn.pixels().zip(upright.to_luma8().pixels()).filter(differs).count();
        assert!(wrong < 20, "orientation {orientation}: {wrong} pixels are elsewhere");
    }
}

#[test]
fn what_a_camera_held_upright_has_stored_lying_is_read_without_turning() {
    let upright = scan("d22-scan.jpg");
    let reading = reader().read("IMG.jpg", &held(&upright.rotate270(), 6), &|_| {}).expect("reads");
    assert_eq!(reading.pages[0].turned, 0);
    assert!(reading.text().contains("QUITTUNG"), "{}", reading.text());
}

/// The letter as it comes out of a binder: two holes of 6 mm, 80 mm apart, 12 mm from the left edge (ISO 838), through
/// which the lid of the scanner is seen.
fn punched(letter: &DynamicImage, lid: u8) -> DynamicImage {
    let mut picture = letter.to_luma8();
    let mm = picture.height() as f32 / 297.0;
    for middle in [108.5, 188.5] {
        for (x, y, pixel) in picture.enumerate_pixels_mut() {
            if (x as f32 - 12.0 * mm).hypot(y as f32 - middle * mm) < 3.0 * mm {
                *pixel = Luma([lid]);
            }
        }
    }
    picture.into()
}

#[test]
fn punched_holes_are_no_words_and_spoil_none() {
    let read = |picture: &DynamicImage| -> Reading {
        let mut png = Cursor::new(Vec::new());
        picture.write_to(&mut png, ImageFormat::Png).expect("encodes");
        reader().read("scan.png", png.get_ref(), &|_| {}).expect("reads")
    };
    // A page of 200 dpi whose margin is empty.
    let pdf = fs::read(letters().join("d01.pdf")).expect("a letter");
    let drawn = reader().page_image("d01.pdf", &pdf, 1, 1654, 0).expect("draws");
    let letter = image::load_from_memory(&drawn.bytes).expect("a picture");
    let whole = read(&letter);
    assert!(whole.pages[0].words.len() > 100, "{}", whole.text());
    for lid in [20, 120] {
        let reading = read(&punched(&letter, lid));
        let in_the_margin: Vec<&Word> =
            reading.pages[0].words.iter().filter(|word| word.rect.right() < 20.0 / 210.0).collect();
        assert!(in_the_margin.is_empty(), "lid {lid}: {in_the_margin:?}");
        let kept = reading.text();
        let lost: Vec<&str> = words(&whole).into_iter().filter(|word| !kept.contains(*word)).collect();
        assert!(lost.is_empty(), "lid {lid}: {lost:?}");
    }
}

/// What was read for sure: small print differs by a pixel.
fn words(reading: &Reading) -> Vec<&str> {
    let sure = |word: &&Word| word.confidence > 0.9 && word.text.len() > 3;
    reading.pages[0].words.iter().filter(sure).map(|word| word.text.as_str()).collect()
}

/// The codes of what is wrong with a picture.
fn faults(picture: &DynamicImage, format: ImageFormat) -> Vec<String> {
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, format).expect("encodes");
    let reading = reader().read("IMG.jpg", bytes.get_ref().as_slice(), &|_| {}).expect("reads");
    reading.problems.iter().map(|problem| problem.code.as_str().to_owned()).collect()
}

#[test]
fn a_picture_that_is_cut_off_blurred_or_dark_is_to_be_taken_again() {
    let none: [&str; 0] = [];
    let whole = DynamicImage::from(scan("d41-scan.jpg").into_luma8());
    assert_eq!(faults(&whole, ImageFormat::Jpeg), none);
    let (width, height) = (whole.width(), whole.height());
    // Through the lines of the text.
    let part = whole.crop_imm(0, 0, width * 11 / 20, height);
    assert_eq!(faults(&part, ImageFormat::Jpeg), ["picture_cut_off"]);
    // The same on a dark table.
    let mut on_table = DynamicImage::from(GrayImage::from_pixel(width, height + 200, Luma([40])));
    image::imageops::overlay(&mut on_table, &part, 0, 100);
    assert_eq!(faults(&on_table, ImageFormat::Jpeg), ["picture_cut_off"]);
    let blurred = whole.fast_blur(4.2);
    assert_eq!(faults(&blurred, ImageFormat::Jpeg), ["picture_blurred"]);
    let dark = whole.fast_blur(3.4).into_luma8();
    let dark = GrayImage::from_fn(width, height, |x, y| Luma([(u16::from(dark.get_pixel(x, y).0[0]) / 4) as u8]));
    assert_eq!(faults(&DynamicImage::from(dark), ImageFormat::Png), ["picture_dark"]);
}

#[test]
fn two_pages_side_by_side_are_read_one_after_the_other() {
    let page = scan("d41-scan.jpg").into_luma8();
    let (width, height) = page.dimensions();
    let mut open = GrayImage::from_pixel(2 * width, height, Luma([255]));
    image::imageops::overlay(&mut open, &page, 0, 0);
    image::imageops::overlay(&mut open, &page, width.into(), 0);
    let mut bytes = Cursor::new(Vec::new());
    open.write_to(&mut bytes, ImageFormat::Png).expect("encodes");
    let read = |name: &str, bytes: &[u8]| reader().read(name, bytes, &|_| {}).expect("reads").pages.swap_remove(0);
    let both = read("open.png", bytes.get_ref());
    let lefts: Vec<bool> = both.words.iter().map(|word| word.rect.right() <= 0.5).collect();
    let turns = lefts.windows(2).filter(|pair| pair[0] != pair[1]).count();
    assert_eq!(turns, 1, "from the left page to the right one");
    assert!(both.words.is_sorted_by_key(|word| word.line), "lines are counted on");
}

#[test]
fn a_fax_is_shown_with_square_pixels() {
    // 204 dots per inch across, 98 down.
    let fax = GrayImage::from_pixel(204, 98, Luma([255]));
    let mut file = Cursor::new(Vec::new());
    let mut encoder = tiff::encoder::TiffEncoder::new(&mut file).expect("a file");
    let mut page = encoder.new_image::<tiff::encoder::colortype::Gray8>(204, 98).expect("a page");
    page.resolution_unit(tiff::tags::ResolutionUnit::Inch);
    page.x_resolution(tiff::encoder::Rational { n: 204, d: 1 });
    page.y_resolution(tiff::encoder::Rational { n: 98, d: 1 });
    page.write_data(fax.as_raw()).expect("written");
    let drawn = reader().page_image("fax.tif", file.get_ref().as_slice(), 1, 204, 0).expect("draws");
    assert_eq!((drawn.width, drawn.height), (204, 204), "a square inch");
}

#[test]
fn two_papers_on_one_picture_are_two_documents() {
    let mut table = image::RgbImage::from_pixel(2100, 1500, image::Rgb([60, 45, 35]));
    for (letter, x, y) in [("d22-scan.jpg", 90, 120), ("d41-scan.jpg", 1080, 60)] {
        let paper = scan(letter).resize(930, 1380, image::imageops::FilterType::Triangle).to_rgb8();
        image::imageops::overlay(&mut table, &paper, x, y);
    }
    let mut photo = Cursor::new(Vec::new());
    DynamicImage::from(table).write_to(&mut photo, ImageFormat::Jpeg).expect("encodes");
    let reading = reader().read("Zwei.jpg", &photo.into_inner(), &|_| {}).expect("reads");
    let names: Vec<&str> = reading.members.iter().map(|member| member.name.as_str()).collect();
    assert_eq!((names, reading.pages.len()), (vec!["Zwei (1).jpg", "Zwei (2).jpg"], 0));
    let texts: Vec<String> = reading
        .members
        .iter()
        .map(|member| reader().read(&member.name, &member.bytes, &|_| {}).expect("reads").text())
        .collect();
    assert!(texts[0].contains("QUITTUNG") && !texts[1].contains("QUITTUNG"), "{texts:?}");
    assert!(texts[1].contains("Verwarnungsgeld"), "{}", texts[1]);
}

#[test]
fn a_fax_in_the_compression_of_fax_machines_is_read_in_its_proportions() {
    let fax = fs::read(letters().join("../formats/fax.tif")).expect("a fax");
    let reading = reader().read("Fax.tif", &fax, &|_| {}).expect("reads");
    let page = &reading.pages[0];
    assert!((1.3..1.5).contains(&(page.height / page.width)), "{} × {}", page.width, page.height);
    assert!(page.words.len() > 60, "{}", reading.text());
}

#[test]
fn a_picture_on_which_nothing_can_be_read_says_why() {
    let codes = |picture: DynamicImage| -> Vec<String> {
        let mut jpeg = Cursor::new(Vec::new());
        picture.write_to(&mut jpeg, ImageFormat::Jpeg).expect("encodes");
        let reading = reader().read("Foto.jpg", &jpeg.into_inner(), &|_| {}).expect("reads");
        reading.problems.iter().map(|problem| problem.code.as_str().to_owned()).collect()
    };
    let letter = scan("d41-scan.jpg");
    assert_eq!(codes(letter.blur(25.0)), ["picture_blurred"]);
    assert_eq!(codes(DynamicImage::from(in_the_dark(&letter))), ["picture_dark"]);
    assert_eq!(codes(letter), [""; 0]);
}

/// Lit by next to nothing.
fn in_the_dark(letter: &DynamicImage) -> GrayImage {
    let mut dark = letter.to_luma8();
    dark.pixels_mut().for_each(|level| level.0[0] /= 40);
    dark
}

#[test]
fn print_of_the_back_that_shines_through_is_no_part_of_the_page() {
    let (front, back) = (scan("d22-scan.jpg").into_luma8(), scan("d41-scan.jpg").fliph().into_luma8());
    let shines = |x, y| {
        let level = back.get_pixel_checked(x, y).map_or(255, |Luma([level])| u32::from(*level));
        Luma([(front.get_pixel(x, y).0[0]).min((255 - (255 - level) * 2 / 5) as u8)])
    };
    let page = DynamicImage::from(GrayImage::from_fn(front.width(), front.height(), shines));
    let reader = with(true);
    let read = |picture: &DynamicImage| {
        let mut jpeg = Cursor::new(Vec::new());
        picture.write_to(&mut jpeg, ImageFormat::Jpeg).expect("encodes");
        reader.read("IMG.jpg", jpeg.get_ref().as_slice(), &|_| {}).expect("reads")
    };
    let (alone, through) = (read(&front.clone().into()), read(&page));
    let text = through.text();
    let lost: Vec<_> = words(&alone).into_iter().filter(|word| !text.contains(word)).collect();
    assert!(lost.len() <= 1, "{lost:?}");
    let [alone, through] = [&alone, &through].map(|reading| reading.pages[0].words.len());
    assert!(through * 10 <= alone * 11, "{through} instead of {alone} words: {text}");
}
