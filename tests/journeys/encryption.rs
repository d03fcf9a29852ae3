//! Encryption at rest by the real program: nothing can be read without the password, everything with it; locking; conversion that is
//! interrupted anywhere.

use std::fs;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use app::text::Locale;
use app::{
    Answer, App, AppEvent, Channel, ChannelError, EngineOptions, LockedReminder, Message, Parts, Profile, Supervisor,
    encryption, remind_while_locked,
};
use chrono::{DateTime, Utc};
use domain::Clock;
use journeys::conversion::{PASSWORD, Vault, WORDS, converted_through};
use journeys::crashes::at_each;
use journeys::secrets::TestSecrets;
use journeys::{TestApp, TestClock, fixture, process, wait_for};
use serde_json::{Value, json};

use crate::program::binary;

/// Every so many of the points are tried here; the bench tries them all.
const EVERY: usize = 3;

fn vault() -> Vault {
    Vault::new(binary().to_owned())
}

fn with_letters() -> Vault {
    let vault = vault();
    let letter = fixture("household/second-reminder.pdf");
    vault.run(&["import", "--wait", letter.to_str().unwrap()]);
    vault
}

#[test]
fn nothing_is_readable_without_the_password_and_everything_with_it() {
    let vault = with_letters();
    let title = vault.data(&["documents"])[0]["title"].as_str().unwrap().to_owned();
    let word = title.split_whitespace().max_by_key(|word| word.len()).unwrap().to_owned();
    assert!(!vault.files_with(b"%PDF").is_empty() && !vault.files_with(word.as_bytes()).is_empty());
    assert!(vault.turn_on().status.success());

    assert_eq!(vault.files_with(b"%PDF"), Vec::<std::path::PathBuf>::new());
    assert_eq!(vault.files_with(word.as_bytes()), Vec::<std::path::PathBuf>::new());
    assert_eq!(vault.files_with(PASSWORD.as_bytes()), Vec::<std::path::PathBuf>::new());
    let refused = vault.without_password(&["documents"]).output().unwrap();
    let said = String::from_utf8_lossy(&refused.stderr);
    assert!(!refused.status.success() && said.contains("--password-file"), "{said}");
    assert!(refused.stdout.is_empty());
    let wrong = vault.folder().join("wrong");
    fs::write(&wrong, "Drei neue Hüte\n").unwrap();
    let refused = vault.without_password(&["documents", "--password-file", wrong.to_str().unwrap()]).output().unwrap();
    assert!(String::from_utf8_lossy(&refused.stderr).contains("does not open the data"));

    // Used as ever: search, new letters, an export that is readable.
    assert_eq!(vault.data(&["documents"])[0]["title"], title);
    vault.run(&["import", "--wait", fixture("household/contract.pdf").to_str().unwrap()]);
    assert_eq!(vault.data(&["documents"]).as_array().unwrap().len(), 2);
    let found = vault.data(&["search", &word]).to_string();
    assert!(found.contains(&title), "{found}");
    assert_eq!(vault.data(&["verify"])["findings"], json!([]));
    assert_eq!(vault.files_with(b"%PDF"), Vec::<std::path::PathBuf>::new());
    let outside = tempfile::tempdir().unwrap();
    vault.run(&["export", outside.path().join("export").to_str().unwrap()]);
    let exported: Vec<_> = fs::read_dir(outside.path().join("export/originals")).unwrap().flatten().collect();
    let readable =
        exported.iter().map(|entry| entry.path()).map(|path| journeys::conversion::below(&path, b"%PDF").len());
    assert_eq!(readable.sum::<usize>(), 2);
    // By the words on paper as well, however they are typed.
    let words = vault.folder().join("typed");
    fs::write(&words, WORDS.to_uppercase().replace(' ', ", ")).unwrap();
    let by_words = vault.without_password(&["tasks", "--password-file", words.to_str().unwrap()]).output().unwrap();
    assert!(by_words.status.success());
}

#[test]
fn another_password_opens_it_from_now_on_and_the_old_one_no_more() {
    let vault = with_letters();
    vault.turn_on();
    let new = vault.folder().join("new");
    for (short, succeeds) in [("kurz", false), ("Fünf neue Hüte", true)] {
        fs::write(&new, short).unwrap();
        let changed = vault
            .command(&["encryption", "--change-password", "--new-password-file", new.to_str().unwrap()])
            .output()
            .unwrap();
        assert_eq!(changed.status.success(), succeeds, "{short}: {}", String::from_utf8_lossy(&changed.stderr));
    }
    assert!(!vault.command(&["documents"]).output().unwrap().status.success());
    let with_new = vault.without_password(&["documents", "--password-file", new.to_str().unwrap()]).output().unwrap();
    assert!(with_new.status.success());
}

#[test]
fn the_originals_open_with_the_program_age_where_it_is_installed() {
    let vault = with_letters();
    vault.turn_on();
    let key = vault.folder().join("key");
    fs::write(&key, vault.run(&["encryption", "--age-key"])).unwrap();
    if Command::new("age").arg("--version").stdout(Stdio::null()).status().is_err() {
        // The same is shown by our own reader in `vault` and `store`.
        return;
    }
    let sealed = vault.files_with(b"age-encryption.org/v1");
    let original = sealed.iter().find(|path| path.starts_with(vault.profile().join("archive"))).unwrap();
    let opened = Command::new("age").arg("-d").arg("-i").arg(&key).arg(original).output().unwrap();
    assert_eq!(opened.stdout, fs::read(fixture("household/second-reminder.pdf")).unwrap());
}

#[test]
fn ended_anywhere_on_the_way_a_profile_is_whole_and_the_way_goes_on() {
    for (first, back) in [(0, false), (1, true)] {
        let points: Vec<&str> =
            disk::CONVERSION_POINTS.iter().copied().skip(first * EVERY).step_by(2 * EVERY).collect();
        let wrong = at_each(&points, |point| converted_through(binary().to_owned(), point, back)).concat();
        assert_eq!(wrong, Vec::<String>::new());
    }
}

#[test]
fn a_profile_that_is_in_use_is_not_converted_and_says_so() {
    let vault = with_letters();
    let mut watching = process::Process::start(vault.command(&["watch"]).stdout(Stdio::null()).stderr(Stdio::null()));
    wait_for("the engine", || vault.profile().join("engine.lock").exists().then_some(()));
    wait_for("a status", || (vault.data(&["call", "status.get"])["engine"]["by"] == "elsewhere").then_some(()));
    let refused = vault.turn_on();
    let said = String::from_utf8_lossy(&refused.stderr);
    assert!(!refused.status.success() && said.contains("in use by another program"), "{said}");
    assert!(watching.is_running());
    drop(watching);
    assert!(!vault.is_encrypted(), "nothing is done later without a word");
    assert_eq!(vault.data(&["encryption"])["pending"], Value::Null);
}

#[test]
fn a_backup_of_encrypted_data_comes_back_with_its_password() {
    let vault = with_letters();
    vault.turn_on();
    let secrets = Arc::new(TestSecrets::default());
    let profile = Profile::locate(Some(&vault.profile())).unwrap();
    let keys = encryption::unlock(&profile, PASSWORD).unwrap();
    let parts = || Parts {
        secrets: Arc::clone(&secrets) as _,
        keys: Some(Arc::clone(&keys)),
        reader: Some(binary().to_owned()),
        channels: Vec::new(),
        ..Parts::real()
    };
    let app = App::open(profile.clone(), parts()).unwrap();
    let disk = vault.folder().join("disk");
    let other = "zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo wrong";
    app.dispatch("backup.set_up", json!({"folder": disk, "words": other})).unwrap();
    app.back_up(&|| false).unwrap();
    drop(app);
    let before = vault.data(&["documents"]);
    fs::remove_dir_all(vault.profile()).unwrap();

    let typed = vault.folder().join("other words");
    fs::write(&typed, other).unwrap();
    let restore = |with_password: bool| {
        let words = fs::File::open(&typed).unwrap();
        let mut command = vault.without_password(&["restore", disk.to_str().unwrap()]);
        if with_password {
            command.arg("--password-file").arg(vault.password());
        }
        command.stdin(words).output().unwrap()
    };
    let refused = restore(false);
    let said = String::from_utf8_lossy(&refused.stderr);
    assert!(!refused.status.success() && said.contains("encrypted besides"), "{said}");
    assert!(!vault.profile().exists());
    let restored = restore(true);
    assert!(restored.status.success(), "{}", String::from_utf8_lossy(&restored.stderr));
    assert_eq!(vault.data(&["documents"]), before);
    assert_eq!(vault.data(&["verify"])["findings"], json!([]));
    assert_eq!(vault.files_with(b"%PDF"), Vec::<std::path::PathBuf>::new());
}

/// An encrypted profile, open in this process.
fn encrypted() -> (TestApp, tempfile::TempDir, Arc<App>) {
    let test = TestApp::on("2026-11-20");
    test.import(&[fixture("household/second-reminder.pdf")]);
    let folder = tempfile::tempdir().unwrap();
    let profile = Profile::locate(Some(&folder.path().join("profile"))).unwrap();
    // An empty profile is made, asked to be encrypted, and converted as at the next start.
    let parts = || Parts {
        clock: Arc::clone(&test.clock) as Arc<dyn Clock>,
        secrets: Arc::clone(&test.secrets) as _,
        reader: Some(binary().to_owned()),
        channels: Vec::new(),
        ..Parts::real()
    };
    let app = App::open(profile.clone(), parts()).unwrap();
    let view = app.dispatch("encryption.turn_on", json!({"password": PASSWORD, "words": WORDS})).unwrap();
    assert_eq!((&view["encrypted"], &view["pending"]), (&json!(false), &json!("encrypted")));
    drop(app);
    let keys = encryption::unlock(&profile, PASSWORD).unwrap();
    assert!(encryption::convert(&profile, &keys, &|_, _| true).unwrap());
    let refused = App::open(profile.clone(), parts()).map(drop).unwrap_err();
    assert_eq!(refused.code.as_str(), "locked");
    let app = App::open(profile, Parts { keys: Some(keys), ..parts() }).unwrap();
    (test, folder, app)
}

#[test]
fn the_secret_store_opens_the_data_only_while_the_person_wants_that() {
    let (test, folder, app) = encrypted();
    let open = || {
        let parts = Parts {
            clock: Arc::clone(&test.clock) as Arc<dyn Clock>,
            secrets: Arc::clone(&test.secrets) as _,
            channels: Vec::new(),
            ..Parts::real()
        };
        App::open(Profile::locate(Some(&folder.path().join("profile"))).unwrap(), parts).map(drop)
    };
    let wanted =
        |wanted: bool| app.dispatch("encryption.open_by_itself", json!({"password": PASSWORD, "wanted": wanted}));
    let wrong = app.dispatch("encryption.open_by_itself", json!({"password": "something", "wanted": true}));
    assert_eq!(wrong.unwrap_err().code.as_str(), "wrong_password");
    assert_eq!(wanted(true).unwrap()["opens_by_itself"], true);
    open().unwrap();
    // A keyring that was lost or is closed loses nothing: the password is asked for.
    test.secrets.forget();
    assert_eq!(open().unwrap_err().code.as_str(), "locked");
    wanted(true).unwrap();
    open().unwrap();
    assert_eq!(wanted(false).unwrap()["opens_by_itself"], false);
    assert_eq!(open().unwrap_err().code.as_str(), "locked");
    assert_eq!(test.secrets.all(), Vec::<String>::new());
}

#[test]
fn it_locks_by_itself_when_nobody_was_there_and_before_the_computer_sleeps() {
    let (test, _folder, app) = encrypted();
    let locks = Arc::new(AtomicUsize::new(0));
    let heard = Arc::clone(&locks);
    app.subscribe(move |event| {
        if *event == AppEvent::Lock {
            heard.fetch_add(1, Ordering::Relaxed);
        }
    });
    app.dispatch("settings.change", json!({"key": "lock_after_minutes", "value": 5})).unwrap();
    app.dispatch("encryption.stay", Value::Null).unwrap();
    test.clock.go_to("2026-11-20T12:04:59Z");
    assert!(!app.is_left().unwrap());
    app.dispatch("encryption.stay", Value::Null).unwrap();
    test.clock.go_to("2026-11-20T12:09:58Z");
    assert!(!app.is_left().unwrap());
    test.clock.go_to("2026-11-20T12:09:59Z");
    assert!(app.is_left().unwrap());
    // The thread begins with somebody there; then nobody is.
    let mut supervisor = Supervisor::start(&app, "test", EngineOptions { inbox: false, reminders: false }).unwrap();
    supervisor.lock_when_left().unwrap();
    wait_for("the thread", || {
        let status = app.dispatch("status.get", Value::Null).unwrap();
        let threads = status["threads"].as_array().unwrap().clone();
        threads.iter().any(|thread| thread["name"] == "locking" && thread["state"] == "waiting").then_some(())
    });
    assert_eq!(locks.load(Ordering::Relaxed), 0);
    test.clock.go_to("2026-11-20T12:15:00Z");
    wait_for("the lock", || (locks.load(Ordering::Relaxed) > 0).then_some(()));
    drop(supervisor);
    locks.store(0, Ordering::Relaxed);
    app.before_sleep().unwrap();
    assert_eq!(locks.load(Ordering::Relaxed), 1);
    app.dispatch("settings.change", json!({"key": "lock_before_sleep", "value": false})).unwrap();
    app.before_sleep().unwrap();
    assert_eq!(locks.load(Ordering::Relaxed), 1);
    let plain = test.refused("encryption.lock", Value::Null);
    assert_eq!(plain.code.as_str(), "not_found");
}

/// A channel that writes down what it shows.
struct Noting(Mutex<Vec<String>>, AtomicBool);

impl Channel for Noting {
    fn id(&self) -> &'static str {
        "noting"
    }

    fn probe(&self) -> Result<(), ChannelError> {
        Ok(())
    }

    fn deliver(&self, message: &Message, answer: Arc<dyn Fn(Answer) + Send + Sync>) -> Result<(), ChannelError> {
        self.0.lock().unwrap().push(message.title.clone());
        if self.1.load(Ordering::Relaxed) {
            answer(Answer::Opened { tag: message.tag.clone() });
        }
        Ok(())
    }

    fn withdraw(&self, _: &str) {}
}

#[test]
fn while_locked_reminders_say_no_more_than_the_person_allows() {
    let (test, _folder, app) = encrypted();
    app.dispatch("tasks.add", json!({"title": "Zeugnis suchen", "due": "2026-12-01"})).unwrap();
    let coming = |said: &str| {
        app.dispatch("settings.change", json!({"key": "while_locked", "value": said})).unwrap();
        app.reminders_while_locked().unwrap()
    };
    let all = coming("everything");
    assert!(all.iter().all(|one| one.title.as_deref() == Some("Zeugnis suchen")) && !all.is_empty(), "{all:?}");
    let quiet = coming("that_something_is_due");
    assert!(quiet.iter().all(|one| one.title.is_none()) && !quiet.is_empty(), "{quiet:?}");
    assert_eq!(coming("nothing"), []);

    let noting = Noting(Mutex::default(), AtomicBool::new(true));
    let unlocks = Arc::new(AtomicUsize::new(0));
    let asked = Arc::clone(&unlocks);
    let opened: Arc<dyn Fn() + Send + Sync> = Arc::new(move || {
        asked.fetch_add(1, Ordering::Relaxed);
    });
    let (at, later) = (quiet[0].at, "2030-01-01T00:00:00Z".parse::<DateTime<Utc>>().unwrap());
    test.clock.go_to(&at.to_rfc3339());
    let handed = vec![
        LockedReminder { at: later, title: None },
        quiet[0].clone(),
        LockedReminder { at, title: Some("Miete".to_owned()) },
    ];
    let clock: &TestClock = &test.clock;
    // Until the one that is far ahead is all that is left.
    let is_over = || noting.0.lock().unwrap().len() == 2;
    remind_while_locked(handed, &[&noting], clock, Locale::German, &opened, &is_over);
    assert_eq!(*noting.0.lock().unwrap(), ["Etwas ist fällig", "Miete"]);
    assert_eq!(unlocks.load(Ordering::Relaxed), 2);
}
