//! Which words of a text layer can be seen.
//!
//! Text may be there and not be seen: on a layer that is switched off, under a box or a picture, in the colour of its
//! background, outside its clipping path, too small to read. The page is drawn small. Where a word stands there must be
//! ink; and if anything else is drawn there, the picture must be another one without the word.

use std::collections::BTreeSet;
use std::ops::Range;

use domain::Rect;
use image::GrayImage;
use pdfium_render::prelude::{
    PdfPage, PdfPageAnnotationCommon as _, PdfPageAnnotationType, PdfPageObject, PdfPageObjectCommon as _,
    PdfPageObjectType, PdfPageObjectsCommon as _, PdfPageText, PdfPageTextChars, PdfPathFillMode, PdfRect,
};

use super::fields::is_shown;
use super::place::Place;
use super::render::drawn;
use super::said;
use super::words::TextWord;
use crate::layout::holds;

/// Dots per inch of the drawn page: enough for the strokes of small print.
pub(super) const DENSITY: f32 = 100.0;
/// A difference of brightness that can be seen.
const SEEN: u8 = 10;
/// Print lower than this, in points, is not for people.
const LEAST_HEIGHT: f32 = 2.5;
/// Boxes smaller than this, in points, cover no word.
const LEAST_COVER: f32 = 4.0;
/// Share of the smaller of two words from which on they stand on each other.
const ON_EACH_OTHER: f32 = 0.5;
/// From so many texts or covers on, a page is one large drawing: they are no longer compared one by one.
const MANY: usize = 1000;
/// A page of more words than this is no letter, and is not looked through for words on each other.
const MOST_WORDS: usize = 5000;
/// Groups of words that are taken away, each of which draws the page twice more.
const MOST_GROUPS: usize = 12;

/// How a word of a text layer is seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    Seen,
    /// Not itself, but something is drawn at its place: what a recogniser wrote into a scan, before or behind its picture.
    Behind,
    Hidden,
}

/// A page as drawn, and what is drawn on it besides text.
pub(super) struct Drawn {
    pub(super) picture: GrayImage,
    /// Pictures, and what holds pictures.
    pub(super) pictures: Vec<Rect>,
    /// Notes, stamps and signatures that are laid over the page.
    pub(super) notes: Vec<Rect>,
    /// What is painted over text.
    covers: Vec<Rect>,
}

impl Drawn {
    pub(super) fn of(page: &PdfPage<'_>, place: &Place) -> Result<Self, String> {
        let (picture, _) = drawn(page, DENSITY)?;
        let mut found = Self { picture, pictures: Vec::new(), notes: Vec::new(), covers: Vec::new() };
        let mut texts: Vec<Rect> = Vec::new();
        // In the order in which they are painted.
        for object in page.objects().iter() {
            let Ok(bounds) = object.bounds() else { continue };
            let bounds = bounds.to_rect();
            let rect = place.rect(&bounds);
            let is_large = bounds.width().value >= LEAST_COVER && bounds.height().value >= LEAST_COVER;
            if is_large && any_in(&object, is_picture) {
                found.pictures.push(rect);
            }
            let is_over_text = || texts.len() >= MANY || texts.iter().any(|text| text.overlaps(&rect));
            if is_large && found.covers.len() < MANY && any_in(&object, may_cover) && is_over_text() {
                found.covers.push(rect);
            }
            if any_in(&object, is_text) {
                texts.push(rect);
            }
        }
        for note in page.annotations().iter() {
            let is_drawn = is_shown(&note) && !shows_nothing(note.annotation_type());
            if let (true, Ok(bounds)) = (is_drawn, note.bounds()) {
                let rect = place.rect(&bounds);
                found.notes.push(rect);
                found.covers.push(rect);
            }
        }
        if found.covers.len() >= MANY {
            found.covers = vec![Rect { x: 0.0, y: 0.0, w: 1.0, h: 1.0 }];
        }
        Ok(found)
    }

    /// How each word is seen.
    pub(super) fn looks(
        &self,
        page: &PdfPage<'_>,
        text: &PdfPageText<'_>,
        words: &[TextWord],
    ) -> Result<Vec<Look>, String> {
        let mut looks: Vec<Look> = words
            .iter()
            .map(|word| match (contrast(&self.picture, &word.rect) >= SEEN, is_too_small(word, page)) {
                (true, false) if word.invisible => Look::Behind,
                (true, false) => Look::Seen,
                (_, true) | (false, _) => Look::Hidden,
            })
            .collect();
        let on_others = on_each_other(words);
        let covered: Vec<usize> = (0..words.len())
            .filter(|at| looks[*at] == Look::Seen && !on_others.contains(at))
            .filter(|at| self.covers.iter().any(|cover| holds(cover, &words[*at].rect)))
            .collect();
        let chars = text.chars();
        if !covered.is_empty() {
            let taken: Vec<usize> = covered.iter().map(|at| words[*at].first).collect();
            set_drawn(&chars, &taken, false)?;
            let (without, _) = drawn(page, DENSITY)?;
            set_drawn(&chars, &taken, true)?;
            for at in covered {
                if difference(&self.picture, &without, &words[at].rect) < SEEN {
                    looks[at] = Look::Behind;
                }
            }
        }
        let mut suspects: Vec<usize> = on_others.into_iter().filter(|at| looks[*at] == Look::Seen).collect();
        let mut without = Without { page, chars: &chars, words, gone: Vec::new(), picture: None };
        let mut hidden = without.missed_by_nobody(&self.picture, &suspects)?;
        if !hidden.is_empty() {
            // Where a layer is off, its words between the lines of the others are not seen either.
            suspects = (0..words.len()).filter(|at| looks[*at] == Look::Seen && !suspects.contains(at)).collect();
            hidden.extend(without.missed_by_nobody(&self.picture, &suspects)?);
        }
        set_drawn(&chars, &without.gone, true)?;
        hidden.into_iter().for_each(|at| looks[at] = Look::Hidden);
        Ok(looks)
    }
}

/// The page without words that turned out to be missed by nobody.
struct Without<'a, 'p> {
    page: &'a PdfPage<'p>,
    chars: &'a PdfPageTextChars<'a>,
    words: &'a [TextWord],
    /// By their first characters.
    gone: Vec<usize>,
    /// None while it looks as with all of them.
    picture: Option<GrayImage>,
}

impl Without<'_, '_> {
    /// Those of the words without which the page looks the same. They are gone from here on: the second of two equal words is
    /// then seen.
    fn missed_by_nobody(&mut self, whole: &GrayImage, suspects: &[usize]) -> Result<Vec<usize>, String> {
        let mut hidden = Vec::new();
        for group in self.apart(suspects)?.into_iter().take(MOST_GROUPS) {
            let firsts = |of: &[usize]| of.iter().map(|at| self.words[*at].first).collect::<Vec<_>>();
            set_drawn(self.chars, &firsts(&group), false)?;
            let (without, _) = drawn(self.page, DENSITY)?;
            let before = self.picture.as_ref().unwrap_or(whole);
            let is_missed = |at: &usize| difference(before, &without, &self.words[*at].rect) >= SEEN;
            let (missed, gone): (Vec<usize>, Vec<usize>) = group.iter().copied().partition(is_missed);
            set_drawn(self.chars, &firsts(&missed), true)?;
            if !gone.is_empty() {
                set_drawn(self.chars, &firsts(&gone), false)?;
                self.gone.extend(firsts(&gone));
                self.picture = Some(drawn(self.page, DENSITY)?.0);
                hidden.extend(gone);
            }
        }
        Ok(hidden)
    }

    /// The words in groups that are taken away together: what goes with one, its whole text object, touches no other one.
    fn apart(&self, suspects: &[usize]) -> Result<Vec<Vec<usize>>, String> {
        let mut groups: Vec<Vec<(usize, PdfRect)>> = Vec::new();
        for &at in suspects {
            let first = self.chars.get(self.words[at].first).map_err(|e| said(&e))?;
            let object = first.text_object().and_then(|object| object.bounds()).map_err(|e| said(&e))?.to_rect();
            let touches = |(other, others): &(usize, PdfRect)| match *others == object {
                // The same object, or the same words once more.
                true => self.words[*other].rect.overlaps(&self.words[at].rect),
                false => others.does_overlap(&object),
            };
            match groups.iter_mut().find(|group| !group.iter().any(touches)) {
                Some(group) => group.push((at, object)),
                None => groups.push(vec![(at, object)]),
            }
        }
        Ok(groups.into_iter().map(|group| group.into_iter().map(|(at, _)| at).collect()).collect())
    }
}

/// Whether a word is lower than any print for people, whichever way it runs. A short one may be narrower than it is high.
fn is_too_small(word: &TextWord, page: &PdfPage<'_>) -> bool {
    let (width, height) = (word.rect.w * page.width().value, word.rect.h * page.height().value);
    let size = if word.text.chars().count() > 2 { width.min(height) } else { width.max(height) };
    size < LEAST_HEIGHT
}

/// Draws the text objects that hold the given characters again, or no more. PDFium knows the object of each character that it did not
/// make up.
fn set_drawn(chars: &PdfPageTextChars<'_>, of: &[usize], is_drawn: bool) -> Result<(), String> {
    for index in of {
        let character = chars.get(*index).map_err(|e| said(&e))?;
        let mut object = PdfPageObject::Text(character.text_object().map_err(|e| said(&e))?);
        if is_drawn { object.set_active() } else { object.set_inactive() }.map_err(|e| said(&e))?;
    }
    Ok(())
}

/// Words of different text or place that stand on each other, in the order of the text.
fn on_each_other(words: &[TextWord]) -> BTreeSet<usize> {
    if words.len() > MOST_WORDS {
        return BTreeSet::new();
    }
    let mut down: Vec<usize> = (0..words.len()).collect();
    down.sort_by(|a, b| words[*a].rect.y.total_cmp(&words[*b].rect.y));
    let mut found = BTreeSet::new();
    for (at, &upper) in down.iter().enumerate() {
        let rect = &words[upper].rect;
        for &lower in down[at + 1..].iter().take_while(|lower| words[**lower].rect.y < rect.bottom()) {
            if shared(rect, &words[lower].rect) > ON_EACH_OTHER {
                found.extend([upper, lower]);
            }
        }
    }
    found
}

/// Share of the smaller box that lies in the other one.
fn shared(a: &Rect, b: &Rect) -> f32 {
    let across = a.right().min(b.right()) - a.x.max(b.x);
    let down = a.bottom().min(b.bottom()) - a.y.max(b.y);
    across.max(0.0) * down.max(0.0) / (a.w * a.h).min(b.w * b.h)
}

/// Whether something is on a page, by itself or in a form that is drawn there.
fn any_in(object: &PdfPageObject<'_>, wanted: fn(&PdfPageObject<'_>) -> bool) -> bool {
    match object.as_x_object_form_object() {
        Some(form) => form.iter().any(|inner| any_in(&inner, wanted)),
        None => wanted(object),
    }
}

fn is_picture(object: &PdfPageObject<'_>) -> bool {
    object.object_type() == PdfPageObjectType::Image
}

fn is_text(object: &PdfPageObject<'_>) -> bool {
    object.object_type() == PdfPageObjectType::Text
}

fn may_cover(object: &PdfPageObject<'_>) -> bool {
    match object.object_type() {
        PdfPageObjectType::Image | PdfPageObjectType::Shading | PdfPageObjectType::Unsupported => true,
        PdfPageObjectType::Path => {
            object.as_path_object().is_some_and(|path| !matches!(path.fill_mode(), Ok(PdfPathFillMode::None)))
        }
        PdfPageObjectType::Text | PdfPageObjectType::XObjectForm => false,
    }
}

/// Whether notes of this kind show nothing of their own: links, the pop-ups of other notes, marks on the page's text, and fields,
/// whose values are read by themselves.
fn shows_nothing(kind: PdfPageAnnotationType) -> bool {
    use PdfPageAnnotationType as Kind;
    match kind {
        Kind::Link
        | Kind::Popup
        | Kind::Text
        | Kind::Highlight
        | Kind::Underline
        | Kind::Squiggly
        | Kind::Strikeout => true,
        Kind::FileAttachment | Kind::Sound | Kind::Movie | Kind::PrinterMark | Kind::TrapNet | Kind::ThreeD => true,
        Kind::Unknown | Kind::FreeText | Kind::Line | Kind::Square | Kind::Circle | Kind::Polygon | Kind::Polyline => {
            false
        }
        Kind::Stamp | Kind::Caret | Kind::Ink | Kind::Widget | Kind::Screen | Kind::Watermark | Kind::RichMedia => {
            false
        }
        Kind::XfaWidget | Kind::Redacted => false,
    }
}

/// The pixels of a box, at least one: columns, then rows.
pub(super) fn pixels(picture: &GrayImage, rect: &Rect) -> (Range<u32>, Range<u32>) {
    let range = |from: f32, to: f32, size: u32| {
        let first = ((from * size as f32).floor().max(0.0) as u32).min(size.saturating_sub(1));
        let last = ((to * size as f32).ceil().max(0.0) as u32).clamp(first + 1, size.max(1));
        first..last
    };
    (range(rect.x, rect.right(), picture.width()), range(rect.y, rect.bottom(), picture.height()))
}

/// The levels in a box.
fn levels<'p>(picture: &'p GrayImage, rect: &Rect) -> impl Iterator<Item = u8> + 'p {
    let (columns, rows) = pixels(picture, rect);
    let width = picture.width() as usize;
    rows.flat_map(move |row| {
        let start = row as usize * width;
        picture.as_raw()[start + columns.start as usize..start + columns.end as usize].iter().copied()
    })
}

/// How far the brightest and the darkest level in a box are apart.
fn contrast(picture: &GrayImage, rect: &Rect) -> u8 {
    let (low, high) = levels(picture, rect).fold((u8::MAX, 0), |(low, high), level| (low.min(level), high.max(level)));
    high.saturating_sub(low)
}

/// The largest difference of a pixel between two pictures in a box.
fn difference(one: &GrayImage, other: &GrayImage, rect: &Rect) -> u8 {
    levels(one, rect).zip(levels(other, rect)).map(|(a, b)| a.abs_diff(b)).max().unwrap_or(0)
}
