//! What a typed word looks for.

use chrono::{Datelike as _, NaiveDate};

use super::Day;
use super::names::MONTHS;
use super::synonyms::{LONGEST_NAME, synonyms};
use super::words::{fold, is_group, terms};

/// What a typed word, phrase or number looks for, in folded words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sought {
    /// These words in this order.
    pub terms: Vec<String>,
    /// The same as one number without spaces, if it has a digit.
    pub number: Option<String>,
    /// The same as one word, if it has no digit and something between its parts.
    pub joined: Option<String>,
    /// Other ways to write the same day.
    pub spellings: Vec<Vec<String>>,
    /// Other names for the same thing, each as its words.
    pub synonyms: Vec<Vec<String>>,
}

/// What a word or phrase looks for; without words, nothing can be found.
pub fn sought(text: &str) -> Sought {
    let terms: Vec<String> = terms(text).map(|(_, term)| term).collect();
    let has_digit = text.contains(|c: char| c.is_ascii_digit());
    let number = (has_digit && !text.contains(char::is_whitespace)).then(|| fold(text));
    let is_parted = !has_digit && terms.len() > 1 && !text.contains(char::is_whitespace);
    Sought {
        number,
        joined: is_parted.then(|| fold(text)),
        synonyms: synonyms(&terms),
        terms,
        spellings: day(text).map(spellings).unwrap_or_default(),
    }
}

/// Words one after the other that are groups of one number, as in "DE89 3704 0044", or one name, as "chimney sweep", become
/// one; the others stay.
pub fn compact(words: &[&str]) -> Vec<Sought> {
    let mut found = Vec::new();
    let mut rest = words;
    while let Some((first, tail)) = rest.split_first() {
        let name = (2..=LONGEST_NAME).rev().find_map(|count| {
            let (name, tail) = rest.split_at_checked(count)?;
            Some((sought(&name.join(" ")), tail)).filter(|(sought, _)| !sought.synonyms.is_empty())
        });
        if let Some((name, tail)) = name {
            found.push(name);
            rest = tail;
            continue;
        }
        let groups = rest.iter().take_while(|word| is_group(word)).count();
        if groups > 1 {
            let (run, tail) = rest.split_at(groups);
            found.push(Sought { number: Some(fold(&run.concat())), ..sought(&run.join(" ")) });
            rest = tail;
        } else {
            found.push(sought(first));
            rest = tail;
        }
    }
    found
}

/// The day that a word with dots or dashes stands for.
fn day(text: &str) -> Option<NaiveDate> {
    match Day::parse(text) {
        Some(Day::On(day)) => Some(day),
        Some(_) | None => None,
    }
}

fn spellings(day: NaiveDate) -> Vec<Vec<String>> {
    let (d, m, y) = (day.day(), day.month(), day.year());
    let number = |text: String| vec![text];
    let mut all = vec![
        number(format!("{d:02}{m:02}{y}")),
        number(format!("{d}{m}{y}")),
        number(format!("{d:02}{m:02}{:02}", y % 100)),
        number(format!("{y}{m:02}{d:02}")),
    ];
    for (_, german, english) in MONTHS.iter().filter(|(month, ..)| *month == m) {
        for name in german.iter().chain(*english) {
            let name = fold(name);
            for day in [d.to_string(), format!("{d:02}")] {
                all.push(vec![day.clone(), name.clone(), y.to_string()]);
                all.push(vec![name.clone(), day, y.to_string()]);
            }
        }
    }
    all
}
