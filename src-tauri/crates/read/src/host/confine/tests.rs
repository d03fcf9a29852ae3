#![expect(clippy::expect_used, clippy::disallowed_methods, reason = "this is test code")]

use std::fs::File;
use std::io::ErrorKind;
use std::net::{TcpStream, UdpSocket};
use std::os::unix::net::UnixStream;
use std::os::unix::process::ExitStatusExt as _;
use std::path::Path;
use std::process::Command;
use std::thread;

use super::*;

/// The call that a child of a test tries.
const TRIED: &str = "WORKMATE_TEST_TRIED_CALL";
/// How it says that it is still alive.
const ALIVE: &str = "the call came back";

fn options() -> ReadOptions {
    ReadOptions::new(Path::new("/usr/lib/libpdfium.so").to_path_buf())
}

fn refused<T>(tried: std::io::Result<T>) -> bool {
    tried.is_err_and(|error| error.kind() == ErrorKind::PermissionDenied)
}

/// Runs `work` in a thread of its own, so that what it gives up is given up by nobody else.
fn alone(work: impl FnOnce() + Send + 'static) {
    thread::spawn(work).join().expect("confined");
}

/// This test program again, confined, at the call of this number.
fn child_that_tries(call: i64) -> std::process::Output {
    Command::new(std::env::current_exe().expect("a test is a program"))
        .args(["--exact", "host::confine::tests::tries_the_call_it_is_told", "--ignored", "--nocapture"])
        .env(TRIED, call.to_string())
        .output()
        .expect("a child starts")
}

#[test]
#[ignore = "the child of another test"]
#[expect(
    unsafe_code,
    reason = "what the system refuses is tried by its number; with these arguments none does anything"
)]
fn tries_the_call_it_is_told() {
    let call: i64 = std::env::var(TRIED).expect("told").parse().expect("a number");
    confine(&options()).expect("this system confines");
    // SAFETY: no argument is a valid address, and the process ends after it.
    unsafe { libc::syscall(call, -1, -1, -1, -1, -1, -1) };
    println!("{ALIVE}: {}", std::io::Error::last_os_error());
}

#[test]
fn a_child_that_tries_what_no_reader_does_is_ended() {
    for call in calls::NEVER {
        let ended = child_that_tries(*call);
        assert_eq!(
            ended.status.signal(),
            Some(libc::SIGSYS),
            "call {call}: {:?}",
            String::from_utf8_lossy(&ended.stdout)
        );
    }
}

#[test]
fn a_call_that_is_not_on_the_list_fails_as_forbidden() {
    let others =
        [libc::SYS_socket, libc::SYS_memfd_create, libc::SYS_setpriority, libc::SYS_mkdirat, libc::SYS_unlinkat];
    for call in others {
        let said = String::from_utf8_lossy(&child_that_tries(call).stdout).into_owned();
        assert!(said.contains(ALIVE) && said.contains("os error 1)"), "call {call}: {said}");
    }
}

#[test]
fn a_confined_thread_reaches_libraries_but_no_letters_no_network_and_no_programs() {
    let letter = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");
    alone(move || {
        let sandbox = confine(&options()).expect("this system confines");
        assert!(sandbox.calls);
        assert!(refused(TcpStream::connect("127.0.0.1:9")), "no network");
        assert!(refused(UdpSocket::bind("127.0.0.1:0")), "no network");
        assert!(refused(Command::new("/bin/true").status()), "no programs");
        assert!(refused(File::create("/usr/lib/written")), "nothing is written");
        assert!(File::open("/usr/bin/env").is_ok(), "libraries are read");
        assert_eq!(thread::spawn(|| 7).join().expect("a thread"), 7, "threads are started");
        if sandbox.landlock.is_some() {
            assert!(refused(File::open(letter)), "other files are not read");
            assert!(refused(File::open("/proc/1/environ")), "other programs are not looked at");
        }
    });
}

#[test]
fn on_a_kernel_without_landlock_nothing_can_be_written_or_sent_either() {
    let folder = tempfile::tempdir().expect("a folder");
    let there = folder.path().join("there");
    std::fs::write(&there, "as it was").expect("written");
    let file = there.clone();
    alone(move || {
        calls::confine().expect("this system confines");
        assert!(refused(File::create(&file)), "not emptied");
        assert!(refused(File::options().append(true).open(&file)), "not written to");
        assert!(refused(File::create(file.with_extension("new"))), "not made");
        assert!(refused(std::fs::remove_file(&file)), "not removed");
        assert!(refused(TcpStream::connect("127.0.0.1:9")), "not sent");
    });
    assert_eq!(std::fs::read_to_string(there).expect("still there"), "as it was");
}

#[test]
fn what_is_shown_of_the_sandbox_is_what_holds() {
    let shown = probe(&options());
    assert!(shown.calls);
    alone(move || {
        confine(&options()).expect("this system confines");
        let letter = File::open(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml"));
        assert_eq!(refused(letter), shown.landlock.is_some(), "{shown:?}");
    });
}

#[test]
fn libre_office_has_programs_and_one_folder_but_no_letters_and_nobody_to_talk_to() {
    let (folder, other) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("another"));
    let letter = other.path().join("letter");
    std::fs::write(&letter, "private").expect("written");
    alone(move || {
        confine_libre_office(folder.path()).expect("this system confines");
        assert!(Command::new("/bin/true").status().is_ok_and(|ended| ended.success()), "programs are started");
        std::fs::write(folder.path().join("new"), "a PDF").expect("its folder is its own");
        assert!(refused(File::open(&letter)), "other files are not read");
        assert!(refused(File::create(other.path().join("new"))), "nothing is written elsewhere");
        assert!(refused(std::fs::remove_file(&letter)), "nothing is removed elsewhere");
        assert!(refused(TcpStream::connect("127.0.0.1:9")), "no network");
        assert!(refused(UdpSocket::bind("127.0.0.1:0")), "no network");
        assert!(refused(UnixStream::connect("/run/dbus/system_bus_socket")), "no other program");
    });
}
