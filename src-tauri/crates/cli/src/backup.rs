//! `backup`, `restore` and `verify`: copies of the profile, the way back, and whether everything is whole.

use std::io::Read as _;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context as _;
use app::api::backups;
use app::{
    App, BackupFolder, FindingKind, Parts, Profile, RestoreFrom, Unwatched, VerificationView, VerifyQuery, Watcher,
    restore, states,
};
use domain::FailureCode;

use crate::encryption::PasswordSource;
use crate::output::{Said, print, print_data, tell};
use crate::text::say;

/// `backup [--to DIR]`
#[derive(clap::Args)]
pub(crate) struct BackupArguments {
    /// Make backups into this folder from now on; the words are asked for, or made and printed where there is none yet.
    #[arg(long, value_name = "DIR")]
    to: Option<PathBuf>,
    /// Read the twelve words from standard input instead of making new ones.
    #[arg(long, requires = "to")]
    words_from_stdin: bool,
}

/// `restore DIR`
#[derive(clap::Args)]
pub(crate) struct RestoreArguments {
    /// The backup folder. Its twelve words are read from standard input.
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// Only list the states that can be brought back.
    #[arg(long)]
    list: bool,
    /// Bring back this state instead of the newest: the beginning of its id.
    #[arg(long, value_name = "ID")]
    state: Option<String>,
}

/// `verify`
#[derive(clap::Args)]
pub(crate) struct VerifyArguments {
    /// Read only a part of the originals, such as 1/10.
    #[arg(long, value_name = "N/M", value_parser = part)]
    read_data_subset: Option<(u32, u32)>,
}

fn part(written: &str) -> Result<(u32, u32), String> {
    let (part, parts) = written.split_once('/').ok_or("N/M")?;
    match (part.parse(), parts.parse()) {
        (Ok(part), Ok(parts)) if (1..=parts).contains(&part) => Ok((part, parts)),
        _ => Err("N/M".to_owned()),
    }
}

pub(crate) fn back_up(app: &Arc<App>, arguments: BackupArguments, as_json: bool) -> anyhow::Result<ExitCode> {
    if let Some(folder) = arguments.to {
        let folder = std::path::absolute(folder)?.display().to_string();
        let words = if arguments.words_from_stdin { typed_words()? } else { backups::words(app, ())? };
        let set_up = backups::set_up(app, BackupFolder { folder, words: words.clone() })?;
        if !arguments.words_from_stdin && !as_json {
            print(say(
                format!(
                    "Diese zwölf Wörter öffnen die Sicherung. Bitte auf Papier schreiben und gut aufheben: sie stehen sonst \
                     nirgends.\n\n    {words}\n"
                ),
                format!(
                    "These twelve words open the backup. Please write them down on paper and keep them safe: they are \
                     stored nowhere else.\n\n    {words}\n"
                ),
            ))?;
        }
        if as_json && !arguments.words_from_stdin {
            tell(&words);
        }
        drop(set_up);
    }
    let row = app.back_up(&|| false)?;
    let view = backups::get(app, ())?;
    if as_json {
        print_data(&view)?;
    } else if let Ok(made) = row.outcome {
        let (files, size) = (made.files, size(made.added));
        print(say(
            format!("Gesichert und geprüft: {files} Dateien, {size} neu."),
            format!("Backed up and verified: {files} files, {size} new."),
        ))?;
    }
    Ok(ExitCode::SUCCESS)
}

pub(crate) fn bring_back(
    profile: &Profile,
    arguments: &RestoreArguments,
    passwords: &PasswordSource,
    as_json: bool,
) -> anyhow::Result<ExitCode> {
    let folder = std::path::absolute(&arguments.folder)?;
    if !arguments.list && profile.is_there() {
        let named = profile.folder.display();
        return Err(Said::new(
            FailureCode::FolderNotEmpty,
            say(
                format!(
                    "In {named} ist schon ein Profil. Mit --profile einen neuen Ordner nennen, oder im Fenster zurückspielen: \
                     dort bleibt das alte daneben liegen."
                ),
                format!(
                    "There is a profile in {named} already. Name a new folder with --profile, or restore in the window, which \
                     keeps the old one beside it."
                ),
            ),
        )
        .into());
    }
    let words = typed_words()?;
    if arguments.list {
        let found = states(&folder, &words)?;
        if as_json {
            print_data(&found)?;
        } else {
            for state in found {
                let id = state.id.get(..12).unwrap_or(&state.id);
                print(format_args!(
                    "{id}  {}  {}  {}",
                    state.at.format("%Y-%m-%d %H:%M UTC"),
                    say(format!("{} Dateien", state.files), format!("{} files", state.files)),
                    size(state.bytes)
                ))?;
            }
        }
        return Ok(ExitCode::SUCCESS);
    }
    let password = passwords.file.as_ref().map(|_| passwords.password("")).transpose()?;
    let from = RestoreFrom {
        folder: &folder,
        words: &words,
        state: arguments.state.as_deref(),
        password: password.as_deref(),
    };
    let parts = Parts::real();
    let watcher: Arc<dyn Watcher> = Arc::new(Unwatched);
    let restored = restore(profile, &from, (parts.clock, parts.ids), &watcher)?;
    if as_json {
        print_data(&restored)?;
    } else {
        let (letters, at, to) = (restored.letters, restored.at.format("%Y-%m-%d %H:%M UTC"), profile.folder.display());
        print(say(
            format!("Zurückgespielt: der Stand vom {at} mit {letters} Originalen, in {to}."),
            format!("Restored: the state of {at} with {letters} originals, into {to}."),
        ))?;
        for finding in &restored.findings {
            print(say(
                format!("Schon beim Sichern nicht in Ordnung: {finding}"),
                format!("Not in order when it was backed up: {finding}"),
            ))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

pub(crate) fn verify(app: &App, arguments: &VerifyArguments, as_json: bool) -> anyhow::Result<ExitCode> {
    let (part, parts) = arguments.read_data_subset.unzip();
    let view = backups::verify(app, VerifyQuery { part, parts })?;
    let VerificationView { originals, bytes, steps, findings, more, .. } = &view;
    let code = if findings.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE };
    if as_json {
        print_data(&view)?;
        return Ok(code);
    }
    let size = size(*bytes);
    print(say(
        format!(
            "{originals} Originale gelesen ({size}), dazu die Datenbank, der Suchindex und {steps} Schritte des Verlaufs."
        ),
        format!(
            "{originals} originals read ({size}), the database, the search index and {steps} steps of the history."
        ),
    ))?;
    if findings.is_empty() {
        print(say("Alles ist da und unverändert.", "Everything is there and unchanged."))?;
    }
    for finding in findings {
        let where_to = finding.path.as_deref().map(|path| format!(" ({path})")).unwrap_or_default();
        print(format_args!("{}: {}{where_to}", sort(finding.finding), finding.what))?;
    }
    if *more > 0 {
        print(say(format!("… und {more} weitere."), format!("… and {more} more.")))?;
    }
    Ok(code)
}

fn sort(finding: FindingKind) -> &'static str {
    match finding {
        FindingKind::Missing => say("Das Original fehlt", "The original is missing"),
        FindingKind::Changed => say("Das Original hat sich geändert", "The original has changed"),
        FindingKind::Unreadable => say("Nicht zu lesen", "Cannot be read"),
        FindingKind::Unknown => say("Gehört zu keinem Brief", "Belongs to no letter"),
        FindingKind::Database => say("Die Datenbank ist beschädigt", "The database is damaged"),
        FindingKind::Reference => say("Ein Eintrag verweist ins Leere", "An entry refers to nothing"),
        FindingKind::Index => {
            say("Briefe, die der Suchindex nicht kennt", "Letters that the search index does not know")
        }
        FindingKind::History => say("Der Verlauf ist nicht, wie er war", "The history is not as it was"),
    }
}

/// The words from standard input: other users of the computer see the command line.
fn typed_words() -> anyhow::Result<String> {
    let mut words = String::new();
    std::io::stdin()
        .lock()
        .take(10_000)
        .read_to_string(&mut words)
        .with_context(|| say("Die Wörter lassen sich nicht lesen", "the words cannot be read"))?;
    Ok(words)
}

/// Bytes in the unit in which they are few.
fn size(bytes: u64) -> String {
    let units = ["B", "kB", "MB", "GB", "TB"];
    let at = usize::try_from(bytes.max(1).ilog10() / 3).unwrap_or_default().min(units.len() - 1);
    let unit = units.get(at).copied().unwrap_or_default();
    format!("{} {unit}", bytes / 1_000_u64.pow(u32::try_from(at).unwrap_or_default()))
}
