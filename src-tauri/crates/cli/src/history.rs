//! `history`: what was changed, and whether what was recorded of it is still the same.

use std::process::ExitCode;

use app::App;
use app::api::history::{self, ChangeView, CheckHistory, HistoryQuery, StepView, ValueForm};
use chrono::{DateTime, TimeZone};
use domain::{By, DocumentId};

use crate::output::{print, print_data};
use crate::text::{self, say, with_days, word};

/// So many steps are shown, unless another number is named.
const USUAL: u32 = 30;

/// `history [--document ID] [--limit N] | --check [--is-part HEAD]`
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Only what is about this document and its tasks.
    #[arg(long, value_name = "ID", conflicts_with_all = ["check", "is_part"])]
    document: Option<DocumentId>,
    /// At most so many.
    #[arg(long, value_name = "N")]
    limit: Option<u32>,
    /// Look whether the history is as it was recorded, and show its end.
    #[arg(long)]
    check: bool,
    /// Also whether it goes on from this end, which was kept elsewhere.
    #[arg(long, value_name = "HEAD")]
    is_part: Option<String>,
}

pub(crate) fn run(app: &App, arguments: Arguments, as_json: bool) -> anyhow::Result<ExitCode> {
    let Arguments { document, limit, check, is_part } = arguments;
    if check || is_part.is_some() {
        return checked(app, is_part, as_json);
    }
    let limit = Some(limit.unwrap_or(USUAL));
    let steps = history::list(app, HistoryQuery { limit, document, before: None, with_changes: Some(true) })?;
    if as_json {
        print_data(&steps)?;
        return Ok(ExitCode::SUCCESS);
    }
    let zone = app.settings()?.preferences()?.zone;
    for step in &steps {
        print(line(step, &zone))?;
        for change in &step.changes {
            print(format_args!("    {}", changed(step, change, &zone)))?;
        }
        if step.more > 0 {
            let more = step.more;
            print(say(format!("    … und {more} weitere"), format!("    … and {more} more")))?;
        }
        if step.forgotten {
            print(format_args!("    {}", word("", "history_forgotten")))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn checked(app: &App, head: Option<String>, as_json: bool) -> anyhow::Result<ExitCode> {
    let found = history::check(app, CheckHistory { head })?;
    let is_well = found.findings.is_empty() && found.is_part != Some(false);
    let code = if is_well { ExitCode::SUCCESS } else { ExitCode::FAILURE };
    if as_json {
        print_data(&found)?;
        return Ok(code);
    }
    let steps = found.steps;
    for finding in &found.findings {
        print(finding)?;
    }
    if found.findings.is_empty() {
        print(say(
            format!("{steps} Schritte, alle wie sie festgehalten wurden."),
            format!("{steps} steps, all as they were recorded."),
        ))?;
    }
    match found.is_part {
        Some(true) => {
            print(say(
                "Der Verlauf setzt dieses Ende unverändert fort.",
                "The history goes on from this end unchanged.",
            ))?;
        }
        Some(false) => print(say(
            "Dieses Ende kommt im Verlauf nicht vor: Er wurde gekürzt, ersetzt oder geändert.",
            "This end is not in the history: it was cut, replaced or changed.",
        ))?,
        None => {}
    }
    if let Some(head) = &found.head {
        print(format_args!("{} {head}", say("Ende:", "End:")))?;
    }
    Ok(code)
}

/// When, who, what, and about what.
fn line<Z: TimeZone>(step: &StepView, zone: &Z) -> String {
    let who = match (&step.by, &step.by_name) {
        (By::Person, _) => word("", "by_person"),
        (By::Program, _) => word("", "by_program"),
        (By::Rule(_), _) => word("", "by_rule"),
        (By::Sync(_), _) => word("", "by_sync"),
        (By::Key(_), Some(name)) => format!("{} „{name}“", word("", "by_key")),
        (By::Key(_), None) => word("", "by_key"),
    };
    let label = step.label.as_deref().map(|label| format!(": {label}")).unwrap_or_default();
    let undone = if step.undone { say(" (zurückgenommen)", " (undone)") } else { "" };
    format!("{}  {who}  {}{label}{undone}", text::instant(step.at, zone), word("op_", &step.op))
}

/// Which value, what it was, and what it is.
fn changed<Z: TimeZone>(step: &StepView, change: &ChangeView, zone: &Z) -> String {
    let what = if change.is_field { word("field_", &change.value) } else { known(&change.value) };
    let named = change.name.as_deref().filter(|name| step.label.as_deref() != Some(*name));
    let of = named.map(|name| format!(" ({name})")).unwrap_or_default();
    let said =
        |value: &Option<String>| value.as_deref().map_or_else(|| "–".to_owned(), |value| spoken(change, value, zone));
    format!("{what}{of}: {} → {}", said(&change.old), said(&change.new))
}

/// What a value is called: as a change says it, else as elsewhere.
fn known(value: &str) -> String {
    let key = format!("changed_{value}");
    let found = word("", &key);
    if found == key { word("", value) } else { found }
}

/// A value as people write it.
fn spoken<Z: TimeZone>(change: &ChangeView, value: &str, zone: &Z) -> String {
    let instant = |value: &str| {
        DateTime::parse_from_rfc3339(value).map_or_else(|_| value.to_owned(), |at| text::instant(at.to_utc(), zone))
    };
    match change.form {
        ValueForm::Text | ValueForm::Day => with_days(value),
        ValueForm::Instant => instant(value),
        ValueForm::Kind => word("kind_", value),
        ValueForm::State => word("state_", value),
        ValueForm::Status => word("status_", value),
        ValueForm::TaskKind => word("task_", value),
        ValueForm::DoneHow => word("done_how_", value),
        ValueForm::Urgency => word("urgency_", value),
        ValueForm::Relation => word("relation_", value),
        ValueForm::Flag if value == "0" => say("nein", "no").to_owned(),
        ValueForm::Flag => say("ja", "yes").to_owned(),
    }
}
