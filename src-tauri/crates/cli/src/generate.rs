//! `generate`: adds generated documents to a profile, to try a large one or to measure it.

use std::process::ExitCode;

use app::App;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// How many documents to add.
    #[arg(long, default_value_t = 1000)]
    documents: u32,
}

pub(crate) fn run(app: &App, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let text = app.generate(arguments.documents, |done| {
        if done % 1000 == 0 || done == arguments.documents {
            eprintln!("{done} documents");
        }
    })?;
    eprintln!("{:.1} MB of text", text as f64 / 1e6);
    Ok(ExitCode::SUCCESS)
}
