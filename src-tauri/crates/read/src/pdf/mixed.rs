//! Pages of which a part is text and a part is a picture, and words that another program recognised.

use domain::{Page, PageOrigin, Rect};
use image::{GrayImage, Luma, imageops};

use super::seen::pixels;
use super::text::{FEW_LETTERS, turned_by};
use crate::layout::{Found, arrange, holds};
use crate::ocr::Picture;

/// Height of the part of a page that is compared, as a share of the page.
const SAMPLE: f32 = 0.25;
/// Share of its words that must be the same.
const LEAST_SAME: f32 = 0.7;
/// How sure a reader must be to be believed against another one.
const SURE: f32 = 0.9;
/// Less sure words beside a text layer are drawings.
const LEAST_SURE: f32 = 0.5;

/// The picture of a page with its known words painted over, and the fields whose words are known.
pub(crate) fn without_words(page: &Page, fields: &[Rect], mut picture: Picture) -> Picture {
    let words = page.words.iter().map(|word| unturned(word.rect, page.turned));
    for rect in words.chain(fields.iter().copied()) {
        let (columns, rows) = pixels(&picture.grey, &rect);
        let paper = Luma([around(&picture.grey, &columns, &rows)]);
        for y in rows {
            for x in columns.clone() {
                picture.grey.put_pixel(x, y, paper);
            }
        }
    }
    picture
}

/// The brighter of the corners of a box: the paper that its word stands on.
fn around(picture: &GrayImage, columns: &std::ops::Range<u32>, rows: &std::ops::Range<u32>) -> u8 {
    let (right, bottom) = (columns.end.saturating_sub(1), rows.end.saturating_sub(1));
    let corners = [(columns.start, rows.start), (right, rows.start), (columns.start, bottom), (right, bottom)];
    corners.iter().map(|(x, y)| picture.get_pixel(*x, *y).0[0]).max().unwrap_or(u8::MAX)
}

/// A page of its known words and of what was recognised beside them.
pub(crate) fn beside(page: &Page, recognised: Page) -> Page {
    let Page { width, height, turned, .. } = *page;
    let known =
        page.words.iter().map(|word| Found { text: word.text.clone(), rect: word.rect, confidence: word.confidence });
    let new: Vec<Found> = recognised
        .words
        .into_iter()
        .filter(|word| word.confidence >= LEAST_SURE)
        .map(|word| Found {
            rect: turned_by(unturned(word.rect, recognised.turned), turned),
            text: word.text,
            confidence: word.confidence,
        })
        .filter(|new| !page.words.iter().any(|known| holds(&known.rect, &new.rect) || holds(&new.rect, &known.rect)))
        .collect();
    let letters = |found: &[Found]| found.iter().flat_map(|f| f.text.chars()).filter(|c| c.is_alphanumeric()).count();
    // Recognised words are no text layer, which is believed to the letter.
    let origin = if letters(&new) < FEW_LETTERS && !page.words.is_empty() { page.origin } else { PageOrigin::Ocr };
    let words = arrange(known.chain(new).collect(), height / width);
    Page { origin: if words.is_empty() { PageOrigin::Empty } else { origin }, words, ..page.clone() }
}

fn unturned(rect: Rect, turned: u16) -> Rect {
    turned_by(rect, (360 - turned) % 360)
}

/// The part of a page in which most is to be compared, with its picture: digits count most.
pub(crate) fn sample_of(page: &Page, picture: Picture) -> (Rect, Picture) {
    let rects: Vec<(Rect, usize)> = page
        .words
        .iter()
        .map(|word| {
            let digits = word.text.chars().filter(char::is_ascii_digit).count();
            (unturned(word.rect, page.turned), word.text.chars().count() + 4 * digits)
        })
        .collect();
    let weight = |top: f32| -> usize {
        let inside = rects.iter().filter(|(rect, _)| rect.y >= top && rect.bottom() <= top + SAMPLE);
        inside.map(|(_, weight)| weight).sum()
    };
    let top =
        rects.iter().map(|(rect, _)| rect.y.clamp(0.0, 1.0 - SAMPLE)).max_by_key(|top| weight(*top)).unwrap_or(0.0);
    let part = Rect { x: 0.0, y: top, w: 1.0, h: SAMPLE };
    let (columns, rows) = pixels(&picture.grey, &part);
    let (width, height) = (columns.len() as u32, rows.len() as u32);
    let grey = imageops::crop_imm(&picture.grey, columns.start, rows.start, width, height).to_image();
    (part, Picture { grey, ..picture })
}

/// Whether a reader saw the known words in a part of the page: most of them, and no other digits where it is sure. `seen` is
/// in fractions of the part.
pub(crate) fn is_confirmed(page: &Page, part: &Rect, seen: &[Found]) -> bool {
    let (mut all, mut same) = (0_usize, 0_usize);
    for word in &page.words {
        let rect = unturned(word.rect, page.turned);
        let text = plain(&word.text);
        if rect.y < part.y || rect.bottom() > part.bottom() || text.chars().count() < 3 {
            continue;
        }
        let inside = Rect { y: (rect.y - part.y) / part.h, h: rect.h / part.h, ..rect };
        let here: Vec<&Found> = seen.iter().filter(|f| holds(&inside, &f.rect) || holds(&f.rect, &inside)).collect();
        let read: String = here.iter().map(|f| plain(&f.text)).collect();
        let is_same = read.contains(&text);
        let is_sure = !here.is_empty() && here.iter().all(|f| f.confidence >= SURE);
        if !is_same && is_sure && text.chars().any(|c| c.is_ascii_digit()) && read.chars().any(|c| c.is_ascii_digit()) {
            return false;
        }
        all += 1;
        same += usize::from(is_same);
    }
    same as f32 >= LEAST_SAME * all as f32
}

/// Letters and digits alone.
fn plain(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
