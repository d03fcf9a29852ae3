//! Divides a stack of scanned pages at separator sheets.

use std::ops::Range;

use domain::{Code, Member, Page, Reading};
use pdfium_render::prelude::Pdfium;

use super::{Document, library, missing, said};
use crate::ReadError;
use crate::formats::Job;
use crate::language::note_languages;

impl Document<'_> {
    /// The pages between separator sheets, each run of them a PDF of its own. `separators` are indexes from 0. Blank
    /// pages at a separator, such as its back, are left out. What was read of the stack goes with its parts.
    pub(crate) fn parts(&self, job: &Job<'_>, stack: &Reading, separators: &[u32]) -> Result<Vec<Member>, ReadError> {
        let pdfium = library::pdfium(&job.options.pdfium).map_err(|detail| missing(job.name, detail))?;
        let stem = job.name.rsplit_once('.').map_or(job.name, |(stem, _)| stem);
        let part = |(number, run): (usize, Range<u32>)| {
            let bytes = self.pages_as_file(pdfium, run.clone());
            let bytes = bytes.map_err(|detail| ReadError::Engine { name: job.name.to_owned(), detail })?;
            let reading = part_of(stack, run).map(Box::new);
            Ok(Member { name: format!("{stem} ({}).pdf", number + 1), bytes, reading })
        };
        runs(&stack.pages, separators).into_iter().enumerate().map(part).collect()
    }

    fn pages_as_file(&self, pdfium: &Pdfium, run: Range<u32>) -> Result<Vec<u8>, String> {
        let _lock = library::lock();
        let mut part = pdfium.create_new_pdf().map_err(|e| said(&e))?;
        let range = format!("{}-{}", run.start + 1, run.end);
        part.pages_mut().copy_pages_from_document(&self.document, &range, 0).map_err(|e| said(&e))?;
        part.save_to_bytes().map_err(|e| said(&e))
    }
}

/// What was read of a run of pages; none if there were problems, which name the stack and its pages: then the part is read
/// on its own and has its own.
fn part_of(stack: &Reading, run: Range<u32>) -> Option<Reading> {
    if !stack.problems.is_empty() {
        return None;
    }
    let pages = stack.pages.get(run.start as usize..run.end as usize)?.to_vec();
    let on_part =
        |code: &Code| run.contains(&(code.page - 1)).then(|| Code { page: code.page - run.start, ..code.clone() });
    let codes = stack.codes.iter().filter_map(on_part).collect();
    let to_read_again =
        stack.to_read_again.iter().filter(|page| run.contains(&(*page - 1))).map(|page| page - run.start).collect();
    let mime_type = "application/pdf".to_owned();
    let mut part = Reading { mime_type, pages, codes, to_read_again, ..Reading::default() };
    note_languages(&mut part);
    Some(part)
}

/// The runs of pages between separators, without blank pages at their beginning; none that is empty.
fn runs(pages: &[Page], separators: &[u32]) -> Vec<Range<u32>> {
    let ends = separators.iter().copied().chain([pages.len() as u32]);
    let begins = [0].into_iter().chain(separators.iter().map(|s| s + 1));
    let filled = |page: &u32| pages.get(*page as usize).is_some_and(|page| !page.words.is_empty());
    begins.zip(ends).filter_map(|(begin, end)| Some((begin..end).find(filled)?..end)).collect()
}
