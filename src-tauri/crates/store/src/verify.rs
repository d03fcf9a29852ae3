//! Looks whether a profile is whole: every original against its hash, originals against rows both ways, the database, and the
//! search index. It changes nothing.

use std::collections::HashSet;
use std::path::PathBuf;

use chrono::{DateTime, Utc};
use domain::FileId;
use rusqlite::{Row, params};

use crate::migrate::dangling;
use crate::row::{Columns, json, time};
use crate::{ChainHead, Read, Result, Store, Write};

/// Findings of one kind that are named one by one; of more, only the number is told.
const NAMED: usize = 200;
/// Reports that are remembered.
const KEPT: u32 = 20;

/// What was found to be wrong.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case", tag = "finding")]
pub enum Finding {
    /// A letter whose original is not in the archive.
    Missing {
        /// Name of the file.
        name: String,
        /// Where it should be.
        path: PathBuf,
    },
    /// An original that is not what came in.
    Changed {
        /// Name of the file.
        name: String,
        /// Where it is.
        path: PathBuf,
    },
    /// A file or folder of the archive that cannot be read.
    Unreadable {
        /// Where it is.
        path: PathBuf,
    },
    /// A file in the archive that belongs to no letter.
    Unknown {
        /// Where it is.
        path: PathBuf,
    },
    /// SQLite's own check of the database.
    Database {
        /// What it says.
        says: String,
    },
    /// An entry that refers to one that is not there.
    Reference {
        /// Which.
        says: String,
    },
    /// Letters that the search does not know, or that it knows and that are not there.
    Index {
        /// How many.
        letters: u64,
    },
    /// A step of the history that is not as it was recorded.
    History {
        /// Which, and what is wrong with it.
        says: String,
    },
}

/// What was looked at, and what was found.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Verified {
    /// Originals whose hash was computed.
    pub originals: u64,
    /// Their bytes.
    pub bytes: u64,
    /// Only this part of so many was read; none: all of them.
    pub part: Option<(u32, u32)>,
    /// Steps of the history whose links were computed.
    #[serde(default)]
    pub steps: u64,
    /// The end of the history. The next check looks whether it is still a part of it.
    #[serde(default)]
    pub head: Option<ChainHead>,
    /// What is wrong.
    pub findings: Vec<Finding>,
    /// More findings than are named.
    pub more: u64,
}

impl Verified {
    /// Is nothing wrong?
    pub fn is_whole(&self) -> bool {
        self.findings.is_empty()
    }

    fn add(&mut self, finding: Finding) {
        if self.findings.len() < NAMED {
            self.findings.push(finding);
        } else {
            self.more = self.more.saturating_add(1);
        }
    }
}

impl Store {
    /// Looks whether everything is there and unchanged. `part`: compute the hashes only of the originals of one part of so many.
    /// `goes_on` hears how many originals of how many are done; if it says no, the check ends with what was found so far, and
    /// none is returned.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors), and [`Io`](crate::StoreError::Io) if the archive cannot be listed. What is wrong with the profile is
    /// no error.
    pub fn verify(&self, part: Option<(u32, u32)>, goes_on: &dyn Fn(u64, u64) -> bool) -> Result<Option<Verified>> {
        let mut verified = Verified { part, ..Verified::default() };
        // What comes in meanwhile has its file before its row: rows first.
        let rows = self.read(|r| r.files())?;
        let listing = self.archive.list()?;
        for path in listing.unreadable {
            verified.add(Finding::Unreadable { path });
        }
        let there: HashSet<PathBuf> = listing.originals.into_iter().collect();
        let (mut done, total) = (0_u64, u64::try_from(rows.len()).unwrap_or_default());
        for row in &rows {
            if !goes_on(done, total) {
                return Ok(None);
            }
            let path = self.archive.path(&row.id);
            if !there.contains(&path) {
                verified.add(Finding::Missing { name: row.name.clone(), path });
            } else if is_of(part, &row.id) {
                match self.archive.read_stored(&path, &mut std::io::sink()) {
                    Ok((id, bytes)) => {
                        verified.originals = verified.originals.saturating_add(1);
                        verified.bytes = verified.bytes.saturating_add(bytes);
                        if id != row.id {
                            verified.add(Finding::Changed { name: row.name.clone(), path });
                        }
                    }
                    // A sealed original that was changed cannot be opened.
                    Err(error) if error.kind() == std::io::ErrorKind::InvalidData => {
                        verified.add(Finding::Changed { name: row.name.clone(), path });
                    }
                    Err(_) => verified.add(Finding::Unreadable { path }),
                }
            }
            done = done.saturating_add(1);
        }
        let known: HashSet<PathBuf> = self.read(|r| r.files())?.iter().map(|row| self.archive.path(&row.id)).collect();
        let mut unknown: Vec<_> = there.difference(&known).cloned().collect();
        unknown.sort_unstable();
        for path in unknown.into_iter().chain(listing.strange) {
            verified.add(Finding::Unknown { path });
        }
        self.read(|r| r.verify_database(&mut verified))?;
        Ok(goes_on(total, total).then_some(verified))
    }
}

/// Is it one of the originals of this part? By the first bytes of its hash, so that all parts together are all originals.
fn is_of(part: Option<(u32, u32)>, file: &FileId) -> bool {
    let Some((part, parts)) = part else { return true };
    let begin = file.as_str().get(..7).and_then(|digits| u32::from_str_radix(digits, 16).ok()).unwrap_or_default();
    begin.checked_rem(parts).is_none_or(|rest| rest == part.saturating_sub(1))
}

/// A report that is remembered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerificationRow {
    /// When.
    pub at: DateTime<Utc>,
    /// What was found.
    pub verified: Verified,
}

fn verification_row(row: &Row<'_>) -> Result<VerificationRow> {
    let c = Columns { table: "verifications", row };
    Ok(VerificationRow { at: c.parse("at")?, verified: c.json("report")? })
}

impl Read<'_> {
    /// What SQLite's own check says of the pages and indexes of the database; nothing is well.
    pub(crate) fn broken_pages(&self) -> Result<Vec<String>> {
        let mut check = self.conn.prepare("PRAGMA integrity_check")?;
        let found: rusqlite::Result<Vec<String>> = check.query_map([], |row| row.get(0))?.collect();
        Ok(found?.into_iter().filter(|line| line != "ok").collect())
    }

    fn verify_database(&self, verified: &mut Verified) -> Result<()> {
        for says in self.broken_pages()? {
            verified.add(Finding::Database { says });
        }
        for says in dangling(self.conn)? {
            verified.add(Finding::Reference { says });
        }
        // What waits to be indexed is not missing.
        let sql = "SELECT (SELECT count(*) FROM documents AS d
                           WHERE NOT EXISTS (SELECT 1 FROM search_documents AS s WHERE s.document = d.id)
                             AND d.id NOT IN (SELECT document FROM search_queue))
                        + (SELECT count(*) FROM search_documents AS s
                           WHERE NOT EXISTS (SELECT 1 FROM documents AS d WHERE d.id = s.document)
                             AND s.document NOT IN (SELECT document FROM search_queue))";
        let letters = self.value::<i64>(sql, [])?;
        if letters > 0 {
            verified.add(Finding::Index { letters: u64::try_from(letters).unwrap_or_default() });
        }
        let (wrong, steps) = self.verify_chain()?;
        for says in wrong {
            verified.add(Finding::History { says });
        }
        verified.steps = steps;
        verified.head = self.chain_head()?;
        if let Some(row) = self.last_verification()?
            && let Some(head) = row.verified.head
            && !self.has_head(&head)?
        {
            let says = format!("step {}, which was the last one at the check of {}, is not there", head.number, row.at);
            verified.add(Finding::History { says });
        }
        Ok(())
    }

    /// The newest report.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn last_verification(&self) -> Result<Option<VerificationRow>> {
        self.first("SELECT * FROM verifications ORDER BY number DESC", [], verification_row)
    }
}

impl Write<'_> {
    /// Remembers a report.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn add_verification(&self, row: &VerificationRow) -> Result<()> {
        self.execute(
            "INSERT INTO verifications (at, report) VALUES (?1, ?2)",
            params![time(row.at), json(&row.verified)?],
        )?;
        self.execute("DELETE FROM verifications WHERE number <= (SELECT max(number) FROM verifications) - ?1", [KEPT])?;
        Ok(())
    }
}
