//! `workmate-cli`: subcommands for people and scripts, and the loopback server. The only room with server code.
//!
//! May import `app` and `domain`. One file for each subcommand; data goes to standard output, messages to standard
//! error; exit code 0 is success, 1 failure, 2 wrong usage.

mod adopt;
mod backup;
mod call;
mod codes;
mod diagnostics;
mod encryption;
mod export;
mod generate;
mod german_commands;
mod german_failures;
mod help;
mod history;
mod import;
mod inspect;
mod keys;
mod list;
mod output;
mod paperless;
mod passwords;
mod search;
mod serve;
mod text;
mod watch;
mod written_days;

use std::io::ErrorKind;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use app::{App, Profile};
use clap::{FromArgMatches as _, Parser, Subcommand};
use domain::FailureCode;

use crate::encryption::PasswordSource;
use crate::output::{Said, print};
use crate::text::{locale, say};

/// Workmate Private on the command line.
#[derive(Parser)]
#[command(name = "workmate-cli", version)]
struct Cli {
    /// Data folder, instead of the usual one.
    #[arg(long, global = true, value_name = "DIR", display_order = 900)]
    profile: Option<PathBuf>,
    /// The first line of this file is the password of encrypted data; `-` for standard input.
    #[arg(long, global = true, value_name = "FILE", display_order = 902)]
    password_file: Option<PathBuf>,
    /// Print JSON instead of text; `workmate-cli --help` says in which form.
    #[arg(long, global = true, display_order = 901)]
    json: bool,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Read and understand files, store nothing.
    Inspect(inspect::Arguments),
    /// Read the codes on files (QR codes, bar codes), store nothing.
    Codes(codes::Arguments),
    /// Take files in, as from the inbox folder.
    Import(import::Arguments),
    /// Write everything into a folder, readable without this program.
    Export(export::Arguments),
    /// Run everything without a window: inbox folder, reading, reminders.
    Watch,
    /// List documents, newest first; with words, those that fit.
    Documents(search::Arguments),
    /// Find documents: words, "exact words", -not, from:, kind:, amount:>100, date:2025 …
    Search(search::Arguments),
    /// List open tasks by day.
    Tasks(list::TaskArguments),
    /// List reminders that are still to come.
    Reminders,
    /// What was changed, by whom and when, with old and new values; newest first.
    History(history::Arguments),
    /// Back up everything, encrypted, into a folder that restic can read; verified before it counts.
    Backup(backup::BackupArguments),
    /// Bring a backup back as a new profile.
    Restore(backup::RestoreArguments),
    /// Look whether every original is there and unchanged, and whether the database is whole.
    Verify(backup::VerifyArguments),
    /// Show a report for who looks into a fault: versions, numbers, errors, log; nothing of a letter.
    Diagnostics(diagnostics::Arguments),
    /// Add made-up documents, to try and to measure with.
    Generate(generate::Arguments),
    /// Run any command of the program; without a name, list them all.
    #[command(disable_help_flag = true)]
    Call(call::Arguments),
    /// Offer the interface on this computer only, for a browser.
    Serve(serve::Arguments),
    /// List the keys with which other programs may use the server, make one or revoke it.
    Keys(keys::Arguments),
    /// Whether the data is encrypted; encrypt it, or end that.
    Encryption(encryption::Arguments),
    /// Make a new database where the old one is gone, damaged or another profile's; take in all originals again.
    Adopt,
    /// Print the TypeScript types of all commands.
    #[command(hide = true)]
    Bindings,
}

fn main() -> ExitCode {
    if let Some(ended) = app::serve_as_reader() {
        return ended;
    }
    let parsed = help::command(locale()).try_get_matches().and_then(|found| Cli::from_arg_matches(&found));
    let cli = match parsed {
        Ok(cli) => cli,
        Err(refused) => return help::refuse(&refused, locale()),
    };
    app::log::init();
    let as_json = cli.json;
    match run(cli) {
        Ok(code) => code,
        // The program at the other end of the pipe has closed it: no error.
        Err(error) if error.downcast_ref::<std::io::Error>().is_some_and(|e| e.kind() == ErrorKind::BrokenPipe) => {
            ExitCode::SUCCESS
        }
        Err(error) => {
            output::report(&error, as_json);
            ExitCode::FAILURE
        }
    }
}

fn run(cli: Cli) -> anyhow::Result<ExitCode> {
    let Cli { profile, password_file, json, command } = cli;
    let passwords = PasswordSource { file: password_file };
    let open = |may_be_made: bool| -> anyhow::Result<Arc<App>> {
        let found = Profile::locate(profile.as_deref())?;
        if !may_be_made && !found.is_there() {
            return Err(no_profile(&found).into());
        }
        let open = if may_be_made { App::open } else { App::open_to_look };
        passwords.unlocking(&found, |parts| open(found.clone(), parts))
    };
    match command {
        Command::Inspect(arguments) => inspect::run(&arguments, json),
        Command::Codes(arguments) => codes::run(&arguments, json),
        Command::Import(arguments) => import::run(&open(true)?, &arguments, json),
        Command::Export(arguments) => export::run(&open(false)?, &arguments, json),
        Command::Watch => watch::run(&open(true)?),
        Command::Documents(arguments) if arguments.is_empty() => list::documents(&*open(false)?, arguments.limit, json),
        Command::Documents(arguments) | Command::Search(arguments) => search::run(&*open(false)?, &arguments, json),
        Command::Tasks(arguments) => list::tasks(&*open(false)?, arguments, json),
        Command::Reminders => list::reminders(&*open(false)?, json),
        Command::History(arguments) => history::run(&*open(false)?, arguments, json),
        Command::Backup(arguments) => backup::back_up(&open(false)?, arguments, json),
        Command::Restore(arguments) => {
            backup::bring_back(&Profile::locate(profile.as_deref())?, &arguments, &passwords, json)
        }
        Command::Verify(arguments) => backup::verify(&*open(false)?, &arguments, json),
        Command::Diagnostics(arguments) => diagnostics::run(&*open(false)?, &arguments, json),
        Command::Generate(_) if profile.is_none() => Err(Said::new(
            FailureCode::BadProfile,
            say(
                "Erfundene Dokumente gehören nicht zwischen echte: mit --profile einen Ordner für sie nennen.",
                "Made-up documents do not belong among real ones: name a folder for them with --profile.",
            ),
        )
        .into()),
        Command::Generate(arguments) => generate::run(&*open(true)?, &arguments, json),
        Command::Call(arguments) if arguments.asks_for_own_help() => {
            print(help::of("call", locale()))?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Call(arguments) => call::run(open, &arguments, json),
        Command::Serve(arguments) => serve::run(&open(true)?, &arguments, json),
        Command::Keys(arguments) => keys::run(&*open(false)?, arguments, json),
        Command::Encryption(arguments) => {
            let found = Profile::locate(profile.as_deref())?;
            if !found.is_there() {
                return Err(no_profile(&found).into());
            }
            encryption::run(&found, arguments, &passwords, json)
        }
        Command::Adopt => adopt::run(&Profile::locate(profile.as_deref())?, &passwords, json),
        Command::Bindings => {
            print(app::typescript().trim_end())?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

/// Who only looks makes nothing: a folder with a typing error is no new profile.
fn no_profile(profile: &Profile) -> Said {
    let folder = profile.folder.display();
    let message = say(
        format!(
            "In {folder} ist noch kein Profil. „workmate-cli import DATEI…“ legt es an, das Fenster auch; oder mit --profile \
             einen anderen Ordner nennen."
        ),
        format!(
            "There is no profile in {folder} yet. “workmate-cli import FILE…” makes it, and so does the window; or name \
             another folder with --profile."
        ),
    );
    Said::new(FailureCode::BadProfile, message)
}
