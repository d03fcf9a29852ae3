//! The program is ended while a backup is made, or while a state of one is brought back, and is started again.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use crate::conversion::{Vault, WORDS};
use crate::crashes::ended_at_a_point;

/// Days in three weeks: the first backup of a week also reads and thins out.
const DAYS: [&str; 3] = ["2026-11-20", "2026-11-28", "2026-12-06"];

/// The two programs, of one build.
#[derive(Clone, Debug)]
pub struct Programs {
    /// `workmate-cli`
    pub cli: PathBuf,
    /// `back-up`, which makes backups without a secret store.
    pub back_up: PathBuf,
}

/// A profile with two letters that are backed up, and a third that came afterwards.
struct BackedUp {
    vault: Vault,
    back_up: PathBuf,
    /// Its documents at the time of the backup.
    then: Value,
}

impl BackedUp {
    fn new(programs: &Programs) -> Self {
        let vault = Vault::new(programs.cli.clone());
        let [parking, contract, reminder] = ["parking-receipt.pdf", "contract.pdf", "second-reminder.pdf"]
            .map(|name| crate::fixture(format!("household/{name}")).display().to_string());
        vault.run(&["import", "--wait", &parking, &contract]);
        let then = vault.data(&["documents"]);
        let scene = Self { vault, back_up: programs.back_up.clone(), then };
        assert!(scene.back_up(DAYS[0], None), "the first backup");
        scene.vault.run(&["import", "--wait", &reminder]);
        scene
    }

    fn disk(&self) -> PathBuf {
        self.vault.folder().join("disk")
    }

    /// Makes a backup; with a point, it has to end there.
    fn back_up(&self, day: &str, point: Option<&str>) -> bool {
        let mut command = Command::new(&self.back_up);
        command.arg(self.vault.profile()).arg(self.disk()).arg(day);
        ended_as_wanted(&mut command, point)
    }

    /// Runs the program; with a point, it has to end there.
    fn runs(&self, arguments: &[&str], point: Option<&str>) -> bool {
        ended_as_wanted(&mut self.vault.command(arguments), point)
    }

    /// The newest state, brought back into another folder by the real command: its documents, and what is wrong with it.
    fn newest_state(&self) -> (Value, Value) {
        let back = self.vault.folder().join("back");
        let mut restore = Command::new(self.vault.program());
        restore.arg("--profile").arg(&back).arg("restore").arg(self.disk()).stdin(words(self.vault.folder()));
        assert!(ended_as_wanted(&mut restore, None), "the newest state does not come back");
        let data = |command: &str| {
            let output =
                Command::new(self.vault.program()).arg("--profile").arg(&back).args([command, "--json"]).output();
            let answer: Value = serde_json::from_slice(&output.expect("the program").stdout).expect("JSON");
            answer["data"].clone()
        };
        (data("documents"), data("verify")["findings"].clone())
    }
}

/// The words as standard input.
fn words(folder: &Path) -> Stdio {
    let path = folder.join("typed words");
    fs::write(&path, WORDS).expect("written");
    fs::File::open(path).expect("opened").into()
}

fn ended_as_wanted(command: &mut Command, point: Option<&str>) -> bool {
    if let Some(point) = point {
        command.env(disk::AT_VARIABLE, point);
    }
    command.stdout(Stdio::null()).stderr(Stdio::null()).env("LC_ALL", "C.UTF-8");
    let status = command.status().expect("the program");
    if point.is_some() { ended_at_a_point(status) } else { status.success() }
}

/// What is wrong after the program was ended at a point of a backup, or of the way back, and was started again; nothing is well.
pub fn backed_up_through(programs: &Programs, point: &str) -> Vec<String> {
    let scene = BackedUp::new(programs);
    let wrong = match point.split_once('.') {
        Some(("backup", _)) => interrupted_backup(&scene, point),
        _ => interrupted_restore(&scene, point),
    };
    wrong.into_iter().map(|wrong| format!("{point}: {wrong}")).collect()
}

fn interrupted_backup(scene: &BackedUp, point: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    let now = scene.vault.data(&["documents"]);
    if !scene.back_up(DAYS[1], Some(point)) {
        wrong.push("it was not passed".to_owned());
    }
    let (documents, findings) = scene.newest_state();
    if ![&scene.then, &now].contains(&&documents) || findings != json!([]) {
        wrong.push(format!("the newest state is neither the one before nor the new one: {findings}"));
    }
    fs::remove_dir_all(scene.vault.folder().join("back")).expect("removed");
    if !scene.back_up(DAYS[2], None) {
        wrong.push("no backup can be made any more".to_owned());
    } else if scene.newest_state() != (now.clone(), json!([])) {
        wrong.push("the next backup is another state".to_owned());
    }
    if scene.vault.data(&["documents"]) != now || scene.vault.data(&["verify"])["findings"] != json!([]) {
        wrong.push("the profile has changed".to_owned());
    }
    if scene.vault.profile().join("backup-copies").exists() {
        wrong.push("a copy of the database is left behind".to_owned());
    }
    wrong
}

fn interrupted_restore(scene: &BackedUp, point: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    let now = scene.vault.data(&["documents"]);
    let input = json!({"folder": scene.disk(), "words": WORDS}).to_string();
    let restore = ["call", "backup.restore", &input];
    // The profile is in use by whoever restores: the state takes its place when the program starts again.
    let at_start = ["restore.set_aside", "restore.in_place"].contains(&point);
    if at_start && !scene.runs(&restore, None) {
        wrong.push("nothing is brought back".to_owned());
    }
    if !scene.runs(if at_start { &["documents"] } else { &restore }, Some(point)) {
        wrong.push("it was not passed".to_owned());
    }
    let seen = scene.vault.data(&["documents"]);
    if seen == now {
        // Nothing was changed: it is asked for again.
        if !scene.runs(&restore, None) {
            wrong.push("it cannot be tried again".to_owned());
        }
    }
    if scene.vault.data(&["documents"]) != scene.then || scene.vault.data(&["verify"])["findings"] != json!([]) {
        wrong.push("the state did not come back whole".to_owned());
    }
    let beside = |name: &str| scene.vault.folder().join(format!("profile.{name}"));
    if !beside("before-restore-1").join("workmate.db").is_file() {
        wrong.push("the profile that was there before is gone".to_owned());
    }
    if beside("restoring").exists() || beside("restored").exists() {
        wrong.push("half of a state is left behind".to_owned());
    }
    wrong
}
