//! The room's front door.

use std::borrow::Cow;
use std::thread;
use std::time::Duration;

use domain::{Page, Reading};
use serde::{Deserialize, Serialize};

use crate::formats;
use crate::host::{Children, Here, Host, Watch, Work};
use crate::ocr;
use crate::{ReadError, ReadOptions};

/// Raised whenever the same bytes may give another Reading, so that old results are computed again.
const READ_VERSION: u32 = 2;
/// More pages at the same time than this only cost memory: about 80 MB each.
const MOST_THREADS: u32 = 4;

/// How far a reading is: `page` of `pages` are done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// Pages done.
    pub page: u32,
    /// Pages to do.
    pub pages: u32,
}

/// A page as a picture.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PageImage {
    /// `image/webp` or `image/jpeg`, whichever is smaller for this page.
    pub mime: Cow<'static, str>,
    /// The encoded picture.
    pub bytes: Vec<u8>,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
}

/// Reads files. Cheap to make: engines and children are started on first need, and kept warm until they have had nothing
/// to do for a minute, or until [`Reader::release_idle`].
///
/// May be used from several threads.
pub struct Reader {
    options: ReadOptions,
    host: Host,
}

impl Reader {
    /// A reader that has loaded nothing yet.
    pub fn new(options: ReadOptions) -> Self {
        let host = match options.child.clone() {
            Some(program) => Host::Children(Children::new(program, options.clone())),
            None => Host::Here(Here::new(options.clone())),
        };
        Self { options, host }
    }

    /// Reads the whole file. `name` is for messages only: what the file is, its content says. `progress` is called after
    /// each page, on the calling thread.
    pub fn read(&self, name: &str, bytes: &[u8], progress: &dyn Fn(Progress)) -> Result<Reading, ReadError> {
        self.read_unless(&|| false, name, bytes, progress)
    }

    /// As [`Reader::read`], and asks `stopped` often (in this process: after each page): once it says yes, the work ends
    /// with [`ReadError::Stopped`].
    pub fn read_unless(
        &self,
        stopped: &dyn Fn() -> bool,
        name: &str,
        bytes: &[u8],
        progress: &dyn Fn(Progress),
    ) -> Result<Reading, ReadError> {
        let watch = Watch { progress, stopped };
        self.check(name, bytes)?;
        match &self.host {
            Host::Here(here) => here.read(name, bytes, watch, cores()),
            Host::Children(children) => children.ask(name, bytes, Work::Read, watch),
        }
    }

    /// Draws one page for people, `width_px` wide. `page` is counted from 1; `turned` is [`domain::Page::turned`].
    pub fn page_image(
        &self,
        name: &str,
        bytes: &[u8],
        page: u32,
        width_px: u32,
        turned: u16,
    ) -> Result<PageImage, ReadError> {
        self.check(name, bytes)?;
        match &self.host {
            Host::Here(here) => here.page_image(name, bytes, page, width_px, turned),
            Host::Children(children) => {
                children.ask(name, bytes, Work::PageImage { page, width_px, turned }, Watch::NOBODY)
            }
        }
    }

    /// A PDF that looks like the file and in which the recognised words of its `pages` (as read, with their boxes) can be
    /// searched and copied. Words with letters outside the Western alphabet may be left out of it.
    pub fn searchable_pdf(&self, name: &str, bytes: &[u8], pages: &[Page]) -> Result<Vec<u8>, ReadError> {
        self.check(name, bytes)?;
        match &self.host {
            Host::Here(here) => here.searchable_pdf(name, bytes, pages),
            Host::Children(children) => {
                children.ask(name, bytes, Work::SearchablePdf { pages: pages.to_vec() }, Watch::NOBODY)
            }
        }
    }

    /// Lets engines and children go that were not used for `idle` (about 70 MB each; the second reader about 100 MB).
    pub fn release_idle(&self, idle: Duration) {
        match &self.host {
            Host::Here(here) => here.release_idle(idle),
            Host::Children(children) => children.release_idle(idle),
        }
    }

    /// Names all that decides what a Reading looks like; part of the key under which results are kept.
    pub fn versions(&self) -> String {
        let (languages, tesseract) = (&self.options.languages, ocr::tesseract_version());
        let second = if self.options.reads_again() { ocr::MODELS } else { "no second reader" };
        format!("read {READ_VERSION}, pdfium {}, tesseract {tesseract} {languages}, {second}", crate::pdf::PDFIUM_BUILD)
    }

    /// Refuses what need not be looked at, before it is sent anywhere.
    fn check(&self, name: &str, bytes: &[u8]) -> Result<(), ReadError> {
        formats::sniff(bytes, name)?;
        let limit = self.options.limits.bytes;
        if bytes.len() as u64 > limit {
            let megabytes = |n: u64| format!("{} MB", n / 1_000_000);
            let (size, limit) = (megabytes(bytes.len() as u64), megabytes(limit));
            return Err(ReadError::TooLarge { name: name.to_owned(), size, limit });
        }
        Ok(())
    }
}

/// Pages that are recognised at the same time where nothing else is to do.
pub(crate) fn cores() -> u32 {
    thread::available_parallelism().map_or(1, |n| n.get() as u32).min(MOST_THREADS)
}
