//! Whether a program reaches for a network: its system calls are traced.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use crate::process::under;

/// What a program gave, and each socket of the internet that it or one of its children asked for, as `strace` writes it.
pub struct Traced {
    /// How it ended and what it printed.
    pub output: Output,
    /// Calls of `socket` for IPv4, IPv6 or raw packets.
    pub sockets: Vec<String>,
}

/// Runs a program to its end with its calls of `socket` traced, also those of its children.
pub fn traced(command: &Command) -> Traced {
    let folder = tempfile::tempdir().expect("a folder");
    let log = folder.path().join("calls");
    let mut strace = Command::new("strace");
    strace.args(["-f", "-qq", "-e", "trace=socket", "-e", "signal=none", "-o"]).arg(&log);
    let output = under(strace, command).output().expect("strace");
    let calls = fs::read_to_string(&log).expect("the calls");
    let is_internet = |line: &&str| ["AF_INET", "AF_PACKET", "AF_NETLINK"].iter().any(|family| line.contains(family));
    Traced { output, sockets: calls.lines().filter(is_internet).map(str::to_owned).collect() }
}

/// The sockets of the internet that the command line asks for while it does everything it can do with a letter: takes it in
/// and reads it, finds it, checks, exports. (That no crate but `connect` has a network client is a test of its own.)
///
/// # Panics
/// If one of the commands fails.
pub fn sockets_of_everything(program: &Path, letters: &Path) -> Vec<String> {
    let home = tempfile::tempdir().expect("a folder");
    let at = |name: &str| home.path().join(name).display().to_string();
    let letters = letters.display().to_string();
    let export = at("export");
    let all: [&[&str]; 7] = [
        &["import", "--wait", &letters],
        &["search", "rechnung"],
        &["tasks", "--all"],
        &["reminders"],
        &["verify"],
        &["export", &export],
        &["inspect", "--plan", &letters],
    ];
    let mut sockets = Vec::new();
    for arguments in all {
        let mut command = Command::new(program);
        command.arg("--profile").arg(at("profile")).args(arguments);
        // No notification may reach the desktop of whoever runs this.
        command.env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere");
        let traced = traced(&command);
        let said = String::from_utf8_lossy(&traced.output.stderr).into_owned();
        assert!(traced.output.status.success(), "{arguments:?}: {said}");
        sockets.extend(traced.sockets.into_iter().map(|call| format!("{}: {call}", arguments[0])));
    }
    sockets
}
