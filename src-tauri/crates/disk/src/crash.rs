//! Named moments at which a test can end the program, as a crash does.

use std::collections::HashSet;
use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};

/// Environment variable: `name`, or `name:n`, ends the program at the n-th pass of that point.
pub const AT_VARIABLE: &str = "WORKMATE_CRASH_AT";

/// Environment variable: a file to which the name of each point is added when it is passed first.
pub const LOG_VARIABLE: &str = "WORKMATE_CRASH_LOG";

/// Whether this build has crash points: debug builds do, and those with the feature `crash-points`.
pub const CRASHES: bool = cfg!(any(debug_assertions, feature = "crash-points"));

/// The points that are passed while letters come in. One that is passed in the code but not listed here does not compile; one that is listed but never
/// passed fails a test.
pub const CRASH_POINTS: &[&str] = &[
    // A profile is opened.
    "open.folders_made",
    "open.tables_made",
    "open.named_inside",
    "open.named_beside",
    "open.ready",
    // An older database is copied, then brought up to date.
    "migrate.copy_begun",
    "migrate.copied",
    "migrate.copy_checked",
    "migrate.copy_synced",
    "migrate.copy_named",
    "migrate.copy_kept",
    "migrate.done",
    "migrate.old_copies_dropped",
    // What an interruption left is put right.
    "sweep.half_file_removed",
    "sweep.adopted",
    "sweep.archive_done",
    "sweep.done",
    // A letter comes out of the inbox folder.
    "inbox.put_back",
    "inbox.due",
    "inbox.claimed",
    "inbox.opened",
    "inbox.received",
    "inbox.compared",
    "inbox.removed",
    "inbox.given_back",
    // It is refused, or cannot be read.
    "problems.folder_made",
    "problems.name_reserved",
    "problems.reason_written",
    "problems.copied",
    "problems.moved",
    // Its original is stored.
    "archive.part_made",
    "archive.part_written",
    "archive.part_read_only",
    "archive.part_synced",
    "archive.folder_made",
    "archive.named",
    "archive.folder_synced",
    "archive.root_synced",
    // Its row and its job are written.
    "ingest.stored",
    "ingest.file_noted",
    "ingest.arrival_noted",
    "ingest.queued",
    "ingest.done",
    // Any change.
    "write.begun",
    "write.recorded",
    "write.committed",
    "write.told",
    // Something is deleted for good.
    "erase.rows_gone",
    "erase.original_gone",
    // It is read and understood.
    "job.claimed",
    "job.failed",
    "job.put_aside",
    "read.opened",
    "read.read",
    "read.member_taken",
    "read.members_taken",
    "read.saved",
    "read.done",
    "understand.begun",
    "understand.understood",
    "understand.filed",
    "understand.done",
];

/// The points that are passed only while a profile is encrypted, or is made readable again.
pub const CONVERSION_POINTS: &[&str] = &[
    "convert.begun",
    "convert.original_written",
    "convert.originals_done",
    "convert.database_written",
    "convert.compared",
    "convert.whole",
    "convert.set_aside",
    "convert.in_place",
    "convert.others_moved",
    "convert.done",
];

/// The points that are passed only while a backup is made, or a state of one is brought back.
pub const BACKUP_POINTS: &[&str] = &[
    "backup.database_copied",
    "backup.folder_made",
    "backup.part_written",
    "backup.file_named",
    "backup.archived",
    "backup.checked",
    "backup.counted",
    "backup.unchecked_gone",
    "backup.read_back",
    "backup.forgotten",
    "backup.thinned_out",
    "backup.noted",
    "restore.file_written",
    "restore.written",
    "restore.looked_at",
    "restore.ready",
    "restore.set_aside",
    "restore.in_place",
];

/// Is it in a list? Asked while the program is compiled.
pub const fn is_listed(name: &str) -> bool {
    is_in(CRASH_POINTS, name) || is_in(CONVERSION_POINTS, name) || is_in(BACKUP_POINTS, name)
}

const fn is_in(points: &[&str], name: &str) -> bool {
    let mut at = 0;
    while at < points.len() {
        if same(points[at].as_bytes(), name.as_bytes()) {
            return true;
        }
        at += 1;
    }
    false
}

const fn same(one: &[u8], other: &[u8]) -> bool {
    if one.len() != other.len() {
        return false;
    }
    let mut at = 0;
    while at < one.len() {
        if one[at] != other[at] {
            return false;
        }
        at += 1;
    }
    true
}

/// A moment at which the program can be ended, by its name in [`CRASH_POINTS`](crate::CRASH_POINTS). Nothing in a release
/// build.
#[macro_export]
macro_rules! crash_point {
    ($name:literal) => {{
        const { assert!($crate::is_listed($name), "a crash point is a line in CRASH_POINTS") };
        if $crate::CRASHES {
            $crate::pass($name);
        }
    }};
}

struct Wanted {
    at: Option<(String, AtomicU32)>,
    log: Option<PathBuf>,
    logged: Mutex<HashSet<&'static str>>,
}

/// Passes a point: [`crash_point!`](crate::crash_point) calls it.
pub fn pass(name: &'static str) {
    static WANTED: OnceLock<Wanted> = OnceLock::new();
    let wanted = WANTED.get_or_init(wanted);
    if let Some(log) = &wanted.log
        && wanted.logged.lock().unwrap_or_else(PoisonError::into_inner).insert(name)
    {
        let added = OpenOptions::new().create(true).append(true).open(log);
        // In one piece, because several threads and processes add to it. A log that cannot be written is a test that fails.
        drop(added.and_then(|mut log| log.write_all(format!("{name}\n").as_bytes())));
    }
    if let Some((at, left)) = &wanted.at
        && at == name
        && left.fetch_sub(1, Ordering::SeqCst) == 1
    {
        std::process::abort();
    }
}

fn wanted() -> Wanted {
    let at = std::env::var(AT_VARIABLE).ok().map(|at| match at.rsplit_once(':') {
        Some((name, pass)) => (name.to_owned(), AtomicU32::new(pass.parse().unwrap_or(1))),
        None => (at, AtomicU32::new(1)),
    });
    Wanted { at, log: std::env::var_os(LOG_VARIABLE).map(PathBuf::from), logged: Mutex::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_point_is_listed_once() {
        assert_eq!(CRASH_POINTS.iter().collect::<HashSet<_>>().len(), CRASH_POINTS.len());
        assert!(is_listed("inbox.claimed") && !is_listed("inbox.claime") && !is_listed("nowhere"));
    }
}
