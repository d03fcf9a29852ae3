//! The work on a file itself, in whichever process it runs.

use std::borrow::Cow;
use std::time::Duration;

use domain::{Code, Page, Reading};

use super::{FileRequest, Watch, caught};
use crate::arrange::{Sheet, Source};
use crate::content::BEGINNING;
use crate::formats::{self, Format, Job};
use crate::language::note_languages;
use crate::ocr::{Engines, ReadAgain, ToReadAgain};
use crate::pdf;
use crate::{Content, Kinds, PageImage, ReadError, ReadOptions};

/// Does the work in this process, with engines that are kept warm.
pub(crate) struct InProcess {
    options: ReadOptions,
    engines: Engines,
}

impl InProcess {
    pub(crate) fn new(options: ReadOptions) -> Self {
        let engines = Engines::new(&options);
        Self { options, engines }
    }

    /// Reads a file, with at most `threads` pages in work.
    pub(crate) fn read(&self, request: FileRequest<'_>, watch: Watch<'_>, threads: u32) -> Result<Reading, ReadError> {
        let format = format_of(request)?;
        let job = self.job(request, watch, threads);
        let mut reading = run(request.name, || format.read(&job))?;
        if (watch.stopped)() {
            return Err(ReadError::Stopped { name: request.name.to_owned() });
        }
        reading.mime_type = format.mime_type().to_owned();
        note_languages(&mut reading);
        Ok(reading)
    }

    /// Has the second reader read doubtful lines of these pages, with at most `threads` pages in work.
    pub(crate) fn read_again(
        &self,
        request: FileRequest<'_>,
        pages: &[ToReadAgain],
        watch: Watch<'_>,
        threads: u32,
    ) -> Result<ReadAgain, ReadError> {
        let format = format_of(request)?;
        let job = self.job(request, watch, threads);
        let again = run(request.name, || format.read_again(&job, pages))?;
        if (watch.stopped)() {
            return Err(ReadError::Stopped { name: request.name.to_owned() });
        }
        Ok(again)
    }

    pub(crate) fn page_image(
        &self,
        request: FileRequest<'_>,
        page: u32,
        width_px: u32,
        turned: u16,
    ) -> Result<PageImage, ReadError> {
        let format = format_of(request)?;
        let job = self.job(request, Watch::NOBODY, 1);
        run(request.name, || format.page_image(&job, page, width_px, turned))
    }

    pub(crate) fn codes(&self, request: FileRequest<'_>, kinds: Kinds, turned: &[u16]) -> Result<Vec<Code>, ReadError> {
        let format = format_of(request)?;
        let job = self.job(request, Watch::NOBODY, 1);
        run(request.name, || format.codes(&job, kinds, turned))
    }

    pub(crate) fn searchable_pdf(&self, request: FileRequest<'_>, pages: &[Page]) -> Result<Vec<u8>, ReadError> {
        let format = format_of(request)?;
        let job = self.job(request, Watch::NOBODY, 1);
        run(request.name, || format.searchable_pdf(&job, pages))
    }

    /// The PDFs of `parts`. `order` names the first of `sources`.
    pub(crate) fn arrange(
        &self,
        request: FileRequest<'_>,
        sources: &[Source],
        parts: &[Vec<Sheet>],
    ) -> Result<Vec<Vec<u8>>, ReadError> {
        let files = sources.iter().map(|source| self.as_pdf(request, source)).collect::<Result<Vec<_>, _>>()?;
        let together = sources.iter().zip(&files);
        let jobs: Vec<_> =
            together.map(|(source, bytes)| self.job(request_of(request, source, bytes), Watch::NOBODY, 1)).collect();
        run(request.name, || pdf::arranged(&jobs, sources, parts))
    }

    fn as_pdf<'a>(&self, request: FileRequest<'_>, source: &'a Source) -> Result<Cow<'a, [u8]>, ReadError> {
        let format = formats::format_of(&source.bytes, &source.name)?;
        if format.mime_type() == "application/pdf" {
            return Ok(Cow::Borrowed(&source.bytes));
        }
        // Without the words that were recognised: they would be taken for the file's own text.
        let pages: Vec<Page> =
            source.reading.pages.iter().map(|page| Page { words: Vec::new(), ..page.clone() }).collect();
        let job = self.job(request_of(request, source, &source.bytes), Watch::NOBODY, 1);
        run(&source.name, || format.searchable_pdf(&job, &pages)).map(Cow::Owned)
    }

    pub(crate) fn release_idle(&self, idle: Duration) {
        self.engines.release_idle(idle);
    }

    fn job<'a>(&'a self, request: FileRequest<'a>, watch: Watch<'a>, threads: u32) -> Job<'a> {
        let FileRequest { name, content, settings } = request;
        Job { name, content, settings, options: &self.options, engines: &self.engines, watch, threads }
    }
}

fn format_of(request: FileRequest<'_>) -> Result<&'static dyn Format, ReadError> {
    let beginning = request.content.beginning(BEGINNING).map_err(|e| ReadError::unreadable(request.name, &e))?;
    formats::format_of(&beginning, request.name)
}

/// The same settings for another file.
fn request_of<'a>(request: FileRequest<'a>, source: &'a Source, bytes: &'a [u8]) -> FileRequest<'a> {
    FileRequest { name: &source.name, content: Content::Bytes(bytes), ..request }
}

/// Runs the work on one file. A panic, as some bindings raise on broken files, becomes an error of that file.
fn run<T>(name: &str, work: impl FnOnce() -> Result<T, ReadError>) -> Result<T, ReadError> {
    caught(work).unwrap_or_else(|detail| Err(ReadError::Engine { name: name.to_owned(), detail }))
}
