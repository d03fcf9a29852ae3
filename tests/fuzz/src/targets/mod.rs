//! One file for each door.

pub(crate) mod archive;
pub(crate) mod calendar;
pub(crate) mod code;
#[cfg(feature = "program")]
pub(crate) mod command;
#[cfg(feature = "program")]
pub(crate) mod export;
pub(crate) mod http;
pub(crate) mod letter;
pub(crate) mod mail;
pub(crate) mod name;
#[cfg(feature = "program")]
pub(crate) mod paperless;
pub(crate) mod pdf;
pub(crate) mod picture;
pub(crate) mod query;
pub(crate) mod quick;
pub(crate) mod recurrence;
pub(crate) mod rule;
#[cfg(feature = "program")]
pub(crate) mod search;
pub(crate) mod text;
pub(crate) mod value;
pub(crate) mod xml;

#[cfg(feature = "program")]
mod scene;

use std::sync::OnceLock;

use chrono::{NaiveDate, NaiveDateTime};
use domain::{Known, Member, Page, PageOrigin, Reading, Rect, Word};
use read::{Limits, ReadOptions, Reader};

/// A reader within this process: without OCR, which is slow and reads only what a picture shows, and with small limits.
fn reader() -> &'static Reader {
    static READER: OnceLock<Reader> = OnceLock::new();
    READER.get_or_init(|| {
        let limits = Limits { pages: 2, scanned_pages: 0, pixels: 4_000_000, bytes: 4_000_000, ..Limits::default() };
        let pdfium = read::locate_pdfium().expect("libpdfium.so: see the Makefile");
        Reader::new(ReadOptions { limits, second_reader: false, ocr_models: None, ..ReadOptions::new(pdfium) })
    })
}

/// Reads bytes if they are of this kind, and checks what came out.
fn read_as(bytes: &[u8], mime: &str) -> Option<Reading> {
    if read::sniff(bytes, "input").ok()? != mime {
        return None;
    }
    let reading = reader().read("input", bytes, &|_| {}).ok()?;
    for page in &reading.pages {
        assert!(page.width.is_finite() && page.height.is_finite(), "the size of a page");
        for word in &page.words {
            let Rect { x, y, w, h } = word.rect;
            assert!([x, y, w, h].iter().all(|part| part.is_finite()), "the place of a word: {:?}", word.rect);
        }
    }
    reading.members.iter().for_each(|Member { name, .. }| {
        assert!(!name.split('/').any(|part| part == ".."), "the name of a member: {name:?}");
    });
    Some(reading)
}

/// Understands a reading and checks what came out.
fn understood(reading: &Reading) {
    let findings = understand::understand(reading, &Known::default());
    for fact in &findings.facts {
        if let Some(place) = &fact.evidence {
            assert!(place.page == 0 || place.page as usize <= reading.pages.len().max(1), "the page of {place:?}");
        }
        let plain = fact.value.plain();
        assert!(!plain.is_empty() || fact.value == domain::Value::Text(String::new()), "{:?}", fact.value);
    }
}

/// A page with these lines of words.
fn page(text: &str) -> Page {
    let words = text.lines().take(200).enumerate().flat_map(|(line, words)| {
        words.split_whitespace().take(40).enumerate().map(move |(at, word)| Word {
            text: word.to_owned(),
            rect: Rect { x: 0.02 * at as f32, y: 0.005 * line as f32, w: 0.018, h: 0.004 },
            confidence: 1.0,
            line: line as u32,
            block: (line / 4) as u32,
        })
    });
    Page {
        width: 595.0,
        height: 842.0,
        origin: PageOrigin::Embedded,
        turned: 0,
        language: None,
        words: words.collect(),
    }
}

/// A reading of one page with these lines of words.
fn reading(text: &str) -> Reading {
    let pages = vec![page(text)];
    Reading { mime_type: "application/pdf".to_owned(), pages, language: Some("de".to_owned()), ..Reading::default() }
}

/// The wall clock of all targets.
fn now() -> NaiveDateTime {
    NaiveDate::from_ymd_opt(2026, 11, 20).and_then(|day| day.and_hms_opt(9, 0, 0)).expect("a moment")
}
