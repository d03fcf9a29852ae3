//! `documents`, `tasks` and `reminders`: the lists as tables. Each row ends with its id, for a next command.

use std::process::ExitCode;

use app::App;
use app::api::documents::{self, DocumentQuery};
use app::api::reminders;
use app::api::tasks::{self, TaskFilter, TaskQuery};
use app::api::views::TaskView;
use domain::{ReminderState, TaskStatus};

use crate::output::show;
use crate::text::{self, cell, say, word};

#[derive(clap::Args)]
pub(crate) struct TaskArguments {
    /// Also those that are done.
    #[arg(long)]
    all: bool,
}

pub(crate) fn documents(app: &App, limit: Option<u32>, as_json: bool) -> anyhow::Result<ExitCode> {
    let list = documents::list(app, DocumentQuery { limit: limit.or(Some(u32::MAX)), ..DocumentQuery::default() })?;
    let head = say(
        ["Dokument", "Art", "Stand", "Datum", "Fällig", ">Betrag", ">Seiten", "Kennung"],
        ["Document", "Kind", "State", "Date", "Due", ">Amount", ">Pages", "Id"],
    );
    show(&list.items, as_json, &head, |row| {
        vec![
            row.title.clone(),
            word("kind_", row.kind.as_str()),
            word("state_", row.state.as_str()),
            cell(row.issue_date, text::day),
            cell(row.due_date, text::day),
            cell(row.amount, text::amount),
            row.page_count.to_string(),
            row.id.to_string(),
        ]
    })?;
    Ok(ExitCode::SUCCESS)
}

pub(crate) fn tasks(app: &App, arguments: TaskArguments, as_json: bool) -> anyhow::Result<ExitCode> {
    let filter = Some(if arguments.all { TaskFilter::All } else { TaskFilter::Open });
    let list = tasks::list(app, TaskQuery { filter, limit: Some(u32::MAX), ..TaskQuery::default() })?;
    let head = say(
        ["Aufgabe", "Worum es geht", "Tag", "Spätestens", ">Betrag", "Wie dringend", "Stand", "Regel", "Kennung"],
        ["Task", "About", "Day", "Latest", ">Amount", "Urgency", "Status", "Rule", "Id"],
    );
    show(&list.items, as_json, &head, |row| {
        vec![
            text::task(row.kind, row.rule.as_deref()),
            row.title.clone(),
            cell(row.due, text::day) + if row.assumed || row.provisional { "?" } else { "" },
            cell(row.latest, text::day),
            cell(row.amount, text::amount),
            word("urgency_", row.priority.urgency.as_str()),
            status(row),
            cell(row.rule.as_deref(), |rule| word("rule_", rule)),
            row.id.to_string(),
        ]
    })?;
    Ok(ExitCode::SUCCESS)
}

fn status(task: &TaskView) -> String {
    match (task.status, task.done_how) {
        (TaskStatus::Cancelled, _) => word("", "cancelled"),
        (TaskStatus::Done, how) => word("done_how_", how.map_or("other", |how| how.as_str())),
        (status, _) => word("status_", status.as_str()),
    }
}

pub(crate) fn reminders(app: &App, as_json: bool) -> anyhow::Result<ExitCode> {
    let list = reminders::list(app, ())?;
    let zone = app.settings()?.preferences()?.zone;
    let head = say(
        ["Nächste", "Stufe", "Stand", "Worum es geht", "Kennung der Aufgabe"],
        ["Next", "Stage", "State", "About", "Id of the task"],
    );
    show(&list, as_json, &head, |row| {
        vec![
            text::instant(row.next_at, &zone),
            word("stage_", row.stage.as_str()),
            state(row.state).to_owned(),
            row.title.clone(),
            cell(row.task, |task| task.to_string()),
        ]
    })?;
    Ok(ExitCode::SUCCESS)
}

fn state(state: ReminderState) -> &'static str {
    match state {
        ReminderState::Planned => say("geplant", "planned"),
        ReminderState::Due => say("fällig", "due"),
        ReminderState::Attempted => say("noch nicht gezeigt", "not shown yet"),
        ReminderState::Delivered => say("gezeigt", "shown"),
        ReminderState::Seen => say("gesehen", "seen"),
        ReminderState::Snoozed => say("verschoben", "put off"),
        ReminderState::Acted => say("erledigt", "done"),
        ReminderState::Expired => say("überholt", "overtaken"),
    }
}
