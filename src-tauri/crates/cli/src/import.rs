//! `import FILE|DIR… [--wait]`: take files in through the same queue as the inbox folder.

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use app::{App, EngineOptions, ImportOutcome, Imported, Supervisor};
use domain::{FailureClass, FailureCode, FileId, SourceId};

use crate::export;
use crate::output::{Said, print, print_data, tell};
use crate::paperless;
use crate::passwords::PasswordFile;
use crate::text::{self, say};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Files or folders; folders are walked.
    #[arg(required_unless_present_any = ["from_export", "from_paperless"], value_name = "FILE|DIR")]
    paths: Vec<PathBuf>,
    /// Bring back what `export` wrote into this folder; into an empty profile.
    #[arg(long, value_name = "DIR", conflicts_with_all = ["paths", "wait", "passwords"])]
    from_export: Option<PathBuf>,
    /// Take in an export of paperless-ngx: a folder or a ZIP.
    #[arg(long, value_name = "DIR", conflicts_with_all = ["paths", "wait", "passwords", "from_export"])]
    from_paperless: Option<PathBuf>,
    /// Only say what that would do.
    #[arg(long, requires = "from_paperless")]
    preview: bool,
    /// Wait until everything is read; reads here if no other process does.
    #[arg(long)]
    wait: bool,
    #[command(flatten)]
    passwords: PasswordFile,
}

pub(crate) fn run(app: &Arc<App>, arguments: &Arguments, as_json: bool) -> anyhow::Result<ExitCode> {
    if let Some(folder) = &arguments.from_export {
        return export::bring(app, folder, as_json);
    }
    if let Some(path) = &arguments.from_paperless {
        return if arguments.preview {
            paperless::preview(app, path, as_json)
        } else {
            paperless::import(app, path, as_json)
        };
    }
    let paths: Vec<PathBuf> = arguments.paths.iter().map(std::path::absolute).collect::<Result<_, _>>()?;
    if let [folder] = paths.as_slice()
        && app.look_at_export(folder).is_ok()
    {
        let shown = folder.display();
        let message = say(
            format!("{shown} ist ein Auszug von Workmate: „import --from-export“ holt ihn mit allem zurück."),
            format!("{shown} is an export of Workmate: “import --from-export” brings it back with all there is."),
        );
        return Err(Said::new(FailureCode::BadInput, message).into());
    }
    let passwords = arguments.passwords.read()?;
    if !passwords.is_empty()
        && let Err(error) = app.keep_passwords(&passwords)
    {
        let known = say("Die Passwörter kennt nur dieser Lauf", "The passwords are known to this run only");
        tell(format_args!("workmate-cli: {known}: {error}"));
    }
    // The engine reads the first files while the others are taken in. If another process runs the engine, that one
    // reads; if it ends before, this process goes on.
    let supervisor = arguments.wait.then(|| Supervisor::start(app, "import", EngineOptions::JOBS)).transpose()?;
    if let Some(failure) = supervisor.as_ref().and_then(Supervisor::failure) {
        return Err(failure.into());
    }
    let mut imported = app.import(&paths, SourceId::Import)?;
    if arguments.wait {
        let files: Vec<FileId> = imported.iter().filter_map(|one| one.file.clone()).collect();
        app.wait_for(&files, Duration::from_millis(50))?;
        for one in &mut imported {
            if let Some(file) = &one.file {
                one.document = app.document_of(file)?;
                one.message = one.message.take().or(app.failure_of(file)?);
            }
        }
    }
    // A container, such as an archive, becomes no document of its own.
    let failed =
        |one: &Imported| one.document.is_none() && (one.outcome == ImportOutcome::Refused || one.message.is_some());
    if as_json {
        print_data(&imported)?;
    }
    for one in &imported {
        if failed(one) {
            // The message names the file.
            let message = one.message.as_deref().unwrap_or_default();
            let words = one.code.map_or_else(|| message.to_owned(), |code| text::error(code, message));
            let is_about_the_disk = one.code.is_some_and(|code| code.class() == FailureClass::OwnDisk);
            // That of the disk names the disk.
            let words = if is_about_the_disk { format!("{}: {words}", one.path) } else { words };
            tell(format_args!("workmate-cli: {words}"));
        } else if !as_json {
            let word = match (one.document, one.outcome) {
                (Some(document), _) => document.to_string(),
                (None, ImportOutcome::Taken) if arguments.wait => say("ausgepackt", "unpacked").to_owned(),
                (None, ImportOutcome::Taken) => say("wartet", "queued").to_owned(),
                (None, ImportOutcome::Duplicate | ImportOutcome::Refused) => say("schon da", "known").to_owned(),
            };
            print(format_args!("{word}  {}", one.path))?;
        }
    }
    Ok(if imported.iter().any(failed) { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}
