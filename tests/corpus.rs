//! Documents with known truth, in two sets of one form: each folder holds documents and a `truth.jsonl` about them.
//!
//! The small set lies in `tests/fixtures` and is always there: it proves the behaviour. The large one lies beside the
//! repository (or where `WORKMATE_CORPUS` says): where it is, it is used, too; under CI it has to be. The tests of `read`
//! take this file in by its path, because `read` may not know this crate.
#![allow(
    clippy::allow_attributes,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "this is test code; inside of a test module they are allowed anyway, so that `expect` would find nothing"
)]

use std::path::{Path, PathBuf};

use serde_json::Value;

/// The folders of this name: that of the small set, then that of the large one where it is there.
pub fn sets(folder: &str) -> Vec<PathBuf> {
    let small = repository().join("tests/fixtures").join(folder);
    assert!(small.join("truth.jsonl").is_file(), "{} has no truth.jsonl", small.display());
    std::iter::once(small).chain(large(folder)).collect()
}

/// A folder of the large set. Where it is not there, it says so in a line, and fails under CI.
pub fn large(folder: &str) -> Option<PathBuf> {
    let path = path(folder);
    match demanded(path.is_dir(), std::env::var("CI").is_ok_and(|value| value == "true")) {
        Ok(true) => Some(path),
        Ok(false) => {
            println!("The small set alone was tried: there is no {}", path.display());
            None
        }
        Err(why) => panic!("{}: {why}", path.display()),
    }
}

/// Whether the large set is used: `there`, and whether this is CI.
///
/// # Errors
///
/// It is not there although CI demands it.
pub fn demanded(there: bool, ci: bool) -> Result<bool, &'static str> {
    if ci && !there {
        return Err("CI=true demands the large corpus. Put it there, or say where it is with WORKMATE_CORPUS");
    }
    Ok(there)
}

/// Where a folder of the large set is or would be.
pub fn path(folder: &str) -> PathBuf {
    std::env::var_os("WORKMATE_CORPUS")
        .map_or_else(|| repository().join("../shared/corpus"), PathBuf::from)
        .join(folder)
}

/// A folder of the large set where it is there; for what is measured, not proven.
pub fn found(folder: &str) -> Option<PathBuf> {
    Some(path(folder)).filter(|path| path.is_dir())
}

/// What is known about the documents of a folder, one row for each.
pub fn truth(folder: &Path) -> Vec<Value> {
    let path = folder.join("truth.jsonl");
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    text.lines().map(|line| serde_json::from_str(line).expect("a row of JSON")).collect()
}

fn repository() -> &'static Path {
    let mut folders = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors();
    folders.find(|folder| folder.join("Cargo.lock").is_file()).expect("the repository")
}
