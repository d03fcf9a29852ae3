//! The one list of commands, and what is made from it.

use std::collections::BTreeSet;
use std::path::Path;

use app::COMMANDS;

#[test]
fn the_types_of_the_interface_are_those_of_the_commands() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../ui/src/host/bindings.ts");
    let written = std::fs::read_to_string(&path).unwrap();
    // Not `assert_eq`: nobody wants to see both.
    assert!(
        written == app::typescript(),
        "{} is not current: run `cargo run -p cli -- bindings > ui/src/host/bindings.ts`",
        path.display()
    );
}

#[test]
fn every_command_has_a_name_of_its_own_and_says_what_it_does() {
    let mut names = BTreeSet::new();
    for command in COMMANDS {
        let (name, summary) = (command.name(), command.summary());
        assert!(names.insert(name), "{name} is there twice");
        let is_word = |word: &str| !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase() || c == '_');
        let parts: Vec<&str> = name.split('.').collect();
        assert!(parts.len() == 2 && parts.iter().all(|part| is_word(part)), "{name} is not noun.verb");
        assert!(summary.starts_with(char::is_uppercase) && summary.ends_with('.'), "{name}: {summary}");
    }
}

#[test]
fn every_command_of_the_interface_is_dispatched() {
    for command in COMMANDS {
        let mentioned = app::typescript().contains(&format!("\"{}\": {{ input: ", command.name()));
        assert!(mentioned, "{} has no types", command.name());
    }
}
