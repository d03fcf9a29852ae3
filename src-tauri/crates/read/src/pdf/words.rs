//! Characters with boxes to words with boxes, in fractions of the page as it is shown.

use domain::Rect;
use pdfium_render::prelude::PdfPage;

use super::place::Place;
use super::said;

/// Share of unreadable characters from which on a text layer is worthless: its fonts have no way back to letters.
const MOST_GARBAGE: f32 = 0.1;
/// Two characters further apart than this, in character sizes, are not one word.
const WORD_GAP: f32 = 0.6;
/// Share of the letters that must run another way before the whole page is turned.
const MOST_LETTERS: f32 = 0.6;

/// A word, and how many degrees clockwise the page must turn to make it level; unknown for a single character.
pub(super) struct TextWord {
    pub(super) text: String,
    pub(super) rect: Rect,
    turn: Option<u16>,
}

/// The words of a page's text layer, none if they are garbage.
pub(super) struct TextLayer {
    pub(super) words: Vec<TextWord>,
    /// Letters and digits in them.
    pub(super) letters: usize,
}

impl TextLayer {
    pub(super) fn of(page: &PdfPage<'_>) -> Result<Self, String> {
        let place = Place::of(page)?;
        let text = page.text().map_err(|e| said(&e))?;
        let (mut words, mut word) = (Vec::new(), Letters::default());
        let (mut all, mut garbage, mut letters) = (0_usize, 0, 0);
        for character in text.chars().iter() {
            let Some(c) = char::from_u32(character.unicode_value()).filter(|c| !c.is_whitespace()) else {
                words.extend(word.take(&place));
                continue;
            };
            all += 1;
            if is_garbage(c) {
                garbage += 1;
                continue;
            }
            let Ok(bounds) = character.loose_bounds() else { continue };
            let rect = place.rect(&bounds);
            if word.is_far_from(&rect, &place) {
                words.extend(word.take(&place));
            }
            letters += usize::from(c.is_alphanumeric());
            word.push(c, rect);
        }
        words.extend(word.take(&place));
        words.retain(|w| on_page(&w.rect));
        if garbage as f32 > MOST_GARBAGE * all as f32 {
            return Ok(Self { words: Vec::new(), letters: 0 });
        }
        Ok(Self { words, letters })
    }

    /// How many degrees clockwise the page must turn for most of its text to be level.
    pub(super) fn turn(&self) -> u16 {
        let letters = |turn| -> usize { self.words.iter().filter(|w| turn == w.turn).map(|w| w.text.len()).sum() };
        let known: usize = self.words.iter().filter(|w| w.turn.is_some()).map(|w| w.text.len()).sum();
        let most = |turn: &u16| letters(Some(*turn)) as f32 > MOST_LETTERS * known as f32;
        [90, 180, 270].into_iter().find(most).unwrap_or(0)
    }
}

/// Private use, replacement and control characters: the font does not say which letters its glyphs are. PDFium's marks
/// for a hyphen at the end of a line are none.
fn is_garbage(c: char) -> bool {
    let private = matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}');
    private || c == char::REPLACEMENT_CHARACTER || (c.is_control() && c != HYPHEN)
}

const HYPHEN: char = '\u{2}';

fn on_page(rect: &Rect) -> bool {
    let (x, y) = (rect.x + rect.w / 2.0, rect.middle());
    (0.0..=1.0).contains(&x) && (0.0..=1.0).contains(&y)
}

/// A word in the making.
#[derive(Default)]
struct Letters {
    text: String,
    rects: Vec<Rect>,
}

impl Letters {
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
        let Self { text, rects } = std::mem::take(self);
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
        (!text.is_empty()).then_some(TextWord { text, rect: clipped(rect), turn })
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
