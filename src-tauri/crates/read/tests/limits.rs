//! Bad, broken and oversized files: a clear answer, never a crash, whatever the bytes.
#![expect(clippy::expect_used, reason = "the functions beside the tests are test code, too")]

use std::fs;
use std::path::Path;

use read::{Limits, ReadError, ReadOptions, Reader, locate_pdfium};

fn reader(limits: Limits) -> Reader {
    let pdfium = locate_pdfium().expect("libpdfium.so: see the Makefile");
    Reader::new(ReadOptions { limits, ..ReadOptions::new(pdfium) })
}

fn error(name: &str, bytes: &[u8]) -> ReadError {
    reader(Limits::default()).read(name, bytes, &|_| {}).expect_err("must be refused")
}

fn letter(name: &str) -> Vec<u8> {
    fixture(&format!("letters/{name}"))
}

fn fixture(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/fixtures").join(name);
    fs::read(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

#[test]
fn a_file_cut_anywhere_is_damaged_or_marked_but_never_silent() {
    let (pdf, scan, jpeg) = (letter("d01.pdf"), letter("d04-scan.pdf"), letter("d22-scan.jpg"));
    let reader = reader(Limits::default());
    for (name, bytes) in [("d01.pdf", &pdf), ("d04-scan.pdf", &scan), ("d22-scan.jpg", &jpeg)] {
        for tenths in 1..10 {
            match reader.read(name, &bytes[..bytes.len() * tenths / 10], &|_| {}) {
                Ok(reading) => assert!(!reading.problems.is_empty(), "{name} cut at {tenths}/10 has no problem"),
                Err(e) => assert_eq!(e.code().as_str(), "damaged", "{name} cut at {tenths}/10: {e}"),
            }
        }
    }
}

#[test]
fn a_file_over_a_limit_is_refused_or_marked_with_the_limit() {
    let small = Limits { bytes: 1000, ..Limits::default() };
    let error = reader(small).read("d01.pdf", &letter("d01.pdf"), &|_| {}).expect_err("too many bytes");
    assert_eq!(error.code().as_str(), "too_large");

    let few_pixels = Limits { pixels: 100_000, ..Limits::default() };
    let error = reader(few_pixels).read("d22-scan.jpg", &letter("d22-scan.jpg"), &|_| {}).expect_err("too many pixels");
    assert_eq!(error.code().as_str(), "too_large");

    let one_page = Limits { pages: 1, ..Limits::default() };
    let reading = reader(one_page).read("d01.pdf", &letter("d01.pdf"), &|_| {}).expect("the first page is read");
    assert_eq!((reading.pages.len(), reading.problems[0].code.as_str()), (1, "too_many_pages"));
    assert!(reading.text().contains("Nachzahlung"));

    let no_scans = Limits { scanned_pages: 0, ..Limits::default() };
    let reading = reader(no_scans).read("d04-scan.pdf", &letter("d04-scan.pdf"), &|_| {}).expect("the rest is read");
    assert_eq!((reading.problems[0].code.as_str(), reading.problems[0].page), ("too_many_pages", Some(1)));
}

#[test]
fn a_hundred_megapixels_are_refused_by_the_header_alone() {
    // A PNG header that claims 10000 × 10000 pixels, and nothing else.
    let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec();
    png.extend([0, 0, 0x27, 0x10, 0, 0, 0x27, 0x10, 8, 0, 0, 0, 0]);
    png.extend([0x6d, 0x1d, 0xcd, 0xfc]);
    let error = error("huge.png", &png);
    assert!(["too_large", "damaged"].contains(&error.code().as_str()), "{error}");
}

#[test]
fn a_page_that_takes_too_long_is_left_empty_with_a_problem() {
    let hurried = Limits { seconds_per_page: 0, ..Limits::default() };
    let error = reader(hurried).read("d04-scan.pdf", &letter("d04-scan.pdf"), &|_| {}).expect_err("nothing was read");
    assert_eq!(error.code().as_str(), "engine");
}

#[test]
fn a_pdf_with_a_password_says_so_and_the_way_out() {
    let locked = fixture("unreadable/password.pdf");
    let error = error("locked.pdf", &locked);
    assert_eq!(error.code().as_str(), "password");
    let message = error.to_string();
    assert!(message.contains("locked.pdf") && message.contains("Type the password"), "{message}");
}

#[test]
fn an_xml_invoice_is_its_own_attachment_and_a_broken_one_is_damaged() {
    let xml =
        b"<?xml version=\"1.0\"?><rsm:CrossIndustryInvoice xmlns:rsm=\"urn:un\"><a>1</a></rsm:CrossIndustryInvoice>";
    let reader = reader(Limits::default());
    let reading = reader.read("invoice.xml", &xml[..], &|_| {}).expect("reads");
    assert_eq!(reading.attachments.len(), 1);
    assert_eq!((reading.attachments[0].bytes.as_slice(), reading.mime_type.as_str()), (&xml[..], "application/xml"));
    assert_eq!(error("invoice.xml", &xml[..xml.len() - 10]).code().as_str(), "damaged");
}
