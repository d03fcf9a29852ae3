//! `export DIR` and `import --from-export DIR`: everything out of the program, and back.

use std::io::IsTerminal as _;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use app::api::moves;
use app::{App, AppEvent, Brought, Exported, MoveProblem, MoveStep, MoveView};

use crate::output::{self, print, print_data};
use crate::text::{self, say};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// A new or an empty folder.
    #[arg(value_name = "DIR")]
    folder: PathBuf,
}

pub(crate) fn run(app: &Arc<App>, arguments: &Arguments, as_json: bool) -> anyhow::Result<ExitCode> {
    show_progress(app);
    let exported = app.export(&arguments.folder, false)?;
    if as_json {
        print_data(&exported)?;
    }
    tell(&exported.problems);
    if !as_json {
        let Exported { folder, documents, tasks, files, .. } = &exported;
        print(say(
            format!("{documents} Dokumente, {tasks} Aufgaben, {files} Dateien in {folder}"),
            format!("{documents} documents, {tasks} tasks, {files} files in {folder}"),
        ))?;
    }
    Ok(code(&exported.problems))
}

pub(crate) fn bring(app: &Arc<App>, folder: &std::path::Path, as_json: bool) -> anyhow::Result<ExitCode> {
    show_progress(app);
    let brought = app.bring_export(folder)?;
    if as_json {
        print_data(&brought)?;
    }
    tell(&brought.problems);
    if !as_json {
        let Brought { documents, tasks, originals, .. } = &brought;
        print(say(
            format!("{documents} Dokumente, {tasks} Aufgaben, {originals} Originale sind wieder da"),
            format!("{documents} documents, {tasks} tasks, {originals} originals are back"),
        ))?;
    }
    Ok(code(&brought.problems))
}

/// Says what could not come along, one line each.
pub(crate) fn tell(problems: &[MoveProblem]) {
    for problem in problems {
        output::tell(format_args!("workmate-cli: {}", text::error(problem.code, &problem.message)));
    }
}

pub(crate) fn code(problems: &[MoveProblem]) -> ExitCode {
    if problems.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// To who sits before the terminal, how far it is.
pub(crate) fn show_progress(app: &Arc<App>) {
    if !std::io::stderr().is_terminal() {
        return;
    }
    let weak = Arc::downgrade(app);
    app.subscribe(move |event| {
        let AppEvent::Changed(_) = event else { return };
        let Some(app) = weak.upgrade() else { return };
        match moves::status(&app, ()) {
            Ok(Some(view)) => output::tell_progress(format_args!("\r{}", line(view))),
            Ok(None) => output::tell_progress(format_args!("\r{:30}\r", "")),
            Err(error) => tracing::debug!(%error, "the progress is not shown"),
        }
    });
}

fn line(MoveView { step, done, total, .. }: MoveView) -> String {
    let step = match step {
        MoveStep::Checking => say("Prüfen", "Checking"),
        MoveStep::Writing => say("Schreiben", "Writing"),
        MoveStep::Syncing => say("Sichern", "Syncing"),
        MoveStep::Reading => say("Dokumente", "Documents"),
        MoveStep::Originals => say("Originale", "Originals"),
    };
    format!("{:30}", format!("{step} {done}/{total}"))
}
