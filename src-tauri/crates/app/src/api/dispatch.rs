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

    /// The same for who comes with a key.
    ///
    /// # Errors
    /// Those of [`acting`](Self::acting) and [`dispatch`](Self::dispatch).
    pub fn respond_to(&self, with: &Admitted, name: &str, input: Value) -> Result<CommandResponse, Failure> {
        self.acting(with, find(name)?.scope(), || self.respond(name, input))
    }

    /// Does something with a key. What another program changes is recorded as done with its key.
    ///
    /// # Errors
    /// `forbidden` if the key is not good for what needs `needed`; else those of `work`.
    pub fn acting<T>(
        &self,
        with: &Admitted,
        needed: Scope,
        work: impl FnOnce() -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        if needed <= with.scope {
            return if with.for_person { work() } else { self.store.with_key(with.key, work) };
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
