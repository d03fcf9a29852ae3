//! Finds out whether a folder is on a network file system, where events for changes by other computers are missing.

use std::path::Path;

/// Prefixes of the types of such file systems, as the kernel names them.
#[cfg_attr(not(target_os = "linux"), expect(dead_code, reason = "only Linux lists its mounts in a file"))]
const NETWORK: &[&str] = &["nfs", "cifs", "smb", "9p", "afs", "ceph", "davfs", "fuse.", "virtiofs", "vboxsf"];

/// Whether `folder` lies on a network file system. On other systems than Linux the answer is always no.
#[cfg(target_os = "linux")]
pub(super) fn on_network(folder: &Path) -> bool {
    let mounts = std::fs::read_to_string("/proc/self/mounts");
    let folder = folder.canonicalize();
    match (mounts, folder) {
        (Ok(mounts), Ok(folder)) => file_system(&mounts, &folder)
            .is_some_and(|file_system| NETWORK.iter().any(|network| file_system.starts_with(network))),
        // A folder that cannot be found is reported by the scan; without a list of mounts there is no network either.
        _ => false,
    }
}

/// Whether `folder` lies on a network file system. On other systems than Linux the answer is always no.
#[cfg(not(target_os = "linux"))]
pub(super) fn on_network(_folder: &Path) -> bool {
    false
}

/// The type of the file system of `path`: that of the deepest mount point above it; of two at one place, the later one.
#[cfg_attr(not(target_os = "linux"), expect(dead_code, reason = "only Linux lists its mounts in a file"))]
fn file_system<'a>(mounts: &'a str, path: &Path) -> Option<&'a str> {
    mounts
        .lines()
        .filter_map(|line| {
            let mut columns = line.split(' ').skip(1);
            // The kernel writes a space in a path as \040 (man 5 fstab).
            let point = columns.next()?.replace("\\040", " ");
            path.starts_with(&point).then(|| (point.len(), columns.next()))
        })
        .max_by_key(|(length, _)| *length)
        .and_then(|(_, file_system)| file_system)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_deepest_mount_point_counts() {
        let mounts = "/dev/sda1 / ext4 rw 0 0\n\
                      nas:/scans /mnt/my\\040nas nfs4 rw 0 0\n\
                      automount /home autofs rw 0 0\n\
                      //nas/home /home cifs rw 0 0\n";
        let check = |path: &str, expected| assert_eq!(file_system(mounts, Path::new(path)), Some(expected), "{path}");
        check("/var/inbox", "ext4");
        check("/mnt/my nas/inbox", "nfs4");
        check("/mnt/my nas2", "ext4");
        check("/home/me/inbox", "cifs");
    }
}
