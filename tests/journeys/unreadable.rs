//! One unreadable value, in any table, breaks no list: reminders go out, settings can be changed, and a problem names
//! it.

use std::path::Path;
use std::process::Command;

use app::command::Access;
use app::{COMMANDS, Scheduler};
use journeys::{TestApp, fixture, sample};
use serde_json::{Value, json};

/// How the test changes the database from outside, as damage or another program would. Otherwise only `store` contains
/// SQL.
const OUTSIDE: &str = r#"
import json, sqlite3, sys
db = sqlite3.connect(sys.argv[1], timeout=30)
what, args = sys.argv[2], sys.argv[3:]
if what == "columns":
    names = [name for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    skip = ("sqlite_", "search_index", "search_trigrams", "refinery", "event_pruning")
    found = []
    for table in names:
        if table.startswith(skip):
            continue
        for (column,) in db.execute("SELECT name FROM pragma_table_info(?) WHERE type = 'TEXT'", [table]).fetchall():
            if db.execute(f"SELECT 1 FROM {table} WHERE {column} IS NOT NULL LIMIT 1").fetchone():
                found.append([table, column])
    print(json.dumps(found))
elif what == "break":
    table, column = args
    (old,) = db.execute(f"SELECT {column} FROM {table} WHERE {column} IS NOT NULL LIMIT 1").fetchone()
    try:
        db.execute(f"UPDATE {table} SET {column} = '?{{broken' WHERE {column} = ?", [old])
        print(json.dumps(old))
    except sqlite3.IntegrityError:
        print("null")
elif what == "mend":
    table, column, old = args
    # Where the program has put the value back itself, the broken row goes.
    db.execute(f"UPDATE OR REPLACE {table} SET {column} = ? WHERE {column} = '?{{broken'", [old])
else:
    db.executescript(what)
db.commit()
"#;

fn outside(test: &TestApp, args: &[&str]) -> String {
    let database = test.folder().join("workmate.db");
    let ran = Command::new("python3").args(["-c", OUTSIDE]).arg(database).args(args).output().expect("Python is there");
    assert!(ran.status.success(), "{args:?}: {}", String::from_utf8_lossy(&ran.stderr));
    String::from_utf8(ran.stdout).expect("text")
}

/// Lists and views with the inputs that they take; not those that open files or windows.
fn questions(test: &TestApp, document: &Value, task: &Value) -> Vec<(&'static str, Value)> {
    let inputs = [Value::Null, json!({}), json!({"id": document}), json!({"id": task}), json!({"query": "strom"})];
    let looks =
        COMMANDS.iter().filter(|command| matches!(command.access(), Access::Reads(_))).map(|command| command.name());
    let looks = looks
        .filter(|name| !["show", "open", "page", "original", "payment_code"].iter().any(|word| name.contains(word)));
    let all = looks.flat_map(|name| inputs.iter().map(move |input| (name, input.clone())));
    all.filter(|(name, input)| test.app.dispatch(name, input.clone()).is_ok()).collect()
}

#[test]
fn one_unreadable_value_of_any_table_takes_no_list_no_reminder_and_no_setting_down() {
    let test = TestApp::on("2026-11-20");
    let bill = test.document(&sample("Invoice English lessons.pdf"));
    test.document(&sample("Steuerbescheid 2025.pdf"));
    test.document(&fixture("household/bill-due-on-a-holiday.pdf"));
    let task = &bill["tasks"][0]["id"];
    test.call("tasks.add", json!({"title": "Müll rausbringen"}));
    test.call("documents.edit", json!({"ids": [bill["id"]], "add_tags": ["Haus/Strom"]}));
    test.call("settings.change", json!({"key": "theme", "value": "dark"}));
    test.call("reminders.snooze", json!({"task": task, "until": "tomorrow_morning"}));
    test.call("review.correct", json!({"id": bill["id"], "field": "due_date", "value": "20.12.2026"}));
    let mut scheduler = Scheduler::new(&test.app);
    scheduler.tick().expect("nothing is broken yet");

    let questions = questions(&test, &bill["id"], task);
    let asked: std::collections::BTreeSet<_> = questions.iter().map(|(name, _)| *name).collect();
    for name in
        ["today.get", "documents.list", "review.list", "tasks.list", "reminders.list", "status.get", "settings.get"]
    {
        assert!(asked.contains(name), "{name} is not among {asked:?}");
    }
    let columns: Vec<(String, String)> = serde_json::from_str(&outside(&test, &["columns"])).expect("a list");
    let (mut broken, mut failures) = (0, Vec::new());
    for (table, column) in &columns {
        let old: Option<String> = serde_json::from_str(&outside(&test, &["break", table, column])).expect("a value");
        let Some(old) = old else { continue };
        broken += 1;
        for (name, input) in &questions {
            let names_it = *input != Value::Null && *input != json!({}) && *input != json!({"query": "strom"});
            match test.app.dispatch(name, input.clone()) {
                Ok(_) => {}
                // Who asks for just this one is told what is wrong with it.
                Err(failure)
                    if names_it && ["unknown_word", "not_found", "bad_input"].contains(&failure.code.as_str()) => {}
                Err(failure) => failures.push(format!("{table}.{column}: {name} {input}: {failure}")),
            }
        }
        if let Err(failure) = scheduler.tick() {
            failures.push(format!("{table}.{column}: reminders: {failure}"));
        }
        let theme = if broken % 2 == 0 { "dark" } else { "light" };
        if let Err(failure) = test.app.dispatch("settings.change", json!({"key": "theme", "value": theme})) {
            failures.push(format!("{table}.{column}: settings.change: {failure}"));
        }
        outside(&test, &["mend", table, column, &old]);
    }
    assert!(broken > 80, "only {broken} values of {columns:?} were broken");
    assert!(failures.is_empty(), "{} failures:\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn a_broken_derivation_a_sender_without_id_and_settings_of_another_program_are_problems_and_nothing_more() {
    let test = TestApp::on("2026-11-20");
    let bill = test.document(&sample("Invoice English lessons.pdf"));
    test.call("settings.change", json!({"key": "theme", "value": "dark"}));
    outside(
        &test,
        &["UPDATE tasks SET derivation = '{\"rule\":';
           INSERT INTO correspondents VALUES ('nobody', 'Nobody', 'nobody');
           INSERT INTO settings VALUES ('language', '\"klingon\"'), ('time_zone', '\"Mars/North\"');"],
    );
    let task = test.items("tasks.list", json!({}))[0].clone();
    assert_eq!((&task["title"], &task["derivation"]), (&bill["tasks"][0]["title"], &Value::Null));
    assert!(!test.call("correspondents.list", Value::Null).to_string().contains("Nobody"));
    let settings = test.call("settings.get", Value::Null);
    assert_eq!((&settings["language"], &settings["theme"]), (&json!("system"), &json!("dark")));
    assert_eq!(settings["time_zone"], "Europe/Berlin");
    let changed = test.call("settings.change", json!({"key": "time_zone", "value": "Europe/Vienna"}));
    assert_eq!(changed["time_zone"], "Europe/Vienna");

    let problems = test.call("status.get", Value::Null)["problems"].clone();
    let told: Vec<String> = problems
        .as_array()
        .expect("a list")
        .iter()
        .filter(|problem| problem["code"] == "unreadable_value")
        .map(|problem| problem["message"].as_str().expect("text").to_owned())
        .collect();
    for part in ["tasks.derivation", "correspondents.id", "klingon", "Mars/North"] {
        assert!(told.iter().any(|message| message.contains(part)), "{part}: {told:#?}");
    }
}

#[test]
fn a_program_whose_tables_were_changed_by_a_newer_one_writes_nothing_and_says_to_start_it_again() {
    let test = TestApp::on("2026-11-20");
    outside(
        &test,
        &["INSERT INTO refinery_schema_history VALUES (9999, 'later', '2030-01-01T00:00:00Z', '0');
                      CREATE TABLE of_a_newer_program (x TEXT);"],
    );
    let failure = test.refused("tasks.list", json!({}));
    assert_eq!(failure.code.as_str(), "outdated");
    assert!(failure.message.contains("start it again"), "{failure}");
    let failure = test.refused("settings.change", json!({"key": "theme", "value": "dark"}));
    assert_eq!(failure.code.as_str(), "outdated", "nothing is written into tables that another program has made");
    assert!(Path::new(test.folder()).join("workmate.db").exists());
}
