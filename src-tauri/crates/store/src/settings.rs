//! Settings. Intent. Their names and forms are the business of `app`; here they are JSON texts.

use std::collections::BTreeMap;

use crate::{Read, Result, Write};

impl Read<'_> {
    /// The value of a setting, as JSON; none if it was never set.
    pub fn setting(&self, key: &str) -> Result<Option<String>> {
        self.row("SELECT value FROM settings WHERE key = ?1", [key], |row| Ok(row.get(0)?))
    }

    /// All that was ever set.
    pub fn settings(&self) -> Result<BTreeMap<String, String>> {
        let all = self.rows("SELECT key, value FROM settings", [], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(all.into_iter().collect())
    }
}

impl Write<'_> {
    /// Sets a value, given as JSON.
    pub fn set_setting(&self, key: &str, json: &str) -> Result<()> {
        let sql = "INSERT INTO settings (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = ?2";
        self.execute(sql, [key, json])?;
        Ok(())
    }

    /// Back to the default.
    pub fn remove_setting(&self, key: &str) -> Result<()> {
        self.execute("DELETE FROM settings WHERE key = ?1", [key])?;
        Ok(())
    }
}
