//! The real `workmate-cli`, started as people and scripts start it: one profile, several processes.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::sync::OnceLock;

use journeys::{answers, wait_for};
use serde_json::Value;
use tempfile::TempDir;

/// A temporary profile for the program.
pub(crate) struct Program {
    folder: TempDir,
}

/// Runs the program on a profile, with this on its standard input.
pub(crate) fn cli(profile: &Path, arguments: &[&str], input: &str) -> Output {
    let mut child = Command::new(binary())
        .arg("--profile")
        .arg(profile)
        .args(arguments)
        .env("LANG", "en_US.UTF-8")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

/// The program after it has ended.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// The program while it runs. Dropping it kills it.
pub(crate) struct Running {
    child: Child,
    output: PathBuf,
}

impl Program {
    pub(crate) fn new() -> Self {
        Self { folder: TempDir::new().unwrap() }
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn inbox(&self) -> PathBuf {
        self.folder().join("inbox")
    }

    /// The program with arguments, not yet started.
    pub(crate) fn command<A: AsRef<OsStr>>(&self, arguments: &[A]) -> Command {
        let mut command = Command::new(binary());
        command.args(arguments).env("WORKMATE_PROFILE", self.folder());
        // No notification may reach the desktop of whoever runs the tests.
        command
            .env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere")
            .env_remove("WORKMATE_LOG")
            .env("LC_ALL", "C.UTF-8");
        command
    }

    /// Runs it to its end.
    pub(crate) fn run<A: AsRef<OsStr>>(&self, arguments: &[A]) -> Ran {
        Ran::from(self.command(arguments).output().unwrap())
    }

    /// The same on a German system.
    pub(crate) fn run_in_german<A: AsRef<OsStr>>(&self, arguments: &[A]) -> Ran {
        Ran::from(self.command(arguments).env("LC_ALL", "de_DE.UTF-8").output().unwrap())
    }

    /// Runs it to its end; it must succeed. Gives the entries of a list, or one other answer.
    pub(crate) fn json<A: AsRef<OsStr>>(&self, arguments: &[A]) -> Vec<Value> {
        let ran = self.run(arguments);
        assert_eq!(ran.code, Some(0), "{ran:?}");
        answers(&ran.stdout)
    }

    /// Makes the profile: who only looks does not.
    pub(crate) fn make_profile(&self) {
        self.json(&["call", "jobs.resume"]);
    }

    /// Starts it and waits until it has printed `ready`.
    pub(crate) fn start<A: AsRef<OsStr>>(&self, arguments: &[A], ready: &str) -> Running {
        let running = self.start_blindly(arguments);
        wait_for(ready, || running.printed().contains(ready).then_some(()));
        running
    }

    /// Starts it without waiting.
    pub(crate) fn start_blindly<A: AsRef<OsStr>>(&self, arguments: &[A]) -> Running {
        let output = tempfile::Builder::new().prefix("output-").tempfile_in(self.folder()).unwrap();
        let (file, output) = output.keep().unwrap();
        let other: File = file.try_clone().unwrap();
        let child = self.command(arguments).stdout(file).stderr(other).spawn().unwrap();
        Running { child, output }
    }
}

impl Ran {
    /// The JSON values it printed, one in each line.
    pub(crate) fn lines(&self) -> Vec<Value> {
        self.stdout.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|e| panic!("{line}: {e}"))).collect()
    }
}

impl From<Output> for Ran {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

impl Running {
    /// What it printed so far.
    pub(crate) fn printed(&self) -> String {
        fs::read_to_string(&self.output).unwrap()
    }

    pub(crate) fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Sends it a signal: `STOP`, `CONT`, `KILL`.
    pub(crate) fn signal(&self, name: &str) {
        let sent = Command::new("kill").args([&format!("-{name}"), &self.pid().to_string()]).status().unwrap();
        assert!(sent.success(), "{name}");
    }

    /// Waits until it has ended by itself.
    pub(crate) fn ended(mut self) -> ExitStatus {
        wait_for("its end", || self.child.try_wait().unwrap())
    }

    /// Asks it to end, as a system does that shuts down.
    pub(crate) fn terminate(mut self) -> ExitStatus {
        let asked = Command::new("kill").args(["-TERM", &self.pid().to_string()]).status().unwrap();
        assert!(asked.success());
        self.child.wait().unwrap()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // SIGKILL: nothing can be tidied up. Fails only where it has ended already.
        drop(self.child.kill());
        self.child.wait().unwrap();
    }
}

/// The program, built if it is not up to date. With the features of the whole workspace, so that nothing is compiled a
/// second time with other ones.
pub(crate) fn binary() -> &'static Path {
    static BINARY: OnceLock<PathBuf> = OnceLock::new();
    BINARY.get_or_init(|| {
        let test = std::env::current_exe().unwrap();
        let folder = test.parent().and_then(Path::parent).expect("tests lie in target/debug/deps");
        let mut build = Command::new(env!("CARGO"));
        build.args([
            "build",
            "--quiet",
            "--workspace",
            "--features",
            "workmate/custom-protocol",
            "--bin",
            "workmate-cli",
        ]);
        build.args(["--manifest-path", concat!(env!("CARGO_MANIFEST_DIR"), "/../Cargo.toml")]);
        build.arg("--target-dir").arg(folder.parent().expect("a target folder"));
        if !cfg!(debug_assertions) {
            build.arg("--release");
        }
        assert!(build.status().unwrap().success(), "workmate-cli could not be built");
        folder.join("workmate-cli")
    })
}
