//! Locked files: the password is asked for once, tried on the next locked file, and kept in the system's secret store.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use journeys::{TestApp, answers, fixture, wait_for};
use serde_json::{Value, json};

use crate::program::{Program, Ran};

const FRIDAY: &str = "2026-11-20";
const PASSWORD: &str = "geheim";

/// The locked file in other bytes, so that it is another file.
fn another(folder: &Path, number: u32) -> PathBuf {
    let path = folder.join(format!("locked {number}.pdf"));
    let mut bytes = fs::read(fixture("unreadable/password.pdf")).unwrap();
    bytes.extend(format!("% {number}\n").bytes());
    fs::write(&path, bytes).unwrap();
    path
}

fn problems(test: &TestApp) -> Vec<Value> {
    test.call("status.get", Value::Null)["problems"].as_array().unwrap().clone()
}

#[test]
fn one_password_opens_every_file_that_it_fits_and_is_asked_for_once() {
    let test = TestApp::on(FRIDAY);
    let files = [1, 2].map(|number| another(test.folder(), number));
    test.import(&files);
    let locked = problems(&test);
    assert_eq!(locked.iter().map(|p| p["code"].as_str().unwrap()).collect::<Vec<_>>(), ["password"; 2]);

    let id = &locked[0]["id"];
    let failure = test.refused("problems.unlock", json!({"id": id, "password": "falsch"}));
    assert!(failure.code.as_str() == "wrong_password" && !failure.message.contains("falsch"), "{failure}");
    let engine = test.watch();
    assert_eq!(test.call("problems.unlock", json!({"id": id, "password": PASSWORD})), json!({"kept": true}));
    let list = wait_for("both letters", || {
        let list = test.call("documents.list", json!({}));
        (list["total"] == 2).then_some(list)
    });
    assert_eq!(problems(&test), Vec::<Value>::new());
    drop(engine);

    // After a restart it is known from the secret store: for the next file, and for the pictures of this one's pages.
    let test = test.restarted();
    assert!(test.document(&another(test.folder(), 3))["id"].is_string(), "nobody was asked");
    let document = list["items"][0]["id"].as_str().unwrap().parse().unwrap();
    assert!(!test.app.page_image(document, 1, 160).unwrap().bytes.is_empty());
}

#[test]
fn without_a_secret_store_a_password_lasts_until_the_program_ends_and_that_is_said() {
    let test = TestApp::on(FRIDAY);
    test.secrets.close();
    test.import(&[another(test.folder(), 1)]);
    let engine = test.watch();
    let id = &problems(&test)[0]["id"];
    assert_eq!(test.call("problems.unlock", json!({"id": id, "password": PASSWORD})), json!({"kept": false}));
    wait_for("the letter", || (test.call("documents.list", json!({}))["total"] == 1).then_some(()));
    drop(engine);
    assert!(test.document(&another(test.folder(), 2))["id"].is_string(), "the program still knows it");

    let test = test.restarted();
    test.import(&[another(test.folder(), 3)]);
    assert_eq!(problems(&test)[0]["code"], "password", "after a restart it is asked for again");
}

#[test]
fn the_command_line_takes_passwords_from_a_file_and_never_shows_them() {
    let program = Program::new();
    let passwords = program.folder().join("passwords");
    fs::write(&passwords, format!("falsch\n{PASSWORD}\n")).unwrap();
    let locked = fixture("unreadable/password.pdf");
    let arguments = ["inspect", "--json", "--passwords", passwords.to_str().unwrap(), locked.to_str().unwrap()];
    let line = program.json(&arguments).remove(0);
    assert_eq!((&line["pages"], line.get("error")), (&json!(1), None));

    // There is no secret store on this bus.
    let arguments =
        ["import", "--wait", "--json", "--passwords", passwords.to_str().unwrap(), locked.to_str().unwrap()];
    let ran = program.run(&arguments);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(answers(&ran.stdout)[0]["document"].is_string(), "{ran:?}");
    assert!(ran.stderr.contains("known to this run only") && !ran.stderr.contains(PASSWORD), "{}", ran.stderr);
}

/// Runs a script on a session bus of its own, with a secret store that is open.
fn with_secret_store(program: &Program, script: &str) -> Ran {
    let mut session = Command::new("dbus-run-session");
    let unlock = "echo | gnome-keyring-daemon --unlock --components=secrets >/dev/null";
    session.args(["--", "sh", "-c", &format!("{unlock} && {script}")]);
    let home = program.folder().join("home");
    fs::create_dir_all(home.join("run")).unwrap();
    session.env("HOME", &home).env("XDG_RUNTIME_DIR", home.join("run")).env("XDG_DATA_HOME", home.join("data"));
    session.env("WORKMATE_PROFILE", program.folder()).env_remove("WORKMATE_LOG");
    Ran::from(session.output().unwrap())
}

#[test]
fn a_password_is_kept_in_the_secret_store_of_the_desktop() {
    let program = Program::new();
    let [first, second] = [1, 2].map(|number| another(program.folder(), number));
    let cli = journeys::process::program("workmate-cli");
    let import = |arguments: &str, file: &Path| {
        format!("'{}' import --wait --json {arguments} '{}'", cli.display(), file.display())
    };
    let script = format!("echo {PASSWORD} | {} && {}", import("--passwords -", &first), import("", &second));
    let ran = with_secret_store(&program, &script);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let lines = answers(&ran.stdout);
    assert!(lines.len() == 2 && lines.iter().all(|line| line["document"].is_string()), "{ran:?}");
    assert!(!ran.stderr.contains("this run only"), "{}", ran.stderr);
}
