//! Reading real letters: the words come out, each with a box on the page.
#![expect(clippy::expect_used, reason = "the functions beside the tests are test code, too")]

use std::cell::RefCell;
use std::fs;
use std::path::{Path, PathBuf};

use domain::{Page, PageOrigin, Reading};
use read::{Limits, Pace, Progress, ReadOptions, Reader, SecondReading, ToReadAgain, locate_pdfium};

fn reader() -> Reader {
    Reader::new(options())
}

/// With time enough on a computer that runs other tests at the same time.
fn options() -> ReadOptions {
    let limits = Limits { seconds_per_page: 600, ..Limits::default() };
    ReadOptions { limits, ..ReadOptions::new(locate_pdfium().expect("libpdfium.so: see the Makefile")) }
}

fn letter(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/fixtures/letters").join(name);
    fs::read(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

fn read(name: &str) -> Reading {
    let reading = reader().read(name, &letter(name), &|_| {}).expect("a good letter");
    assert!(reading.problems.is_empty(), "{:?}", reading.problems);
    for word in reading.pages.iter().flat_map(|p| &p.words) {
        let (r, c) = (word.rect, word.confidence);
        assert!(r.x >= 0.0 && r.y >= 0.0 && r.right() <= 1.0001 && r.bottom() <= 1.0001, "{word:?}");
        assert!(r.w > 0.0 && r.h > 0.0 && (0.0..=1.0).contains(&c), "{word:?}");
    }
    reading
}

fn lines(page: &Page) -> Vec<String> {
    page.text().lines().map(str::to_owned).collect()
}

/// Where a word is on its page, in fractions: its middle.
fn place(page: &Page, text: &str) -> (f32, f32) {
    let word = page.words.iter().find(|w| w.text == text).unwrap_or_else(|| panic!("no {text} in {}", page.text()));
    (word.rect.x + word.rect.w / 2.0, word.rect.middle())
}

#[test]
fn a_born_digital_letter_is_read_from_its_text_layer() {
    let reading = read("d01.pdf");
    assert_eq!((reading.mime_type.as_str(), reading.language.as_deref()), ("application/pdf", Some("de")));
    assert_eq!(reading.pages.len(), 2);
    let page = &reading.pages[0];
    assert_eq!((page.origin, page.turned), (PageOrigin::Embedded, 0));
    assert!((page.width - 595.0).abs() < 1.0 && (page.height - 842.0).abs() < 1.0);
    let lines = lines(page);
    assert!(lines.contains(&"Vertragskonto 7004418823".to_owned()), "{lines:?}");
    assert!(lines.contains(&"Nachzahlung 124,91 EUR".to_owned()), "a far value stays on its label's line: {lines:?}");
    let (x, y) = place(page, "Nachzahlung");
    assert!(x < 0.3 && (0.4..0.7).contains(&y), "{x} {y}");
}

#[test]
fn an_english_letter_is_told_from_a_german_one() {
    assert_eq!(read("d58.pdf").language.as_deref(), Some("en"));
    assert_eq!(read("d14.pdf").language.as_deref(), Some("de"));
}

#[test]
fn a_scanned_pdf_is_recognised() {
    let reading = read("d04-scan.pdf");
    let page = &reading.pages[0];
    assert_eq!(page.origin, PageOrigin::Ocr);
    let text = page.text();
    for wanted in ["Zahlungserinnerung", "705,08", "2025/0917", "Leipzig"] {
        assert!(text.contains(wanted), "no {wanted} in {text}");
    }
    let (x, y) = place(page, "Zahlungserinnerung");
    assert!(x < 0.5 && (0.3..0.5).contains(&y), "{x} {y}");
}

#[test]
fn a_scanned_picture_is_recognised_in_points_of_its_density() {
    let reading = read("d41-scan.jpg");
    assert_eq!(reading.mime_type, "image/jpeg");
    let page = &reading.pages[0];
    assert!((page.width - 595.0).abs() < 3.0 && (page.height - 842.0).abs() < 3.0, "{} {}", page.width, page.height);
    assert!(page.text().contains("Verwarnungsgeld"), "{}", page.text());
}

#[test]
fn what_tesseract_loses_on_a_phone_picture_the_second_reader_finds() {
    let (name, bytes) = ("d21-phone.pdf", letter("d21-phone.pdf"));
    let both = options();
    assert!(both.ocr_models.is_some(), "the models are there: see .make/ocr-models");
    let alone = ReadOptions { second_reader: false, ..both.clone() };
    let read = |options| Reader::new(options).read(name, &bytes, &|_| {}).expect("a good letter");
    let total = "SUMME EUR 22,17";
    let text = read(alone).text();
    assert!(!text.contains(total), "Tesseract reads it alone, so this picture proves nothing: {text}");
    let reading = read(both);
    let page = &reading.pages[0];
    assert!(lines(page).contains(&total.to_owned()), "{}", page.text());
    let ((_, above), (x, y), (_, below)) = (place(page, "Leergut"), place(page, "SUMME"), place(page, "Kontaktlos"));
    assert!((0.1..0.2).contains(&x) && above < y && y < below, "words of both readers share one page: {x} {y}");
}

#[test]
fn what_waits_for_the_second_reader_comes_out_as_if_both_had_read_at_once() {
    let mut left_over = 0;
    let words = |reading: &Reading| -> Vec<Vec<String>> {
        reading.pages.iter().map(|page| page.words.iter().map(|word| word.text.clone()).collect()).collect()
    };
    let never = || false;
    for name in ["d04-scan.pdf", "d21-phone.pdf"] {
        let (reader, bytes) = (reader(), letter(name));
        let whole = reader.read(name, &bytes, &|_| {}).expect("reads");
        let mut reading = reader.first_look(&never, name, &bytes, &|_| {}).expect("reads");
        assert!(whole.to_read_again.is_empty());
        assert_eq!(reading.to_read_again, [1], "{name}");
        assert_ne!(words(&reading), words(&whole), "{name}");
        let page = |number: &u32| ToReadAgain {
            number: *number,
            page: reading.pages[*number as usize - 1].clone(),
            lines: Vec::new(),
        };
        let wanted: Vec<ToReadAgain> = reading.to_read_again.iter().map(page).collect();
        let mut again = |wanted: &[ToReadAgain]| {
            let wanted = SecondReading { reading: &mut reading, pages: wanted, pace: Pace::Brisk };
            reader.read_again(&never, name, &bytes, wanted, &|_| {})
        };
        let left = again(&wanted).expect("reads again");
        left_over += left.iter().map(|page| page.lines.len()).sum::<usize>();
        assert_eq!(again(&left).expect("reads the rest"), [], "{name}");
        assert_eq!(words(&reading), words(&whole), "{name}");
    }
    assert!(left_over > 0, "all lines mattered: this proves nothing");
}

#[test]
fn a_second_reader_that_is_missing_or_off_is_named_in_the_versions() {
    let options = ReadOptions::new(PathBuf::from("/nowhere/libpdfium.so"));
    let missing = Reader::new(ReadOptions { ocr_models: None, ..options.clone() });
    assert!(missing.versions().ends_with("no second reader") && !missing.has_second_reader());
    let reader = Reader::new(options);
    let with = reader.versions();
    assert!(!with.ends_with("no second reader"), "{with}");
    reader.use_second_reader(false);
    assert!(reader.versions().ends_with("no second reader"));
    reader.use_second_reader(true);
    assert_eq!(reader.versions(), with);
}

#[test]
fn doubtful_words_that_nobody_could_read_again_are_one_problem_of_the_file() {
    let bytes = letter("d21-phone.pdf");
    let options = options();
    let problems = |options| Reader::new(options).read("d21-phone.pdf", &bytes, &|_| {}).expect("reads").problems;
    let missing = problems(ReadOptions { ocr_models: None, ..options.clone() });
    let [problem] = &missing[..] else { panic!("{missing:?}") };
    assert_eq!((problem.code.as_str(), problem.page), ("second_reader_missing", Some(1)));
    assert!(problem.message.contains("d21-phone.pdf") && problem.message.contains("Install"), "{}", problem.message);
    let broken = problems(ReadOptions { ocr_models: Some(PathBuf::from("/nowhere")), ..options.clone() });
    assert_eq!(broken[0].code.as_str(), "second_reader_failed", "{broken:?}");
    assert_eq!(problems(ReadOptions { second_reader: false, ..options }), [], "who switches it off wants no reminder");
}

#[test]
fn a_page_on_its_side_or_head_is_turned_and_drawn_turned() {
    let drawn = reader().page_image("d04-scan.pdf", &letter("d04-scan.pdf"), 1, 1654, 0).expect("draws");
    let picture = image::load_from_memory(&drawn.bytes).expect("a picture");
    for (laid, turn) in [(picture.rotate270(), 90), (picture.rotate180(), 180), (picture.rotate90(), 270)] {
        let mut png = std::io::Cursor::new(Vec::new());
        laid.write_to(&mut png, image::ImageFormat::Png).expect("encodes");
        let reader = reader();
        let reading = reader.read("laid.png", png.get_ref(), &|_| {}).expect("reads");
        let page = &reading.pages[0];
        assert_eq!(page.turned, turn);
        assert!(page.height > page.width, "sizes are those of the turned page");
        let (x, y) = place(page, "Zahlungserinnerung");
        assert!(x < 0.5 && (0.3..0.5).contains(&y), "boxes are those of the turned page: {x} {y}");
        let drawn = reader.page_image("laid.png", png.get_ref(), 1, 600, page.turned).expect("draws");
        assert!(drawn.width == 600 && drawn.height > drawn.width, "{}x{}", drawn.width, drawn.height);
    }
}

#[test]
fn pages_are_drawn_as_wide_as_asked() {
    for (name, mime) in [("d01.pdf", "image/webp"), ("d41-scan.jpg", "image/jpeg")] {
        let image = reader().page_image(name, &letter(name), 1, 1200, 0).expect("draws");
        let decoded = image::load_from_memory(&image.bytes).expect("is a picture");
        assert_eq!((image.mime.as_ref(), image.width, decoded.width()), (mime, 1200, 1200));
        assert!((1690..1705).contains(&image.height), "{}", image.height);
    }
    let error = reader().page_image("d01.pdf", &letter("d01.pdf"), 3, 1200, 0).expect_err("there are two pages");
    assert_eq!(error.code().as_str(), "no_such_page");
}

#[test]
fn progress_ends_with_all_pages_done() {
    let steps = RefCell::new(Vec::new());
    reader().read("d01.pdf", &letter("d01.pdf"), &|p| steps.borrow_mut().push(p)).expect("reads");
    assert_eq!(steps.into_inner(), [Progress { page: 1, pages: 2 }, Progress { page: 2, pages: 2 }]);
}

#[test]
fn several_threads_may_read_at_once() {
    let reader = &reader();
    let (pdf, scan) = (letter("d14.pdf"), letter("d22-scan.jpg"));
    std::thread::scope(|scope| {
        let readings: Vec<_> = (0..4)
            .map(|n| if n % 2 == 0 { ("d14.pdf", &pdf) } else { ("d22-scan.jpg", &scan) })
            .map(|(name, bytes)| scope.spawn(move || reader.read(name, bytes, &|_| {}).map(|r| r.text())))
            .collect();
        let texts: Vec<_> = readings.into_iter().map(|r| r.join().expect("no panic").expect("reads")).collect();
        assert_eq!((&texts[0], &texts[1]), (&texts[2], &texts[3]));
        assert!(texts[1].contains("QUITTUNG"));
    });
}

#[test]
fn a_missing_engine_says_what_to_install() {
    let options = ReadOptions::new(PathBuf::from("/nowhere/libpdfium.so"));
    let scan = letter("d22-scan.jpg");
    let no_languages = ReadOptions { tessdata: Some(PathBuf::from("/nowhere")), ..options };
    let error = Reader::new(no_languages).read("d22-scan.jpg", &scan, &|_| {}).expect_err("no language data");
    assert_eq!(error.code().as_str(), "engine_missing");
    assert!(error.to_string().contains("tesseract-ocr"), "{error}");
}
