//! What documents state: computed facts (ledger), and what a person confirmed (intent), which goes first.

use domain::{DocumentId, Fact, Field, FileId, Findings, Problem};
use rusqlite::{Row, params};

use crate::row::{Columns, json, word};
use crate::{Noun, Read, Result, What, Write};

fn fact(row: &Row<'_>) -> Result<Fact> {
    let c = Columns { table: "facts", row };
    Ok(Fact {
        field: c.parse("field")?,
        value: c.json("value")?,
        confidence: c.get("confidence")?,
        certain: c.get("certain")?,
        origin: c.word("origin")?,
        by: c.get("extractor")?,
        evidence: c.or(c.json_opt("evidence"), None)?,
        checks: c.json_list("checks")?,
    })
}

/// Findings without their facts.
fn bare_findings(row: &Row<'_>) -> Result<Findings> {
    let c = Columns { table: "findings", row };
    let (kinds, problems) = (c.json_list("kinds")?, c.json_list("problems")?);
    Ok(Findings { kinds, facts: Vec::new(), problems })
}

impl Read<'_> {
    /// What was computed from the reading of a file; for each field the best fact first.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn findings(&self, file: &FileId) -> Result<Option<Findings>> {
        let Some(bare) = self.row("SELECT * FROM findings WHERE file = ?1", [file.as_str()], bare_findings)? else {
            return Ok(None);
        };
        let sql = "SELECT * FROM found_facts WHERE file = ?1 ORDER BY field, choice";
        Ok(Some(Findings { facts: self.rows(sql, [file.as_str()], fact)?, ..bare }))
    }

    /// What is odd about a file by its findings; nothing without any.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn problems_found(&self, file: &FileId) -> Result<Vec<Problem>> {
        let bare = self.row("SELECT * FROM findings WHERE file = ?1", [file.as_str()], bare_findings)?;
        Ok(bare.map(|findings| findings.problems).unwrap_or_default())
    }

    /// Has a person said anything about the fields of a document?
    ///
    /// # Errors
    /// What SQLite says.
    pub fn has_word(&self, document: DocumentId) -> Result<bool> {
        self.value("SELECT EXISTS (SELECT 1 FROM confirmed_facts WHERE document = ?1)", [document.to_string()])
    }

    /// The best fact for each field of a document, a person's word first.
    pub(crate) fn facts_of(&self, document: DocumentId) -> Result<Vec<Fact>> {
        let mut facts = self.rows("SELECT * FROM facts WHERE document = ?1", [document.to_string()], fact)?;
        facts.sort_by_key(|fact| fact.field);
        Ok(facts)
    }
}

impl Write<'_> {
    /// Keeps what was computed from the reading of a file in place of earlier findings. A person's word is not touched.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn save_findings(&self, file: &FileId, findings: &Findings, engine_version: &str) -> Result<()> {
        // Two statements: of an upsert, SQLite would take over the conflict rule into the triggers, and a document that the
        // same transaction has queued for search already would be an error.
        let params = params![file.as_str(), engine_version, json(&findings.kinds)?, json(&findings.problems)?];
        let updated = "UPDATE findings SET engine_version = ?2, kinds = ?3, problems = ?4 WHERE file = ?1";
        if self.execute(updated, params)? == 0 {
            let new = "INSERT INTO findings (file, engine_version, kinds, problems) VALUES (?1, ?2, ?3, ?4)";
            self.execute(new, params)?;
        }
        let number: i64 = self.value("SELECT number FROM findings WHERE file = ?1", [file.as_str()])?;
        self.execute("DELETE FROM found_values WHERE findings = ?1", [number])?;
        for (at, fact) in findings.facts.iter().enumerate() {
            let choice = findings.facts[..at].iter().filter(|better| better.field == fact.field).count();
            self.execute(
                "INSERT INTO found_values
                 (findings, field, choice, value, plain, confidence, certain, origin, extractor, evidence, checks)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
                params![
                    number,
                    fact.field.as_str(),
                    choice,
                    json(&fact.value)?,
                    fact.value.plain(),
                    fact.confidence,
                    fact.certain,
                    word(&fact.origin)?,
                    fact.by,
                    fact.evidence.as_ref().map(json).transpose()?,
                    json(&fact.checks)?
                ],
            )?;
        }
        self.touch(Noun::Findings, file, What::Changed);
        Ok(())
    }

    /// Keeps a person's word on a field.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn confirm(&self, document: DocumentId, fact: &Fact) -> Result<()> {
        self.unconfirm(document, fact.field)?;
        self.execute(
            "INSERT INTO confirmed_facts
             (document, field, value, plain, confidence, certain, origin, extractor, evidence, checks)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
            params![
                document.to_string(),
                fact.field.as_str(),
                json(&fact.value)?,
                fact.value.plain(),
                fact.confidence,
                fact.certain,
                word(&fact.origin)?,
                fact.by,
                fact.evidence.as_ref().map(json).transpose()?,
                json(&fact.checks)?
            ],
        )?;
        Ok(())
    }

    /// A person says that the document does not state this field.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn deny(&self, document: DocumentId, field: Field) -> Result<()> {
        self.unconfirm(document, field)?;
        self.execute(
            "INSERT INTO confirmed_facts (document, field, confidence, certain, origin, extractor, checks)
             VALUES (?1, ?2, 1, 1, 'user', 'user', '[]')",
            params![document.to_string(), field.as_str()],
        )?;
        Ok(())
    }

    /// Takes a person's word on a field back: what was computed holds again.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn unconfirm(&self, document: DocumentId, field: Field) -> Result<()> {
        let sql = "DELETE FROM confirmed_facts WHERE document = ?1 AND field = ?2";
        self.execute(sql, params![document.to_string(), field.as_str()])?;
        Ok(())
    }
}
