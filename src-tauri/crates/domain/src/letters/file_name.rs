//! Names for files on a disk, made of names that came from anywhere: archives, mails, other systems.

/// Bytes of the longest name that every file system takes (255), with room for a number and an ending.
pub const LONGEST_FILE_NAME: usize = 240;
/// An ending longer than this is part of the name.
const LONGEST_ENDING: usize = 16;

/// A name that can be given to a file: the last part of `name`, without what no file system takes, and no longer than
/// [`LONGEST_FILE_NAME`]; its ending stays. `None` where nothing is left of it.
pub fn file_name(name: &str) -> Option<String> {
    let made = tidied(name)?;
    // Cut, it may have another ending than before.
    if made == name { Some(made) } else { file_name(&made) }
}

/// The same, once; it is no longer than `name`.
fn tidied(name: &str) -> Option<String> {
    let last = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let plain: String = last.chars().map(|c| if c.is_control() || "<>:\"|?*".contains(c) { '_' } else { c }).collect();
    let plain = plain.trim();
    let (stem, ending) = match plain.rfind('.') {
        Some(dot) if dot > 0 && plain.len() - dot <= LONGEST_ENDING => plain.split_at(dot),
        _ => (plain, ""),
    };
    let stem = stem[..stem.floor_char_boundary(LONGEST_FILE_NAME - ending.len())].trim_end();
    let made = format!("{stem}{ending}");
    (!made.trim_matches(|c: char| c == '.' || c.is_whitespace()).is_empty()).then_some(made)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_short_enough_keeps_its_ending_and_leads_nowhere() {
        let long = file_name(&format!("{}.pdf", "ü".repeat(300))).unwrap();
        assert!(long.len() <= LONGEST_FILE_NAME && long.ends_with("ü.pdf"), "{long}");
        // Cut off, it would end with a space, or be nothing but dots.
        let cut = file_name(&format!("{} b", "a".repeat(LONGEST_FILE_NAME - 1))).unwrap();
        assert_eq!(cut.len(), LONGEST_FILE_NAME - 1);
        assert_eq!(file_name(&format!("{}{}", ".".repeat(300), "x".repeat(20))), None);
        // Cut in the middle of what was too long for an ending.
        let odd = file_name(&format!("{} .{}", "a".repeat(230), "b".repeat(40))).unwrap();
        assert_eq!(file_name(&odd).as_deref(), Some(odd.as_str()));
        let without_ending = file_name(&"x".repeat(300)).unwrap();
        assert_eq!(without_ending.len(), LONGEST_FILE_NAME);
        for (name, wanted) in [
            ("Rechnung Mai.pdf", Some("Rechnung Mai.pdf")),
            ("../../etc/passwd", Some("passwd")),
            ("C:\\Post\\Brief.pdf", Some("Brief.pdf")),
            ("a\0b\nc.pdf", Some("a_b_c.pdf")),
            ("what?.pdf", Some("what_.pdf")),
            (".profile", Some(".profile")),
            ("..", None),
            (". .", None),
            ("folder/", None),
            ("", None),
        ] {
            assert_eq!(file_name(name).as_deref(), wanted, "{name:?}");
        }
    }
}
