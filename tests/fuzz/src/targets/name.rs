use domain::{LONGEST_FILE_NAME, file_name};

use crate::Target;
use crate::seeds::texts;

/// Names of files from anywhere: what is made of them leads nowhere.
pub(crate) const TARGET: Target =
    Target { name: "name", seeds, words: &["../", "..\\", "C:", "NUL", ".", "/", "\u{202e}fdp."], short: 5_000, run };

fn seeds() -> Vec<Vec<u8>> {
    texts(&["Rechnung Mai.pdf", "../../etc/passwd", "C:\\Post\\Brief.pdf", "a\0b.pdf", "ordner/", "....", "ü.tar.gz"])
}

fn run(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let Some(name) = file_name(&text) else { return };
    assert!(!name.is_empty() && name.len() <= LONGEST_FILE_NAME, "{name:?}");
    assert!(!name.chars().any(|letter| letter.is_control() || "/\\<>:\"|?*".contains(letter)), "{name:?}");
    assert!(name != "." && name != "..", "{name:?}");
    assert_eq!(file_name(&name).as_deref(), Some(name.as_str()), "a name that was made stays as it is");
}
