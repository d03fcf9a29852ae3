//! Correspondents. Intent. What they are recognised by are the facts of their documents.

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    Correspondent, CorrespondentId, Currency, DocumentId, DocumentKind, Field, Iban, KnownCorrespondent, Money,
    may_be_same_sender, normalised_name,
};
use rusqlite::{Row, params};

use crate::row::{Columns, json};
use crate::{Read, Result, Write};

/// A correspondent as a list shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CorrespondentRow {
    /// Its id.
    pub id: CorrespondentId,
    /// Its name.
    pub name: String,
    /// Documents of it that are not in the trash.
    pub documents: u32,
}

/// Bills of one year, kind and currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Billed {
    /// Year of the letters.
    pub year: i32,
    /// What they are.
    pub kind: DocumentKind,
    /// How many.
    pub count: u32,
    /// What they come to, in hundredths.
    pub hundredths: i64,
    /// Of what.
    pub currency: Currency,
}

fn billed(row: &Row<'_>) -> Result<Billed> {
    let c = Columns { table: "facts", row };
    Ok(Billed {
        year: c.get("year")?,
        kind: c.word("kind")?,
        count: c.get("count")?,
        hundredths: c.get("hundredths")?,
        currency: c.parse("currency")?,
    })
}

/// What is known of an account that a letter names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KnownAccount {
    /// Its sender has named it before.
    This,
    /// Its sender has named other accounts before, but not this one.
    OthersOnly,
    /// Its sender has named no account before.
    None,
}

/// A task that was paid all at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PaidTask {
    /// How much.
    pub amount: Money,
    /// When it was done.
    pub done_at: DateTime<Utc>,
}

fn paid_task(row: &Row<'_>) -> Result<PaidTask> {
    let c = Columns { table: "tasks", row };
    Ok(PaidTask { amount: money(&c)?, done_at: c.parse("done_at")? })
}

fn money(c: &Columns<'_>) -> Result<Money> {
    let (amount, currency): (String, String) = (c.get("amount")?, c.get("currency")?);
    Money::parse(&amount, &currency).map_err(|_| c.unknown("amount", format!("{amount} {currency}")))
}

fn correspondent(row: &Row<'_>) -> Result<Correspondent> {
    let c = Columns { table: "correspondents", row };
    Ok(Correspondent { id: c.parse("id")?, name: c.get("name")? })
}

fn correspondent_row(row: &Row<'_>) -> Result<CorrespondentRow> {
    let c = Columns { table: "correspondents", row };
    Ok(CorrespondentRow { id: c.parse("id")?, name: c.get("name")?, documents: c.get("documents")? })
}

/// Whose, what, and the value.
fn identifier(row: &Row<'_>) -> Result<(CorrespondentId, Field, String)> {
    let c = Columns { table: "facts", row };
    Ok((c.parse("correspondent")?, c.parse("field")?, c.get("plain")?))
}

impl Read<'_> {
    /// Whether the other accepted documents of the sender of `document` name this account, or others only.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn known_account(
        &self,
        sender: CorrespondentId,
        document: domain::DocumentId,
        iban: &Iban,
    ) -> Result<KnownAccount> {
        let params = params![sender.to_string(), document.to_string(), iban.as_str()];
        let (this, any) = self
            .row(include_str!("known_account.sql"), params, |row| Ok((row.get(0)?, row.get(1)?)))?
            .unwrap_or_default();
        Ok(match (this, any) {
            (true, _) => KnownAccount::This,
            (false, true) => KnownAccount::OthersOnly,
            (false, false) => KnownAccount::None,
        })
    }

    /// The accounts that a document and the accepted letters of its sender name, with the letter and its day, the oldest first.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn accounts_by_letter(
        &self,
        sender: CorrespondentId,
        document: DocumentId,
    ) -> Result<Vec<(Iban, DocumentId, NaiveDate)>> {
        // Each fact is looked up by itself: joined, the view of all facts would be computed whole.
        let sql = "SELECT plain, document, day
                   FROM (SELECT s.document, s.day, s.received,
                                (SELECT plain FROM facts WHERE document = s.document AND field = 'iban') AS plain
                         FROM search_documents AS s
                         WHERE s.correspondent = ?1 AND s.trashed = 0 AND (s.state = 'accepted' OR s.document = ?2))
                   WHERE plain IS NOT NULL ORDER BY day, received, document";
        self.rows(sql, params![sender.to_string(), document.to_string()], |row| {
            let c = Columns { table: "search_documents", row };
            let iban: String = c.get("plain")?;
            let iban = Iban::parse(&iban).map_err(|_| c.unknown("plain", iban))?;
            Ok((iban, c.parse("document")?, c.parse("day")?))
        })
    }

    /// A correspondent.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn correspondent(&self, id: CorrespondentId) -> Result<Option<Correspondent>> {
        self.row("SELECT * FROM correspondents WHERE id = ?1", [id.to_string()], correspondent)
    }

    /// The correspondent with this VAT id, else with this name, else with this account, if nobody else uses it and his name may
    /// be this one. Of several with the name it is the one with the account.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn find_correspondent(
        &self,
        name: Option<&str>,
        vat_id: Option<&str>,
        iban: Option<&Iban>,
    ) -> Result<Option<Correspondent>> {
        if let Some(found) = vat_id.map(|vat_id| self.only_one_with("seller_vat_id", vat_id)).transpose()?.flatten() {
            return Ok(Some(found));
        }
        let by_account = || -> Result<Option<Correspondent>> {
            let found = iban.map(|iban| self.only_one_with("iban", iban.as_str())).transpose()?.flatten();
            Ok(found.filter(|found| name.is_none_or(|name| may_be_same_sender(name, &found.name))))
        };
        let mut namesakes = name.map(|name| self.correspondents_named(name)).transpose()?.unwrap_or_default();
        Ok(match namesakes.len() {
            0 => by_account()?,
            1 => namesakes.pop(),
            _ => by_account()?.filter(|found| namesakes.contains(found)).or_else(|| namesakes.into_iter().next()),
        })
    }

    /// The correspondents with this name, then those who have written under it.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn correspondents_named(&self, name: &str) -> Result<Vec<Correspondent>> {
        let name = normalised_name(name);
        let called = "SELECT * FROM correspondents WHERE normalised_name = ?1 ORDER BY id";
        let also = "SELECT c.* FROM correspondent_names AS n JOIN correspondents AS c ON c.id = n.correspondent
                    WHERE n.normalised_name = ?1 AND c.normalised_name <> ?1 ORDER BY c.id";
        let mut found = self.rows(called, [&name], correspondent)?;
        found.extend(self.rows(also, [&name], correspondent)?);
        Ok(found)
    }

    /// The correspondent on whose documents a field has this value, if there is just one: clearing houses collect for many.
    fn only_one_with(&self, field: &str, plain: &str) -> Result<Option<Correspondent>> {
        let sql = "SELECT DISTINCT c.* FROM facts AS f
                   JOIN documents AS d ON d.id = f.document
                   JOIN correspondents AS c ON c.id = d.correspondent
                   WHERE f.field = ?1 AND f.plain = ?2 LIMIT 2";
        let mut found = self.rows(sql, [field, plain], correspondent)?;
        Ok(if found.len() == 1 { found.pop() } else { None })
    }

    /// All correspondents by name, with what they are recognised by.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn known_correspondents(&self) -> Result<Vec<KnownCorrespondent>> {
        let mut known: Vec<_> = self
            .rows("SELECT * FROM correspondents ORDER BY id", [], correspondent)?
            .into_iter()
            .map(|Correspondent { id, name }| KnownCorrespondent {
                id,
                name,
                ibans: Vec::new(),
                vat_ids: Vec::new(),
                rules: Vec::new(),
            })
            .collect();
        let sql = "SELECT DISTINCT d.correspondent, f.field, f.plain FROM facts AS f
                   JOIN documents AS d ON d.id = f.document
                   WHERE f.field IN ('iban', 'seller_vat_id') AND d.correspondent IS NOT NULL ORDER BY 1, 2, 3";
        for (id, field, plain) in self.rows(sql, [], identifier)? {
            let Ok(at) = known.binary_search_by_key(&id, |known| known.id) else { continue };
            match (field, Iban::parse(&plain)) {
                (Field::Iban, Ok(iban)) => known[at].ibans.push(iban),
                (Field::Iban, Err(_)) => {}
                (_, _) => known[at].vat_ids.push(plain),
            }
        }
        for rule in self.sender_rules()? {
            if let (true, Ok(at)) = (rule.holds(), known.binary_search_by_key(&rule.correspondent, |known| known.id)) {
                known[at].rules.push(rule.rule);
            }
        }
        known.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(known)
    }

    /// All correspondents by name, with the number of their documents.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn correspondents(&self) -> Result<Vec<CorrespondentRow>> {
        let sql = "SELECT c.id, c.name, coalesce(s.documents, 0) AS documents FROM correspondents AS c
                   LEFT JOIN (SELECT correspondent, count(*) AS documents FROM search_documents
                              WHERE trashed = 0 GROUP BY correspondent) AS s ON s.correspondent = c.id
                   ORDER BY c.normalised_name, c.id";
        self.rows(sql, [], correspondent_row)
    }

    /// What the bills of a correspondent come to, by year, kind and currency.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn billed(&self, id: CorrespondentId) -> Result<Vec<Billed>> {
        self.rows(include_str!("billed.sql"), [id.to_string()], billed)
    }

    /// The tasks about money of a correspondent's letters that are done.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn paid_tasks(&self, id: CorrespondentId) -> Result<Vec<PaidTask>> {
        let sql = "SELECT t.id, t.amount, t.currency, t.done_at FROM documents AS d
                   CROSS JOIN tasks AS t ON t.document = d.id
                   WHERE d.correspondent = ?1 AND d.trashed_at IS NULL AND t.amount IS NOT NULL AND t.done_at IS NOT NULL
                     AND ((t.kind = 'pay' AND t.done_how = 'paid') OR (t.kind = 'check_debit' AND t.status = 'done'))
                     AND NOT EXISTS (SELECT 1 FROM task_payments AS p WHERE p.task = t.id)";
        self.rows(sql, [id.to_string()], paid_task)
    }

    /// What was noted as paid for the letters of a correspondent: the day, how much, and of which currency.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn payments_to(&self, id: CorrespondentId) -> Result<Vec<(chrono::NaiveDate, Money)>> {
        let sql = "SELECT p.paid_on, p.amount, p.currency FROM documents AS d
                   CROSS JOIN tasks AS t ON t.document = d.id
                   JOIN task_payments AS p ON p.task = t.id
                   WHERE d.correspondent = ?1 AND d.trashed_at IS NULL";
        self.rows(sql, [id.to_string()], |row| {
            let c = Columns { table: "task_payments", row };
            Ok((c.parse("paid_on")?, money(&c)?))
        })
    }

    /// What the newest letters of a correspondent, at most `letters`, say in these fields: each value once, the newest first.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn values_of(&self, id: CorrespondentId, fields: &[Field], letters: u32) -> Result<Vec<(Field, String)>> {
        let words: Vec<&str> = fields.iter().map(|field| field.as_str()).collect();
        // Each value is looked up by itself: joined, the view of all facts would be computed whole.
        let sql = "SELECT field, plain, max(day) AS day
                   FROM (SELECT d.day, f.value AS field,
                                (SELECT plain FROM facts WHERE document = d.document AND field = f.value) AS plain
                         FROM (SELECT document, day FROM search_documents WHERE trashed = 0 AND correspondent = ?1
                               ORDER BY day DESC LIMIT ?2) AS d
                         CROSS JOIN json_each(?3) AS f)
                   WHERE plain IS NOT NULL
                   GROUP BY field, plain ORDER BY max(day) DESC, plain";
        self.rows(sql, params![id.to_string(), letters, json(&words)?], |row| {
            let c = Columns { table: "facts", row };
            Ok((c.parse("field")?, c.get("plain")?))
        })
    }
}

impl Write<'_> {
    /// A new correspondent.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn insert_correspondent(&self, name: &str) -> Result<Correspondent> {
        let id = CorrespondentId::new(self.ids);
        self.execute(
            "INSERT INTO correspondents (id, name, normalised_name) VALUES (?1, ?2, ?3)",
            params![id.to_string(), name, normalised_name(name)],
        )?;
        Ok(Correspondent { id, name: name.to_owned() })
    }

    /// Removes a correspondent of whom there is no letter, and nothing that a person has said.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn remove_correspondent_without_letters(&self, id: CorrespondentId) -> Result<()> {
        let sql = "DELETE FROM correspondents WHERE id = ?1
                     AND NOT EXISTS (SELECT 1 FROM documents WHERE correspondent = ?1)
                     AND NOT EXISTS (SELECT 1 FROM correspondent_names WHERE correspondent = ?1)
                     AND NOT EXISTS (SELECT 1 FROM sender_rules WHERE correspondent = ?1)";
        self.execute(sql, [id.to_string()])?;
        Ok(())
    }

    /// Keeps the present name of `from` as a name of `of`: letters under it belong to `of`.
    fn keep_name(&self, from: CorrespondentId, of: CorrespondentId) -> Result<()> {
        self.execute(
            "INSERT OR IGNORE INTO correspondent_names (correspondent, normalised_name)
             SELECT ?2, normalised_name FROM correspondents WHERE id = ?1",
            [from.to_string(), of.to_string()],
        )?;
        Ok(())
    }

    /// Gives a correspondent another name; letters under the old one still are its own.
    ///
    /// # Errors
    /// [`NotFound`](crate::StoreError::NotFound) if there is no such correspondent; else [database
    /// errors](crate::StoreError#database-errors).
    pub fn rename_correspondent(&self, id: CorrespondentId, name: &str) -> Result<()> {
        self.keep_name(id, id)?;
        let sql = "UPDATE correspondents SET name = ?2, normalised_name = ?3 WHERE id = ?1";
        self.change("correspondent", id, sql, params![id.to_string(), name, normalised_name(name)])
    }

    /// Makes two correspondents one: the documents of `from` come from `into`.
    ///
    /// # Errors
    /// [`NotFound`](crate::StoreError::NotFound) if `from` does not exist; else [database
    /// errors](crate::StoreError#database-errors).
    pub fn merge_correspondents(&self, from: CorrespondentId, into: CorrespondentId) -> Result<()> {
        if from == into {
            return Ok(());
        }
        let sql = "UPDATE documents SET correspondent = ?2 WHERE correspondent = ?1";
        self.execute(sql, [from.to_string(), into.to_string()])?;
        self.keep_name(from, into)?;
        // Names and rules that `into` does not have yet move to it.
        for table in ["correspondent_names", "sender_rules"] {
            let along = format!("UPDATE OR IGNORE {table} SET correspondent = ?2 WHERE correspondent = ?1");
            self.execute(&along, [from.to_string(), into.to_string()])?;
            self.execute(&format!("DELETE FROM {table} WHERE correspondent = ?1"), [from.to_string()])?;
        }
        self.change("correspondent", from, "DELETE FROM correspondents WHERE id = ?1", [from.to_string()])
    }
}
