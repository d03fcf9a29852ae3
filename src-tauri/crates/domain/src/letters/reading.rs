//! What `read` makes of a file: pages of words with their places, codes, attachments and problems.

use crate::FailureCode;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A box on a page, in fractions of the page's width and height, origin at the top left, as the page is shown.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Rect {
    /// Left edge, 0–1.
    pub x: f32,
    /// Top edge, 0–1.
    pub y: f32,
    /// Width, 0–1.
    pub w: f32,
    /// Height, 0–1.
    pub h: f32,
}

impl Rect {
    /// The right edge.
    pub fn right(&self) -> f32 {
        self.x + self.w
    }

    /// The bottom edge.
    pub fn bottom(&self) -> f32 {
        self.y + self.h
    }

    /// The vertical middle.
    pub fn middle(&self) -> f32 {
        self.y + self.h / 2.0
    }

    /// The smallest box around both.
    pub fn union(&self, other: &Self) -> Self {
        let (x, y) = (self.x.min(other.x), self.y.min(other.y));
        Self { x, y, w: self.right().max(other.right()) - x, h: self.bottom().max(other.bottom()) - y }
    }

    /// Do the two share a part?
    pub fn overlaps(&self, other: &Self) -> bool {
        self.x < other.right() && other.x < self.right() && self.y < other.bottom() && other.y < self.bottom()
    }

    /// The same place after the page was turned clockwise by 90, 180 or 270 degrees.
    #[must_use]
    pub fn turned(self, degrees: u16) -> Self {
        let Self { x, y, w, h } = self;
        match degrees {
            90 => Self { x: 1.0 - y - h, y: x, w: h, h: w },
            180 => Self { x: 1.0 - x - w, y: 1.0 - y - h, w, h },
            270 => Self { x: y, y: 1.0 - x - w, w: h, h: w },
            _ => self,
        }
    }
}

/// One word of a page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Word {
    /// The text without spaces.
    pub text: String,
    /// Its place.
    pub rect: Rect,
    /// How sure the engine is, 0–1; 1 for a text layer.
    pub confidence: f32,
    /// Number of its line on the page, counted from 0 in reading order.
    pub line: u32,
    /// Number of its block (column, paragraph) on the page, counted from 0 in reading order.
    pub block: u32,
}

/// Where the words of a page come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PageOrigin {
    /// The file's own text layer.
    Embedded,
    /// Optical character recognition.
    Ocr,
    /// A page without words: blank, or it could not be read (then a problem says so).
    Empty,
}

/// One page: its size and its words in reading order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Page {
    /// Width in points (1/72 inch) as shown; for pictures without a density, in pixels at 300 dpi.
    pub width: f32,
    /// Height in points as shown.
    pub height: f32,
    /// Where the words come from.
    pub origin: PageOrigin,
    /// Clockwise turn in degrees (0, 90, 180, 270) that OCR found necessary; boxes are already in the turned page.
    pub turned: u16,
    /// The main language of its words, `de`, `en` … (ISO 639-1), if there are enough of them to tell.
    #[serde(default)]
    pub language: Option<String>,
    /// Words in reading order, grouped by `line`.
    pub words: Vec<Word>,
}

impl Page {
    /// The page's text: one line of text for each line of words.
    pub fn text(&self) -> String {
        let mut text = String::new();
        let mut line = None;
        for word in &self.words {
            match line {
                None => {}
                Some(l) if l == word.line => text.push(' '),
                Some(_) => text.push('\n'),
            }
            line = Some(word.line);
            text.push_str(&word.text);
        }
        text
    }
}

/// What kind of code was read from a page. On every page QR codes are looked for, the others on demand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CodeKind {
    /// QR code (ISO/IEC 18004): payments above all.
    Qr,
    /// Data Matrix (ISO/IEC 16022): postage, medicine.
    DataMatrix,
    /// Aztec code (ISO/IEC 24778): tickets.
    Aztec,
    /// PDF417 (ISO/IEC 15438): boarding passes, identity documents.
    Pdf417,
    /// Code 128 (ISO/IEC 15417): numbers of letters and parcels.
    Code128,
    /// Code 39 (ISO/IEC 16388).
    Code39,
    /// EAN or UPC (ISO/IEC 15420): goods.
    Ean,
    /// Interleaved 2 of 5 (ISO/IEC 16390): post and parcels.
    Itf,
    /// Any other code.
    Other,
}

/// A code found on a page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Code {
    /// QR or other.
    pub kind: CodeKind,
    /// The decoded text.
    pub text: String,
    /// Page, counted from 1.
    pub page: u32,
    /// Its place.
    pub rect: Rect,
}

/// A file inside a file, such as the XML of an e-invoice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    /// File name as given.
    pub name: String,
    /// The bytes; XML as UTF-8, whatever its encoding was.
    pub bytes: Vec<u8>,
}

/// A file that came in another one and is a document of its own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Member {
    /// File name as given, or made up for it.
    pub name: String,
    /// The bytes.
    pub bytes: Vec<u8>,
    /// What reading it gives, if reading the file around it has found that out already: the parts of a stack of scanned
    /// pages need no second recognition.
    pub reading: Option<Box<Reading>>,
}

/// Something that went wrong without stopping the rest, or the reason why a file could not be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Problem {
    /// Which one.
    pub code: FailureCode,
    /// What happened, to which file or page, and what to do; English.
    pub message: String,
    /// Page, counted from 1, if it is about one.
    pub page: Option<u32>,
}

impl Problem {
    /// A problem of the whole file.
    pub fn new(code: FailureCode, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), page: None }
    }

    /// A problem of one page, counted from 1.
    pub fn on_page(code: FailureCode, page: u32, message: impl Into<String>) -> Self {
        Self { page: Some(page), ..Self::new(code, message) }
    }
}

/// A file as read.
#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize)]
pub struct Reading {
    /// MIME type found from the content.
    pub mime_type: String,
    /// Pages in order. Empty for a plain XML invoice.
    pub pages: Vec<Page>,
    /// Codes on the pages.
    pub codes: Vec<Code>,
    /// Embedded files. A plain XML file is its own single attachment.
    pub attachments: Vec<Attachment>,
    /// Files that came in this one and are documents of their own: what is in an archive, what hangs on a mail, the parts
    /// of a stack of scanned pages. They become arrivals; they are no part of what is kept as read.
    #[serde(default)]
    pub members: Vec<Member>,
    /// Pages, from 1, whose doubtful words are still to be read by the second reader. No part of what is kept as read.
    #[serde(default)]
    pub to_read_again: Vec<u32>,
    /// The main language of the text, `de`, `en` … (ISO 639-1), if found.
    pub language: Option<String>,
    /// What went wrong.
    pub problems: Vec<Problem>,
}

impl Reading {
    /// The reading as it is to be understood. Where the pages only render data that are attached, as with an e-invoice in
    /// plain XML, the data say it all, and a page read by its looks could only say something else.
    #[must_use]
    pub fn to_understand(mut self) -> Self {
        if self.mime_type == "application/xml" {
            self.pages.clear();
        }
        self
    }

    /// The text of all pages, a form feed between two.
    pub fn text(&self) -> String {
        self.pages.iter().map(Page::text).collect::<Vec<_>>().join("\u{c}")
    }
}
