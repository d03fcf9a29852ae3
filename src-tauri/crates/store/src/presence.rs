//! When the person was here last. Ledger.

use domain::Presence;
use rusqlite::{Row, params};

use crate::row::{Columns, time};
use crate::{Read, Result, Write};

fn presence(row: &Row<'_>) -> Result<Presence> {
    let c = Columns { table: "presence", row };
    Ok(Presence { at: c.parse("at")?, before: c.or(c.parse_opt("before"), None)? })
}

impl Read<'_> {
    /// When the person was here; none before the first time, or where that cannot be read.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn presence(&self) -> Result<Option<Presence>> {
        self.first("SELECT * FROM presence", [], presence)
    }
}

impl Write<'_> {
    /// Notes when the person was here.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn set_presence(&self, presence: Presence) -> Result<()> {
        let sql = "INSERT INTO presence (only, at, before) VALUES (1, ?1, ?2)
                   ON CONFLICT (only) DO UPDATE SET at = ?1, before = ?2";
        self.execute(sql, params![time(presence.at), presence.before.map(time)])?;
        Ok(())
    }
}
