//! The inbox folder over a real file system: what is put in comes out once and whole, and nothing is lost.
#![expect(clippy::unwrap_used, clippy::disallowed_methods, reason = "helpers of tests fail by panicking")]

#[path = "../../../../tests/unprivileged.rs"]
#[expect(unreachable_pub, reason = "it is written for the whole-app tests")]
mod unprivileged;

use std::collections::BTreeMap;
use std::fs::{self, OpenOptions};
use std::io::{Read as _, Seek as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use connect::{InboxFolder, InboxSettings, InboxWatch, PollChoice, ReceiveError, Receiver, Trouble};
use domain::{Arrival, ArrivalContent, Clock, FileId, Outcome, Problem, Refusal};
use unprivileged::ran_bound_by_permissions;

const DEADLINE: Duration = Duration::from_secs(30);
const STILL_FOR: Duration = Duration::from_millis(100);
/// Of two files that lie still equally long, the one whose name sorts first is handed over first; this one is last.
const LAST: &str = "zz-last.pdf";
const PDF: &[u8] = b"%PDF-1.7\n1 0 obj\nstartxref\n9\n%%EOF\n";

struct FixedClock;

impl Clock for FixedClock {
    fn now(&self) -> DateTime<Utc> {
        DateTime::from_timestamp(1_800_000_000, 0).unwrap()
    }
}

#[derive(Default)]
struct Seen {
    set_aside: Vec<(String, PathBuf)>,
    arrivals: Vec<Arrival>,
    troubles: Vec<Trouble>,
    cleared: Vec<PathBuf>,
    remembered: BTreeMap<PathBuf, (u64, DateTime<Utc>)>,
    disk_full: bool,
    /// How often something was handed over in vain.
    failed: u32,
}

/// Takes everything, except that it refuses what begins with `refuse`, calls `duplicate` known, and runs `on_receive`.
#[derive(Default)]
struct App {
    seen: Mutex<Seen>,
    changed: Condvar,
    on_receive: Option<fn(&Arrival)>,
}

impl App {
    fn change(&self, change: impl FnOnce(&mut Seen)) {
        change(&mut self.seen.lock().unwrap());
        self.changed.notify_all();
    }

    fn wait(&self, what: &str, condition: impl Fn(&Seen) -> bool) {
        let (seen, timeout) =
            self.changed.wait_timeout_while(self.seen.lock().unwrap(), DEADLINE, |seen| !condition(seen)).unwrap();
        assert!(!timeout.timed_out(), "{what}: {:?}, {:?}", names(&seen), seen.troubles);
    }

    fn wait_for(&self, name: &str) {
        self.wait(&format!("{name} arrives"), |seen| names(seen).contains(&name));
    }

    fn names(&self) -> Vec<String> {
        names(&self.seen.lock().unwrap()).into_iter().map(str::to_owned).collect()
    }
}

/// What is in an arrival, from its beginning.
fn bytes(arrival: &Arrival) -> Vec<u8> {
    match &arrival.content {
        ArrivalContent::Bytes(bytes) => bytes.clone(),
        ArrivalContent::File(file) => {
            let (mut file, mut bytes) = (file.as_ref(), Vec::new());
            file.rewind().unwrap();
            file.read_to_end(&mut bytes).unwrap();
            bytes
        }
    }
}

fn names(seen: &Seen) -> Vec<&str> {
    seen.arrivals.iter().map(|arrival| arrival.name.as_str()).collect()
}

impl Receiver for App {
    fn receive(&self, arrival: Arrival) -> Result<Outcome, ReceiveError> {
        if self.seen.lock().unwrap().disk_full {
            self.change(|seen| seen.failed += 1);
            return Err(ReceiveError("no space left on the disk of the profile".to_owned()));
        }
        if let Some(on_receive) = &self.on_receive {
            on_receive(&arrival);
        }
        let outcome = match &bytes(&arrival) {
            bytes if bytes.is_empty() || bytes.starts_with(b"refuse") => Outcome::Refused(Refusal {
                name: arrival.name.clone(),
                problem: Problem::new(domain::FailureCode::Unsupported, "This is no document. Scan it again as PDF."),
            }),
            bytes if bytes.starts_with(b"duplicate") => Outcome::Duplicate(FileId::from_digest(&[0; 32])),
            _ => Outcome::Taken(FileId::from_digest(&[0; 32])),
        };
        self.change(|seen| seen.arrivals.push(arrival));
        Ok(outcome)
    }

    fn set_aside(&self, refusal: &Refusal, at: &Path) {
        self.change(|seen| seen.set_aside.push((refusal.name.clone(), at.to_owned())));
    }

    fn remembered(&self, path: &Path, size: u64, modified: DateTime<Utc>) -> bool {
        self.seen.lock().unwrap().remembered.get(path) == Some(&(size, modified))
    }

    fn remember(&self, path: &Path, size: u64, modified: DateTime<Utc>) {
        self.change(|seen| {
            seen.remembered.insert(path.to_owned(), (size, modified));
        });
    }

    fn trouble(&self, trouble: Trouble) {
        self.change(|seen| seen.troubles.push(trouble));
    }

    fn cleared(&self, path: &Path) {
        self.change(|seen| seen.cleared.push(path.to_owned()));
    }
}

struct Inbox {
    watch: Arc<InboxWatch>,
    thread: Option<thread::JoinHandle<()>>,
    app: Arc<App>,
    folder: PathBuf,
    _home: tempfile::TempDir,
}

/// Starts a watch over `inbox/` in a new folder that `prepare` has filled.
fn start(prepare: impl FnOnce(&Path), change: impl FnOnce(&mut InboxSettings), app: App) -> Inbox {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("inbox");
    prepare(&folder);
    let mut settings = InboxSettings { still_for: STILL_FOR, ..InboxSettings::new(folder.clone()) };
    change(&mut settings);
    let app = Arc::new(app);
    let receiver = Arc::clone(&app) as Arc<dyn Receiver>;
    let watch = Arc::new(InboxFolder::watch(settings, Arc::new(FixedClock), receiver));
    let running = Arc::clone(&watch);
    let thread = Some(thread::spawn(move || running.run(&|| {})));
    let inbox = Inbox { watch, thread, app, folder, _home: home };
    if !inbox.folder.is_file() {
        until("the folder is there", || inbox.folder.is_dir());
    }
    inbox
}

impl Drop for Inbox {
    fn drop(&mut self) {
        // The watch ends before its folder does.
        self.watch.stop();
        self.thread.take().map(thread::JoinHandle::join).unwrap().unwrap();
    }
}

fn start_empty() -> Inbox {
    start(|_| {}, |_| {}, App::default())
}

fn until(what: &str, condition: impl Fn() -> bool) {
    let start = Instant::now();
    while !condition() {
        assert!(start.elapsed() < DEADLINE, "{what}");
        thread::sleep(Duration::from_millis(5));
    }
}

impl Inbox {
    fn put(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        path
    }

    /// What was going to happen has happened once a file that comes after it was taken.
    fn wait_until_quiet(&self) {
        self.put(LAST, PDF);
        self.app.wait_for(LAST);
    }
}

#[test]
fn a_file_is_handed_over_with_all_that_is_known_and_leaves_the_inbox() {
    let inbox = start_empty();
    let path = inbox.put("scans/today/letter.pdf", PDF);
    inbox.app.wait_for("letter.pdf");
    until("it is removed", || !path.exists());
    let seen = inbox.app.seen.lock().unwrap();
    let arrival = &seen.arrivals[0];
    assert_eq!(arrival.source, domain::SourceId::Inbox);
    assert_eq!(arrival.path.as_deref(), Some(path.as_path()));
    assert_eq!((bytes(arrival).as_slice(), arrival.at), (PDF, FixedClock.now()));
    assert!(arrival.modified.is_some());
}

#[test]
fn what_comes_into_new_folders_before_they_are_watched_arrives() {
    let inbox = start_empty();
    let names: Vec<String> = (0..60).map(|number| format!("letter {number}.pdf")).collect();
    for (number, name) in names.iter().enumerate() {
        inbox.put(&format!("{number}/a/b/c/{name}"), PDF);
    }
    inbox.app.wait("all of them arrive", |seen| names.iter().all(|name| seen.arrivals.iter().any(|a| a.name == *name)));
}

#[test]
fn a_pdf_that_is_written_in_pieces_with_long_pauses_arrives_once_and_whole() {
    let inbox = start_empty();
    let path = inbox.folder.join("slow.pdf");
    let pieces: Vec<&[u8]> = vec![b"%PDF-1.7\n", b"page one\n", b"page two\n", b"startxref\n9\n", b"%%EOF\n"];
    for piece in &pieces {
        // Closed after each piece: nothing but the missing end says that it is not whole.
        OpenOptions::new().create(true).append(true).open(&path).unwrap().write_all(piece).unwrap();
        thread::sleep(STILL_FOR * 4);
    }
    inbox.app.wait_for("slow.pdf");
    inbox.wait_until_quiet();
    assert_eq!(inbox.app.names(), ["slow.pdf", LAST]);
    assert_eq!(bytes(&inbox.app.seen.lock().unwrap().arrivals[0]), pieces.concat());
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_that_looks_whole_waits_while_it_is_open_for_writing() {
    let inbox = start_empty();
    let mut writer = fs::File::create(inbox.folder.join("open.pdf")).unwrap();
    writer.write_all(PDF).unwrap();
    inbox.wait_until_quiet();
    assert_eq!(inbox.app.names(), [LAST]);
    writer.write_all(PDF).unwrap();
    drop(writer);
    inbox.app.wait_for("open.pdf");
    assert_eq!(inbox.app.seen.lock().unwrap().arrivals.len(), 2);
    assert_eq!(bytes(&inbox.app.seen.lock().unwrap().arrivals[1]), [PDF, PDF].concat());
}

#[test]
fn a_cut_off_and_an_empty_file_are_handed_over_in_the_end_so_that_somebody_hears_of_them() {
    let inbox = start(|_| {}, |settings| settings.still_for = Duration::from_millis(20), App::default());
    inbox.put("cut.pdf", b"%PDF-1.7\n1 0 obj");
    inbox.put("empty.pdf", b"");
    inbox.app.wait_for("cut.pdf");
    inbox.app.wait_for("empty.pdf");
}

#[test]
fn files_that_were_there_before_the_start_are_taken() {
    let fill = |folder: &Path| {
        fs::create_dir_all(folder.join("sub")).unwrap();
        fs::write(folder.join("a.pdf"), PDF).unwrap();
        fs::write(folder.join("sub/b.pdf"), PDF).unwrap();
    };
    let inbox = start(fill, |_| {}, App::default());
    inbox.app.wait_for("a.pdf");
    inbox.app.wait_for("b.pdf");
}

#[test]
fn unfinished_and_hidden_files_stay_untouched_until_they_get_their_real_name() {
    let inbox = start_empty();
    let names = [".hidden.pdf", "~$a.docx", "a.pdf.part", "b.TMP", "c.crdownload", ".trash/d.pdf", "Problems/e.pdf"];
    let paths = names.map(|name| inbox.put(name, PDF));
    inbox.wait_until_quiet();
    assert_eq!(inbox.app.names(), [LAST]);
    assert!(paths.iter().all(|path| path.exists()));

    fs::rename(inbox.folder.join("a.pdf.part"), inbox.folder.join("a.pdf")).unwrap();
    inbox.app.wait_for("a.pdf");
}

#[cfg(unix)]
#[test]
fn a_link_does_not_lead_out_of_the_folder() {
    let inbox = start_empty();
    let outside = tempfile::tempdir().unwrap();
    fs::write(outside.path().join("secret.pdf"), PDF).unwrap();
    std::os::unix::fs::symlink(outside.path().join("secret.pdf"), inbox.folder.join("link.pdf")).unwrap();
    std::os::unix::fs::symlink(outside.path(), inbox.folder.join("folder")).unwrap();
    inbox.watch.rescan();
    inbox.wait_until_quiet();
    assert_eq!(inbox.app.names(), [LAST]);
    assert!(outside.path().join("secret.pdf").exists());
}

#[test]
fn a_duplicate_leaves_the_inbox_too() {
    let inbox = start_empty();
    let path = inbox.put("again.txt", b"duplicate");
    inbox.app.wait_for("again.txt");
    until("it is removed", || !path.exists());
}

#[test]
fn a_refused_file_lies_in_problems_with_its_reason_and_is_not_taken_again() {
    let inbox = start_empty();
    let path = inbox.put("sub/odd.txt", b"refuse me");
    let moved = inbox.folder.join("Problems/odd.txt");
    until("it is set aside", || moved.exists() && !path.exists());
    inbox.app.wait("it is told where it lies", |seen| seen.set_aside == [("odd.txt".to_owned(), moved.clone())]);
    assert_eq!(fs::read(&moved).unwrap(), b"refuse me");
    let text = fs::read_to_string(inbox.folder.join("Problems/odd.txt.txt")).unwrap();
    assert!(text.contains("This is no document. Scan it again as PDF."), "{text}");
    inbox.watch.rescan();
    inbox.wait_until_quiet();
    assert_eq!(inbox.app.names(), ["odd.txt", LAST]);
}

#[test]
fn kept_originals_are_taken_once_and_again_only_when_they_change() {
    let inbox = start(|_| {}, |settings| settings.keep_originals = true, App::default());
    let path = inbox.put("keep.pdf", PDF);
    let refused = inbox.put("refused.txt", b"refuse me");
    inbox.app.wait("both are remembered", |seen| seen.remembered.len() == 2);
    assert!(path.exists() && refused.exists() && inbox.folder.join("Problems/refused.txt").exists());
    inbox.watch.rescan();
    inbox.wait_until_quiet();
    assert_eq!(inbox.app.names(), ["keep.pdf", "refused.txt", LAST]);

    fs::write(&path, [PDF, PDF].concat()).unwrap();
    inbox.app.wait("it comes again", |seen| names(seen).last() == Some(&"keep.pdf"));
}

#[test]
fn a_file_that_changes_while_it_is_taken_in_is_not_removed_but_taken_again() {
    fn change_once(arrival: &Arrival) {
        if bytes(arrival) == PDF {
            fs::write(arrival.path.as_ref().unwrap(), [PDF, PDF].concat()).unwrap();
        }
    }
    let inbox = start(|_| {}, |_| {}, App { on_receive: Some(change_once), ..App::default() });
    let path = inbox.put("grows.pdf", PDF);
    inbox.app.wait("both states arrive", |seen| seen.arrivals.len() == 2);
    until("it is removed", || !path.exists());
    assert_eq!(inbox.app.seen.lock().unwrap().arrivals.len(), 2);
    assert_eq!(bytes(&inbox.app.seen.lock().unwrap().arrivals[1]), [PDF, PDF].concat());
}

/// Writes other bytes of the same length and gives them the same time, as a scanner may within the grain of a clock.
fn write_unseen(path: &Path, bytes: &[u8], modified: DateTime<Utc>) {
    let mut file = OpenOptions::new().create(true).truncate(true).write(true).open(path).unwrap();
    file.write_all(bytes).unwrap();
    file.set_modified(modified.into()).unwrap();
}

#[test]
fn a_letter_that_gets_the_name_of_the_one_that_is_taken_in_is_not_lost() {
    fn scan_again(arrival: &Arrival) {
        if bytes(arrival) == PDF {
            let next = PDF.to_ascii_uppercase();
            write_unseen(arrival.path.as_ref().unwrap(), &next, arrival.modified.unwrap());
        }
    }
    let inbox = start(|_| {}, |_| {}, App { on_receive: Some(scan_again), ..App::default() });
    let path = inbox.put("scan.pdf", PDF);
    inbox.app.wait("both letters arrive", |seen| seen.arrivals.len() == 2);
    until("both are removed", || fs::read_dir(&inbox.folder).unwrap().count() == 0);
    let seen = inbox.app.seen.lock().unwrap();
    assert_eq!(bytes(&seen.arrivals[1]), PDF.to_ascii_uppercase());
    assert!(seen.arrivals.iter().all(|arrival| arrival.name == "scan.pdf" && arrival.path == Some(path.clone())));
}

#[test]
fn what_is_written_into_a_file_while_it_is_taken_in_is_taken_in_too_whatever_its_time_says() {
    fn write_into_it(arrival: &Arrival) {
        let ArrivalContent::File(file) = &arrival.content else { panic!("an open file") };
        if bytes(arrival) == PDF {
            // Whoever had it open before, under whatever name it has now.
            let path = fs::read_link(format!("/proc/self/fd/{}", std::os::fd::AsRawFd::as_raw_fd(file.as_ref())));
            write_unseen(&path.unwrap(), &PDF.to_ascii_uppercase(), arrival.modified.unwrap());
        }
    }
    let inbox = start(|_| {}, |_| {}, App { on_receive: Some(write_into_it), ..App::default() });
    let path = inbox.put("scan.pdf", PDF);
    inbox.app.wait("both states arrive", |seen| seen.arrivals.len() == 2);
    until("it is removed", || !path.exists());
}

#[test]
fn what_a_killed_program_was_taking_in_gets_its_name_back_and_replaces_no_other() {
    let fill = |folder: &Path| {
        fs::create_dir_all(folder.join("sub")).unwrap();
        fs::write(folder.join(".workmate-takes-1-scan.pdf"), PDF).unwrap();
        fs::write(folder.join("scan.pdf"), [PDF, PDF].concat()).unwrap();
        fs::write(folder.join("sub/.workmate-takes-2-in-sub.pdf"), PDF).unwrap();
    };
    let inbox = start(fill, |_| {}, App::default());
    inbox.app.wait("all arrive", |seen| seen.arrivals.len() == 3);
    let mut names = inbox.app.names();
    names.sort();
    assert_eq!(names, ["in-sub.pdf", "scan (2).pdf", "scan.pdf"]);
}

#[test]
fn a_text_that_is_written_with_pauses_arrives_once() {
    let inbox = start_empty();
    let path = inbox.put("letter.txt", b"Dear all,\n");
    for line in ["the first part\n", "the second part\n"] {
        thread::sleep(STILL_FOR * 12);
        OpenOptions::new().append(true).open(&path).unwrap().write_all(line.as_bytes()).unwrap();
    }
    inbox.app.wait_for("letter.txt");
    inbox.wait_until_quiet();
    let seen = inbox.app.seen.lock().unwrap();
    assert_eq!(seen.arrivals.len(), 2, "the text, and what came last");
    assert!(bytes(&seen.arrivals[0]).ends_with(b"the second part\n"));
}

#[test]
fn a_file_that_vanishes_while_it_lies_still_is_no_trouble() {
    let inbox = start_empty();
    fs::remove_file(inbox.put("short.pdf", PDF)).unwrap();
    inbox.wait_until_quiet();
    assert_eq!(inbox.app.names(), [LAST]);
    assert_eq!(inbox.app.seen.lock().unwrap().troubles, []);
}

#[test]
fn while_the_disk_is_full_files_stay_and_the_trouble_is_told_once() {
    let inbox = start(|_| {}, |settings| settings.still_for = Duration::from_millis(20), App::default());
    inbox.app.change(|seen| seen.disk_full = true);
    let paths = ["a.pdf", "b.pdf"].map(|name| inbox.put(name, PDF));
    inbox.app.wait("both are tried again", |seen| seen.failed >= 4);
    // A file that is being handed over has a private name; it gets its own back after the failure.
    until("both stand there", || paths.iter().all(|path| path.exists()));
    inbox.app.change(|seen| seen.disk_full = false);
    inbox.app.wait("both arrive", |seen| seen.arrivals.len() == 2);
    inbox.app.wait("it is over", |seen| seen.cleared == [inbox.folder.clone()]);
    until("both are removed", || paths.iter().all(|path| !path.exists()));
    let seen = inbox.app.seen.lock().unwrap();
    let [trouble] = seen.troubles.as_slice() else { panic!("{:?}", seen.troubles) };
    assert!(trouble.to_string().contains("no space left on the disk of the profile"), "{trouble}");
}

#[test]
fn a_missing_folder_is_told_and_the_watch_recovers_by_itself() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("not mounted/inbox");
    let point_there = |settings: &mut InboxSettings| {
        settings.folder.clone_from(&folder);
        settings.rescan_every = Duration::from_millis(50);
    };
    let inbox = start(|unused| fs::create_dir(unused).unwrap(), point_there, App::default());
    inbox.app.wait("trouble", |seen| matches!(seen.troubles.as_slice(), [Trouble::FolderMissing { .. }]));
    let told = inbox.app.seen.lock().unwrap().troubles[0].to_string();
    assert!(told.contains("not mounted/inbox"), "{told}");

    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("a.pdf"), PDF).unwrap();
    inbox.app.wait_for("a.pdf");
    inbox.app.wait("it is over", |seen| seen.cleared == [folder.clone()]);
}

#[cfg(unix)]
#[test]
fn what_permissions_forbid_is_told_with_its_path_and_goes_on_when_they_allow_it() {
    use std::os::unix::fs::PermissionsExt as _;

    if ran_bound_by_permissions("what_permissions_forbid_is_told_with_its_path_and_goes_on_when_they_allow_it") {
        return;
    }
    let mode = |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    let fast = |settings: &mut InboxSettings| {
        settings.still_for = Duration::from_millis(20);
        settings.rescan_every = Duration::from_millis(50);
    };
    let inbox = start(|_| {}, fast, App::default());
    mode(&inbox.folder, 0o000);
    let told = |code: &'static str| {
        inbox.app.wait(code, |seen| seen.troubles.iter().any(|trouble| trouble.code().as_str() == code))
    };
    told("folder_unreadable");
    mode(&inbox.folder, 0o700);
    inbox.app.wait("the folder is open again", |seen| seen.cleared.contains(&inbox.folder));

    let closed = inbox.folder.join("closed.pdf");
    fs::write(&closed, PDF).unwrap();
    mode(&closed, 0o000);
    told("file_unreadable");
    mode(&closed, 0o600);
    inbox.app.wait_for("closed.pdf");
    inbox.app.wait("the file is open again", |seen| seen.cleared.contains(&closed));

    let stays = inbox.folder.join("sub/stays.pdf");
    inbox.app.change(|seen| seen.disk_full = true);
    inbox.put("sub/stays.pdf", PDF);
    mode(stays.parent().unwrap(), 0o500);
    inbox.app.change(|seen| seen.disk_full = false);
    told("not_removed");
    mode(stays.parent().unwrap(), 0o700);
    until("it is removed after all", || !stays.exists());
    inbox.wait_until_quiet();
    assert_eq!(inbox.app.names(), ["closed.pdf", "stays.pdf", LAST]);
}

#[test]
fn a_file_in_the_place_of_the_folder_is_told_and_left_alone() {
    let inbox = start(|folder| fs::write(folder, b"x").unwrap(), |_| {}, App::default());
    inbox.app.wait("trouble", |seen| matches!(seen.troubles.as_slice(), [Trouble::FolderMissing { .. }]));
    assert_eq!(fs::read(&inbox.folder).unwrap(), b"x");
}

#[test]
fn a_folder_that_is_removed_and_made_again_is_watched_again() {
    let inbox = start_empty();
    inbox.wait_until_quiet();
    fs::remove_dir_all(&inbox.folder).unwrap();
    fs::create_dir(&inbox.folder).unwrap();
    // No polling and a rescan only after minutes: the system's own word for it must be enough, save for the moment when
    // the new folder comes after the look that the end of the old one caused.
    inbox.put("first.pdf", PDF);
    inbox.app.wait_for("first.pdf");
    inbox.put("second.pdf", PDF);
    inbox.app.wait_for("second.pdf");
}

#[test]
fn a_rescan_finds_what_no_event_told_of() {
    // A folder without events: polled, but only after minutes.
    let no_events = |settings: &mut InboxSettings| settings.poll = PollChoice::Always;
    let inbox = start(|_| {}, no_events, App::default());
    inbox.put("polled.pdf", PDF);
    inbox.app.wait_for("polled.pdf");

    let inbox = start(
        |_| {},
        |settings| {
            settings.poll = PollChoice::Always;
            settings.rescan_every = Duration::from_millis(50);
        },
        App::default(),
    );
    inbox.put("rescanned.pdf", PDF);
    inbox.app.wait_for("rescanned.pdf");
}

#[test]
fn a_whole_file_is_handed_over_as_soon_as_it_has_lain_still() {
    let still_for = Duration::from_secs(1);
    let inbox = start(|_| {}, |settings| settings.still_for = still_for, App::default());
    let took = ["a.pdf", "b.pdf", "c.pdf"].map(|name| {
        let written = Instant::now();
        inbox.put(name, PDF);
        inbox.app.wait_for(name);
        written.elapsed()
    });
    println!("handed over {took:?} after it was written");
    // The quickest of them, because a busy computer can delay one. Polling would bring each but the first after 2 s.
    let quickest = took[1..].iter().min().unwrap();
    assert!(took.iter().all(|took| *took >= still_for) && *quickest < Duration::from_millis(1500), "{took:?}");
}
