//! Access rights: only the owner may read a profile. Letters say more about a person than anything else on the
//! computer.

use std::path::Path;

use crate::{Result, StoreError};

/// Parts of a profile that another process could reach through an open handle, past the rights of the folder. Nothing else
/// is touched: it may be the person's own. What is made later is made private.
const INSIDE: [&str; 12] = [
    "archive",
    "backups",
    "cache",
    "changed",
    "engine.lock",
    "log",
    "reminders.lock",
    "schema.lock",
    "store.lock",
    "workmate.db",
    "workmate.db-wal",
    "workmate.db-shm",
];

/// Makes the folder of a profile if need be, and removes the rights of others, also on a folder that an earlier
/// version left open.
///
/// # Errors
/// If the folder cannot be made. If its rights cannot be changed, as on a FAT drive, it stays as it is.
pub(crate) fn make(profile: &Path) -> Result<()> {
    disk::private_folder().recursive(true).create(profile).map_err(|e| StoreError::io("made", profile, e))?;
    close(profile);
    Ok(())
}

/// Removes the rights of others from the parts of a profile that exist.
pub(crate) fn close_inside(profile: &Path) {
    for name in INSIDE {
        close(&profile.join(name));
    }
    let copies = std::fs::read_dir(profile.join("backups"));
    // What cannot be listed cannot be entered by others, either.
    copies.into_iter().flatten().flatten().for_each(|copy| close(&copy.path()));
}

/// Takes the rights of group and others away.
#[cfg(unix)]
fn close(path: &Path) {
    use std::os::unix::fs::PermissionsExt as _;
    let closed = std::fs::metadata(path).and_then(|metadata| {
        let mode = metadata.permissions().mode();
        let wanted = mode & !0o077;
        if mode == wanted { Ok(()) } else { std::fs::set_permissions(path, std::fs::Permissions::from_mode(wanted)) }
    });
    match closed {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            tracing::warn!(path = %path.display(), %error, "others on this computer may be able to read the profile");
        }
        _ => {}
    }
}

/// On other systems the folders of a user are private by default.
#[cfg(not(unix))]
fn close(_: &Path) {}

#[cfg(all(test, unix))]
mod tests {
    use std::fs::{self, Permissions};
    use std::os::unix::fs::PermissionsExt as _;
    use std::sync::Arc;

    use domain::{Clock, Ids};

    use crate::Store;

    struct Fixed;
    impl Clock for Fixed {
        fn now(&self) -> chrono::DateTime<chrono::Utc> {
            chrono::DateTime::UNIX_EPOCH
        }
    }
    impl Ids for Fixed {
        fn uuid(&self) -> uuid::Uuid {
            uuid::Uuid::nil()
        }
    }

    #[test]
    fn a_profile_is_closed_to_others_also_one_that_was_open() {
        let folder = tempfile::tempdir().unwrap();
        let profile = folder.path().join("new/profile");
        let open = || drop(Store::open(&profile, Arc::new(Fixed), Arc::new(Fixed)).unwrap());
        let mode = |name: &str| fs::metadata(profile.join(name)).unwrap().permissions().mode() & 0o777;
        open();
        assert_eq!((mode(""), mode("archive"), mode("workmate.db")), (0o700, 0o700, 0o600));
        for name in ["store.lock", "schema.lock", "profile.id"] {
            assert_eq!(mode(name), 0o600, "{name}");
        }
        for (name, loose) in [("", 0o755), ("archive", 0o775), ("workmate.db", 0o644)] {
            fs::set_permissions(profile.join(name), Permissions::from_mode(loose)).unwrap();
        }
        open();
        assert_eq!((mode(""), mode("archive"), mode("workmate.db")), (0o700, 0o700, 0o600));
    }
}
