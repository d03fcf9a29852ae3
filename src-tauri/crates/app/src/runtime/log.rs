//! The log of a profile: what went wrong inside the program, for whoever looks into a fault.
//!
//! Nothing of a letter may be in it, and file names are content, too. What may is decided here and nowhere else: the fixed
//! words of the program's own messages, and of their fields those of [`FIELDS`], if they look like a word or a number. Of an
//! error only the number that the system gave is taken. The terminal of who started the program sees more.
//!
//! A log that cannot be written is no error: nothing waits for it, and nothing fails because of it.

use std::fmt::Debug;
use std::fs::{self, File, OpenOptions};
use std::io::{self, IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use chrono::SecondsFormat;
use tracing::field::{Field, Visit};
use tracing::level_filters::LevelFilter;
use tracing::{Event, Metadata, Subscriber};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt as _};
use tracing_subscriber::util::SubscriberInitExt as _;
use tracing_subscriber::{EnvFilter, fmt};

use crate::ports::clock::clock;

/// Crates whose messages are fixed words; a test reads them all. What libraries say may quote what they work on.
const OWN: [&str; 10] =
    ["workmate", "workmate_cli", "app", "backup", "connect", "disk", "domain", "read", "store", "understand"];

/// Fields that may be written. Their values are words of the program (codes, kinds, names of threads) and numbers.
const FIELDS: [&str; 12] =
    ["at", "code", "count", "kind", "page", "pid", "role", "schema", "system", "table", "thread", "version"];

/// Fields that hold an error: of its words only the number of the system is written.
const ERRORS: [&str; 2] = ["error", "failure"];

/// The longest value of a field.
const LONGEST: usize = 40;

/// The folder in the profile.
const FOLDER: &str = "log";
/// A file of the log holds no more, so that all of them stay below 4 MiB.
const MOST_BYTES: u64 = 1024 * 1024;
/// Older files that are kept beside the present one.
const OLDER: u32 = 3;
/// Lines that wait for a profile; more are forgotten.
const MOST_WAITING: usize = 100;

/// Where the lines of this process go.
static PLACE: Mutex<Place> = Mutex::new(Place { files: None, waiting: Vec::new() });

struct Place {
    files: Option<Files>,
    waiting: Vec<String>,
}

/// Tells the terminal what the variable `WORKMATE_LOG` asks for, warnings otherwise, and the log of the profile what it may
/// hold. Called once, at the start of a program.
pub fn init() {
    let filter = EnvFilter::try_from_env("WORKMATE_LOG").unwrap_or_else(|_| EnvFilter::new("warn"));
    let terminal = fmt::layer()
        .with_writer(io::stderr)
        // It would be said with a macro that panics when nobody reads standard error any more.
        .log_internal_errors(false)
        .with_ansi(io::stderr().is_terminal())
        .with_filter(filter);
    tracing_subscriber::registry().with(terminal).with(ProfileLog.with_filter(LevelFilter::INFO)).init();
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        usual(panic);
        // What it says may quote a letter; where it happened does not.
        if let Some(place) = panic.location() {
            let file = Path::new(place.file()).file_name().unwrap_or_default().to_string_lossy();
            tracing::error!(at = format!("{file}:{}", place.line()), "a thread panicked");
        }
    }));
}

/// From now on, and with what was said before, into this profile.
pub(crate) fn begin(profile: &Path) {
    place().files = Some(Files { folder: profile.join(FOLDER), most_bytes: MOST_BYTES, older: OLDER });
}

/// The newest lines of a profile's log, the newest last.
pub(crate) fn newest(profile: &Path, most: usize) -> Vec<String> {
    let files = Files { folder: profile.join(FOLDER), most_bytes: MOST_BYTES, older: OLDER };
    let mut lines = Vec::new();
    for number in 0..=OLDER {
        if lines.len() >= most {
            break;
        }
        let text = fs::read_to_string(files.path(number)).unwrap_or_default();
        lines.extend(text.lines().rev().take(most - lines.len()).map(str::to_owned));
    }
    lines.reverse();
    lines
}

fn place() -> MutexGuard<'static, Place> {
    PLACE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Hands what may be written to the file.
struct ProfileLog;

impl<S: Subscriber> Layer<S> for ProfileLog {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let Some(line) = line(event) else { return };
        let mut place = place();
        place.waiting.push(line);
        let Place { files, waiting } = &mut *place;
        // In a new profile the folder is made only after the first lines.
        if let Some(files) = files
            && files.write(&waiting.concat()).is_ok()
        {
            waiting.clear();
        }
        let too_many = waiting.len().saturating_sub(MOST_WAITING);
        waiting.drain(..too_many);
    }
}

/// The line of an event; none if its words are not ours.
fn line(event: &Event<'_>) -> Option<String> {
    let about: &Metadata<'_> = event.metadata();
    let of = about.target();
    OWN.contains(&of.split("::").next()?).then_some(())?;
    let now = clock().now().to_rfc3339_opts(SecondsFormat::Millis, true);
    let mut taken = Taken::default();
    event.record(&mut taken);
    let Taken { message, fields } = taken;
    Some(format!("{now} {} {} {of}: {message}{fields}\n", std::process::id(), about.level()))
}

/// What of an event may be written.
#[derive(Default)]
struct Taken {
    message: String,
    fields: String,
}

impl Visit for Taken {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        let name = field.name();
        if name == "message" {
            self.message = format!("{value:?}");
        } else if ERRORS.contains(&name) {
            if let Some(number) = system_error(&format!("{value:?}")) {
                self.add("system_error", number);
            }
        } else if FIELDS.contains(&name) {
            self.add(name, format!("{value:?}").trim_matches('"'));
        }
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.record_debug(field, &format_args!("{value}"));
    }
}

impl Taken {
    fn add(&mut self, name: &str, value: &str) {
        let is_word = |letter: char| letter.is_ascii_alphanumeric() || "_-.:+".contains(letter);
        let value = if value.len() <= LONGEST && value.chars().all(is_word) { value } else { "…" };
        self.fields += &format!(" {name}={value}");
    }
}

/// The number in “(os error 28)”.
fn system_error(words: &str) -> Option<&str> {
    let after = words.rsplit_once("(os error ")?.1;
    let number = after.split_once(')')?.0;
    number.bytes().all(|digit| digit.is_ascii_digit()).then_some(number)
}

/// The files of a log: the present one, and older ones with numbers.
struct Files {
    folder: PathBuf,
    most_bytes: u64,
    older: u32,
}

impl Files {
    fn path(&self, number: u32) -> PathBuf {
        match number {
            0 => self.folder.join("workmate.log"),
            older => self.folder.join(format!("workmate.{older}.log")),
        }
    }

    /// Opens the file anew each time, because a restore may have put another folder in the place of the profile, and
    /// another process may have begun a new file. In one call, so that lines of two processes are not mixed.
    fn write(&self, lines: &str) -> io::Result<()> {
        match disk::private_folder().create(&self.folder) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
            _ => {}
        }
        let mut file = self.open()?;
        if self.is_full(lines)? {
            file = self.begin_new(&file, lines)?;
        }
        file.write_all(lines.as_bytes())
    }

    fn open(&self) -> io::Result<File> {
        disk::private(OpenOptions::new().append(true).create(true)).open(self.path(0))
    }

    fn is_full(&self, lines: &str) -> io::Result<bool> {
        let before = fs::metadata(self.path(0))?.len();
        Ok(before > 0 && before.saturating_add(lines.len() as u64) > self.most_bytes)
    }

    /// Numbers the files up by one. Another process may have done it meanwhile: it held the lock.
    fn begin_new(&self, full: &File, lines: &str) -> io::Result<File> {
        full.lock()?;
        if self.is_full(lines)? {
            for number in (0..self.older).rev() {
                match fs::rename(self.path(number), self.path(number + 1)) {
                    Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                    _ => {}
                }
            }
        }
        self.open()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(folder: &Path) -> Files {
        Files { folder: folder.join("log"), most_bytes: 100, older: 2 }
    }

    #[test]
    fn the_log_is_limited_in_size_and_number_and_for_its_owner_alone() {
        let folder = tempfile::tempdir().unwrap();
        let files = files(folder.path());
        for number in 0..100 {
            files.write(&format!("line {number:03}\n")).unwrap();
        }
        let mut names: Vec<_> = fs::read_dir(&files.folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        names.sort();
        assert_eq!(names, [files.path(1), files.path(2), files.path(0)]);
        for path in &names {
            assert!(fs::metadata(path).unwrap().len() <= 100, "{}", path.display());
            #[cfg(unix)]
            {
                use std::os::unix::fs::PermissionsExt as _;
                assert_eq!(fs::metadata(path).unwrap().permissions().mode() & 0o777, 0o600);
            }
        }
        assert!(fs::read_to_string(files.path(0)).unwrap().ends_with("line 099\n"));
        assert!(fs::read_to_string(files.path(1)).unwrap().ends_with("line 098\n"), "the one before goes on there");
    }

    #[test]
    fn of_a_message_only_fixed_words_codes_and_numbers_are_written() {
        let letter = "Musterfrau GmbH, 84,20 €";
        let lines = Mutex::new(Vec::new());
        struct Collect<'a>(&'a Mutex<Vec<String>>);
        impl<S: Subscriber> Layer<S> for Collect<'static> {
            fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
                self.0.lock().unwrap().extend(line(event));
            }
        }
        let lines: &'static Mutex<Vec<String>> = Box::leak(Box::new(lines));
        let subscriber = tracing_subscriber::registry().with(Collect(lines));
        tracing::subscriber::with_default(subscriber, || {
            let full = io::Error::from_raw_os_error(28);
            tracing::warn!(file = letter, error = %format!("{letter}: {full}"), code = "disk_full", "it was not kept");
            tracing::warn!(path = %letter, code = letter, name = letter, failure = %letter, "a code that is none");
            tracing::warn!(target: "pdfium", "{letter} cannot be read");
            tracing::error!(page = 3, at = "jobs.rs:12", is_told = true, "a page");
        });
        let lines = lines.lock().unwrap();
        let told: Vec<_> = lines.iter().map(|line| line.split_once("tests: ").unwrap().1).collect();
        assert_eq!(
            told,
            [
                "it was not kept system_error=28 code=disk_full\n",
                "a code that is none code=…\n",
                "a page page=3 at=jobs.rs:12\n"
            ]
        );
    }

    #[test]
    fn the_newest_lines_are_given_across_files() {
        let folder = tempfile::tempdir().unwrap();
        let files = files(folder.path());
        for number in 0..30 {
            files.write(&format!("line {number:03}\n")).unwrap();
        }
        let newest = newest(folder.path(), 15);
        assert_eq!((newest.len(), newest[0].as_str(), newest[14].as_str()), (15, "line 015", "line 029"));
    }
}
