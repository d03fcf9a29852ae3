//! Each command declares which changes make its answer stale. Every change that alters an answer must be declared, or
//! the window would go on showing the old one.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use app::command::{Access, Noun};
use app::{AppEvent, COMMANDS, Changed};
use journeys::{TestApp, sample};
use serde_json::{Value, json};

/// Commands that do something outside the program, or whose answer is made anew each time.
const NOT_SHOWN: &[&str] = &[
    "documents.open",
    "documents.show",
    "documents.export",
    "documents.searchable_pdf",
    "pages.as_they_came",
    "files.separator_page",
    "tasks.add_to_calendar",
    "tasks.show",
    "tasks.ics",
    "documents.codes",
    "privacy.ledger",
    "backup.words",
    "backup.states",
];

/// The answers of all commands that read, about one document, one task and one correspondent.
fn answers(test: &TestApp, document: &Value, task: &Value, sender: &Value) -> BTreeMap<&'static str, Value> {
    let reads = COMMANDS.iter().filter(|command| matches!(command.access(), Access::Reads(_)));
    reads
        .map(|command| command.name())
        .filter(|name| !NOT_SHOWN.contains(name))
        .filter_map(|name| {
            let input = match name {
                "documents.words" => json!({"id": document, "page": 1}),
                "search.find" => json!({"query": "stadtwerke", "facets": true}),
                "search.understand" => json!({"query": "strom"}),
                "search.hits" => json!({"id": document, "query": "stadtwerke"}),
                "documents.list" => json!({"query": "stadtwerke"}),
                "rules.list" | "correspondents.get" => json!({"id": sender}),
                "rules.try" => json!({"id": sender, "field": "amount_due",
                    "anchor": {"words": "betrag", "side": "behind", "one_word": true}}),
                "tasks.get" | "tasks.payment" => json!({"id": task}),
                "calendar.days" => json!({"from": "2026-11-01", "to": "2026-12-31", "each": 3}),
                "calendar.list" => json!({"from": "2026-11-01"}),
                name if name.ends_with(".list") || name.ends_with(".regular") || name.ends_with(".waiting") => {
                    json!({})
                }
                "reminders.history" | "status.get" | "today.get" | "review.clear" | "settings.get" | "backup.get" => {
                    Value::Null
                }
                _ => json!({"id": document}),
            };
            // What is gone has no answer; the window shows its failure.
            test.app.dispatch(name, input).ok().map(|answer| (name, answer))
        })
        .collect()
}

fn touches(noun: Noun, changed: &Changed, document: &Value) -> bool {
    match noun {
        Noun::Documents => !changed.documents.is_empty(),
        Noun::ThisDocument => changed.documents.iter().any(|id| json!(id) == *document),
        Noun::Tasks => !changed.tasks.is_empty(),
        Noun::Correspondents => changed.correspondents,
        Noun::Reminders => changed.reminders,
        Noun::Jobs => changed.jobs,
        Noun::Problems => changed.problems,
        Noun::Settings => changed.settings,
        Noun::Tags => changed.tags,
        Noun::Views => changed.views,
        Noun::Backups => changed.backups,
        Noun::Keys => changed.keys,
    }
}

#[test]
fn whatever_changes_an_answer_is_declared_beside_its_command() {
    let test = TestApp::on("2026-11-20");
    let bill = test.document(&sample("Stadtwerke Jahresrechnung.pdf"));
    test.document(&sample("Mahnung Buchhandlung.pdf"));
    let document = bill["id"].clone();
    test.call("review.accept", json!({"id": document}));
    let task = test.call("documents.get", json!({"id": document}))["tasks"][0]["id"].clone();
    let sender = bill["correspondent_id"].clone();
    let heard = Arc::new(Mutex::new(Vec::new()));
    let hearing = Arc::clone(&heard);
    test.app.subscribe(move |event| {
        if let AppEvent::Changed(changed) = event {
            hearing.lock().unwrap().push(changed.clone());
        }
    });

    let changes = [
        ("settings.change", json!({"key": "theme", "value": "dark"})),
        ("documents.edit", json!({"ids": [document], "add_tags": ["Steuer/2026"]})),
        ("documents.write_note", json!({"id": document, "note": "Zählerstand"})),
        ("views.save", json!({"name": "Strom", "query": "strom"})),
        ("review.correct", json!({"id": document, "field": "amount_due", "value": "12,34"})),
        ("correspondents.rename", json!({"id": sender, "name": "Stadtwerke Nord"})),
        ("reminders.snooze", json!({"task": task, "until": "one_hour"})),
        ("reminders.pause", json!({"pause": "one_hour"})),
        ("tasks.postpone", json!({"id": task, "due": "2026-12-01"})),
        ("tasks.complete", json!({"id": task})),
        ("tasks.reopen", json!({"id": task})),
        ("tasks.quick_add", json!({"line": "Müll rausbringen morgen"})),
        ("documents.set_kind", json!({"id": document, "kind": "letter"})),
        ("keys.add", json!({"name": "Kalender am Telefon", "scope": "read"})),
        ("documents.trash", json!({"id": document})),
        ("history.undo", Value::Null),
    ];
    let mut missing = Vec::new();
    for (change, input) in changes {
        let before = answers(&test, &document, &task, &sender);
        heard.lock().unwrap().clear();
        test.call(change, input);
        let changed = std::mem::take(&mut *heard.lock().unwrap());
        let after = answers(&test, &document, &task, &sender);
        for command in COMMANDS {
            let Access::Reads(nouns) = command.access() else { continue };
            let told = nouns.iter().any(|noun| changed.iter().any(|changed| touches(*noun, changed, &document)));
            if before.get(command.name()) != after.get(command.name()) && !told {
                missing.push(format!("{change} changes {}, which declares {nouns:?}", command.name()));
            }
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn every_noun_but_the_one_asked_about_is_a_field_of_what_changed() {
    let changed = serde_json::to_value(Changed::default()).unwrap();
    for command in COMMANDS {
        let Access::Reads(nouns) = command.access() else { continue };
        for noun in nouns.iter().filter(|noun| **noun != Noun::ThisDocument) {
            let word = serde_json::to_value(noun).unwrap();
            assert!(!changed[word.as_str().unwrap()].is_null(), "{}: {noun:?}", command.name());
        }
    }
}
