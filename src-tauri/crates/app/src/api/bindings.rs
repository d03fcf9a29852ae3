//! The TypeScript side of the command list, generated from it.

use std::fmt::Write as _;

use crate::api::COMMANDS;
use crate::api::command::{Access, Command, Declarations, Noun, config, declare};
use crate::runtime::events::AppEvent;
use crate::{Failure, Settings};

/// The whole of `ui/src/host/bindings.ts`: every type that crosses the edge, and the table of commands.
pub fn typescript() -> String {
    let config = config();
    let mut declarations = Declarations::default();
    let mut commands = String::new();
    for command in COMMANDS {
        command.declare(&config, &mut declarations);
        commands += &command.signature(&config);
    }
    declare::<AppEvent>(&config, &mut declarations);
    declare::<Failure>(&config, &mut declarations);
    declare::<Settings>(&config, &mut declarations);
    declare::<Noun>(&config, &mut declarations);

    let mut text = String::from(
        "// Generated from the command list in Rust: do not edit. `workmate-cli bindings` writes it, a test keeps it current.\n\n",
    );
    for declaration in declarations.texts() {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "{declaration}\n");
    }
    let _ = writeln!(
        text,
        "/** Every command by name, with its input and output. */\nexport interface Commands {{\n{commands}}}\n"
    );
    let _ = writeln!(
        text,
        "/** What the answer of each command depends on: a change of one of these makes it stale. */\n\
         export const DEPENDS_ON: Record<keyof Commands, readonly Noun[]> = {{\n{}}};",
        COMMANDS.iter().map(|command| depends_on(*command)).collect::<String>()
    );
    text
}

fn depends_on(command: &dyn Command) -> String {
    let nouns = match command.access() {
        Access::Reads(nouns) => nouns,
        Access::Writes => &[],
    };
    let words: Vec<String> = nouns.iter().map(|noun| format!("\"{}\"", noun.as_str())).collect();
    format!("  \"{}\": [{}],\n", command.name(), words.join(", "))
}
