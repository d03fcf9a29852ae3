//! Keys with which other programs may use this one. Ledger: undo brings none back.

use chrono::{DateTime, Utc};
use domain::{KeyId, Scope};
use rusqlite::{Row, params};

use crate::row::{Columns, time, word};
use crate::{Noun, Read, Result, What, Write};

/// A key, without what opens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// Its id.
    pub id: KeyId,
    /// What a person calls it: mostly the program that has it.
    pub name: String,
    /// What it may be used for.
    pub scope: Scope,
    /// It is the interface's in a browser: what comes with it is done by the person.
    pub for_person: bool,
    /// Since when it is there.
    pub created_at: DateTime<Utc>,
    /// Until when it is valid.
    pub expires_at: DateTime<Utc>,
    /// When it was used last, to the minute.
    pub last_used_at: Option<DateTime<Utc>>,
    /// Since when it is valid no more, whatever the clock says.
    pub ended_at: Option<DateTime<Utc>>,
}

fn key(row: &Row<'_>) -> Result<Key> {
    let c = Columns { table: "keys", row };
    Ok(Key {
        id: c.parse("id")?,
        name: c.get("name")?,
        scope: c.word("scope")?,
        for_person: c.get("for_person")?,
        created_at: c.parse("created_at")?,
        expires_at: c.parse("expires_at")?,
        last_used_at: c.parse_opt("last_used_at")?,
        ended_at: c.parse_opt("ended_at")?,
    })
}

impl Read<'_> {
    /// The keys that have not ended, the newest first.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn keys(&self) -> Result<Vec<Key>> {
        self.rows("SELECT * FROM keys WHERE ended_at IS NULL ORDER BY created_at DESC, id DESC", [], key)
    }

    /// A key and the SHA-256 of what opens; none if there is no such key, or it has ended.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn key(&self, id: KeyId) -> Result<Option<(Key, Vec<u8>)>> {
        self.first("SELECT * FROM keys WHERE id = ?1 AND ended_at IS NULL", [id.to_string()], |row| {
            Ok((key(row)?, Columns { table: "keys", row }.get("hash")?))
        })
    }
}

impl Write<'_> {
    /// Adds a key; `hash` is the SHA-256 of what opens.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn add_key(&self, key: &Key, hash: &[u8; 32]) -> Result<()> {
        let Key { id, name, scope, for_person, created_at, expires_at, last_used_at: _, ended_at: _ } = key;
        self.execute(
            "INSERT INTO keys (id, name, scope, hash, for_person, created_at, expires_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            params![id.to_string(), name, word(scope)?, hash, for_person, time(*created_at), time(*expires_at)],
        )?;
        self.touch(Noun::Key, id, What::Added);
        Ok(())
    }

    /// Notes that a key was used now. Nobody is told.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn key_used(&self, id: KeyId) -> Result<()> {
        self.execute("UPDATE keys SET last_used_at = ?2 WHERE id = ?1", params![id.to_string(), time(self.now)])?;
        Ok(())
    }

    /// Lets a key be valid until another moment.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn extend_key(&self, id: KeyId, until: DateTime<Utc>) -> Result<()> {
        self.execute("UPDATE keys SET expires_at = ?2 WHERE id = ?1", params![id.to_string(), time(until)])?;
        Ok(())
    }

    /// Ends a key for good; `false` if there is none that has not ended.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn end_key(&self, id: KeyId) -> Result<bool> {
        let ended = self.execute(
            "UPDATE keys SET ended_at = ?2 WHERE id = ?1 AND ended_at IS NULL",
            params![id.to_string(), time(self.now)],
        )?;
        if ended > 0 {
            self.touch(Noun::Key, id, What::Removed);
        }
        Ok(ended > 0)
    }

    /// Ends all keys for good.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn end_keys(&self) -> Result<()> {
        if self.execute("UPDATE keys SET ended_at = ?1 WHERE ended_at IS NULL", [time(self.now)])? > 0 {
            self.touch(Noun::Key, "", What::Removed);
        }
        Ok(())
    }
}
