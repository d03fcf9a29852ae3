//! How much there is of everything, for a report on a fault: numbers and words of the program, never what a letter says.

use domain::FailureCode;

use crate::row::Columns;
use crate::{Read, Result};

/// Jobs of one kind in one state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JobsAlike {
    /// Which kind of work.
    pub kind: String,
    /// How far it is.
    pub state: String,
    /// Why not further.
    pub code: Option<FailureCode>,
    /// How many.
    pub count: u32,
}

impl Read<'_> {
    /// How many rows each table has, by its name.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn table_sizes(&self) -> Result<Vec<(String, u32)>> {
        // Tables that only belong to a full-text index have no rows of ours.
        let sql = "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'
                   AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name";
        let names = self.rows(sql, [], |row| Ok(row.get::<_, String>(0)?))?;
        let count = |name: String| {
            let sql = format!("SELECT count(*) FROM \"{}\"", name.replace('"', "\"\""));
            Ok((name, self.value(&sql, [])?))
        };
        names.into_iter().map(count).collect()
    }

    /// The documents by their state, those in the trash as `trash`.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn documents_by_state(&self) -> Result<Vec<(String, u32)>> {
        let sql =
            "SELECT iif(trashed_at IS NULL, state, 'trash') AS state, count(*) FROM documents GROUP BY 1 ORDER BY 1";
        self.rows(sql, [], |row| Ok((row.get(0)?, row.get(1)?)))
    }

    /// The jobs that are alike, counted.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn jobs_alike(&self) -> Result<Vec<JobsAlike>> {
        let sql = "SELECT kind, state, code, count(*) AS count FROM jobs GROUP BY kind, state, code ORDER BY kind, state, code";
        self.rows(sql, [], |row| {
            let c = Columns { table: "jobs", row };
            let code = c.word_opt("code")?;
            Ok(JobsAlike { kind: c.get("kind")?, state: c.get("state")?, code, count: c.get("count")? })
        })
    }

    /// The bytes of the database.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn database_bytes(&self) -> Result<i64> {
        self.value("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size", [])
    }
}
