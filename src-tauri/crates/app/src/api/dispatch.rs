//! Finds a command by its name and runs it with JSON.

use domain::{FailureCode, Scope, StepId};
use serde::Serialize;
use serde_json::Value;

use crate::api::COMMANDS;
use crate::api::command::Command;
use crate::runtime::keys::Admitted;
use crate::{App, Failure};

/// What a command gave.
#[derive(Clone, Debug, Serialize)]
pub struct CommandResponse {
    /// Its output.
    pub output: Value,
    /// The step of the history that it made: what `history.undo` takes back by this id. None where nothing changed that a
    /// person can take back.
    pub step: Option<StepId>,
}

impl App {
    /// Runs a command of the list, for who offers to undo it.
    ///
    /// # Errors
    /// Those of [`dispatch`](Self::dispatch).
    pub fn respond(&self, name: &str, input: Value) -> Result<CommandResponse, Failure> {
        let (output, step) = self.store.noting_step(|| self.dispatch(name, input));
        Ok(CommandResponse { output: output?, step })
    }

    /// The same for who comes with a key. What a key of another program changes is recorded as done with that key.
    ///
    /// # Errors
    /// `forbidden` if the key is not good for this command; else those of [`dispatch`](Self::dispatch).
    pub fn respond_to(&self, with: &Admitted, name: &str, input: Value) -> Result<CommandResponse, Failure> {
        let needed = find(name)?.scope();
        self.allow(with, needed)?;
        if with.for_person {
            self.respond(name, input)
        } else {
            self.store.with_key(with.key, || self.respond(name, input))
        }
    }

    /// Is this key good for what needs `needed`?
    ///
    /// # Errors
    /// `forbidden` if not.
    pub fn allow(&self, with: &Admitted, needed: Scope) -> Result<(), Failure> {
        if needed <= with.scope {
            return Ok(());
        }
        let word = |scope| match scope {
            Scope::Read => "reading",
            Scope::Write => "reading and changing documents and tasks",
            Scope::Admin => "everything",
        };
        let message = format!("This key is for {}; a key for {} is needed.", word(with.scope), word(needed));
        Err(Failure::new(FailureCode::Forbidden, message))
    }

    /// Runs a command of the list.
    ///
    /// # Errors
    /// `unknown_command` if the list has no such command, `internal` if it panicked; else those of
    /// [`Command::run`](crate::api::Command::run).
    pub fn dispatch(&self, name: &str, input: Value) -> Result<Value, Failure> {
        let command = find(name)?;
        self.threads.guard(name, || command.run(self, input)).unwrap_or_else(|| {
            let message =
                format!("A mistake in the program broke “{name}” off. Nothing was half done; please report it.");
            Err(Failure::new(FailureCode::Internal, message))
        })
    }
}

fn find(name: &str) -> Result<&'static dyn Command, Failure> {
    let found = COMMANDS.iter().find(|command| command.name() == name);
    found.copied().ok_or_else(|| Failure::new(FailureCode::UnknownCommand, format!("There is no command “{name}”.")))
}
