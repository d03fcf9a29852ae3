//! Letters written at test time, so that their dates can be near the real day.

use chrono::{Duration, NaiveDate};
use domain::Clock as _;

/// A PDF of one page with these lines as its text layer.
pub fn letter_pdf(lines: &[&str]) -> Vec<u8> {
    pdf(&[lines], None)
}

/// A PDF of several pages.
pub fn pages_pdf(pages: &[&[&str]]) -> Vec<u8> {
    pdf(pages, None)
}

/// A PDF of one page with the data of an e-invoice in it, as ZUGFeRD has it.
pub fn e_invoice_pdf(lines: &[&str], xml: &str) -> Vec<u8> {
    pdf(&[lines], Some(xml))
}

fn pdf(pages: &[&[&str]], xml: Option<&str>) -> Vec<u8> {
    // After catalogue, pages and font come each page and what is on it, then the attached file.
    let page_numbers = || (0..pages.len()).map(|index| 4 + 2 * index);
    let attached = 4 + 2 * pages.len();
    let names = xml.map(|_| format!("/Names<</EmbeddedFiles<</Names[(factur-x.xml) {attached} 0 R]>>>>"));
    let kids: String = page_numbers().map(|number| format!("{number} 0 R ")).collect();
    let mut objects = vec![
        format!("<</Type/Catalog/Pages 2 0 R{}>>", names.unwrap_or_default()).into_bytes(),
        format!("<</Type/Pages/Kids[{kids}]/Count {}>>", pages.len()).into_bytes(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>".to_vec(),
    ];
    for (number, lines) in page_numbers().zip(pages) {
        let content = format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {} 0 R/Resources<</Font<</F1 3 0 R>>>>>>",
            number + 1
        );
        objects.extend([content.into_bytes(), shown(lines)]);
    }
    if let Some(xml) = xml {
        let file = format!("<</Type/Filespec/F(factur-x.xml)/UF(factur-x.xml)/EF<</F {} 0 R>>>>", attached + 1);
        objects.push(file.into_bytes());
        let length = xml.len();
        objects.push(format!("<</Type/EmbeddedFile/Length {length}>>stream\n{xml}\nendstream").into_bytes());
    }

    let mut pdf = b"%PDF-1.4\n".to_vec();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (index, object) in objects.iter().enumerate() {
        table += &format!("{:010} 00000 n \n", pdf.len());
        pdf.extend(format!("{} 0 obj\n", index + 1).bytes());
        pdf.extend(object);
        pdf.extend(b"\nendobj\n");
    }
    let start = pdf.len();
    let trailer = format!("{table}trailer<</Size {}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n", objects.len() + 1);
    pdf.extend(trailer.bytes());
    pdf
}

/// The stream that writes these lines on a page.
fn shown(lines: &[&str]) -> Vec<u8> {
    let shown: String = lines.iter().map(|line| format!("({}) Tj T*\n", escaped(line))).collect();
    let content = latin(&format!("BT /F1 11 Tf 15 TL 60 780 Td\n{shown}ET"));
    let mut stream = format!("<</Length {}>>stream\n", content.len()).into_bytes();
    stream.extend(content);
    stream.extend(b"\nendstream");
    stream
}

fn escaped(line: &str) -> String {
    line.replace('\\', r"\\").replace('(', r"\(").replace(')', r"\)")
}

/// Windows-1252, as far as German letters need it.
fn latin(text: &str) -> Vec<u8> {
    let byte = |c: char| if c == '€' { 0x80 } else { u8::try_from(c).unwrap_or(b'?') };
    text.chars().map(byte).collect()
}

/// A letter with its sender in one line above the address, a heading, and these lines.
pub fn letter_from(sender: &str, heading: &str, lines: &[&str]) -> Vec<u8> {
    let mut page = vec![sender, "", "Mara Winter", "Lindenweg 4", "05123 Eichenbruck", "", "", heading, ""];
    page.extend(lines);
    letter_pdf(&page)
}

/// Who sends the [`bill`]: the title of its task.
pub const BILLER: &str = "Gartenbau Hagenau GmbH";

/// A German bill of today, to be paid by `due`. The number makes it different from others.
pub fn bill(number: u32, due: NaiveDate) -> Vec<u8> {
    let day = |date: NaiveDate| date.format("%d.%m.%Y").to_string();
    let lines = [
        &format!("Rechnungsnummer: GH-{number}"),
        &format!("Rechnungsdatum: {}", day(in_days(0))),
        "",
        "Sehr geehrte Frau Winter,",
        "",
        "für den Schnitt Ihrer Hecke berechnen wir Ihnen:",
        "",
        "Nettobetrag: 120,00 €",
        "Umsatzsteuer 19 %: 22,80 €",
        "Rechnungsbetrag: 142,80 €",
        "",
        &format!("Bitte überweisen Sie den Rechnungsbetrag bis zum {} auf unser Konto.", day(due)),
        "",
        "IBAN: DE89 3704 0044 0532 0130 00",
    ];
    letter_from(&format!("{BILLER} · Am Anger 3 · 05123 Eichenbruck"), "Rechnung", &lines)
}

/// The real day, so many days ahead.
pub fn in_days(days: i64) -> NaiveDate {
    app::SystemClock.now().date_naive() + Duration::days(days)
}
