//! The room's front door.

use std::borrow::Cow;
use std::sync::{PoisonError, RwLock};
use std::thread;
use std::time::Duration;

use domain::{Code, Page, Reading};
use serde::{Deserialize, Serialize};

use crate::arrange::{Sheet, Source};
use crate::content::Held;
use crate::formats;
use crate::host::{Children, Here, Host, Order, Watch, Wishes, Work};
use crate::ocr;
use crate::{Content, Kinds, Password, ReadError, ReadOptions};

/// Raised whenever the same bytes may give another Reading, so that old results are computed again.
const READ_VERSION: u32 = 4;
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
    wishes: RwLock<Wishes>,
}

impl Reader {
    /// A reader that has loaded nothing yet.
    pub fn new(options: ReadOptions) -> Self {
        let host = match options.child.clone() {
            Some(program) => Host::Children(Children::new(program, options.clone())),
            None => Host::Here(Here::new(options.clone())),
        };
        let wishes = RwLock::new(Wishes { second_reader: options.second_reader, passwords: Vec::new() });
        Self { options, host, wishes }
    }

    /// From the next file on, pages on which Tesseract is unsure are read again by the second reader, or are not.
    pub fn use_second_reader(&self, wanted: bool) {
        self.wishes.write().unwrap_or_else(PoisonError::into_inner).second_reader = wanted;
    }

    /// From the next file on, these passwords are tried on files that are locked. Says whether one of them is new.
    pub fn learn(&self, passwords: impl IntoIterator<Item = Password>) -> bool {
        let known = &mut self.wishes.write().unwrap_or_else(PoisonError::into_inner).passwords;
        let before = known.len();
        for password in passwords {
            if !known.contains(&password) {
                known.push(password);
            }
        }
        known.len() > before
    }

    /// Whether this password opens the file; an error if it cannot be opened for another reason.
    pub fn opens<'a>(
        &self,
        name: &str,
        content: impl Into<Content<'a>>,
        password: &Password,
    ) -> Result<bool, ReadError> {
        let held = self.held(name, content.into())?;
        let wishes = Wishes { second_reader: false, passwords: vec![password.clone()] };
        // The smallest picture of its first page: what can be drawn is open.
        match self.draw(Order { name, content: held.content(), wishes: &wishes }, 1, 16, 0) {
            Ok(_) => Ok(true),
            Err(ReadError::Password { .. }) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Reads the whole file. `name` is for messages only: what the file is, its content says. `progress` is called after
    /// each page, on the calling thread.
    pub fn read<'a>(
        &self,
        name: &str,
        content: impl Into<Content<'a>>,
        progress: &dyn Fn(Progress),
    ) -> Result<Reading, ReadError> {
        self.read_unless(&|| false, name, content, progress)
    }

    /// As [`Reader::read`], and asks `stopped` often (in this process: after each page): once it says yes, the work ends
    /// with [`ReadError::Stopped`].
    pub fn read_unless<'a>(
        &self,
        stopped: &dyn Fn() -> bool,
        name: &str,
        content: impl Into<Content<'a>>,
        progress: &dyn Fn(Progress),
    ) -> Result<Reading, ReadError> {
        let watch = Watch { progress, stopped };
        let held = self.held(name, content.into())?;
        let order = Order { name, content: held.content(), wishes: &self.wishes() };
        match &self.host {
            Host::Here(here) => here.read(order, watch, cores()),
            Host::Children(children) => children.ask(order, Work::Read, watch),
        }
    }

    /// Draws one page for people, `width_px` wide. `page` is counted from 1; `turned` is [`domain::Page::turned`].
    pub fn page_image<'a>(
        &self,
        name: &str,
        content: impl Into<Content<'a>>,
        page: u32,
        width_px: u32,
        turned: u16,
    ) -> Result<PageImage, ReadError> {
        let held = self.held(name, content.into())?;
        self.draw(Order { name, content: held.content(), wishes: &self.wishes() }, page, width_px, turned)
    }

    fn draw(&self, order: Order<'_>, page: u32, width_px: u32, turned: u16) -> Result<PageImage, ReadError> {
        match &self.host {
            Host::Here(here) => here.page_image(order, page, width_px, turned),
            Host::Children(children) => children.ask(order, Work::PageImage { page, width_px, turned }, Watch::NOBODY),
        }
    }

    /// The codes of these kinds on all pages, whatever [`Reader::read`] has found: it looks for QR codes only. `turned`
    /// has [`domain::Page::turned`] of each page; pages beyond it are taken as they lie.
    pub fn codes<'a>(
        &self,
        name: &str,
        content: impl Into<Content<'a>>,
        kinds: Kinds,
        turned: &[u16],
    ) -> Result<Vec<Code>, ReadError> {
        let held = self.held(name, content.into())?;
        let order = Order { name, content: held.content(), wishes: &self.wishes() };
        match &self.host {
            Host::Here(here) => here.codes(order, kinds, turned),
            Host::Children(children) => {
                children.ask(order, Work::Codes { kinds, turned: turned.to_vec() }, Watch::NOBODY)
            }
        }
    }

    /// A PDF that looks like the file and in which the recognised words of its `pages` (as read, with their boxes) can be
    /// searched and copied, in whatever script they are.
    pub fn searchable_pdf<'a>(
        &self,
        name: &str,
        content: impl Into<Content<'a>>,
        pages: &[Page],
    ) -> Result<Vec<u8>, ReadError> {
        let held = self.held(name, content.into())?;
        let order = Order { name, content: held.content(), wishes: &self.wishes() };
        match &self.host {
            Host::Here(here) => here.searchable_pdf(order, pages),
            Host::Children(children) => {
                children.ask(order, Work::SearchablePdf { pages: pages.to_vec() }, Watch::NOBODY)
            }
        }
    }

    /// The PDFs of [`Reader::arrange`], bare.
    pub(crate) fn arranged_files(&self, sources: &[Source], parts: &[Vec<Sheet>]) -> Result<Vec<Vec<u8>>, ReadError> {
        sources.iter().try_for_each(|source| self.held(&source.name, (&source.bytes).into()).map(drop))?;
        let name = sources.first().map_or("", |source| &source.name);
        let order = Order { name, content: Content::Bytes(&[]), wishes: &self.wishes() };
        match &self.host {
            Host::Here(here) => here.arrange(order, sources, parts),
            Host::Children(children) => {
                let work = Work::Arrange { sources: sources.to_vec(), parts: parts.to_vec() };
                children.ask(order, work, Watch::NOBODY)
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
        let again = self.wishes().second_reader && self.has_second_reader();
        let second = if again { ocr::MODELS } else { "no second reader" };
        format!("read {READ_VERSION}, pdfium {}, tesseract {tesseract} {languages}, {second}", crate::pdf::PDFIUM_BUILD)
    }

    /// Whether the second reader is installed.
    pub fn has_second_reader(&self) -> bool {
        self.options.ocr_models.is_some()
    }

    fn wishes(&self) -> Wishes {
        self.wishes.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// What is to be read. Refuses what need not be looked at, before it is sent anywhere.
    fn held<'a>(&self, name: &str, content: Content<'a>) -> Result<Held<'a>, ReadError> {
        let unreadable = |error| ReadError::unreadable(name, &error);
        let (size, limit) = (content.size().map_err(unreadable)?, self.options.limits.bytes);
        if size > limit {
            let megabytes = |n: u64| format!("{} MB", n / 1_000_000);
            let (size, limit) = (megabytes(size), megabytes(limit));
            return Err(ReadError::TooLarge { name: name.to_owned(), size, limit });
        }
        let held = content.held().map_err(unreadable)?;
        if let Held::Bytes(bytes) = &held {
            formats::sniff(bytes, name)?;
        }
        Ok(held)
    }
}

/// Pages that are recognised at the same time where nothing else is to do.
pub(crate) fn cores() -> u32 {
    thread::available_parallelism().map_or(1, |n| n.get() as u32).min(MOST_THREADS)
}
