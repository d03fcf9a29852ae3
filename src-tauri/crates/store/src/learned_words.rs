//! For each word, in how many accepted documents of each kind and tag it stands: the counts behind suggestions.
//! Ledger; triggers queue documents that changed.

use domain::{Counts, DocumentId, DocumentKind, FileId, Label, Page, TellingWord, telling_words};
use rusqlite::{Row, params};

use crate::row::{Columns, json, readable};
use crate::{Read, Result, Write};

/// So many documents are counted in one transaction; later transactions count the rest.
const AT_ONCE: u32 = 8;

fn count(row: &Row<'_>) -> Result<(Label, u32)> {
    let c = Columns { table: "learned_words", row };
    Ok((c.parse("label")?, c.get("documents")?))
}

/// A file and the labels it was counted under.
fn counted(row: &Row<'_>) -> Result<(FileId, Vec<String>)> {
    let c = Columns { table: "learned_documents", row };
    Ok((c.parse("file")?, c.json_list("labels")?))
}

impl Read<'_> {
    /// What was learned from accepted documents about the words of a file's first page: how many there are, and in how many
    /// of them each word stands.
    ///
    /// # Errors
    /// [`UnknownWord`](crate::StoreError::UnknownWord) if the first page cannot be read; else [database
    /// errors](crate::StoreError#database-errors).
    pub fn learned(&self, file: &FileId) -> Result<(Counts, Vec<(TellingWord, Counts)>)> {
        let words = self.first_words(file)?.into_iter();
        let words = words.map(|word| Ok((word.clone(), self.learned_of(&word.stem)?))).collect::<Result<_>>()?;
        Ok((self.learned_of("")?, words))
    }

    fn learned_of(&self, word: &str) -> Result<Counts> {
        let sql = "SELECT label, documents FROM learned_words WHERE word = ?1";
        Ok(self.rows(sql, [word], count)?.into_iter().collect())
    }

    fn first_words(&self, file: &FileId) -> Result<Vec<TellingWord>> {
        Ok(self.page(file, 1)?.as_ref().map(Page::text).as_deref().map(telling_words).unwrap_or_default())
    }

    /// What a document is to be counted under: nothing unless it is accepted.
    fn labels_of(&self, document: DocumentId) -> Result<Vec<String>> {
        let sql = "SELECT kind FROM documents WHERE id = ?1 AND state = 'accepted' AND trashed_at IS NULL";
        let kind = |row: &Row<'_>| Columns { table: "documents", row }.word::<DocumentKind>("kind");
        let Some(kind) = self.row(sql, [document.to_string()], kind)? else { return Ok(Vec::new()) };
        let tags = self.tag_ids_of(&document.to_string())?.into_iter().map(Label::Tag);
        let labels = [Label::All, Label::Kind(kind)].into_iter().chain(tags);
        Ok(labels.map(|label| label.to_string()).collect())
    }
}

impl Write<'_> {
    /// Counts some of what the triggers have queued. To be called at the end of every transaction.
    pub(crate) fn learn_queued(&self) -> Result<()> {
        let sql = "SELECT document FROM learn_queue LIMIT ?1";
        for document in self.rows(sql, [AT_ONCE], |row| Ok(row.get::<_, String>(0)?))? {
            // A document that cannot be read is left out, and does not block other writes.
            if let Ok(id) = document.parse() {
                readable(self.learn(id))?;
            }
            self.execute("DELETE FROM learn_queue WHERE document = ?1", [&document])?;
        }
        Ok(())
    }

    fn learn(&self, document: DocumentId) -> Result<()> {
        let sql = "SELECT file, labels FROM learned_documents WHERE document = ?1";
        let before = self.row(sql, [document.to_string()], counted)?;
        let labels = self.labels_of(document)?;
        if before.as_ref().map_or(&[][..], |(_, labels)| labels) == labels {
            return Ok(());
        }
        if let Some((file, labels)) = before {
            self.count(&file, &labels, -1)?;
            self.execute("DELETE FROM learned_documents WHERE document = ?1", [document.to_string()])?;
        }
        let Some(file) = self.document(document)?.map(|document| document.file).filter(|_| !labels.is_empty()) else {
            return Ok(());
        };
        self.count(&file, &labels, 1)?;
        self.execute(
            "INSERT INTO learned_documents (document, file, labels) VALUES (?1, ?2, ?3)",
            params![document.to_string(), file.as_str(), json(&labels)?],
        )?;
        Ok(())
    }

    /// Takes back what was counted from a file, and queues its documents: the file is about to be read again.
    pub(crate) fn unlearn(&self, file: &FileId) -> Result<()> {
        let sql = "SELECT file, labels FROM learned_documents WHERE file = ?1";
        for (file, labels) in self.rows(sql, [file.as_str()], counted)? {
            self.count(&file, &labels, -1)?;
        }
        self.execute(
            "INSERT OR IGNORE INTO learn_queue (document) SELECT document FROM learned_documents WHERE file = ?1",
            [file.as_str()],
        )?;
        self.execute("DELETE FROM learned_documents WHERE file = ?1", [file.as_str()])?;
        Ok(())
    }

    fn count(&self, file: &FileId, labels: &[String], by: i32) -> Result<()> {
        let words = self.first_words(file)?;
        // The empty word stands in every document.
        for word in words.iter().map(|word| word.stem.as_str()).chain([""]) {
            for label in labels {
                self.execute(
                    "INSERT INTO learned_words (word, label, documents) VALUES (?1, ?2, ?3)
                     ON CONFLICT (word, label) DO UPDATE SET documents = documents + excluded.documents",
                    params![word, label, by],
                )?;
            }
            if by < 0 {
                self.execute("DELETE FROM learned_words WHERE word = ?1 AND documents <= 0", [word])?;
            }
        }
        Ok(())
    }
}
