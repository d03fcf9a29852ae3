//! Originals and how they came in. Ledger.

use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use domain::{Arrival, ArrivalId, DocumentId, FileId, Room, SourceId};
use rusqlite::{Row, params};

use crate::archive::file_id;
use crate::row::{Columns, time};
use crate::{Noun, Read, Result, StoreError, What, Write};

/// An original in the archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredFile {
    /// Its SHA-256.
    pub id: FileId,
    /// Bytes.
    pub size: u64,
    /// MIME type.
    pub mime: String,
    /// Name under which it first came in.
    pub name: String,
    /// When it first came in.
    pub first_seen: DateTime<Utc>,
}

/// One time that a file came in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArrivalNote {
    /// Its id.
    pub id: ArrivalId,
    /// Where from.
    pub source: SourceId,
    /// File name.
    pub name: String,
    /// Where it lay.
    pub path: Option<PathBuf>,
    /// When it was last changed there.
    pub modified: Option<DateTime<Utc>>,
    /// When it came in.
    pub at: DateTime<Utc>,
}

fn stored_file(row: &Row<'_>) -> Result<StoredFile> {
    let c = Columns { table: "files", row };
    Ok(StoredFile {
        id: c.parse("id")?,
        size: c.get("size")?,
        mime: c.get("mime")?,
        name: c.get("name")?,
        first_seen: c.or(c.parse("first_seen"), DateTime::UNIX_EPOCH)?,
    })
}

fn arrival_note(row: &Row<'_>) -> Result<ArrivalNote> {
    let c = Columns { table: "arrivals", row };
    Ok(ArrivalNote {
        id: c.parse("id")?,
        source: c.or(c.word("source"), SourceId::Recovered)?,
        name: c.get("name")?,
        path: c.get::<Option<String>>("path")?.map(PathBuf::from),
        modified: c.or(c.parse_opt("modified"), None)?,
        at: c.or(c.parse("at"), DateTime::UNIX_EPOCH)?,
    })
}

pub(crate) fn path_text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

impl Read<'_> {
    /// An original.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn file(&self, id: &FileId) -> Result<Option<StoredFile>> {
        self.row("SELECT * FROM files WHERE id = ?1", [id.as_str()], stored_file)
    }

    /// The name an original came in with; empty where there is no such file.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn file_name(&self, id: &FileId) -> Result<String> {
        Ok(self.file(id)?.map_or_else(String::new, |file| file.name))
    }

    /// All originals, oldest first.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn files(&self) -> Result<Vec<StoredFile>> {
        self.rows("SELECT * FROM files ORDER BY first_seen, id", [], stored_file)
    }

    /// How a file came in, oldest first.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn arrivals(&self, file: &FileId) -> Result<Vec<ArrivalNote>> {
        self.rows("SELECT * FROM arrivals WHERE file = ?1 ORDER BY at, id", [file.as_str()], arrival_note)
    }

    /// Whether this arrival was recorded before. That can be told only with a path and a time, or with a container.
    pub(crate) fn has_arrived(&self, file: &FileId, arrival: &Arrival, container: Option<&FileId>) -> Result<bool> {
        let (path, modified) = (arrival.path.as_deref().map(path_text), arrival.modified.map(time));
        let sql = "SELECT EXISTS (SELECT 1 FROM arrivals
                   WHERE file = ?1 AND (path = ?2 AND modified = ?3 OR container = ?4))";
        self.value(sql, params![file.as_str(), path, modified, container.map(FileId::as_str)])
    }

    /// How deep a file is nested in containers: 0 for one that arrived by itself. At most `limit`.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn depth(&self, file: &FileId, limit: u32) -> Result<u32> {
        let sql = "WITH RECURSIVE around (file, depth) AS (
                       SELECT ?1, 0
                       UNION
                       SELECT a.container, depth + 1 FROM arrivals AS a JOIN around ON a.file = around.file
                       WHERE a.container IS NOT NULL AND depth < ?2
                   ) SELECT max(depth) FROM around";
        self.value(sql, params![file.as_str(), limit])
    }

    /// The files that came in a container, also those deeper inside.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn members_of(&self, container: &FileId) -> Result<Vec<FileId>> {
        let sql = "WITH RECURSIVE inside (file) AS (
                       SELECT file FROM arrivals WHERE container = ?1
                       UNION SELECT a.file FROM arrivals AS a JOIN inside ON a.container = inside.file
                   ) SELECT file FROM inside";
        self.rows(sql, [container.as_str()], |row| Columns { table: "arrivals", row }.parse("file"))
    }

    /// The files around a file, one in the other.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn containers_of(&self, file: &FileId) -> Result<Vec<FileId>> {
        let sql = "WITH RECURSIVE around (file) AS (
                       SELECT container FROM arrivals WHERE file = ?1 AND container IS NOT NULL
                       UNION SELECT a.container FROM arrivals AS a JOIN around USING (file) WHERE a.container IS NOT NULL
                   ) SELECT file FROM around";
        self.rows(sql, [file.as_str()], |row| Columns { table: "arrivals", row }.parse("file"))
    }

    /// How many files and bytes may still come out of a file, and the outermost container, which sets the limit: other
    /// members of that container have used some of it.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn room_in(&self, file: &FileId) -> Result<(Room, FileId)> {
        let around = "WITH RECURSIVE around (file) AS (
                          SELECT ?1 UNION SELECT a.container FROM arrivals AS a JOIN around USING (file)
                          WHERE a.container IS NOT NULL AND a.source <> ?2
                      ) SELECT DISTINCT files.id, size FROM around JOIN arrivals USING (file) JOIN files ON files.id = file
                      WHERE container IS NULL";
        let arranged = SourceId::Arranged.as_str();
        let outermost: Vec<(FileId, u64)> = self.rows(around, params![file.as_str(), arranged], |row| {
            let c = Columns { table: "files", row };
            Ok((c.parse("id")?, c.get("size")?))
        })?;
        let inside = "WITH RECURSIVE inside (file) AS (
                          SELECT file FROM arrivals WHERE container = ?1 AND ?1 <> ?2 AND source <> ?3
                          UNION SELECT a.file FROM arrivals AS a JOIN inside ON a.container = inside.file
                          WHERE inside.file <> ?2 AND a.source <> ?3
                      ) SELECT count(*) AS members, coalesce(sum(size), 0) AS bytes FROM inside JOIN files ON files.id = file";
        let rooms = outermost.iter().map(|(id, size)| {
            let taken = self.row(inside, params![id.as_str(), file.as_str(), arranged], |row| {
                let c = Columns { table: "files", row };
                Ok((c.get::<u64>("members")?, c.get::<u64>("bytes")?))
            })?;
            let (members, bytes) = taken.unwrap_or_default();
            Ok((Room::of(*size).after(members, bytes), id.clone()))
        });
        // The same bytes may be in several containers: the one with the most room counts.
        let roomiest = rooms.collect::<Result<Vec<_>>>()?.into_iter().max();
        Ok(roomiest.unwrap_or_else(|| (Room::of(0), file.clone())))
    }

    /// The documents that came in together with a file: in the same container, in it, or around it.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn came_with(&self, file: &FileId) -> Result<Vec<DocumentId>> {
        let sql = "SELECT id FROM documents WHERE trashed_at IS NULL AND file <> ?1 AND file IN (
                       SELECT file FROM arrivals
                       WHERE container = ?1 OR container IN (SELECT container FROM arrivals WHERE file = ?1)
                       UNION SELECT container FROM arrivals WHERE file = ?1
                   ) ORDER BY id";
        self.rows(sql, [file.as_str()], |row| Columns { table: "documents", row }.parse("id"))
    }

    /// The files whose pages a file was made of, and theirs in turn, up to those that came in by themselves.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn made_of(&self, file: &FileId) -> Result<Vec<FileId>> {
        let sql = "WITH RECURSIVE made_of (file) AS (
                       SELECT container FROM arrivals WHERE file = ?1 AND source = ?2
                       UNION SELECT a.container FROM arrivals AS a JOIN made_of ON a.file = made_of.file
                       WHERE a.source = ?2
                   ) SELECT file FROM made_of WHERE file NOT IN (SELECT file FROM arrivals WHERE source = ?2)";
        self.rows(sql, params![file.as_str(), SourceId::Arranged.as_str()], |row| {
            Columns { table: "arrivals", row }.parse("file")
        })
    }

    /// Has a person made documents of the pages of this file?
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn is_arranged_anew(&self, file: &FileId) -> Result<bool> {
        let sql =
            "SELECT EXISTS (SELECT 1 FROM arrivals JOIN documents USING (file) WHERE container = ?1 AND source = ?2)";
        self.value(sql, params![file.as_str(), SourceId::Arranged.as_str()])
    }

    /// Was this file of the inbox folder dealt with, as it is now?
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn remembered(&self, path: &Path, size: u64, modified: Option<DateTime<Utc>>) -> Result<bool> {
        let sql = "SELECT EXISTS (SELECT 1 FROM inbox_memory WHERE path = ?1 AND size = ?2 AND modified IS ?3)";
        self.value(sql, params![path_text(path), size, modified.map(time)])
    }
}

impl Write<'_> {
    pub(crate) fn insert_file(&self, id: &FileId, arrival: &Arrival, mime: &str) -> Result<()> {
        let size = arrival.content.size().map_err(|e| StoreError::io("read", Path::new(&arrival.name), e))?;
        self.execute(
            "INSERT INTO files (id, size, mime, name, first_seen) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![id.as_str(), size, mime, arrival.name, time(arrival.at)],
        )?;
        self.touch(Noun::File, id, What::Added);
        Ok(())
    }

    /// Adds a file without an original, for generated profiles.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn insert_generated_file(&self, name: &str, at: DateTime<Utc>) -> Result<FileId> {
        let arrival = Arrival {
            source: SourceId::Import,
            name: name.to_owned(),
            path: None,
            modified: None,
            content: Vec::new().into(),
            at,
        };
        let id = file_id(ArrivalId::new(self.ids).to_string().as_bytes());
        self.insert_file(&id, &arrival, "application/pdf")?;
        self.insert_arrival(&id, &arrival, None)?;
        Ok(id)
    }

    /// A file that was recovered after an interruption gets its name when it comes again from where it came from.
    pub(crate) fn name_recovered(&self, file: &FileId, name: &str) -> Result<()> {
        self.execute(
            "UPDATE files SET name = ?2 WHERE id = ?1
             AND NOT EXISTS (SELECT 1 FROM arrivals WHERE file = ?1 AND source <> ?3)",
            params![file.as_str(), name, SourceId::Recovered.as_str()],
        )?;
        Ok(())
    }

    pub(crate) fn insert_arrival(&self, file: &FileId, arrival: &Arrival, container: Option<&FileId>) -> Result<()> {
        self.execute(
            "INSERT INTO arrivals (id, file, source, name, path, modified, at, container)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            params![
                ArrivalId::new(self.ids).to_string(),
                file.as_str(),
                arrival.source.as_str(),
                arrival.name,
                arrival.path.as_deref().map(path_text),
                arrival.modified.map(time),
                time(arrival.at),
                container.map(FileId::as_str)
            ],
        )?;
        self.touch(Noun::File, file, What::Changed);
        Ok(())
    }

    /// Notes that a file of the inbox folder was dealt with.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn remember(&self, path: &Path, size: u64, modified: Option<DateTime<Utc>>) -> Result<()> {
        self.execute(
            "INSERT OR REPLACE INTO inbox_memory (path, size, modified) VALUES (?1, ?2, ?3)",
            params![path_text(path), size, modified.map(time)],
        )?;
        Ok(())
    }
}
