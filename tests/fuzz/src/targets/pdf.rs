use crate::Target;
use crate::seeds::{fixtures, samples};

/// PDFs: what we make of what PDFium says of them. In the program a child reads them; here it is this process, so that a
/// crash of PDFium is a finding, too.
pub(crate) const TARGET: Target = Target {
    name: "pdf",
    seeds,
    words: &["/Rotate 90", "/MediaBox[0 0 1e9 1e9]", "/Count -1", "/Kids[2 0 R]", "/EmbeddedFiles", "obj", "endstream"],
    short: 20,
    run,
};

fn seeds() -> Vec<Vec<u8>> {
    [fixtures("household", &["pdf"], 6_000), fixtures("hostile", &["pdf"], 6_000), samples(&["pdf"], 30_000)].concat()
}

fn run(bytes: &[u8]) {
    if let Some(reading) = super::read_as(bytes, "application/pdf") {
        drop(super::reader().searchable_pdf("input", bytes, &reading.pages));
    }
}
