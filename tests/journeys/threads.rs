//! A panic on any thread of the program: it is shown, the thread starts again, and everything else goes on.

use std::fs;
use std::sync::{Arc, Mutex};

use app::{App, EngineOptions, Parts, Profile, Supervisor};
use chrono::{DateTime, Utc};
use domain::Clock;
use journeys::wait_for;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::pdf::bill;
use crate::reminding::Recorder;

/// The computer's clock, which panics once on the thread of a given name, when it was asked so often before.
#[derive(Default)]
struct Fragile {
    victim: Mutex<Option<(&'static str, u32)>>,
}

impl Clock for Fragile {
    fn now(&self) -> DateTime<Utc> {
        let here = std::thread::current();
        let is_it = |(victim, before): &mut (&str, u32)| {
            let is_it = here.name().is_some_and(|name| name.starts_with(*victim));
            let falls = is_it && *before == 0;
            *before = before.saturating_sub(u32::from(is_it));
            falls
        };
        let fell = self.victim.lock().unwrap().take_if(is_it);
        assert!(fell.is_none(), "the clock fell off the wall");
        app::SystemClock.now()
    }
}

struct Setup {
    folder: TempDir,
    clock: Arc<Fragile>,
    channel: &'static Recorder,
    app: Arc<App>,
}

impl Setup {
    fn new() -> Self {
        let (folder, clock, channel) = (TempDir::new().unwrap(), Arc::<Fragile>::default(), Recorder::new("first"));
        let parts = Parts { channels: vec![channel], clock: Arc::clone(&clock) as Arc<dyn Clock>, ..Parts::real() };
        let app = App::open(Profile::locate(Some(folder.path())).unwrap(), parts).unwrap();
        let setup = Self { folder, clock, channel, app };
        for end in ["quiet_from", "quiet_until"] {
            setup.call("settings.change", json!({"key": end, "value": "00:00:00"}));
        }
        setup
    }

    fn call(&self, name: &str, input: Value) -> Value {
        self.app.dispatch(name, input).unwrap()
    }

    fn arm(&self, victim: &'static str, before: u32) {
        *self.clock.victim.lock().unwrap() = Some((victim, before));
    }

    /// The thread that fell and began again, and what is shown of it.
    fn see_it_begin_again(&self, victim: &str) {
        wait_for("the thread to begin again", || {
            let status = self.call("status.get", Value::Null);
            let threads = status["threads"].as_array().unwrap();
            let fell = threads
                .iter()
                .find(|thread| thread["name"].as_str().unwrap().starts_with(victim) && thread["restarts"] == 1)?;
            assert!(fell["last_error"].as_str().unwrap().contains("fell off the wall"), "{fell}");
            ["running", "waiting"].contains(&fell["state"].as_str().unwrap()).then_some(())
        });
        let status = self.call("status.get", Value::Null);
        let problem = &status["problems"][0];
        assert_eq!(problem["code"], "thread_failed", "{status}");
        assert!(problem["message"].as_str().unwrap().contains("the clock fell off the wall"), "{problem}");
    }

    fn inbox_takes_and_jobs_read(&self, number: usize) {
        let inbox = self.folder.path().join("inbox");
        wait_for("the inbox folder", || inbox.is_dir().then_some(()));
        let before = self.call("documents.list", json!({}))["total"].as_u64().unwrap();
        fs::write(inbox.join(format!("{number}.pdf")), bill(number)).unwrap();
        wait_for("the letter", || {
            (self.call("documents.list", json!({}))["total"].as_u64().unwrap() == before + 1).then_some(())
        });
    }
}

#[test]
fn a_panic_while_jobs_are_taken_ends_no_worker() {
    let setup = Setup::new();
    let _running = Supervisor::start(&setup.app, "test", EngineOptions { inbox: true, reminders: false }).unwrap();
    setup.arm("jobs-", 0);
    setup.inbox_takes_and_jobs_read(1);
    setup.see_it_begin_again("jobs-");
    setup.inbox_takes_and_jobs_read(2);
}

#[test]
fn a_panic_in_the_inbox_folder_leaves_no_letter_lying() {
    let setup = Setup::new();
    let _running = Supervisor::start(&setup.app, "test", EngineOptions { inbox: true, reminders: false }).unwrap();
    setup.arm("inbox-folder", 0);
    setup.inbox_takes_and_jobs_read(1);
    setup.see_it_begin_again("inbox-folder");
    setup.inbox_takes_and_jobs_read(2);
}

#[test]
fn a_panic_while_the_settings_of_the_inbox_folder_are_followed_stops_nothing() {
    let setup = Setup::new();
    let _running = Supervisor::start(&setup.app, "test", EngineOptions { inbox: true, reminders: false }).unwrap();
    setup.inbox_takes_and_jobs_read(1);
    setup.arm("inbox", 0);
    setup.call("settings.change", json!({"key": "keep_originals", "value": true}));
    setup.see_it_begin_again("inbox");
    setup.inbox_takes_and_jobs_read(2);
}

#[test]
fn a_panic_among_the_reminders_loses_none() {
    let setup = Setup::new();
    let options = EngineOptions { inbox: false, reminders: true };
    let _running = Supervisor::start(&setup.app, "test", options).unwrap();
    setup.arm("reminders", 0);
    let task = setup.call("tasks.add", json!({"title": "call Kim"}))["id"].clone();
    let now = app::SystemClock.now().with_timezone(&chrono_tz::Europe::Berlin).naive_local();
    setup.call("reminders.snooze", json!({"task": task, "until": {"at": now}}));
    setup.see_it_begin_again("reminders");
    wait_for("the reminder", || (!setup.channel.shown().is_empty()).then_some(()));
    assert_eq!(setup.call("status.get", Value::Null)["reminders"]["by"], "here");
}

#[test]
fn a_panic_in_who_takes_the_engine_is_tried_again() {
    let setup = Setup::new();
    // Once for its sign of life, and again to write down since when it runs.
    setup.arm("engine", 1);
    let running = Supervisor::start(&setup.app, "test", EngineOptions { inbox: true, reminders: false }).unwrap();
    assert!(
        running.failure().is_some_and(|failure| failure.code.as_str() == "thread_failed"),
        "it is not waited for for ever"
    );
    setup.see_it_begin_again("engine");
    setup.inbox_takes_and_jobs_read(1);
}

#[test]
fn a_command_that_panics_is_a_failure_and_the_next_one_is_answered() {
    let setup = Setup::new();
    let app = Arc::clone(&setup.app);
    let asked = std::thread::Builder::new().name("asking".to_owned());
    setup.arm("asking", 0);
    let failure = asked.spawn(move || app.dispatch("tasks.add", json!({"title": "call Kim"}))).unwrap().join().unwrap();
    assert_eq!(failure.unwrap_err().code.as_str(), "internal");
    assert_eq!(setup.call("tasks.list", json!({}))["items"].as_array().map(Vec::len), Some(0), "nothing was half done");
    setup.call("tasks.add", json!({"title": "call Kim"}));
    assert_eq!(setup.call("tasks.list", json!({}))["items"].as_array().map(Vec::len), Some(1));
}

#[test]
fn a_listener_that_panics_keeps_nobody_from_hearing() {
    let setup = Setup::new();
    let heard = Arc::new(Mutex::new(0));
    let hearing = Arc::clone(&heard);
    setup.app.subscribe(|_| panic!("not listening"));
    setup.app.subscribe(move |_| *hearing.lock().unwrap() += 1);
    setup.call("tasks.add", json!({"title": "call Kim"}));
    assert!(*heard.lock().unwrap() > 0);
    let problems = setup.call("status.get", Value::Null)["problems"].clone();
    assert!(problems.to_string().contains("not listening"), "{problems}");
}

#[test]
fn work_in_the_background_that_panics_is_shown() {
    let setup = Setup::new();
    setup.app.in_background("take in", || panic!("the drive was pulled out")).unwrap();
    wait_for("the problem", || {
        let problems = setup.call("status.get", Value::Null)["problems"].clone();
        problems.to_string().contains("the drive was pulled out").then_some(())
    });
}
