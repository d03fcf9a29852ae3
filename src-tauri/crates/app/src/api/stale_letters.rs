//! Stale letters: their deadlines have passed, and the person is asked once about all of them.

use domain::{By, DocumentId};
use serde::Deserialize;
use store::Op;
use ts_rs::TS;

use crate::actions::filing::FilingContext;
use crate::actions::stale_letters;
use crate::{App, Failure};

/// The answer to "all dealt with?".
#[derive(Clone, Debug, Deserialize, TS)]
pub struct AnswerStaleLetters {
    /// Dealt with: to be filed.
    pub done: Vec<DocumentId>,
    /// Not dealt with: to get their tasks after all.
    pub open: Vec<DocumentId>,
    /// All others are dealt with, too.
    #[serde(default)]
    #[ts(optional)]
    pub others_done: Option<bool>,
}

/// Answer whether old post has been dealt with.
pub fn answer(app: &App, answer: AnswerStaleLetters) -> Result<(), Failure> {
    let preferences = app.settings()?.preferences()?;
    let context = FilingContext { ids: app.ids.as_ref(), preferences: &preferences, now: app.now() };
    let AnswerStaleLetters { done, open, others_done } = answer;
    let others_done = others_done == Some(true);
    app.store
        .write(By::Person, Op::AnswerStaleLetters, |w| stale_letters::answer(w, &context, done, &open, others_done))?;
    Ok(())
}
