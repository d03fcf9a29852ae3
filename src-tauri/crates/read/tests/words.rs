//! The words of one document of each format, with their places: look at what changes, then `cargo insta accept`.
#![expect(clippy::expect_used, reason = "a test that cannot go on should say what it expected")]

use std::fmt::Write as _;
use std::fs;
use std::io::{Cursor, Write as _};
use std::path::Path;

use domain::{Page, Reading};
use image::ImageFormat;
use read::{Limits, ReadOptions, Reader, locate_pdfium};
use zip::write::{SimpleFileOptions, ZipWriter};

/// By Tesseract alone: what the second reader adds is not the point here.
fn read(name: &str, bytes: &[u8]) -> Reading {
    // Time enough on a computer that runs other tests at the same time.
    let limits = Limits { seconds_per_page: 600, ..Limits::default() };
    let options = ReadOptions::new(locate_pdfium().expect("libpdfium.so: see the Makefile"));
    Reader::new(ReadOptions { limits, second_reader: false, ..options }).read(name, bytes, &|_| {}).expect("reads")
}

fn letter(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/fixtures/letters").join(name);
    fs::read(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// Each word with its block and the left, top, right and bottom of its box in hundredths of the page, line by line.
fn shown(reading: &Reading) -> String {
    let mut shown = format!("{}, {:?}", reading.mime_type, reading.language);
    for page in &reading.pages {
        let Page { width, height, origin, turned, language, words } = page;
        write!(shown, "\n\npage {width:.0} x {height:.0}, {origin:?}, turned {turned}, {language:?}")
            .expect("a string");
        let mut line = None;
        for word in words {
            let r = word.rect;
            let [left, top, right, bottom] = [r.x, r.y, r.right(), r.bottom()].map(|side| (100.0 * side).round());
            let new = if line.replace(word.line) == Some(word.line) { "  " } else { "\n" };
            write!(shown, "{new}{} {}/{left},{top},{right},{bottom}", word.text, word.block).expect("a string");
        }
    }
    shown
}

#[test]
fn of_a_pdf() {
    insta::assert_snapshot!(shown(&read("letter.pdf", &letter("d14.pdf"))));
}

#[test]
fn of_a_pdf_with_columns_and_tables_in_reading_order() {
    insta::assert_snapshot!(shown(&read("bill.pdf", &letter("d01.pdf"))));
}

#[test]
fn of_a_file_in_an_archive_as_if_it_had_come_alone() {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("letter.pdf", SimpleFileOptions::default()).expect("a member");
    zip.write_all(&letter("d14.pdf")).expect("writes");
    let reading = read("post.zip", &zip.finish().expect("an archive").into_inner());
    let [member] = &reading.members[..] else { panic!("{} members", reading.members.len()) };
    assert_eq!(read(&member.name, &member.bytes), read("letter.pdf", &letter("d14.pdf")));
}

#[test]
fn of_a_jpeg() {
    insta::assert_snapshot!(shown(&read("scan.jpg", &letter("d22-scan.jpg"))));
}

#[test]
fn of_pictures_without_loss_the_same_in_every_format() {
    let picture = image::load_from_memory(&letter("d22-scan.jpg")).expect("a JPEG");
    let mut readings = Vec::new();
    for (name, format) in
        [("scan.png", ImageFormat::Png), ("scan.tif", ImageFormat::Tiff), ("scan.webp", ImageFormat::WebP)]
    {
        let mut file = Cursor::new(Vec::new());
        picture.write_to(&mut file, format).expect("encodes");
        let reading = read(name, file.get_ref());
        assert_eq!(reading.mime_type, format.to_mime_type());
        readings.push((name, reading.pages));
    }
    for pair in readings.windows(2) {
        assert_eq!(pair[0].1, pair[1].1, "{} and {}", pair[0].0, pair[1].0);
    }
    let words = readings[0].1[0].text();
    assert!(words.contains("QUITTUNG") && words.contains("Kaiser-Friedrich-Str. 9, 10585 Berlin"), "{words}");
}

#[test]
fn of_a_mail() {
    let mail = "From: Stadtwerke Musterstadt <post@stadtwerke.example>\r\nTo: Erika Muster <erika@example.org>\r\n\
                Date: Fri, 20 Nov 2026 09:00:00 +0100\r\nSubject: =?utf-8?Q?Z=C3=A4hlerstand?=\r\nMIME-Version: 1.0\r\n\
                Content-Type: text/plain; charset=utf-8\r\n\r\nGuten Tag,\r\nbitte teilen Sie uns Ihren Zählerstand bis \
                zum 05.12.2026 mit.\r\n";
    insta::assert_snapshot!(shown(&read("mail.eml", mail.as_bytes())));
}

#[test]
fn of_an_invoice_in_plain_xml() {
    let xml = "<?xml version=\"1.0\"?><Invoice xmlns=\"urn:oasis:names:specification:ubl:schema:xsd:Invoice-2\">\
        <ID>RE-4711</ID><IssueDate>2026-11-20</IssueDate><AccountingSupplierParty><Party><PartyName><Name>Müller &amp; \
        Söhne</Name></PartyName></Party></AccountingSupplierParty><LegalMonetaryTotal><PayableAmount currencyID=\"EUR\">\
        119.00</PayableAmount></LegalMonetaryTotal></Invoice>";
    insta::assert_snapshot!(shown(&read("invoice.xml", xml.as_bytes())));
}

#[test]
fn of_plain_text_whose_pages_have_their_own_languages() {
    let text = "Stadtwerke Musterstadt\n\nBitte überweisen Sie den offenen Betrag auf unser Konto.\n\u{c}\
                Please transfer the amount that is still open to our account.\n\u{c}84,20\n";
    let reading = read("brief.txt", text.as_bytes());
    let languages: Vec<Option<&str>> = reading.pages.iter().map(|page| page.language.as_deref()).collect();
    assert_eq!(languages, [Some("de"), Some("en"), None], "each page its own, and none where nothing tells");
    insta::assert_snapshot!(shown(&reading));
}
