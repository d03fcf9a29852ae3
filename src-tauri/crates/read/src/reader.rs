//! The reader: the interface of this crate.

use std::borrow::Cow;
use std::sync::{OnceLock, PoisonError, RwLock};
use std::thread;
use std::time::Duration;

use domain::{Code, Page, Reading};
use serde::{Deserialize, Serialize};

use crate::arrange::{Sheet, Source};
use crate::content::Held;
use crate::formats;
use crate::host::{Children, FileRequest, Host, InProcess, ReadSettings, Sandbox, Watch, Work, probe};
use crate::language::note_languages;
use crate::ocr::{self, ReadAgain, SecondReader, ToReadAgain};
use crate::{Content, Kinds, Password, ReadError, ReadOptions};

/// Increase it whenever the same bytes may give another Reading; old results are then computed again.
const READ_VERSION: u32 = 6;

/// In the place of its models.
const NO_SECOND_READER: &str = "no second reader";
/// The same, where it is still to read.
const SECOND_READER_LATER: &str = "second reader later";
/// More pages at the same time than this only cost memory: about 80 MB each.
const MOST_THREADS: u32 = 4;

/// How much work on a file may press other work of the computer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pace {
    /// As any program.
    Brisk,
    /// Only what others leave, where files are read in children.
    Calm,
}

/// What the second reader is to read.
#[derive(Debug)]
pub struct SecondReading<'r> {
    /// What was read of the file so far.
    pub reading: &'r mut Reading,
    /// The pages with doubtful lines.
    pub pages: &'r [ToReadAgain],
    /// How much it may press other work.
    pub pace: Pace,
}

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

/// What can be changed while it runs.
#[derive(Clone)]
struct ReaderSettings {
    second_reader: bool,
    passwords: Vec<Password>,
}

/// Reads files. Cheap to make: engines and children are started on first need, and kept warm until they have had nothing
/// to do for a minute, or until [`Reader::release_idle`].
///
/// May be used from several threads.
pub struct Reader {
    options: ReadOptions,
    host: Host,
    settings: RwLock<ReaderSettings>,
    sandbox: OnceLock<Sandbox>,
}

impl Reader {
    /// A reader that has loaded nothing yet.
    pub fn new(options: ReadOptions) -> Self {
        let host = match options.child.clone() {
            Some(program) => Host::Children(Children::new(program, options.clone())),
            None => Host::InProcess(InProcess::new(options.clone())),
        };
        let settings = RwLock::new(ReaderSettings { second_reader: options.second_reader, passwords: Vec::new() });
        Self { options, host, settings, sandbox: OnceLock::new() }
    }

    /// From the next file on, pages on which Tesseract is unsure are read again by the second reader, or are not.
    pub fn use_second_reader(&self, wanted: bool) {
        self.settings.write().unwrap_or_else(PoisonError::into_inner).second_reader = wanted;
    }

    /// From the next file on, these passwords are tried on files that are locked. Says whether one of them is new.
    pub fn learn(&self, passwords: impl IntoIterator<Item = Password>) -> bool {
        let known = &mut self.settings.write().unwrap_or_else(PoisonError::into_inner).passwords;
        let before = known.len();
        for password in passwords {
            if !known.contains(&password) {
                known.push(password);
            }
        }
        known.len() > before
    }

    /// Whether this password opens the file.
    ///
    /// # Errors
    /// Those of [`Reader::read`], but for [`ReadError::Password`], which is the answer `false`.
    pub fn opens<'a>(
        &self,
        name: &str,
        content: impl Into<Content<'a>>,
        password: &Password,
    ) -> Result<bool, ReadError> {
        let held = self.held(name, content.into())?;
        let settings = ReadSettings { second_reader: SecondReader::Off, passwords: vec![password.clone()] };
        // The smallest picture of its first page: what can be drawn is open.
        match self.draw(FileRequest { name, content: held.content(), settings: &settings }, 1, 16, 0) {
            Ok(_) => Ok(true),
            Err(ReadError::Password { .. }) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Reads the whole file. `name` is for messages only: what the file is, its content says. `progress` is called after
    /// each page, on the calling thread.
    ///
    /// # Errors
    /// Before any work: [`ReadError::Unreadable`], [`ReadError::TooLarge`], and those of [`sniff`](crate::sniff).
    /// From the reader: [`ReadError::Password`] if no known password opens the file, [`ReadError::Damaged`],
    /// [`ReadError::EngineMissing`], [`ReadError::Engine`]. Where a child reads, also [`ReadError::Crashed`],
    /// [`ReadError::TooSlow`] and [`ReadError::TooMuchMemory`].
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
    ///
    /// # Errors
    /// Those of [`Reader::read`], and [`ReadError::Stopped`].
    pub fn read_unless<'a>(
        &self,
        stopped: &dyn Fn() -> bool,
        name: &str,
        content: impl Into<Content<'a>>,
        progress: &dyn Fn(Progress),
    ) -> Result<Reading, ReadError> {
        self.read_with(&self.settings(), Watch { progress, stopped }, name, content.into())
    }

    /// As [`Reader::read_unless`], but words on which the first reader is unsure wait for [`Reader::read_again`], where it reads
    /// their page well enough to go on with: [`Reading::to_read_again`] names these pages.
    ///
    /// # Errors
    /// Those of [`Reader::read_unless`].
    pub fn first_look<'a>(
        &self,
        stopped: &dyn Fn() -> bool,
        name: &str,
        content: impl Into<Content<'a>>,
        progress: &dyn Fn(Progress),
    ) -> Result<Reading, ReadError> {
        let mut settings = self.settings();
        if settings.second_reader == SecondReader::AtOnce {
            settings.second_reader = SecondReader::Later;
        }
        self.read_with(&settings, Watch { progress, stopped }, name, content.into())
    }

    fn read_with(
        &self,
        settings: &ReadSettings,
        watch: Watch<'_>,
        name: &str,
        content: Content<'_>,
    ) -> Result<Reading, ReadError> {
        let held = self.held(name, content)?;
        if let Some(made) = self.made_of_office(name, &held, watch) {
            return made;
        }
        let request = FileRequest { name, content: held.content(), settings };
        match &self.host {
            Host::InProcess(host) => host.read(request, watch, cores()),
            Host::Children(children) => children.ask(request, Work::Read, watch),
        }
    }

    /// The reading of an office document; `None` for other files.
    fn made_of_office(&self, name: &str, held: &Held<'_>, watch: Watch<'_>) -> Option<Result<Reading, ReadError>> {
        let Held::Bytes(bytes) = held else { return None };
        let format = formats::format_of(bytes, name).ok()?;
        let pdf = format.as_pdf(name, bytes, &self.options, watch)?;
        Some(pdf.map(|pdf| formats::reading_of_office(format, name, pdf)))
    }

    /// Has the second reader read doubtful lines of a file, and puts them into its reading. Gives the pages with lines that were
    /// left: of pages whose lines were not found yet, it reads those that matter first.
    ///
    /// # Errors
    /// Those of [`Reader::read_unless`].
    pub fn read_again<'a>(
        &self,
        stopped: &dyn Fn() -> bool,
        name: &str,
        content: impl Into<Content<'a>>,
        SecondReading { reading, pages, pace }: SecondReading<'_>,
        progress: &dyn Fn(Progress),
    ) -> Result<Vec<ToReadAgain>, ReadError> {
        let watch = Watch { progress, stopped };
        let held = self.held(name, content.into())?;
        let request = FileRequest { name, content: held.content(), settings: &self.settings() };
        let again: ReadAgain = match &self.host {
            Host::InProcess(host) => host.read_again(request, pages, watch, cores()),
            Host::Children(children) => {
                children.ask_at(pace, request, Work::ReadAgain { pages: pages.to_vec() }, watch)
            }
        }?;
        for (number, page) in again.pages {
            if let Some(old) = reading.pages.get_mut(number.saturating_sub(1) as usize) {
                *old = page;
            }
        }
        reading.problems.extend(again.problem);
        note_languages(reading);
        Ok(again.left)
    }

    /// Draws one page for people, `width_px` wide. `page` is counted from 1; `turned` is [`domain::Page::turned`].
    ///
    /// # Errors
    /// [`ReadError::NoSuchPage`], and those of [`Reader::read`].
    pub fn page_image<'a>(
        &self,
        name: &str,
        content: impl Into<Content<'a>>,
        page: u32,
        width_px: u32,
        turned: u16,
    ) -> Result<PageImage, ReadError> {
        let held = self.held(name, content.into())?;
        self.draw(FileRequest { name, content: held.content(), settings: &self.settings() }, page, width_px, turned)
    }

    fn draw(&self, request: FileRequest<'_>, page: u32, width_px: u32, turned: u16) -> Result<PageImage, ReadError> {
        match &self.host {
            Host::InProcess(host) => host.page_image(request, page, width_px, turned),
            Host::Children(children) => {
                children.ask(request, Work::PageImage { page, width_px, turned }, Watch::NOBODY)
            }
        }
    }

    /// The codes of these kinds on all pages, whatever [`Reader::read`] has found: it looks for QR codes only. `turned`
    /// has [`domain::Page::turned`] of each page; pages beyond it are taken as they lie.
    ///
    /// # Errors
    /// Those of [`Reader::read`].
    pub fn codes<'a>(
        &self,
        name: &str,
        content: impl Into<Content<'a>>,
        kinds: Kinds,
        turned: &[u16],
    ) -> Result<Vec<Code>, ReadError> {
        let held = self.held(name, content.into())?;
        let request = FileRequest { name, content: held.content(), settings: &self.settings() };
        match &self.host {
            Host::InProcess(host) => host.codes(request, kinds, turned),
            Host::Children(children) => {
                children.ask(request, Work::Codes { kinds, turned: turned.to_vec() }, Watch::NOBODY)
            }
        }
    }

    /// A PDF that looks like the file and in which the recognised words of its `pages` (as read, with their boxes) can be
    /// searched and copied, in whatever script they are.
    ///
    /// # Errors
    /// Those of [`Reader::read`].
    pub fn searchable_pdf<'a>(
        &self,
        name: &str,
        content: impl Into<Content<'a>>,
        pages: &[Page],
    ) -> Result<Vec<u8>, ReadError> {
        let held = self.held(name, content.into())?;
        let request = FileRequest { name, content: held.content(), settings: &self.settings() };
        match &self.host {
            Host::InProcess(host) => host.searchable_pdf(request, pages),
            Host::Children(children) => {
                children.ask(request, Work::SearchablePdf { pages: pages.to_vec() }, Watch::NOBODY)
            }
        }
    }

    /// The PDFs of [`Reader::arrange`], bare.
    pub(crate) fn arranged_files(&self, sources: &[Source], parts: &[Vec<Sheet>]) -> Result<Vec<Vec<u8>>, ReadError> {
        sources.iter().try_for_each(|source| self.held(&source.name, (&source.bytes).into()).map(drop))?;
        let name = sources.first().map_or("", |source| &source.name);
        let request = FileRequest { name, content: Content::Bytes(&[]), settings: &self.settings() };
        match &self.host {
            Host::InProcess(host) => host.arrange(request, sources, parts),
            Host::Children(children) => {
                let work = Work::Arrange { sources: sources.to_vec(), parts: parts.to_vec() };
                children.ask(request, work, Watch::NOBODY)
            }
        }
    }

    /// Ends engines and children that were idle for `idle` (about 70 MB each; the second reader about 100 MB).
    pub fn release_idle(&self, idle: Duration) {
        match &self.host {
            Host::InProcess(host) => host.release_idle(idle),
            Host::Children(children) => children.release_idle(idle),
        }
    }

    /// The versions of everything that a Reading depends on; part of the key under which results are stored.
    pub fn versions(&self) -> String {
        let again = self.settings().second_reader != SecondReader::Off && self.has_second_reader();
        format!("{}, {}", self.engine(), if again { ocr::MODELS } else { NO_SECOND_READER })
    }

    /// The same of a [first look](Self::first_look) at a file of which pages are to be read again.
    pub fn versions_of_first_look(&self) -> String {
        format!("{}, {SECOND_READER_LATER}", self.engine())
    }

    /// Whether these are the versions of such a first look by this reader.
    pub fn is_first_look(&self, versions: &str) -> bool {
        versions == self.versions_of_first_look()
    }

    /// The same without the second reader, which is a matter of the settings.
    pub fn engine(&self) -> String {
        let (languages, tesseract) = (&self.options.languages, ocr::tesseract_version());
        format!("read {READ_VERSION}, pdfium {}, tesseract {tesseract} {languages}", crate::pdf::PDFIUM_BUILD)
    }

    /// Would reading again be worth it, because a reader of these [`versions`](Self::versions) is older than this one?
    /// Another choice about the second reader makes none older, and what a newer program has read is left alone.
    pub fn is_newer_than(&self, versions: &str) -> bool {
        let engine = self.engine();
        let is_same = [ocr::MODELS, NO_SECOND_READER, SECOND_READER_LATER]
            .iter()
            .any(|second| versions == format!("{engine}, {second}"));
        let number = versions.strip_prefix("read ").and_then(|rest| rest.split(',').next());
        let is_of_a_newer_program =
            number.and_then(|number| number.parse().ok()).is_some_and(|n: u32| n > READ_VERSION);
        !is_same && !is_of_a_newer_program
    }

    /// Whether the second reader is installed.
    pub fn has_second_reader(&self) -> bool {
        self.options.ocr_models.is_some()
    }

    /// How far the reading children are confined. Not at all, if files are read in this process.
    pub fn sandbox(&self) -> Sandbox {
        match &self.host {
            Host::InProcess(_) => Sandbox::default(),
            Host::Children(_) => *self.sandbox.get_or_init(|| probe(&self.options)),
        }
    }

    fn settings(&self) -> ReadSettings {
        let ReaderSettings { second_reader, passwords } =
            self.settings.read().unwrap_or_else(PoisonError::into_inner).clone();
        ReadSettings { second_reader: if second_reader { SecondReader::AtOnce } else { SecondReader::Off }, passwords }
    }

    /// Checks the size and the format before the content is sent anywhere.
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

/// How many pages are recognised at the same time if nothing else runs.
pub(crate) fn cores() -> u32 {
    thread::available_parallelism().map_or(1, |n| n.get() as u32).min(MOST_THREADS)
}
