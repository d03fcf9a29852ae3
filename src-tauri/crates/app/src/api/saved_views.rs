//! Saved views: built-in ones, and those of the person.

use chrono::NaiveDate;
use domain::search::{Query, QueryLanguage, READY_VIEWS, ViewOrder};
use domain::{By, FailureCode, ViewId};
use serde::{Deserialize, Serialize};
use store::{Op, Read, SavedView, StoreError};
use ts_rs::TS;

use crate::{App, Failure};

/// A view with what it shows now.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ViewRow {
    /// The id of a person's own view; of one that is there from the start, the stable word on which its name hangs.
    pub id: String,
    /// It is there from the start.
    pub ready: bool,
    /// Its name; empty where the interface has it.
    pub name: String,
    /// What it shows, in the words of the user's language.
    pub query: String,
    /// In which order.
    pub order: ViewOrder,
    /// How many documents it shows.
    pub count: u32,
}

/// A view to keep.
#[derive(Clone, Debug, Deserialize, TS)]
#[ts(optional_fields)]
pub struct SaveView {
    /// Which one to change; a new one if left out.
    pub id: Option<ViewId>,
    /// Its name.
    pub name: String,
    /// What it shows.
    pub query: String,
    /// In which order; what fits best first if left out.
    pub order: Option<ViewOrder>,
    /// Its place among a person's own, from 0 on; as it was, or last, if left out.
    pub position: Option<u32>,
}

/// One view.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct OneView {
    /// Which.
    pub id: ViewId,
}

/// The views that are there from the start, and a person's own.
pub fn list(app: &App, _: ()) -> Result<Vec<ViewRow>, Failure> {
    let (today, language) = (app.today(&app.settings()?)?, app.query_language()?);
    let rows = app.store.read(|r| {
        let ready = READY_VIEWS.iter().map(|view| {
            let (count, query) = shown(r, view.query, today, language)?;
            Ok(ViewRow { id: view.id.to_owned(), ready: true, name: String::new(), query, order: view.order, count })
        });
        let own = r.saved_views()?.into_iter().map(|view| row(r, view, today, language));
        ready.chain(own).collect()
    })?;
    Ok(rows)
}

/// How many documents a query shows, and its words in the user's language.
fn shown(r: &Read<'_>, query: &str, today: NaiveDate, language: QueryLanguage) -> Result<(u32, String), StoreError> {
    let query = Query::parse(query).query;
    Ok((r.count(&query, today)?, query.print(language)))
}

/// A view of a person's own, as the list shows it.
fn row(r: &Read<'_>, view: SavedView, today: NaiveDate, language: QueryLanguage) -> Result<ViewRow, StoreError> {
    let (count, query) = shown(r, &view.query, today, language)?;
    Ok(ViewRow { id: view.id.to_string(), ready: false, name: view.name, query, order: view.order, count })
}

/// Keep a query as a view, or change one.
pub fn save(app: &App, view: SaveView) -> Result<ViewRow, Failure> {
    let name = view.name.trim().to_owned();
    if name.is_empty() {
        return Err(Failure::new(FailureCode::BadInput, "A view needs a name."));
    }
    let saved = app.store.write(By::Person, Op::ChangeView, |w| {
        w.label(&name);
        let mut all = w.saved_views()?;
        let before = view.id.and_then(|id| all.iter().position(|old| old.id == id)).map(|at| all.remove(at));
        let id = before.as_ref().map_or_else(|| ViewId::new(app.ids.as_ref()), |old| old.id);
        let position =
            view.position.or(before.map(|old| old.position)).map_or(all.len(), |at| at as usize).min(all.len());
        let order = view.order.unwrap_or_default();
        all.insert(position, SavedView { id, name: name.clone(), query: view.query.clone(), order, position: 0 });
        for (position, view) in (0..).zip(all) {
            w.save_view(&SavedView { position, ..view })?;
        }
        Ok(id)
    })?;
    let (today, language) = (app.today(&app.settings()?)?, app.query_language()?);
    let kept = app.store.read(|r| {
        let view = r.saved_views()?.into_iter().find(|view| view.id == saved.value);
        view.map(|view| row(r, view, today, language)).transpose()
    })?;
    kept.ok_or_else(|| Failure::not_found("view", saved.value))
}

/// Remove a view of one's own.
pub fn remove(app: &App, one: OneView) -> Result<(), Failure> {
    app.store.write(By::Person, Op::ChangeView, |w| {
        if let Some(view) = w.saved_views()?.into_iter().find(|view| view.id == one.id) {
            w.label(view.name);
        }
        w.remove_view(one.id)
    })?;
    Ok(())
}
