//! `documents`, `tasks`, `reminders` and `call`: the command list from a terminal.

use std::process::ExitCode;

use app::api::documents::{self, DocumentQuery};
use app::api::reminders;
use app::api::tasks::{self, TaskFilter, TaskQuery};
use app::{App, COMMANDS, Failure};
use comfy_table::{ColumnConstraint, Table, TableComponent, Width, presets::UTF8_HORIZONTAL_ONLY};
use domain::FailureCode;
use serde::Serialize;
use serde_json::{Value, json};

use crate::{print, print_json};

/// The most characters in a cell.
const WIDEST: u16 = 60;

#[derive(clap::Args)]
pub(crate) struct TaskArguments {
    /// Also those that are done.
    #[arg(long)]
    all: bool,
}

#[derive(clap::Args)]
pub(crate) struct CallArguments {
    /// Name of the command.
    name: Option<String>,
    /// Its input as JSON; nothing if left out.
    input: Option<String>,
}

pub(crate) fn documents(app: &App, as_json: bool) -> anyhow::Result<ExitCode> {
    let list = documents::list(app, DocumentQuery { limit: Some(u32::MAX), ..DocumentQuery::default() })?;
    show(&list.items, as_json, &["Document", "Kind", "State", "Date", "Due", "Amount", "Pages"], |row| {
        vec![
            row.title.clone(),
            row.kind.as_str().to_owned(),
            row.state.as_str().to_owned(),
            text(row.issue_date),
            text(row.due_date),
            text(row.amount),
            row.page_count.to_string(),
        ]
    })?;
    Ok(ExitCode::SUCCESS)
}

pub(crate) fn tasks(app: &App, arguments: TaskArguments, as_json: bool) -> anyhow::Result<ExitCode> {
    let filter = Some(if arguments.all { TaskFilter::All } else { TaskFilter::Open });
    let list = tasks::list(app, TaskQuery { filter, limit: Some(u32::MAX), ..TaskQuery::default() })?;
    show(&list.items, as_json, &["Task", "For", "Due", "Latest", "Amount", "Urgency", "Status", "Why"], |row| {
        vec![
            row.kind.as_str().to_owned(),
            row.title.clone(),
            text(row.due) + if row.assumed { "?" } else { "" },
            text(row.latest),
            text(row.amount),
            row.priority.urgency.as_str().to_owned(),
            row.status.as_str().to_owned(),
            row.why.clone(),
        ]
    })?;
    Ok(ExitCode::SUCCESS)
}

pub(crate) fn reminders(app: &App, as_json: bool) -> anyhow::Result<ExitCode> {
    let list = reminders::list(app, ())?;
    let zone = app.settings()?.preferences()?.zone;
    show(&list, as_json, &["Next", "Stage", "State", "About"], |row| {
        vec![
            row.next_at.with_timezone(&zone).format("%F %R").to_string(),
            row.stage.as_str().to_owned(),
            row.state.as_str().to_owned(),
            row.title.clone(),
        ]
    })?;
    Ok(ExitCode::SUCCESS)
}

pub(crate) fn call(app: &App, arguments: CallArguments) -> anyhow::Result<ExitCode> {
    let Some(name) = arguments.name else {
        let mut table = table(&["Command", "", "What it does"]);
        for command in COMMANDS {
            let access = match command.access() {
                app::command::Access::Reads(_) => "reads",
                app::command::Access::Writes => "writes",
            };
            table.add_row([command.name(), access, command.summary()]);
        }
        print(table)?;
        return Ok(ExitCode::SUCCESS);
    };
    let input = arguments.input.map_or(Ok(Value::Null), |text| {
        serde_json::from_str(&text)
            .map_err(|error| Failure::new(FailureCode::BadInput, format!("The input is not JSON: {error}.")))
    });
    match input.and_then(|input| app.dispatch(&name, input)) {
        Ok(output) => {
            print(output)?;
            Ok(ExitCode::SUCCESS)
        }
        Err(failure) => {
            // A failure is printed as JSON on standard output, where scripts read the result.
            print(json!({"error": failure}))?;
            Err(failure.into())
        }
    }
}

/// Prints rows: as a table, or each as a line of JSON.
pub(crate) fn show<T: Serialize>(
    rows: &[T],
    as_json: bool,
    head: &[&str],
    cells: impl Fn(&T) -> Vec<String>,
) -> std::io::Result<()> {
    if as_json {
        return rows.iter().try_for_each(print_json);
    }
    let mut table = table(head);
    for row in rows {
        table.add_row(cells(row));
    }
    print(table)
}

fn table(head: &[&str]) -> Table {
    let mut table = Table::new();
    table
        .load_preset(UTF8_HORIZONTAL_ONLY)
        .set_header(head)
        .remove_style(TableComponent::HorizontalLines)
        .remove_style(TableComponent::MiddleIntersections)
        .remove_style(TableComponent::LeftBorderIntersections)
        .remove_style(TableComponent::RightBorderIntersections);
    // What explains itself at length is broken into lines.
    let at_most = ColumnConstraint::UpperBoundary(Width::Fixed(WIDEST));
    table.set_constraints(head.iter().map(|_| at_most));
    table
}

/// A cell, empty for nothing.
pub(crate) fn text(value: Option<impl ToString>) -> String {
    value.map_or_else(String::new, |value| value.to_string())
}
