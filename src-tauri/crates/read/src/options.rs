//! What a [`Reader`](crate::Reader) needs to know, and how much it may use.

use std::path::PathBuf;

/// Where the engines are and which languages to expect.
#[derive(Clone, Debug)]
pub struct ReadOptions {
    /// The PDFium library, see [`locate_pdfium`](crate::locate_pdfium).
    pub pdfium: PathBuf,
    /// Folder of Tesseract's `*.traineddata`; `None` for the folder Tesseract was built with.
    pub tessdata: Option<PathBuf>,
    /// Tesseract's language codes joined by `+`, such as `deu+eng`.
    pub languages: String,
    /// How much one file may use.
    pub limits: Limits,
}

impl ReadOptions {
    /// German and English with the usual limits.
    pub fn new(pdfium: PathBuf) -> Self {
        Self { pdfium, tessdata: None, languages: "deu+eng".to_owned(), limits: Limits::default() }
    }
}

/// How much one file may use. What is over a limit is refused or marked by a problem, never cut off silently.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of a file; a larger one is refused.
    pub bytes: u64,
    /// Pages of a file that are read; later ones are left out, and a problem says so.
    pub pages: u32,
    /// Pages of a file that are recognised by OCR (about a second each); later ones are empty, each with a problem.
    pub scanned_pages: u32,
    /// Pixels of a picture; a larger one is refused. Pages of a PDF are rendered within it.
    pub pixels: u64,
    /// Seconds that OCR may take for one try at a page (a doubtful page gets up to three); then it is empty with a
    /// problem.
    pub seconds_per_page: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self { bytes: 200_000_000, pages: 500, scanned_pages: 60, pixels: 80_000_000, seconds_per_page: 30 }
    }
}
