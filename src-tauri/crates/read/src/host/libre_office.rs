//! LibreOffice as a program of its own, confined: it gets one folder, in memory where the system has one, no network and no
//! other program's socket. It turns an office document into a PDF.
//!
//! The program starts itself as a child that confines itself and then becomes LibreOffice ([`become_libre_office`]).

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use super::Watch;
use super::serve::READER_ARGUMENT;
use crate::{ReadError, ReadOptions};

/// After [`READER_ARGUMENT`]: the child is to become LibreOffice.
pub(super) const OFFICE_ARGUMENT: &str = "--office";
/// A letter takes two seconds; a book of a thousand pages less than one minute.
const LONGEST: Duration = Duration::from_secs(180);
/// How often it is looked whether it has ended.
const LOOK: Duration = Duration::from_millis(20);
/// The document, and what becomes of it, in the folder.
const DOCUMENT: &str = "document";

/// Where LibreOffice is installed; `None` if it is not, or on systems on which no child can be confined.
pub(crate) fn libre_office() -> Option<PathBuf> {
    if !cfg!(target_os = "linux") {
        return None;
    }
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join("soffice")).find(|program| program.is_file())
}

/// The PDF that LibreOffice makes of a document; `ending` says what kind it is.
pub(crate) fn as_pdf(
    name: &str,
    bytes: &[u8],
    ending: &str,
    options: &ReadOptions,
    watch: Watch<'_>,
) -> Result<Vec<u8>, ReadError> {
    let failed =
        |error: io::Error| ReadError::Engine { name: name.to_owned(), detail: format!("LibreOffice: {error}") };
    let (Some(program), Some(child)) = (libre_office(), &options.child) else {
        return Err(ReadError::EngineMissing {
            name: name.to_owned(),
            engine: "LibreOffice".into(),
            detail: "it turns office documents into PDFs".to_owned(),
            way_out: "Install LibreOffice Writer, or print the document to PDF and drop that.".into(),
        });
    };
    let folder = folder().map_err(failed)?;
    fs::write(folder.path().join(DOCUMENT).with_extension(ending), bytes).map_err(failed)?;
    let mut process = start(child, &program, &folder, options, ending).map_err(failed)?;
    wait(&mut process, name, watch)?;
    let pdf = folder.path().join(DOCUMENT).with_extension("pdf");
    // What LibreOffice cannot open, it leaves without a word and with success.
    match fs::read(pdf) {
        Ok(pdf) => Ok(pdf),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Err(ReadError::Unsupported {
            name: name.to_owned(),
            found: "an office document that LibreOffice cannot open (locked by a password, or damaged)".to_owned(),
            way_out: "Open it, print it to PDF, then drop the PDF.".into(),
        }),
        Err(error) => Err(failed(error)),
    }
}

/// A folder for one document, which nobody else can look into: in memory, so that no trace of a letter stays on the disk, else
/// where temporary files are.
fn folder() -> io::Result<TempDir> {
    let in_memory =
        std::env::var_os("XDG_RUNTIME_DIR").map(PathBuf::from).into_iter().chain([PathBuf::from("/dev/shm")]);
    let new = |base: &Path| tempfile::Builder::new().prefix("workmate-office-").tempdir_in(base);
    in_memory
        .filter(|base| base.is_dir())
        .find_map(|base| new(&base).ok())
        .map_or_else(|| new(&std::env::temp_dir()), Ok)
}

fn start(child: &Path, program: &Path, folder: &TempDir, options: &ReadOptions, ending: &str) -> io::Result<Child> {
    let home = folder.path();
    let mut profile = OsString::from("-env:UserInstallation=file://");
    profile.push(home.join("profile"));
    let mut command = Command::new(child);
    command
        .args([READER_ARGUMENT, OFFICE_ARGUMENT])
        .args([options.limits.memory, options.limits.bytes].map(|limit| limit.to_string()))
        .arg(home)
        .arg(program)
        .arg(profile)
        .args(["--headless", "--norestore", "--convert-to", "pdf", "--outdir"])
        .arg(home)
        .arg(home.join(DOCUMENT).with_extension(ending))
        .env_clear()
        .envs([("HOME", home), ("TMPDIR", home), ("XDG_RUNTIME_DIR", home)])
        .envs([("PATH", "/usr/local/bin:/usr/bin:/bin"), ("LANG", "C.UTF-8"), ("SAL_USE_VCLPLUGIN", "svp")])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    command.spawn()
}

/// Waits until it has ended; ends it with all that it has started if it takes too long or is not wanted any more.
fn wait(process: &mut Child, name: &str, watch: Watch<'_>) -> Result<(), ReadError> {
    let started = Instant::now();
    loop {
        match process.try_wait() {
            Ok(Some(_)) => return Ok(()),
            Ok(None) => {}
            Err(error) => return Err(ReadError::Engine { name: name.to_owned(), detail: error.to_string() }),
        }
        let stopped = (watch.stopped)();
        if stopped || started.elapsed() > LONGEST {
            end(process);
            let name = name.to_owned();
            return Err(if stopped {
                ReadError::Stopped { name }
            } else {
                ReadError::TooSlow { name, seconds: LONGEST.as_secs() }
            });
        }
        thread::sleep(LOOK);
    }
}

fn end(process: &mut Child) {
    #[cfg(unix)]
    if let Some(group) = i32::try_from(process.id()).ok().and_then(rustix::process::Pid::from_raw) {
        // Where it has just ended by itself there is nobody to end.
        let _ended = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
    }
    drop(process.kill());
    drop(process.wait());
}

/// The side of the child: confines itself, then becomes LibreOffice. Returns only with an error.
#[cfg(target_os = "linux")]
pub(super) fn become_libre_office(mut arguments: impl Iterator<Item = OsString>) -> io::Error {
    use std::os::unix::process::CommandExt as _;

    use rustix::process::{Resource, Rlimit, Signal, set_parent_process_death_signal, setrlimit};

    let mut confined = || -> io::Result<Command> {
        let mut next = || arguments.next().ok_or_else(|| io::Error::other("an argument is missing"));
        let mut limit = || -> io::Result<Rlimit> {
            let most = next()?.to_str().and_then(|text| text.parse().ok());
            let most = most.ok_or_else(|| io::Error::other("a limit is no number"))?;
            Ok(Rlimit { current: Some(most), maximum: Some(most) })
        };
        let (memory, bytes) = (limit()?, limit()?);
        let (folder, program) = (next()?, next()?);
        // Nobody waits for the result of a program that has ended.
        set_parent_process_death_signal(Some(Signal::KILL))?;
        setrlimit(Resource::Data, memory)?;
        setrlimit(Resource::Fsize, bytes)?;
        super::confine::confine_libre_office(Path::new(&folder)).map_err(io::Error::other)?;
        Ok(Command::new(program))
    };
    match confined() {
        Ok(mut program) => program.args(arguments).exec(),
        Err(error) => error,
    }
}

/// Elsewhere children are not confined, and LibreOffice reads what anybody may have sent.
#[cfg(not(target_os = "linux"))]
pub(super) fn become_libre_office(_: impl Iterator<Item = OsString>) -> io::Error {
    io::Error::other("LibreOffice cannot be confined on this system")
}
