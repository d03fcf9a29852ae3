//! Paths in the inbox folder that are ignored.

use std::ffi::OsStr;
use std::path::{Component, Path};

use crate::PROBLEMS_FOLDER;

/// Endings of files that browsers and copying programs have not finished.
const UNFINISHED: &[&str] = &["part", "tmp", "crdownload"];

/// Whether `path` is ignored: outside of `folder`, hidden, unfinished, the lock file of an office program, or in the
/// problems folder.
pub(super) fn ignored(folder: &Path, path: &Path) -> bool {
    let Ok(inside) = path.strip_prefix(folder) else { return true };
    inside.starts_with(PROBLEMS_FOLDER)
        || inside.components().any(|component| match component {
            Component::Normal(name) => ignored_name(name),
            Component::Prefix(_) | Component::RootDir | Component::CurDir | Component::ParentDir => true,
        })
}

fn ignored_name(name: &OsStr) -> bool {
    let name = name.to_string_lossy().to_lowercase();
    name.starts_with('.')
        || name.starts_with("~$")
        || name.rsplit_once('.').is_some_and(|(_, extension)| UNFINISHED.contains(&extension))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_finished_visible_files_of_the_folder_count() {
        let ignored = |path: &str| ignored(Path::new("/in"), Path::new(path));
        for path in [
            "/in/.hidden.pdf",
            "/in/.sync/a.pdf",
            "/in/~$letter.docx",
            "/in/a.pdf.part",
            "/in/A.PDF.PART",
            "/in/a.tmp",
            "/in/a.Crdownload",
            "/in/Problems/a.pdf",
            "/in/Problems",
            "/other/a.pdf",
        ] {
            assert!(ignored(path), "{path}");
        }
        for path in
            ["/in", "/in/a.pdf", "/in/sub folder/b.PDF", "/in/part", "/in/no extension", "/in/my Problems/a.pdf"]
        {
            assert!(!ignored(path), "{path}");
        }
    }
}
