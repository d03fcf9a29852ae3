//! How words are made comparable: "Müller", "Mueller" and "muller" are one, "Rechnungen" comes from the same stem as
//! "Rechnung", "DE89 3704" is the beginning of "DE893704…".

use std::ops::Range;

use rust_stemmers::{Algorithm, Stemmer};
use unicode_normalization::UnicodeNormalization as _;

/// A longer one is no word that anybody types.
const LONGEST: usize = 40;

/// A word in lower case, without accents, umlauts and their spellings with e. What the word begins with, the folded
/// word begins with as well, so that it is found while it is being typed.
pub fn fold(word: &str) -> String {
    let mut folded = String::with_capacity(word.len());
    let mut before = ' ';
    for c in word.nfkd().flat_map(char::to_lowercase) {
        match c {
            'ß' => folded.push_str("ss"),
            // "ae", "oe", "ue" for umlauts; not where they belong to another vowel, as in "neue" or "Quelle".
            'e' if matches!(before, 'a' | 'o' | 'u') && !folded[..folded.len() - 1].ends_with(['a', 'e', 'q']) => {}
            c if c.is_alphanumeric() => folded.push(c),
            _ => continue,
        }
        before = c;
    }
    folded
}

/// The folded words of a text with their places in it: what stands between characters that are neither letters nor
/// digits.
pub fn terms(text: &str) -> impl Iterator<Item = (Range<usize>, String)> {
    let mut rest = 0;
    std::iter::from_fn(move || {
        let start = rest + text.get(rest..)?.find(is_part)?;
        let tail = text.get(start..)?;
        let end = start + tail.find(|c: char| !is_part(c)).unwrap_or(tail.len());
        rest = end;
        Some((start..end, fold(text.get(start..end)?)))
    })
    .filter(|(_, term)| !term.is_empty())
}

/// Letters, digits, and the marks that make an accent out of the letter before.
fn is_part(c: char) -> bool {
    c.is_alphanumeric() || ('\u{300}'..='\u{36f}').contains(&c)
}

/// What the forms of a folded word have in common: "rechnung", "rechnungen"; "invoice", "invoices"; "company",
/// "companies". The stemmers are Snowball's; English endings that are none in German are rare enough to take both off.
pub fn stem(term: &str) -> String {
    let english = Stemmer::create(Algorithm::English).stem(term);
    Stemmer::create(Algorithm::German).stem(&english).into_owned()
}

/// Words of a text that may be written together or apart, written together: numbers and ids ("RE-2026/001" as `re2026001`,
/// "DE89 3704 0044" as `de8937040044`, "1.234,56" as `123456`), words with a hyphen, and words that a line break parts. Only
/// those that have something between.
pub fn joined(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut keep = |joined: String| {
        if joined.len() > 2 && joined.len() <= LONGEST {
            found.push(joined);
        }
    };
    let mut parted: Option<&str> = None;
    for line in text.lines() {
        let mut run: Vec<&str> = Vec::new();
        for word in line.split_whitespace() {
            if let Some(beginning) = parted.take().filter(|_| word.starts_with(char::is_lowercase)) {
                keep(fold(&format!("{beginning}{word}")));
            }
            if has_groups(word) {
                keep(fold(word));
            }
            if !is_group(word) {
                keep_run(&mut run, &mut keep);
            } else {
                run.push(word);
            }
        }
        keep_run(&mut run, &mut keep);
        parted = line.split_whitespace().next_back().and_then(|last| last.strip_suffix('-'));
    }
    found.sort_unstable();
    found.dedup();
    found
}

fn keep_run(run: &mut Vec<&str>, keep: &mut impl FnMut(String)) {
    let joined = fold(&run.concat());
    if run.len() > 1 && joined.len() >= 6 {
        keep(joined);
    }
    run.clear();
}

/// "RE-2026/001": a digit or a hyphen, and something between letters or digits.
fn has_groups(word: &str) -> bool {
    let inner = word.trim_matches(|c: char| !c.is_alphanumeric());
    inner.contains(|c: char| c.is_ascii_digit() || c == '-') && inner.contains(|c: char| !c.is_alphanumeric())
}

/// "3704", "DE89": one of the groups in which long numbers are printed.
pub(super) fn is_group(word: &str) -> bool {
    (2..=5).contains(&word.len())
        && word.contains(|c: char| c.is_ascii_digit())
        && word.chars().all(|c| c.is_ascii_digit() || c.is_ascii_uppercase() || c.is_ascii_lowercase())
}
