//! The twelve words that open a repository (BIP 39, English list): a person can write them down without a mistake, and restic
//! takes them as the password.

use bip39::{Error, Language, Mnemonic};

use crate::{BackupError, Result};

/// Bytes of chance in twelve words.
const BYTES: usize = 16;

/// New words, by the random numbers of the system.
///
/// # Errors
/// [`BackupError::Repository`] if the system gives no random numbers.
pub fn new_words() -> Result<String> {
    let failed = |error: &dyn std::fmt::Display| BackupError::Repository(format!("no words could be made: {error}."));
    let mut chance = [0; BYTES];
    getrandom::fill(&mut chance).map_err(|error| failed(&error))?;
    Mnemonic::from_entropy(&chance).map(|words| words.to_string()).map_err(|error| failed(&error))
}

/// The words as they were made, from what a person has typed: in any case, with any space or comma between them.
///
/// # Errors
/// [`BackupError::BadWords`] with the number of the first word that is none, or without one if the words do not belong together.
pub fn typed_words(typed: &str) -> Result<String> {
    let parts: Vec<String> = typed
        .split(|c: char| c.is_whitespace() || c == ',' || c == ';')
        .filter(|part| !part.is_empty())
        .map(str::to_lowercase)
        .collect();
    match Mnemonic::parse_in_normalized(Language::English, &parts.join(" ")) {
        Ok(words) => Ok(words.to_string()),
        Err(Error::UnknownWord(at)) => Err(BackupError::BadWords(at.checked_add(1))),
        Err(_) => Err(BackupError::BadWords(None)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_come_back_as_they_were_made_however_they_are_typed() {
        let words = new_words().unwrap();
        assert_eq!(words.split(' ').count(), 12);
        assert_ne!(words, new_words().unwrap());
        let typed = format!("  {} ", words.to_uppercase().replace(' ', ",\n "));
        assert_eq!(typed_words(&typed).unwrap(), words);
    }

    #[test]
    fn a_word_that_is_none_is_named_by_its_place() {
        let good = "legal winner thank year wave sausage worth useful legal winner thank yellow";
        assert_eq!(typed_words(good).unwrap(), good);
        let place = |typed: &str| match typed_words(typed) {
            Err(BackupError::BadWords(place)) => place,
            other => panic!("{other:?}"),
        };
        assert_eq!(place(&good.replace("wave", "weve")), Some(5));
        assert_eq!(place(&good.replace("yellow", "zoo")), None, "all are words, but not these together");
        assert_eq!(place("legal winner"), None);
    }
}
