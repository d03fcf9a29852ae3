//! What was typed into the fields of a form, and into notes on a page.

use domain::Rect;
use pdfium_render::prelude::{PdfFormField, PdfPage, PdfPageAnnotation, PdfPageAnnotationCommon as _};

use super::place::Place;
use crate::layout::Found;

/// Height of a line of typed text in points, where a field is higher than its lines.
const LINE: f32 = 12.0;
/// Width of a letter to its height.
const LETTER: f32 = 0.5;

/// What is typed on a page.
#[derive(Default)]
pub(super) struct Typed {
    pub(super) words: Vec<Found>,
    /// The fields and notes that hold it: how their words are spread inside is not known.
    pub(super) fields: Vec<Rect>,
}

/// Whether a field or note is there on a screen (PDF 32000-1, 12.5.3: `Hidden` and `NoView`).
pub(super) fn is_shown(note: &PdfPageAnnotation<'_>) -> bool {
    !note.is_hidden() && !note.is_printable_but_not_viewable()
}

/// The words of the fields and notes that are shown on a page, each where its field is.
pub(super) fn typed(page: &PdfPage<'_>, place: &Place) -> Typed {
    let mut typed = Typed::default();
    for note in page.annotations().iter().filter(is_shown) {
        let text = match &note {
            PdfPageAnnotation::Widget(widget) => widget.form_field().and_then(value),
            PdfPageAnnotation::FreeText(note) => note.contents(),
            _ => None,
        };
        if let (Some(text), Ok(bounds)) = (text, note.bounds()) {
            let rect = place.rect(&bounds);
            typed.words.extend(set(&text, &rect, place));
            typed.fields.push(rect);
        }
    }
    typed
}

fn value(field: &PdfFormField<'_>) -> Option<String> {
    match field {
        PdfFormField::Text(text) if !text.is_password() => text.value(),
        PdfFormField::ComboBox(combo) => combo.value(),
        PdfFormField::ListBox(list) => list.value(),
        // What is ticked says nothing without the print beside it.
        PdfFormField::Text(_)
        | PdfFormField::Checkbox(_)
        | PdfFormField::RadioButton(_)
        | PdfFormField::PushButton(_)
        | PdfFormField::Signature(_)
        | PdfFormField::Unknown(_) => None,
    }
}

/// Sets a text into a box, line by line from its top; a single line stands in its middle.
fn set(text: &str, rect: &Rect, place: &Place) -> Vec<Found> {
    let lines: Vec<&str> = text.split(['\r', '\n']).filter(|line| !line.trim().is_empty()).collect();
    let height = (rect.h / lines.len().max(1) as f32).min(LINE / place.height);
    let top = if lines.len() == 1 { rect.middle() - height / 2.0 } else { rect.y };
    let mut words = Vec::new();
    for (number, line) in lines.iter().enumerate() {
        let letters = line.chars().count() as f32;
        let step = (LETTER * height * place.height / place.width).min(rect.w / letters);
        let mut at = 0;
        for part in line.split(' ') {
            let length = part.chars().count();
            if length > 0 {
                let (x, y) = (rect.x + at as f32 * step, top + number as f32 * height);
                let rect = Rect { x, y, w: length as f32 * step, h: height };
                words.push(Found { text: part.to_owned(), rect, confidence: 1.0 });
            }
            at += length + 1;
        }
    }
    words
}
