//! Problems: what went wrong and a person should know of. Ledger.

use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use domain::{FailureCode, FileId, ProblemId};
use rusqlite::{Row, params};

use crate::files::path_text;
use crate::row::{Columns, time};
use crate::{Noun, Read, Result, Unreadable, What, Write};

/// A problem to be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewProblem {
    /// Name of the file, for people.
    pub file_name: String,
    /// Where the file lies, if it was not taken in.
    pub path: Option<PathBuf>,
    /// The original, if it was taken in.
    pub file: Option<FileId>,
    /// Which one.
    pub code: FailureCode,
    /// What happened, and what to do.
    pub message: String,
}

/// A problem that is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProblemRow {
    /// Its id.
    pub id: ProblemId,
    /// What it is about and what happened.
    pub problem: NewProblem,
    /// When.
    pub at: DateTime<Utc>,
}

/// The problems that are shown of one cause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProblemGroup {
    /// The cause.
    pub code: FailureCode,
    /// How many problems.
    pub count: u32,
    /// How often they came, all together.
    pub times: u32,
    /// When the last one came.
    pub last: DateTime<Utc>,
}

fn problem_group(row: &Row<'_>) -> Result<ProblemGroup> {
    let c = Columns { table: "problems", row };
    Ok(ProblemGroup {
        code: c.word("code")?,
        count: c.get("count")?,
        times: c.get("times")?,
        last: c.or(c.parse("last"), DateTime::UNIX_EPOCH)?,
    })
}

fn problem_row(row: &Row<'_>) -> Result<ProblemRow> {
    let c = Columns { table: "problems", row };
    let problem = NewProblem {
        file_name: c.get("file_name")?,
        path: c.get::<Option<String>>("path")?.map(PathBuf::from),
        file: c.or(c.parse_opt("file"), None)?,
        code: c.word("code")?,
        message: c.get("message")?,
    };
    Ok(ProblemRow { id: c.parse("id")?, problem, at: c.or(c.parse("at"), DateTime::UNIX_EPOCH)? })
}

impl Read<'_> {
    /// The problems nobody has dismissed, newest first.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn problems(&self) -> Result<Vec<ProblemRow>> {
        self.rows("SELECT * FROM problems WHERE dismissed_at IS NULL ORDER BY at DESC, id DESC", [], problem_row)
    }

    /// The same by their causes, the cause of the newest one first.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn problem_groups(&self) -> Result<Vec<ProblemGroup>> {
        let sql = "SELECT code, count(*) AS count, sum(times) AS times, max(at) AS last, min(id) AS id FROM problems
                   WHERE dismissed_at IS NULL GROUP BY code ORDER BY last DESC, code";
        self.rows(sql, [], problem_group)
    }
}

impl Write<'_> {
    /// Notes a problem. The same one about the same file is shown once, with how often it came and when it came last.
    ///
    /// # Errors
    /// [`UnknownWord`](crate::StoreError::UnknownWord) if the same problem is shown already, but its id cannot be
    /// read; else [database errors](crate::StoreError#database-errors).
    pub fn add_problem(&self, problem: &NewProblem) -> Result<ProblemId> {
        let (path, file) = (problem.path.as_deref().map(path_text), problem.file.as_ref().map(FileId::as_str));
        let same = "SELECT * FROM problems WHERE dismissed_at IS NULL
                    AND file_name = ?1 AND path IS ?2 AND file IS ?3 AND code = ?4";
        if let Some(shown) =
            self.row(same, params![problem.file_name, path, file, problem.code.as_str()], problem_row)?
        {
            self.execute(
                "UPDATE problems SET times = times + 1, at = ?2 WHERE id = ?1",
                params![shown.id.to_string(), time(self.now)],
            )?;
            // Nobody is told: who hears of it may be who fails, and it would come again without end.
            return Ok(shown.id);
        }
        let id = ProblemId::new(self.ids);
        self.execute(
            "INSERT INTO problems (id, file_name, path, file, code, message, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            params![
                id.to_string(),
                problem.file_name,
                path,
                file,
                problem.code.as_str(),
                problem.message,
                time(self.now)
            ],
        )?;
        self.touch(Noun::Problem, id, What::Added);
        Ok(id)
    }

    /// Records that a value cannot be read. It is shown once, and not again after it was dismissed.
    pub(crate) fn add_unreadable(&self, found: &Unreadable) -> Result<()> {
        let Unreadable { table, row, column, value, name } = found;
        tracing::warn!(table, row, column, value, "a value cannot be read");
        let message = format!(
            "Something about “{name}” cannot be read: “{value}” in {table}.{column} ({row}). It is left out; everything else \
             works. A newer Workmate may have written it, or the disk has damaged it: please update, or restore a backup."
        );
        let sql = "SELECT EXISTS (SELECT 1 FROM problems WHERE code = ?1 AND message = ?2)";
        if self.value(sql, params![FailureCode::UnreadableValue.as_str(), message])? {
            return Ok(());
        }
        let (file_name, code) = (name.clone(), FailureCode::UnreadableValue);
        self.add_problem(&NewProblem { file_name, path: None, file: None, code, message })?;
        Ok(())
    }

    /// A person does not want to see it any more.
    ///
    /// # Errors
    /// [`NotFound`](crate::StoreError::NotFound) if there is no such problem; else [database
    /// errors](crate::StoreError#database-errors).
    pub fn dismiss_problem(&self, id: ProblemId) -> Result<()> {
        self.touch(Noun::Problem, id, What::Removed);
        let sql = "UPDATE problems SET dismissed_at = ?2 WHERE id = ?1";
        self.change("problem", id, sql, params![id.to_string(), time(self.now)])
    }

    /// A person does not want to see any of this cause any more. Returns how many there were.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn dismiss_problems_of(&self, code: FailureCode) -> Result<u32> {
        let sql = "UPDATE problems SET dismissed_at = ?2 WHERE code = ?1 AND dismissed_at IS NULL RETURNING id";
        let dismissed = self.rows(sql, params![code.as_str(), time(self.now)], |row| Ok(row.get::<_, String>(0)?))?;
        dismissed.iter().for_each(|id| self.touch(Noun::Problem, id, What::Removed));
        Ok(u32::try_from(dismissed.len()).unwrap_or(u32::MAX))
    }

    /// The file at `path` is in order now, or gone.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn clear_problems(&self, path: &Path) -> Result<()> {
        self.clear("DELETE FROM problems WHERE path = ?1 RETURNING id", &path_text(path))
    }

    /// An original is in order now.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn clear_problems_of(&self, file: &FileId) -> Result<()> {
        self.clear("DELETE FROM problems WHERE file = ?1 RETURNING id", file.as_str())
    }

    /// What one code says about an original does not hold any more.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn clear_problem_of(&self, file: &FileId, code: FailureCode) -> Result<()> {
        for id in self.rows(
            "DELETE FROM problems WHERE file = ?1 AND code = ?2 RETURNING id",
            [file.as_str(), code.as_str()],
            |row| Ok(row.get::<_, String>(0)?),
        )? {
            self.touch(Noun::Problem, id, What::Removed);
        }
        Ok(())
    }

    fn clear(&self, sql: &str, about: &str) -> Result<()> {
        for id in self.rows(sql, [about], |row| Ok(row.get::<_, String>(0)?))? {
            self.touch(Noun::Problem, id, What::Removed);
        }
        Ok(())
    }
}
