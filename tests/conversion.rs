//! An encrypted profile and the real program: what can be read of it, and ending the program while it is converted.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

use crate::crashes::ended_at_a_point;
use crate::process::program;

/// The password of every profile here.
pub const PASSWORD: &str = "Drei alte Hüte";
/// Its words.
pub const WORDS: &str = "legal winner thank year wave sausage worth useful legal winner thank yellow";

/// A profile in a folder of its own, beside files with its password and its words.
pub struct Vault {
    folder: TempDir,
    program: PathBuf,
}

impl Vault {
    /// An empty one, with this build of the program.
    pub fn new(program: PathBuf) -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        fs::write(folder.path().join("password"), format!("{PASSWORD}\n")).expect("written");
        fs::write(folder.path().join("words"), WORDS).expect("written");
        Self { folder, program }
    }

    /// The program.
    pub fn program(&self) -> &Path {
        &self.program
    }

    /// The folder that the profile lies in.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The profile.
    pub fn profile(&self) -> PathBuf {
        self.folder.path().join("profile")
    }

    /// A file with the password.
    pub fn password(&self) -> PathBuf {
        self.folder.path().join("password")
    }

    /// A file with the words.
    pub fn words(&self) -> PathBuf {
        self.folder.path().join("words")
    }

    /// The program on this profile, not yet started; without the password.
    pub fn without_password(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.program);
        command.arg("--profile").arg(self.profile()).args(arguments).env("LC_ALL", "C.UTF-8");
        command.env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere").env_remove("WORKMATE_LOG");
        command.stdin(Stdio::null());
        command
    }

    /// The same with the password.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = self.without_password(arguments);
        command.env("WORKMATE_PASSWORD_FILE", self.password());
        command
    }

    /// Runs it; it must succeed.
    pub fn run(&self, arguments: &[&str]) -> String {
        let output = self.command(arguments).output().expect("the program");
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    /// The same as JSON.
    pub fn data(&self, arguments: &[&str]) -> Value {
        let said = self.run(&[arguments, &["--json"]].concat());
        serde_json::from_str::<Value>(&said).unwrap_or_else(|error| panic!("{error}: {said}"))["data"].take()
    }

    /// Encrypts it.
    pub fn turn_on(&self) -> Output {
        self.command(&["encryption", "--on", "--words"]).arg(self.words()).output().expect("the program")
    }

    /// Is it encrypted?
    pub fn is_encrypted(&self) -> bool {
        self.data(&["encryption"])["encrypted"] == true
    }

    /// Runs it until it ends at a crash point; `false` if the point was not passed.
    pub fn crashes_at(&self, arguments: &[&str], point: &str) -> bool {
        let mut command = self.command(arguments);
        command.env(disk::AT_VARIABLE, point).stdout(Stdio::null()).stderr(Stdio::null());
        let status = command.status().expect("the program");
        ended_at_a_point(status)
    }

    /// The files in and beside the profile that hold these bytes.
    pub fn files_with(&self, bytes: &[u8]) -> Vec<PathBuf> {
        let mut found = Vec::new();
        let beside = fs::read_dir(self.folder()).expect("a folder").flatten().map(|entry| entry.path());
        for path in beside.filter(|path| path.is_dir()) {
            with(&path, bytes, &mut found);
        }
        found
    }
}

/// The files at or below a path that hold these bytes.
pub fn below(path: &Path, bytes: &[u8]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    if path.is_dir() {
        with(path, bytes, &mut found);
    } else if fs::read(path).is_ok_and(|all| all.windows(bytes.len()).any(|part| part == bytes)) {
        found.push(path.to_owned());
    }
    found
}

fn with(folder: &Path, bytes: &[u8], found: &mut Vec<PathBuf>) {
    for path in fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()) {
        found.extend(below(&path, bytes));
    }
}

/// What is wrong after the program was ended at a point on the way to encryption, or on the way back, and was started again; nothing is
/// well.
pub fn converted_through(program: PathBuf, point: &str, back: bool) -> Vec<String> {
    let vault = Vault::new(program);
    let letters = [
        crate::fixture("household/parking-receipt.pdf"),
        crate::fixture("household/contract.pdf"),
        crate::fixture("household/second-reminder.pdf"),
    ];
    let mut import = vec!["import", "--wait"];
    import.extend(letters.iter().filter_map(|path| path.to_str()));
    vault.run(&import);
    // What is the person's own moves along.
    fs::write(vault.profile().join("mine.txt"), "a note").expect("written");
    let words = vault.words();
    let there = ["encryption", "--on", "--words", words.to_str().unwrap_or_default()];
    let way: &[&str] = if back { &["encryption", "--off"] } else { &there };
    if back {
        vault.run(&there);
    }
    let documents = || vault.data(&["documents"]);
    let before = documents();
    let mut wrong = Vec::new();
    if !vault.crashes_at(way, point) {
        wrong.push(format!("{point} was not passed"));
    }
    // Whatever state it is in, all of it can be used.
    if documents() != before {
        wrong.push(format!("{point}: other documents after the crash"));
    }
    if vault.is_encrypted() == back {
        vault.run(way);
    }
    if vault.is_encrypted() == back || documents() != before {
        wrong.push(format!("{point}: it is not converted"));
    }
    let verified = vault.data(&["verify"]);
    if verified["findings"] != serde_json::json!([]) || verified["originals"] != 3 {
        wrong.push(format!("{point}: {verified}"));
    }
    if fs::read_to_string(vault.profile().join("mine.txt")).ok().as_deref() != Some("a note") {
        wrong.push(format!("{point}: a file of the person is gone"));
    }
    let left: Vec<_> =
        fs::read_dir(vault.folder()).expect("a folder").flatten().map(|entry| entry.file_name()).collect();
    if left.iter().any(|name| name.to_string_lossy().starts_with("profile.")) {
        wrong.push(format!("{point}: left behind: {left:?}"));
    }
    if !back && !vault.files_with(b"%PDF").is_empty() {
        wrong.push(format!("{point}: readable: {:?}", vault.files_with(b"%PDF")));
    }
    wrong
}

/// The program of this build.
pub fn of_this_build() -> PathBuf {
    program("workmate-cli")
}
