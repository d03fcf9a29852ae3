//! Files that a program still has open for writing: they are not complete, whatever they look like.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

/// The files below `folder` that some process has open for writing, as far as this user may know. Only Linux tells.
#[cfg(target_os = "linux")]
pub(super) fn open_for_writing(folder: &Path) -> HashSet<PathBuf> {
    let (Ok(real_folder), Ok(processes)) = (folder.canonicalize(), std::fs::read_dir("/proc")) else {
        return HashSet::new();
    };
    // Entries can vanish at any moment, or belong to another user; both are skipped.
    let open = processes.flatten().flat_map(|process| {
        let files = std::fs::read_dir(process.path().join("fd"));
        files.into_iter().flatten().flatten().filter_map(move |file| {
            let target = std::fs::read_link(file.path()).ok()?;
            Some((target, process.path().join("fdinfo").join(file.file_name())))
        })
    });
    open.filter_map(|(target, info)| {
        let inside = target.strip_prefix(&real_folder).ok()?;
        writes(&std::fs::read_to_string(info).ok()?).then(|| folder.join(inside))
    })
    .collect()
}

/// The files below `folder` that some process has open for writing, as far as this user may know. Only Linux tells.
#[cfg(not(target_os = "linux"))]
pub(super) fn open_for_writing(_folder: &Path) -> HashSet<PathBuf> {
    HashSet::new()
}

/// Whether the kernel's lines about an open file say that it is open for writing: the lowest two bits of the octal
/// `flags` are not `O_RDONLY` (man 5 proc_pid_fdinfo).
#[cfg(target_os = "linux")]
fn writes(fdinfo: &str) -> bool {
    fdinfo
        .lines()
        .find_map(|line| line.strip_prefix("flags:"))
        .and_then(|flags| u32::from_str_radix(flags.trim(), 8).ok())
        .is_some_and(|flags| flags & 0b11 != 0)
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use std::fs::File;

    use super::*;

    #[test]
    fn a_writer_is_seen_and_a_reader_is_not() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("link");
        std::fs::create_dir_all(home.path().join("inbox/sub")).unwrap();
        std::os::unix::fs::symlink(home.path().join("inbox"), &folder).unwrap();
        let path = folder.join("sub/scan.pdf");
        let writer = File::create(&path).unwrap();
        assert_eq!(open_for_writing(&folder), HashSet::from([path.clone()]));
        drop(writer);
        let _reader = File::open(&path).unwrap();
        assert_eq!(open_for_writing(&folder), HashSet::new());
    }
}
