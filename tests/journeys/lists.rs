//! Checks every list that can be seen from here: adding a thing is one file and one line, and nothing is forgotten.
//! Lists inside a crate are checked by its own tests, German and English names by those of the interface.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use domain::deadlines::DEADLINE_RULES;
use domain::{DocumentKind, DoneHow, Field, Stage, TaskKind, TaskStatus};

/// Words that are kept in databases and used by scripts: short, stable, each once.
fn check_words(list: &str, words: impl IntoIterator<Item = &'static str>) {
    let mut seen = BTreeSet::new();
    for word in words {
        assert!(seen.insert(word), "{list}: {word} is there twice");
        let plain = word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
        assert!(plain && !word.is_empty(), "{list}: {word} is not in snake_case");
    }
    assert!(!seen.is_empty(), "{list} is empty");
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn names_in(folder: &str) -> Vec<String> {
    let entries = fs::read_dir(root().join(folder)).unwrap();
    let mut names: Vec<String> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort_unstable();
    names
}

#[test]
fn every_word_of_every_list_is_plain_and_there_once() {
    check_words("DocumentKind", DocumentKind::ALL.iter().map(|kind| kind.as_str()));
    check_words("Field", Field::ALL.iter().map(|field| field.as_str()));
    check_words("TaskKind", TaskKind::ALL.iter().map(|kind| kind.as_str()));
    check_words("TaskStatus", TaskStatus::ALL.iter().map(|status| status.as_str()));
    check_words("DoneHow", DoneHow::ALL.iter().map(|how| how.as_str()));
    check_words("Stage", Stage::ALL.iter().map(|stage| stage.as_str()));
    check_words("DEADLINE_RULES", DEADLINE_RULES.iter().map(|rule| rule.id()));
}

#[test]
fn every_deadline_rule_names_its_statute_and_since_when_it_holds() {
    let far = NaiveDate::from_ymd_opt(2030, 1, 1).unwrap();
    for rule in DEADLINE_RULES {
        assert!(rule.source().len() > 3 && rule.valid_from() < far, "{}", rule.id());
    }
    let files = names_in("src-tauri/crates/domain/src/tasks/deadlines");
    assert_eq!(files.len(), DEADLINE_RULES.len() + 1, "one file for each rule, and mod.rs: {files:?}");
}

#[test]
fn no_number_of_a_migration_is_used_twice() {
    let mut numbers: Vec<u32> = names_in("migrations")
        .iter()
        .map(|name| {
            let (number, rest) = name.strip_prefix('V').and_then(|name| name.split_once("__")).expect(name);
            assert!(rest.ends_with(".sql"), "{name}");
            number.parse().expect(name)
        })
        .collect();
    numbers.sort_unstable();
    assert!(numbers.is_sorted_by(|a, b| a < b), "{numbers:?}");
}

#[test]
fn every_room_is_on_the_map() {
    let map = fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    for room in names_in("src-tauri/crates") {
        assert!(map.contains(&format!("`src-tauri/crates/{room}`")), "{room} has no line in ARCHITECTURE.md");
    }
}

#[test]
fn every_test_file_is_run() {
    let main = fs::read_to_string(root().join("tests/journeys/main.rs")).unwrap();
    for name in names_in("tests/journeys") {
        let subject = name.strip_suffix(".rs").expect("only Rust files are here");
        assert!(subject == "main" || main.contains(&format!("mod {subject};")), "{name} is not in main.rs");
    }
}
