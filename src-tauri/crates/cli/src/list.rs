//! `documents`, `tasks`, `reminders` and `call`: the command list from a terminal.

use std::process::ExitCode;

use app::{App, COMMANDS, Failure};
use chrono::DateTime;
use comfy_table::{ColumnConstraint, Table, TableComponent, Width, presets::UTF8_HORIZONTAL_ONLY};
use serde_json::{Value, json};

use crate::print;

/// Letters in a cell.
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
    let list = app.dispatch("documents.list", json!({"limit": u32::MAX}))?;
    show(&list["items"], as_json, &["Document", "Kind", "State", "Date", "Due", "Amount", "Pages"], |row| {
        vec![
            text(row, "title"),
            text(row, "kind"),
            text(row, "state"),
            text(row, "issue_date"),
            text(row, "due_date"),
            money(row),
            text(row, "page_count"),
        ]
    })?;
    Ok(ExitCode::SUCCESS)
}

pub(crate) fn tasks(app: &App, arguments: TaskArguments, as_json: bool) -> anyhow::Result<ExitCode> {
    let list = app.dispatch("tasks.list", json!({"filter": if arguments.all { "all" } else { "open" }}))?;
    show(&list, as_json, &["Task", "For", "Due", "Latest", "Amount", "Urgency", "Status", "Why"], |row| {
        let due = text(row, "due") + if row["assumed"] == json!(true) { "?" } else { "" };
        let urgency = text(&row["priority"], "urgency");
        vec![
            text(row, "kind"),
            text(row, "title"),
            due,
            text(row, "latest"),
            money(row),
            urgency,
            text(row, "status"),
            text(row, "why"),
        ]
    })?;
    Ok(ExitCode::SUCCESS)
}

pub(crate) fn reminders(app: &App, as_json: bool) -> anyhow::Result<ExitCode> {
    let list = app.dispatch("reminders.list", Value::Null)?;
    let zone = app.settings()?.preferences()?.zone;
    show(&list, as_json, &["Next", "Stage", "State", "About"], |row| {
        let next = DateTime::parse_from_rfc3339(&text(row, "next_at"));
        let next = next.map_or_else(|_| String::new(), |at| at.with_timezone(&zone).format("%F %R").to_string());
        vec![next, text(row, "stage"), text(row, "state"), text(row, "title")]
    })?;
    Ok(ExitCode::SUCCESS)
}

pub(crate) fn call(app: &App, arguments: CallArguments) -> anyhow::Result<ExitCode> {
    let Some(name) = arguments.name else {
        let mut table = table(&["Command", "", "What it does"]);
        for command in COMMANDS {
            let access = match command.access() {
                app::command::Access::Read => "reads",
                app::command::Access::Write => "writes",
            };
            table.add_row([command.name(), access, command.summary()]);
        }
        print(table)?;
        return Ok(ExitCode::SUCCESS);
    };
    let input = arguments.input.map_or(Ok(Value::Null), |text| {
        serde_json::from_str(&text)
            .map_err(|error| Failure::new("bad_input", format!("The input is not JSON: {error}.")))
    });
    match input.and_then(|input| app.dispatch(&name, input)) {
        Ok(output) => {
            print(output)?;
            Ok(ExitCode::SUCCESS)
        }
        Err(failure) => {
            // Scripts read the failure where they would read the output.
            print(json!({"error": failure}))?;
            Err(failure.into())
        }
    }
}

pub(crate) fn show(
    rows: &Value,
    as_json: bool,
    head: &[&str],
    cells: impl Fn(&Value) -> Vec<String>,
) -> std::io::Result<()> {
    let rows = rows.as_array().map(Vec::as_slice).unwrap_or_default();
    if as_json {
        for row in rows {
            print(row)?;
        }
        return Ok(());
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

pub(crate) fn text(row: &Value, key: &str) -> String {
    match &row[key] {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

pub(crate) fn money(row: &Value) -> String {
    match &row["amount"] {
        Value::Null => String::new(),
        amount => format!("{} {}", text(amount, "amount"), text(amount, "currency")),
    }
}
