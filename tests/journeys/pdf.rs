//! Small PDFs with a text layer, written by hand: as many different ones as a test needs.

use std::fmt::Write as _;

/// A PDF of one page for each list of lines. Letters of western Europe only.
pub(crate) fn pdf<L: AsRef<str>>(pages: &[Vec<L>]) -> Vec<u8> {
    let first = 4;
    let kids: String = (0..pages.len()).map(|page| format!("{} 0 R ", first + 2 * page)).collect();
    let mut objects = vec![
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        format!("<< /Type /Pages /Kids [{kids}] /Count {} >>", pages.len()).into_bytes(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_vec(),
    ];
    for (number, lines) in pages.iter().enumerate() {
        let content = first + 2 * number + 1;
        let page = format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F 3 0 R >> >> /Contents {content} 0 R >>"
        );
        objects.push(page.into_bytes());
        objects.push(content_of(lines));
    }
    assemble(&objects)
}

/// A bill of November 2026 that is understood and accepted by itself. Different numbers give different files.
pub(crate) fn bill(number: usize) -> Vec<u8> {
    bill_from("18.11.2026", "04.12.2026", number)
}

/// A bill with its day and the day by which to pay.
pub(crate) fn bill_from(day: &str, due: &str, number: usize) -> Vec<u8> {
    pdf(&[bill_lines(day, due, number)])
}

/// The page of such a bill.
pub(crate) fn bill_lines(day: &str, due: &str, number: usize) -> Vec<String> {
    let euros = 10 + number;
    vec![
        "Musterwerk GmbH, Lindenweg 3, 12345 Eichenbruck".to_owned(),
        String::new(),
        "Mara Winter".to_owned(),
        "Ahornweg 7".to_owned(),
        "12345 Eichenbruck".to_owned(),
        String::new(),
        "Rechnung".to_owned(),
        format!("Rechnungsnummer: R-2026-{number:03}"),
        format!("Rechnungsdatum: {day}"),
        String::new(),
        format!("Zu zahlender Betrag: {euros},00 EUR"),
        format!("Bitte zahlen Sie bis zum {due}."),
        "IBAN: DE90 9995 0345 0002 7182 81".to_owned(),
    ]
}

fn content_of<L: AsRef<str>>(lines: &[L]) -> Vec<u8> {
    let mut text = b"BT /F 11 Tf 16 TL 70 770 Td\n".to_vec();
    for line in lines {
        text.push(b'(');
        for letter in line.as_ref().chars() {
            if matches!(letter, '(' | ')' | '\\') {
                text.push(b'\\');
            }
            text.push(u8::try_from(u32::from(letter)).expect("a letter of western Europe"));
        }
        text.extend(b") Tj T*\n");
    }
    text.extend(b"ET");
    [format!("<< /Length {} >>\nstream\n", text.len()).as_bytes(), &text, b"\nendstream"].concat()
}

fn assemble(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut file = b"%PDF-1.4\n".to_vec();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (number, object) in (1..).zip(objects) {
        writeln!(table, "{:010} 00000 n ", file.len()).expect("a string takes everything");
        file.extend(format!("{number} 0 obj\n").bytes());
        file.extend(object);
        file.extend(b"\nendobj\n");
    }
    let (start, count) = (file.len(), objects.len() + 1);
    file.extend(table.bytes());
    file.extend(format!("trailer << /Size {count} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n").bytes());
    file
}
