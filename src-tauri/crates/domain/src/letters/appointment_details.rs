//! Where an appointment is, and what its letter asks to bring.

use crate::{Document, Field};

/// Where to go, and what to take along.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AppointmentDetails {
    /// Where.
    pub place: Option<String>,
    /// What to bring, in the letter's own words.
    pub bring: Option<String>,
}

impl AppointmentDetails {
    /// What a letter says, with the texts of its pages.
    pub fn of(letter: &Document, pages: impl IntoIterator<Item = String>) -> Self {
        let bring = pages.into_iter().find_map(|page| to_bring(&page));
        let place = letter.text(Field::AppointmentPlace).map(|place| before(place, bring.as_deref()));
        let place = place.map(|place| place.trim_end_matches(['.', ',']).to_owned());
        Self { place: place.filter(|place| !place.is_empty()), bring }
    }
}

/// A place without the sentence that follows it on the same line.
fn before(place: String, sentence: Option<&str>) -> String {
    let beginning: String = sentence.unwrap_or_default().chars().take(12).collect();
    match place.find(&beginning) {
        Some(at) if !beginning.is_empty() => place.get(..at).unwrap_or_default().trim_end().to_owned(),
        Some(_) | None => place,
    }
}

/// A longer sentence is cut here, at a word.
const LONGEST: usize = 200;
/// What ends with a full stop and is no end of a sentence.
const ABBREVIATIONS: [&str; 14] =
    ["Dr", "Nr", "Str", "St", "Tel", "ca", "bzw", "Prof", "Abs", "Art", "evtl", "Mr", "Mrs", "No"];
/// A line that begins with one of these begins a sentence, whatever the line before ends with.
const BEGINNINGS: [&str; 4] = ["bringen sie", "bitte", "please", "bring "];

/// The first sentence of the text that asks to bring something. Quoted, not understood: the reader sees the letter's own words.
fn to_bring(text: &str) -> Option<String> {
    let found = sentences(text).into_iter().find(|sentence| asks_to_bring(&sentence.to_lowercase()))?;
    if found.chars().count() <= LONGEST {
        return Some(found);
    }
    let cut: String = found.chars().take(LONGEST).collect();
    let whole_words = cut.rsplit_once(' ').map_or(cut.as_str(), |(words, _)| words);
    Some(format!("{whole_words} …"))
}

fn asks_to_bring(sentence: &str) -> bool {
    let says = |words: &str| sentence.contains(words);
    let separable = (says("bringen sie") || says("bring bitte")) && (says(" mit") || says(":"));
    separable || ["mitbringen", "mitzubringen", "please bring", "bring your", "bring along"].into_iter().any(says)
}

fn sentences(text: &str) -> Vec<String> {
    let mut sentences = vec![String::new()];
    for line in text.split(['\n', '\u{c}']) {
        let lower = line.trim().to_lowercase();
        if BEGINNINGS.iter().any(|beginning| lower.starts_with(beginning)) {
            sentences.push(String::new());
        }
        let mut words = line.split_whitespace().peekable();
        while let Some(word) = words.next() {
            let Some(sentence) = sentences.last_mut() else { break };
            if !sentence.is_empty() {
                sentence.push(' ');
            }
            sentence.push_str(word);
            if ends_sentence(word, words.peek().copied()) {
                sentences.push(String::new());
            }
        }
    }
    sentences
}

/// A full stop after a number, a letter or an abbreviation ends no sentence.
fn ends_sentence(word: &str, next: Option<&str>) -> bool {
    let stem = word.trim_end_matches(['.', '!', '?']);
    let is_word = stem.chars().filter(|letter| letter.is_alphabetic()).count() > 1 && !stem.contains('.');
    let next_begins = next.is_none_or(|next| next.chars().next().is_some_and(char::is_uppercase));
    let is_end = is_word && !ABBREVIATIONS.contains(&stem);
    stem.len() < word.len() && next_begins && (is_end || word.ends_with(['!', '?']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_to_bring_is_quoted_from_the_letter() {
        for (text, expected) in [
            (
                "Ort: Rosenstraße 21, 2. Stock. Bitte bringen Sie Ihre Gesundheitskarte und Ihr\nBonusheft mit.\nWenn Sie verhindert",
                Some("Bitte bringen Sie Ihre Gesundheitskarte und Ihr Bonusheft mit."),
            ),
            (
                "bitte 15 Minuten früher da sein\nBringen Sie bitte mit: Überweisungsschein, Versichertenkarte.\nDr. med.",
                Some("Bringen Sie bitte mit: Überweisungsschein, Versichertenkarte."),
            ),
            ("Zum Termin ist der Reisepass mitzubringen. Danke.", Some("Zum Termin ist der Reisepass mitzubringen.")),
            (
                "See you soon. Please bring your passport and Dr. Miller's letter.\nBest",
                Some("Please bring your passport and Dr. Miller's letter."),
            ),
            ("Wir bringen Sie sicher ans Ziel.", None),
            ("Donnerstag, 10. Dezember 2026, 09:30 Uhr", None),
        ] {
            assert_eq!(to_bring(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn the_place_ends_where_the_sentence_on_the_same_line_begins() {
        let place = "Rosenstraße 21, 2. Stock. Bitte bringen Sie Ihre Karte und Ihr";
        let letter = crate::example::letter(crate::DocumentKind::Appointment, &[(Field::AppointmentPlace, place)]);
        let page = format!("Ort: {place}\nBonusheft mit.");
        let details = AppointmentDetails::of(&letter, [page]);
        assert_eq!(details.place.as_deref(), Some("Rosenstraße 21, 2. Stock"));
        assert_eq!(details.bring.as_deref(), Some("Bitte bringen Sie Ihre Karte und Ihr Bonusheft mit."));
        assert_eq!(AppointmentDetails::of(&letter, []).place.as_deref(), Some(place));
    }

    #[test]
    fn a_long_list_is_cut_at_a_word() {
        let long = to_bring(&format!("Bitte bringen Sie {}mit.", "Unterlagen ".repeat(60))).unwrap();
        assert!(long.ends_with("Unterlagen …") && long.chars().count() <= LONGEST + 2, "{long}");
    }
}
