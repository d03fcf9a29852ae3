//! Words as the learned models see them: stems without accents, digits as `#`.

use domain::search;

/// The words of a text, each as its stem.
pub(crate) fn words(text: &str) -> Vec<String> {
    search::terms(text).map(|(_, word)| word_of(&word)).collect()
}

fn word_of(word: &str) -> String {
    if word.contains(|c: char| c.is_ascii_digit()) {
        // "2026", "14": what matters is that it is a number, and how long.
        return word.chars().take(5).map(|c| if c.is_ascii_digit() { '#' } else { c }).collect();
    }
    search::stem(word)
}

/// The beginning and the end of a long word: compounds share them.
pub(crate) fn pieces(word: &str) -> Vec<String> {
    /// Letters of a piece, and of a word that has any.
    const PIECE: usize = 5;
    const LONG: usize = 8;
    let letters: Vec<char> = word.chars().collect();
    if letters.len() < LONG || letters.first() == Some(&'#') {
        return Vec::new();
    }
    let start: String = letters[..PIECE].iter().collect();
    let end: String = letters[letters.len() - PIECE..].iter().collect();
    vec![format!("{start}~"), format!("~{end}")]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_and_compounds_share_their_features() {
        assert_eq!(words("Fällige Beträge"), words("fälligen Betrages"));
        assert_eq!(words("am 14.03.2026"), ["am", "##", "##", "####"]);
        assert_eq!(pieces("falligkeit").first(), pieces("falligkeitsdatum").first());
        assert_eq!(pieces("bis"), Vec::<String>::new());
    }
}
