//! Children that read: whatever becomes of one is an error of one file, and the next file is read.
#![cfg(unix)]
#![expect(clippy::expect_used, clippy::print_stdout, reason = "the functions beside the tests are test code, too")]

#[path = "../../../../tests/corpus.rs"]
#[expect(dead_code, unreachable_pub, reason = "it is written for the whole-app tests")]
mod corpus;

use std::cell::Cell;
use std::fs::{self, File, OpenOptions};
use std::io::{Seek as _, SeekFrom, Write as _};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use corpus::{sets, truth};
use read::{Content, Limits, Password, ReadOptions, Reader, locate_pdfium};
use tempfile::TempDir;

const CHILD: &str = env!("CARGO_BIN_EXE_reader");

fn options() -> ReadOptions {
    let pdfium = locate_pdfium().expect("libpdfium.so: see the Makefile");
    // Time enough on a computer that runs other tests at the same time.
    let limits = Limits { seconds_per_page: 600, ..Limits::default() };
    ReadOptions { child: Some(PathBuf::from(CHILD)), limits, ..ReadOptions::new(pdfium) }
}

fn letter(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/fixtures/letters").join(name);
    fs::read(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// The child by a name of its own, so that a test can tell its children from those of others.
fn child_named(folder: &TempDir, name: &str) -> PathBuf {
    let program = folder.path().join(name);
    std::os::unix::fs::symlink(CHILD, &program).expect("links");
    program
}

/// A child that does `first` the first time it is started, and afterwards reads.
fn spoilt_once(folder: &TempDir, first: &str) -> PathBuf {
    let (program, mark) = (folder.path().join("child"), folder.path().join("was-started"));
    let mark = mark.display();
    let script = format!("#!/bin/sh\nif [ -e '{mark}' ]; then exec '{CHILD}' \"$@\"; fi\ntouch '{mark}'\n{first}\n");
    fs::write(&program, script).expect("writes");
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).expect("a program");
    program
}

/// Reads one letter with a child that does `first`, then the same letter again; gives the code of the first error.
fn codes_of(first: &str, limits: Limits) -> &'static str {
    let folder = TempDir::new().expect("a folder");
    let reader = Reader::new(ReadOptions { child: Some(spoilt_once(&folder, first)), limits, ..options() });
    let pdf = letter("d14.pdf");
    let error = reader.read("d14.pdf", &pdf, &|_| {}).expect_err("the child is no good");
    assert!(error.to_string().contains("d14.pdf"), "the message names the file: {error}");
    assert!(!reader.read("d14.pdf", &pdf, &|_| {}).expect("the next file is read").text().is_empty());
    error.code().as_str()
}

#[test]
fn children_read_what_is_read_in_the_process() {
    let (child, here) = (Reader::new(options()), Reader::new(ReadOptions { child: None, ..options() }));
    for name in ["d01.pdf", "d04-scan.pdf", "d22-scan.jpg"] {
        let bytes = letter(name);
        let last = Cell::new(None);
        let reading = child.read(name, &bytes, &|progress| last.set(Some(progress))).expect("reads");
        assert_eq!(reading, here.read(name, &bytes, &|_| {}).expect("reads"));
        let last = last.into_inner().expect("progress is told");
        assert_eq!((last.page, last.pages as usize), (last.pages, reading.pages.len()));
        let [a, b] = [&child, &here].map(|reader| reader.page_image(name, &bytes, 1, 300, 0).expect("draws"));
        assert!(a.bytes == b.bytes && a.mime == b.mime, "the pictures are the same");
    }
}

/// A letter as a file of 190 MB: what is between its end and the copy of its last lines is never looked at.
fn large(folder: &TempDir, name: &str) -> PathBuf {
    let (path, letter) = (folder.path().join(name), letter(name));
    let last_lines = letter.windows(9).rposition(|word| word == b"startxref").expect("a trailer");
    let mut file = File::create(&path).expect("writes");
    file.write_all(&letter).and_then(|()| file.write_all(b"\n%")).expect("writes");
    file.seek(SeekFrom::Start(LARGE)).expect("a gap");
    file.write_all(b"\n").and_then(|()| file.write_all(&letter[last_lines..])).expect("writes");
    path
}

const LARGE: u64 = 190_000_000;

/// Most bytes of memory that a process has had so far.
fn most_memory(process: &str) -> u64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).expect("a process");
    let most = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("a figure");
    most.trim().trim_end_matches(" kB").parse::<u64>().expect("a number") * 1024
}

#[test]
#[cfg(target_os = "linux")]
fn a_large_pdf_is_read_where_it_lies_by_whom_it_is_handed_to() {
    let folder = TempDir::new().expect("a folder");
    let path = large(&folder, "d01.pdf");
    let (file, small) = (File::open(&path).expect("opens"), letter("d01.pdf"));
    let child = Reader::new(ReadOptions { child: Some(child_named(&folder, "reads-large")), ..options() });
    let reading = child.read("d01.pdf", &file, &|_| {}).expect("reads");
    assert_eq!(reading, child.read("d01.pdf", &small, &|_| {}).expect("reads"));
    let [a, b] = [Content::File(&file), Content::Bytes(&small)]
        .map(|content| child.page_image("d01.pdf", content, 2, 300, 0).expect("draws"));
    assert!(a.bytes == b.bytes, "the pictures are the same");
    let children = Command::new("pgrep").args(["-P", &std::process::id().to_string(), "-x", "reads-large"]).output();
    let children = String::from_utf8(children.expect("pgrep").stdout).expect("numbers");
    let most = most_memory(children.trim());
    assert!(most < LARGE, "the child had {most} bytes in memory");

    let here = Reader::new(ReadOptions { child: None, ..options() });
    assert_eq!(reading, here.read("d01.pdf", &file, &|_| {}).expect("reads"));
}

#[test]
fn a_large_pdf_without_its_end_is_told_from_a_whole_one() {
    let folder = TempDir::new().expect("a folder");
    let path = large(&folder, "d14.pdf");
    let file = OpenOptions::new().read(true).write(true).open(&path).expect("opens");
    file.set_len(LARGE).expect("cut");
    let reading = Reader::new(options()).read("d14.pdf", &file, &|_| {}).expect("reads");
    assert_eq!(reading.problems.iter().map(|problem| problem.code.as_str()).collect::<Vec<_>>(), ["truncated"]);
    assert!(!reading.text().is_empty());
}

#[test]
fn a_file_over_the_limit_is_refused_unread_and_other_kinds_are_taken_into_memory() {
    let folder = TempDir::new().expect("a folder");
    let reader = Reader::new(ReadOptions { limits: Limits { bytes: LARGE, ..options().limits }, ..options() });
    let file = File::open(large(&folder, "d14.pdf")).expect("opens");
    assert_eq!(reader.read("d14.pdf", &file, &|_| {}).expect_err("too large").code().as_str(), "too_large");
    let nothing = File::open("/dev/null").expect("opens");
    assert_eq!(reader.read("nothing.pdf", &nothing, &|_| {}).expect_err("empty").code().as_str(), "empty");
    let (path, mut mail) = (folder.path().join("large.eml"), b"From: a@b\nTo: c@d\nSubject: post\n\nHello.\n".to_vec());
    mail.resize(9_000_000, b'\n');
    fs::write(&path, mail).expect("writes");
    let reading = reader.read("large.eml", &File::open(path).expect("opens"), &|_| {}).expect("reads");
    assert!(reading.text().contains("Hello."));
}

#[test]
fn a_child_that_is_killed_is_an_error_of_its_file() {
    assert_eq!(codes_of("kill -KILL $$", Limits::default()), "crashed");
}

#[test]
fn a_child_that_is_asked_to_end_says_nothing_about_its_file() {
    for signal in ["TERM", "INT", "HUP"] {
        assert_eq!(codes_of(&format!("kill -{signal} $$; exec sleep 600"), Limits::default()), "stopped", "{signal}");
    }
}

#[test]
fn a_child_that_ends_by_itself_or_talks_nonsense_is_an_error_of_its_file() {
    assert_eq!(codes_of("exit 3", Limits::default()), "crashed");
    assert_eq!(codes_of("head -c 64 /dev/zero; exec sleep 600", Limits::default()), "engine");
}

#[test]
fn a_child_that_hangs_is_ended_in_time() {
    let started = Instant::now();
    assert_eq!(codes_of("exec sleep 600", Limits { seconds_per_page: 0, ..Limits::default() }), "too_slow");
    assert!(started.elapsed() < Duration::from_secs(60), "took {:?}", started.elapsed());
}

#[test]
fn a_child_that_eats_memory_is_ended_before_the_computer_suffers() {
    // It looks for the end of a line that never comes.
    assert_eq!(codes_of("exec tail /dev/zero", Limits { memory: 300_000_000, ..Limits::default() }), "too_much_memory");
}

#[test]
fn a_child_killed_in_the_middle_of_a_file_is_an_error_of_that_file() {
    let folder = TempDir::new().expect("a folder");
    let reader = Reader::new(ReadOptions { child: Some(child_named(&folder, "is-killed")), ..options() });
    let pdf = letter("d01.pdf");
    let error = reader.read("d01.pdf", &pdf, &|progress| {
        if progress.page == 1 {
            let parent = std::process::id().to_string();
            let killed = Command::new("pkill").args(["-KILL", "-P", &parent, "-x", "is-killed"]).status();
            assert!(killed.expect("pkill").success(), "there is a child");
        }
    });
    // Nothing says that the kill comes before the end of so short a file; either way the next one is read.
    if let Err(error) = error {
        assert_eq!(error.code().as_str(), "crashed", "{error}");
    }
    assert!(reader.read("d01.pdf", &pdf, &|_| {}).is_ok());
}

#[test]
fn work_that_is_no_longer_wanted_ends_at_once() {
    let folder = TempDir::new().expect("a folder");
    let reader = Reader::new(ReadOptions { child: Some(spoilt_once(&folder, "exec sleep 600")), ..options() });
    let asked = Cell::new(0);
    let stopped = || asked.replace(asked.get() + 1) > 2;
    let error = reader.read_unless(&stopped, "d14.pdf", &letter("d14.pdf"), &|_| {}).expect_err("stopped");
    assert_eq!(error.code().as_str(), "stopped");
}

#[test]
fn a_program_that_is_not_there_is_named() {
    let reader = Reader::new(ReadOptions { child: Some(PathBuf::from("/nowhere/reader")), ..options() });
    let error = reader.read("d14.pdf", &letter("d14.pdf"), &|_| {}).expect_err("no child");
    assert!(error.code().as_str() == "engine_missing" && error.to_string().contains("/nowhere/reader"), "{error}");
}

#[test]
fn hostile_files_end_as_expected_and_a_good_letter_is_read_after_each() {
    for folder in sets("hostile") {
        end_as_expected(&folder);
    }
}

fn end_as_expected(folder: &Path) {
    let reader = Reader::new(ReadOptions { limits: Limits::default(), ..options() });
    let good = letter("d14.pdf");
    let (mut files, mut locked, mut stricter) = (0, 0, 0);
    for row in truth(folder) {
        let name = row["file"].as_str().expect("a file");
        let started = Instant::now();
        let result = reader.read(name, &fs::read(folder.join(name)).expect("readable"), &|_| {});
        assert!(started.elapsed() < Duration::from_secs(600), "{name} took {:?}", started.elapsed());
        if let Err(error) = &result {
            assert!(error.to_string().contains(name), "the message names the file: {error}");
            let clear = ["damaged", "password", "unsupported", "not_what_it_says", "too_large", "empty"];
            assert!(clear.contains(&error.code().as_str()), "{name}: {error}");
        }
        if row["password"].as_str().is_some_and(|password| !password.is_empty()) {
            assert_eq!(result.as_ref().err().map(|e| e.code().as_str()), Some("password"), "{name}");
            locked += 1;
        } else if let Some(pages) = row["poppler_pages"].as_u64() {
            // What another program opens is read, with as many pages.
            match &result {
                Ok(reading) => assert_eq!(reading.pages.len() as u64, pages, "{name}"),
                Err(error) => {
                    println!("{name}: {error}");
                    stricter += 1;
                }
            }
        }
        files += 1;
        assert!(reader.read("good.pdf", &good, &|_| {}).is_ok(), "after {name}");
    }
    println!("{files} hostile files, {locked} with a password");
    assert!(files >= 40 && locked > 0, "{files} files, {locked} locked in {}", folder.display());
    assert!(stricter <= 2, "poppler opens {stricter} files that are refused here");
}

#[test]
fn a_locked_file_is_read_with_its_password_whatever_locked_it() {
    for folder in sets("hostile") {
        open_with_their_passwords(&folder);
    }
}

fn open_with_their_passwords(folder: &Path) {
    let rows = truth(folder);
    let (reader, mut opened) = (Reader::new(options()), 0);
    for row in rows.iter().filter(|row| row["password"].as_str().is_some_and(|password| !password.is_empty())) {
        let (name, password) = (row["file"].as_str().expect("a file"), row["password"].as_str().expect("a password"));
        let bytes = fs::read(folder.join(name)).expect("readable");
        assert!(!reader.opens(name, &bytes, &Password::new("no")).expect("can be tried"), "{name}");
        assert!(reader.opens(name, &bytes, &Password::new(password)).expect("can be tried"), "{name}");
        assert_eq!(reader.read(name, &bytes, &|_| {}).expect_err("trying is not learning").code().as_str(), "password");
        assert!(reader.learn([Password::new("no"), Password::new(password)]));
        assert!(!reader.learn([Password::new(password)]), "it is known already");
        let pages = reader.read(name, &bytes, &|_| {}).expect("reads").pages.len();
        assert_eq!(Some(pages as u64), row["poppler_pages"].as_u64(), "{name}");
        opened += 1;
    }
    println!("{opened} locked files opened");
    assert!(opened > 0, "none in {}", folder.display());
}
