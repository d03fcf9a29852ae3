//! Formats made for the purpose: text, mails, archives, e-invoices, stacks, and what can be searched in them.
#![expect(clippy::expect_used, reason = "a test that cannot go on should say what it expected")]

use std::fs;
use std::io::{Cursor, Write as _};
use std::path::Path;
use std::process::Command;

use domain::{PageOrigin, Reading, Word};
use read::{Limits, ReadOptions, Reader, locate_pdfium, separator_page};
use zip::write::{SimpleFileOptions, ZipWriter};

/// With time enough on a computer that runs other tests at the same time.
fn options() -> ReadOptions {
    let limits = Limits { seconds_per_page: 600, ..Limits::default() };
    ReadOptions { limits, ..ReadOptions::new(locate_pdfium().expect("libpdfium.so: see the Makefile")) }
}

fn reader() -> Reader {
    Reader::new(options())
}

fn letter(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/fixtures/letters").join(name);
    fs::read(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

fn read(name: &str, bytes: &[u8]) -> Reading {
    reader().read(name, bytes, &|_| {}).expect("reads")
}

fn archive(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        zip.start_file(*name, SimpleFileOptions::default()).expect("a member");
        zip.write_all(bytes).expect("writes");
    }
    zip.finish().expect("an archive").into_inner()
}

#[test]
fn text_becomes_pages_with_words_where_they_are_drawn() {
    let text = "Stadtwerke Musterstadt\n\nBitte überweisen Sie 84,20 € bis 12.12.2026.\n";
    for bytes in [text.as_bytes(), &encoding_rs::WINDOWS_1252.encode(text).0] {
        let reading = read("brief.txt", bytes);
        assert_eq!((reading.mime_type.as_str(), reading.pages[0].origin), ("text/plain", PageOrigin::Embedded));
        assert_eq!(reading.text(), "Stadtwerke Musterstadt\nBitte überweisen Sie 84,20 € bis 12.12.2026.");
        let word = reading.pages[0].words.iter().find(|w| w.text == "84,20").expect("the amount");
        let image = reader().page_image("brief.txt", bytes, 1, 1190, 0).expect("draws");
        let picture = image::load_from_memory(&image.bytes).expect("a picture").into_luma8();
        let dark = |x: f32, y: f32| picture.get_pixel((x * 1190.0) as u32, (y * image.height as f32) as u32).0[0] < 128;
        let steps = |from: f32, length: f32| (0..40).map(move |n| from + length * n as f32 / 40.0);
        let inside = steps(word.rect.y, word.rect.h).any(|y| steps(word.rect.x, word.rect.w).any(|x| dark(x, y)));
        assert!(inside, "there is ink in the box of the word");
        assert!(!steps(word.rect.x, word.rect.w).any(|x| dark(x, word.rect.y - 0.004)), "and none above it");
    }
}

#[test]
fn a_mail_is_a_document_and_what_hangs_on_it_is_another() {
    let pdf = letter("d14.pdf");
    let encoded = Command::new("base64")
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/fixtures/letters/d14.pdf"))
        .output()
        .expect("base64")
        .stdout;
    let mail = format!(
        "Received: from mx by host; Fri, 20 Nov 2026 09:00:00 +0100\r\nFrom: Stadtwerke <post@stadtwerke.example>\r\n\
         To: Erika Muster <erika@example.org>\r\nDate: Fri, 20 Nov 2026 09:00:00 +0100\r\n\
         Subject: =?utf-8?Q?Ihre_Rechnung_f=C3=BCr_Oktober?=\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n\
         Guten Tag,\r\nanbei Ihre Rechnung über 84,20 Euro.\r\n--b\r\n\
         Content-Type: application/pdf; name=\"Rechnung.pdf\"\r\nContent-Disposition: attachment; filename=\"Rechnung.pdf\"\r\n\
         Content-Transfer-Encoding: base64\r\n\r\n{}--b--\r\n",
        String::from_utf8(encoded).expect("base64 is ASCII")
    );
    let reading = read("mail.eml", mail.as_bytes());
    assert_eq!(reading.mime_type, "message/rfc822");
    for wanted in
        ["From: Stadtwerke <post@stadtwerke.example>", "Subject: Ihre Rechnung für Oktober", "über 84,20 Euro"]
    {
        assert!(reading.text().contains(wanted), "{}", reading.text());
    }
    let [member] = &reading.members[..] else { panic!("one attachment, not {}", reading.members.len()) };
    assert!(member.name == "Rechnung.pdf" && member.bytes == pdf, "it came out whole");
}

#[test]
fn what_is_left_out_of_a_mail_is_said() {
    let mut mail = "From: a@a.example\nTo: b@b.example\nSubject: Post\nDate: Fri, 20 Nov 2026 10:00:00 +0100\n\
                    MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n"
        .to_owned();
    let part = |name: u32| {
        format!("--x\nContent-Type: text/plain\nContent-Disposition: attachment; filename={name}.txt\n\nBrief {name}\n")
    };
    (0..200).for_each(|name| mail += &part(name));
    let whole = read("post.eml", (mail.clone() + "--x--\n").as_bytes());
    assert_eq!((whole.members.len(), whole.problems.len()), (200, 0));
    mail += &part(200);
    let cut = read("post.eml", (mail + "--x--\n").as_bytes());
    assert_eq!((cut.members.len(), cut.problems[0].code.as_str()), (200, "too_many_members"));
    assert!(cut.problems[0].message.contains("post.eml"), "{}", cut.problems[0].message);
}

#[test]
fn a_large_file_is_known_by_its_beginning_and_an_office_document_by_its_end() {
    let file = |bytes: &[u8]| {
        let mut file = tempfile::tempfile().expect("a file");
        file.write_all(bytes).expect("written");
        file
    };
    let filling: Vec<u8> = (0..9_000_000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    let stored = |members: &[(&str, &[u8])]| {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in members {
            let as_it_is = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
            zip.start_file(*name, as_it_is).expect("a member");
            zip.write_all(bytes).expect("writes");
        }
        zip.finish().expect("an archive").into_inner()
    };
    let post = stored(&[("bild.bin", &filling), ("brief.txt", b"Hallo")]);
    assert_eq!(read::sniff_file(&file(&post), "post.zip").expect("an archive"), "application/zip");
    let office = stored(&[("media/bild.bin", &filling), ("[Content_Types].xml", b"<Types/>")]);
    let refused = read::sniff_file(&file(&office), "brief.docx").expect_err("refused").to_string();
    assert!(refused.contains("an office document"), "{refused}");
    let pdf = letter("d14.pdf");
    assert_eq!(read::sniff_file(&file(&pdf), "d14.pdf").expect("a letter"), "application/pdf");
}

#[test]
fn a_form_that_only_one_program_shows_is_said_to_be_one() {
    let page =
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>";
    let text = "BT /F 12 Tf 72 720 Td (Please wait...) Tj ET";
    let form = |forms: &str| {
        format!(
            "%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R {forms} >>\nendobj\n\
             2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n3 0 obj\n{page}\nendobj\n\
             4 0 obj\n<< /Length {} >>\nstream\n{text}\nendstream\nendobj\n\
             5 0 obj\n<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>\nendobj\n\
             6 0 obj\n<< /Length 11 >>\nstream\n<xdp></xdp>\nendstream\nendobj\n\
             trailer\n<< /Root 1 0 R /Size 7 >>\n%%EOF\n",
            text.len()
        )
    };
    let codes = |forms: &str| -> Vec<&str> {
        let problems = read("form.pdf", form(forms).as_bytes()).problems;
        problems.iter().map(|problem| problem.code.as_str()).collect()
    };
    assert_eq!(codes("/AcroForm << /Fields [] /XFA 6 0 R >> /NeedsRendering true"), ["dynamic_form"]);
    assert_eq!(codes("/AcroForm << /Fields [] /XFA 6 0 R >>"), [""; 0], "its page shows what it says");
    assert_eq!(codes("/AcroForm << /Fields [] >>"), [""; 0]);
}

#[test]
fn the_files_in_an_archive_come_out_and_clutter_does_not() {
    let pdf = letter("d14.pdf");
    let zip = archive(&[("Post/Brief.pdf", &pdf), ("__MACOSX/._Brief.pdf", b"x"), ("notiz.txt", b"Hallo")]);
    let reading = read("post.zip", &zip);
    let names: Vec<&str> = reading.members.iter().map(|m| m.name.as_str()).collect();
    assert_eq!((names, reading.members[0].bytes == pdf), (vec!["Post/Brief.pdf", "notiz.txt"], true));
    assert!(reading.pages.is_empty());

    let mut stored = ZipWriter::new(Cursor::new(Vec::new()));
    let as_it_is = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    stored.start_file("Brief.pdf", as_it_is).expect("a member");
    stored.write_all(&pdf).expect("writes");
    let stored = stored.finish().expect("an archive").into_inner();
    assert_eq!(read("post.zip", &stored).members.len(), 1, "not taken for the PDF that it begins with");
}

#[test]
fn an_archive_that_would_burst_is_refused_before_it_does() {
    let error = |zip: &[u8]| reader().read("bomb.zip", zip, &|_| {}).expect_err("refused").code().as_str();
    assert_eq!(error(&archive(&[("zeros.txt", &vec![0; 50_000_000])])), "too_large", "a thousand times larger");
    // Each of them is small enough to be of any ratio; together they are not.
    let names: Vec<String> = (0..40).map(|n| format!("{n}.txt")).collect();
    let zeros = vec![0; 900_000];
    let small: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &zeros[..])).collect();
    assert_eq!(error(&archive(&small)), "too_large", "thirty-six megabytes of forty kilobytes");
    let names: Vec<String> = (0..2500).map(|n| format!("{n}.txt")).collect();
    let many: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b"x"[..])).collect();
    assert_eq!(error(&archive(&many)), "too_large", "too many");
    let whole = archive(&[("a.txt", b"Hallo")]);
    assert_eq!(error(&whole[..whole.len() / 2]), "damaged");
}

#[test]
fn the_xml_of_an_invoice_is_shown_as_a_page() {
    let xml = "<?xml version=\"1.0\"?><Invoice xmlns=\"urn:oasis:names:specification:ubl:schema:xsd:Invoice-2\">\
        <ID>RE-4711</ID><IssueDate>2026-11-20</IssueDate><AccountingSupplierParty><Party><PartyName><Name>Müller &amp; Söhne\
        </Name></PartyName></Party></AccountingSupplierParty><LegalMonetaryTotal><PayableAmount currencyID=\"EUR\">119.00\
        </PayableAmount></LegalMonetaryTotal></Invoice>";
    let reading = read("invoice.xml", xml.as_bytes());
    for wanted in ["Rechnungsnummer RE-4711", "Rechnungsdatum 20.11.2026", "Name Müller & Söhne", "Zahlbetrag 119.00"]
    {
        assert!(reading.text().contains(wanted), "{}", reading.text());
    }
    assert_eq!(reading.attachments.len(), 1, "the XML itself is still there to be understood");
    assert!(reader().page_image("invoice.xml", xml.as_bytes(), 1, 600, 0).is_ok());
}

/// The words of a PDF with their boxes in points, as poppler sees them.
fn poppler_words(pdf: &[u8]) -> Vec<(String, [f32; 4])> {
    let folder = tempfile::TempDir::new().expect("a folder");
    let path = folder.path().join("searchable.pdf");
    fs::write(&path, pdf).expect("writes");
    let shown = Command::new("pdftotext").args(["-bbox", "-q"]).arg(&path).arg("-").output().expect("pdftotext").stdout;
    let shown = String::from_utf8(shown).expect("UTF-8");
    let number = |line: &str, name: &str| {
        let (_, rest) = line.split_once(&format!("{name}=\"")).expect("a box");
        rest.split('"').next().expect("a value").parse::<f32>().expect("a number")
    };
    let word = |line: &str| {
        let text = line.split_once('>')?.1.strip_suffix("</word>")?;
        let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&");
        Some((text, ["xMin", "yMin", "xMax", "yMax"].map(|name| number(line, name))))
    };
    shown.lines().filter(|line| line.trim_start().starts_with("<word")).filter_map(|line| word(line.trim())).collect()
}

#[track_caller]
fn assert_searchable(name: &str, bytes: &[u8]) {
    let reading = read(name, bytes);
    let before = bytes.to_vec();
    let pdf = reader().searchable_pdf(name, bytes, &reading.pages).expect("a PDF");
    assert_eq!(bytes, before, "the original is not touched");
    let page = &reading.pages[0];
    let found = poppler_words(&pdf);
    let near = |word: &Word, [x0, y0, x1, y1]: [f32; 4]| {
        let (x, y) = (word.rect.x * page.width, word.rect.y * page.height);
        let (right, bottom) = (word.rect.right() * page.width, word.rect.bottom() * page.height);
        (x - x0).abs() < 2.0 && (right - x1).abs() < 2.0 && (y - y0).abs() < 3.0 && (bottom - y1).abs() < 3.0
    };
    let missing: Vec<&str> = page
        .words
        .iter()
        .filter(|word| !found.iter().any(|(text, rect)| *text == word.text && near(word, *rect)))
        .map(|word| word.text.as_str())
        .collect();
    assert!(page.words.len() > 50 && missing.len() * 50 <= page.words.len(), "{name}: not at their boxes: {missing:?}");
}

#[test]
fn in_a_searchable_pdf_the_words_are_where_they_are_read() {
    assert_searchable("d04-scan.pdf", &letter("d04-scan.pdf"));
    assert_searchable("d41-scan.jpg", &letter("d41-scan.jpg"));
}

#[test]
fn words_of_every_script_are_found_and_copied_from_a_searchable_pdf() {
    let (name, bytes) = ("d22-scan.jpg", letter("d22-scan.jpg"));
    let mut reading = read(name, &bytes);
    let foreign = ["Ελλάδα", "Россия", "Łódź", "Österreich", "„12,50€“"];
    // Where there is room: letters that are pressed together are taken for one printed twice.
    let roomy = reading.pages[0].words.iter_mut().filter(|word| word.text.chars().count() >= 7);
    for (word, foreign) in roomy.zip(foreign) {
        foreign.clone_into(&mut word.text);
    }
    let pdf = reader().searchable_pdf(name, &bytes, &reading.pages).expect("a PDF");
    let found: Vec<String> = poppler_words(&pdf).into_iter().map(|(text, _)| text).collect();
    for foreign in foreign {
        assert!(found.contains(&foreign.to_owned()), "{foreign} in {found:?}");
    }
    let again = read("searchable.pdf", &pdf);
    assert!(
        again.text().contains("QUITTUNG") && !again.text().contains("Россия"),
        "what the picture shows counts: {}",
        again.text()
    );
}

#[test]
fn a_stack_is_taken_apart_at_the_separator_sheets() {
    let folder = tempfile::TempDir::new().expect("a folder");
    let path = |name: &str| folder.path().join(name);
    fs::write(path("separator.pdf"), separator_page()).expect("writes");
    fs::write(path("one.pdf"), letter("d14.pdf")).expect("writes");
    fs::write(path("two.pdf"), letter("d01.pdf")).expect("writes");
    let order = ["one.pdf", "separator.pdf", "two.pdf", "separator.pdf"].map(path);
    let united = Command::new("pdfunite").args(order).arg(path("stack.pdf")).status().expect("pdfunite");
    assert!(united.success());
    let stack = read("stack.pdf", &fs::read(path("stack.pdf")).expect("a stack"));
    let names: Vec<&str> = stack.members.iter().map(|m| m.name.as_str()).collect();
    assert_eq!((names, stack.pages.len()), (vec!["stack (1).pdf", "stack (2).pdf"], 0));
    for (member, name) in stack.members.iter().zip(["d14.pdf", "d01.pdf"]) {
        let part = read(&member.name, &member.bytes);
        assert_eq!(part.text(), read(name, &letter(name)).text());
        // What was read of the stack is what reading the part gives, so that it need not be read again.
        assert_eq!(member.reading.as_deref(), Some(&part));
    }
    assert!(read("separator.pdf", &separator_page()).members.is_empty(), "a sheet alone holds no letters");
}
