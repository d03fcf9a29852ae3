//! The disk of the profile is full, fails or can only be read, and nobody listens to what the program says: letters wait,
//! and what is there can be read.

use std::fs;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use journeys::process::{Process, under};
use journeys::wait_for;
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use crate::pdf::bill;
use crate::program::{Program, Ran};

fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Runs a script on a small file system of its own at `$M`; `$W` is the program with its profile there.
fn on_a_small_disk(program: &Program, size: &str, script: &str) -> Ran {
    let folder = program.folder().join("mounted");
    fs::create_dir(&folder).unwrap();
    let inner = program.command::<&str>(&[]);
    let (mounted, binary) = (folder.display(), inner.get_program().display());
    let whole = format!(
        "set -u; M='{mounted}'; W='{binary} --profile {mounted}/profile'; mount -t tmpfs -o size={size} none \"$M\" || exit 9\n{script}"
    );
    let mut unshared = Command::new("unshare");
    unshared.args(["-rm", "sh", "-c", &whole]).env("LC_ALL", "C.UTF-8");
    unshared.env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere");
    Ran::from(unshared.output().expect("unshare, of util-linux"))
}

#[test]
fn on_a_full_disk_letters_wait_and_what_is_there_can_be_read() {
    let program = Program::new();
    for number in [1, 2] {
        fs::write(program.folder().join(format!("{number}.pdf")), bill(number)).unwrap();
    }
    let outside = program.folder().display().to_string();
    let ran = on_a_small_disk(
        &program,
        "12m",
        &format!(
            "$W import --wait '{outside}/1.pdf' >/dev/null; echo first $?
             cat /dev/zero > $M/filler 2>/dev/null
             timeout 120 $W import --wait '{outside}/2.pdf' >/dev/null; echo full $?
             $W documents --json; echo read $?
             mount -o remount,ro $M
             $W documents --json; echo protected $?
             $W call jobs.resume; echo refused $?
             mount -o remount,rw,size=40m $M
             rm $M/filler
             $W import --wait '{outside}/2.pdf' >/dev/null; echo again $?
             $W documents --json; $W call status.get; ls $M/profile/inbox/Problems 2>/dev/null"
        ),
    );
    let lines: Vec<&str> = ran.stdout.lines().collect();
    let documents = |line: &str| serde_json::from_str::<Value>(line).unwrap()["data"].as_array().unwrap().len();
    assert_eq!(lines[..2], ["first 0", "full 1"], "{ran:?}");
    assert_eq!((documents(lines[2]), lines[3]), (1, "read 0"), "{ran:?}");
    assert_eq!((documents(lines[4]), lines[5], lines[6]), (1, "protected 0", "refused 1"), "{ran:?}");
    assert_eq!((lines[7], documents(lines[8])), ("again 0", 2), "{ran:?}");
    let status: Value = serde_json::from_str(lines[9]).unwrap();
    assert_eq!(status["problems"], serde_json::json!([]), "{ran:?}");
    assert_eq!(lines.len(), 10, "nothing in Problems: {ran:?}");
    assert!(ran.stderr.contains("no room left"), "{ran:?}");
}

#[test]
fn where_the_disk_fails_for_a_while_the_letter_waits_and_is_read_afterwards() {
    let program = Program::new();
    let (letter, bytes) = (program.folder().join("letter.pdf"), bill(1));
    fs::write(&letter, &bytes).unwrap();
    program.json(&["import", "--json", letter.to_str().unwrap()]);
    // Each look at an original fails as on a broken disk.
    let original = program.folder().join("archive").join(&hash(&bytes)[..2]).join(hash(&bytes));
    let watch = program.command(&["import", "--wait", letter.to_str().unwrap()]);
    let mut traced = Command::new("strace");
    traced.args(["-f", "-qq", "-o", "/dev/null", "-P", original.to_str().unwrap()]);
    traced.args(["-e", "trace=read,openat", "-e", "inject=read:error=EIO"]);
    let ran = Ran::from(under(traced, &watch).output().expect("strace"));
    assert_eq!(ran.code, Some(1), "{ran:?}");
    assert!(ran.stderr.contains("Input/output error") && !ran.stderr.contains("restore"), "{ran:?}");
    let jobs = program.json(&["call", "status.get", "--json"])[0]["jobs"].clone();
    assert_eq!(jobs[0]["state"], "queued", "{jobs}");
    assert!(!program.inbox().join("Problems").exists());
    let again = program.json(&["import", "--wait", "--json", letter.to_str().unwrap()]);
    assert!(again[0]["document"].is_string(), "{again:?}");
    assert_eq!(program.json(&["call", "status.get", "--json"])[0]["problems"], serde_json::json!([]));
}

#[test]
fn a_letter_that_gets_the_name_of_one_that_is_just_removed_is_not_lost() {
    let program = Program::new();
    program.make_profile();
    fs::create_dir_all(program.inbox()).unwrap();
    let watch = program.command(&["watch"]);
    let mut traced = Command::new("strace");
    // Removing a file takes four seconds: the scanner is quicker.
    traced.args(["-f", "-qq", "-o", "/dev/null", "-e", "trace=unlink", "-e", "inject=unlink:delay_enter=4000000"]);
    let mut traced = under(traced, &watch);
    let running = Process::start(traced.stdout(Stdio::null()).stderr(Stdio::null()));
    let scan = |number: usize| {
        let part = program.inbox().join(".scan");
        fs::write(&part, bill(number)).unwrap();
        fs::rename(part, program.inbox().join("scan.pdf")).unwrap();
    };
    let stored = |number: usize| {
        let hash = hash(&bill(number));
        program.folder().join("archive").join(&hash[..2]).join(hash).exists()
    };
    for number in 0..3 {
        scan(number);
        wait_for("the letter in the archive", || stored(number).then_some(()));
        // Its name is about to be removed.
        thread::sleep(Duration::from_millis(500));
    }
    drop(running);
    let ended = program.start(&["watch"], "Watching");
    wait_for("all of them", || (program.json(&["documents", "--json"]).len() == 3).then_some(()));
    assert!(ended.terminate().success());
}

#[test]
fn an_import_that_meets_an_error_goes_on_and_says_a_line_for_each() {
    for count in [3, 20] {
        let program = Program::new();
        program.make_profile();
        let folder = program.folder().join("letters");
        fs::create_dir(&folder).unwrap();
        for number in 0..count {
            fs::write(folder.join(format!("{number:02}.pdf")), bill(number)).unwrap();
        }
        // Where the folder of one of them should be in the archive, there is a file.
        let prefix = hash(&bill(1))[..2].to_owned();
        fs::create_dir_all(program.folder().join("archive")).unwrap();
        fs::write(program.folder().join("archive").join(&prefix), "in the way").unwrap();
        let stuck = (0..count).filter(|number| hash(&bill(*number)).starts_with(&prefix)).count();
        let ran = program.run(&["import", "--wait", folder.to_str().unwrap()]);
        assert_eq!(ran.code, Some(1), "{ran:?}");
        assert_eq!((ran.stdout.lines().count(), ran.stderr.lines().count()), (count - stuck, stuck), "{ran:?}");
        assert!(ran.stderr.contains("01.pdf") && ran.stderr.contains("archive"), "{ran:?}");
        assert_eq!(program.json(&["documents", "--json"]).len(), count - stuck);
    }
}

#[test]
fn nobody_has_to_listen_to_what_the_program_says() {
    let program = Program::new();
    program.make_profile();
    fs::create_dir_all(program.inbox()).unwrap();
    let mut command = program.command(&["watch"]);
    let mut running =
        command.env("WORKMATE_LOG", "trace").stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // Both ends of the pipes are closed.
    drop((running.stdout.take(), running.stderr.take()));
    thread::sleep(Duration::from_millis(300));
    fs::write(program.inbox().join("letter.pdf"), bill(1)).unwrap();
    wait_for("the letter", || (program.json(&["documents", "--json"]).len() == 1).then_some(()));
    assert!(running.try_wait().unwrap().is_none(), "it still runs");
    running.kill().unwrap();
    running.wait().unwrap();
}

#[test]
fn an_original_that_was_overwritten_or_removed_is_not_opened_without_a_word() {
    let program = Program::new();
    let (letter, bytes) = (program.folder().join("letter.pdf"), bill(1));
    fs::write(&letter, &bytes).unwrap();
    let imported = program.json(&["import", "--wait", "--json", letter.to_str().unwrap()]);
    let one = serde_json::json!({"id": imported[0]["document"]}).to_string();
    let original = program.folder().join("archive").join(&hash(&bytes)[..2]).join(hash(&bytes));
    assert_eq!(program.run(&["call", "documents.export", &one]).code, Some(0));
    let modified = fs::metadata(&original).unwrap().modified().unwrap();
    let mut changed = bytes.clone();
    changed[30] ^= 1;
    fs::remove_file(&original).unwrap();
    fs::write(&original, changed).unwrap();
    // As if nothing had happened to it.
    fs::File::options().write(true).open(&original).unwrap().set_modified(modified).unwrap();
    let said = |ran: &Ran| ran.code == Some(1) && ran.stderr.contains(original.to_str().unwrap());
    let ran = program.run(&["call", "documents.export", &one]);
    assert!(said(&ran), "{ran:?}");
    fs::remove_file(&original).unwrap();
    let ran = program.run(&["call", "documents.export", &one]);
    assert!(said(&ran), "{ran:?}");
}

#[test]
fn a_database_that_is_gone_or_foreign_is_said_in_both_languages_with_the_way_out() {
    let program = Program::new();
    let letter = program.folder().join("letter.pdf");
    fs::write(&letter, bill(1)).unwrap();
    program.json(&["import", "--wait", "--json", letter.to_str().unwrap()]);
    let database = program.folder().join("workmate.db");
    fs::rename(&database, program.folder().join("moved")).unwrap();
    for arguments in
        [&["watch"] as &[&str], &["import", letter.to_str().unwrap()], &["call", "jobs.resume"], &["documents"]]
    {
        let ran = program.run(arguments);
        assert_eq!((ran.code, ran.stderr.lines().count()), (Some(1), 1), "{ran:?}");
        assert!(ran.stderr.contains("Nothing was changed") && ran.stderr.contains("workmate-cli adopt"), "{ran:?}");
        let ran = program.run_in_german(arguments);
        assert!(ran.stderr.contains("nichts verändert") && ran.stderr.contains("workmate-cli adopt"), "{ran:?}");
    }
    assert!(!database.exists());
    let adopted = program.run(&["adopt"]);
    assert!(adopted.code == Some(0) && adopted.stdout.contains("1 originals"), "{adopted:?}");
    let watching = program.start(&["watch"], "Watching");
    wait_for("the letter", || (program.json(&["documents", "--json"]).len() == 1).then_some(()));
    assert!(watching.terminate().success());
    let ran = program.run(&["adopt"]);
    assert!(ran.code == Some(1) && ran.stderr.contains("nothing to adopt"), "{ran:?}");
}
