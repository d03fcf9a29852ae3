//! A profile goes out into a folder and comes back: the same in every view, field by field. What is damaged on the way is
//! named, and the rest comes in.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use app::{AppEvent, EngineOptions};
use domain::SourceId;
use journeys::{TestApp, fixture, samples};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use tempfile::TempDir;

/// A household with all there is: letters filed and in review, corrections, tags, notes, relations, a case, tasks of every
/// sort, reminders put off, a view, settings, the trash, an archive with members, a letter that could not be read.
fn household() -> TestApp {
    let test = TestApp::on("2026-11-20");
    test.import(&[samples()]);
    let letters = ["a", "b"].map(|number| {
        let lines = [format!("Rechnungsnummer: {number}-117"), "Rechnungsbetrag: 84,20 €".to_owned()];
        test.accepted_letter(
            &format!("{number}.pdf"),
            "Gartenbau Hollerbusch",
            "Rechnung",
            &[&lines[0], &lines[1], "Bitte zahlen Sie bis zum 04.12.2026."],
        )
    });
    let [first, second] = letters.each_ref().map(|letter| letter["id"].clone());
    test.call("documents.edit", json!({"ids": [first, second], "add_tags": ["Haus/Garten", "Steuer"]}));
    test.call("documents.write_note", json!({"id": first, "note": "**Angerufen**; \"ja\"\n=1+1"}));
    test.call("cases.relate", json!({"id": second, "other": first, "relation": "same_matter"}));
    test.call("review.correct", json!({"id": second, "field": "amount_due", "value": "90,00"}));
    let task = test.call("documents.get", json!({"id": first}))["tasks"][0]["id"].clone();
    test.call(
        "tasks.pay",
        json!({"id": task, "amount": {"amount": "20.00", "currency": "EUR"}, "paid_on": "2026-11-19"}),
    );
    test.call("reminders.snooze", json!({"task": task, "until": "tomorrow_morning"}));
    let draft =
        json!({"title": "Keller; aufräumen, bald", "due": "2026-12-14", "steps": [{"step": "Licht", "done": true}]});
    let own = test.call("tasks.add", draft);
    test.call("tasks.quick_add", json!({"line": "Müll rausbringen jeden Donnerstag 19 Uhr #haus/keller"}));
    test.call("tasks.block", json!({"id": own["id"], "blocked_by": [task]}));
    test.call("views.save", json!({"name": "Garten", "query": "tag:garten"}));
    test.call("settings.change", json!({"key": "land", "value": "BY"}));
    test.call("settings.change", json!({"key": "own_names", "value": ["Mara Winter"]}));
    test.call("documents.trash", json!({"id": second}));
    // An archive becomes no document of its own, and a locked file none at all.
    let archive = test.folder().join("post.zip");
    fs::write(&archive, zipped(&[("brief.txt", "Liebe Mara,\nbitte ruf mich bis zum 12.12.2026 zurück.\nOma")]))
        .unwrap();
    test.import(&[archive]);
    test.app.import(&[fixture("household/parking-receipt.pdf")], SourceId::Import).unwrap();
    test
}

fn zipped(members: &[(&str, &str)]) -> Vec<u8> {
    use std::io::Write as _;
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in members {
        archive.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// What the window shows, from all sides. What says how this process runs is left out.
fn views(test: &TestApp) -> BTreeMap<String, Value> {
    let mut views = BTreeMap::new();
    let mut see = |name: &str, input: Value| {
        views.insert(format!("{name} {input}"), test.call(name, input));
    };
    let all = json!({"limit": 1000});
    for trashed in [false, true] {
        let query = json!({"limit": 1000, "trashed": trashed});
        for document in test.call("documents.list", query.clone())["items"].as_array().unwrap() {
            see("documents.get", json!({"id": document["id"]}));
            see("documents.note", json!({"id": document["id"]}));
            see("documents.words", json!({"id": document["id"], "page": 1}));
            see("review.why", json!({"id": document["id"]}));
        }
        see("documents.list", query);
    }
    for task in test.items("tasks.list", json!({"filter": "all"})).as_array().unwrap() {
        see("tasks.get", json!({"id": task["id"]}));
    }
    for sender in test.call("correspondents.list", json!({"limit": 1000}))["items"].as_array().unwrap() {
        see("correspondents.get", json!({"id": sender["id"]}));
    }
    see("tasks.list", json!({"filter": "all", "limit": 1000}));
    see("calendar.list", json!({"from": "2026-11-01", "limit": 1000}));
    for name in ["cases.list", "review.list", "contracts.list"] {
        see(name, all.clone());
    }
    for query in
        ["rechnung", "tag:haus", "hollerbusch betrag:>50", "angerufen", "wann habe ich zuletzt hollerbusch bezahlt?"]
    {
        see("search.find", json!({"query": query}));
    }
    for name in ["today.get", "tags.list", "views.list", "settings.get", "reminders.list", "contracts.costs", "stale"] {
        if name != "stale" {
            see(name, Value::Null);
        }
    }
    views
}

fn assert_same(one: &BTreeMap<String, Value>, other: &BTreeMap<String, Value>) {
    assert!(one.len() > 60, "{}", one.len());
    assert_eq!(one.keys().collect::<Vec<_>>(), other.keys().collect::<Vec<_>>());
    for (name, view) in one {
        assert_eq!(view, &other[name], "{name}");
    }
}

/// The files of an export by their paths.
fn files(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![root.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.insert(path.strip_prefix(root).unwrap().to_str().unwrap().to_owned(), fs::read(path).unwrap());
            }
        }
    }
    found
}

fn exported(test: &TestApp, folder: &TempDir) -> PathBuf {
    let target = folder.path().join("export");
    let answer = test.call("export.run", json!({"folder": target}));
    assert_eq!(answer["problems"], json!([]), "{answer}");
    target
}

/// A new profile on the same day.
fn new_profile() -> TestApp {
    TestApp::on("2026-11-20")
}

#[test]
fn an_export_comes_back_as_the_same_profile_in_every_view_and_every_field() {
    let (test, folder) = (household(), TempDir::new().unwrap());
    let target = exported(&test, &folder);
    let other = new_profile();
    let seen = other.call("export.look", json!({"folder": target}));
    assert_eq!((&seen["profile_is_new"], seen["documents"].as_u64() > Some(9)), (&json!(true), true), "{seen}");
    let brought = other.call("export.import", json!({"folder": target}));
    assert_eq!((&brought["problems"], &brought["read_again"]), (&json!([]), &json!(0)));
    assert_eq!(brought["documents"], seen["documents"]);
    assert_same(&views(&test), &views(&other));

    // And it goes out again as it came, but for the step that brought it.
    let again = other.call("export.run", json!({"folder": folder.path().join("again")}));
    assert_eq!(again["problems"], json!([]));
    let (one, two) = (files(&target), files(&folder.path().join("again")));
    assert_eq!(one.keys().collect::<Vec<_>>(), two.keys().collect::<Vec<_>>());
    for (path, bytes) in &one {
        if !["history.json", "manifest.sha256", "work.json"].contains(&path.as_str()) {
            assert_eq!(String::from_utf8_lossy(bytes), String::from_utf8_lossy(&two[path]), "{path}");
        }
    }
    // The letter that waited is read there, too.
    let engine = other.run(EngineOptions::JOBS);
    journeys::wait_for("the letter that was not read yet", || {
        let titles = other.items("documents.list", Value::Null);
        (titles.as_array().unwrap().len() > seen["documents"].as_u64().unwrap() as usize - 1).then_some(())
    });
    drop(engine);
}

#[test]
fn what_was_named_by_hand_stays_named_after_coming_back() {
    let (test, folder) = (household(), TempDir::new().unwrap());
    let target = exported(&test, &folder);
    let other = new_profile();
    other.call("export.import", json!({"folder": target}));
    let steps = |test: &TestApp| {
        let list = test.call("history.list", json!({"limit": 1000}));
        let mut steps: Vec<String> = Vec::new();
        for step in list.as_array().unwrap() {
            if step["op"] != "import_profile" {
                steps.push(format!("{} {} {} {}", step["step"], step["op"], step["at"], step["label"]));
            }
        }
        steps
    };
    assert_eq!(steps(&test), steps(&other));
}

#[test]
fn the_manifest_fits_the_files_and_every_list_is_in_its_form() {
    let (test, folder) = (household(), TempDir::new().unwrap());
    let target = exported(&test, &folder);
    let all = files(&target);
    let manifest = String::from_utf8(all["manifest.sha256"].clone()).unwrap();
    let listed: BTreeMap<&str, &str> =
        manifest.lines().map(|line| line.split_once("  ").unwrap()).map(|(hash, path)| (path, hash)).collect();
    assert_eq!(listed.len(), all.len() - 1, "every file but itself");
    for (path, bytes) in &all {
        if path != "manifest.sha256" {
            let hash: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
            assert_eq!(listed[path.as_str()], hash, "{path}");
        }
    }
    let originals = all.keys().filter(|path| path.starts_with("originals/")).count();
    let descriptions = all.keys().filter(|path| path.starts_with("documents/")).count();
    assert_eq!(originals, descriptions);
    assert!(all.keys().any(|path| path.starts_with("originals/2026/Gartenbau Hollerbusch/")), "{:?}", all.keys());
    for table in ["documents.csv", "tasks.csv"] {
        let text = std::str::from_utf8(&all[table]).unwrap();
        let lines = csv(text.strip_prefix('\u{FEFF}').unwrap());
        assert!(lines.len() > 5 && lines.iter().all(|line| line.len() == lines[0].len()), "{table}: {lines:?}");
        assert!(lines.iter().flatten().all(|cell| !cell.starts_with(['=', '+', '@'])), "no formula in {table}");
    }
    let dates = std::str::from_utf8(&all["dates.ics"]).unwrap();
    assert!(assert_calendar(dates) > 5, "{dates}");
    assert!(
        dates.contains("SUMMARY:Other: Keller\\; aufräumen\\, bald") || dates.contains("Keller\\; aufräumen"),
        "{dates}"
    );
    let readme = std::str::from_utf8(&all["README.txt"]).unwrap();
    assert!(readme.contains("sha256sum -c") && readme.contains("English below"));
}

/// The cells of a table with `;`, quotes doubled inside quotes, and CRLF at the end of lines (RFC 4180).
fn csv(text: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '"' if quoted && characters.peek() == Some(&'"') => {
                characters.next();
                cell.push('"');
            }
            '"' => quoted = !quoted,
            ';' if !quoted => row.push(std::mem::take(&mut cell)),
            '\r' if !quoted => assert_eq!(characters.peek(), Some(&'\n')),
            '\n' if !quoted => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            other => cell.push(other),
        }
    }
    assert!(!quoted && cell.is_empty() && row.is_empty(), "the last line ends");
    rows
}

/// Checks a calendar by RFC 5545, strictly; gives how many events it has.
fn assert_calendar(text: &str) -> usize {
    assert!(text.ends_with("\r\n") && !text.replace("\r\n", "").contains(['\r', '\n']), "lines end with CRLF");
    assert!(text.split("\r\n").all(|line| line.len() <= 75), "folded lines");
    let whole = text.replace("\r\n ", "");
    let (mut open, mut seen, mut uids) = (Vec::new(), BTreeMap::new(), std::collections::BTreeSet::new());
    for line in whole.trim_end().split("\r\n") {
        let (name, value) = line.split_once(':').unwrap_or_else(|| panic!("{line}"));
        let bare = name.split(';').next().unwrap();
        assert!(bare.chars().all(|c| c.is_ascii_uppercase() || c == '-'), "{line}");
        assert!(value.chars().all(|c| !c.is_control() || c == '\t'), "{line:?}");
        match bare {
            "BEGIN" => {
                open.push(value);
                seen.clear();
            }
            "END" => {
                assert_eq!(open.pop(), Some(value));
                if value == "VEVENT" {
                    for needed in ["UID", "DTSTAMP", "DTSTART", "SUMMARY"] {
                        assert_eq!(seen.get(needed), Some(&1), "one {needed} in each event");
                    }
                }
            }
            "UID" => assert!(uids.insert(value.to_owned()), "{value} twice"),
            "DTSTART" if name.contains("VALUE=DATE") => {
                assert!(value.len() == 8 && value.parse::<u32>().is_ok(), "{line}")
            }
            "DTSTART" | "DTEND" | "DTSTAMP" => {
                assert!(value.len() == 16 && value.ends_with('Z') && &value[8..9] == "T", "{line}")
            }
            "SUMMARY" | "DESCRIPTION" | "LOCATION" => {
                let mut escaped = false;
                for character in value.chars() {
                    if escaped {
                        assert!(matches!(character, '\\' | ';' | ',' | 'n'), "{line}");
                        escaped = false;
                    } else {
                        assert!(!matches!(character, ';' | ','), "{line}");
                        escaped = character == '\\';
                    }
                }
                assert!(!escaped, "{line}");
            }
            _ => {}
        }
        *seen.entry(bare.to_owned()).or_insert(0) += 1;
    }
    assert!(open.is_empty());
    uids.len()
}

#[test]
fn a_damaged_and_a_missing_file_are_named_and_the_rest_comes_back() {
    let (test, folder) = (household(), TempDir::new().unwrap());
    let target = exported(&test, &folder);
    let all = files(&target);
    let of = |start: &str, part: &str| {
        all.keys().find(|path| path.starts_with(start) && path.contains(part)).unwrap().clone()
    };
    // An original is damaged, another one is missing, and the description of a third letter is damaged.
    let (damaged, missing, undescribed) =
        (of("originals/", "Bescheid für"), of("originals/", "Mahnung"), of("documents/", "Fitwerk"));
    fs::write(target.join(&damaged), "something else").unwrap();
    fs::remove_file(target.join(&missing)).unwrap();
    fs::write(target.join(&undescribed), "{\"format\": 1, \"way").unwrap();
    let other = new_profile();
    let brought = other.call("export.import", json!({"folder": target}));
    let told: Vec<(&str, &str)> = brought["problems"]
        .as_array()
        .unwrap()
        .iter()
        .map(|problem| (problem["file"].as_str().unwrap(), problem["code"].as_str().unwrap()))
        .collect();
    for expected in
        [(damaged.as_str(), "damaged"), (missing.as_str(), "file_unreadable"), (undescribed.as_str(), "damaged")]
    {
        assert!(told.contains(&expected), "{expected:?} in {told:?}");
    }
    let before = test.call("documents.list", json!({"limit": 1}))["total"].as_u64().unwrap();
    let after = other.call("documents.list", json!({"limit": 1}))["total"].as_u64().unwrap();
    assert_eq!(before - after, 1, "the letter without its description is read again");
    assert_eq!(brought["read_again"], 1);
    let engine = other.run(EngineOptions::JOBS);
    journeys::wait_for("the letter to be read", || {
        let now = other.call("documents.list", json!({"limit": 1}))["total"].as_u64().unwrap();
        (now >= before).then_some(())
    });
    drop(engine);
}

#[test]
fn an_export_comes_back_only_into_an_empty_profile_and_the_same_one_brings_missing_originals() {
    let (test, folder) = (household(), TempDir::new().unwrap());
    let target = exported(&test, &folder);
    let used = new_profile();
    used.import(&[fixture("household/parking-receipt.pdf")]);
    let refused = used.refused("export.import", json!({"folder": target}));
    assert_eq!(refused.code.as_str(), "profile_not_empty");
    assert!(refused.message.contains("--profile"), "it says the way out: {refused}");

    let other = new_profile();
    other.call("export.import", json!({"folder": target}));
    let before = views(&other);
    let again = other.call("export.import", json!({"folder": target}));
    assert_eq!((&again["originals"], &again["problems"]), (&json!(0), &json!([])));
    // As after an interruption while the originals came in.
    let archive = other.folder().join("archive");
    let lost = files(&archive).keys().next().unwrap().clone();
    fs::remove_file(archive.join(&lost)).unwrap();
    let healed = other.call("export.import", json!({"folder": target}));
    assert_eq!((&healed["originals"], archive.join(&lost).exists()), (&json!(1), true));
    assert_same(&before, &views(&other));
}

#[test]
fn an_export_goes_only_where_nothing_is_and_leaves_nothing_when_it_is_called_off() {
    let test = household();
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("photo.jpg"), "mine").unwrap();
    let refused = test.refused("export.run", json!({"folder": folder.path()}));
    assert_eq!(refused.code.as_str(), "folder_not_empty");
    assert!(refused.message.contains("Please name a new or an empty one"), "{refused}");
    let file = test.refused("export.run", json!({"folder": folder.path().join("photo.jpg")}));
    assert_eq!(file.code.as_str(), "folder_not_empty");

    // Called off as soon as it begins.
    let app = Arc::downgrade(&test.app);
    test.app.subscribe(move |event| {
        if let (AppEvent::Changed(_), Some(app)) = (event, app.upgrade()) {
            app.dispatch("moves.cancel", Value::Null).unwrap();
        }
    });
    let called_off = test.refused("export.run", json!({"folder": folder.path(), "dated": true}));
    assert_eq!(called_off.code.as_str(), "cancelled");
    let left: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["photo.jpg"]);
    assert_eq!(test.call("moves.status", Value::Null), Value::Null);
}

#[test]
fn into_a_folder_with_other_things_an_export_goes_as_a_new_folder() {
    let test = new_profile();
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("photo.jpg"), "mine").unwrap();
    let answer = test.call("export.run", json!({"folder": folder.path(), "dated": true}));
    let made = PathBuf::from(answer["folder"].as_str().unwrap());
    assert!(made.parent() == Some(folder.path()) && made.join("export.json").exists(), "{answer}");
    assert!(made.file_name().unwrap().to_str().unwrap().ends_with("2026-11-20"), "{answer}");
}

#[test]
fn a_newer_export_a_foreign_folder_and_paths_that_lead_out_are_refused() {
    let (test, folder) = (new_profile(), TempDir::new().unwrap());
    let refused = test.refused("export.import", json!({"folder": folder.path()}));
    assert_eq!(refused.code.as_str(), "not_an_export");
    fs::write(folder.path().join("export.json"), r#"{"format": 99, "schema": 1, "program": "Workmate Private 9"}"#)
        .unwrap();
    let refused = test.refused("export.import", json!({"folder": folder.path()}));
    assert_eq!(refused.code.as_str(), "newer_export");
    assert!(refused.message.contains("Please update"), "{refused}");

    let outside = folder.path().join("secret");
    fs::write(&outside, "secret").unwrap();
    let export = folder.path().join("crafted");
    fs::create_dir_all(export.join("documents")).unwrap();
    std::os::unix::fs::symlink(&outside, export.join("documents/link.json")).unwrap();
    fs::write(export.join("export.json"), r#"{"format": 1, "schema": 84}"#).unwrap();
    let hash: String = Sha256::digest("secret").iter().map(|byte| format!("{byte:02x}")).collect();
    let lines = ["../secret", "documents/link.json", outside.to_str().unwrap()].map(|path| format!("{hash}  {path}\n"));
    fs::write(export.join("manifest.sha256"), lines.concat()).unwrap();
    let brought = test.call("export.import", json!({"folder": export}));
    let codes: Vec<_> = brought["problems"].as_array().unwrap().iter().map(|problem| problem["code"].clone()).collect();
    assert_eq!(codes, ["unsafe_path", "unsafe_path", "unsafe_path"]);
    assert_eq!(brought["documents"], 0);
}
