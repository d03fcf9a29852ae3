//! Tesseract: one OCR engine.

use std::ffi::{CStr, CString, c_int};
use std::ptr::{self, NonNull};
use std::time::Duration;

use leptess::capi;

use super::Pix;

/// How Tesseract separates print from paper.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Print {
    /// By one level for the page: best for ordinary letters.
    Even,
    /// By a level for each part of the page: worse on ordinary letters, but finds pale thermal print beside black spots.
    Pale,
}

/// One engine with its language data loaded.
pub(crate) struct Tesseract(NonNull<capi::TessBaseAPI>);

// SAFETY: an engine has no ties to the thread that made it; `&mut self` keeps it to one thread at a time.
unsafe impl Send for Tesseract {}

impl Tesseract {
    /// Loads language data from a folder (`None`: the built-in one); `None` if it is not there.
    pub(crate) fn new(tessdata: Option<&CStr>, languages: &CStr) -> Option<Self> {
        // SAFETY: strings outlive the calls; the handle is checked and owned from here on.
        unsafe {
            capi::setMsgSeverity(capi::L_SEVERITY_NONE as c_int);
            let engine = Self(NonNull::new(capi::TessBaseAPICreate())?);
            let folder = tessdata.map_or(ptr::null(), CStr::as_ptr);
            capi::TessBaseAPISetVariable(engine.0.as_ptr(), c"debug_file".as_ptr(), c"/dev/null".as_ptr());
            let failed = capi::TessBaseAPIInit3(engine.0.as_ptr(), folder, languages.as_ptr()) != 0;
            (!failed).then_some(engine)
        }
    }

    /// Recognises a picture of the given density and returns Tesseract's table of words (TSV); `None` when `limit` has
    /// passed or it failed.
    pub(crate) fn words(&mut self, pix: &Pix, dots_per_inch: u32, print: Print, limit: Duration) -> Option<String> {
        self.set(pix, dots_per_inch, capi::TessPageSegMode_PSM_AUTO);
        let method = match print {
            Print::Even => c"0",
            Print::Pale => c"1",
        };
        // SAFETY: the engine is alive, the monitor lives until it is deleted here, and the text is copied before it is
        // deleted.
        unsafe {
            capi::TessBaseAPISetVariable(self.0.as_ptr(), c"thresholding_method".as_ptr(), method.as_ptr());
            let monitor = capi::TessMonitorCreate();
            // Zero would mean no deadline.
            capi::TessMonitorSetDeadlineMSecs(monitor, c_int::try_from(limit.as_millis()).unwrap_or(c_int::MAX).max(1));
            let failed = capi::TessBaseAPIRecognize(self.0.as_ptr(), monitor) != 0;
            capi::TessMonitorDelete(monitor);
            let text = if failed { ptr::null_mut() } else { capi::TessBaseAPIGetTsvText(self.0.as_ptr(), 0) };
            let words = (!text.is_null()).then(|| CStr::from_ptr(text).to_string_lossy().into_owned());
            capi::TessDeleteText(text);
            capi::TessBaseAPIClear(self.0.as_ptr());
            words
        }
    }

    /// How many degrees clockwise (0, 90, 180, 270) the picture has to be turned to stand upright. Needs `osd` data.
    pub(crate) fn upright_turn(&mut self, pix: &Pix, dots_per_inch: u32) -> Option<u16> {
        self.set(pix, dots_per_inch, capi::TessPageSegMode_PSM_OSD_ONLY);
        let (mut degrees, mut sure, mut script_sure) = (0, 0.0, 0.0);
        let mut script = ptr::null();
        // SAFETY: the engine is alive; the results outlive the call; the script's name is Tesseract's own and not read.
        let found = unsafe {
            let found = capi::TessBaseAPIDetectOrientationScript(
                self.0.as_ptr(),
                &raw mut degrees,
                &raw mut sure,
                &raw mut script,
                &raw mut script_sure,
            );
            capi::TessBaseAPIClear(self.0.as_ptr());
            found != 0
        };
        // Tesseract says how far the text is turned; turning it back takes the rest of the circle.
        found.then(|| u16::try_from((360 - degrees).rem_euclid(360)).unwrap_or(0))
    }

    fn set(&mut self, pix: &Pix, dots_per_inch: u32, mode: capi::TessPageSegMode) {
        pix.set_density(dots_per_inch);
        // SAFETY: engine and picture are alive; Tesseract copies the picture. The OpenMP setting belongs to the calling
        // thread; without it Tesseract's inner threads make a page five times slower.
        unsafe {
            omp_set_max_active_levels(0);
            capi::TessBaseAPISetPageSegMode(self.0.as_ptr(), mode);
            capi::TessBaseAPISetImage2(self.0.as_ptr(), pix.handle());
        }
    }
}

impl Drop for Tesseract {
    fn drop(&mut self) {
        // SAFETY: the handle is owned and not used after this.
        unsafe { capi::TessBaseAPIDelete(self.0.as_ptr()) }
    }
}

/// Tesseract's version, such as `5.3.0`.
pub(crate) fn tesseract_version() -> String {
    // SAFETY: Tesseract returns a constant string.
    unsafe { CStr::from_ptr(capi::TessVersion()) }.to_string_lossy().into_owned()
}

/// A C string; what follows a zero byte, which no real path or language has, is cut off.
pub(crate) fn c_string(text: &str) -> CString {
    let bytes: Vec<u8> = text.bytes().take_while(|b| *b != 0).collect();
    CString::new(bytes).unwrap_or_default()
}

#[link(name = "gomp")]
unsafe extern "C" {
    fn omp_set_max_active_levels(levels: c_int);
}
