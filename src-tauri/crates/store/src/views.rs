//! Saved views: a query with a name. Intent.

use domain::ViewId;
use domain::search::ViewOrder;
use rusqlite::{Row, params};

use crate::row::Columns;
use crate::{Read, Result, Write};

/// A saved query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedView {
    /// Its id.
    pub id: ViewId,
    /// Its name.
    pub name: String,
    /// The query as it was typed.
    pub query: String,
    /// The order of its results.
    pub order: ViewOrder,
    /// Its place among the others, the lowest first.
    pub position: u32,
}

fn view(row: &Row<'_>) -> Result<SavedView> {
    let c = Columns { table: "saved_views", row };
    Ok(SavedView {
        id: c.parse("id")?,
        name: c.get("name")?,
        query: c.get("query")?,
        order: c.or(c.word("sort"), ViewOrder::default())?,
        position: c.get("position")?,
    })
}

impl Read<'_> {
    /// The views of a person, in their order.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn saved_views(&self) -> Result<Vec<SavedView>> {
        self.rows("SELECT * FROM saved_views ORDER BY position, id", [], view)
    }
}

impl Write<'_> {
    /// Keeps a view, in place of the one with the same id.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn save_view(&self, view: &SavedView) -> Result<()> {
        self.execute(
            "INSERT INTO saved_views (id, name, query, sort, position) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (id) DO UPDATE SET name = ?2, query = ?3, sort = ?4, position = ?5",
            params![view.id.to_string(), view.name, view.query, view.order.as_str(), view.position],
        )?;
        Ok(())
    }

    /// Removes a view.
    ///
    /// # Errors
    /// [`NotFound`](crate::StoreError::NotFound) if there is no such view; else [database
    /// errors](crate::StoreError#database-errors).
    pub fn remove_view(&self, id: ViewId) -> Result<()> {
        self.change("view", id, "DELETE FROM saved_views WHERE id = ?1", [id.to_string()])
    }
}
