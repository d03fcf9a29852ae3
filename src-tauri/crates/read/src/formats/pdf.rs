//! PDF: the text layer where there is a good one, OCR where there is not, and embedded files.

use std::collections::BTreeMap;

use domain::{Code, FailureCode, Page, PageOrigin, Problem, Reading, Rect};

use super::{Format, Job};
use crate::drawing::{self, WIDEST};
use crate::ocr::{self, Fault, OcrError, Picture, ReadAgain, Recognised, SecondReader, ToReadAgain};
use crate::pdf::{Document, Draft, Wants, beside, is_confirmed, sample_of, without_words};
use crate::picture::{self, PictureError};
use crate::separator::SEPARATOR;
use crate::{Kinds, PageImage, ReadError};

/// The head may stand somewhat later: mail gateways and printers put bytes before it, and PDFium looks that far.
const HEAD_WITHIN: usize = 1024;
/// The end marker stands here or earlier.
const END_WITHIN: u64 = 2048;
/// Payment codes stand on the first pages; rendering a page for them takes longer than reading its text.
const PAGES_WITH_CODES: u32 = 10;

pub(super) struct Pdf;

impl Format for Pdf {
    fn mime_type(&self) -> &'static str {
        "application/pdf"
    }

    fn recognises(&self, bytes: &[u8]) -> bool {
        contains(&bytes[..bytes.len().min(HEAD_WITHIN)], b"%PDF-")
    }

    fn stays_on_disk(&self) -> bool {
        true
    }

    fn read(&self, job: &Job<'_>) -> Result<Reading, ReadError> {
        let document = Document::open(job)?;
        let mut reading = Reading::default();
        let end = job.content.end(END_WITHIN).map_err(|e| ReadError::unreadable(job.name, &e))?;
        if !contains(&end, b"%%EOF") {
            let message = format!("“{}” breaks off before its end; pages may be missing. Get it again.", job.name);
            reading.problems.push(Problem::new(FailureCode::Truncated, message));
        }
        if document.is_dynamic_form() {
            let message = format!(
                "“{}” is a form that only Adobe Reader shows. Open it there and print it to PDF, then drop that.",
                job.name
            );
            reading.problems.push(Problem::new(FailureCode::DynamicForm, message));
        }
        let read = document.pages().min(job.options.limits.pages);
        if read < document.pages() {
            let (name, all) = (job.name, document.pages());
            let message = format!("“{name}” has {all} pages; the first {read} were read. Split the file.");
            reading.problems.push(Problem::new(FailureCode::TooManyPages, message));
        }
        let scans = read_text_layers(job, &document, read, &mut reading)?;
        read_scans(job, &document, scans, &mut reading)?;
        read_codes(&document, &mut reading);
        let separators: Vec<u32> =
            reading.codes.iter().filter(|code| code.text == SEPARATOR).map(|code| code.page - 1).collect();
        if !separators.is_empty() {
            // Each part is read as a file of its own; the stack itself is only what they came in.
            let members = document.parts(job, &reading, &separators)?;
            if !members.is_empty() {
                return Ok(Reading { members, problems: reading.problems, ..Reading::default() });
            }
        }
        document.attachments(&mut reading, job.options.limits.bytes);
        Ok(reading)
    }

    fn read_again(&self, job: &Job<'_>, pages: &[ToReadAgain]) -> Result<ReadAgain, ReadError> {
        let document = Document::open(job)?;
        Ok(ocr::read_pages_again(job, pages, &|index| scan(&document, index)))
    }

    fn page_image(&self, job: &Job<'_>, page: u32, width_px: u32, turned: u16) -> Result<PageImage, ReadError> {
        let document = Document::open(job)?;
        let pages = document.pages();
        if page == 0 || page > pages {
            return Err(ReadError::NoSuchPage { name: job.name.to_owned(), page, pages });
        }
        let width = width_px.clamp(1, WIDEST);
        let picture = document.draw(page - 1, width, turned).map_err(|detail| ReadError::Damaged {
            name: job.name.to_owned(),
            detail: format!("page {page}: {detail}"),
        })?;
        drawing::encode(job.name, &drawing::turned_by(picture, turned))
    }

    fn codes(&self, job: &Job<'_>, kinds: Kinds, turned: &[u16]) -> Result<Vec<Code>, ReadError> {
        let document = Document::open(job)?;
        let pages = document.pages().min(job.options.limits.pages);
        let turned = turned.iter().copied().chain(std::iter::repeat(0));
        let mut codes = Vec::new();
        for (index, turned) in (0..pages).zip(turned) {
            let found = document.codes(index, turned, kinds).map_err(|detail| ReadError::Damaged {
                name: job.name.to_owned(),
                detail: format!("page {}: {detail}", index + 1),
            })?;
            codes.extend(found.into_iter().map(|code| code.on_page(index + 1)));
            job.progress(index + 1, pages);
        }
        Ok(codes)
    }

    fn searchable_pdf(&self, job: &Job<'_>, pages: &[Page]) -> Result<Vec<u8>, ReadError> {
        Document::open(job)?.with_words(pages)
    }
}

/// Fills in every page from its text layer and returns what must be recognised, by the index of the page.
fn read_text_layers(
    job: &Job<'_>,
    document: &Document<'_>,
    read: u32,
    reading: &mut Reading,
) -> Result<BTreeMap<u32, Scan>, ReadError> {
    let mut scans = BTreeMap::new();
    let mut damaged = 0;
    for index in 0..read {
        let page = match document.text_layer(index) {
            Ok(Draft { page, fields, wants }) => {
                let (page, scan) = match wants {
                    Wants::Nothing => (page, None),
                    Wants::Sample if is_right(job, document, index, &page) => (page, None),
                    Wants::Sample => (picture::without_text(page), Some(Scan::All)),
                    Wants::Rest => (page.clone(), Some(Scan::Rest { known: page, fields })),
                    Wants::All => (page, Some(Scan::All)),
                };
                scans.extend(scan.map(|scan| (index, scan)));
                page
            }
            Err(detail) => {
                damaged += 1;
                let message = format!("Page {} of “{}” is damaged ({detail}).", index + 1, job.name);
                reading.problems.push(Problem::on_page(FailureCode::Damaged, index + 1, message));
                picture::empty_page()
            }
        };
        reading.pages.push(page);
        job.progress(index + 1 - scans.len() as u32, read);
    }
    if damaged == read {
        return Err(ReadError::Damaged {
            name: job.name.to_owned(),
            detail: "none of its pages can be opened".to_owned(),
        });
    }
    Ok(scans)
}

/// How much of a page is recognised.
enum Scan {
    /// What its words, and the fields whose words are known, do not cover.
    Rest {
        known: Page,
        fields: Vec<Rect>,
    },
    All,
}

/// Whether the words that another program recognised are those that can be seen, as far as a part of the page tells. Without an
/// engine nobody can tell, and they are better than nothing.
fn is_right(job: &Job<'_>, document: &Document<'_>, index: u32, page: &Page) -> bool {
    let Ok(picture) = document.scan(index) else { return true };
    let (part, picture) = sample_of(page, picture);
    match ocr::first_look(job, &picture) {
        Ok(seen) => is_confirmed(page, &part, &seen),
        Err(error) => {
            tracing::warn!(%error, page = index + 1, "the words of another recogniser were not compared with the picture");
            true
        }
    }
}

/// Recognises the scanned pages. What is worse than the little text the page has of its own is not taken.
fn read_scans(
    job: &Job<'_>,
    document: &Document<'_>,
    mut scans: BTreeMap<u32, Scan>,
    reading: &mut Reading,
) -> Result<(), ReadError> {
    let pages = reading.pages.len() as u32;
    while scans.len() > job.options.limits.scanned_pages as usize {
        let Some((late, _)) = scans.pop_last() else { break };
        let message = format!(
            "Page {} of “{}” is one scanned page too many and was not read. Split the file.",
            late + 1,
            job.name
        );
        reading.problems.push(Problem::on_page(FailureCode::TooManyPages, late + 1, message));
    }
    let mut done = pages - scans.len() as u32;
    let mut failed: Vec<(u32, OcrError)> = Vec::new();
    let mut doubts: Vec<(u32, OcrError)> = Vec::new();
    let mut faults: Vec<(u32, Fault)> = Vec::new();
    let picture = |index| {
        let picture = scan(document, index)?;
        Ok(match scans.get(&index) {
            Some(Scan::Rest { known, fields }) => without_words(known, fields, picture),
            Some(Scan::All) | None => picture,
        })
    };
    let mut done_with = |index: u32, page| {
        let page_read = &mut reading.pages[index as usize];
        match page {
            Ok(Recognised { page, codes, doubt, waits, fault }) => {
                let is_taken_whole = match scans.get(&index) {
                    Some(Scan::Rest { known, .. }) => {
                        *page_read = beside(known, page);
                        false
                    }
                    Some(Scan::All) | None => take_better(page_read, page),
                };
                faults.extend(fault.filter(|_| is_taken_whole).map(|fault| (index + 1, fault)));
                reading.to_read_again.extend((waits && is_taken_whole).then_some(index + 1));
                reading.codes.extend(codes.into_iter().map(|c| c.on_page(index + 1)));
                doubts.extend(doubt.map(|why| (index + 1, why)));
            }
            Err(e) => failed.push((index + 1, e)),
        }
        done += 1;
        job.progress(done, pages);
    };
    let (parts, whole): (Vec<u32>, Vec<u32>) =
        scans.keys().partition(|index| matches!(scans.get(index), Some(Scan::Rest { .. })));
    let second = job.settings.second_reader;
    ocr::read_pages(job, &whole, second, &picture, &mut done_with);
    // What is read beside known words cannot be told from them afterwards.
    let at_once = if second == SecondReader::Off { second } else { SecondReader::AtOnce };
    ocr::read_pages(job, &parts, at_once, &picture, &mut done_with);
    reading.to_read_again.sort_unstable();
    let without_text = reading.pages.iter().filter(|p| p.words.is_empty()).count();
    if without_text == reading.pages.len() {
        ocr::refuse_if_nothing_read(job.name, scans.len(), &mut failed)?;
    }
    failed.sort_by_key(|(page, _)| *page);
    reading.problems.extend(failed.iter().map(|(page, e)| e.on_page(job.name, *page)));
    reading.problems.extend(ocr::not_read_again(job.name, doubts));
    reading.problems.extend(ocr::faulty(job.name, faults));
    Ok(())
}

/// Looks for codes on the first pages with a text layer; OCR has already looked on the others.
fn read_codes(document: &Document<'_>, reading: &mut Reading) {
    for (index, page) in (0..PAGES_WITH_CODES).zip(&reading.pages) {
        let known = reading.codes.iter().any(|c| c.page == index + 1);
        if known || page.origin != PageOrigin::Embedded {
            continue;
        }
        match document.codes(index, page.turned, Kinds::Qr) {
            Ok(codes) => reading.codes.extend(codes.into_iter().map(|c| c.on_page(index + 1))),
            // The page was good enough to read; codes only confirm what its text says.
            Err(error) => tracing::warn!(error, page = index + 1, "page not rendered for codes"),
        }
    }
    reading.codes.sort_by_key(|c| c.page);
}

/// A page as a picture to recognise.
fn scan(document: &Document<'_>, index: u32) -> Result<Picture, OcrError> {
    document.scan(index).map_err(|detail| OcrError::Picture(PictureError::Damaged(detail)))
}

/// Takes the recognised page in place of the little text that the page has, if it is more, and says whether.
fn take_better(page: &mut Page, recognised: Page) -> bool {
    let letters = |p: &Page| p.words.iter().flat_map(|w| w.text.chars()).filter(|c| c.is_alphanumeric()).count();
    let is_better = page.origin == PageOrigin::Empty || letters(&recognised) > letters(page);
    if is_better {
        // The size of the page is what the file says, not what the picture's pixels amount to.
        let (width, height) = (page.width, page.height);
        let (width, height) = if recognised.turned.is_multiple_of(180) { (width, height) } else { (height, width) };
        *page = Page { width, height, ..recognised };
    }
    is_better
}

fn contains(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|w| w == wanted)
}
