//! Office documents through the real LibreOffice, and pictures of phones through the real libheif.
#![cfg(target_os = "linux")]
#![expect(clippy::expect_used, reason = "a test that cannot go on should say what it expected")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use read::{Limits, ReadOptions, Reader, locate_pdfium};

fn reader() -> Reader {
    // Time enough on a computer that runs other tests at the same time.
    let limits = Limits { seconds_per_page: 600, ..Limits::default() };
    let options = ReadOptions::new(locate_pdfium().expect("libpdfium.so: see the Makefile"));
    Reader::new(ReadOptions { limits, child: Some(PathBuf::from(env!("CARGO_BIN_EXE_reader"))), ..options })
}

fn fixture(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/fixtures/formats").join(name);
    fs::read(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

#[test]
fn an_office_document_is_a_file_around_its_pdf() {
    for name in ["letter.docx", "letter.odt"] {
        let reading = reader().read(name, &fixture(name), &|_| {}).expect("reads");
        let [member] = &reading.members[..] else { panic!("{name}: {} files", reading.members.len()) };
        assert_eq!((member.name.as_str(), reading.pages.len()), ("letter.pdf", 0));
        let text = reader().read(&member.name, &member.bytes, &|_| {}).expect("a PDF").text();
        for wanted in ["Türschloss, Größe 55 mm", "148,75 €", "DE89 3704 0044 0532 0130 00"] {
            assert!(text.contains(wanted), "{name}: {text}");
        }
    }
}

#[test]
fn what_libre_office_cannot_open_names_the_file_and_the_way_out() {
    let locked = [&b"PK\x03\x04"[..], b"word/document.xml, but no archive"].concat();
    assert!(reader().read("Brief.docx", &locked, &|_| {}).is_err(), "it is no office document at all");
    let mut broken = fixture("letter.doc");
    broken.truncate(4000);
    let error = reader().read("Brief.doc", &broken, &|_| {}).expect_err("only its beginning is there");
    assert_eq!(error.code().as_str(), "unsupported");
    let message = error.to_string();
    assert!(message.contains("Brief.doc") && message.contains("print it to PDF"), "{message}");
}

#[test]
fn work_that_is_not_wanted_any_more_ends_at_once_and_leaves_nothing() {
    let document = br"{\rtf1\ansi Hallo}".to_vec();
    let error = reader().read_unless(&|| true, "Brief.rtf", &document, &|_| {}).expect_err("stopped");
    assert_eq!(error.code().as_str(), "stopped");
    let left = Command::new("pgrep").args(["-f", "workmate-office-.*document.rtf"]).output().expect("pgrep");
    assert_eq!(String::from_utf8_lossy(&left.stdout), "", "no process of it is left");
}

#[test]
fn a_picture_of_a_phone_is_read_and_drawn() {
    let heic = fixture("letter.heic");
    assert_eq!(read::sniff(&heic, "IMG_2114.HEIC").expect("a picture"), "image/heic");
    let text = reader().read("IMG_2114.HEIC", &heic, &|_| {}).expect("reads").text();
    assert!(text.contains("DE255330183") && text.contains("22,17"), "{text}");
    let drawn = reader().page_image("IMG_2114.HEIC", &heic, 1, 300, 0).expect("draws");
    let drawn = image::load_from_memory(&drawn.bytes).expect("a picture");
    assert_eq!((drawn.width(), drawn.height() > 300), (300, true));
    let cut = reader().read("IMG_2114.HEIC", &heic[..6000], &|_| {}).expect_err("its end is missing");
    assert!(cut.code().as_str() == "damaged" && cut.to_string().contains("IMG_2114.HEIC"), "{cut}");
}
