//! The log and the report on how the program is: useful, and without anything of a letter.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use journeys::{fixture, sample};
use serde_json::Value;

use crate::program::Program;

/// Words of a text, from five letters or digits on.
fn words(text: &str) -> BTreeSet<String> {
    let words = text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| word.chars().count() >= 5);
    words.map(str::to_lowercase).collect()
}

/// Every text and number in an answer.
fn texts(value: &Value, into: &mut String) {
    match value {
        Value::String(text) => *into += &format!("{text}\n"),
        Value::Number(number) => *into += &format!("{number}\n"),
        Value::Array(list) => list.iter().for_each(|value| texts(value, into)),
        Value::Object(fields) => fields.values().for_each(|value| texts(value, into)),
        Value::Null | Value::Bool(_) => {}
    }
}

/// All lines of the log of a profile.
fn log(profile: &Path) -> String {
    let files = fs::read_dir(profile.join("log")).unwrap().map(|entry| entry.unwrap().path());
    files.map(|path| fs::read_to_string(path).unwrap()).collect()
}

/// A profile to which happened what can be told of letters: some were read, some are damaged, locked or much too large, one
/// original is gone, and what was set aside could not be written.
fn eventful() -> (Program, String) {
    let program = Program::new();
    let letters = program.folder().join("Briefe von Zwirbelhuber");
    fs::create_dir_all(&letters).unwrap();
    for name in ["Stadtwerke Jahresrechnung.pdf", "Mahnung Buchhandlung.pdf"] {
        fs::copy(sample(name), letters.join(name)).unwrap();
    }
    for (from, to) in [
        ("unreadable/password.pdf", "Kontoauszug Zwirbelhuber.pdf"),
        ("hostile/cut.pdf", "Quittenweg Mietvertrag.pdf"),
        ("hostile/forty-deep.zip", "Quittenweg Nebenkosten.zip"),
        ("hostile/hundred-deep.eml", "Weiterleitung.eml"),
        ("hostile/broken-utf8.txt", "Vollmacht.txt"),
    ] {
        fs::copy(fixture(from), letters.join(to)).unwrap();
    }
    let run = |arguments: &[&str]| {
        let ran = program.command(arguments).env("WORKMATE_LOG", "debug").output().unwrap();
        String::from_utf8(ran.stderr).unwrap()
    };
    let mut said = run(&["import", "--wait", letters.to_str().unwrap()]);
    // What is computed or opened again meets an original that is gone.
    for document in program.json(&["documents", "--json"]) {
        let file = document["file"].as_str().unwrap();
        let path = program.folder().join("archive").join(&file[..2]).join(file);
        drop(fs::remove_file(path));
        said += &run(&["call", "documents.open", &format!("{{\"id\": {}}}", document["id"])]);
    }
    said += &run(&["verify"]);
    said += &run(&["keys", "--add", "Telefon von Zwirbelhuber"]);
    said += &run(&["import", "--wait", letters.to_str().unwrap()]);
    (program, said)
}

/// What must be nowhere: all that is known of the letters, and the places of the person.
fn content(program: &Program) -> BTreeSet<String> {
    let mut all = String::new();
    for document in program.json(&["documents", "--json"]) {
        let id = &document["id"];
        texts(&program.json(&["call", "documents.get", &format!("{{\"id\": {id}}}")])[0]["facts"], &mut all);
        for name in ["title", "correspondent", "file", "id"] {
            texts(&document[name], &mut all);
        }
        for page in 1..=3 {
            let asked = format!("{{\"id\": {id}, \"page\": {page}}}");
            let ran = program.run(&["call", "documents.words", &asked]);
            if ran.code == Some(0) {
                ran.lines().iter().for_each(|words| texts(words, &mut all));
            }
        }
    }
    all +=
        "Briefe von Zwirbelhuber, Telefon, Kontoauszug, Quittenweg Mietvertrag Nebenkosten, Weiterleitung, Vollmacht, ";
    all += "Stadtwerke Jahresrechnung, Mahnung Buchhandlung ";
    all += &program.folder().display().to_string();
    words(&all)
}

/// Words that are in it anyway: of a profile without any letter.
fn of_the_program() -> BTreeSet<String> {
    let program = Program::new();
    program.make_profile();
    let report = program.run(&["diagnostics"]);
    assert_eq!(report.code, Some(0), "{report:?}");
    words(&report.stdout)
}

#[test]
fn nothing_of_a_letter_is_in_the_log_or_in_the_report() {
    let (program, said) = eventful();
    let content = content(&program);
    assert!(content.len() > 100 && content.contains("zwirbelhuber"), "{content:?}");
    // Without this the test could not fail: the messages had names, and the terminal shows them.
    assert!(said.contains("Quittenweg"), "{said}");

    let log = log(program.folder());
    for expected in ["the profile is run", "work on a file failed", "code=password", "code=damaged"] {
        assert!(log.contains(expected), "{expected} in:\n{log}");
    }
    let report = program.run(&["diagnostics"]).stdout;
    for expected in ["program: 0.", "password: 1, came 2 times, last ", "rows, documents: ", "code=password"] {
        assert!(report.contains(expected), "{expected} in:\n{report}");
    }
    let usual = of_the_program();
    // Words of messages that are no profile's without letters, each looked at: none is of a letter alone.
    let of_messages =
        words("thread reader error failed password damaged document documents file files version import supervisor");
    for (name, text) in [("log", &log), ("report", &report)] {
        let there = words(text);
        let told: Vec<_> = there
            .intersection(&content)
            .filter(|word| !usual.contains(*word) && !of_messages.contains(*word))
            .collect();
        assert_eq!(told, Vec::<&String>::new(), "in the {name}:\n{text}");
        let home = std::env::var("HOME").unwrap_or_default();
        for secret in [program.folder().to_str().unwrap(), home.as_str(), "wm_"] {
            assert!(secret.len() < 2 || !text.contains(secret), "{secret} in the {name}");
        }
        assert!(!text.contains('€') && !text.contains(".pdf"), "in the {name}:\n{text}");
    }
}

#[test]
fn what_is_saved_is_what_was_shown_and_nothing_is_overwritten() {
    let program = Program::new();
    program.make_profile();
    let folder = program.folder().join("out");
    fs::create_dir(&folder).unwrap();
    for _ in 0..2 {
        let ran = program.run(&["diagnostics", "--save", folder.to_str().unwrap()]);
        assert_eq!(ran.code, Some(0), "{ran:?}");
        let path = ran.stderr.trim().strip_prefix("Saved: ").expect("where it is");
        assert_eq!(fs::read_to_string(path).unwrap().trim_end(), ran.stdout.trim_end());
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            assert_eq!(fs::metadata(path).unwrap().permissions().mode() & 0o777, 0o600);
        }
    }
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 2);
    let unsaid = program.run(&["call", "diagnostics.save", &format!("{{\"folder\": {folder:?}}}")]);
    assert!(unsaid.stderr.contains("No report was shown yet") || unsaid.stdout.contains("not_found"), "{unsaid:?}");
    let nowhere = program.run(&["--json", "diagnostics", "--save", "/nowhere/at/all"]);
    assert!(nowhere.stdout.contains("folder_missing"), "{nowhere:?}");
}

#[test]
fn problems_of_one_cause_are_told_together_with_how_many_and_when() {
    let test = journeys::TestApp::on("2026-11-20");
    let locked = fs::read(fixture("unreadable/password.pdf")).unwrap();
    let paths: Vec<_> = (0..3)
        .map(|number| {
            let path = test.folder().join(format!("locked {number}.pdf"));
            fs::write(&path, [locked.as_slice(), format!("\n% {number}\n").as_bytes()].concat()).unwrap();
            path
        })
        .collect();
    let empty = test.folder().join("empty.pdf");
    fs::copy(fixture("hostile/no-table.pdf"), &empty).unwrap();
    test.import(&paths[..2]);
    test.clock.go_to("2026-11-21T09:14:00Z");
    test.import(&paths[2..]);
    let groups = test.call("status.get", Value::Null)["problem_groups"].take();
    assert_eq!(groups[0], serde_json::json!({"code": "password", "count": 3, "last": "2026-11-21T09:14:00Z"}));
    assert_eq!(test.call("problems.dismiss_alike", serde_json::json!({"code": "password"})), 3);
    let status = test.call("status.get", Value::Null);
    assert_eq!((&status["problem_groups"], &status["problems"]), (&serde_json::json!([]), &serde_json::json!([])));
}

/// What stands between the parentheses of a call, of which the first is open.
fn call_in(text: &str) -> &str {
    let (mut depth, mut in_text, mut escaped) = (1, false, false);
    let end = text.find(|letter| {
        match letter {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => in_text = !in_text,
            '(' if !in_text => depth += 1,
            ')' if !in_text => depth -= 1,
            _ => {}
        }
        depth == 0
    });
    &text[..end.unwrap_or(text.len())]
}

/// The messages of the program are fixed words: what they speak of stands in fields, of which the log takes only some.
#[test]
fn no_message_to_the_log_has_a_value_in_its_words() {
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("../src-tauri")];
    let mut messages = 0;
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() && !path.ends_with("target") {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                assert!(!text.contains("use tracing::{") || path.ends_with("runtime/log.rs"), "{}", path.display());
                let code = text.split("#[cfg(test)]").next().unwrap();
                for level in ["trace", "debug", "info", "warn", "error"] {
                    assert!(!code.contains(&format!("use tracing::{level}")), "{}", path.display());
                    for call in code.split(&format!("tracing::{level}!(")).skip(1) {
                        let call = call_in(call);
                        let Some(message) = call.rsplit('"').nth(1) else { panic!("{}: {call}", path.display()) };
                        assert!(!message.contains('{'), "{}: {message}", path.display());
                        assert!(call.trim_end().ends_with('"'), "its message comes last, {}: {call}", path.display());
                        messages += 1;
                    }
                }
            }
        }
    }
    assert!(messages > 50, "{messages}");
}
