//! The folder `Problems`: files that could not be taken in or read, each with a plain text beside it saying why.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use disk::{Disk as _, RealDisk, crash_point};

/// Its name inside the inbox folder.
pub const PROBLEMS_FOLDER: &str = "Problems";

/// What is put into the folder `Problems`.
#[derive(Clone, Copy, Debug)]
pub enum ProblemFile<'a> {
    /// A copy with these bytes is written.
    Bytes(&'a [u8]),
    /// A copy of this file is written.
    Copy(&'a Path),
    /// This file is moved.
    Move(&'a Path),
}

/// Puts a file into `inbox/Problems/` and a text `<name>.txt` with `message` beside it. Never overwrites: a name in use
/// gets a number, `name (2).pdf`. A copy that is there already is not made again. Returns where the file is now.
///
/// # Errors
/// What the file system says if the folder, the text or the file cannot be written. No text is left behind without
/// its file, unless the text cannot be removed either.
pub fn put_into_problems(inbox: &Path, name: &str, file: ProblemFile<'_>, message: &str) -> io::Result<PathBuf> {
    let folder = inbox.join(PROBLEMS_FOLDER);
    fs::create_dir_all(&folder)?;
    crash_point!("problems.folder_made");
    let name = domain::file_name(name).unwrap_or_else(|| "file".to_owned());
    if let ProblemFile::Bytes(bytes) = file
        && fs::read(folder.join(&name)).is_ok_and(|there| there == bytes)
    {
        // An interruption came between the copy and the note of it.
        return Ok(folder.join(name));
    }
    let (target, text_path, mut text) = free_name(&folder, &name)?;
    crash_point!("problems.name_reserved");
    let said = format!(
        "{name}\n\n{message}\n\n\
         Nochmals versuchen: die Datei zurück in den Eingangsordner legen.\n\
         To try again, move the file back into the inbox folder.\n"
    );
    // In one piece: who looks meanwhile sees all of it or nothing.
    let put = text.write_all(said.as_bytes()).and_then(|()| {
        crash_point!("problems.reason_written");
        match file {
            ProblemFile::Bytes(bytes) => write_new(&target, bytes),
            ProblemFile::Copy(from) => fs::copy(from, &target).map(|_| ()),
            ProblemFile::Move(from) => move_file(from, &target),
        }
    });
    match put {
        Ok(()) => Ok(target),
        Err(error) => {
            // A text about a file that is not there would only confuse.
            fs::remove_file(&text_path)?;
            Err(error)
        }
    }
}

/// A name that neither the file nor its text is taken for; creating the text reserves it.
fn free_name(folder: &Path, name: &str) -> io::Result<(PathBuf, PathBuf, File)> {
    let (stem, extension) = match name.rsplit_once('.') {
        Some((stem, extension)) if !stem.is_empty() && extension.len() <= 10 => (stem, format!(".{extension}")),
        _ => (name, String::new()),
    };
    for number in 1_u32.. {
        let name = if number == 1 { format!("{stem}{extension}") } else { format!("{stem} ({number}){extension}") };
        let (target, text_path) = (folder.join(&name), folder.join(format!("{name}.txt")));
        if fs::symlink_metadata(&target).is_ok() {
            continue;
        }
        match OpenOptions::new().write(true).create_new(true).open(&text_path) {
            Ok(text) => return Ok((target, text_path, text)),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}

fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
    let written = file.write_all(bytes).and_then(|()| file.sync_all());
    if written.is_err() {
        fs::remove_file(path)?;
    }
    crash_point!("problems.copied");
    written
}

fn move_file(from: &Path, to: &Path) -> io::Result<()> {
    match fs::rename(from, to) {
        // A folder inside the inbox folder can be on another drive.
        Err(error) if error.kind() == io::ErrorKind::CrossesDevices => {
            fs::copy(from, to)?;
            // On the disk, before the only other one is removed.
            RealDisk.sync(&File::open(to)?)?;
            RealDisk.sync_folder(to.parent().unwrap_or(to))?;
            fs::remove_file(from)
        }
        moved => {
            crash_point!("problems.moved");
            moved
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_and_its_reason_lie_side_by_side_and_nothing_is_overwritten() {
        let inbox = tempfile::tempdir().unwrap();
        let put = |bytes| put_into_problems(inbox.path(), "scan.pdf", ProblemFile::Bytes(bytes), "No page.").unwrap();
        assert_eq!(put(b"one"), inbox.path().join("Problems/scan.pdf"));
        assert_eq!(put(b"two"), inbox.path().join("Problems/scan (2).pdf"));
        assert_eq!(fs::read(inbox.path().join("Problems/scan.pdf")).unwrap(), b"one");
        assert_eq!(fs::read(inbox.path().join("Problems/scan (2).pdf")).unwrap(), b"two");
        assert_eq!(put(b"one"), inbox.path().join("Problems/scan.pdf"), "the same copy is not made twice");
        let text = fs::read_to_string(inbox.path().join("Problems/scan (2).pdf.txt")).unwrap();
        assert!(text.contains("No page."), "{text}");
    }

    #[test]
    fn a_file_is_moved_and_not_copied() {
        let inbox = tempfile::tempdir().unwrap();
        let from = inbox.path().join("a.tif");
        fs::write(&from, b"x").unwrap();
        let to = put_into_problems(inbox.path(), "a.tif", ProblemFile::Move(&from), "Why.").unwrap();
        assert!(!from.exists());
        assert_eq!(fs::read(to).unwrap(), b"x");
    }

    #[test]
    fn a_file_that_vanished_leaves_no_text_behind() {
        let inbox = tempfile::tempdir().unwrap();
        let gone = inbox.path().join("gone.pdf");
        put_into_problems(inbox.path(), "gone.pdf", ProblemFile::Move(&gone), "Why.").unwrap_err();
        assert_eq!(fs::read_dir(inbox.path().join("Problems")).unwrap().count(), 0);
    }

    #[test]
    fn a_name_cannot_lead_out_of_the_folder_nor_be_too_long() {
        let inbox = tempfile::tempdir().unwrap();
        let put = |name: &str| put_into_problems(inbox.path(), name, ProblemFile::Bytes(b"x"), "Why.").unwrap();
        assert_eq!(put("../../evil.pdf"), inbox.path().join("Problems/evil.pdf"));
        let long = put(&format!("{}.pdf", "ü".repeat(125)));
        assert!(long.file_name().unwrap().len() <= domain::LONGEST_FILE_NAME && long.extension().unwrap() == "pdf");
    }
}
