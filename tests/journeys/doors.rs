//! Limits for everything that comes in: regular files up to one size, and a limit for what comes out of a container.
//! Derived files stay in a profile that is closed to others, and are removed with their letter.

use std::fs::{self, File};
use std::io::{Cursor, Write as _};
use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};
use std::process::Command;

use app::ImportOutcome;
use domain::MOST_FILE_BYTES;
use journeys::{TestApp, sample, wait_for};
use serde_json::{Value, json};
use zip::write::{SimpleFileOptions, ZipWriter};

use crate::pdf::bill;

const FRIDAY: &str = "2026-11-20";

fn zip(members: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        zip.start_file(name.as_str(), SimpleFileOptions::default().compression_level(Some(9))).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A text of this many bytes that packs well and is like no other.
fn text(number: usize, bytes: usize) -> Vec<u8> {
    let mut text = format!("Brief {number}\n").into_bytes();
    text.resize(bytes, b' ');
    text
}

/// Bytes of all files below a folder.
fn size_of(folder: &Path) -> u64 {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.map(|path| if path.is_dir() { size_of(&path) } else { fs::metadata(&path).unwrap().len() }).sum()
}

fn problem_codes(test: &TestApp) -> Vec<String> {
    let problems = test.call("status.get", Value::Null)["problems"].clone();
    problems.as_array().unwrap().iter().map(|problem| problem["code"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_small_archive_of_archives_does_not_become_a_large_heap_of_originals() {
    let test = TestApp::on(FRIDAY);
    // Each of them may be unpacked on its own; all of them together are sixty megabytes.
    let inner = |number: usize| zip(&[("brief.txt".to_owned(), text(number, 990_000))]);
    let outer: Vec<(String, Vec<u8>)> = (0..60).map(|number| (format!("{number}.zip"), inner(number))).collect();
    let bomb = test.folder().join("bomb.zip");
    fs::write(&bomb, zip(&outer)).unwrap();
    assert!(fs::metadata(&bomb).unwrap().len() < 100_000);
    test.import(&[bomb]);
    let kept = size_of(&test.folder().join("archive"));
    assert!(kept < 25_000_000, "{kept} bytes are kept");
    assert_eq!(problem_codes(&test), ["too_many_members"], "what was left out is said, and said once");
}

#[test]
fn what_hangs_on_a_mail_shares_the_room_of_the_mail() {
    let test = TestApp::on(FRIDAY);
    let mut mail = "From: a@a.example\r\nTo: b@b.example\r\nSubject: Post\r\nDate: Fri, 20 Nov 2026 10:00:00 +0100\r\n\
                    MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n"
        .to_owned();
    for number in 0..205 {
        mail += &format!(
            "--x\r\nContent-Type: text/plain\r\nContent-Disposition: attachment; filename={number}.txt\r\n\r\n\
             Brief Nummer {number}\r\n"
        );
    }
    mail += "--x--\r\n";
    let path = test.folder().join("post.eml");
    fs::write(&path, mail).unwrap();
    test.import(&[path]);
    let documents = test.call("documents.list", json!({}))["total"].clone();
    assert_eq!(documents, 201, "the mail and two hundred attachments");
    let detail = test.call("documents.list", json!({"query": "\"Brief Nummer 204\""}));
    assert_eq!(detail["total"], 0);
    let mail = test.call("documents.list", json!({"query": "Subject"}))["items"][0]["id"].clone();
    let problems = test.call("documents.get", json!({"id": mail}))["problems"].clone();
    assert_eq!(problems[0]["code"], "too_many_members", "the 201st is not dropped in silence: {problems}");
}

#[test]
fn pipes_sockets_and_devices_in_a_folder_hold_nothing_up() {
    let test = TestApp::on(FRIDAY);
    let folder = test.folder().join("post");
    fs::create_dir(&folder).unwrap();
    assert!(Command::new("mkfifo").arg(folder.join("a-pipe.pdf")).status().unwrap().success());
    let _socket = UnixListener::bind(folder.join("b-socket.pdf")).unwrap();
    fs::copy(sample("Mahnung Buchhandlung.pdf"), folder.join("c.pdf")).unwrap();
    let paths = [folder, PathBuf::from("/dev/zero")];
    let imported = test.import(&paths);
    for (one, name) in imported.iter().zip(["a-pipe.pdf", "b-socket.pdf"]) {
        assert!(one.path.ends_with(name) && one.outcome == ImportOutcome::Refused, "{one:?}");
        assert!(one.message.as_ref().unwrap().contains("no regular file"), "{one:?}");
    }
    assert!(imported[2].document.is_some(), "the letter is read");
    assert_eq!((imported[3].path.as_str(), imported[3].outcome), ("/dev/zero", ImportOutcome::Refused));
}

#[test]
fn a_file_over_the_limit_is_refused_at_every_door_before_it_is_read() {
    let test = TestApp::on(FRIDAY);
    // It takes no room on the disk.
    let large = |path: &Path| File::create(path).unwrap().set_len(MOST_FILE_BYTES + 1).unwrap();
    let scan = test.folder().join("scan.tif");
    large(&scan);
    let imported = test.import(std::slice::from_ref(&scan));
    assert_eq!(
        (imported[0].outcome, imported[0].code.map(|code| code.as_str())),
        (ImportOutcome::Refused, Some("too_large"))
    );
    let message = imported[0].message.as_ref().unwrap();
    assert!(message.contains("scan.tif") && message.contains("200 MB"), "{message}");

    let inbox = test.inbox();
    fs::create_dir_all(&inbox).unwrap();
    large(&inbox.join("long.tif"));
    let _engine = test.watch();
    let read = || fs::read_to_string(inbox.join("Problems/long.tif.txt")).ok().filter(|text| !text.is_empty());
    let message = wait_for("the reason", read);
    assert!(message.contains("200 MB"), "{message}");
    assert_eq!(size_of(&test.folder().join("archive")), 0, "nothing of it is kept");
}

#[test]
fn a_letter_with_a_name_that_no_disk_takes_can_be_opened_all_the_same() {
    let test = TestApp::on(FRIDAY);
    let names = [format!("{}.txt", "Bescheid über ".repeat(30)), "Was ist?\u{7}.txt".to_owned()];
    let members: Vec<_> = names.iter().enumerate().map(|(n, name)| (name.clone(), text(n, 40))).collect();
    let post = test.folder().join("post.zip");
    fs::write(&post, zip(&members)).unwrap();
    test.import(&[post]);
    let documents = test.call("documents.list", json!({}))["items"].clone();
    assert_eq!(documents.as_array().unwrap().len(), 2);
    for document in documents.as_array().unwrap() {
        let exported = test.call("documents.export", json!({"id": document["id"]}));
        let path = exported["path"].as_str().unwrap();
        assert!(path.ends_with(".txt") && fs::read_to_string(path).unwrap().starts_with("Brief"), "{path}");
    }
}

#[test]
fn pictures_and_copies_go_with_the_letter_into_the_trash() {
    let test = TestApp::on(FRIDAY);
    let letter = test.folder().join("letter.pdf");
    fs::write(&letter, bill(1)).unwrap();
    let id = test.document(&letter)["id"].clone();
    let copy = test.call("documents.export", json!({"id": id}))["path"].as_str().unwrap().to_owned();
    let document = id.as_str().unwrap().parse().unwrap();
    test.app.page_image(document, 1, 320).unwrap();
    assert!(size_of(&test.folder().join("cache")) > 1000);
    test.call("documents.trash", json!({"id": id}));
    assert!(!Path::new(&copy).exists(), "{copy}");
    assert_eq!(size_of(&test.folder().join("cache")), 0);
    test.app.page_image(document, 1, 320).unwrap();
    assert_eq!(size_of(&test.folder().join("cache")), 0, "what is looked at in the trash leaves nothing either");
    test.call("documents.restore", json!({"id": id}));
    test.app.page_image(document, 1, 320).unwrap();
    assert!(size_of(&test.folder().join("cache")) > 1000);
}

#[test]
fn a_profile_that_was_open_to_others_is_closed_when_it_is_opened() {
    let test = TestApp::on(FRIDAY);
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let folder = test.folder().to_path_buf();
    for path in [&folder, &folder.join("archive")] {
        fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
    }
    let test = test.restarted();
    let closed = [mode(&folder), mode(&folder.join("archive")), mode(&folder.join("workmate.db"))];
    assert_eq!(closed, [0o700, 0o700, 0o600]);
    drop(test);
}

#[test]
fn how_far_reading_is_shut_off_is_said_in_the_status() {
    let test = TestApp::on(FRIDAY);
    let sandbox = test.call("status.get", Value::Null)["sandbox"].clone();
    assert_eq!(sandbox["calls"], true, "{sandbox}");
    assert!(sandbox["landlock"].is_null() || sandbox["landlock"].as_u64().unwrap() >= 1, "{sandbox}");
}
