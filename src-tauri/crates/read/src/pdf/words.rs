//! From characters with boxes to words with boxes, in fractions of the page as it is shown.

use std::ops::RangeInclusive;

use domain::Rect;
use encoding_rs::WINDOWS_1252;
use pdfium_render::prelude::{PdfPageText, PdfPageTextChar, PdfPageTextRenderMode};

use super::fonts::Fonts;
use super::place::Place;

/// Share of unreadable characters from which on a text layer is worthless: its fonts have no way back to letters.
const MOST_GARBAGE: f32 = 0.1;
/// Fewer words than this are not judged.
const FEW_WORDS: usize = 12;
/// Share of the words that must look like words. Letters full of codes and names reach 0.9.
const LEAST_LIKE_WORDS: f32 = 0.5;
/// Share of vowels among the letters. German, English and French have 0.38 to 0.46, the letters of wrong names about 0.2.
const VOWELS: RangeInclusive<f32> = 0.27..=0.7;
/// Two characters further apart than this, in character sizes, are not one word.
const WORD_GAP: f32 = 0.6;
/// Share of the letters that must run another way before the whole page is turned.
const MOST_LETTERS: f32 = 0.6;

/// A word, and how many degrees clockwise the page must turn to make it level; unknown for a single character.
pub(super) struct TextWord {
    pub(super) text: String,
    pub(super) rect: Rect,
    turn: Option<u16>,
    /// Number of its first character in the page's text.
    pub(super) first: usize,
    /// Number of its font among those of the page.
    pub(super) font: usize,
    /// It is set so that nothing of it is drawn, as a recogniser sets its words.
    pub(super) invisible: bool,
}

/// The words of a page's text layer, none if they are garbage.
pub(super) struct TextLayer {
    pub(super) words: Vec<TextWord>,
    /// The fonts they are set in.
    pub(super) fonts: Fonts,
}

impl TextLayer {
    /// What stands outside the page is left out.
    pub(super) fn of(text: &PdfPageText<'_>, place: &Place) -> Self {
        let (mut words, mut word, mut fonts) = (Vec::new(), Letters::default(), Fonts::default());
        let (mut all, mut garbage) = (0_usize, 0);
        for character in text.chars().iter() {
            let Some(c) = char::from_u32(character.unicode_value()).filter(|c| !c.is_whitespace()) else {
                words.extend(word.take(place));
                continue;
            };
            all += 1;
            if is_garbage(c) {
                garbage += 1;
                continue;
            }
            let Ok(bounds) = character.loose_bounds() else { continue };
            let rect = place.rect(&bounds);
            if word.is_far_from(&rect, place) {
                words.extend(word.take(place));
            }
            if word.rects.is_empty() {
                word.begin(&character, &mut fonts);
            }
            fonts.note(word.font, c, &rect);
            word.push(c, rect);
        }
        words.extend(word.take(place));
        words.retain(|w| on_page(&w.rect));
        if garbage as f32 > MOST_GARBAGE * all as f32 || !reads_like_words(words.iter().map(|w| w.text.as_str())) {
            words.clear();
        }
        for word in &mut words {
            if let Some(mended) = mended(&word.text) {
                word.text = mended;
            }
        }
        Self { words, fonts }
    }

    /// Letters and digits of the words.
    pub(super) fn letters(&self) -> usize {
        self.words.iter().map(TextWord::letters).sum()
    }

    /// How many degrees clockwise the page must turn for most of its text to be level.
    pub(super) fn rotation(&self) -> u16 {
        let letters = |turn| -> usize { self.words.iter().filter(|w| turn == w.turn).map(|w| w.text.len()).sum() };
        let known: usize = self.words.iter().filter(|w| w.turn.is_some()).map(|w| w.text.len()).sum();
        let most = |turn: &u16| letters(Some(*turn)) as f32 > MOST_LETTERS * known as f32;
        [90, 180, 270].into_iter().find(most).unwrap_or(0)
    }
}

impl TextWord {
    pub(super) fn letters(&self) -> usize {
        self.text.chars().filter(|c| c.is_alphanumeric()).count()
    }
}

/// The text that was meant, where UTF-8 was taken for Windows-1252 ("GÃ¤rtnerei"): the bytes of a text that nobody writes are
/// valid UTF-8 by no accident.
fn mended(text: &str) -> Option<String> {
    if !text.contains(['Ã', 'Â', 'â']) {
        return None;
    }
    let (bytes, _, failed) = WINDOWS_1252.encode(text);
    let meant = (!failed).then(|| std::str::from_utf8(&bytes).ok()).flatten()?;
    (meant != text).then(|| meant.to_owned())
}

/// Private use, replacement and control characters: the font does not say which letters its glyphs are. PDFium's marks
/// for a hyphen at the end of a line are none.
fn is_garbage(c: char) -> bool {
    let private = matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}');
    private || c == char::REPLACEMENT_CHARACTER || (c.is_control() && c != HYPHEN)
}

/// Whether words look like words of a language with Latin letters: a font that names its letters wrongly, or a scanner's
/// bad OCR, gives strings with hardly any vowels, with capitals inside or with digits among the letters. Few words prove
/// nothing.
fn reads_like_words<'a>(words: impl Iterator<Item = &'a str>) -> bool {
    let (mut all, mut like, mut letters, mut vowels) = (0_usize, 0, 0, 0);
    for word in words {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        let own_letters = word.chars().filter(|c| c.is_alphabetic()).count();
        let digits = word.chars().filter(char::is_ascii_digit).count();
        // Numbers, short words and other scripts say nothing either way.
        if own_letters >= 4 && own_letters > digits && word.chars().any(|c| c.is_ascii_alphabetic()) {
            let own_vowels = word.chars().filter(|c| is_vowel(*c)).count();
            let steps = word.chars().zip(word.chars().skip(1)).filter(|(a, b)| a.is_lowercase() && b.is_uppercase());
            all += 1;
            like += usize::from(digits == 0 && own_vowels > 0 && steps.count() <= 1);
            letters += own_letters;
            vowels += own_vowels;
        }
    }
    let share = vowels as f32 / letters as f32;
    all < FEW_WORDS || like as f32 >= LEAST_LIKE_WORDS * all as f32 && VOWELS.contains(&share)
}

/// Letters beyond ASCII count: most of them are vowels with accents.
fn is_vowel(c: char) -> bool {
    "aeiouyAEIOUY".contains(c) || !c.is_ascii() && c.is_alphabetic()
}

const HYPHEN: char = '\u{2}';

fn on_page(rect: &Rect) -> bool {
    let (x, y) = (rect.x + rect.w / 2.0, rect.middle());
    (0.0..=1.0).contains(&x) && (0.0..=1.0).contains(&y)
}

/// A word that is being put together.
#[derive(Default)]
struct Letters {
    text: String,
    rects: Vec<Rect>,
    first: usize,
    font: usize,
    invisible: bool,
}

impl Letters {
    fn begin(&mut self, first: &PdfPageTextChar<'_>, fonts: &mut Fonts) {
        self.first = first.index();
        self.font = fonts.number_of(&first.font_name());
        self.invisible = matches!(first.render_mode(), Ok(PdfPageTextRenderMode::Invisible));
    }

    fn push(&mut self, c: char, rect: Rect) {
        match c {
            HYPHEN | '\u{fffe}' | '\u{ad}' => self.text.push('-'),
            '\u{200b}'..='\u{200d}' | '\u{feff}' => return,
            'ﬀ' => self.text.push_str("ff"),
            'ﬁ' => self.text.push_str("fi"),
            'ﬂ' => self.text.push_str("fl"),
            'ﬃ' => self.text.push_str("ffi"),
            'ﬄ' => self.text.push_str("ffl"),
            c => self.text.push(c),
        }
        self.rects.push(rect);
    }

    /// Whether a character at `rect` cannot belong to the word. PDFium puts spaces between words; this catches the rest.
    fn is_far_from(&self, rect: &Rect, place: &Place) -> bool {
        let Some(last) = self.rects.last() else { return false };
        let across = last.x.max(rect.x) - last.right().min(rect.right());
        let down = last.y.max(rect.y) - last.bottom().min(rect.bottom());
        let size = (last.h.min(rect.h) * place.height).max(last.w.min(rect.w) * place.width);
        (across * place.width).max(down * place.height) > WORD_GAP * size
    }

    fn take(&mut self, place: &Place) -> Option<TextWord> {
        let Self { text, rects, first: index, font, invisible } = std::mem::take(self);
        let (first, last) = (rects.first()?, rects.last()?);
        let across = (last.x + last.w / 2.0 - first.x - first.w / 2.0) * place.width;
        let down = (last.middle() - first.middle()) * place.height;
        let turn = match (rects.len(), across.abs() >= down.abs()) {
            (0 | 1, _) => None,
            (_, true) if across < 0.0 && !text.chars().any(runs_leftwards) => Some(180),
            (_, true) => Some(0),
            (_, false) if down > 0.0 => Some(270),
            (_, false) => Some(90),
        };
        let rect = rects.iter().copied().reduce(|a, b| a.union(&b))?;
        (!text.is_empty()).then_some(TextWord { text, rect: clipped(rect), turn, first: index, font, invisible })
    }
}

/// Hebrew and Arabic letters.
fn runs_leftwards(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}')
}

fn clipped(rect: Rect) -> Rect {
    let (x, y) = (rect.x.max(0.0), rect.y.max(0.0));
    Rect { x, y, w: rect.right().min(1.0) - x, h: rect.bottom().min(1.0) - y }
}

#[cfg(test)]
#[path = "../../../../../tests/corpus.rs"]
#[expect(dead_code, unreachable_pub, reason = "it is written for the whole-app tests")]
mod corpus;

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};
    use std::process::Command;

    use super::corpus::{large, sets};
    use super::reads_like_words;

    #[test]
    fn letters_in_several_languages_read_like_words_and_wrongly_named_ones_do_not() {
        let good = [
            "Sehr geehrte Damen und Herren, hiermit mahnen wir den Rechtsanspruch Nr. 2025-0917 über Schmutzwasser an: \
             Bitte überweisen Sie den Betrag IBAN DE02120300000000202051 rechtzeitig Ihrem Sachbearbeiter Herrn Schwarz",
            "Dear customer, please find enclosed your invoice number INV2026X77 for services rendered during the month of \
             October, strengths through rhythms, with kind regards from everybody",
            "RECHNUNG KUNDENNUMMER STROM GAS WASSER ABSCHLAG ZAHLBAR SOFORT OHNE ABZUG VIELEN DANK MWST KWH EUR NETTO",
        ];
        for text in good {
            assert!(reads_like_words(text.split(' ')), "{text}");
        }
        // The same letters, each glyph named 29 places too low, as in subset fonts without a table of letters.
        let shift = |c: char| if c == ' ' { c } else { char::from_u32((c as u32).saturating_sub(29)).unwrap_or(c) };
        for text in &good[..2] {
            let shifted: String = text.chars().map(shift).collect();
            assert!(!reads_like_words(shifted.split(' ')), "{shifted}");
        }
        let noise = "l1Il rnW vvVv Xq7z hJkKl ZtRw bBcCd sDfGh qWrTz kLpN7 mNbVc xXyYz lKjHg fDsQw rTzPp nNmMb hHgGf";
        assert!(!reads_like_words(noise.split(' ')));
    }

    #[test]
    fn text_layers_of_real_letters_are_words_and_the_same_with_wrongly_named_letters_are_not() {
        let large = ["invoices", "zugferd", "qrbill"].into_iter().filter_map(large);
        let (mut letters, mut kept, mut seen_through) = (0, 0, 0);
        for folder in sets("household").into_iter().chain(large) {
            for path in pdfs(&folder) {
                let text = Command::new("pdftotext").arg(&path).arg("-").output().expect("pdftotext").stdout;
                let text = String::from_utf8_lossy(&text);
                if text.split_whitespace().count() < 60 {
                    // A scan.
                    continue;
                }
                letters += 1;
                kept += usize::from(reads_like_words(text.split_whitespace()));
                let shift = |c: char| if c.is_whitespace() { c } else { char::from_u32(u32::from(c) + 3).unwrap_or(c) };
                let shifted: String = text.chars().map(shift).collect();
                seen_through += usize::from(!reads_like_words(shifted.split_whitespace()));
            }
        }
        assert!(letters > 20, "{letters} letters");
        assert_eq!(kept, letters, "good text layers are kept");
        assert!(seen_through * 100 >= letters * 95, "{seen_through} of {letters} garbled ones are seen through");
    }

    fn pdfs(folder: &Path) -> Vec<PathBuf> {
        let entries = std::fs::read_dir(folder).into_iter().flatten().map(|entry| entry.expect("an entry").path());
        let (folders, files): (Vec<PathBuf>, Vec<PathBuf>) = entries.partition(|path| path.is_dir());
        let below = folders.iter().flat_map(|folder| pdfs(folder));
        files.into_iter().filter(|path| path.extension().is_some_and(|e| e == "pdf")).chain(below).collect()
    }
}
