//! Cases: documents that belong together.

use std::cmp::Reverse;

use chrono::NaiveDate;
use domain::{By, DocumentId, FailureCode, Relation};
use serde::{Deserialize, Serialize};
use store::{Op, Read, Related, StoreError};
use ts_rs::TS;

use crate::actions::{cases, existing};
use crate::api::documents::OneDocument;
use crate::api::show::{self, ViewContext};
use crate::api::views::{DocumentRow, DocumentView, TaskView};
use crate::{App, Failure};

/// What a person says about two documents.
#[derive(Clone, Copy, Debug, Deserialize, TS)]
pub struct SetRelation {
    /// The one.
    pub id: DocumentId,
    /// The other.
    pub other: DocumentId,
    /// What the one is to the other; left out where they do not belong together.
    #[serde(default)]
    #[ts(optional)]
    pub relation: Option<Relation>,
}

/// Two documents that belong together.
#[derive(Clone, Copy, Debug, Deserialize, TS)]
pub struct JoinDocuments {
    /// The one.
    pub id: DocumentId,
    /// The other.
    pub other: DocumentId,
}

/// Which cases to list.
#[derive(Clone, Copy, Debug, Default, Deserialize, TS)]
#[serde(default)]
#[ts(optional_fields)]
pub struct CaseQuery {
    /// Those with something to do, or those without; all if left out.
    pub open: Option<bool>,
    /// At most so many; 100 if left out.
    pub limit: Option<u32>,
    /// Skip so many.
    pub offset: Option<u32>,
}

/// A part of the cases.
#[derive(Clone, Debug, Serialize, TS)]
pub struct CaseList {
    /// Those with something to do first, then those with the newest letter.
    pub items: Vec<CaseRow>,
    /// How many there are in all.
    pub total: u32,
}

/// A line in the list of cases.
#[derive(Clone, Debug, Serialize, TS)]
pub struct CaseRow {
    /// Its first letter, which stands for it.
    pub id: DocumentId,
    /// Title of the first letter.
    pub title: String,
    /// How many letters.
    pub letters: u32,
    /// Date of the newest one.
    pub newest: NaiveDate,
    /// Something is still to be done.
    pub is_open: bool,
}

/// A case with all its letters.
#[derive(Clone, Debug, Serialize, TS)]
pub struct CaseView {
    /// Its first letter, which stands for it.
    pub id: DocumentId,
    /// Title of the first letter.
    pub title: String,
    /// The oldest first.
    pub letters: Vec<LetterView>,
    /// What is still to be done, by day.
    pub open: Vec<TaskView>,
}

/// A letter of a case.
#[derive(Clone, Debug, Serialize, TS)]
pub struct LetterView {
    /// The line of the list.
    pub document: DocumentRow,
    /// The day of the letter, else the day it came in.
    pub day: NaiveDate,
    /// What it is to other letters of the case.
    pub relations: Vec<LetterRelation>,
}

/// What a letter is to another one.
#[derive(Clone, Debug, Serialize, TS)]
pub struct LetterRelation {
    /// The other.
    pub other: DocumentId,
    /// Its title.
    pub title: String,
    /// What the letter is to it.
    pub relation: Relation,
}

/// Used where the caller names no limit.
const USUAL_LIMIT: u32 = 100;

/// List cases: documents that belong together.
pub fn list(app: &App, query: CaseQuery) -> Result<CaseList, Failure> {
    let (limit, offset) = (query.limit.unwrap_or(USUAL_LIMIT), query.offset.unwrap_or(0));
    let context = app.view_context()?;
    app.store
        .read(|r| {
            let with_tasks = r.with_open_tasks()?;
            let mut found = Vec::new();
            for case in r.cases()? {
                let is_open = case.iter().any(|id| with_tasks.contains(id));
                // Ids are in the order in which the letters came in.
                if let (2.., Some(newest)) = (case.len(), case.iter().max().copied()) {
                    found.push((is_open, newest, case));
                }
            }
            found.retain(|(is_open, ..)| query.open.is_none_or(|wanted| wanted == *is_open));
            found.sort_by_key(|(is_open, newest, _)| Reverse((*is_open, *newest)));
            let total = u32::try_from(found.len()).unwrap_or(u32::MAX);
            let shown = found.into_iter().skip(offset as usize).take(limit as usize);
            let items =
                shown.map(|(is_open, _, case)| case_row(r, &context, &case, is_open)).collect::<Result<_, _>>()?;
            Ok(CaseList { items, total })
        })
        .map_err(Failure::from)
}

fn case_row(r: &Read<'_>, context: &ViewContext, case: &[DocumentId], is_open: bool) -> Result<CaseRow, StoreError> {
    let letters = letters(r, context, case)?;
    let (Some(first), Some(last)) = (letters.first(), letters.last()) else {
        return Err(StoreError::NotFound { noun: "case", id: String::new() });
    };
    Ok(CaseRow {
        id: first.document.id,
        title: first.document.title.clone(),
        letters: u32::try_from(letters.len()).unwrap_or(u32::MAX),
        newest: last.day,
        is_open,
    })
}

/// The letters of a case by their days.
fn letters(r: &Read<'_>, context: &ViewContext, case: &[DocumentId]) -> Result<Vec<LetterView>, StoreError> {
    let mut letters = Vec::with_capacity(case.len());
    for id in case {
        if let Some(row) = r.document_row(*id)? {
            let day = row.issue_date.unwrap_or_else(|| domain::today(row.received_at, context.preferences.zone));
            letters.push(LetterView { document: show::document_row(context, row, None), day, relations: Vec::new() });
        }
    }
    letters.sort_by_key(|letter| (letter.day, letter.document.id));
    Ok(letters)
}

/// The case that a document belongs to, with all its letters.
pub fn get(app: &App, one: OneDocument) -> Result<CaseView, Failure> {
    let context = app.view_context()?;
    app.store.read(|r| case(r, &context, one.id)).map_err(Failure::from)
}

fn case(r: &Read<'_>, context: &ViewContext, id: DocumentId) -> Result<CaseView, StoreError> {
    let ids = r.case_of(id)?;
    let mut letters = letters(r, context, &ids)?;
    let title = |id: DocumentId, letters: &[LetterView]| {
        letters.iter().find(|letter| letter.document.id == id).map(|letter| letter.document.title.clone())
    };
    for at in 0..letters.len() {
        let own = letters[at].document.id;
        for pair in r.relations_of(own)?.into_iter().filter(|pair| pair.document == own) {
            if let (Some(relation), Some(title)) = (pair.relation, title(pair.other, &letters)) {
                letters[at].relations.push(LetterRelation { other: pair.other, title, relation });
            }
        }
    }
    let mut open = Vec::new();
    for id in &ids {
        for task in r.tasks(store::TaskFilter::OfDocument(*id))?.into_iter().filter(|task| task.status.is_open()) {
            open.push(show::task(r, context, task)?);
        }
    }
    open.sort_by_key(|task| (task.due.is_none(), task.due));
    let first = letters.first().ok_or_else(|| StoreError::NotFound { noun: "case", id: id.to_string() })?;
    Ok(CaseView { id: first.document.id, title: first.document.title.clone(), letters, open })
}

/// Say what one document is to another one, or that they do not belong together.
pub fn relate(app: &App, said: SetRelation) -> Result<DocumentView, Failure> {
    refuse_same(said.id, said.other)?;
    let now = app.now();
    app.store.write(By::Person, Op::SetRelation, |w| {
        w.label(&existing::document(w, said.id)?.title);
        existing::document(w, said.other)?;
        cases::say(w, Related { document: said.id, other: said.other, relation: said.relation })?;
        cases::follow(w, said.id, now)
    })?;
    super::documents::get(app, OneDocument { id: said.id })
}

/// Say that two documents belong together.
pub fn join(app: &App, pair: JoinDocuments) -> Result<DocumentView, Failure> {
    refuse_same(pair.id, pair.other)?;
    let (now, zone) = (app.now(), app.settings()?.preferences()?.zone);
    app.store.write(By::Person, Op::SetRelation, |w| {
        w.label(&existing::document(w, pair.id)?.title);
        cases::bring_together(w, pair.id, pair.other, zone, now)
    })?;
    super::documents::get(app, OneDocument { id: pair.id })
}

/// Say that a document belongs to none of its case.
pub fn part(app: &App, one: OneDocument) -> Result<DocumentView, Failure> {
    app.store.write(By::Person, Op::SetRelation, |w| {
        w.label(&existing::document(w, one.id)?.title);
        cases::take_out(w, one.id)
    })?;
    super::documents::get(app, one)
}

fn refuse_same(one: DocumentId, other: DocumentId) -> Result<(), Failure> {
    if one == other {
        return Err(Failure::new(FailureCode::BadInput, "A document cannot belong to itself."));
    }
    Ok(())
}
