//! Backups of whole profiles, and the way back, also by the command line and with restic.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::Arc;

use app::{App, EngineOptions, Parts, Profile, Supervisor};
use domain::Clock;
use journeys::backing_up::{Programs, backed_up_through};
use journeys::crashes::at_each;
use journeys::{TestApp, answers, fixture, process, wait_for};
use serde_json::{Value, json};

use crate::program::{binary, cli};

const WORDS: &str = "legal winner thank year wave sausage worth useful legal winner thank yellow";
/// Every so many of the crash points are tried here; the bench tries them all.
const EVERY: usize = 4;
const ENGINE: EngineOptions = EngineOptions { inbox: true, reminders: false };

/// A profile with some letters, of which a person has said something.
fn lived_in() -> TestApp {
    let test = TestApp::on("2026-11-20");
    let letters =
        ["parking-receipt.pdf", "contract.pdf", "second-reminder.pdf"].map(|name| fixture(format!("household/{name}")));
    test.import(&letters);
    let first = test.items("documents.list", json!({}))[0].clone();
    test.call("documents.write_note", json!({"id": first["id"], "note": "im Ordner links"}));
    test.call("tasks.add", json!({"title": "Zeugnis suchen", "due": "2026-12-01"}));
    test
}

/// What a person sees of a profile.
fn seen(app: &App) -> Value {
    let call = |name: &str, input: Value| app.dispatch(name, input).unwrap();
    let documents = call("documents.list", json!({"limit": 1000}));
    let ids: Vec<Value> = documents["items"].as_array().unwrap().iter().map(|row| row["id"].clone()).collect();
    let each: Vec<Value> = ids.iter().map(|id| call("documents.get", json!({"id": id}))).collect();
    let settings = call("settings.get", Value::Null);
    json!([each, call("tasks.list", json!({"limit": 1000})), call("today.get", Value::Null), settings])
}

fn get(test: &TestApp) -> Value {
    test.call("backup.get", Value::Null)
}

fn set_up(test: &TestApp, folder: &Path) {
    test.call("backup.set_up", json!({"folder": folder, "words": WORDS}));
}

fn open(test: &TestApp, folder: &Path) -> Arc<App> {
    let parts = Parts {
        clock: Arc::clone(&test.clock) as Arc<dyn Clock>,
        reader: Some(process::program("workmate-cli")),
        ..Parts::real()
    };
    App::open(Profile::locate(Some(folder)).unwrap(), parts).unwrap()
}

fn said(output: &Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout.clone()).unwrap()
}

#[test]
fn once_a_folder_is_chosen_a_backup_is_made_every_day_and_a_new_computer_shows_the_same() {
    let test = lived_in();
    let disk = tempfile::tempdir().unwrap();
    assert_eq!((&get(&test)["standing"], &get(&test)["folder"]), (&json!("off"), &Value::Null));
    fs::write(disk.path().join("holiday.jpg"), "x").unwrap();
    set_up(&test, disk.path());
    // What else is on the disk is left alone.
    let folder = disk.path().join("Workmate Backup");
    assert_eq!(get(&test)["folder"], json!(folder));
    assert!(folder.join("README.txt").exists());

    let engine = Supervisor::start(&test.app, "test", ENGINE).unwrap();
    let made = |number: u64| wait_for("a backup", || (get(&test)["last"]["files"] == number).then(|| get(&test)));
    let first = made(5);
    assert_eq!((&first["standing"], &first["failure"]), (&json!("rests"), &Value::Null));
    assert_eq!(first["next"], "2026-11-21T12:00:00Z");
    assert_eq!(first["is_old"], false);

    drop(engine);
    test.clock.go_to("2026-11-21T12:00:01Z");
    test.import(&[fixture("household/magazine.pdf")]);
    // A day later it comes by itself.
    let engine = Supervisor::start(&test.app, "test", ENGINE).unwrap();
    let second = made(6);
    assert!(second["last"]["added"].as_u64() < first["last"]["bytes"].as_u64(), "only what is new: {second:#}");
    let before = seen(&test.app);
    drop(engine);

    let states = test.call("backup.states", json!({"folder": disk.path(), "words": WORDS.to_uppercase()}));
    assert_eq!(states.as_array().unwrap().len(), 2);
    // Onto a new computer: nothing is there but the disk and the words.
    let new = tempfile::tempdir().unwrap();
    let profile = new.path().join("profile");
    let restored = said(&cli(&profile, &["restore", disk.path().to_str().unwrap()], WORDS));
    assert!(restored.starts_with("Restored: the state of 2026-11-21 12:00 UTC with 4 originals"), "{restored}");
    assert_eq!(seen(&open(&test, &profile)), before);
    assert_eq!(said(&cli(&profile, &["verify"], "")).lines().last(), Some("Everything is there and unchanged."));

    test.clock.go_to("2026-11-30T12:00:00Z");
    assert_eq!(get(&test)["is_old"], true, "calmly, after a week");
}

#[test]
fn a_state_takes_the_place_of_the_profile_at_the_next_start_and_the_old_one_is_kept() {
    let root = tempfile::tempdir().unwrap();
    let (profile, disk) = (root.path().join("profile"), root.path().join("disk"));
    let test = lived_in();
    set_up(&test, &disk);
    test.call("keys.add", json!({"name": "Kalender", "scope": "read"}));
    test.app.back_up(&|| false).unwrap();
    let before = seen(&test.app);
    // A first start on a computer with an empty profile.
    let fresh = open(&test, &profile);
    let restored = fresh.dispatch("backup.restore", json!({"folder": disk, "words": WORDS})).unwrap();
    assert_eq!(
        (&restored["letters"], &restored["at_next_start"], &restored["before"]),
        (&json!(3), &json!(true), &Value::Null)
    );
    assert_eq!(fresh.dispatch("documents.list", Value::Null).unwrap()["total"], 0, "nothing changes under the window");
    drop(fresh);
    let back = open(&test, &profile);
    assert_eq!(seen(&back), before);
    assert_eq!(back.dispatch("keys.list", Value::Null).unwrap(), json!([]), "it may have been revoked since");
    assert!(root.path().join("profile.before-restore-1/workmate.db").exists());
    assert!(!root.path().join("profile.restored").exists());
}

#[test]
fn a_backup_waits_for_its_disk_and_a_failure_is_said_and_tried_again() {
    let test = lived_in();
    let root = tempfile::tempdir().unwrap();
    let (disk, away) = (root.path().join("disk"), root.path().join("away"));
    set_up(&test, &disk);
    fs::rename(&disk, &away).unwrap();
    let engine = Supervisor::start(&test.app, "test", ENGINE).unwrap();
    let standing = |wanted: &str| {
        wait_for(wanted, || {
            test.app.dispatch("backup.run", Value::Null).unwrap();
            (get(&test)["standing"] == wanted).then(|| get(&test))
        })
    };
    let waits = standing("waits");
    assert_eq!(waits["failure"]["code"], "backup_away");
    assert!(!disk.exists(), "nothing is begun anew where the disk should be");
    fs::rename(&away, &disk).unwrap();
    wait_for("the backup", || {
        test.app.dispatch("backup.run", Value::Null).unwrap();
        (!get(&test)["last"].is_null()).then_some(())
    });
    drop(engine);

    // The key is gone from the secret store: the words set it up again.
    test.secrets.forget();
    let failure = test.app.back_up(&|| false).unwrap_err();
    assert_eq!(failure.code.as_str(), "no_secrets");
    assert_eq!((&get(&test)["standing"], &get(&test)["failure"]["code"]), (&json!("failed"), &json!("no_secrets")));
    assert_eq!(
        test.refused("backup.set_up", json!({"folder": disk, "words": "some words"})).code.as_str(),
        "bad_words"
    );
    let others = "zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo wrong";
    assert_eq!(test.refused("backup.set_up", json!({"folder": disk, "words": others})).code.as_str(), "wrong_password");
    set_up(&test, &disk);
    test.app.back_up(&|| false).unwrap();
    assert_eq!(get(&test)["standing"], "rests");

    let inside = test.folder().join("backups of mine");
    let refused = test.refused("backup.set_up", json!({"folder": inside, "words": WORDS}));
    assert_eq!(refused.code.as_str(), "backup_inside");
    test.call("backup.turn_off", Value::Null);
    assert_eq!(get(&test)["standing"], "off");
}

#[test]
fn no_word_and_no_key_stands_in_the_profile_or_the_backup() {
    let test = lived_in();
    let disk = tempfile::tempdir().unwrap();
    set_up(&test, disk.path());
    test.app.back_up(&|| false).unwrap();
    let key = test.secrets.all();
    assert_eq!(key.len(), 1);
    let key: Value = serde_json::from_str(&key[0]).unwrap();
    let (secret, words) = (key["encrypt"].as_str().unwrap().to_owned(), WORDS.to_owned());
    for folder in [test.folder(), disk.path()] {
        for file in files(folder) {
            let bytes = fs::read(&file).unwrap();
            for hidden in [&secret, &words] {
                let found = bytes.windows(hidden.len()).any(|part| part == hidden.as_bytes());
                assert!(!found, "{}", file.display());
            }
        }
    }
    // Nor a word of a letter in the backup.
    let name = b"workmate.db";
    for file in files(disk.path()).into_iter().filter(|path| !path.ends_with("README.txt")) {
        assert!(!fs::read(&file).unwrap().windows(name.len()).any(|part| part == name), "{}", file.display());
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found
}

#[test]
fn a_check_names_what_is_missing_changed_or_strange() {
    let test = lived_in();
    let verify = || test.call("profile.verify", json!({}));
    let whole = verify();
    assert_eq!((&whole["originals"], &whole["findings"]), (&json!(3), &json!([])));
    assert_eq!(get(&test)["verified"]["originals"], 3);
    let parts: u64 = (1..=4)
        .map(|part| test.call("profile.verify", json!({"part": part, "parts": 4}))["originals"].as_u64().unwrap())
        .sum();
    assert_eq!(parts, 3, "the parts together are all");

    let archive = test.folder().join("archive");
    let originals: Vec<PathBuf> = files(&archive);
    let mut bytes = fs::read(&originals[0]).unwrap();
    bytes[100] ^= 1;
    fs::remove_file(&originals[0]).unwrap();
    fs::write(&originals[0], bytes).unwrap();
    fs::remove_file(&originals[1]).unwrap();
    fs::write(archive.join("holiday.jpg"), "x").unwrap();
    let found: Vec<String> = verify()["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["finding"].as_str().unwrap().to_owned())
        .collect();
    let mut sorted = found.clone();
    sorted.sort();
    assert_eq!(sorted, ["changed", "missing", "unknown"]);
    let printed = cli(test.folder(), &["verify"], "");
    assert_eq!(printed.status.code(), Some(1));
    let printed = String::from_utf8(printed.stdout).unwrap();
    assert!(printed.contains("The original is missing: ") && printed.contains("holiday.jpg"), "{printed}");
    assert!(fs::read(archive.join("holiday.jpg")).is_ok(), "a check changes nothing");
}

#[test]
fn the_command_line_backs_up_lists_and_restores() {
    let test = lived_in();
    let root = tempfile::tempdir().unwrap();
    let disk = root.path().join("disk");
    let to = disk.to_str().unwrap();
    // There is no secret store in a test: what is said names the way out.
    let refused = cli(test.folder(), &["backup"], "");
    assert_eq!(refused.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("--to DIR"), "{refused:?}");
    set_up(&test, &disk);
    test.app.back_up(&|| false).unwrap();
    let listed = answers(&said(&cli(test.folder(), &["restore", to, "--list", "--json"], WORDS)));
    assert_eq!(listed.len(), 1);
    assert_eq!(listed[0]["files"], 5);
    let over = cli(test.folder(), &["restore", to], WORDS);
    assert_eq!(over.status.code(), Some(1), "never over a profile");
    let wrong = cli(&root.path().join("new"), &["restore", to], "legal winner");
    assert!(String::from_utf8_lossy(&wrong.stderr).contains("twelve words"), "{wrong:?}");
    assert!(!root.path().join("new").exists());

    let restic = Command::new("restic")
        .args(["--no-cache", "--repo", to, "snapshots", "--json"])
        .env("RESTIC_PASSWORD", WORDS)
        .output()
        .unwrap();
    let snapshots: Value = serde_json::from_slice(&restic.stdout).unwrap();
    assert_eq!(snapshots[0]["id"], listed[0]["id"]);
}

#[test]
fn ended_anywhere_in_a_backup_or_on_the_way_back_both_states_are_whole_and_it_goes_on() {
    let programs = Programs { cli: binary().to_owned(), back_up: process::program("examples/back-up") };
    let points: Vec<&str> = disk::BACKUP_POINTS.iter().copied().step_by(EVERY).collect();
    let wrong = at_each(&points, |point| backed_up_through(&programs, point)).concat();
    assert_eq!(wrong, Vec::<String>::new());
}
