//! The privacy ledger: which file left the program, when, and for whom. Rows are only added.

use chrono::{DateTime, Utc};
use rusqlite::{Row, params};

use crate::row::{Columns, time};
use crate::{Read, Result, Write};

/// A file that was given to another program or sent away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Disclosure {
    /// When.
    pub at: DateTime<Utc>,
    /// What: the name of a file.
    pub what: String,
    /// To whom: the id of a channel or connection, or `desktop` for another program of this computer.
    pub receiver: String,
    /// It went over a network.
    pub left_computer: bool,
}

fn disclosure(row: &Row<'_>) -> Result<Disclosure> {
    let c = Columns { table: "disclosures", row };
    Ok(Disclosure {
        at: c.or(c.parse("at"), DateTime::UNIX_EPOCH)?,
        what: c.get("what")?,
        receiver: c.get("receiver")?,
        left_computer: c.get("left_computer")?,
    })
}

impl Read<'_> {
    /// The newest `limit` entries: of what has left the computer, or of what other programs on it were given.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn disclosures(&self, left_computer: bool, limit: u32) -> Result<Vec<Disclosure>> {
        let sql = "SELECT * FROM disclosures WHERE left_computer = ?1 ORDER BY number DESC LIMIT ?2";
        self.rows(sql, params![left_computer, limit], disclosure)
    }
}

impl Write<'_> {
    /// Records that a file is about to be given out. Call it before giving the file out, so that nothing goes
    /// unrecorded.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn add_disclosure(&self, disclosure: &Disclosure) -> Result<()> {
        let Disclosure { at, what, receiver, left_computer } = disclosure;
        self.execute(
            "INSERT INTO disclosures (at, what, receiver, left_computer) VALUES (?1, ?2, ?3, ?4)",
            params![time(*at), what, receiver, left_computer],
        )?;
        Ok(())
    }
}
