//! Writing a whole profile anew with other keys: a plain one becomes encrypted, an encrypted one plain.
//!
//! Everything goes into a folder of its own, is read back and compared; the profile itself is not touched. Interrupted, it goes on
//! where it was.

use std::collections::HashMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use disk::{Disk, RealDisk, crash_point};
use domain::FileId;
use rusqlite::Connection;

use crate::archive::Archive;
use crate::connection::{self, View, connect, database_path, log_path, look, quick_check};
use crate::migrate::dangling;
use crate::{Place, Result, Store, StoreError, engine, identity, private};

/// What was written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Converted {
    /// Originals.
    pub originals: u64,
    /// Files in the archive that are not the program's. They were copied as they are.
    pub strange: Vec<PathBuf>,
}

impl Store {
    /// Writes the profile `from` into the folder of `to`, with its keys. `goes_on` hears how many originals of how many are done; if
    /// it says no, the work ends there, and none is returned: called again, it goes on.
    ///
    /// # Errors
    /// [`Locked`](StoreError::Locked) and [`ForeignDatabase`](StoreError::ForeignDatabase) if the keys of `from` are not its own;
    /// [`Busy`](StoreError::Busy) if a process has the profile open; [`Damaged`](StoreError::Damaged) if an original is not what came in: a
    /// copy could not be told from a good one. Else what the disks say, and [database errors](StoreError#database-errors).
    pub fn convert(from: &Place, to: &Place, goes_on: &dyn Fn(u64, u64) -> bool) -> Result<Option<Converted>> {
        let alone = engine::store_lock(&from.folder)?;
        alone.lock().map_err(|e| StoreError::io("locked", &from.folder, e))?;
        if !identity::is_alone(&from.folder)? {
            return Err(StoreError::Busy { path: database_path(&from.folder) });
        }
        from.check()?;
        private::make(&to.folder)?;
        let disk: Arc<dyn Disk> = Arc::new(RealDisk);
        let (old, new) = (Archive::open(from, Arc::clone(&disk))?, Archive::open(to, Arc::clone(&disk))?);
        crash_point!("convert.begun");
        let Some(converted) = originals(from, &old, &new, goes_on)? else { return Ok(None) };
        crash_point!("convert.originals_done");
        let (path, from_path) = (database_path(&to.folder), database_path(&from.folder));
        database(from, to).map_err(|e| connection::confirmed(e.in_database(&from_path), &from_path, from.keys()))?;
        crash_point!("convert.database_written");
        same(from, to).map_err(|e| e.in_database(&path))?;
        crash_point!("convert.compared");
        // The names of the archive's folders, of the database, and of what lies beside it.
        disk.sync_folder(&to.folder).map_err(|e| StoreError::io("written", &to.folder, e))?;
        Ok(Some(converted))
    }
}

/// Copies every original that is not there yet.
fn originals(
    from: &Place,
    old: &Archive,
    new: &Archive,
    goes_on: &dyn Fn(u64, u64) -> bool,
) -> Result<Option<Converted>> {
    let known = known(from, old)?;
    let listing = old.list()?;
    if let Some(path) = listing.unreadable.into_iter().next() {
        return Err(StoreError::io("read", &path, std::io::ErrorKind::PermissionDenied.into()));
    }
    let total = u64::try_from(listing.originals.len()).unwrap_or_default();
    let mut converted = Converted::default();
    for path in listing.originals {
        if !goes_on(converted.originals, total) {
            return Ok(None);
        }
        let is_there = match known.get(&path) {
            Some(file) => new.is_durable(file)?,
            None => false,
        };
        if !is_there {
            copy(old, new, &path)?;
            crash_point!("convert.original_written");
        }
        converted.originals = converted.originals.saturating_add(1);
    }
    for path in listing.strange {
        copy_strange(old, new, &path)?;
        converted.strange.push(path);
    }
    Ok(goes_on(total, total).then_some(converted))
}

/// The originals that have a row, by where they lie.
fn known(from: &Place, old: &Archive) -> Result<HashMap<PathBuf, FileId>> {
    let path = database_path(&from.folder);
    let rows = || -> Result<HashMap<PathBuf, FileId>> {
        let conn = connect(&path, from.keys())?;
        let mut ids = conn.prepare("SELECT id FROM files")?;
        let ids: Vec<String> = ids.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
        Ok(ids.iter().filter_map(|id| id.parse().ok()).map(|file: FileId| (old.path(&file), file)).collect())
    };
    rows().map_err(|e| e.in_database(&path))
}

fn copy(old: &Archive, new: &Archive, path: &Path) -> Result<()> {
    let unread = |e| StoreError::io("read", path, e);
    let stored = old.open_stored(path).map_err(unread)?;
    let file = new.put(&domain::ArrivalContent::File(Arc::new(stored)))?;
    if !old.is_named(path, &file) {
        let reason = "its content does not match its name, so it is not what came in".to_owned();
        return Err(StoreError::Damaged { path: path.to_owned(), reason });
    }
    // What was written is read back from the disk's side: opened with the key, and hashed.
    let mut sink = std::io::sink();
    let written = new.path(&file);
    match new.read_stored(&written, &mut sink) {
        Ok((id, _)) if id == file => Ok(()),
        Ok(_) => Err(StoreError::io("read back", &written, std::io::ErrorKind::InvalidData.into())),
        Err(error) => Err(StoreError::io("read back", &written, error)),
    }
}

fn copy_strange(old: &Archive, new: &Archive, path: &Path) -> Result<()> {
    let unwritten = |e| StoreError::io("copied", path, e);
    let Ok(inside) = path.strip_prefix(old.root()) else { return Ok(()) };
    let to = new.root().join(inside);
    if path.is_file() {
        if let Some(folder) = to.parent() {
            fs::create_dir_all(folder).map_err(unwritten)?;
        }
        fs::copy(path, &to).map_err(unwritten)?;
        File::open(&to).and_then(|file| file.sync_all()).map_err(unwritten)?;
    }
    Ok(())
}

/// Writes the database anew, by SQLCipher's own export (<https://www.zetetic.net/sqlcipher/sqlcipher-api/#sqlcipher_export>).
fn database(from: &Place, to: &Place) -> Result<()> {
    let path = database_path(&to.folder);
    // What an interruption left is not whole.
    for left in [path.clone(), log_path(&to.folder), to.folder.join("workmate.db-shm")] {
        match fs::remove_file(&left) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(StoreError::io("removed", &left, error));
            }
            _ => {}
        }
    }
    drop(RealDisk.create(&path).map_err(|e| StoreError::io("written", &path, e))?);
    let conn = connect(&database_path(&from.folder), from.keys())?;
    conn.pragma_update(None, "wal_checkpoint", "TRUNCATE").or_else(|error| match error {
        // It answers with a row.
        rusqlite::Error::ExecuteReturnedResults => Ok(()),
        error => Err(error),
    })?;
    let key = to.keys().map(vault::Keys::of_database);
    let key = key.as_ref().map_or("", |key| key.as_str());
    conn.execute("ATTACH DATABASE ?1 AS made KEY ?2", [path.to_string_lossy().as_ref(), key])?;
    let page_size = if to.keys.is_some() { "cipher_page_size" } else { "page_size" };
    conn.pragma_update(Some("made"), page_size, connection::PAGE_SIZE)?;
    conn.query_row("SELECT sqlcipher_export('made')", [], |_| Ok(()))?;
    let version: i64 = conn.pragma_query_value(None, "user_version", |row| row.get(0))?;
    conn.pragma_update(Some("made"), "user_version", version)?;
    conn.execute("DETACH DATABASE made", [])?;
    File::open(&path).and_then(|file| file.sync_all()).map_err(|e| StoreError::io("written", &path, e))
}

/// Refuses what was written unless it is whole and every table has as many rows as before.
fn same(from: &Place, to: &Place) -> Result<()> {
    let (old, path) = (connect(&database_path(&from.folder), from.keys())?, database_path(&to.folder));
    let new = look(&path, to.keys(), View::FileAlone)?;
    let differs = |detail: String| StoreError::Corrupt { path: path.clone(), detail };
    if let Some(detail) = quick_check(&new)? {
        return Err(differs(detail));
    }
    if dangling(&old)? != dangling(&new)? {
        return Err(differs("its references are not those of the profile".to_owned()));
    }
    if schema(&old)? != schema(&new)? {
        return Err(differs("its tables are not those of the profile".to_owned()));
    }
    for table in tables(&old)? {
        let rows = |conn: &Connection| -> Result<i64> {
            let table = table.replace('"', "\"\"");
            Ok(conn.query_row(&format!("SELECT count(*) FROM \"{table}\""), [], |row| row.get(0))?)
        };
        if rows(&old)? != rows(&new)? {
            return Err(differs(format!("the table “{table}” has not as many rows as before")));
        }
    }
    Ok(())
}

/// Everything that is defined in a database, as it was written.
fn schema(conn: &Connection) -> Result<Vec<(String, Option<String>)>> {
    let mut all = conn.prepare("SELECT name, sql FROM sqlite_schema ORDER BY type, name")?;
    Ok(all.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<rusqlite::Result<_>>()?)
}

fn tables(conn: &Connection) -> Result<Vec<String>> {
    let mut all = conn.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")?;
    Ok(all.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?)
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use domain::{Arrival, By, Clock, Ids, Outcome, SourceId};
    use vault::{DataKey, KeyFile, Keys, OpenedBy};

    use super::*;
    use crate::Op;

    struct Chance(std::sync::atomic::AtomicU64);
    impl Ids for Chance {
        fn uuid(&self) -> uuid::Uuid {
            uuid::Uuid::from_u64_pair(1, self.0.fetch_add(1, std::sync::atomic::Ordering::Relaxed))
        }
    }

    struct Noon;
    impl Clock for Noon {
        fn now(&self) -> DateTime<chrono::Utc> {
            "2026-11-20T12:00:00Z".parse().unwrap()
        }
    }

    fn open(place: &Place) -> Result<Store> {
        Store::open(place.clone(), Arc::new(Noon), Arc::new(Chance(1.into())))
    }

    fn take_in(store: &Store, bytes: &[u8], name: &str) -> FileId {
        let arrival = Arrival {
            source: SourceId::Import,
            name: name.to_owned(),
            path: None,
            modified: None,
            content: bytes.to_vec().into(),
            at: Noon.now(),
        };
        match store.ingest(&arrival, "text/plain").unwrap() {
            Outcome::Taken(file) => file,
            other => panic!("{other:?}"),
        }
    }

    /// An encrypted place in an empty folder, with its key file.
    fn encrypted(folder: &Path) -> Place {
        let data_key = DataKey::random().unwrap();
        let mut file = KeyFile::new();
        file.set(OpenedBy::SecretStore, "a", &data_key).unwrap();
        file.save(&RealDisk, folder).unwrap();
        Place { folder: folder.to_owned(), keys: Some(Arc::new(Keys::of(&data_key).unwrap())) }
    }

    /// Every row of every table, as text.
    fn dump(place: &Place) -> Vec<String> {
        let conn = connect(&database_path(&place.folder), place.keys()).unwrap();
        let mut lines = Vec::new();
        for table in tables(&conn).unwrap() {
            let mut all = conn.prepare(&format!("SELECT * FROM \"{table}\"")).unwrap();
            let columns = all.column_count();
            let mut rows = all.query([]).unwrap();
            while let Some(row) = rows.next().unwrap() {
                let values: Vec<_> = (0..columns).map(|n| format!("{:?}", row.get_ref(n).unwrap())).collect();
                lines.push(format!("{table}: {}", values.join("|")));
            }
        }
        lines.sort();
        lines
    }

    /// Does any file below contain these bytes?
    fn holds(folder: &Path, bytes: &[u8]) -> Vec<PathBuf> {
        let mut found = Vec::new();
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                found.extend(holds(&path, bytes));
            } else if fs::read(&path).unwrap().windows(bytes.len()).any(|part| part == bytes) {
                found.push(path);
            }
        }
        found
    }

    const LETTER: &[u8] = b"Sehr geehrte Frau Muster, der Betrag von 98,50 EUR ist faellig. Geheimwort Quitte.";

    #[test]
    fn nothing_of_an_encrypted_profile_can_be_read_without_its_key_and_all_of_it_with_it() {
        let folder = tempfile::tempdir().unwrap();
        let place = encrypted(folder.path());
        let store = open(&place).unwrap();
        let file = take_in(&store, LETTER, "Geheimwort Quitte.txt");
        store.write(By::Person, Op::Ledger, |w| w.set_setting("note", "Geheimwort Quitte")).unwrap();
        // While it is used, with the log beside it, and after.
        assert_eq!(holds(folder.path(), b"Quitte"), Vec::<PathBuf>::new());
        assert_eq!(holds(folder.path(), file.as_str().as_bytes()), Vec::<PathBuf>::new());
        drop(store);
        assert_eq!(holds(folder.path(), b"Quitte"), Vec::<PathBuf>::new());
        let names = |name: &str| Archive::at(&place, Arc::new(RealDisk)).list().unwrap().originals[0].ends_with(name);
        assert!(!names(file.as_str()), "the name of a file must not be its hash");

        let error = open(&Place::from(folder.path())).map(drop).unwrap_err();
        assert_eq!(error.code().as_str(), "locked", "{error}");
        let other = Keys::of(&DataKey::random().unwrap()).unwrap();
        let wrong = Place { keys: Some(Arc::new(other)), ..place.clone() };
        open(&wrong).map(drop).unwrap_err();

        let store = open(&place).unwrap();
        assert_eq!(store.original(&file).unwrap(), LETTER);
        assert_eq!(std::io::read_to_string(store.open_original(&file).unwrap()).unwrap().as_bytes(), LETTER);
        assert!(store.verify(None, &|_, _| true).unwrap().unwrap().is_whole());
        let original = store.original_path(&file);
        drop(store);
        fs::remove_file(folder.path().join("keys.json")).unwrap();
        fs::remove_file(folder.path().join("keys-copy.json")).unwrap();
        assert_eq!(open(&Place::from(folder.path())).map(drop).unwrap_err().code().as_str(), "keys_gone");
        // In twenty years: the original comes back without this program, by the key alone.
        let keys = place.keys().unwrap();
        assert_eq!(crate::file_id(&keys.opened(&fs::read(original).unwrap()).unwrap()), file);
    }

    #[test]
    fn a_changed_original_of_an_encrypted_profile_is_noticed() {
        let folder = tempfile::tempdir().unwrap();
        let place = encrypted(folder.path());
        let store = open(&place).unwrap();
        let (file, other) = (take_in(&store, LETTER, "a.txt"), take_in(&store, b"another letter", "b.txt"));
        let path = store.original_path(&file);
        let mut sealed = fs::read(&path).unwrap();
        let last = sealed.len() - 1;
        sealed[last] ^= 1;
        fs::remove_file(&path).unwrap();
        fs::write(&path, sealed).unwrap();
        let found = store.verify(None, &|_, _| true).unwrap().unwrap().findings;
        assert!(matches!(&found[..], [crate::Finding::Changed { name, .. }] if name == "a.txt"), "{found:?}");
        assert_eq!(store.original(&file).unwrap_err().code().as_str(), "original_damaged");
        assert_eq!(store.open_original(&file).unwrap_err().code().as_str(), "original_damaged");
        // Another original in its place is none, either, though it is sealed with the right key.
        fs::remove_file(&path).unwrap();
        fs::copy(store.original_path(&other), &path).unwrap();
        assert_eq!(store.open_original(&file).unwrap_err().code().as_str(), "original_damaged");
        take_in_again(&store, LETTER);
        assert_eq!(store.original(&file).unwrap(), LETTER);
    }

    fn take_in_again(store: &Store, bytes: &[u8]) {
        store.put_originals(&[bytes.to_vec().into()]).unwrap();
    }

    #[test]
    fn a_profile_comes_back_as_it_was_from_being_encrypted() {
        let folders = [(); 3].map(|()| tempfile::tempdir().unwrap());
        let [plain, sealed, again] = &folders;
        let place = Place::from(plain.path());
        let store = open(&place).unwrap();
        let file = take_in(&store, LETTER, "a.txt");
        take_in(&store, b"another letter", "b.txt");
        store.write(By::Person, Op::Ledger, |w| w.set_setting("note", "Geheimwort Quitte")).unwrap();
        let to = encrypted(sealed.path());
        let busy = Store::convert(&place, &to, &|_, _| true).unwrap_err();
        assert_eq!(busy.code().as_str(), "busy", "another process may be writing: {busy}");
        drop(store);
        let before = dump(&place);

        // Interrupted after the first original, it goes on.
        assert_eq!(Store::convert(&place, &to, &|done, _| done < 1).unwrap(), None);
        let converted = Store::convert(&place, &to, &|_, _| true).unwrap().unwrap();
        assert_eq!((converted.originals, converted.strange.len()), (2, 0));
        assert_eq!(dump(&to), before);
        assert_eq!(holds(sealed.path(), b"Quitte"), Vec::<PathBuf>::new());
        assert_eq!(open(&to).unwrap().original(&file).unwrap(), LETTER);

        let back = Place::from(again.path());
        let with_its_own = dump(&to);
        Store::convert(&to, &back, &|_, _| true).unwrap().unwrap();
        assert_eq!(dump(&back), with_its_own);
        let store = open(&back).unwrap();
        assert_eq!(store.original(&file).unwrap(), LETTER);
        assert!(store.original_path(&file).ends_with(file.as_str()));
        assert!(store.verify(None, &|_, _| true).unwrap().unwrap().is_whole());
    }

    #[test]
    fn a_profile_with_a_damaged_original_is_not_converted_and_the_file_is_named() {
        let folders = [(); 2].map(|()| tempfile::tempdir().unwrap());
        let place = Place::from(folders[0].path());
        let store = open(&place).unwrap();
        let path = store.original_path(&take_in(&store, LETTER, "a.txt"));
        drop(store);
        fs::remove_file(&path).unwrap();
        fs::write(&path, "something else").unwrap();
        let error = Store::convert(&place, &encrypted(folders[1].path()), &|_, _| true).unwrap_err();
        assert_eq!(error.code().as_str(), "original_damaged");
        assert!(error.to_string().contains(&path.display().to_string()), "{error}");
        assert_eq!(fs::read_to_string(&path).unwrap(), "something else");
    }

    #[test]
    fn an_older_encrypted_database_is_brought_up_to_date_and_its_copy_is_encrypted_too() {
        let folder = tempfile::tempdir().unwrap();
        let place = encrypted(folder.path());
        let mut conn = connect(&database_path(folder.path()), place.keys()).unwrap();
        crate::migrate::runner().set_target(refinery::Target::Version(1)).run(&mut conn).unwrap();
        conn.execute("INSERT INTO correspondents VALUES ('c', 'Quitte', 'quitte')", []).unwrap();
        drop(conn);
        drop(open(&place).unwrap());
        assert_eq!(holds(folder.path(), b"Quitte"), Vec::<PathBuf>::new());
        let copy = fs::read_dir(folder.path().join("backups")).unwrap().next().unwrap().unwrap().path();
        let conn = look(&copy, place.keys(), View::FileAlone).unwrap();
        let name: String = conn.query_row("SELECT name FROM correspondents", [], |row| row.get(0)).unwrap();
        assert_eq!(name, "Quitte");
    }
}
