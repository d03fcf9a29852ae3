//! Finds a command by its name and runs it with JSON.

use domain::{FailureCode, StepId};
use serde::Serialize;
use serde_json::Value;

use crate::api::COMMANDS;
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

    /// Runs a command of the list.
    ///
    /// # Errors
    /// `unknown_command` if the list has no such command, `internal` if it panicked; else those of
    /// [`Command::run`](crate::api::Command::run).
    pub fn dispatch(&self, name: &str, input: Value) -> Result<Value, Failure> {
        let command = COMMANDS
            .iter()
            .find(|command| command.name() == name)
            .ok_or_else(|| Failure::new(FailureCode::UnknownCommand, format!("There is no command “{name}”.")))?;
        self.threads.guard(name, || command.run(self, input)).unwrap_or_else(|| {
            let message =
                format!("A mistake in the program broke “{name}” off. Nothing was half done; please report it.");
            Err(Failure::new(FailureCode::Internal, message))
        })
    }
}
