//! What whole-app tests share: a temporary profile with a fixed clock, and the fixtures.
#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::disallowed_methods,
    clippy::arithmetic_side_effects,
    reason = "this is test code"
)]

#[cfg(unix)]
pub mod backing_up;
#[cfg(unix)]
pub mod conversion;
pub mod corpus;
pub mod crashes;
pub mod days;
pub mod faults;
pub mod judged;
pub mod letter;
pub mod lives;
pub mod network;
pub mod plans;
pub mod process;
pub mod secrets;
pub mod session;
pub mod understanding;
pub mod unprivileged;
pub mod visible;
pub mod window;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use app::{App, Channel, EngineOptions, Failure, Imported, Parts, Profile, RandomIds, Secrets, Supervisor};
use chrono::{DateTime, Utc};
use domain::{Clock, SourceId};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::secrets::TestSecrets;

/// A clock that stands still until it is moved.
#[derive(Debug)]
pub struct TestClock(Mutex<DateTime<Utc>>);

impl TestClock {
    /// Stands at noon of this day, UTC.
    pub fn at(day: &str) -> Arc<Self> {
        let noon = format!("{day}T12:00:00Z").parse().expect("a day such as 2026-11-20");
        Arc::new(Self(Mutex::new(noon)))
    }

    /// Moves it.
    pub fn set(&self, instant: DateTime<Utc>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = instant;
    }

    /// Moves it to an instant such as `2026-11-20T12:00:00Z`.
    pub fn go_to(&self, instant: &str) {
        self.set(instant.parse().expect("an instant in UTC"));
    }
}

impl Clock for TestClock {
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A whole program on a temporary profile: everything real but the clock.
pub struct TestApp {
    /// The program.
    pub app: Arc<App>,
    /// Its clock.
    pub clock: Arc<TestClock>,
    /// Its secret store.
    pub secrets: Arc<TestSecrets>,
    channels: Vec<&'static dyn Channel>,
    folder: TempDir,
}

impl TestApp {
    /// A fresh profile, seen from noon of `day`.
    pub fn on(day: &str) -> Self {
        Self::with_channels(day, Parts::real().channels)
    }

    /// The same, with channels of its own.
    pub fn with_channels(day: &str, channels: Vec<&'static dyn Channel>) -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        let clock = TestClock::at(day);
        let secrets = Arc::new(TestSecrets::default());
        let app = Self::open(folder.path(), &clock, &secrets, &channels);
        Self { app, clock, secrets, channels, folder }
    }

    fn open(
        folder: &Path,
        clock: &Arc<TestClock>,
        secrets: &Arc<TestSecrets>,
        channels: &[&'static dyn Channel],
    ) -> Arc<App> {
        let profile = Profile::locate(Some(folder)).expect("a profile folder");
        let parts = Parts {
            clock: Arc::clone(clock) as Arc<dyn Clock>,
            ids: Arc::new(RandomIds),
            channels: channels.to_vec(),
            secrets: Arc::clone(secrets) as Arc<dyn Secrets>,
            reader: Some(process::program("workmate-cli")),
            ..Parts::real()
        };
        App::open(profile, parts).expect("the profile opens")
    }

    /// Closes the profile and opens it again, as after a restart.
    #[must_use]
    pub fn restarted(self) -> Self {
        let Self { app, clock, secrets, channels, folder } = self;
        drop(app);
        let app = Self::open(folder.path(), &clock, &secrets, &channels);
        Self { app, clock, secrets, channels, folder }
    }

    /// The profile's folder.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The inbox folder.
    pub fn inbox(&self) -> PathBuf {
        self.app.inbox_folder().expect("an inbox folder")
    }

    /// Runs a command and gives its output.
    pub fn call(&self, name: &str, input: Value) -> Value {
        self.app.dispatch(name, input).unwrap_or_else(|failure| panic!("{name}: {failure}"))
    }

    /// The rows of a list, all of them: a [`Value::Array`].
    pub fn items(&self, name: &str, input: Value) -> Value {
        let mut query = if input.is_null() { json!({}) } else { input };
        if query["limit"].is_null() {
            query["limit"] = json!(u32::MAX);
        }
        self.call(name, query)["items"].take()
    }

    /// Runs a command that must be refused.
    pub fn refused(&self, name: &str, input: Value) -> Failure {
        self.app.dispatch(name, input).expect_err("this must be refused")
    }

    /// Runs the engine with the inbox folder, as long as the result is kept. Nothing reminds: the desktop is not ours.
    pub fn watch(&self) -> Supervisor {
        self.run(EngineOptions { inbox: true, reminders: false })
    }

    /// Runs the profile, as long as the result is kept.
    pub fn run(&self, options: EngineOptions) -> Supervisor {
        let supervisor = Supervisor::start(&self.app, "test", options).expect("threads");
        assert_eq!(self.call("status.get", Value::Null)["engine"]["by"], "here", "nobody else runs this profile");
        supervisor
    }

    /// Takes one file in and gives its document as the window shows it.
    pub fn document(&self, path: &Path) -> Value {
        let imported = self.import(&[path.to_path_buf()]);
        let [Imported { document: Some(id), .. }] = imported.as_slice() else {
            panic!("{} became no document: {imported:?}", path.display());
        };
        self.call("documents.get", json!({"id": id}))
    }

    /// Takes in a letter of `sender` with this heading and these lines, accepts it where it asks, and gives its document.
    pub fn accepted_letter(&self, name: &str, sender: &str, heading: &str, lines: &[&str]) -> Value {
        let path = self.folder().join(name);
        std::fs::write(&path, letter::letter_from(sender, heading, lines)).expect("the letter is written");
        let document = self.document(&path);
        if document["state"] == "review" {
            self.call("review.accept", json!({"id": document["id"]}));
        }
        self.call("documents.get", json!({"id": document["id"]}))
    }

    /// Takes files in and waits until they are read and filed.
    pub fn import(&self, paths: &[PathBuf]) -> Vec<Imported> {
        let engine = self.run(EngineOptions::JOBS);
        let mut imported = self.app.import(paths, SourceId::Import).expect("the store takes files in");
        let files: Vec<_> = imported.iter().filter_map(|one| one.file.clone()).collect();
        self.app.wait_for(&files, Duration::from_millis(20)).expect("the jobs can be looked at");
        drop(engine);
        for one in &mut imported {
            if let Some(file) = &one.file {
                one.document = self.app.document_of(file).expect("the store can be read");
                one.message = one.message.take().or(self.app.failure_of(file).expect("the store can be read"));
            }
        }
        imported
    }
}

/// What `workmate-cli` printed: the entries of a list, one other answer, or the lines about one file each.
pub fn answers(stdout: &str) -> Vec<Value> {
    let line = |line: &str| match serde_json::from_str(line).unwrap_or_else(|error| panic!("{line}: {error}")) {
        Value::Object(mut answer) if answer.len() == 1 && answer.contains_key("data") => match answer.remove("data") {
            Some(Value::Array(list)) => list,
            other => vec![other.unwrap_or_default()],
        },
        other => vec![other],
    };
    stdout.lines().flat_map(line).collect()
}

/// A file among the fixtures.
pub fn fixture(name: impl AsRef<Path>) -> PathBuf {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(name);
    assert!(path.exists(), "{} is missing", path.display());
    path
}

/// The sample letters that come with the program.
pub fn samples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../assets/samples")
}

/// One of them.
pub fn sample(name: &str) -> PathBuf {
    let path = samples().join(name);
    assert!(path.exists(), "{} is missing", path.display());
    path
}

/// A fact of a document as shown, by the name of its field; null where there is none.
pub fn fact<'a>(document: &'a Value, field: &str) -> &'a Value {
    let facts = document["facts"].as_array().expect("a document as shown");
    facts.iter().find(|fact| fact["field"] == field).unwrap_or(&Value::Null)
}

/// Waits until `condition` gives something; fails after a long while, naming what was waited for.
pub fn wait_for<T>(what: &str, mut condition: impl FnMut() -> Option<T>) -> T {
    let tries = 2400;
    for _ in 0..tries {
        if let Some(value) = condition() {
            return value;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    panic!("waited two minutes for {what}");
}
