//! Arranging pages: turned, reordered, left out, divided into several files or joined into one. The files stay as they
//! are; the result are new PDFs, with the readings of their pages.

use domain::{Code, Member, Page, PageOrigin, Problem, Reading};
use serde::{Deserialize, Serialize};

use crate::language::note_languages;
use crate::{ReadError, Reader};

/// A file whose pages are arranged.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Source {
    /// For messages, and for the names of the new files.
    pub name: String,
    /// The file.
    pub bytes: Vec<u8>,
    /// What was read of it.
    pub reading: Reading,
}

/// One page of a new file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sheet {
    /// Index of the file it comes from, from 0.
    pub source: usize,
    /// Its page there, from 1.
    pub page: u32,
    /// Clockwise turn in degrees (0, 90, 180, 270) against how the page is shown now.
    pub turn: u16,
}

impl Source {
    fn page(&self, sheet: Sheet) -> Option<&Page> {
        self.reading.pages.get(usize::try_from(sheet.page).ok()?.checked_sub(1)?)
    }

    fn is_pdf(&self) -> bool {
        self.reading.mime_type == "application/pdf"
    }

    /// The turn that is written into the new PDF. A page that nobody turned is copied unchanged and shown as reading
    /// it has found right; pictures are made upright when they become PDF.
    pub(crate) fn turn_of(&self, sheet: Sheet) -> u16 {
        match self.page(sheet) {
            Some(page) if sheet.turn != 0 && self.is_pdf() => (page.turned + sheet.turn) % 360,
            Some(_) | None => sheet.turn,
        }
    }
}

impl Reader {
    /// Makes a PDF of each of `parts`, which are lists of pages of the `sources`. The readings of the pages are taken
    /// along; turned pages are recognised again, unless they have a text layer.
    ///
    /// # Errors
    /// [`ReadError::Unreadable`], [`ReadError::TooLarge`], [`ReadError::Unsupported`] or another error of
    /// [`sniff`](crate::sniff) for a source that is refused; otherwise those of [`Reader::read`].
    pub fn arrange(&self, sources: &[Source], parts: &[Vec<Sheet>]) -> Result<Vec<Member>, ReadError> {
        let files = self.arranged_files(sources, parts)?;
        let numbered = parts.len() > 1;
        let member = |(index, (bytes, sheets)): (usize, (Vec<u8>, &Vec<Sheet>))| {
            let first = sheets.first().and_then(|sheet| sources.get(sheet.source));
            let stem = first.map_or("", |source| stem(&source.name));
            let name = if numbered { format!("{stem} ({}).pdf", index + 1) } else { format!("{stem}.pdf") };
            let mut reading = reading_of(sources, sheets);
            if sheets.iter().zip(&reading.pages).any(|(sheet, page)| is_to_be_read(*sheet, page)) {
                take_turned(&mut reading, sheets, self.read(&name, &bytes, &|_| {})?);
            }
            note_languages(&mut reading);
            Ok(Member { name, bytes, reading: Some(Box::new(reading)) })
        };
        files.into_iter().zip(parts).enumerate().map(member).collect()
    }
}

fn stem(name: &str) -> &str {
    let name = name.rsplit('/').next().unwrap_or(name);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// A page that was on its side or upside down was hardly recognised.
fn is_to_be_read(sheet: Sheet, page: &Page) -> bool {
    sheet.turn != 0 && page.origin != PageOrigin::Embedded
}

/// The reading of a new file, from those of its pages.
fn reading_of(sources: &[Source], sheets: &[Sheet]) -> Reading {
    let mut reading = Reading { mime_type: "application/pdf".to_owned(), ..Reading::default() };
    let mut seen = Vec::new();
    for (number, sheet) in (1..).zip(sheets) {
        let Some((source, page)) = sources.get(sheet.source).and_then(|source| Some((source, source.page(*sheet)?)))
        else {
            continue;
        };
        let stays_turned = sheet.turn == 0 && source.is_pdf();
        reading.pages.push(Page { turned: if stays_turned { page.turned } else { 0 }, ..turned(page, sheet.turn) });
        let on_page = source.reading.codes.iter().filter(|code| code.page == sheet.page);
        reading.codes.extend(on_page.map(|code| Code {
            page: number,
            rect: code.rect.turned(sheet.turn),
            ..code.clone()
        }));
        let is_first = !seen.contains(&sheet.source);
        let problems = source.reading.problems.iter().filter(|problem| match problem.page {
            Some(page) => page == sheet.page,
            None => is_first,
        });
        reading.problems.extend(problems.map(|p| Problem { page: p.page.map(|_| number), ..p.clone() }));
        if is_first {
            seen.push(sheet.source);
            // The data of an electronic invoice belong to its first page.
            if sheet.page == 1 {
                reading.attachments.extend(source.reading.attachments.iter().cloned());
            }
        }
    }
    reading
}

fn turned(page: &Page, degrees: u16) -> Page {
    let mut page = page.clone();
    if degrees % 180 == 90 {
        (page.width, page.height) = (page.height, page.width);
    }
    for word in &mut page.words {
        word.rect = word.rect.turned(degrees);
    }
    page
}

/// Takes the turned pages from the reading of the new file. They stay as the person has turned them, even if reading
/// would turn them again.
fn take_turned(reading: &mut Reading, sheets: &[Sheet], anew: Reading) {
    for (index, page) in anew.pages.into_iter().enumerate() {
        let (Some(sheet), Some(old)) = (sheets.get(index), reading.pages.get_mut(index)) else { return };
        if !is_to_be_read(*sheet, old) {
            continue;
        }
        let (number, back) = (index as u32 + 1, (360 - page.turned) % 360);
        *old = Page { turned: 0, ..turned(&page, back) };
        reading.codes.retain(|code| code.page != number);
        let codes = anew.codes.iter().filter(|code| code.page == number);
        reading.codes.extend(codes.map(|code| Code { rect: code.rect.turned(back), ..code.clone() }));
        reading.problems.retain(|problem| problem.page != Some(number));
        reading.problems.extend(anew.problems.iter().filter(|problem| problem.page == Some(number)).cloned());
    }
    reading.codes.sort_by_key(|code| code.page);
}

#[cfg(test)]
mod tests {
    use domain::{CodeKind, FailureCode, Rect, Word};

    use super::*;

    const PLACE: Rect = Rect { x: 0.1, y: 0.2, w: 0.3, h: 0.05 };

    fn source(words: &[&str], mime_type: &str) -> Source {
        let page = |word: &&str| Page {
            width: 595.0,
            height: 842.0,
            origin: PageOrigin::Ocr,
            turned: 180,
            language: None,
            words: vec![Word { text: (*word).to_owned(), rect: PLACE, confidence: 0.9, line: 0, block: 0 }],
        };
        let code = Code { kind: CodeKind::Qr, text: "code".to_owned(), page: words.len() as u32, rect: PLACE };
        let reading = Reading {
            mime_type: mime_type.to_owned(),
            pages: words.iter().map(page).collect(),
            codes: vec![code],
            problems: vec![
                Problem::new(FailureCode::Truncated, "breaks off"),
                Problem::on_page(FailureCode::Damaged, 1, "page 1"),
            ],
            ..Reading::default()
        };
        Source { name: "scan.pdf".to_owned(), bytes: Vec::new(), reading }
    }

    fn sheet(source: usize, page: u32, turn: u16) -> Sheet {
        Sheet { source, page, turn }
    }

    #[test]
    fn words_codes_and_problems_go_with_their_pages() {
        let sources = [source(&["one", "two"], "application/pdf"), source(&["three"], "application/pdf")];
        let reading = reading_of(&sources, &[sheet(1, 1, 0), sheet(0, 2, 0), sheet(0, 1, 0)]);
        assert_eq!(reading.text(), "three\u{c}two\u{c}one");
        assert_eq!(reading.codes.iter().map(|code| code.page).collect::<Vec<_>>(), [1, 2]);
        let problems: Vec<_> = reading.problems.iter().map(|p| (p.code.as_str(), p.page)).collect();
        assert_eq!(
            problems,
            [("truncated", None), ("damaged", Some(1)), ("truncated", None), ("damaged", Some(3))],
            "what is said about a file is said once"
        );
    }

    #[test]
    fn a_page_that_nobody_turns_stays_as_it_is_shown_and_a_turned_one_is_turned_against_that() {
        let pdf = source(&["one"], "application/pdf");
        assert_eq!((pdf.turn_of(sheet(0, 1, 0)), pdf.turn_of(sheet(0, 1, 90))), (0, 270));
        let picture = source(&["one"], "image/jpeg");
        assert_eq!((picture.turn_of(sheet(0, 1, 0)), picture.turn_of(sheet(0, 1, 90))), (0, 90));
        let turned = [sheet(0, 1, 0), sheet(0, 1, 90)].map(|sheet| reading_of(std::slice::from_ref(&pdf), &[sheet]));
        assert_eq!((turned[0].pages[0].turned, turned[1].pages[0].turned), (180, 0));
        assert_eq!((turned[1].pages[0].width, turned[1].pages[0].words[0].rect.h), (842.0, 0.3));
        assert_eq!(reading_of(&[picture], &[sheet(0, 1, 0)]).pages[0].turned, 0, "made upright on the way to PDF");
    }

    #[test]
    fn a_persons_turn_holds_whatever_reading_makes_of_it() {
        let scan = [source(&["one"], "application/pdf")];
        let sheets = [sheet(0, 1, 90)];
        let mut reading = reading_of(&scan, &sheets);
        // Read anew, the page would be turned back by 270 degrees.
        let anew = Reading {
            pages: vec![Page { turned: 270, ..turned(&source(&["ONE"], "application/pdf").reading.pages[0], 0) }],
            ..Reading::default()
        };
        take_turned(&mut reading, &sheets, anew);
        assert_eq!((reading.text().as_str(), reading.pages[0].turned), ("ONE", 0));
        assert_eq!(reading.pages[0].words[0].rect, PLACE.turned(90));
        assert!(reading.codes.is_empty(), "codes of the page as it lay before are gone");
    }
}
