//! Names for the files of an export: readable, valid on every file system, and each used once.

use std::collections::HashSet;

use domain::file_name;
use domain::search::fold;

/// Bytes of the name of a folder, and of a file without its ending: with the year and the folder of an export, a path stays
/// below the 260 characters of older Windows programs.
const LONGEST_FOLDER: usize = 60;
const LONGEST_NAME: usize = 120;
/// Names that are devices on Windows, with any ending.
const DEVICES: &[&str] = &["con", "prn", "aux", "nul", "conin$", "conout$"];

/// The names that were given.
#[derive(Default)]
pub(crate) struct Names {
    given: HashSet<String>,
}

impl Names {
    /// A path without ending for a file in these folders; what another one has already gets a number.
    pub(crate) fn give(&mut self, folders: &[&str], name: &str) -> String {
        let folders: Vec<String> = folders.iter().map(|folder| part(folder, LONGEST_FOLDER)).collect();
        let name = part(name, LONGEST_NAME);
        let mut number = 1_u32;
        loop {
            let numbered = if number == 1 { name.clone() } else { format!("{name} ({number})") };
            let path = folders.iter().map(String::as_str).chain([numbered.as_str()]).collect::<Vec<_>>().join("/");
            // Some file systems do not tell capitals or accents apart.
            if self.given.insert(path.split('/').map(fold).collect::<Vec<_>>().join("/")) {
                return path;
            }
            number = number.saturating_add(1);
        }
    }
}

/// A text as the name of a folder or a file.
fn part(text: &str, longest: usize) -> String {
    let is_sign_of_direction =
        |c: char| matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}');
    let one_line: String = text
        .chars()
        .filter(|c| !is_sign_of_direction(*c))
        .map(|c| if matches!(c, '/' | '\\') { '-' } else { c })
        .collect();
    let safe = file_name(&one_line).unwrap_or_default();
    let cut = &safe[..safe.floor_char_boundary(longest)];
    // Windows takes neither at the end of a name; with a point at its beginning a file is hidden.
    let name = cut.trim_end_matches(['.', ' ']).trim_start_matches(['.', ' ']);
    let stem = name.split('.').next().unwrap_or_default().trim().to_lowercase();
    let is_numbered_device = ["com", "lpt"]
        .iter()
        .any(|device| stem.strip_prefix(device).is_some_and(|number| number.chars().count() == 1 && number != "0"));
    if name.is_empty() {
        "_".to_owned()
    } else if is_numbered_device || DEVICES.contains(&stem.as_str()) {
        format!("_{name}")
    } else {
        name.to_owned()
    }
}

/// The ending of an original: that of its name, else that of its type.
pub(crate) fn ending(name: &str, mime: &str) -> String {
    const LONGEST_ENDING: usize = 8;
    let of_name = name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase());
    let is_ending = |ending: &String| {
        (1..=LONGEST_ENDING).contains(&ending.len()) && ending.chars().all(|c| c.is_ascii_alphanumeric())
    };
    of_name.filter(is_ending).unwrap_or_else(|| {
        match mime {
            "application/pdf" => "pdf",
            "image/jpeg" => "jpg",
            "image/png" => "png",
            "image/tiff" => "tif",
            "image/webp" => "webp",
            "image/heic" => "heic",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document" => "docx",
            "application/vnd.oasis.opendocument.text" => "odt",
            "application/msword" => "doc",
            "application/rtf" => "rtf",
            "message/rfc822" => "eml",
            "application/zip" => "zip",
            "text/plain" => "txt",
            _ => "bin",
        }
        .to_owned()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_are_valid_everywhere_and_given_once() {
        let mut names = Names::default();
        for (name, wanted) in [
            ("Strom 2025 · Stadtwerke", "2025/A/Strom 2025 · Stadtwerke"),
            ("STROM 2025 · stadtwerke", "2025/A/STROM 2025 · stadtwerke (2)"),
            ("a/b\\c: d?", "2025/A/a-b-c_ d_"),
            ("..", "2025/A/_"),
            ("CON", "2025/A/_CON"),
            ("lpt1.pdf", "2025/A/_lpt1.pdf"),
            ("Ende. . ", "2025/A/Ende"),
            ("", "2025/A/_ (2)"),
            ("\u{202E}fdp.exe", "2025/A/fdp.exe"),
        ] {
            assert_eq!(names.give(&["2025", "A"], name), wanted, "{name:?}");
        }
        assert_eq!((ending("Brief.PDF", ""), ending("Brief", "image/jpeg")), ("pdf".to_owned(), "jpg".to_owned()));
        assert_eq!(ending("a.b c", "x/y"), "bin");
    }

    proptest! {
        #[test]
        fn any_text_becomes_a_name_that_every_file_system_takes(texts in proptest::collection::vec("\\PC{0,300}", 1..8)) {
            let mut names = Names::default();
            let mut given = HashSet::new();
            for text in texts {
                let path = names.give(&["2025", &text], &text);
                prop_assert!(given.insert(path.to_lowercase()));
                prop_assert_eq!(path.split('/').count(), 3);
                for part in path.split('/') {
                    prop_assert!(!part.is_empty() && part.len() <= 140);
                    prop_assert!(!part.contains(['<', '>', ':', '"', '|', '?', '*', '\\', '\n', '\0']));
                    prop_assert!(!part.starts_with('.') && !part.ends_with(['.', ' ']));
                }
            }
        }
    }
}
