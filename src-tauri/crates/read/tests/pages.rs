//! Where words, codes and pages end up in files made for the purpose.
#![expect(clippy::expect_used, reason = "a test that cannot go on should say what it expected")]

use std::fs;
use std::io::Cursor;
use std::path::Path;

use domain::{CodeKind, PageOrigin, Reading};
use read::{Limits, ReadOptions, Reader, locate_pdfium};
use tiff::encoder::{TiffEncoder, colortype::Gray8};

/// With time enough on a computer that runs other tests at the same time.
fn options() -> ReadOptions {
    let limits = Limits { seconds_per_page: 600, ..Limits::default() };
    ReadOptions { limits, ..ReadOptions::new(locate_pdfium().expect("libpdfium.so: see the Makefile")) }
}

fn letter(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/fixtures/letters").join(name);
    fs::read(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

fn read(name: &str, bytes: &[u8]) -> Reading {
    let reader = Reader::new(options());
    reader.read(name, bytes, &|_| {}).expect("reads")
}

/// A PDF of one A4 page with these entries in its page object and this content.
fn pdf(entries: &str, content: &str) -> Vec<u8> {
    format!(
        "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n\
         3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]{entries}/Contents 4 0 R\
         /Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>endobj\n\
         4 0 obj<</Length {}>>stream\n{content}\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n",
        content.len()
    )
    .into_bytes()
}

#[track_caller]
fn assert_place(reading: &Reading, text: &str, x: f32, y: f32) {
    let word = reading.pages[0].words.iter().find(|w| w.text == text).expect("the word");
    let (left, bottom) = (word.rect.x, word.rect.bottom());
    assert!((left - x).abs() < 0.01 && (bottom - y).abs() < 0.015, "{text} starts at {left}, {bottom}");
}

#[test]
fn words_of_a_plain_page_are_where_they_are_printed() {
    let reading = read("plain.pdf", &pdf("", "BT /F1 12 Tf 72 700 Td (Rechnung Nr. 4711) Tj ET"));
    assert_eq!(reading.text(), "Rechnung Nr. 4711");
    assert_place(&reading, "Rechnung", 72.0 / 595.0, 142.0 / 842.0);
}

#[test]
fn a_crop_box_moves_the_origin() {
    let reading = read("cropped.pdf", &pdf("/CropBox[50 100 545 800]", "BT /F1 12 Tf 72 700 Td (Rechnung) Tj ET"));
    assert_place(&reading, "Rechnung", 22.0 / 495.0, 100.0 / 700.0);
}

#[test]
fn a_page_shown_turned_has_boxes_as_shown() {
    // The text climbs the sheet, and the page's own rotation makes it level.
    let reading = read("turned.pdf", &pdf("/Rotate 90", "BT /F1 12 Tf 0 1 -1 0 300 100 Tm (Rechnung) Tj ET"));
    let page = &reading.pages[0];
    assert_eq!((page.turned, page.width, page.height), (0, 842.0, 595.0));
    assert_place(&reading, "Rechnung", 100.0 / 842.0, 300.0 / 595.0);
}

#[test]
fn a_page_shown_on_its_side_is_turned_like_a_scan() {
    let reading = read("sideways.pdf", &pdf("/Rotate 90", "BT /F1 12 Tf 72 700 Td (Rechnung) Tj ET"));
    let page = &reading.pages[0];
    assert_eq!((page.turned, page.width, page.height), (270, 595.0, 842.0));
    assert_place(&reading, "Rechnung", 72.0 / 595.0, 142.0 / 842.0);
}

/// A letter whose font says that its codes from `first` on are the letters from `letter` on.
fn wrongly_named(first: u32, letter: u32) -> Vec<u8> {
    let cmap = format!(
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def 1 begincodespacerange <00> <ff> \
         endcodespacerange 1 beginbfrange <{first:02x}> <7a> <{letter:04x}> endbfrange endcmap end end"
    );
    let lines = [
        "Sehr geehrte Damen und Herren, vielen Dank",
        "die Rechnung vom November ist noch offen",
        "bitte zahlen Sie den Betrag innerhalb von zwei Wochen",
        "mit freundlichen Wünschen Ihre Stadtwerke",
    ];
    let text: String = lines.iter().map(|line| format!("({line}) Tj T* ")).collect();
    let letter = String::from_utf8_lossy(&pdf("", &format!("BT /F1 14 Tf 20 TL 72 700 Td {text} ET"))).into_owned();
    let named = letter.replace("/BaseFont/Helvetica", "/BaseFont/Helvetica/ToUnicode 5 0 R");
    let cmap = format!("5 0 obj<</Length {}>>stream\n{cmap}\nendstream endobj\ntrailer", cmap.len());
    named.replace("trailer", &cmap).into_bytes()
}

#[test]
fn a_text_layer_of_wrong_letters_is_recognised_anew_and_a_right_one_is_used() {
    for (what, bytes, origin) in [
        ("right", wrongly_named(0x20, 0x20), PageOrigin::Embedded),
        ("private use", wrongly_named(0x20, 0xe020), PageOrigin::Ocr),
        ("other letters", wrongly_named(0x41, 0x24), PageOrigin::Ocr),
    ] {
        let reading = read("letter.pdf", &bytes);
        assert_eq!(reading.pages[0].origin, origin, "{what}: {}", reading.text());
        assert!(reading.text().contains("Rechnung vom November"), "{what}: {}", reading.text());
    }
}

#[test]
fn text_outside_the_page_does_not_keep_a_scan_from_being_recognised() {
    let outside = "BT /F1 12 Tf 72 2000 Td (Sehr geehrte Damen und Herren, diese Zeilen stehen nicht auf dem Blatt) Tj \
                   (und sagen nichts darüber, was darauf zu sehen ist, so lang sie auch sind.) Tj ET";
    let inside = "0 0 m 100 100 l S BT /F1 14 Tf 3 Tr 72 700 Td (x) Tj ET";
    let reading = read("outside.pdf", &pdf("", &format!("{outside} {inside}")));
    assert!(!reading.text().contains("geehrte"), "{}", reading.text());
}

#[test]
fn a_payment_code_is_read_with_its_place() {
    let reading = read("d01.pdf", &letter("d01.pdf"));
    let [code] = &reading.codes[..] else { panic!("one code, not {:?}", reading.codes) };
    assert!(code.text.starts_with("BCD\n002\n1\nSCT\n") && code.text.contains("EUR124.91"), "{}", code.text);
    assert_eq!((code.kind, code.page), (CodeKind::Qr, 1));
    assert!(code.rect.x > 0.5 && code.rect.y > 0.5 && code.rect.right() < 1.0, "{:?}", code.rect);
}

#[test]
fn every_page_of_a_tiff_is_read() {
    let picture = image::load_from_memory(&letter("d22-scan.jpg")).expect("a JPEG").into_luma8();
    let mut file = Cursor::new(Vec::new());
    let mut encoder = TiffEncoder::new(&mut file).expect("a file");
    for page in [&picture, &image::imageops::rotate180(&picture)] {
        encoder.write_image::<Gray8>(page.width(), page.height(), page.as_raw()).expect("encodes");
    }
    let reading = read("fax.tif", file.get_ref());
    assert_eq!((reading.mime_type.as_str(), reading.pages.len()), ("image/tiff", 2));
    assert_eq!((reading.pages[0].turned, reading.pages[1].turned), (0, 180));
    assert!(reading.pages.iter().all(|p| p.text().contains("QUITTUNG")), "{}", reading.text());
}

#[test]
fn a_pdf_in_a_pdf_is_a_letter_of_its_own_and_data_stay_with_it() {
    let letter = pdf("", "BT /F1 12 Tf 72 700 Td (Mahnung Nr. 12) Tj ET");
    let data = b"<?xml version=\"1.0\"?><data/>".to_vec();
    let cover = String::from_utf8(pdf("", "BT /F1 12 Tf 72 700 Td (Zwei Dateien liegen bei.) Tj ET")).expect("text");
    let names = "/Names<</EmbeddedFiles<</Names[(a) 5 0 R(b) 6 0 R]>>>>/Collection<</View/D>>>>endobj\n2 0 obj";
    let cover = cover.replace(">>endobj\n2 0 obj", names);
    let mut file = cover.split_once("trailer").expect("a trailer").0.as_bytes().to_vec();
    for (number, name, bytes) in [(5, "ordner/mahnung.pdf", &letter), (6, "daten.xml", &data)] {
        let stream = number + 2;
        file.extend(
            format!("{number} 0 obj<</Type/Filespec/F({name})/UF({name})/EF<</F {stream} 0 R>>>>endobj\n").bytes(),
        );
        file.extend(format!("{stream} 0 obj<</Type/EmbeddedFile/Length {}>>stream\n", bytes.len()).bytes());
        file.extend(bytes);
        file.extend(b"\nendstream endobj\n");
    }
    file.extend(b"trailer<</Root 1 0 R>>\n%%EOF\n");
    let reading = read("portfolio.pdf", &file);
    let members: Vec<_> = reading.members.iter().map(|member| (member.name.as_str(), member.bytes == letter)).collect();
    assert_eq!(members, [("ordner/mahnung.pdf", true)]);
    let data_names: Vec<_> = reading.attachments.iter().map(|attachment| attachment.name.as_str()).collect();
    assert_eq!(data_names, ["daten.xml"]);
    assert!(reading.text().contains("Zwei Dateien"), "{}", reading.text());
}
