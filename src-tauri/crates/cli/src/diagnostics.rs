//! `diagnostics`: a report on how the program is, to look at and to save.

use std::path::PathBuf;
use std::process::ExitCode;

use app::App;
use app::api::diagnostics::{self, SaveDiagnostics};

use crate::output::{print, print_data, tell};
use crate::text::say;

/// `diagnostics [--save DIR]`
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Save the report in this folder, too.
    #[arg(long, value_name = "DIR")]
    save: Option<PathBuf>,
}

pub(crate) fn run(app: &App, arguments: &Arguments, as_json: bool) -> anyhow::Result<ExitCode> {
    let shown = diagnostics::get(app, ())?;
    if as_json {
        print_data(&shown)?;
    } else {
        print(shown.text.trim_end())?;
    }
    if let Some(folder) = &arguments.save {
        let folder = std::path::absolute(folder)?.display().to_string();
        let path = diagnostics::save(app, SaveDiagnostics { folder })?.path;
        tell(say(format!("Gespeichert: {path}"), format!("Saved: {path}")));
    }
    Ok(ExitCode::SUCCESS)
}
