//! Ending the program at any moment while letters come in, and the one oracle for what must be true afterwards.
//!
//! [`Scene`] is a profile with an inbox folder and the real program beside it. [`Scene::judge`] is the oracle: every letter
//! lies exactly once in the inbox folder, the archive or `Problems`, the database is whole, and no healthy letter is
//! quarantined. Whoever tests backups, conversion or restoring uses the same one.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::os::unix::process::ExitStatusExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use app::{App, Parts, Profile};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use tempfile::TempDir;

use crate::letter::letter_pdf;
use crate::process::{Process, program};

/// A quiet run ends sooner, unless something hangs.
const QUIET: Duration = Duration::from_secs(120);

/// Chance that is the same each time (a linear congruential generator with the constants of Numerical Recipes).
#[derive(Clone, Debug)]
pub struct Dice(pub u32);

impl Dice {
    /// A number below `most`.
    pub fn below(&mut self, most: u32) -> u32 {
        self.0 = self.0.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (self.0 >> 8) % most.max(1)
    }

    /// A time between two.
    pub fn between(&mut self, from: u32, to: u32) -> Duration {
        Duration::from_millis(u64::from(from + self.below(to - from)))
    }
}

/// What is wrong after a crash, named; all empty is well.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    /// Letters that are nowhere.
    pub lost: Vec<String>,
    /// Letters that are there twice, as files or as documents.
    pub doubled: Vec<String>,
    /// What SQLite, the names of the archive or its rows say; half-written files.
    pub integrity_errors: Vec<String>,
    /// Healthy letters in quarantine.
    pub quarantined: Vec<String>,
    /// Letters of which something else is known than in a profile that was left in peace.
    pub differs: Vec<String>,
}

impl Verdict {
    /// Is all well?
    pub fn is_well(&self) -> bool {
        *self == Self::default()
    }

    /// What is wrong here and there.
    pub fn add(&mut self, other: Self) {
        self.lost.extend(other.lost);
        self.doubled.extend(other.doubled);
        self.integrity_errors.extend(other.integrity_errors);
        self.quarantined.extend(other.quarantined);
        self.differs.extend(other.differs);
    }
}

/// Whether a crash point has ended the program: by `SIGABRT`.
pub fn ended_at_a_point(status: ExitStatus) -> bool {
    const SIGABRT: i32 = 6;
    status.signal() == Some(SIGABRT)
}

/// Does something with each point, two at a time.
pub fn at_each<T: Send>(points: &[&'static str], each: impl Fn(&'static str) -> T + Sync) -> Vec<T> {
    let (next, done) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while let Some(point) = points.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let result = each(point);
                    done.lock().unwrap_or_else(PoisonError::into_inner).push(result);
                }
            });
        }
    });
    done.into_inner().unwrap_or_else(PoisonError::into_inner)
}

/// How a letter is written down.
fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The files below a folder; none if it is not there.
fn files_below(folder: &Path) -> Vec<PathBuf> {
    let entries: Vec<PathBuf> =
        fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    entries.into_iter().flat_map(|path| if path.is_dir() { files_below(&path) } else { vec![path] }).collect()
}

/// A healthy bill, each another one.
pub fn bill(number: u32) -> Vec<u8> {
    letter_pdf(&[
        "Malerbetrieb Sonnenschein, Am Deich 4, 28199 Bremen",
        &format!("Rechnung Nr. R-2026-{number:05}"),
        "Datum: 16.11.2026",
        &format!("Gesamtbetrag: {},{:02} EUR", 40 + number % 900, number % 100),
        "Bitte zahlen Sie bis zum 11.12.2026 auf das Konto DE02 1203 0000 0000 2020 51.",
    ])
}

/// A profile, its inbox folder, and the letters that came.
pub struct Scene {
    folder: TempDir,
    program: PathBuf,
    /// Healthy letters by their hash.
    letters: BTreeMap<String, String>,
    /// Files that are kept as they are, but become no document.
    others: BTreeMap<String, String>,
}

impl Scene {
    /// An empty one, with the program of this build.
    pub fn new() -> Self {
        Self::with(program("workmate-cli"))
    }

    /// An empty one, with another build of the program.
    pub fn with(program: PathBuf) -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        fs::create_dir_all(folder.path().join("profile/inbox")).expect("a folder");
        Self { folder, program, letters: BTreeMap::new(), others: BTreeMap::new() }
    }

    /// The profile.
    pub fn profile(&self) -> PathBuf {
        self.folder.path().join("profile")
    }

    /// Its inbox folder.
    pub fn inbox(&self) -> PathBuf {
        self.profile().join("inbox")
    }

    /// Where files lie that are imported by hand.
    pub fn outside(&self) -> PathBuf {
        self.folder.path().join("outside")
    }

    /// A healthy letter comes into a folder.
    pub fn letter(&mut self, folder: &Path, name: &str, bytes: &[u8]) {
        self.letters.insert(sha256(bytes), name.to_owned());
        self.write(folder, name, bytes);
    }

    /// A file comes into a folder that is no letter, or holds several.
    pub fn other(&mut self, folder: &Path, name: &str, bytes: &[u8]) {
        self.others.insert(sha256(bytes), name.to_owned());
        self.write(folder, name, bytes);
    }

    /// A healthy letter that comes in within another file.
    pub fn expect(&mut self, name: &str, bytes: &[u8]) {
        self.letters.insert(sha256(bytes), name.to_owned());
    }

    fn write(&self, folder: &Path, name: &str, bytes: &[u8]) {
        fs::create_dir_all(folder).expect("a folder");
        // At once, as a scanner that renames does.
        let part = folder.join(format!(".{name}"));
        fs::write(&part, bytes).expect("written");
        fs::rename(part, folder.join(name)).expect("renamed");
    }

    /// The program with arguments, not yet started.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.program);
        command.args(arguments).env("WORKMATE_PROFILE", self.profile());
        // No notification may reach the desktop of whoever runs the tests.
        command.env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere").env("LC_ALL", "C.UTF-8");
        command.env("WORKMATE_LOG", "off").stdout(Stdio::null()).stderr(Stdio::null());
        command
    }

    /// Starts the program and ends it and all that it has started after a time, by SIGKILL.
    pub fn killed_after(&self, arguments: &[&str], time: Duration) {
        let running = Process::start(&mut self.command(arguments));
        std::thread::sleep(time);
        drop(running);
    }

    /// Runs the program until it ends at the `nth` pass of a crash point; `false` if it is not passed in `time`.
    pub fn crashes_at(&self, arguments: &[&str], point: &str, nth: u32, time: Duration) -> bool {
        let mut command = self.command(arguments);
        let mut running = Process::start(command.env(disk::AT_VARIABLE, format!("{point}:{nth}")));
        ended_in(&mut running, time).is_some_and(ended_at_a_point)
    }

    /// Opens the profile beside the program.
    fn look(&self) -> std::sync::Arc<App> {
        let profile = Profile::locate(Some(&self.profile())).expect("a profile folder");
        App::open(profile, Parts::real()).unwrap_or_else(|failure| panic!("{failure}"))
    }

    /// Lets the program work in peace until nothing is left to do. The points that it passes are added to `log`.
    pub fn quiet_run(&self, log: Option<&Path>) {
        let mut command = self.command(&["watch"]);
        if let Some(log) = log {
            command.env(disk::LOG_VARIABLE, log);
        }
        let mut running = Process::start(&mut command);
        let begun = Instant::now();
        let mut still = 0;
        // An engine that has just begun has not yet looked: what is done is done a few times in a row.
        while still < 5 {
            assert!(begun.elapsed() < QUIET, "not done in time: {:?}", files_below(&self.inbox()));
            assert!(running.is_running(), "the program ended by itself");
            std::thread::sleep(Duration::from_millis(200));
            let is_done = self.profile().join("engine.lock").exists()
                && begun.elapsed() > Duration::from_secs(2)
                && self.waits_in_inbox().is_empty()
                && {
                    let status = self.look().dispatch("status.get", Value::Null).expect("the status");
                    status["jobs"] == json!([]) && status["engine"]["by"] == "elsewhere"
                };
            still = if is_done { still + 1 } else { 0 };
        }
        let asked = Command::new("kill").args(["-TERM", &running.id().to_string()]).status().expect("kill");
        assert!(asked.success());
        let ended = ended_in(&mut running, Duration::from_secs(30)).expect("it ends when it is asked to");
        assert!(ended.success(), "{ended}");
    }

    fn waits_in_inbox(&self) -> Vec<PathBuf> {
        let problems = self.inbox().join("Problems");
        files_below(&self.inbox()).into_iter().filter(|path| !path.starts_with(&problems)).collect()
    }

    /// How often each file is in a place.
    fn counted(files: impl IntoIterator<Item = PathBuf>) -> BTreeMap<String, usize> {
        let mut counted = BTreeMap::new();
        for file in files {
            // One that is just being moved is somewhere else.
            if let Ok(bytes) = fs::read(&file) {
                *counted.entry(sha256(&bytes)).or_default() += 1;
            }
        }
        counted
    }

    /// Files that are nowhere, at any moment.
    pub fn lost(&self) -> Vec<String> {
        let there = Self::counted(files_below(self.folder.path()));
        let all = self.letters.iter().chain(&self.others);
        // What is inside of another file is there with it.
        let written = |name: &str| !name.contains(" in ");
        all.filter(|(hash, name)| written(name) && !there.contains_key(*hash)).map(|(_, name)| name.clone()).collect()
    }

    /// What is true once nothing is left to do. `reference` is what an undisturbed profile knows of the letters.
    pub fn judge(&self, reference: Option<&BTreeMap<String, Value>>) -> Verdict {
        let mut verdict = Verdict { lost: self.lost(), ..Verdict::default() };
        let problems = self.inbox().join("Problems");
        let archive = self.profile().join("archive");
        let inbox = Self::counted(self.waits_in_inbox());
        let aside = Self::counted(files_below(&problems));
        let mut stored: BTreeMap<String, usize> = BTreeMap::new();
        for file in files_below(&archive) {
            let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let hash = fs::read(&file).map(|bytes| sha256(&bytes)).unwrap_or_default();
            if hash != name {
                verdict.integrity_errors.push(format!("{} is half written or damaged", file.display()));
            }
            *stored.entry(hash).or_default() += 1;
        }
        let nowhere = |hash: &String| !stored.contains_key(hash) && !aside.contains_key(hash);
        for (hash, name) in self.letters.iter().chain(&self.others) {
            let count = |place: &BTreeMap<String, usize>| place.get(hash).copied().unwrap_or_default();
            if nowhere(hash) && !verdict.lost.contains(name) {
                verdict.lost.push(format!("{name} is not taken in"));
            }
            // A file that cannot be read is in the archive, and as a copy for the person among the problems.
            if count(&inbox) > 0 || count(&aside) > 1 || self.letters.contains_key(hash) && count(&aside) > 0 {
                verdict.doubled.push(name.clone());
            }
        }
        let app = self.look();
        verdict.integrity_errors.extend(app.integrity_errors().expect("the database can be read"));
        let rows: BTreeSet<String> =
            app.stored_files().expect("the files can be listed").into_iter().map(|file| file.to_string()).collect();
        let files: BTreeSet<String> = stored.into_keys().collect();
        verdict
            .integrity_errors
            .extend(rows.symmetric_difference(&files).map(|file| format!("{file}: file or row is missing")));
        let status = app.dispatch("status.get", Value::Null).expect("the status");
        for problem in status["problems"].as_array().expect("a list") {
            let name = problem["name"].as_str().unwrap_or_default();
            if problem["code"] == "quarantined" {
                verdict.quarantined.push(name.to_owned());
            } else if problem["code"] == "original_damaged" {
                verdict.integrity_errors.push(problem["message"].to_string());
            }
        }
        let known = known(&app, &mut verdict.doubled);
        let letters: BTreeSet<&String> = self.letters.keys().collect();
        for missing in letters.iter().filter(|hash| !known.contains_key(**hash)) {
            verdict.lost.push(format!("{} is no document", self.letters[*missing]));
        }
        for (hash, value) in reference.into_iter().flatten() {
            if known.get(hash).is_some_and(|known| known != value) {
                verdict.differs.push(format!("{}: {} instead of {value}", self.letters[hash], known[hash]));
            }
        }
        verdict
    }

    /// What the profile knows of its letters.
    pub fn known(&self) -> BTreeMap<String, Value> {
        known(&self.look(), &mut Vec::new())
    }
}

impl Default for Scene {
    fn default() -> Self {
        Self::new()
    }
}

/// What was made of each original, without ids and times; documents of the same original are noted as doubled.
fn known(app: &App, doubled: &mut Vec<String>) -> BTreeMap<String, Value> {
    let call = |name, input| app.dispatch(name, input).unwrap_or_else(|failure| panic!("{name}: {failure}"));
    let list = call("documents.list", json!({"limit": 100_000}));
    let mut known = BTreeMap::new();
    for row in list["items"].as_array().expect("a list") {
        let document = call("documents.get", json!({"id": row["id"]}));
        let hash = document["file"].as_str().unwrap_or_default().to_owned();
        let of = |list: &Value, names: &[&str]| -> Vec<String> {
            let one = |item: &Value| names.iter().map(|name| item[*name].to_string()).collect::<Vec<_>>().join(" ");
            let mut all: Vec<String> = list.as_array().into_iter().flatten().map(one).collect();
            all.sort();
            all
        };
        let made = json!({
            "kind": document["kind"],
            "facts": of(&document["facts"], &["field", "value"]),
            "tasks": of(&document["tasks"], &["kind", "due", "amount"]),
        });
        if known.insert(hash.clone(), made).is_some() {
            doubled.push(format!("two documents of {hash}"));
        }
    }
    known
}

fn ended_in(running: &mut Process, time: Duration) -> Option<ExitStatus> {
    let begun = Instant::now();
    loop {
        match running.ended() {
            Some(status) => return Some(status),
            None if begun.elapsed() > time => return None,
            None => std::thread::sleep(Duration::from_millis(10)),
        }
    }
}

/// What is killed how often.
#[derive(Clone, Copy, Debug)]
pub struct Lives {
    /// Profiles, each from its beginning.
    pub lives: u32,
    /// Kills in each.
    pub kills: u32,
    /// Letters in each: half come into the inbox folder, half are imported by hand.
    pub letters: u32,
}

/// Kills the program again and again while letters come in; what is wrong in the end.
pub fn killed_lives(program: &Path, plan: Lives, seed: u32) -> Verdict {
    let mut dice = Dice(seed);
    let mut verdict = Verdict::default();
    for life in 0..plan.lives {
        let mut scene = Scene::with(program.to_owned());
        let (inbox, outside) = (scene.inbox(), scene.outside());
        let mut come = 0;
        for kill in 1..=plan.kills {
            // All have come when two thirds of the kills are over.
            let wanted = (plan.letters * kill * 3 / (plan.kills * 2)).min(plan.letters);
            for number in come..wanted {
                let folder = if number % 2 == 0 { &inbox } else { &outside };
                scene.letter(folder, &format!("letter {number}.pdf"), &bill(life * 10_000 + number));
            }
            come = wanted;
            if dice.below(2) == 0 || !outside.exists() {
                scene.killed_after(&["watch"], dice.between(100, 2200));
            } else {
                let path = outside.display().to_string();
                scene.killed_after(&["import", "--wait", &path], dice.between(30, 900));
            }
            verdict.lost.extend(scene.lost());
        }
        if outside.exists() {
            let imported = scene.command(&["import", &outside.display().to_string()]).status().expect("it runs");
            assert!(imported.success(), "{imported}");
        }
        scene.quiet_run(None);
        verdict.add(scene.judge(None));
    }
    verdict
}

/// A scene in which a run passes nearly every crash point: letters alone and together, files that cannot be read, and what
/// earlier runs have left.
pub fn busy_scene(program: &Path, letters: u32) -> Scene {
    let mut scene = Scene::with(program.to_owned());
    let inbox = scene.inbox();
    for number in 0..letters {
        scene.letter(&inbox, &format!("letter {number}.pdf"), &bill(number));
    }
    let made = scene.command(&["call", "jobs.resume"]).status().expect("it runs");
    assert!(made.success(), "{made}");
    // A mail with a letter in it.
    let inside = bill(90_001);
    scene.expect("letter in mail.zip", &inside);
    scene.other(&inbox, "mail.zip", &zip_of("letter.pdf", &inside));
    // Looks whole, and cannot be read.
    scene.other(&inbox, "broken.pdf", b"%PDF-1.7\nnothing of what a PDF has\n%%EOF\n");
    // Nothing that is read.
    scene.other(&inbox, "program.exe", b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0");
    // What was being taken in when an earlier run was killed.
    let claimed = bill(90_002);
    scene.expect("claimed.pdf", &claimed);
    fs::write(inbox.join(".workmate-takes-1-claimed.pdf"), &claimed).expect("written");
    // An original without a row, and half a file.
    let orphan = bill(90_003);
    scene.expect("orphan.pdf", &orphan);
    let hash = sha256(&orphan);
    let folder = scene.profile().join("archive").join(&hash[..2]);
    fs::create_dir_all(&folder).expect("a folder");
    fs::write(folder.join(&hash), &orphan).expect("written");
    fs::write(scene.profile().join("archive/1-1.part"), b"half").expect("written");
    scene
}

/// Makes the database one of an earlier program, which the next start copies and brings up to date.
pub fn make_older(scene: &Scene) {
    let script = "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); \
                  c.executescript('DROP TABLE profile; DROP TABLE backups; DROP TABLE verifications; DROP TABLE keys; DROP TABLE chain; DROP TABLE removals; DROP TABLE blackouts; ALTER TABLE problems DROP COLUMN times; DROP INDEX jobs_of_second_reading; DELETE FROM refinery_schema_history WHERE version >= 85'); c.commit()";
    let done = Command::new("python3").args(["-c", script]).arg(scene.profile().join("workmate.db")).status();
    assert!(done.expect("python3").success());
    fs::remove_file(scene.profile().join("profile.id")).expect("an earlier program has none");
}

/// The archive takes no letter: where a folder of it should be made, there is a file. So the letter goes back.
fn obstruct(scene: &Scene, bytes: &[u8], is_in_the_way: bool) {
    let path = scene.profile().join("archive").join(&sha256(bytes)[..2]);
    if is_in_the_way {
        fs::write(path, "in the way").expect("written");
    } else {
        fs::remove_file(path).expect("removed");
    }
}

/// What came of ending the program at a point.
#[derive(Clone, Debug)]
pub struct Crash {
    /// The point.
    pub point: &'static str,
    /// Whether the program ended there.
    pub was_hit: bool,
    /// What is wrong after a quiet run.
    pub verdict: Verdict,
}

/// Ends the program at a crash point, lets it work in peace, and judges.
pub fn crash_at(program: &Path, point: &'static str, letters: u32, nth: u32) -> Crash {
    let time = Duration::from_secs(40);
    if point.starts_with("erase.") {
        return crash_while_erasing(program, point, time);
    }
    let mut scene = if point.starts_with("open.") {
        let mut scene = Scene::with(program.to_owned());
        let inbox = scene.inbox();
        scene.letter(&inbox, "letter.pdf", &bill(1));
        scene
    } else {
        busy_scene(program, letters)
    };
    if point.starts_with("migrate.") {
        make_older(&scene);
    }
    let stuck = bill(90_004);
    let gives_back = point == "inbox.given_back";
    if gives_back {
        let inbox = scene.inbox();
        scene.letter(&inbox, "stuck.pdf", &stuck);
        obstruct(&scene, &stuck, true);
    }
    let was_hit = scene.crashes_at(&["watch"], point, nth, time);
    if gives_back {
        obstruct(&scene, &stuck, false);
    }
    let mut verdict = Verdict { lost: scene.lost(), ..Verdict::default() };
    scene.quiet_run(None);
    verdict.add(scene.judge(None));
    Crash { point, was_hit, verdict }
}

/// A scene with a letter that is kept, and one in the trash, whose hash is given.
fn thrown_away(program: &Path) -> (Scene, String) {
    let mut scene = Scene::with(program.to_owned());
    let (inbox, thrown) = (scene.inbox(), bill(90_005));
    scene.letter(&inbox, "kept.pdf", &bill(1));
    scene.write(&inbox, "thrown.pdf", &thrown);
    let made = scene.command(&["call", "jobs.resume"]).status().expect("it runs");
    assert!(made.success());
    scene.quiet_run(None);
    let app = scene.look();
    let list = app.dispatch("documents.list", json!({})).expect("a list");
    let is_it = |row: &&Value| row["file"] == sha256(&thrown);
    let found = list["items"].as_array().and_then(|rows| rows.iter().find(is_it)).expect("the letter was read").clone();
    app.dispatch("documents.trash", json!({"id": found["id"]})).expect("into the trash");
    (scene, sha256(&thrown))
}

/// Ends the program while it deletes a letter for good: after the next run the letter is nowhere, and nothing else is gone.
fn crash_while_erasing(program: &Path, point: &'static str, time: Duration) -> Crash {
    let (scene, thrown) = thrown_away(program);
    let was_hit = scene.crashes_at(&["call", "trash.delete", "{}"], point, 1, time);
    scene.quiet_run(None);
    let mut verdict = scene.judge(None);
    if files_below(&scene.profile().join("archive")).iter().any(|file| file.ends_with(&thrown)) {
        verdict.integrity_errors.push("a letter that was deleted for good is there again".to_owned());
    }
    Crash { point, was_hit, verdict }
}

/// The points that are passed when a profile is made, letters come in, an older database is brought up to date, and the
/// archive takes a letter only later.
pub fn passed_points(program: &Path) -> BTreeSet<String> {
    let home = TempDir::new().expect("a temporary folder");
    let log = home.path().join("log");
    let mut scene = busy_scene(program, 2);
    let fresh = Scene::with(program.to_owned());
    let made = fresh.command(&["call", "jobs.resume"]).env(disk::LOG_VARIABLE, &log).status().expect("it runs");
    assert!(made.success());
    make_older(&scene);
    scene.quiet_run(Some(&log));
    let stuck = bill(90_004);
    obstruct(&scene, &stuck, true);
    let inbox = scene.inbox();
    scene.letter(&inbox, "stuck.pdf", &stuck);
    let _running = Process::start(scene.command(&["watch"]).env(disk::LOG_VARIABLE, &log));
    let passed =
        || -> BTreeSet<String> { fs::read_to_string(&log).unwrap_or_default().lines().map(str::to_owned).collect() };
    let (thrown, _) = thrown_away(program);
    let erased = thrown.command(&["call", "trash.delete", "{}"]).env(disk::LOG_VARIABLE, &log).status();
    assert!(erased.expect("it runs").success());
    crate::wait_for("a letter that goes back", || passed().contains("inbox.given_back").then_some(()));
    passed()
}

/// A ZIP file with one stored file in it.
fn zip_of(name: &str, bytes: &[u8]) -> Vec<u8> {
    let crc = bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 })
    });
    let length = u32::try_from(bytes.len()).expect("a small file").to_le_bytes();
    let name_length = u16::try_from(name.len()).expect("a short name").to_le_bytes();
    // Version 2.0, no flags, stored, a time, then what both headers share.
    let shared =
        [b"\x14\0\0\0\0\0\0\0\x21\x58".as_slice(), &(!crc).to_le_bytes(), &length, &length, &name_length, b"\0\0"]
            .concat();
    let file = [b"PK\x03\x04".as_slice(), &shared, name.as_bytes(), bytes].concat();
    let entry = [b"PK\x01\x02\x14\0".as_slice(), &shared, &[0; 14], name.as_bytes()].concat();
    let place = u32::try_from(file.len()).expect("a small file").to_le_bytes();
    let size = u32::try_from(entry.len()).expect("a small file").to_le_bytes();
    let end = [b"PK\x05\x06\0\0\0\0\x01\0\x01\0".as_slice(), &size, &place, b"\0\0"].concat();
    [file, entry, end].concat()
}
