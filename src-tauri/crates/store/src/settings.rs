//! Settings, as JSON texts. Intent. `app` knows their names and types.

use std::collections::BTreeMap;

use crate::{Read, Result, Write};

impl Read<'_> {
    /// The value of a setting, as JSON; none if it was never set.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn setting(&self, key: &str) -> Result<Option<String>> {
        self.row("SELECT value FROM settings WHERE key = ?1", [key], |row| Ok(row.get(0)?))
    }

    /// All settings that were ever set.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn settings(&self) -> Result<BTreeMap<String, String>> {
        let all = self.rows("SELECT key, value FROM settings", [], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(all.into_iter().collect())
    }
}

impl Write<'_> {
    /// Sets a value, given as JSON.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn set_setting(&self, key: &str, json: &str) -> Result<()> {
        let sql = "INSERT INTO settings (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = ?2";
        self.execute(sql, [key, json])?;
        Ok(())
    }

    /// Removes a setting: its default applies again.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn remove_setting(&self, key: &str) -> Result<()> {
        self.execute("DELETE FROM settings WHERE key = ?1", [key])?;
        Ok(())
    }
}
