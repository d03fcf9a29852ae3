//! The program is killed again and again while fifty letters come in: in the end each is there exactly once.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::thread;
use std::time::Duration;

use app::{App, Parts, Profile};
use journeys::wait_for;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::pdf::bill;
use crate::program::Program;

const LETTERS: usize = 50;
const KILLS: usize = 8;

/// Chance that is the same each time (a linear congruential generator with the constants of Numerical Recipes).
struct Dice(u32);

impl Dice {
    fn up_to(&mut self, most: u32) -> Duration {
        self.0 = self.0.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        Duration::from_millis(u64::from((self.0 >> 8) % most))
    }
}

/// Looks at the profile beside the process that works on it.
fn look(profile: &Path) -> impl Fn(&str, Value) -> Value {
    let app = App::open(Profile::locate(Some(profile)).unwrap(), Parts::real()).unwrap();
    move |name, input| app.dispatch(name, input).unwrap()
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The files below a folder with their bytes, by name.
pub(crate) fn files_below(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(files_below(&path));
        } else {
            files.insert(path.file_name().unwrap().to_str().unwrap().to_owned(), fs::read(&path).unwrap());
        }
    }
    files
}

#[test]
fn killed_while_the_profile_is_made_it_can_be_opened_all_the_same() {
    for moment in 0..25 {
        let program = Program::new();
        let making = program.start_blindly(&["call", "jobs.resume"]);
        thread::sleep(Duration::from_millis(4 * moment));
        drop(making);
        let ran = program.run(&["call", "jobs.resume"]);
        assert_eq!(ran.code, Some(0), "killed after {} ms: {}", 4 * moment, ran.stderr);
        assert_eq!(program.json(&["documents", "--json"]), Vec::<Value>::new());
    }
}

#[test]
fn killed_at_any_moment_each_letter_is_there_exactly_once() {
    let program = Program::new();
    let mut dice = Dice(20_261_120);
    fs::create_dir_all(program.inbox()).unwrap();
    let letters: BTreeMap<String, Vec<u8>> = (0..LETTERS).map(bill).map(|bytes| (sha256(&bytes), bytes)).collect();
    let mut coming = letters.values().enumerate();

    let view = look(program.folder());
    for kill in 1..=KILLS {
        for (number, bytes) in coming.by_ref().take(LETTERS / KILLS + 1) {
            fs::write(program.inbox().join(format!("letter {number}.pdf")), bytes).unwrap();
        }
        let jobs = || view("status.get", Value::Null)["jobs"].as_array().unwrap().clone();
        let interrupted: Vec<Value> =
            jobs().into_iter().filter(|job| job["state"] == "running").map(|job| job["id"].clone()).collect();
        let running = program.start(&["watch"], "Watching");
        // A file on which the program ends twice is put aside on purpose: what was interrupted is allowed to end.
        wait_for("what was interrupted", || {
            let open = jobs();
            interrupted.iter().all(|id| open.iter().all(|job| job["id"] != *id)).then_some(())
        });
        let moment = dice.up_to(2000);
        thread::sleep(moment);
        println!("kill {kill}: {moment:?} later; {} jobs open, {} interrupted before", jobs().len(), interrupted.len());
        drop(running);
    }

    let running = program.start(&["watch"], "Watching");
    let inbox_is_empty = || fs::read_dir(program.inbox()).unwrap().count() == 0;
    wait_for("everything to be done", || {
        (inbox_is_empty() && view("status.get", Value::Null)["jobs"] == json!([])).then_some(())
    });
    assert!(running.terminate().success());

    assert_eq!(view("status.get", Value::Null)["problems"], json!([]), "nothing was put aside");
    let documents = view("documents.list", json!({"limit": 1000}))["items"].as_array().unwrap().clone();
    let mut found: Vec<String> = Vec::new();
    for row in &documents {
        let document = view("documents.get", json!({"id": row["id"]}));
        found.push(document["file"].as_str().unwrap().to_owned());
        let sources: Vec<&str> = document["arrivals"]
            .as_array()
            .unwrap()
            .iter()
            .map(|arrival| arrival["source"].as_str().unwrap())
            .collect();
        // Found in the archive without a row: the kill fell between the two, and the folder brought it again.
        assert!(matches!(sources[..], ["inbox"] | ["recovered", "inbox"]), "{sources:?}");
    }
    found.sort_unstable();
    assert_eq!(found, letters.keys().cloned().collect::<Vec<_>>(), "one document for each letter");
    assert!(files_below(&program.folder().join("archive")) == letters, "each original once, whole, under its hash");
}
