//! A profile that cannot be opened: exit code 1 and one clear message, which names the file and the way out.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::program::{Program, Ran};

/// Changes the database behind the program's back.
fn sql(database: &Path, statement: &str) {
    let script = "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.executescript(sys.argv[2]); c.commit()";
    let done = Command::new("python3").args(["-c", script]).arg(database).arg(statement).status().unwrap();
    assert!(done.success());
}

fn database(program: &Program) -> std::path::PathBuf {
    program.make_profile();
    let mut found = fs::read_dir(program.folder()).unwrap().map(|entry| entry.unwrap().path());
    found.find(|path| path.extension().is_some_and(|extension| extension == "db")).expect("a database")
}

/// One message on standard error, nothing on standard output, exit code 1.
fn assert_clear(ran: &Ran, names: &str, way_out: &str) {
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(1), ""), "{}", ran.stderr);
    assert_eq!(ran.stderr.lines().count(), 1, "{}", ran.stderr);
    assert!(ran.stderr.contains(names) && ran.stderr.contains(way_out), "{}", ran.stderr);
}

/// Every command that opens a profile says the same.
fn assert_all_say(program: &Program, names: &str, way_out: &str) {
    for arguments in [&["documents"] as &[&str], &["watch"], &["call", "status.get"], &["serve", "--no-engine"]] {
        assert_clear(&program.run(arguments), names, way_out);
    }
}

#[test]
fn data_of_a_newer_program_are_refused_and_left_alone() {
    let program = Program::new();
    let database = database(&program);
    sql(
        &database,
        "INSERT INTO refinery_schema_history SELECT 9999, 'future', applied_on, checksum FROM refinery_schema_history LIMIT 1",
    );
    let before = fs::read(&database).unwrap();
    assert_all_say(&program, database.to_str().unwrap(), "Please update Workmate; nothing was changed");
    assert!(fs::read(&database).unwrap() == before);
}

#[test]
fn a_damaged_database_is_named_and_nothing_is_promised_that_was_not_looked_at() {
    let program = Program::new();
    let database = database(&program);
    fs::write(&database, "this is no database any more".repeat(1000)).unwrap();
    assert_all_say(&program, database.to_str().unwrap(), "Please restore the last backup");
    assert!(!program.run(&["documents"]).stderr.contains("whole"));
}

#[test]
fn a_profile_that_is_a_file_is_named() {
    let program = Program::new();
    let file = program.folder().join("notes.txt");
    fs::write(&file, "notes").unwrap();
    let ran = program.run(&["--profile", file.to_str().unwrap(), "documents"]);
    assert_clear(&ran, "notes.txt is a file", "name a folder with --profile");
    assert_eq!(fs::read_to_string(&file).unwrap(), "notes");
}

#[test]
fn an_archive_that_cannot_be_looked_into_is_named() {
    let program = Program::new();
    database(&program);
    let archive = program.folder().join("archive");
    fs::remove_dir_all(&archive).unwrap();
    fs::write(&archive, "in the way").unwrap();
    assert_all_say(&program, archive.to_str().unwrap(), "Please check the disk and the rights");
}

/// Runs the program on a file system of its own, mounted with these options on a folder in which a profile lies.
fn on_a_file_system(program: &Program, options: &str) -> Ran {
    let folder = program.folder().join("mounted");
    fs::create_dir(&folder).unwrap();
    let inner = program.command::<&str>(&[]);
    let script = format!(
        "mount -t tmpfs -o {options} none '{}' && exec '{}' --profile '{0}/profile' call jobs.resume",
        folder.display(),
        inner.get_program().display()
    );
    let mut unshared = Command::new("unshare");
    unshared.args(["-rm", "sh", "-c", &script]).env("LC_ALL", "C.UTF-8");
    Ran::from(unshared.output().expect("unshare, of util-linux"))
}

#[test]
fn a_full_disk_is_named_as_such() {
    assert_clear(&on_a_file_system(&Program::new(), "size=64k"), "mounted/profile", "Please make room and try again");
}

#[test]
fn a_folder_without_the_right_to_write_is_named_as_such() {
    assert_clear(&on_a_file_system(&Program::new(), "ro"), "mounted/profile", "Please check the rights of the folder");
}
