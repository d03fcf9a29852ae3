//! Bytes to [`domain::Reading`]: pages of words with their places, embedded files, problems.
//!
//! May import `domain` only. Nothing here knows the database, the network or the clock. Start at [`Reader::read`]; the
//! kinds of files are listed in `formats::FORMATS`, one file each.
//!
//! - `content`: what is in a file: its bytes, or the file itself
//! - `formats`: which file is what (by content), and how each is read
//! - `pdf`: PDFium: text layer, page pictures, embedded files
//! - `ocr`: Tesseract, and PP-OCR for pages on which it is unsure; `ocr::native` is the only unsafe code of the project
//! - `ahead`: many pages at a time in bounded memory
//! - `codes`: QR codes, and every other kind of code on demand
//! - `picture`, `drawing`: pictures in, page pictures out
//! - `typeset`, `pdf_file`: text without pages set on sheets; small PDFs of our own
//! - `separator`: the sheet at which a scanned stack is taken apart
//! - `arrange`: pages laid anew: turned, in another order, divided, put together
//! - `layout`: words to lines and blocks, the same for every origin
//!
//! - `host`: native code can abort or hang; so it runs in children of the program

mod ahead;
mod arrange;
mod codes;
mod content;
mod drawing;
mod error;
mod formats;
mod host;
mod language;
mod layout;
mod ocr;
mod options;
mod password;
mod pdf;
mod pdf_file;
mod picture;
mod reader;
mod separator;
mod typeset;

pub use arrange::{Sheet, Source};
pub use codes::Kinds;
pub use content::Content;
pub use error::ReadError;
pub use formats::sniff;
pub use host::{READER_ARGUMENT, serve};
pub use ocr::locate_ocr_models;
pub use options::{Limits, ReadOptions};
pub use password::Password;
pub use pdf::locate_pdfium;
pub use reader::{PageImage, Progress, Reader};
pub use separator::separator_page;
