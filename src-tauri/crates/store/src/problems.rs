//! What went wrong and a person should know of. Ledger.

use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use domain::{FileId, ProblemId};
use rusqlite::{Row, params};

use crate::files::path_text;
use crate::row::{Columns, time};
use crate::{Ledger, Read, Result, Write};

/// A problem to be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewProblem {
    /// Name of the file, for people.
    pub file_name: String,
    /// Where the file lies, if it was not taken in.
    pub path: Option<PathBuf>,
    /// The original, if it was taken in.
    pub file: Option<FileId>,
    /// Stable word on which texts hang.
    pub code: String,
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

fn problem_row(row: &Row<'_>) -> Result<ProblemRow> {
    let c = Columns { table: "problems", row };
    let problem = NewProblem {
        file_name: c.get("file_name")?,
        path: c.get::<Option<String>>("path")?.map(PathBuf::from),
        file: c.parse_opt("file")?,
        code: c.get("code")?,
        message: c.get("message")?,
    };
    Ok(ProblemRow { id: c.parse("id")?, problem, at: c.parse("at")? })
}

impl Read<'_> {
    /// The problems nobody has dismissed, newest first.
    pub fn problems(&self) -> Result<Vec<ProblemRow>> {
        self.rows("SELECT * FROM problems WHERE dismissed_at IS NULL ORDER BY at DESC, id DESC", [], problem_row)
    }
}

impl Write<'_> {
    /// Notes a problem. The same one about the same file is shown once.
    pub fn add_problem(&self, problem: &NewProblem) -> Result<ProblemId> {
        let (path, file) = (problem.path.as_deref().map(path_text), problem.file.as_ref().map(FileId::as_str));
        let same = "SELECT * FROM problems WHERE dismissed_at IS NULL
                    AND file_name = ?1 AND path IS ?2 AND file IS ?3 AND code = ?4";
        if let Some(shown) = self.row(same, params![problem.file_name, path, file, problem.code], problem_row)? {
            return Ok(shown.id);
        }
        let id = ProblemId::new(self.ids);
        self.execute(
            "INSERT INTO problems (id, file_name, path, file, code, message, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            params![id.to_string(), problem.file_name, path, file, problem.code, problem.message, time(self.now)],
        )?;
        self.touch(Ledger::Problems);
        Ok(id)
    }

    /// A person does not want to see it any more.
    pub fn dismiss_problem(&self, id: ProblemId) -> Result<()> {
        self.touch(Ledger::Problems);
        let sql = "UPDATE problems SET dismissed_at = ?2 WHERE id = ?1";
        self.change("problem", id, sql, params![id.to_string(), time(self.now)])
    }

    /// The file at `path` is in order now, or gone.
    pub fn clear_problems(&self, path: &Path) -> Result<()> {
        self.clear("DELETE FROM problems WHERE path = ?1", &path_text(path))
    }

    /// An original is in order now.
    pub fn clear_problems_of(&self, file: &FileId) -> Result<()> {
        self.clear("DELETE FROM problems WHERE file = ?1", file.as_str())
    }

    fn clear(&self, sql: &str, about: &str) -> Result<()> {
        if self.execute(sql, [about])? > 0 {
            self.touch(Ledger::Problems);
        }
        Ok(())
    }
}
