//! Programs that a test starts, and that end with it.

use std::io::{BufRead as _, BufReader, Write as _};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use crate::session::Session;

/// A program of this build: it lies beside this one, or one folder above a test.
pub fn program(name: &str) -> PathBuf {
    let this = std::env::current_exe().expect("the path of this program");
    let mut folders = this.ancestors().skip(1).take(2);
    folders
        .find_map(|folder| Some(folder.join(name)).filter(|path| path.is_file()))
        .unwrap_or_else(|| panic!("{name} is not built"))
}

/// Lets another program, such as `strace`, start a program with its arguments and variables.
pub fn under(mut other: Command, program: &Command) -> Command {
    other.arg(program.get_program()).args(program.get_args());
    other.envs(program.get_envs().filter_map(|(name, value)| Some((name, value?))));
    other
}

/// A process with everything that it starts; all of it ends when this is dropped.
pub struct Process(Child);

impl Process {
    /// Starts it as the leader of a group.
    pub fn start(command: &mut Command) -> Self {
        Self(command.process_group(0).spawn().unwrap_or_else(|error| panic!("{command:?}: {error}")))
    }

    /// Its number.
    pub fn id(&self) -> u32 {
        self.0.id()
    }

    /// How it ended, once it has.
    pub fn ended(&mut self) -> Option<ExitStatus> {
        self.0.try_wait().expect("the state of the process")
    }

    /// Has it not ended yet?
    pub fn is_running(&mut self) -> bool {
        matches!(self.0.try_wait(), Ok(None))
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let group = format!("-{}", self.0.id());
        let ended = Command::new("kill").args(["-KILL", "--", &group]).stderr(Stdio::null()).status();
        if let Err(error) = ended.and_then(|_| self.0.wait()) {
            eprintln!("process {} could not be ended: {error}", self.0.id());
        }
    }
}

/// A part of the desktop, played by a small script that is told and tells by lines.
pub struct Script {
    _process: Process,
    input: ChildStdin,
    output: Receiver<String>,
}

impl Script {
    /// Starts a script of `tests/desktop` and waits until it is ready.
    pub fn start(session: &Session, name: &str, arguments: &[&Path]) -> Self {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("desktop").join(name);
        let mut command = session.command("/usr/bin/python3");
        let mut process =
            Process::start(command.arg(path).args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()));
        let input = process.0.stdin.take().expect("a pipe");
        let lines = BufReader::new(process.0.stdout.take().expect("a pipe")).lines();
        let (sender, output) = channel();
        std::thread::spawn(move || lines.map_while(Result::ok).try_for_each(|line| sender.send(line)));
        let script = Self { _process: process, input, output };
        assert_eq!(script.hear(name), "ready");
        script
    }

    /// Tells it something.
    pub fn tell(&mut self, line: &str) {
        writeln!(self.input, "{line}").expect("the script listens");
    }

    /// Waits for its next line, which is about `what`.
    pub fn hear(&self, what: &str) -> String {
        self.output.recv_timeout(Duration::from_secs(60)).unwrap_or_else(|_| panic!("waited a minute for {what}"))
    }
}
