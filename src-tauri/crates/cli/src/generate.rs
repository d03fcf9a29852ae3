//! `generate`: adds generated documents to a profile, to try a large one or to measure it.

use std::process::ExitCode;

use app::App;
use serde_json::json;

use crate::output::{print_data, tell};
use crate::text::say;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// How many documents to add.
    #[arg(long, value_name = "N", default_value_t = 1000)]
    documents: u32,
}

pub(crate) fn run(app: &App, arguments: &Arguments, as_json: bool) -> anyhow::Result<ExitCode> {
    let text = app.generate(arguments.documents, |done| {
        if done % 1000 == 0 || done == arguments.documents {
            tell(format_args!("{done} {}", say("Dokumente", "documents")));
        }
    })?;
    if as_json {
        print_data(&json!({"documents": arguments.documents, "text_bytes": text}))?;
    }
    tell(format_args!("{:.1} {}", text as f64 / 1e6, say("MB Text", "MB of text")));
    Ok(ExitCode::SUCCESS)
}
