//! Correspondents. Intent. What they are recognised by are the facts of their documents.

use domain::{Correspondent, CorrespondentId, Field, Iban, KnownCorrespondent, normalised_name};
use rusqlite::{Row, params};

use crate::row::Columns;
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
    /// The accounts in accepted documents of a correspondent other than `document`.
    pub fn accounts_of(&self, id: CorrespondentId, document: domain::DocumentId) -> Result<Vec<String>> {
        let sql = "SELECT DISTINCT f.plain FROM documents AS d JOIN facts AS f ON f.document = d.id
                   WHERE d.correspondent = ?1 AND d.id <> ?2 AND d.state = 'accepted' AND d.trashed_at IS NULL
                     AND f.field = 'iban'";
        self.rows(sql, [id.to_string(), document.to_string()], |row| Ok(row.get(0)?))
    }

    /// A correspondent.
    pub fn correspondent(&self, id: CorrespondentId) -> Result<Option<Correspondent>> {
        self.row("SELECT * FROM correspondents WHERE id = ?1", [id.to_string()], correspondent)
    }

    /// The correspondent with this VAT id, else with this name, else with this account, if nobody else uses it. Of several
    /// with the name it is the one with the account.
    pub fn find_correspondent(
        &self,
        name: Option<&str>,
        vat_id: Option<&str>,
        iban: Option<&Iban>,
    ) -> Result<Option<Correspondent>> {
        if let Some(found) = vat_id.map(|vat_id| self.only_one_with("seller_vat_id", vat_id)).transpose()?.flatten() {
            return Ok(Some(found));
        }
        let by_account = || iban.map_or(Ok(None), |iban| self.only_one_with("iban", iban.as_str()));
        let mut namesakes = name.map(|name| self.correspondents_named(name)).transpose()?.unwrap_or_default();
        Ok(match namesakes.len() {
            0 => by_account()?,
            1 => namesakes.pop(),
            _ => by_account()?.filter(|found| namesakes.contains(found)).or_else(|| namesakes.into_iter().next()),
        })
    }

    /// Those who are called so, then those who wrote under this name.
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
    pub fn correspondents(&self) -> Result<Vec<CorrespondentRow>> {
        let sql = "SELECT c.id, c.name, count(d.id) AS documents FROM correspondents AS c
                   LEFT JOIN documents AS d ON d.correspondent = c.id AND d.trashed_at IS NULL
                   GROUP BY c.id ORDER BY c.normalised_name, c.id";
        self.rows(sql, [], correspondent_row)
    }
}

impl Write<'_> {
    /// A new correspondent.
    pub fn insert_correspondent(&self, name: &str) -> Result<Correspondent> {
        let id = CorrespondentId::new(self.ids);
        self.execute(
            "INSERT INTO correspondents (id, name, normalised_name) VALUES (?1, ?2, ?3)",
            params![id.to_string(), name, normalised_name(name)],
        )?;
        Ok(Correspondent { id, name: name.to_owned() })
    }

    /// Letters go on to come under the name that `from` has now: they are those of `of`.
    fn keep_name(&self, from: CorrespondentId, of: CorrespondentId) -> Result<()> {
        self.execute(
            "INSERT OR IGNORE INTO correspondent_names (correspondent, normalised_name)
             SELECT ?2, normalised_name FROM correspondents WHERE id = ?1",
            [from.to_string(), of.to_string()],
        )?;
        Ok(())
    }

    /// Gives a correspondent another name; letters under the old one still are its own.
    pub fn rename_correspondent(&self, id: CorrespondentId, name: &str) -> Result<()> {
        self.keep_name(id, id)?;
        let sql = "UPDATE correspondents SET name = ?2, normalised_name = ?3 WHERE id = ?1";
        self.change("correspondent", id, sql, params![id.to_string(), name, normalised_name(name)])
    }

    /// Makes two correspondents one: the documents of `from` come from `into`.
    pub fn merge_correspondents(&self, from: CorrespondentId, into: CorrespondentId) -> Result<()> {
        if from == into {
            return Ok(());
        }
        let sql = "UPDATE documents SET correspondent = ?2 WHERE correspondent = ?1";
        self.execute(sql, [from.to_string(), into.to_string()])?;
        self.keep_name(from, into)?;
        // What was learned and is not known of the other one goes along.
        for table in ["correspondent_names", "sender_rules"] {
            let along = format!("UPDATE OR IGNORE {table} SET correspondent = ?2 WHERE correspondent = ?1");
            self.execute(&along, [from.to_string(), into.to_string()])?;
            self.execute(&format!("DELETE FROM {table} WHERE correspondent = ?1"), [from.to_string()])?;
        }
        self.change("correspondent", from, "DELETE FROM correspondents WHERE id = ?1", [from.to_string()])
    }
}
