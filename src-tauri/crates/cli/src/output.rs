//! What goes to standard output: tables for people, one form of JSON for scripts.
//!
//! With `--json` a command prints one line: `{"data": …}`, lists as arrays, or `{"error": {"code", "message", "detail"}}`
//! when it failed. A question to `search` has its `answer` beside the data. `inspect` and `codes` print a line for each file as soon as it is looked at.

use std::fs::File;
use std::io::Write as _;
use std::path::Path;

use anyhow::Error;
use app::Failure;
use comfy_table::{CellAlignment, ColumnConstraint, Table, TableComponent, Width, presets::UTF8_HORIZONTAL_ONLY};
use domain::FailureCode;
use serde::Serialize;

use crate::text;

/// The most characters in a cell.
const WIDEST: u16 = 40;

/// A failure whose message is in the language of the system already.
#[derive(Debug, thiserror::Error)]
#[error("{}", .0.message)]
pub(crate) struct Said(Failure);

impl Said {
    pub(crate) fn new(code: FailureCode, message: impl Into<String>) -> Self {
        Self(Failure::new(code, message))
    }
}

/// Why a file could not be looked at, in the line of that file.
#[derive(Debug, Serialize)]
pub(crate) struct Why {
    pub(crate) code: FailureCode,
    pub(crate) message: String,
}

impl Why {
    pub(crate) fn unreadable(message: String) -> Self {
        Self { code: FailureCode::FileUnreadable, message }
    }

    pub(crate) fn open(path: &Path) -> Result<File, Self> {
        File::open(path).map_err(|error| Self::unreadable(format!("{} cannot be read: {error}", path.display())))
    }
}

impl From<Failure> for Why {
    fn from(Failure { code, message, .. }: Failure) -> Self {
        Self { code, message }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum Answer<'a, T> {
    Data(&'a T),
    Error(&'a Failure),
}

/// Prints one piece of data to standard output.
pub(crate) fn print(data: impl std::fmt::Display) -> std::io::Result<()> {
    writeln!(std::io::stdout().lock(), "{data}")
}

/// Says something on standard error. Whoever listened there may have ended: that is no reason to end as well.
pub(crate) fn tell(what: impl std::fmt::Display) {
    drop(writeln!(std::io::stderr().lock(), "{what}"));
}

/// Writes to standard error without ending the line; nobody may be there to read it.
pub(crate) fn tell_progress(what: impl std::fmt::Display) {
    drop(write!(std::io::stderr().lock(), "{what}"));
}

/// Prints a view as a line of JSON.
pub(crate) fn print_json(view: &impl Serialize) -> std::io::Result<()> {
    print(serde_json::to_string(view)?)
}

/// Prints the answer of a command for scripts.
pub(crate) fn print_data(data: &impl Serialize) -> std::io::Result<()> {
    print_json(&Answer::Data(data))
}

/// The same with the answer to the question that was asked beside the data: none where there is no answer.
pub(crate) fn print_answered<T: Serialize>(data: &[T], answer: Option<&impl Serialize>) -> std::io::Result<()> {
    #[derive(Serialize)]
    struct Answered<'a, T, A> {
        data: &'a [T],
        #[serde(skip_serializing_if = "Option::is_none")]
        answer: Option<&'a A>,
    }
    print_json(&Answered { data, answer })
}

/// Says why the program ends: to people on standard error, to scripts also as its answer.
pub(crate) fn report(error: &Error, as_json: bool) {
    let (failure, words) = match (error.downcast_ref::<Failure>(), error.downcast_ref::<Said>()) {
        (Some(failure), _) => (failure.clone(), text::error(failure.code, &failure.message)),
        (None, Some(Said(failure))) => (failure.clone(), failure.message.clone()),
        (None, None) => {
            let code = if error.chain().any(|cause| cause.is::<std::io::Error>()) {
                FailureCode::Io
            } else {
                FailureCode::Internal
            };
            (Failure::new(code, format!("{error:#}")), format!("{error:#}"))
        }
    };
    if as_json && let Err(unwritten) = print_json(&Answer::<()>::Error(&failure)) {
        tell(format_args!("workmate-cli: {unwritten}"));
    }
    tell(format_args!("workmate-cli: {words}"));
}

/// Prints rows: as a table, or as an array for scripts. The cells of a column that begins with `>` stand to the right.
pub(crate) fn show<T: Serialize>(
    rows: &[T],
    as_json: bool,
    head: &[&str],
    cells: impl Fn(&T) -> Vec<String>,
) -> std::io::Result<()> {
    if as_json {
        return print_data(&rows);
    }
    print(table(head, rows.iter().map(cells)))
}

fn table(head: &[&str], rows: impl Iterator<Item = Vec<String>>) -> Table {
    let mut table = Table::new();
    table
        .load_preset(UTF8_HORIZONTAL_ONLY)
        .set_header(head.iter().map(|name| name.trim_start_matches('>')))
        .remove_style(TableComponent::HorizontalLines)
        .remove_style(TableComponent::MiddleIntersections)
        .remove_style(TableComponent::LeftBorderIntersections)
        .remove_style(TableComponent::RightBorderIntersections);
    // What explains itself at length is broken into lines.
    let at_most = ColumnConstraint::UpperBoundary(Width::Fixed(WIDEST));
    table.set_constraints(head.iter().map(|_| at_most));
    for (column, name) in table.column_iter_mut().zip(head) {
        if name.starts_with('>') {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    table.add_rows(rows);
    table
}
