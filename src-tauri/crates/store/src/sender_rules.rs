//! What corrections taught about the letters of a sender. Intent; how the rules fare is ledger.

use domain::{CorrespondentId, DocumentId, Field, RuleRecord, SenderRule};
use rusqlite::{Row, params};

use crate::row::{Columns, text, versioned};
use crate::{Read, Result, Write};

/// A rule, with where it comes from and how it fared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SenderRuleRow {
    /// Whose letters.
    pub correspondent: CorrespondentId,
    /// Counted from 1 for each field; only the highest is given.
    pub version: u32,
    /// What and where.
    pub rule: SenderRule,
    /// The letter on which a person showed it; none if the words were typed.
    pub learned_from: Option<DocumentId>,
    /// A person has switched it off.
    pub is_off: bool,
    /// How this version fared.
    pub record: RuleRecord,
}

impl SenderRuleRow {
    /// Is it asked?
    pub fn holds(&self) -> bool {
        !self.is_off && !self.record.is_retired()
    }
}

fn row(row: &Row<'_>) -> Result<SenderRuleRow> {
    let c = Columns { table: "sender_rules", row };
    Ok(SenderRuleRow {
        correspondent: c.parse("correspondent")?,
        version: c.get("version")?,
        rule: SenderRule { field: c.parse("field")?, anchor: c.json("anchor")? },
        learned_from: c.or(c.parse_opt("learned_from"), None)?,
        is_off: c.get("is_off")?,
        record: RuleRecord { right: c.get("right")?, wrong: c.get("wrong")? },
    })
}

impl Read<'_> {
    /// The newest version of every rule, by correspondent and field.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn sender_rules(&self) -> Result<Vec<SenderRuleRow>> {
        self.rows(include_str!("sender_rules.sql"), params![None::<String>, None::<String>], row)
    }

    /// The newest version of the rule for a field.
    ///
    /// # Errors
    /// [`UnknownWord`](crate::StoreError::UnknownWord) if the rule cannot be read; else [database
    /// errors](crate::StoreError#database-errors).
    pub fn sender_rule(&self, correspondent: CorrespondentId, field: Field) -> Result<Option<SenderRuleRow>> {
        let key = params![correspondent.to_string(), field.as_str()];
        self.row(include_str!("sender_rules.sql"), key, row)
    }
}

impl Write<'_> {
    /// A new version of a rule, in place of the one before; a number that was ever used does not come again, because how
    /// the versions fared is kept.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn teach(
        &self,
        correspondent: CorrespondentId,
        rule: &SenderRule,
        learned_from: Option<DocumentId>,
    ) -> Result<()> {
        self.execute(
            "INSERT INTO sender_rules (correspondent, field, version, anchor, learned_from)
             SELECT ?1, ?2, 1 + coalesce(max(version), 0), ?3, ?4 FROM (
                 SELECT version FROM sender_rules WHERE correspondent = ?1 AND field = ?2
                 UNION ALL SELECT version FROM sender_rule_uses WHERE correspondent = ?1 AND field = ?2
             )",
            params![correspondent.to_string(), rule.field.as_str(), versioned(&rule.anchor)?, text(learned_from)],
        )?;
        Ok(())
    }

    /// Deletes a rule with all its versions.
    ///
    /// # Errors
    /// [`NotFound`](crate::StoreError::NotFound) if there is no such rule; else [database
    /// errors](crate::StoreError#database-errors).
    pub fn forget_rule(&self, correspondent: CorrespondentId, field: Field) -> Result<()> {
        let sql = "DELETE FROM sender_rules WHERE correspondent = ?1 AND field = ?2";
        self.change("rule", field.as_str(), sql, params![correspondent.to_string(), field.as_str()])
    }

    /// Switches a rule off, or on again.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn set_rule_off(&self, row: &SenderRuleRow, is_off: bool) -> Result<()> {
        self.execute(
            "UPDATE sender_rules SET is_off = ?4 WHERE correspondent = ?1 AND field = ?2 AND version = ?3",
            params![row.correspondent.to_string(), row.rule.field.as_str(), row.version, is_off],
        )?;
        Ok(())
    }

    /// Notes whether what a rule found on a document was what a person took.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn note_rule_use(&self, row: &SenderRuleRow, document: DocumentId, was_right: bool) -> Result<()> {
        self.execute(
            "INSERT INTO sender_rule_uses (correspondent, field, version, document, was_right)
             VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (correspondent, field, version, document) DO UPDATE SET was_right = excluded.was_right",
            params![
                row.correspondent.to_string(),
                row.rule.field.as_str(),
                row.version,
                document.to_string(),
                was_right
            ],
        )?;
        Ok(())
    }
}
