//! `generate`: a made-up profile of any size.

use std::process::ExitCode;

use app::App;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// How many documents to add.
    #[arg(long, default_value_t = 1000)]
    documents: u32,
}

pub(crate) fn run(app: &App, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    app.generate(arguments.documents, |done| {
        if done % 1000 == 0 || done == arguments.documents {
            eprintln!("{done} documents");
        }
    })?;
    Ok(ExitCode::SUCCESS)
}
