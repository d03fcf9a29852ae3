//! The privacy ledger: what was given out of the program, when and to whom. Only added to.

use chrono::{DateTime, Utc};
use rusqlite::{Row, params};

use crate::row::{Columns, time};
use crate::{Read, Result, Write};

/// Something that was given out of the program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handover {
    /// When.
    pub at: DateTime<Utc>,
    /// What: the name of a file.
    pub what: String,
    /// To whom: the id of a channel or connection, or `desktop` for another program of this computer.
    pub receiver: String,
    /// It went over a network.
    pub left_computer: bool,
}

fn handover(row: &Row<'_>) -> Result<Handover> {
    let c = Columns { table: "handovers", row };
    Ok(Handover {
        at: c.parse("at")?,
        what: c.get("what")?,
        receiver: c.get("receiver")?,
        left_computer: c.get("left_computer")?,
    })
}

impl Read<'_> {
    /// What was given out, the newest first and at most `limit`: what has left the computer, or what other programs on it
    /// were handed.
    pub fn handovers(&self, left_computer: bool, limit: u32) -> Result<Vec<Handover>> {
        let sql = "SELECT * FROM handovers WHERE left_computer = ?1 ORDER BY number DESC LIMIT ?2";
        self.rows(sql, params![left_computer, limit], handover)
    }
}

impl Write<'_> {
    /// Notes that something is being given out. Before it is: nothing goes unnoted.
    pub fn note_handover(&self, handover: &Handover) -> Result<()> {
        let Handover { at, what, receiver, left_computer } = handover;
        self.execute(
            "INSERT INTO handovers (at, what, receiver, left_computer) VALUES (?1, ?2, ?3, ?4)",
            params![time(*at), what, receiver, left_computer],
        )?;
        Ok(())
    }
}
