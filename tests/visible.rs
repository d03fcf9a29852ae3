//! Pages on which what the file says and what can be seen differ, with what a person reads on them.
//!
//! Each here is a PDF of one page, written by hand, so that one thing alone is unusual. Whole letters of that kind, by
//! somebody who did not know how they are read, lie in `fixtures/visible`.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::process::program;
use crate::{answers, fixture};

/// Has `workmate-cli inspect` read every page, whose file is put into `folder`, and says of each whose words are not those that can
/// be seen what is wrong. Also how many pages there are.
pub fn misread(folder: &Path) -> (usize, Vec<String>) {
    let mut pages = pages();
    pages.extend(letters());
    let files: Vec<PathBuf> = pages.iter().map(|page| folder.join(format!("{}.pdf", page.name))).collect();
    for (page, file) in pages.iter().zip(&files) {
        std::fs::write(file, &page.bytes).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
    }
    let output = Command::new(program("workmate-cli"))
        .args(["inspect", "--json", "--text"])
        .args(&files)
        .output()
        .expect("workmate-cli");
    let lines = answers(&String::from_utf8_lossy(&output.stdout));
    let mut wrong = Vec::new();
    for (page, file) in pages.iter().zip(&files) {
        let of_page = lines.iter().find(|line| line["file"].as_str().map(Path::new) == Some(file));
        let text = of_page.and_then(|line| line["text"].as_str());
        let Some(text) = text else {
            wrong.push(format!("{}: not read", page.name));
            continue;
        };
        let text = plain(text);
        let missing: Vec<_> = page.shows.iter().filter(|word| !text.contains(&plain(word))).collect();
        let hidden: Vec<_> = page.hides.iter().filter(|word| text.contains(&plain(word))).collect();
        if !(missing.is_empty() && hidden.is_empty()) {
            wrong.push(format!("{}: {missing:?} is missing, {hidden:?} cannot be seen:\n{text}\n", page.name));
        }
    }
    (pages.len(), wrong)
}

/// Without spaces and case, of which a reader sees as many as the page is wide.
fn plain(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}

/// A page with what is to be read on it.
struct Page {
    /// What is unusual.
    name: String,
    /// The PDF.
    bytes: Vec<u8>,
    /// Can be seen.
    shows: Vec<String>,
    /// Is in the file but cannot be seen.
    hides: Vec<String>,
}

impl Page {
    fn of(name: &str, bytes: Vec<u8>, shows: &[&str], hides: &[&str]) -> Self {
        let owned = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        Self { name: name.to_owned(), bytes, shows: owned(shows), hides: owned(hides) }
    }
}

/// The letters in `fixtures/visible`.
fn letters() -> Vec<Page> {
    let folder = fixture("visible");
    let truth = std::fs::read_to_string(folder.join("truth.jsonl")).expect("the truth");
    let page = |letter: Value| {
        let words = |key: &str| -> Vec<String> { serde_json::from_value(letter[key].clone()).expect("words") };
        let file = letter["file"].as_str().expect("a file");
        let bytes = std::fs::read(folder.join(file)).unwrap_or_else(|e| panic!("{file}: {e}"));
        let name = file.trim_end_matches(".pdf").to_owned();
        Page { name, bytes, shows: words("must_see"), hides: words("must_not") }
    };
    answers(&truth).into_iter().map(page).collect()
}

/// What makes up a PDF of one A4 page. `F1` is Helvetica; `objects` are numbered from 6.
#[derive(Default)]
struct Parts<'a> {
    content: &'a str,
    page: &'a str,
    catalog: &'a str,
    fonts: &'a str,
    resources: &'a str,
    objects: Vec<Vec<u8>>,
}

fn pdf(parts: Parts<'_>) -> Vec<u8> {
    let Parts { content, page, catalog, fonts, resources, objects } = parts;
    let resources = format!("<</Font<</F1 5 0 R{fonts}>>{resources}>>");
    let first = [
        format!("<</Type/Catalog/Pages 2 0 R{catalog}>>").into_bytes(),
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>".to_vec(),
        format!("<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]{page}/Contents 4 0 R/Resources{resources}>>")
            .into_bytes(),
        stream("", content.as_bytes()),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>".to_vec(),
    ];
    let mut file = b"%PDF-1.7\n".to_vec();
    for (number, object) in (1..).zip(first.into_iter().chain(objects)) {
        file.extend(format!("{number} 0 obj\n").into_bytes());
        file.extend(object);
        file.extend(b"\nendobj\n");
    }
    file.extend(b"trailer<</Root 1 0 R>>\n%%EOF\n");
    file
}

fn stream(entries: &str, bytes: &[u8]) -> Vec<u8> {
    let head = format!("<<{entries}/Length {}>>stream\n", bytes.len());
    [head.as_bytes(), bytes, b"\nendstream"].concat()
}

/// A letter as it is seen; what is unusual comes after it, or before it.
const LETTER: &str = "BT /F1 11 Tf 14 TL 72 740 Td (Stadtwerke Musterhausen) Tj T* (Sehr geehrte Frau Beispiel,) Tj T* \
    (vielen Dank. Den Betrag von 84,20 EUR zahlen Sie bitte bis zum 15.12.2026) Tj T* \
    (auf das Konto, das am Ende dieses Briefes genannt ist.) Tj ET\n";
const SEEN: &[&str] = &["Musterhausen", "84,20", "15.12.2026"];
/// Words of another letter.
const OTHER: &str = "BT /F1 11 Tf 72 500 Td (Mahnung: 999,00 EUR bis 01.01.2020) Tj ET\n";
const HIDDEN: &[&str] = &["Mahnung", "999,00", "01.01.2020"];
const NOTHING: &[&str] = &[];

fn letter(name: &'static str, content: &str, shows: &'static [&'static str], hides: &'static [&'static str]) -> Page {
    page(name, Parts { content, ..Parts::default() }, shows, hides)
}

fn page(name: &'static str, parts: Parts<'_>, shows: &'static [&'static str], hides: &'static [&'static str]) -> Page {
    Page::of(name, pdf(parts), shows, hides)
}

/// A photograph of a receipt: 910 × 910 pixels with "QUITTUNG", "Konzession" and "10585".
fn receipt() -> Vec<u8> {
    let picture = fixture("letters/d22-scan.jpg");
    let bytes = std::fs::read(&picture).unwrap_or_else(|e| panic!("{}: {e}", picture.display()));
    stream(
        "/Type/XObject/Subtype/Image/Width 910/Height 910/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/DCTDecode",
        &bytes,
    )
}

/// Draws the receipt at 220 dots per inch, its lower edge at `bottom`.
fn drawn_at(bottom: u32) -> String {
    format!("q 298 0 0 298 72 {bottom} cm /Im1 Do Q\n")
}

/// Words of a recogniser over the receipt drawn at 400, each on its print.
fn recognised(mode: u8, shop: &str, receipt: &str, licence: &str) -> String {
    format!(
        "BT {mode} Tr /F1 9 Tf 90 674 Td ({shop}, 10585 Berlin) Tj 0 -11 Td ({licence}) Tj 0 -20 Td ({receipt}) Tj \
         0 -37 Td (Fahrpreis EUR 38,40) Tj 0 -23 Td (inkl. 7 % MwSt.) Tj 0 -117 Td (Betrag dankend erhalten:) Tj 0 Tr ET\n"
    )
}

fn scan(name: &'static str, content: &str, shows: &'static [&'static str], hides: &'static [&'static str]) -> Page {
    let parts = Parts { content, resources: "/XObject<</Im1 6 0 R>>", objects: vec![receipt()], ..Parts::default() };
    page(name, parts, shows, hides)
}

/// A table of letters by which the codes from `first` to `last` are the characters from `named` on.
fn table(ranges: &[(u8, u8, u16)]) -> Vec<u8> {
    let lines: String =
        ranges.iter().map(|(first, last, named)| format!("<{first:02x}> <{last:02x}> <{named:04x}>\n")).collect();
    let table = format!(
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def 1 begincodespacerange <00> <ff> \
         endcodespacerange {} beginbfrange\n{lines}endbfrange endcmap end end",
        ranges.len()
    );
    stream("", table.as_bytes())
}

/// A page with a second font, whose table of letters is given; its codes are drawn as they are in Helvetica.
fn named(
    name: &'static str,
    content: &str,
    ranges: &[(u8, u8, u16)],
    shows: &'static [&'static str],
    hides: &'static [&'static str],
) -> Page {
    let font =
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica-Bold/Encoding/WinAnsiEncoding/ToUnicode 7 0 R>>".to_vec();
    let parts = Parts { content, fonts: "/F2 6 0 R", objects: vec![font, table(ranges)], ..Parts::default() };
    page(name, parts, shows, hides)
}

/// A page with one annotation, which may use an appearance as object 7.
fn noted(
    name: &'static str,
    note: &str,
    appearance: Option<&str>,
    shows: &'static [&'static str],
    hides: &'static [&'static str],
) -> Page {
    let look = appearance.map(|text| {
        let font = "/Type/XObject/Subtype/Form/BBox[0 0 200 24]/Resources<</Font<</F1 5 0 R>>>>";
        stream(font, format!("BT /F1 16 Tf 4 6 Td ({text}) Tj ET").as_bytes())
    });
    let appearance = if look.is_some() { "/AP<</N 7 0 R>>" } else { "" };
    let note = format!("<</Type/Annot/Rect[72 560 272 584]/P 3 0 R{note}{appearance}>>").into_bytes();
    let parts = Parts {
        content: LETTER,
        page: "/Annots[6 0 R]",
        catalog: "/AcroForm<</Fields[6 0 R]/NeedAppearances true/DR<</Font<</F1 5 0 R>>>>/DA(/F1 11 Tf 0 g)>>",
        objects: [note].into_iter().chain(look).collect(),
        ..Parts::default()
    };
    page(name, parts, shows, hides)
}

/// A layer of optional content that is switched on or off.
fn layer(name: &'static str, state: &str, shows: &'static [&'static str], hides: &'static [&'static str]) -> Page {
    let content = format!("{LETTER}/OC /Layer BDC\n{OTHER}EMC\n");
    let parts = Parts {
        content: &content,
        catalog: &format!("/OCProperties<</OCGs[6 0 R]/D<</Order[6 0 R]/{state}[6 0 R]>>>>"),
        resources: "/Properties<</Layer 6 0 R>>",
        objects: vec![b"<</Type/OCG/Name(Layer)>>".to_vec()],
        ..Parts::default()
    };
    page(name, parts, shows, hides)
}

/// All pages.
fn pages() -> Vec<Page> {
    const RECEIPT: &[&str] = &["QUITTUNG", "Konzession", "10585"];
    const BOTH: &[&str] = &["Musterhausen", "84,20", "QUITTUNG", "Konzession"];
    const PAID: &[&str] = &["Musterhausen", "84,20", "BEZAHLT"];
    const ALL: &[&str] = &["Musterhausen", "84,20", "Mahnung", "999,00"];
    let on_white = |color: &str, text: &str| format!("{LETTER}{color}\n{text}0 g\n");
    let bold = "BT /F2 13 Tf 18 TL 72 560 Td (Bitte bezahlen Sie den offenen Betrag sofort) Tj T* \
                (Rechnungsnummer 9876543210 Kundennummer 1234567) Tj ET\n";
    vec![
        letter("plain", LETTER, SEEN, NOTHING),
        layer("a layer that is off", "OFF", SEEN, HIDDEN),
        layer("a layer that is on", "ON", ALL, NOTHING),
        page(
            "a form on a layer that is off",
            Parts {
                content: &format!("{LETTER}/Fm1 Do\n"),
                catalog: "/OCProperties<</OCGs[6 0 R]/D<</OFF[6 0 R]>>>>",
                resources: "/XObject<</Fm1 7 0 R>>",
                objects: vec![
                    b"<</Type/OCG/Name(Layer)>>".to_vec(),
                    stream(
                        "/Type/XObject/Subtype/Form/OC 6 0 R/BBox[0 0 595 842]/Resources<</Font<</F1 5 0 R>>>>",
                        OTHER.as_bytes(),
                    ),
                ],
                ..Parts::default()
            },
            SEEN,
            HIDDEN,
        ),
        page(
            "outside the crop box",
            Parts { content: &format!("{LETTER}{OTHER}"), page: "/CropBox[40 600 555 800]", ..Parts::default() },
            SEEN,
            HIDDEN,
        ),
        letter("under a white box", &format!("{LETTER}{OTHER}1 g 60 490 400 30 re f 0 g\n"), SEEN, HIDDEN),
        letter("under a grey box", &format!("{LETTER}{OTHER}0.7 g 60 490 400 30 re f 0 g\n"), SEEN, HIDDEN),
        letter("on a grey box", &format!("0.8 g 60 490 400 30 re f 0 g\n{LETTER}{OTHER}"), ALL, NOTHING),
        letter(
            "under a white box with other text on it",
            &format!(
                "{OTHER}1 g 60 490 400 30 re f 0 g {LETTER}BT /F1 11 Tf 72 500 Td (Guthaben: 12,30 EUR wird erstattet) Tj ET\n"
            ),
            &["84,20", "Guthaben:", "12,30"],
            HIDDEN,
        ),
        scan("under a picture", &format!("{LETTER}{OTHER}{}", drawn_at(300)), BOTH, HIDDEN),
        letter("white on white", &on_white("1 g", OTHER), SEEN, HIDDEN),
        letter("nearly white on white", &on_white("0.98 g", OTHER), SEEN, HIDDEN),
        letter("grey on white", &on_white("0.6 g", OTHER), ALL, NOTHING),
        letter("white on black", &format!("60 490 400 30 re f {}", on_white("1 g", OTHER)), ALL, NOTHING),
        letter("black on black", &format!("60 490 400 30 re f {LETTER}{OTHER}"), SEEN, HIDDEN),
        letter("clipped away", &format!("{LETTER}q 300 100 50 50 re W n {OTHER} Q\n"), SEEN, HIDDEN),
        letter("within its clip", &format!("{LETTER}q 60 490 400 30 re W n {OTHER} Q\n"), ALL, NOTHING),
        letter("of no size", &format!("{LETTER}{}", OTHER.replace("/F1 11 Tf", "/F1 0.01 Tf")), SEEN, HIDDEN),
        letter("too small to read", &format!("{LETTER}{}", OTHER.replace("/F1 11 Tf", "/F1 1 Tf")), SEEN, HIDDEN),
        letter("set to be invisible", &format!("{LETTER}{}", OTHER.replace("BT", "BT 3 Tr")), SEEN, HIDDEN),
        page(
            "transparent",
            Parts {
                content: &format!("{LETTER}/Gs gs {OTHER}"),
                resources: "/ExtGState<</Gs<</ca 0/CA 0>>>>",
                ..Parts::default()
            },
            SEEN,
            HIDDEN,
        ),
        letter(
            "printed twice to look bold",
            &format!("{LETTER}{OTHER}{}", OTHER.replace("72 500", "72.3 500")),
            ALL,
            NOTHING,
        ),
        scan("a scanned part between text", &format!("{LETTER}{}", drawn_at(300)), BOTH, NOTHING),
        scan("a picture without a text layer", &drawn_at(400), RECEIPT, NOTHING),
        scan(
            "the right words of a recogniser",
            &format!(
                "{}{}",
                drawn_at(400),
                recognised(3, "Kaiser-Friedrich-Str. 9", "QUITTUNG", "Konzession-Nr. 2288 \\267 St.-Nr. 13/607/11220")
            ),
            RECEIPT,
            NOTHING,
        ),
        scan(
            "wrong words of a recogniser",
            &format!(
                "{}{}",
                drawn_at(400),
                recognised(3, "Kalser-Frledrlch-5tr. g", "MAHNUNG", "K0nzess1on-Nr. 2233 St.-Nr. 13/601/71226")
            ),
            RECEIPT,
            &["MAHNUNG", "2233", "13/601/71226"],
        ),
        scan(
            "a wrong number of a recogniser",
            &format!(
                "{}{}",
                drawn_at(400),
                recognised(3, "Kaiser-Friedrich-Str. 9", "QUITTUNG", "Konzession-Nr. 2288 \\267 St.-Nr. 13/601/71226")
            ),
            &["QUITTUNG", "13/607/11220"],
            &["13/601/71226"],
        ),
        scan(
            "wrong words behind a picture",
            &format!(
                "{}{}",
                recognised(0, "Kalser-Frledrlch-5tr. g", "MAHNUNG", "K0nzess1on-Nr. 2233 St.-Nr. 13/601/71226"),
                drawn_at(400)
            ),
            RECEIPT,
            &["MAHNUNG", "2233"],
        ),
        named(
            "a second font that names its letters rightly",
            &format!("{LETTER}{bold}"),
            &[(0x20, 0x7e, 0x20)],
            &["84,20", "Bitte", "9876543210"],
            NOTHING,
        ),
        named(
            "a second font with letters one too high",
            &format!("{LETTER}{bold}"),
            &[(0x20, 0x20, 0x20), (0x21, 0x7d, 0x22)],
            &["84,20", "Bitte", "9876543210"],
            &["Cjuuf"],
        ),
        named(
            "a second font with digits three too high",
            &format!("{LETTER}{bold}"),
            &[(0x20, 0x2f, 0x20), (0x30, 0x36, 0x33), (0x37, 0x39, 0x30), (0x3a, 0x7e, 0x3a)],
            &["84,20", "Bitte", "9876543210"],
            &["2109876543"],
        ),
        letter(
            "UTF-8 taken for Windows-1252",
            &format!(
                "{LETTER}BT /F1 11 Tf 72 500 Td (G\\303\\244rtnerei M\\303\\274ller, 12,50 \\342\\202\\254) Tj ET\n"
            ),
            &["G\u{e4}rtnerei", "M\u{fc}ller,", "\u{20ac}"],
            &["\u{c3}"],
        ),
        noted(
            "a field with its look",
            "/Subtype/Widget/FT/Tx/T(Stand)/V(BEZAHLT am 12.03.2026)/DA(/F1 11 Tf 0 g)/F 4",
            Some("BEZAHLT am 12.03.2026"),
            PAID,
            NOTHING,
        ),
        noted(
            "a field without a look",
            "/Subtype/Widget/FT/Tx/T(Stand)/V(BEZAHLT am 12.03.2026)/DA(/F1 11 Tf 0 g)/F 4",
            None,
            PAID,
            NOTHING,
        ),
        noted(
            "a hidden field",
            "/Subtype/Widget/FT/Tx/T(Stand)/V(Mahnung 999,00)/DA(/F1 11 Tf 0 g)/F 2",
            Some("Mahnung 999,00"),
            SEEN,
            HIDDEN,
        ),
        noted(
            "a typed note",
            "/Subtype/FreeText/Contents(BEZAHLT 12.3.)/DA(/F1 11 Tf 0 g)/F 4",
            Some("BEZAHLT 12.3."),
            PAID,
            NOTHING,
        ),
        noted(
            "a hidden note",
            "/Subtype/FreeText/Contents(Mahnung 999,00)/DA(/F1 11 Tf 0 g)/F 2",
            Some("Mahnung 999,00"),
            SEEN,
            HIDDEN,
        ),
        noted("a stamp", "/Subtype/Stamp/Name/Paid/F 4", Some("BEZAHLT"), PAID, NOTHING),
        noted("the look of a signature", "/Subtype/Widget/FT/Sig/T(Unterschrift)/F 4", Some("BEZAHLT"), PAID, NOTHING),
    ]
}
