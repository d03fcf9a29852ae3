//! OCR of one page: prepare it, recognise it, turn it if it is on its side or upside down, and map the boxes back to
//! the page.

use std::time::Duration;

use domain::{Page, PageOrigin, Rect, Word};
use image::{GrayImage, imageops};

use super::fault::{CUT_OFF, Fault, cut_off, illegible};
use super::holes::without_holes;
use super::merge::merged;
use super::native::{Pix, Print};
use super::ppocr::{Lines, Look, When};
use super::prepare::{AS_IT_IS, Sheet};
use super::tesseract::Printed;
use super::{
    Corners, Engines, Languages, OcrError, Picture, Recognised, RecognisedAgain, SecondReader, ToReadAgain, box_around,
};
use crate::Kinds;
use crate::codes::codes_on;
use crate::layout::{Found, arrange, holds};

/// Confidence below which a word makes its page one for the second reader; as the mean of a page, a sign that it may lie
/// on its side or head.
const DOUBTFUL: f32 = 0.7;
/// Confidence below which the second reader reads the line of a word. As the mean of a page: what the first language reads as
/// surely as this needs no other.
const SURE: f32 = 0.9;

/// Mean confidence of a page below which it is pale, bent or blurred: all its lines are read again, and at once, because most of
/// what the first reader says of it alone would have to be taken back.
const HARD: f32 = 0.85;
/// Share of a page from its top where names and its subject stand: the zone of the address and the line of the subject end
/// 110 mm down an A4 sheet (DIN 5008).
const HEAD: f32 = 0.38;
/// By so much more sure a page is read without what is pale on it, if that is the print of its back.
const SHINES_THROUGH: f32 = 0.15;
/// Confidence from which on the box of a word is that of print.
const LEGIBLE: f32 = 0.6;

/// Reads one picture of a page; where the first reader is unsure, both read it, if and when the second one is wanted.
pub(super) fn read(
    engines: &Engines,
    picture: Picture,
    second: SecondReader,
    limit: Duration,
) -> Result<Recognised, OcrError> {
    let (mut picture, mut turned) = (picture, 0);
    let mut sheet = Sheet::of(&picture)?;
    let read_in = |languages, sheet: &Sheet, print| {
        let found = engines.tesseract(languages, |tesseract| Printed(tesseract, print).words(sheet, limit));
        found.map(|found| without_holes(found, sheet))
    };
    let print = |sheet: &Sheet, print| read_in(Languages::First, sheet, print);
    let mut found = print(&sheet, Print::Even)?;
    if found.is_empty() && sheet.is_blank()? {
        let (page, fault) = (page_of(&picture, turned, Vec::new()), illegible(&picture.grey, &[]));
        return Ok(Recognised { page, codes: Vec::new(), doubt: None, waits: false, fault });
    }
    if looks_turned(&found) {
        let turn = which_turn(engines, &picture)?;
        if turn != 0 {
            let upright = Picture { grey: turned_by(&picture.grey, turn), ..picture };
            let upright_sheet = Sheet::of(&upright)?;
            if take_better(&mut found, print(&upright_sheet, Print::Even)) {
                (picture, turned, sheet) = (upright, turn, upright_sheet);
            }
        }
    }
    if mean_confidence(&found) < DOUBTFUL {
        take_better(&mut found, print(&sheet, Print::Pale));
    }
    // The second reader reads all languages, and tells print of the back.
    let is_alone = second == SecondReader::Off || !engines.has_second();
    if is_alone
        && mean_confidence(&found) < DOUBTFUL
        && let Some(dark) = Sheet::of_dark_print(&picture)?
    {
        let read = print(&dark, Print::Even)?;
        if mean_confidence(&read) > mean_confidence(&found) + SHINES_THROUGH {
            (found, sheet) = (merged(found, read), dark);
        }
    }
    if is_alone && mean_confidence(&found) < SURE && engines.may_be_another_language(&text_of(&found)) {
        take_better(&mut found, read_in(Languages::All, &sheet, Print::Even));
    }
    let is_good_enough = || !found.is_empty() && mean_confidence(&found) >= HARD && engines.has_second();
    let (mut doubt, mut waits) = (None, false);
    match second {
        SecondReader::AtOnce | SecondReader::Later if !is_doubtful(&found) => {}
        SecondReader::Off => {}
        SecondReader::Later if is_good_enough() => waits = true,
        SecondReader::AtOnce | SecondReader::Later => {
            let lines = again(engines, &sheet, &found, &[], |_| When::Now, limit);
            let dark = if lines.as_ref().is_ok_and(shines_through) { Sheet::of_dark_print(&picture)? } else { None };
            match lines {
                Ok(lines) => found = merged(found, without_holes(lines.words, &sheet)),
                Err(error) => doubt = Some(error),
            }
            if let Some(dark) = dark {
                // Small print of the page may be as pale as that of the back: what was read for sure stays.
                let read = print(&dark, Print::Even)?;
                match again(engines, &dark, &read, &[], |_| When::Now, limit) {
                    Ok(lines) => {
                        (found, sheet) = (merged(found, merged(read, without_holes(lines.words, &dark))), dark);
                    }
                    Err(error) => doubt = Some(error),
                }
            }
        }
    }
    let (words, is_cut_off) = without_guesses(&picture.grey, placed(&sheet, found));
    let fault = if is_cut_off { Some(Fault::CutOff) } else { illegible(&picture.grey, &words) };
    let page = page_of(&picture, turned, words);
    Ok(Recognised { page, codes: codes_on(&picture.grey, Kinds::Qr), doubt, waits, fault })
}

/// Has the second reader read doubtful lines of a page that waited for it: those that were left before, or those that matter.
pub(super) fn read_again(
    engines: &Engines,
    picture: Picture,
    ToReadAgain { page, lines, .. }: &ToReadAgain,
    limit: Duration,
) -> Result<RecognisedAgain, OcrError> {
    let picture = Picture { grey: turned_by(&picture.grey, page.turned), ..picture };
    let sheet = Sheet::of(&picture)?;
    let known = page.words.iter().map(|word| Found {
        text: word.text.clone(),
        rect: sheet.on_sheet(word.rect),
        confidence: word.confidence,
    });
    let found: Vec<Found> = known.collect();
    let when = |line: &Rect| if !lines.is_empty() || matters(line, &found) { When::Now } else { When::Later };
    let read_now = again(engines, &sheet, &found, lines, when, limit)?;
    if shines_through(&read_now) {
        // Of the first reader's words some are of the back, too.
        let Recognised { page: anew, doubt, .. } = read(engines, picture, SecondReader::AtOnce, limit)?;
        let (turned, language) = ((page.turned + anew.turned) % 360, page.language.clone());
        return match doubt {
            Some(error) => Err(error),
            None => Ok(RecognisedAgain { page: Page { turned, language, ..anew }, left: Vec::new() }),
        };
    }
    let Lines { words, left, .. } = read_now;
    // Of lines that it has not read, the second reader says nothing.
    let other: Vec<Rect> = if lines.is_empty() { &left } else { lines }.iter().map(|line| box_around(*line)).collect();
    let (looked_at, aside): (Vec<Found>, Vec<Found>) =
        found.into_iter().partition(|word| other.iter().any(|line| holds(line, &word.rect)) != lines.is_empty());
    let words = merged(looked_at, without_holes(words, &sheet)).into_iter().chain(aside).collect();
    let (words, _) = without_guesses(&picture.grey, placed(&sheet, words));
    Ok(RecognisedAgain { page: Page { words, ..page.clone() }, left })
}

/// Is it the print of the back that the second reader saw?
fn shines_through(lines: &Lines) -> bool {
    /// A word or two may look like themselves in the mirror.
    const FEWEST: usize = 3;
    lines.of_back >= FEWEST
}

/// Words in reading order; of two pages side by side, those of the left one first.
fn in_order(found: Vec<Found>, aspect: f32) -> Vec<Word> {
    let Some(fold) = fold(&found, aspect) else { return arrange(found, aspect) };
    let (left, right): (Vec<Found>, Vec<Found>) = found.into_iter().partition(|word| word.rect.right() <= fold);
    let mut words = arrange(left, aspect);
    let next = |number: fn(&Word) -> u32, words: &[Word]| words.iter().map(number).max().map_or(0, |last| last + 1);
    let (line, block) = (next(|word| word.line, &words), next(|word| word.block, &words));
    let right = arrange(right, aspect);
    words.extend(right.into_iter().map(|word| Word { line: word.line + line, block: word.block + block, ..word }));
    words
}

/// Where two pages meet that lie open side by side, as a share of the width: the picture is wide, nothing is printed there, and on
/// either side stand lines of running text.
fn fold(found: &[Found], aspect: f32) -> Option<f32> {
    /// Of the height to the width of the picture: two pages of A5 or A4 have 0.7.
    const WIDE: f32 = 0.85;
    const MIDDLE: std::ops::RangeInclusive<u8> = 44..=56;
    const LEAST_LINES: usize = 8;
    const WORDS_OF_LINE: usize = 5;
    if aspect > WIDE {
        return None;
    }
    let is_free = |x: &f32| found.iter().all(|word| word.rect.right() <= *x || word.rect.x >= *x);
    let free: Vec<f32> = MIDDLE.map(|percent| f32::from(percent) / 100.0).filter(is_free).collect();
    let fold = *free.get(free.len() / 2)?;
    let is_text = |is_left: bool| {
        let side = found.iter().filter(|word| (word.rect.right() <= fold) == is_left).cloned().collect();
        let mut words = std::collections::BTreeMap::<u32, usize>::new();
        for word in arrange(side, aspect) {
            *words.entry(word.line).or_default() += 1;
        }
        words.values().filter(|words| **words >= WORDS_OF_LINE).count() >= LEAST_LINES
    };
    (is_text(true) && is_text(false)).then_some(fold)
}

fn page_of(Picture { grey, density, .. }: &Picture, turned: u16, words: Vec<Word>) -> Page {
    let origin = if words.is_empty() { PageOrigin::Empty } else { PageOrigin::Ocr };
    let points = |pixels: u32| pixels as f32 * 72.0 / density;
    Page { width: points(grey.width()), height: points(grey.height()), origin, turned, language: None, words }
}

fn text_of(found: &[Found]) -> String {
    found.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ")
}

/// Whether the first reader is so unsure of a page that the second one has to look at it.
fn is_doubtful(found: &[Found]) -> bool {
    found.is_empty() || found.iter().any(|word| word.confidence < DOUBTFUL)
}

/// What the second reader makes of the lines on which the first one is unsure, and which of them are left for later; `lines` are
/// those that are known already.
fn again(
    engines: &Engines,
    sheet: &Sheet,
    found: &[Found],
    lines: &[Corners],
    when: impl Fn(&Rect) -> When,
    limit: Duration,
) -> Result<Lines, OcrError> {
    let is_hard = mean_confidence(found) < HARD;
    let is_wanted = |line: &Rect| {
        let mut words = on_line(line, found).peekable();
        is_hard || words.peek().is_none() || words.any(|word| word.confidence < SURE)
    };
    let when = |line: &Rect| if lines.is_empty() && !is_wanted(line) { When::Never } else { when(line) };
    let look = Look { print: height_of_print(found).map(|share| share * sheet.height), is_hard };
    // It is several times as slow as the first.
    engines.second(|models| models.read_lines(sheet, look, lines, when, 2 * limit))
}

fn on_line<'f>(line: &Rect, found: &'f [Found]) -> impl Iterator<Item = &'f Found> {
    found.iter().filter(move |word| holds(line, &word.rect))
}

/// Whether a line may change what follows from a letter: it has numbers or a label, stands in the head, or has nothing on it that
/// the first reader could read.
fn matters(line: &Rect, found: &[Found]) -> bool {
    let says = |word: &Found| word.text.contains(|c: char| c.is_ascii_digit() || matches!(c, ':' | '€' | '$' | '£'));
    let mut words = on_line(line, found).peekable();
    line.middle() < HEAD || words.peek().is_none() || words.any(says)
}

/// Height of the smaller print of a page, as a share of it: a quarter of what was read is lower. None where too little was
/// read to tell.
fn height_of_print(found: &[Found]) -> Option<f32> {
    const LEAST: usize = 20;
    let legible = found.iter().filter(|word| word.confidence >= LEGIBLE);
    let mut heights: Vec<f32> = legible.map(|word| word.rect.h).collect();
    heights.sort_by(f32::total_cmp);
    heights.get(heights.len() / 4).copied().filter(|_| heights.len() >= LEAST)
}

/// Words in reading order, their boxes on the page.
fn placed(sheet: &Sheet, found: Vec<Found>) -> Vec<Word> {
    let mut words = in_order(found, sheet.height / sheet.width);
    for word in &mut words {
        word.rect = sheet.on_picture(word.rect);
    }
    words
}

/// The words, and whether some are cut off: what stands there now can only be a guess, however clear its print.
fn without_guesses(picture: &GrayImage, mut words: Vec<Word>) -> (Vec<Word>, bool) {
    let cut = cut_off(picture, &words);
    for index in &cut {
        let word = &mut words[*index];
        word.confidence = word.confidence.min(CUT_OFF);
    }
    (words, !cut.is_empty())
}

/// Takes a further try if it read more, and says whether. If it failed, what was read before still stands.
fn take_better(found: &mut Vec<Found>, again: Result<Vec<Found>, OcrError>) -> bool {
    match again {
        Ok(again) if worth(&again) > worth(found) => *found = again,
        Ok(_) => return false,
        Err(error) => {
            tracing::warn!(%error, "a further try at a page failed");
            return false;
        }
    }
    true
}

/// Whether the picture may lie on its side or head: little is sure, or the words stand upright like towers.
fn looks_turned(found: &[Found]) -> bool {
    let long = || found.iter().filter(|f| f.text.chars().count() >= 4);
    let towers = long().filter(|f| f.rect.h > f.rect.w).count();
    found.is_empty() || mean_confidence(found) < DOUBTFUL || 2 * towers > long().count()
}

fn mean_confidence(found: &[Found]) -> f32 {
    found.iter().map(|f| f.confidence).sum::<f32>() / found.len().max(1) as f32
}

/// How much was read for sure, to compare two ways of holding a page.
fn worth(found: &[Found]) -> f32 {
    let wide = |f: &&Found| f.rect.w >= f.rect.h || f.text.chars().count() < 4;
    found.iter().filter(wide).map(|f| f.confidence * f.confidence * f.text.chars().count() as f32).sum()
}

fn which_turn(engines: &Engines, picture: &Picture) -> Result<u16, OcrError> {
    let pix = Pix::new(&picture.grey, &AS_IT_IS).ok_or_else(|| OcrError::Failed("out of memory".to_owned()))?;
    match engines.orientation() {
        // No answer means too little text to tell: the page stays as it is.
        Ok(mut engine) => Ok(engine.upright_turn(&pix, picture.density as u32).unwrap_or(0)),
        Err(missing) => {
            tracing::warn!(%missing, "pages that lie on their side are not turned");
            Ok(0)
        }
    }
}

fn turned_by(grey: &GrayImage, degrees: u16) -> GrayImage {
    match degrees {
        90 => imageops::rotate90(grey),
        180 => imageops::rotate180(grey),
        270 => imageops::rotate270(grey),
        _ => grey.clone(),
    }
}
