//! `workmate-cli`: subcommands for people and scripts, and the loopback server. The only room with server code.
//!
//! May import `app` and `domain`. One file for each subcommand; data goes to standard output, messages to standard
//! error; exit code 0 is success, 1 failure, 2 wrong usage.
#![expect(clippy::print_stderr, reason = "messages go to standard error")]

mod codes;
mod generate;
mod import;
mod inspect;
mod list;
mod passwords;
mod search;
mod serve;
mod watch;

use std::io::{ErrorKind, IsTerminal as _, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use app::{App, Parts, Profile};
use clap::{Parser, Subcommand};

/// Workmate Private on the command line.
#[derive(Parser)]
#[command(name = "workmate-cli", version)]
struct Cli {
    /// Data folder, instead of the usual one.
    #[arg(long, global = true, value_name = "DIR")]
    profile: Option<PathBuf>,
    /// Print JSON instead of text.
    #[arg(long, global = true)]
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
    /// Take files in through the same queue as the inbox folder.
    Import(import::Arguments),
    /// Run the whole engine without a window: inbox folder, jobs, reminders.
    Watch,
    /// List documents, newest first; with words, those that fit.
    Documents(search::Arguments),
    /// Find documents: words, "exact words", -not, von:, art:, betrag:>100, datum:2025 …
    Search(search::Arguments),
    /// List open tasks by day.
    Tasks(list::TaskArguments),
    /// List reminders that are still to come.
    Reminders,
    /// Add made-up documents, to try and to measure with.
    Generate(generate::Arguments),
    /// Run any command of the list; without a name, list them all.
    Call(list::CallArguments),
    /// Offer the interface on this computer only, for a browser.
    Serve(serve::Arguments),
    /// Print the TypeScript side of the command list.
    #[command(hide = true)]
    Bindings,
}

fn main() -> ExitCode {
    if let Some(ended) = app::serve_as_reader() {
        return ended;
    }
    let cli = Cli::parse();
    let filter = tracing_subscriber::EnvFilter::try_from_env("WORKMATE_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .init();
    match run(cli) {
        Ok(code) => code,
        // The program at the other end of the pipe has closed it: no error.
        Err(error) if error.downcast_ref::<std::io::Error>().is_some_and(|e| e.kind() == ErrorKind::BrokenPipe) => {
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("workmate-cli: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Prints one piece of data to standard output.
fn print(data: impl std::fmt::Display) -> std::io::Result<()> {
    writeln!(std::io::stdout().lock(), "{data}")
}

/// Prints a view as a line of JSON.
fn print_json(view: &impl serde::Serialize) -> std::io::Result<()> {
    print(serde_json::to_string(view)?)
}

fn run(cli: Cli) -> anyhow::Result<ExitCode> {
    let open = || -> anyhow::Result<Arc<App>> {
        Ok(App::open(Profile::locate(cli.profile.as_deref())?, Parts::with_children())?)
    };
    match cli.command {
        Command::Inspect(arguments) => inspect::run(&arguments, cli.json),
        Command::Codes(arguments) => codes::run(&arguments, cli.json),
        Command::Import(arguments) => import::run(&open()?, &arguments, cli.json),
        Command::Watch => watch::run(&open()?),
        Command::Documents(arguments) if arguments.is_empty() => list::documents(&*open()?, cli.json),
        Command::Documents(arguments) | Command::Search(arguments) => search::run(&*open()?, &arguments, cli.json),
        Command::Tasks(arguments) => list::tasks(&*open()?, arguments, cli.json),
        Command::Reminders => list::reminders(&*open()?, cli.json),
        Command::Generate(_) if cli.profile.is_none() => {
            anyhow::bail!("Made-up documents do not belong among real ones: name a folder for them with --profile.")
        }
        Command::Generate(arguments) => generate::run(&*open()?, &arguments),
        Command::Call(arguments) => list::call(&*open()?, arguments),
        Command::Serve(arguments) => serve::run(&open()?, &arguments),
        Command::Bindings => {
            print(app::typescript().trim_end())?;
            Ok(ExitCode::SUCCESS)
        }
    }
}
