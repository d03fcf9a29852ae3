//! Sets text without pages on A4 sheets in one plain font, so that it can be shown and marked like a letter.

use domain::{Page, PageOrigin, Rect};
use encoding_rs::WINDOWS_1252;

use crate::layout::{Found, arrange};
use crate::pdf_file::PdfFile;

/// A4 in points.
const WIDTH: f32 = 595.0;
const HEIGHT: f32 = 842.0;
const MARGIN: f32 = 56.0;
const SIZE: f32 = 10.0;
/// Each character of Courier is as wide as every other, in sizes.
const ADVANCE: f32 = 0.6;
const LEADING: f32 = 13.0;
/// How far letters such as `p` reach below their line, in sizes (Courier's metrics).
const DESCENT: f32 = 0.157;
const COLUMNS: usize = ((WIDTH - 2.0 * MARGIN) / (SIZE * ADVANCE)) as usize;
const LINES: usize = ((HEIGHT - 2.0 * MARGIN) / LEADING) as usize;

/// Text set on sheets.
pub(crate) struct Sheets(Vec<Vec<String>>);

impl Sheets {
    /// Sets text; a form feed begins a new sheet. Long lines are broken between words.
    pub(crate) fn of(text: &str) -> Self {
        let text = text.replace("\r\n", "\n").replace('\r', "\n").replace('\t', "    ");
        let parts = text.trim_end().split('\u{c}');
        Self(parts.flat_map(|part| in_sheets(part.trim_end().split('\n').flat_map(broken).collect())).collect())
    }

    /// Keeps the first `most` sheets and says how many there were.
    pub(crate) fn truncate(&mut self, most: usize) -> usize {
        let all = self.0.len();
        self.0.truncate(most);
        all
    }

    /// The sheets as pages of words.
    pub(crate) fn pages(&self) -> Vec<Page> {
        let page = |lines: &Vec<String>| {
            let found = lines.iter().enumerate().flat_map(|(number, line)| words_of(line, number)).collect();
            let words = arrange(found, HEIGHT / WIDTH);
            let origin = if words.is_empty() { PageOrigin::Empty } else { PageOrigin::Embedded };
            Page { width: WIDTH, height: HEIGHT, origin, turned: 0, language: None, words }
        };
        self.0.iter().map(page).collect()
    }

    /// The sheets as a PDF. Letters that Courier lacks are drawn as question marks.
    pub(crate) fn pdf(&self) -> Vec<u8> {
        let mut pdf = PdfFile::default();
        let count = self.0.len();
        let kids: Vec<String> = (0..count).map(|n| format!("{} 0 R", 4 + 2 * n)).collect();
        pdf.object(b"<</Type/Catalog/Pages 2 0 R>>");
        pdf.object(format!("<</Type/Pages/Count {count}/Kids[{}]>>", kids.join(" ")).as_bytes());
        pdf.object(b"<</Type/Font/Subtype/Type1/BaseFont/Courier/Encoding/WinAnsiEncoding>>");
        for (n, lines) in self.0.iter().enumerate() {
            let page = format!(
                "<</Type/Page/Parent 2 0 R/MediaBox[0 0 {WIDTH} {HEIGHT}]/Resources<</Font<</F 3 0 R>>>>/Contents {} 0 R>>",
                5 + 2 * n
            );
            pdf.object(page.as_bytes());
            let content = content(lines);
            pdf.stream("", &content);
        }
        pdf.finished()
    }
}

fn in_sheets(lines: Vec<String>) -> Vec<Vec<String>> {
    lines.chunks(LINES).map(<[String]>::to_vec).collect()
}

/// A line in pieces that fit the sheet; a word longer than a line is cut.
fn broken(line: &str) -> Vec<String> {
    let mut pieces = vec![String::new()];
    let mut room = COLUMNS;
    for word in line.trim_end().split_inclusive(' ') {
        let mut rest: Vec<char> = word.chars().filter(|c| !c.is_control()).collect();
        let needed = rest.iter().filter(|c| **c != ' ').count();
        while rest.len() > room && needed > room {
            if room == COLUMNS {
                let cut = rest.split_off(COLUMNS);
                pieces.push(std::mem::replace(&mut rest, cut).into_iter().collect());
                let last = pieces.len() - 1;
                pieces.swap(last - 1, last);
            } else {
                pieces.push(String::new());
                room = COLUMNS;
            }
        }
        room = room.saturating_sub(rest.len());
        if let Some(last) = pieces.last_mut() {
            last.extend(rest);
        }
    }
    pieces
}

fn words_of(line: &str, number: usize) -> Vec<Found> {
    let characters: Vec<char> = line.chars().collect();
    let mut found = Vec::new();
    let mut start = 0;
    for word in characters.split(|c| c.is_whitespace()) {
        if !word.is_empty() {
            let rect = Rect {
                x: (MARGIN + start as f32 * SIZE * ADVANCE) / WIDTH,
                y: (MARGIN + number as f32 * LEADING) / HEIGHT,
                w: word.len() as f32 * SIZE * ADVANCE / WIDTH,
                h: SIZE / HEIGHT,
            };
            found.push(Found { text: word.iter().collect(), rect, confidence: 1.0 });
        }
        start += word.len() + 1;
    }
    found
}

/// The drawing commands of a sheet.
fn content(lines: &[String]) -> Vec<u8> {
    let first = HEIGHT - MARGIN - SIZE * (1.0 - DESCENT);
    let mut bytes = format!("BT /F {SIZE} Tf {LEADING} TL {MARGIN} {first} Td\n").into_bytes();
    for line in lines {
        bytes.push(b'(');
        for character in line.chars() {
            let mut utf8 = [0; 4];
            let (encoded, _, unknown) = WINDOWS_1252.encode(character.encode_utf8(&mut utf8));
            match *encoded {
                _ if unknown => bytes.push(b'?'),
                [c @ (b'(' | b')' | b'\\')] => bytes.extend([b'\\', c]),
                ref other => bytes.extend(other),
            }
        }
        bytes.extend(b") Tj T*\n");
    }
    bytes.extend(b"ET");
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_broken_between_words_and_nothing_is_lost() {
        let long = "Wort ".repeat(40) + &"x".repeat(200);
        let pieces = broken(&long);
        assert!(pieces.iter().all(|piece| piece.trim_end().chars().count() <= COLUMNS), "{pieces:?}");
        assert_eq!(pieces.concat().replace(' ', ""), long.replace(' ', ""));
        assert_eq!(broken(""), [""], "an empty line stays");
    }

    #[test]
    fn text_fills_sheet_after_sheet() {
        let sheets = Sheets::of(&"Zeile\n".repeat(LINES + 1));
        assert_eq!(sheets.pages().len(), 2);
        assert_eq!(Sheets::of("eins\u{c}zwei").pages().len(), 2);
    }
}
