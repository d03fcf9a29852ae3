//! The TypeScript side of the command list, generated from it.

use std::fmt::Write as _;

use ts_rs::Config;

use crate::command::{Declarations, declare};
use crate::commands::COMMANDS;
use crate::views::AppEvent;
use crate::{Failure, Settings};

/// The whole of `ui/src/host/bindings.ts`: every type that crosses the edge, and the table of commands.
pub fn typescript() -> String {
    // Whole numbers of 64 bits do not cross the edge; sizes fit a number.
    let config = Config::new().with_large_int("number");
    let mut declarations = Declarations::default();
    let mut commands = String::new();
    for command in COMMANDS {
        command.declare(&config, &mut declarations);
        commands += &command.signature(&config);
    }
    declare::<AppEvent>(&config, &mut declarations);
    declare::<Failure>(&config, &mut declarations);
    declare::<Settings>(&config, &mut declarations);

    let mut text = String::from(
        "// Generated from the command list in Rust: do not edit. `workmate-cli bindings` writes it, a test keeps it current.\n\n",
    );
    for declaration in declarations.texts() {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "{declaration}\n");
    }
    let _ = writeln!(
        text,
        "/** Every command by name, with its input and output. */\nexport interface Commands {{\n{commands}}}"
    );
    text
}
