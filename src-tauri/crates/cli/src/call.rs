//! `call [NAME [INPUT]]`: any command of the list; `call NAME --help` says what it takes, with an example.

use std::io::IsTerminal as _;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Error;
use app::command::{Access, Command, InputView};
use app::{App, COMMANDS, Failure};
use domain::FailureCode;
use serde::Serialize;
use serde_json::Value;

use crate::german_commands;
use crate::output::{Said, print, print_data, show};
use crate::text::{self, say};
use crate::written_days;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Name of the command; without it, all are listed.
    name: Option<String>,
    /// Its input as JSON; `{}` or nothing if there is none.
    input: Option<String>,
    /// Print help: with a name, the input of that command and an example.
    #[arg(short, long)]
    help: bool,
}

impl Arguments {
    /// Is the help of `call` itself wanted?
    pub(crate) fn asks_for_own_help(&self) -> bool {
        self.help && self.name.is_none()
    }
}

/// A command as shown.
#[derive(Serialize)]
struct CommandView {
    name: &'static str,
    access: &'static str,
    summary: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    input: Option<InputView>,
}

impl CommandView {
    fn of(command: &dyn Command) -> Self {
        let access = match command.access() {
            Access::Reads(_) => "reads",
            Access::Writes => "writes",
        };
        let name = command.name();
        let summary = say(german_commands::summary(name), None).unwrap_or_else(|| command.summary());
        Self { name, access, summary, input: None }
    }
}

/// `open` is told whether the profile may be made.
pub(crate) fn run(
    open: impl Fn(bool) -> anyhow::Result<Arc<App>>,
    arguments: &Arguments,
    as_json: bool,
) -> anyhow::Result<ExitCode> {
    let Some(name) = &arguments.name else {
        return list(as_json);
    };
    let command = COMMANDS.iter().copied().find(|command| command.name() == name).ok_or_else(|| unknown(name))?;
    if arguments.help {
        return help(command, as_json);
    }
    // What cannot be understood makes no profile.
    let input = parse(name, arguments.input.as_deref())?;
    let input = written_days::read(command, input).map_err(|failure| wrong_input(name, &failure))?;
    if let Some(unknown) = unknown_field(&command.input(), &input) {
        let failure = Failure::new(FailureCode::BadInput, format!("There is no field “{unknown}”."));
        return Err(wrong_input(name, &failure).into());
    }
    let output = open(command.access() == Access::Writes)?.dispatch(name, input).map_err(|failure| {
        if failure.code == FailureCode::BadInput { wrong_input(name, &failure).into() } else { Error::from(failure) }
    })?;
    if as_json {
        print_data(&output)?;
    } else if std::io::stdout().is_terminal() {
        print(serde_json::to_string_pretty(&output)?)?;
    } else {
        print(output)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn parse(name: &str, input: Option<&str>) -> Result<Value, Said> {
    let text = input.map(str::trim).filter(|text| !text.is_empty()).unwrap_or("null");
    serde_json::from_str(text).map_err(|error| {
        wrong_input(name, &Failure::new(FailureCode::BadInput, format!("The input is not JSON: {error}.")))
    })
}

/// A field of the input that would be passed over. Each field of a declaration begins a line.
fn unknown_field<'a>(input: &InputView, given: &'a Value) -> Option<&'a String> {
    let declared: Vec<_> = input.types.first()?.lines().collect();
    let is_known = |key: &str| {
        declared.iter().any(|line| line.starts_with(&format!("{key}: ")) || line.starts_with(&format!("{key}?: ")))
    };
    given.as_object()?.keys().find(|key| !is_known(key))
}

/// What is wrong with an input, and the way out.
fn wrong_input(name: &str, failure: &Failure) -> Said {
    let why = text::error(failure.code, &failure.message);
    let way_out = say(
        format!("„workmate-cli call {name} --help“ zeigt ein Beispiel."),
        format!("“workmate-cli call {name} --help” shows an example."),
    );
    Said::new(failure.code, format!("{why} {way_out}"))
}

/// With the commands of the same noun, where there are some.
fn unknown(name: &str) -> Said {
    let noun = name.split('.').next().unwrap_or(name);
    let same = COMMANDS.iter().map(|command| command.name()).filter(|one| one.split('.').next() == Some(noun));
    let same = same.collect::<Vec<_>>().join(", ");
    let message = if same.is_empty() {
        say(
            format!("Den Befehl „{name}“ gibt es nicht; „workmate-cli call“ zeigt alle."),
            format!("There is no command “{name}”; “workmate-cli call” lists all."),
        )
    } else {
        say(
            format!("Den Befehl „{name}“ gibt es nicht, aber {same}."),
            format!("There is no command “{name}”, but {same}."),
        )
    };
    Said::new(FailureCode::UnknownCommand, message)
}

/// What a command takes, in TypeScript as the window knows it, and a line to try.
fn help(command: &dyn Command, as_json: bool) -> anyhow::Result<ExitCode> {
    let input = command.input();
    let view = CommandView::of(command);
    if as_json {
        print_data(&CommandView { input: Some(input), ..view })?;
        return Ok(ExitCode::SUCCESS);
    }
    let CommandView { name, summary, .. } = view;
    print(format_args!("{name} ({}): {summary}\n", access(view.access)))?;
    let Some(example) = input.example else {
        print(say("Eingabe: keine. Beispiel:", "Input: none. Example:"))?;
        print(format_args!("  workmate-cli call {name}"))?;
        return Ok(ExitCode::SUCCESS);
    };
    print(say("Beispiel:", "Example:"))?;
    print(format_args!("  workmate-cli call {name} '{example}'\n"))?;
    let left_out = match command.check(Value::Null) {
        Ok(()) => say("alles darf fehlen", "everything may be left out"),
        Err(_) => say("was ein ? hat, darf fehlen", "what has a ? may be left out"),
    };
    print(say(
        format!(
            "Eingabe, wie in TypeScript, auf Englisch: {left_out}. Tage wie 14.11.2026, morgen oder 2026-11-14, Kennungen \
             aus den Listen."
        ),
        format!(
            "Input, as in TypeScript: {left_out}. Days such as 14 Nov 2026, tomorrow or 2026-11-14, ids from the lists."
        ),
    ))?;
    for declaration in &input.types {
        print(format_args!("\n{}", readable(declaration)))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// A declaration of the bindings with a line for each field, and comments of one line.
fn readable(declaration: &str) -> String {
    let mut lines = Vec::new();
    for line in declaration.lines().map(str::trim).filter(|line| !matches!(*line, "/**" | "*/" | "")) {
        let indent = if lines.iter().any(|line: &String| line.starts_with("  type ")) { "    " } else { "  " };
        if let Some(comment) = line.strip_prefix("* ") {
            lines.push(format!("{indent}// {comment}"));
        } else if let Some(last) = line.strip_suffix(", };") {
            lines.push(format!("{indent}{last},"));
            lines.push("  };".to_owned());
        } else {
            lines.push(format!("{indent}{}", line.strip_prefix("export ").unwrap_or(line)));
        }
    }
    lines.join("\n")
}

fn list(as_json: bool) -> anyhow::Result<ExitCode> {
    let commands: Vec<_> = COMMANDS.iter().map(|command| CommandView::of(*command)).collect();
    let head = say(["Befehl", "", "Was er tut"], ["Command", "", "What it does"]);
    show(&commands, as_json, &head, |command| {
        vec![command.name.to_owned(), access(command.access).to_owned(), command.summary.to_owned()]
    })?;
    Ok(ExitCode::SUCCESS)
}

fn access(word: &str) -> &str {
    match word {
        "reads" => say("liest", "reads"),
        _ => say("ändert", "changes"),
    }
}
