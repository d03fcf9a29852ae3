//! Options and limits of a [`Reader`](crate::Reader).

#[cfg(target_os = "linux")]
use std::path::Path;
use std::path::PathBuf;

use domain::MOST_FILE_BYTES;
use serde::{Deserialize, Serialize};

/// Where the engines are and which languages to expect.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ReadOptions {
    /// The PDFium library, see [`locate_pdfium`](crate::locate_pdfium).
    pub pdfium: PathBuf,
    /// Folder of Tesseract's `*.traineddata`; `None` for the folder Tesseract was built with.
    pub tessdata: Option<PathBuf>,
    /// Tesseract's language codes joined by `+`, such as `deu+eng`.
    pub languages: String,
    /// Folder of the second reader's models, see [`locate_ocr_models`](crate::locate_ocr_models); `None` if they are not
    /// installed: then Tesseract reads alone.
    pub ocr_models: Option<PathBuf>,
    /// Whether pages on which Tesseract is unsure are read again by the second reader; can be changed later, see
    /// [`Reader::use_second_reader`](crate::Reader::use_second_reader).
    pub second_reader: bool,
    /// How much one file may use.
    pub limits: Limits,
    /// The program whose children read (with [`READER_ARGUMENT`](crate::READER_ARGUMENT) it calls
    /// [`serve`](crate::serve)); `None` to read in this process, which a broken file may end.
    #[serde(skip)]
    pub child: Option<PathBuf>,
}

impl ReadOptions {
    /// German and English with the usual limits, and the second reader if it is installed.
    pub fn new(pdfium: PathBuf) -> Self {
        Self {
            pdfium,
            tessdata: None,
            languages: "deu+eng".to_owned(),
            ocr_models: crate::locate_ocr_models(),
            second_reader: true,
            limits: Limits::default(),
            child: None,
        }
    }

    /// All folders from which a reader needs files: libraries, their settings, fonts and models.
    #[cfg(target_os = "linux")]
    pub(crate) fn folders(&self) -> Vec<PathBuf> {
        let pdfium = self.pdfium.parent().map(Path::to_path_buf);
        let named = std::env::var_os("TESSDATA_PREFIX").map(PathBuf::from);
        let models = self.tessdata.clone().into_iter().chain(self.ocr_models.clone());
        system_folders().into_iter().chain(pdfium).chain(named).chain(models).collect()
    }
}

/// What is installed, and what programs need of the system. Of `/etc` and `/proc` only what the loader, fonts, times and the
/// number of processors need: the rest is about the user and other programs.
#[cfg(target_os = "linux")]
pub(crate) fn system_folders() -> Vec<PathBuf> {
    let system = [
        "/usr",
        "/lib",
        "/lib64",
        "/etc/ld.so.cache",
        "/etc/fonts",
        "/etc/localtime",
        "/proc/self",
        "/proc/cpuinfo",
        "/proc/meminfo",
        "/proc/sys/vm/overcommit_memory",
        "/sys/devices/system",
        "/sys/fs/cgroup",
    ];
    system.map(PathBuf::from).to_vec()
}

/// How much one file may use. What is over a limit is refused or marked by a problem, never cut off silently.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// Bytes of a file; a larger one is refused.
    pub bytes: u64,
    /// Pages of a file that are read; later ones are left out, and a problem says so.
    pub pages: u32,
    /// Pages of a file that are recognised by OCR (about a second each); later ones are empty, each with a problem.
    pub scanned_pages: u32,
    /// Pixels of a picture; a larger one is refused. Pages of a PDF are rendered within it.
    pub pixels: u64,
    /// Seconds that OCR may take for one try at a page; a doubtful page gets up to four, and twice as long for the second
    /// reader. If the first try takes longer, the page is empty, with a problem; a later one then counts for nothing.
    pub seconds_per_page: u32,
    /// Seconds that a whole file may take; then it is given up. Held by children only.
    pub seconds_per_file: u32,
    /// Bytes of memory that reading a file may take; then it is given up. Held by children only.
    pub memory: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: MOST_FILE_BYTES,
            pages: 500,
            scanned_pages: 500,
            pixels: 80_000_000,
            seconds_per_page: 30,
            seconds_per_file: 3600,
            memory: 1_500_000_000,
        }
    }
}
