//! Reading files: from bytes to [`domain::Reading`], which has pages of words with their positions, embedded files and
//! problems.
//!
//! May import `domain` only. Nothing here knows the database, the network or the clock. Start at [`Reader::read`]; the
//! kinds of files are listed in `formats::FORMATS`, one file each.
//!
//! - `content`: the content of a file: its bytes, or the open file
//! - `formats`: the file formats (recognised by content), and how each is read
//! - `pdf`: PDFium: text layer, page pictures, embedded files
//! - `ocr`: Tesseract, and PP-OCR for pages on which it is unsure; `ocr::native` and `libheif` are the only
//!   unsafe code of the project
//! - `prefetch`: several pages at a time in bounded memory
//! - `codes`: QR codes, and other kinds of codes on demand
//! - `picture`, `drawing`: decoding pictures, drawing page pictures
//! - `typeset`, `pdf_file`: setting text without pages on sheets; writing small PDFs
//! - `separator`: the sheet that divides a scanned stack into letters
//! - `arrange`: turning, reordering, dividing and joining pages
//! - `layout`: from words to lines and blocks, for text layers and OCR alike
//!
//! - `host`: runs native code, which can abort or hang, in children of the program

mod arrange;
mod codes;
mod content;
mod drawing;
mod error;
mod formats;
mod host;
mod language;
mod layout;
mod libheif;
mod ocr;
mod options;
mod password;
mod pdf;
mod pdf_file;
mod picture;
mod prefetch;
mod reader;
mod separator;
mod typeset;

pub use arrange::{Sheet, Source};
pub use codes::Kinds;
pub use content::Content;
pub use error::ReadError;
pub use formats::{sniff, sniff_file};
pub use host::{READER_ARGUMENT, Sandbox, serve};
pub use ocr::{Corners, ToReadAgain, locate_ocr_models};
pub use options::{Limits, ReadOptions};
pub use password::Password;
pub use pdf::locate_pdfium;
pub use reader::{Pace, PageImage, Progress, Reader, SecondReading};
pub use separator::separator_page;
