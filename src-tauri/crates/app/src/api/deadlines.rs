//! Deadlines: replacing an assumption, after which the deadlines are counted again.

use domain::{Assumption, By, TaskId};
use serde::Deserialize;
use store::{Op, Write};
use ts_rs::TS;

use crate::actions;
use crate::actions::filing::FilingContext;
use crate::api::tasks::{OneTask, get};
use crate::api::views::TaskView;
use crate::{App, Failure};

/// What a person says about the letter that a task came from.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct Assume {
    /// The task whose deadline rests on it; the others of its letter are counted again too.
    pub id: TaskId,
    /// What holds instead.
    pub assumption: Assumption,
}

/// Say what a deadline is to be counted with.
pub fn assume(app: &App, said: Assume) -> Result<TaskView, Failure> {
    let context = app.view_context()?;
    let context = FilingContext { ids: app.ids.as_ref(), preferences: &context.preferences, now: app.now() };
    let act = |w: &Write<'_>| actions::deadlines::assume(w, &context, said.id, &said.assumption);
    let recounted = app.store.write(By::Person, Op::AssumeDeadline, act)?;
    for task in recounted.value {
        app.channels.withdraw(task);
    }
    get(app, OneTask { id: said.id })
}
