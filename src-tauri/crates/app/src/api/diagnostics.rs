//! A report on how the program is, for who looks into a fault: shown first, then saved where the person says, and sent by
//! nobody. What is in it is chosen here: numbers, and words of the program. No name, text, amount or path of anything of the
//! person's.

use std::fmt::Display;
use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write as _};
use std::path::Path;
use std::sync::PoisonError;

use domain::FailureCode;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

use crate::runtime::log;
use crate::{App, Failure};

/// Lines of the log in it.
const LOG_LINES: usize = 300;
/// Settings whose words are those of the program.
const WORDS: [&str; 3] = ["language", "theme", "weekend"];
/// Files of one day that are not overwritten.
const MOST_OF_A_DAY: u32 = 100;

/// The report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Diagnostics {
    /// All of it.
    pub text: String,
}

/// Where to.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct SaveDiagnostics {
    /// Full path of a folder.
    pub folder: String,
}

/// A report that was saved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct SavedDiagnostics {
    /// The full path of its file.
    pub path: String,
}

/// How the program is: versions, system, numbers, errors by their cause, log. What is shown is what `save` writes.
pub fn get(app: &App, _: ()) -> Result<Diagnostics, Failure> {
    let text = report(app)?;
    *app.shown_diagnostics.lock().unwrap_or_else(PoisonError::into_inner) = Some(text.clone());
    Ok(Diagnostics { text })
}

/// Writes the report as it was shown last into a folder. Fails with `not_found` if none was shown, `folder_missing`,
/// `io`.
pub fn save(app: &App, SaveDiagnostics { folder }: SaveDiagnostics) -> Result<SavedDiagnostics, Failure> {
    let shown = app.shown_diagnostics.lock().unwrap_or_else(PoisonError::into_inner).clone();
    let Some(text) = shown else {
        return Err(Failure::new(FailureCode::NotFound, "No report was shown yet. Please look at it first."));
    };
    let day = app.today(&app.settings()?)?;
    let refused = |error: std::io::Error| {
        let code = if error.kind() == ErrorKind::NotFound { FailureCode::FolderMissing } else { FailureCode::Io };
        Failure::new(code, format!("The report cannot be saved in {folder}: {error}."))
    };
    for number in 1..=MOST_OF_A_DAY {
        let numbered = if number == 1 { String::new() } else { format!("-{number}") };
        let path = Path::new(&folder).join(format!("workmate-diagnostics-{day}{numbered}.txt"));
        match disk::private(OpenOptions::new().write(true).create_new(true)).open(&path) {
            Ok(mut file) => {
                file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).map_err(refused)?;
                return Ok(SavedDiagnostics { path: path.display().to_string() });
            }
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => return Err(refused(error)),
        }
    }
    Err(refused(ErrorKind::AlreadyExists.into()))
}

fn report(app: &App) -> Result<String, Failure> {
    let mut report = Report::default();
    let now = app.now().format("%Y-%m-%d %H:%M UTC");
    report.line(format_args!("Workmate Private, a report on how it is, {now}"));
    report.line("No names, texts, amounts or places of letters are in it.");

    report.head("Versions and system");
    report.entry("program", env!("CARGO_PKG_VERSION"));
    report.entry("processor", std::env::consts::ARCH);
    report.entry("system", system_name());
    report.entry("kernel", file_word("/proc/sys/kernel/osrelease"));
    report.entry("memory", memory());
    report.entry("processors", std::thread::available_parallelism().map_or(0, usize::from));
    for variable in ["XDG_CURRENT_DESKTOP", "XDG_SESSION_TYPE"] {
        report.entry(variable, std::env::var(variable).map_or_else(|_| "-".to_owned(), |value| word(&value)));
    }
    let versions = app.reader.versions();
    report.entry("readers", versions);
    report.entry("second reader installed", app.reader.has_second_reader());
    let sandbox = app.reader.sandbox();
    report.entry("readers shut off", format!("calls {}, landlock {:?}", sandbox.calls, sandbox.landlock));
    report.entry("schema", store::schema_version());

    let (bytes, tables, documents, jobs, groups) = app.store.read(|r| {
        let counts = (r.database_bytes()?, r.table_sizes()?, r.documents_by_state()?, r.jobs_alike()?);
        Ok((counts.0, counts.1, counts.2, counts.3, r.problem_groups()?))
    })?;
    report.head("Numbers");
    report.entry("database, bytes", bytes);
    for (state, count) in documents {
        report.entry(format_args!("documents, {}", word(&state)), count);
    }
    for jobs in jobs {
        let code = jobs.code.map_or("-", FailureCode::as_str);
        report.entry(format_args!("jobs, {} {} {code}", word(&jobs.kind), word(&jobs.state)), jobs.count);
    }
    for (table, count) in tables.into_iter().filter(|(_, count)| *count > 0) {
        report.entry(format_args!("rows, {}", word(&table)), count);
    }

    report.head("Settings");
    if let Value::Object(settings) = serde_json::to_value(app.settings()?).unwrap_or_default() {
        for (key, value) in settings {
            report.entry(&key, setting(&key, &value));
        }
    }

    report.head("Problems that are shown, by cause");
    if let Some(trouble) = app.own_disk.trouble() {
        report.entry(trouble.failure.code.as_str(), "now, of the disk of the profile");
    }
    for group in groups {
        let last = group.last.format("%Y-%m-%d %H:%M UTC");
        report.entry(group.code.as_str(), format_args!("{}, came {} times, last {last}", group.count, group.times));
    }

    report.head("Threads");
    for thread in app.threads.views() {
        report.entry(&thread.name, format_args!("{:?}, {} restarts", thread.state, thread.restarts));
    }

    report.head("Log, the newest lines last");
    log::newest(&app.profile.folder, LOG_LINES).iter().for_each(|line| report.line(line));
    Ok(report.0)
}

#[derive(Default)]
struct Report(String);

impl Report {
    fn line(&mut self, line: impl Display) {
        self.0 += &format!("{line}\n");
    }

    fn head(&mut self, head: &str) {
        self.0 += &format!("\n== {head}\n");
    }

    fn entry(&mut self, name: impl Display, value: impl Display) {
        self.line(format_args!("{name}: {value}"));
    }
}

/// Switches and numbers are shown; of everything else only how much there is, as names and places may be in it.
fn setting(key: &str, value: &Value) -> String {
    match value {
        Value::Bool(_) | Value::Number(_) => value.to_string(),
        Value::String(text) if WORDS.contains(&key) => word(text),
        Value::Null => "not set".to_owned(),
        Value::Array(list) => format!("{} entries", list.len()),
        Value::Object(fields) => format!("{} entries", fields.len()),
        Value::String(_) => "set".to_owned(),
    }
}

/// Text of the system or of a table, if it looks like a word.
fn word(text: &str) -> String {
    let is_word = |letter: char| letter.is_ascii_alphanumeric() || "_-.:+ ".contains(letter);
    if text.len() <= 64 && text.chars().all(is_word) { text.to_owned() } else { "…".to_owned() }
}

fn file_word(path: &str) -> String {
    fs::read_to_string(path).map_or_else(|_| "-".to_owned(), |text| word(text.trim()))
}

fn system_name() -> String {
    let release = fs::read_to_string("/etc/os-release").unwrap_or_default();
    let name = release.lines().find_map(|line| line.strip_prefix("PRETTY_NAME="));
    let letters = |name: &str| name.replace('/', "-").replace(['"', '(', ')'], "");
    name.map_or_else(|| std::env::consts::OS.to_owned(), |name| word(&letters(name)))
}

fn memory() -> String {
    let text = fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let total = text.lines().find_map(|line| line.strip_prefix("MemTotal:"));
    total.map_or_else(|| "-".to_owned(), |total| word(total.trim()))
}
