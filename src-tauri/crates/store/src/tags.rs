//! Nested tags. Intent. The path of a tag has the names of the tags above it: "Steuer/2026".

use domain::search::fold;
use domain::{DocumentId, TagId, TaskId};
use rusqlite::{Row, params};

use crate::row::{Columns, text};
use crate::{Read, Result, Write};

/// A tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    /// Its id.
    pub id: TagId,
    /// Its name.
    pub name: String,
    /// The tag it is below.
    pub parent: Option<TagId>,
    /// Its name after the names of the tags above it.
    pub path: String,
    /// Documents with this very tag that are not in the trash.
    pub documents: u32,
    /// Tasks with this very tag, the done ones with them.
    pub tasks: u32,
}

/// Depth limit of nested tags; a deeper one is shown as if it had no parent.
const DEEPEST: usize = 8;

fn tag(row: &Row<'_>) -> Result<Tag> {
    let c = Columns { table: "tags", row };
    let name: String = c.get("name")?;
    let (parent, documents, tasks) = (c.or(c.parse_opt("parent"), None)?, c.get("documents")?, c.get("tasks")?);
    Ok(Tag { id: c.parse("id")?, path: name.clone(), name, parent, documents, tasks })
}

impl Read<'_> {
    /// All tags by their paths.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn tags(&self) -> Result<Vec<Tag>> {
        let sql = "SELECT t.*, (SELECT count(*) FROM document_tags AS o JOIN documents AS d ON d.id = o.document
                                WHERE o.tag = t.id AND d.trashed_at IS NULL) AS documents,
                               (SELECT count(*) FROM task_tags AS o WHERE o.tag = t.id) AS tasks
                   FROM tags AS t ORDER BY t.id";
        self.with_paths(sql)
    }

    /// The same without counting, which takes long where there are many documents.
    fn uncounted_tags(&self) -> Result<Vec<Tag>> {
        self.with_paths("SELECT t.*, 0 AS documents, 0 AS tasks FROM tags AS t ORDER BY t.id")
    }

    fn with_paths(&self, sql: &str) -> Result<Vec<Tag>> {
        let mut tags = self.rows(sql, [], tag)?;
        let above = |id: Option<TagId>, tags: &[Tag]| {
            id.and_then(|id| tags.binary_search_by_key(&id, |tag| tag.id).ok())
                .map(|at| (tags[at].name.clone(), tags[at].parent))
        };
        for at in 0..tags.len() {
            let mut parent = tags[at].parent;
            for _ in 0..DEEPEST {
                let Some((name, next)) = above(parent, &tags) else { break };
                tags[at].path = format!("{name}/{}", tags[at].path);
                parent = next;
            }
        }
        tags.sort_by_key(|tag| tag.path.to_lowercase());
        Ok(tags)
    }

    /// The tags of a document, by their paths.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn tags_of(&self, document: DocumentId) -> Result<Vec<Tag>> {
        let ids = self.tag_ids_of(&document.to_string())?;
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        Ok(self.tags()?.into_iter().filter(|tag| ids.contains(&tag.id)).collect())
    }

    pub(crate) fn tag_ids_of(&self, document: &str) -> Result<Vec<TagId>> {
        self.rows("SELECT tag FROM document_tags WHERE document = ?1", [document], |row| {
            Columns { table: "document_tags", row }.parse("tag")
        })
    }

    /// The paths of the tags of a document.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn paths_of_tags(&self, document: DocumentId) -> Result<Vec<String>> {
        self.tag_paths_of(&document.to_string())
    }

    pub(crate) fn tag_paths_of(&self, document: &str) -> Result<Vec<String>> {
        self.paths(&self.tag_ids_of(document)?)
    }

    /// The paths of the tags of a task.
    pub(crate) fn tag_paths_of_task(&self, task: TaskId) -> Result<Vec<String>> {
        let ids = self.rows("SELECT tag FROM task_tags WHERE task = ?1", [task.to_string()], |row| {
            Columns { table: "task_tags", row }.parse("tag")
        })?;
        self.paths(&ids)
    }

    fn paths(&self, ids: &[TagId]) -> Result<Vec<String>> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        Ok(self.uncounted_tags()?.into_iter().filter(|tag| ids.contains(&tag.id)).map(|tag| tag.path).collect())
    }

    /// The tags that a path, or a part of one, can mean, with all tags below them.
    pub(crate) fn tags_below(&self, path: &str) -> Result<Vec<TagId>> {
        let steps = |path: &str| -> Vec<String> { path.split('/').map(fold).filter(|step| !step.is_empty()).collect() };
        let meant = steps(path);
        // The given steps may stand anywhere in the path.
        let fits = |tag: &Tag| steps(&tag.path).windows(meant.len().max(1)).any(|part| part == meant);
        Ok(self.uncounted_tags()?.into_iter().filter(fits).map(|tag| tag.id).collect())
    }

    /// The tag with just this path, ignoring case.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn tag_at(&self, path: &str) -> Result<Option<Tag>> {
        let path = path.to_lowercase();
        Ok(self.tags()?.into_iter().find(|tag| tag.path.to_lowercase() == path))
    }
}

impl Write<'_> {
    /// The tag with this path; missing tags of the path are created.
    ///
    /// # Errors
    /// [`NotFound`](crate::StoreError::NotFound) if the path holds no name at all; else [database
    /// errors](crate::StoreError#database-errors).
    pub fn ensure_tag(&self, path: &str) -> Result<TagId> {
        let (mut parent, mut so_far) = (None, String::new());
        let mut tag = None;
        for name in path.split('/').map(str::trim).filter(|name| !name.is_empty()) {
            so_far = if so_far.is_empty() { name.to_owned() } else { format!("{so_far}/{name}") };
            let wanted = so_far.to_lowercase();
            let id = match self.uncounted_tags()?.into_iter().find(|tag| tag.path.to_lowercase() == wanted) {
                Some(tag) => tag.id,
                None => self.insert_tag(name, parent)?,
            };
            (parent, tag) = (Some(id), Some(id));
        }
        tag.map_or_else(|| Err(crate::StoreError::not_found("tag", path)), Ok)
    }

    fn insert_tag(&self, name: &str, parent: Option<TagId>) -> Result<TagId> {
        let id = TagId::new(self.ids);
        let sql = "INSERT INTO tags (id, name, parent) VALUES (?1, ?2, ?3)";
        self.execute(sql, params![id.to_string(), name, text(parent)])?;
        Ok(id)
    }

    /// Gives a tag another name.
    ///
    /// # Errors
    /// [`NotFound`](crate::StoreError::NotFound) if there is no such tag; else [database
    /// errors](crate::StoreError#database-errors).
    pub fn rename_tag(&self, id: TagId, name: &str) -> Result<()> {
        self.change("tag", id, "UPDATE tags SET name = ?2 WHERE id = ?1", params![id.to_string(), name])
    }

    /// Puts a tag on a document.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn tag_document(&self, document: DocumentId, tag: TagId) -> Result<()> {
        let sql = "INSERT INTO document_tags (document, tag) VALUES (?1, ?2) ON CONFLICT DO NOTHING";
        self.execute(sql, [document.to_string(), tag.to_string()])?;
        Ok(())
    }

    /// Takes a tag off a document.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn untag_document(&self, document: DocumentId, tag: TagId) -> Result<()> {
        let sql = "DELETE FROM document_tags WHERE document = ?1 AND tag = ?2";
        self.execute(sql, [document.to_string(), tag.to_string()])?;
        Ok(())
    }

    /// Puts just these tags on a task, by their paths; missing ones are created.
    pub(crate) fn set_task_tags(&self, task: TaskId, paths: &[String]) -> Result<()> {
        let mut wanted = Vec::new();
        for path in paths.iter().filter(|path| path.split('/').any(|name| !name.trim().is_empty())) {
            wanted.push(self.ensure_tag(path)?.to_string());
        }
        let before: Vec<String> =
            self.rows("SELECT tag FROM task_tags WHERE task = ?1", [task.to_string()], |row| Ok(row.get("tag")?))?;
        for tag in before.iter().filter(|tag| !wanted.contains(tag)) {
            self.execute("DELETE FROM task_tags WHERE task = ?1 AND tag = ?2", [&task.to_string(), tag])?;
        }
        for tag in wanted.iter().filter(|tag| !before.contains(tag)) {
            let sql = "INSERT INTO task_tags (task, tag) VALUES (?1, ?2) ON CONFLICT DO NOTHING";
            self.execute(sql, [&task.to_string(), tag])?;
        }
        Ok(())
    }

    /// Merges two tags: documents and tasks with `from` get `into`, and tags below `from` move below `into`.
    ///
    /// # Errors
    /// [`NotFound`](crate::StoreError::NotFound) if `from` does not exist; else [database
    /// errors](crate::StoreError#database-errors).
    pub fn merge_tags(&self, from: TagId, into: TagId) -> Result<()> {
        if from == into {
            return Ok(());
        }
        let (from_text, into_text) = (from.to_string(), into.to_string());
        let both = [from_text.as_str(), into_text.as_str()];
        self.execute(
            "INSERT INTO document_tags (document, tag) SELECT document, ?2 FROM document_tags WHERE tag = ?1
             ON CONFLICT DO NOTHING",
            both,
        )?;
        self.execute("DELETE FROM document_tags WHERE tag = ?1", [both[0]])?;
        self.execute(
            "INSERT INTO task_tags (task, tag) SELECT task, ?2 FROM task_tags WHERE tag = ?1 ON CONFLICT DO NOTHING",
            both,
        )?;
        self.execute("DELETE FROM task_tags WHERE tag = ?1", [both[0]])?;
        self.execute(
            "UPDATE tags SET parent = (SELECT parent FROM tags WHERE id = ?1) WHERE id = ?2 AND parent = ?1",
            both,
        )?;
        self.execute("UPDATE tags SET parent = ?2 WHERE parent = ?1", both)?;
        self.change("tag", from, "DELETE FROM tags WHERE id = ?1", [both[0]])
    }
}
