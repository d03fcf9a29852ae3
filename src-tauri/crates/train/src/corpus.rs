//! Sets of letters: their truth (`truth.jsonl`, in the form of the corpus) and what was read of them (`text.jsonl`).
//!
//! A line of `text.jsonl` is a [`Reading`] in little room: a word is `[text, x, y, w, h, line, block, confidence]`, its
//! place in ten-thousandths of the page, its confidence in percent.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use domain::{Attachment, Code, Page, PageOrigin, Problem, Reading, Rect, Word};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A letter: what is true of it, and what was read of it.
#[derive(Clone, Debug)]
pub struct Letter {
    /// The folder of its set.
    pub set: String,
    /// Its row in `truth.jsonl`.
    pub truth: Value,
    /// What was read.
    pub reading: Reading,
}

impl Letter {
    /// Its file, relative to its set.
    pub fn file(&self) -> &str {
        self.truth["file"].as_str().unwrap_or_default()
    }
}

#[derive(Serialize, Deserialize)]
struct Row {
    file: String,
    mime: String,
    language: Option<String>,
    pages: Vec<PageRow>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    codes: Vec<Code>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    attachments: Vec<AttachmentRow>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    problems: Vec<Problem>,
}

#[derive(Serialize, Deserialize)]
struct PageRow {
    w: f32,
    h: f32,
    origin: PageOrigin,
    #[serde(default)]
    turned: u16,
    language: Option<String>,
    words: Vec<WordRow>,
}

/// `[text, x, y, w, h, line, block, confidence]`.
type WordRow = (String, i32, i32, i32, i32, u32, u32, u8);

/// An embedded file; only those that are text are understood.
#[derive(Serialize, Deserialize)]
struct AttachmentRow {
    name: String,
    text: String,
}

/// Ten-thousandths in a page.
const PARTS: f32 = 10_000.0;

/// The line of `text.jsonl` for what was read of `file`.
///
/// # Errors
/// Where a place on the page is not a number.
pub fn to_line(file: &str, reading: &Reading) -> anyhow::Result<String> {
    let part = |length: f32| (PARTS * length).round() as i32;
    let pages = reading.pages.iter().map(|page| PageRow {
        w: page.width,
        h: page.height,
        origin: page.origin,
        turned: page.turned,
        language: page.language.clone(),
        words: page
            .words
            .iter()
            .map(|word| {
                let Rect { x, y, w, h } = word.rect;
                let sure = (100.0 * word.confidence).round() as u8;
                (word.text.clone(), part(x), part(y), part(w), part(h), word.line, word.block, sure)
            })
            .collect(),
    });
    let text = |attachment: &Attachment| {
        let text = String::from_utf8(attachment.bytes.clone()).ok()?;
        Some(AttachmentRow { name: attachment.name.clone(), text })
    };
    let row = Row {
        file: file.to_owned(),
        mime: reading.mime_type.clone(),
        language: reading.language.clone(),
        pages: pages.collect(),
        codes: reading.codes.clone(),
        attachments: reading.attachments.iter().filter_map(text).collect(),
        problems: reading.problems.clone(),
    };
    Ok(serde_json::to_string(&row)?)
}

/// The file and the reading of a line of `text.jsonl`.
///
/// # Errors
/// Where the line is not of that form.
pub fn from_line(line: &str) -> anyhow::Result<(String, Reading)> {
    let row: Row = serde_json::from_str(line)?;
    let length = |parts: i32| parts as f32 / PARTS;
    let word = |(text, x, y, w, h, line, block, sure): WordRow| Word {
        text,
        rect: Rect { x: length(x), y: length(y), w: length(w), h: length(h) },
        confidence: f32::from(sure) / 100.0,
        line,
        block,
    };
    let pages = row.pages.into_iter().map(|page| Page {
        width: page.w,
        height: page.h,
        origin: page.origin,
        turned: page.turned,
        language: page.language,
        words: page.words.into_iter().map(word).collect(),
    });
    let attachments = row.attachments.into_iter();
    let reading = Reading {
        mime_type: row.mime,
        pages: pages.collect(),
        codes: row.codes,
        attachments: attachments.map(|a| Attachment { name: a.name, bytes: a.text.into_bytes() }).collect(),
        members: Vec::new(),
        to_read_again: Vec::new(),
        language: row.language,
        problems: row.problems,
    };
    Ok((row.file, reading))
}

/// The letters of a set: `truth` is the folder of its `truth.jsonl`, `text` its `text.jsonl`. Rows that were not read are
/// left out.
///
/// # Errors
/// Where one of the files is missing or not of the form.
pub fn load(name: &str, truth: &Path, text: &Path) -> anyhow::Result<Vec<Letter>> {
    let read = |path: &Path| fs::read_to_string(path).with_context(|| format!("{}", path.display()));
    let lines = read(text)?;
    let mut readings = lines.lines().map(from_line).collect::<anyhow::Result<BTreeMap<_, _>>>()?;
    let mut letters = Vec::new();
    for line in read(&truth.join("truth.jsonl"))?.lines() {
        let truth: Value = serde_json::from_str(line)?;
        let file = truth["file"].as_str().unwrap_or_default();
        if let Some(reading) = readings.remove(file) {
            letters.push(Letter { set: name.to_owned(), truth, reading });
        }
    }
    Ok(letters)
}

/// The sets of letters that were written for a first score (`tests/fresh`), each by its own author: `fresh-NAME` and its folder.
pub fn fresh(folder: &Path) -> Vec<(String, PathBuf)> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut folders: Vec<PathBuf> =
        entries.map(|entry| entry.path()).filter(|path| path.join("text.jsonl").is_file()).collect();
    folders.sort();
    let named = |path: PathBuf| Some((format!("fresh-{}", path.file_name()?.to_string_lossy()), path));
    folders.into_iter().filter_map(named).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reading_comes_back_from_its_line() {
        let rect = Rect { x: 0.1, y: 0.2, w: 0.3, h: 0.0125 };
        let word = Word { text: "„Straße“".to_owned(), rect, confidence: 0.97, line: 3, block: 1 };
        let page = Page {
            width: 595.0,
            height: 842.0,
            origin: PageOrigin::Ocr,
            turned: 90,
            language: Some("de".to_owned()),
            words: vec![word],
        };
        let attachment = Attachment { name: "factur-x.xml".to_owned(), bytes: b"<a/>".to_vec() };
        let reading = Reading {
            mime_type: "application/pdf".to_owned(),
            pages: vec![page],
            attachments: vec![attachment],
            language: Some("de".to_owned()),
            ..Reading::default()
        };
        let line = to_line("a.pdf", &reading).unwrap();
        assert_eq!(from_line(&line).unwrap(), ("a.pdf".to_owned(), reading));
    }
}
