//! The work itself, in whatever process it is.

use std::borrow::Cow;
use std::time::Duration;

use domain::{Code, Page, Reading};

use super::{Order, Watch, caught};
use crate::arrange::{Sheet, Source};
use crate::content::BEGINNING;
use crate::formats::{self, Format, Job};
use crate::language::note_languages;
use crate::ocr::Engines;
use crate::pdf;
use crate::{Content, Kinds, PageImage, ReadError, ReadOptions};

/// Does the work in this process, with engines that are kept warm.
pub(crate) struct Here {
    options: ReadOptions,
    engines: Engines,
}

impl Here {
    pub(crate) fn new(options: ReadOptions) -> Self {
        let engines = Engines::new(&options);
        Self { options, engines }
    }

    /// Reads a file, with at most `threads` pages in work.
    pub(crate) fn read(&self, order: Order<'_>, watch: Watch<'_>, threads: u32) -> Result<Reading, ReadError> {
        let format = format_of(order)?;
        let job = self.job(order, watch, threads);
        let mut reading = run(order.name, || format.read(&job))?;
        if (watch.stopped)() {
            return Err(ReadError::Stopped { name: order.name.to_owned() });
        }
        reading.mime_type = format.mime_type().to_owned();
        note_languages(&mut reading);
        Ok(reading)
    }

    pub(crate) fn page_image(
        &self,
        order: Order<'_>,
        page: u32,
        width_px: u32,
        turned: u16,
    ) -> Result<PageImage, ReadError> {
        let format = format_of(order)?;
        let job = self.job(order, Watch::NOBODY, 1);
        run(order.name, || format.page_image(&job, page, width_px, turned))
    }

    pub(crate) fn codes(&self, order: Order<'_>, kinds: Kinds, turned: &[u16]) -> Result<Vec<Code>, ReadError> {
        let format = format_of(order)?;
        let job = self.job(order, Watch::NOBODY, 1);
        run(order.name, || format.codes(&job, kinds, turned))
    }

    pub(crate) fn searchable_pdf(&self, order: Order<'_>, pages: &[Page]) -> Result<Vec<u8>, ReadError> {
        let format = format_of(order)?;
        let job = self.job(order, Watch::NOBODY, 1);
        run(order.name, || format.searchable_pdf(&job, pages))
    }

    /// The PDFs of `parts`. `order` names the first of `sources`.
    pub(crate) fn arrange(
        &self,
        order: Order<'_>,
        sources: &[Source],
        parts: &[Vec<Sheet>],
    ) -> Result<Vec<Vec<u8>>, ReadError> {
        let files = sources.iter().map(|source| self.as_pdf(order, source)).collect::<Result<Vec<_>, _>>()?;
        let together = sources.iter().zip(&files);
        let jobs: Vec<_> =
            together.map(|(source, bytes)| self.job(order_of(order, source, bytes), Watch::NOBODY, 1)).collect();
        run(order.name, || pdf::arranged(&jobs, sources, parts))
    }

    fn as_pdf<'a>(&self, order: Order<'_>, source: &'a Source) -> Result<Cow<'a, [u8]>, ReadError> {
        let format = formats::format_of(&source.bytes, &source.name)?;
        if format.mime_type() == "application/pdf" {
            return Ok(Cow::Borrowed(&source.bytes));
        }
        // Without the words that were recognised: they would be taken for the file's own text.
        let pages: Vec<Page> =
            source.reading.pages.iter().map(|page| Page { words: Vec::new(), ..page.clone() }).collect();
        let job = self.job(order_of(order, source, &source.bytes), Watch::NOBODY, 1);
        run(&source.name, || format.searchable_pdf(&job, &pages)).map(Cow::Owned)
    }

    pub(crate) fn release_idle(&self, idle: Duration) {
        self.engines.release_idle(idle);
    }

    fn job<'a>(&'a self, order: Order<'a>, watch: Watch<'a>, threads: u32) -> Job<'a> {
        let Order { name, content, wishes } = order;
        Job { name, content, wishes, options: &self.options, engines: &self.engines, watch, threads }
    }
}

fn format_of(order: Order<'_>) -> Result<&'static dyn Format, ReadError> {
    let beginning = order.content.beginning(BEGINNING).map_err(|e| ReadError::unreadable(order.name, &e))?;
    formats::format_of(&beginning, order.name)
}

/// The same wishes for another file.
fn order_of<'a>(order: Order<'a>, source: &'a Source, bytes: &'a [u8]) -> Order<'a> {
    Order { name: &source.name, content: Content::Bytes(bytes), ..order }
}

/// Runs the work on one file. A panic, as some bindings raise on broken files, becomes an error of that file.
fn run<T>(name: &str, work: impl FnOnce() -> Result<T, ReadError>) -> Result<T, ReadError> {
    caught(work).unwrap_or_else(|detail| Err(ReadError::Engine { name: name.to_owned(), detail }))
}
