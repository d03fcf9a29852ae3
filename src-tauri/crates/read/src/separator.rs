//! The separator sheet: printed and laid between letters, it divides a stack that is scanned in one go.

use fast_qr::{ECL, QRBuilder};

use crate::pdf_file::PdfFile;

/// What its code says.
pub(crate) const SEPARATOR: &str = "WORKMATE:SEPARATOR:1";
/// Edge of the code in points, 8 cm: read on any scan.
const EDGE: f32 = 227.0;
const LEFT: f32 = (595.0 - EDGE) / 2.0;
const BOTTOM: f32 = (842.0 - EDGE) / 2.0;

/// The sheet as a PDF of one A4 page.
pub fn separator_page() -> Vec<u8> {
    let mut pdf = PdfFile::default();
    pdf.object(b"<</Type/Catalog/Pages 2 0 R>>");
    pdf.object(b"<</Type/Pages/Count 1/Kids[4 0 R]>>");
    pdf.object(b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>");
    pdf.object(b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 3 0 R>>>>/Contents 5 0 R>>");
    pdf.stream("", drawing().as_bytes());
    pdf.finished()
}

/// The code as squares, with two lines of text for people.
fn drawing() -> String {
    let mut drawing = String::from(
        "BT /F 20 Tf 56 720 Td (Workmate: Trennblatt / separator page) Tj /F 12 Tf 0 -24 Td \
         (Zwischen zwei Briefe legen und mitscannen. / Lay between two letters and scan with them.) Tj ET\n",
    );
    // Fails only for text that is too long for any code.
    if let Ok(code) = QRBuilder::new(SEPARATOR).ecl(ECL::H).build() {
        let module = EDGE / code.size as f32;
        for (row, modules) in (0..code.size).map(|row| (row, &code[row])) {
            for (column, _) in modules.iter().enumerate().filter(|(_, module)| module.value()) {
                let (x, y) = (LEFT + column as f32 * module, BOTTOM + EDGE - (row + 1) as f32 * module);
                drawing += &format!("{x:.2} {y:.2} {module:.2} {module:.2} re\n");
            }
        }
        drawing += "f";
    }
    drawing
}
