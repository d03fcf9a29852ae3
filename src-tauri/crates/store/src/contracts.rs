//! Contracts page by page. Intent.

use domain::{DocumentId, TaskId};
use rusqlite::Row;

use crate::row::Columns;
use crate::{Read, Result};

/// A contract, and the task that asks whether to keep it.
pub(crate) type Contract = (DocumentId, Option<TaskId>);

fn contract(row: &Row<'_>) -> Result<Contract> {
    let c = Columns { table: "documents", row };
    Ok((c.parse("id")?, c.parse_opt("decision")?))
}

impl Read<'_> {
    /// At most `limit` contracts and insurance policies from `offset` on, each with the question whether to keep it, and how
    /// many there are in all. What has to be decided first comes first; what needs no decision is last, by title.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn contracts(&self, limit: u32, offset: u32) -> Result<(Vec<Contract>, u32)> {
        let sql = "SELECT d.id, t.id AS decision
                   FROM documents AS d INDEXED BY documents_of_kind
                   LEFT JOIN tasks AS t ON t.id = (
                       SELECT id FROM tasks WHERE document = d.id AND kind = 'cancel_or_keep'
                       ORDER BY due IS NULL, due, due_time, created_at, id LIMIT 1)
                   WHERE d.kind IN ('contract', 'insurance_policy') AND d.trashed_at IS NULL
                   ORDER BY t.due IS NULL, t.due, d.title, d.id LIMIT ?1 OFFSET ?2";
        let found = self.rows(sql, [limit, offset], contract)?;
        let total = self.value(
            "SELECT count(*) FROM documents WHERE kind IN ('contract', 'insurance_policy') AND trashed_at IS NULL",
            [],
        )?;
        Ok((found, total))
    }
}
