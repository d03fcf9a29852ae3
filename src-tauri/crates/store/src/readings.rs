//! What was read from files: pages, codes, attachments. Ledger.

use domain::{Attachment, FileId, Page, Reading, Rect, Word};
use rusqlite::{Row, params};

use crate::row::{Columns, json, word};
use crate::{Noun, Read, Result, What, Write, packed};

/// A word as it was stored before words were packed: text, x, y, w, h, confidence, line, block.
type Compact = (String, f32, f32, f32, f32, f32, u32, u32);

fn full((text, x, y, w, h, confidence, line, block): Compact) -> Word {
    Word { text, rect: Rect { x, y, w, h }, confidence, line, block }
}

/// A reading without its pages and attachments.
fn bare_reading(row: &Row<'_>) -> Result<Reading> {
    let c = Columns { table: "readings", row };
    Ok(Reading {
        mime_type: c.get("mime_type")?,
        pages: Vec::new(),
        codes: c.json_list("codes")?,
        attachments: Vec::new(),
        members: Vec::new(),
        to_read_again: Vec::new(),
        language: c.get("language")?,
        problems: c.json_list("problems")?,
    })
}

fn page(row: &Row<'_>) -> Result<Page> {
    let c = Columns { table: "pages", row };
    let packed: Option<Vec<u8>> = c.get("packed")?;
    let words = match packed {
        Some(packed) => packed::unpack(&packed).ok_or_else(|| c.unknown("packed", "unreadable".to_owned()))?,
        None => c.json::<Vec<Compact>>("words")?.into_iter().map(full).collect(),
    };
    Ok(Page {
        width: c.get("width")?,
        height: c.get("height")?,
        origin: c.word("origin")?,
        turned: c.get("turned")?,
        language: c.get("language")?,
        words,
    })
}

fn page_size(row: &Row<'_>) -> Result<(f32, f32)> {
    Ok((row.get("width")?, row.get("height")?))
}

fn attachment(row: &Row<'_>) -> Result<Attachment> {
    Ok(Attachment { name: row.get("name")?, bytes: row.get("bytes")? })
}

impl Read<'_> {
    /// What was read from a file.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn reading(&self, file: &FileId) -> Result<Option<Reading>> {
        let Some(bare) = self.row("SELECT * FROM readings WHERE file = ?1", [file.as_str()], bare_reading)? else {
            return Ok(None);
        };
        let pages = self.pages(file)?;
        let attachments =
            self.rows("SELECT * FROM attachments WHERE file = ?1 ORDER BY number", [file.as_str()], attachment)?;
        Ok(Some(Reading { pages, attachments, ..bare }))
    }

    /// The version of the engine that read a file.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn reading_version(&self, file: &FileId) -> Result<Option<String>> {
        self.row("SELECT engine_version FROM readings WHERE file = ?1", [file.as_str()], |row| Ok(row.get(0)?))
    }

    /// All pages of a file, in order.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn pages(&self, file: &FileId) -> Result<Vec<Page>> {
        self.rows("SELECT * FROM pages WHERE file = ?1 ORDER BY number", [file.as_str()], page)
    }

    /// The text of each page of a file, in order.
    pub(crate) fn page_texts(&self, file: &FileId) -> Result<Vec<String>> {
        Ok(self.pages(file)?.iter().map(Page::text).collect())
    }

    /// One page, counted from 1.
    ///
    /// # Errors
    /// [`UnknownWord`](crate::StoreError::UnknownWord) if the page cannot be read; else [database
    /// errors](crate::StoreError#database-errors).
    pub fn page(&self, file: &FileId, number: u32) -> Result<Option<Page>> {
        self.row("SELECT * FROM pages WHERE file = ?1 AND number = ?2", params![file.as_str(), number], page)
    }

    /// The main language of a file's text, if it was found.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn language(&self, file: &FileId) -> Result<Option<String>> {
        let language =
            self.row("SELECT language FROM readings WHERE file = ?1", [file.as_str()], |row| Ok(row.get(0)?))?;
        Ok(language.flatten())
    }

    /// Width and height of each page in points.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn page_sizes(&self, file: &FileId) -> Result<Vec<(f32, f32)>> {
        self.rows("SELECT width, height FROM pages WHERE file = ?1 ORDER BY number", [file.as_str()], page_size)
    }
}

impl Write<'_> {
    /// Keeps what was read from a file in place of an earlier reading, and makes its words searchable.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn save_reading(&self, file: &FileId, reading: &Reading, engine_version: &str) -> Result<()> {
        let id = file.as_str();
        let blacked = self.without_blacked(file, reading)?;
        let reading = blacked.as_ref().unwrap_or(reading);
        self.unlearn(file)?;
        for sql in [
            "DELETE FROM readings WHERE file = ?1",
            "DELETE FROM pages WHERE file = ?1",
            "DELETE FROM attachments WHERE file = ?1",
        ] {
            self.execute(sql, [id])?;
        }
        self.execute(
            "INSERT INTO readings (file, engine_version, mime_type, language, codes, problems)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![
                id,
                engine_version,
                reading.mime_type,
                reading.language,
                json(&reading.codes)?,
                json(&reading.problems)?
            ],
        )?;
        for (number, page) in (1u32..).zip(&reading.pages) {
            self.execute(
                "INSERT INTO pages (file, number, width, height, origin, turned, language, words, packed)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, '', ?8)",
                params![
                    id,
                    number,
                    page.width,
                    page.height,
                    word(&page.origin)?,
                    page.turned,
                    page.language,
                    packed::pack(&page.words)
                ],
            )?;
        }
        for (number, attachment) in (1u32..).zip(&reading.attachments) {
            self.execute(
                "INSERT INTO attachments (file, number, name, bytes) VALUES (?1, ?2, ?3, ?4)",
                params![id, number, attachment.name, attachment.bytes],
            )?;
        }
        if !reading.mime_type.is_empty() {
            self.execute("UPDATE files SET mime = ?2 WHERE id = ?1", params![id, reading.mime_type])?;
        }
        self.touch(Noun::Reading, file, What::Changed);
        Ok(())
    }
}
