//! Where a name stands in a text: for blacking it out.

use std::ops::Range;

use super::normalised_name;

/// What stands before a family name alone.
const TITLES: &[&str] =
    &["frau", "herr", "herrn", "familie", "fam", "eheleute", "dr", "mr", "mrs", "ms", "miss", "family"];
/// So many characters that are neither letters nor digits may stand between two words of one name: `Winter, Mara`.
const LARGEST_GAP: usize = 3;

/// A word of a text as names are compared: lower case, umlauts spelt out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameWord {
    /// Its place in bytes.
    pub place: Range<usize>,
    /// How it is compared.
    pub folded: String,
    /// May a name go on from the word before?
    pub joins: bool,
}

/// The words of a text: each run of letters and digits.
pub fn name_words(text: &str) -> Vec<NameWord> {
    let mut words: Vec<NameWord> = Vec::new();
    let mut begin = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (begin, c.is_alphanumeric()) {
            (None, true) => begin = Some(at),
            (Some(from), false) => {
                begin = None;
                let folded = folded(text.get(from..at).unwrap_or_default());
                let joins = words.last().is_some_and(|before| {
                    let between = text.get(before.place.end..from).unwrap_or_default();
                    between.chars().count() <= LARGEST_GAP && !between.contains(['\n', ';'])
                });
                words.push(NameWord { place: from..at, folded, joins });
            }
            (None, false) | (Some(_), true) => {}
        }
    }
    words
}

fn folded(word: &str) -> String {
    let lower = word.to_lowercase();
    let mut folded = String::with_capacity(lower.len());
    for c in lower.chars() {
        match c {
            'ä' => folded.push_str("ae"),
            'ö' => folded.push_str("oe"),
            'ü' => folded.push_str("ue"),
            'ß' => folded.push_str("ss"),
            c => folded.push(c),
        }
    }
    folded
}

/// The ways in which a name is written, as sequences of [`NameWord::folded`]. Of a person also the family name first, and
/// behind a title alone; of a firm also without its legal form.
pub fn name_forms(name: &str, is_person: bool) -> Vec<Vec<String>> {
    let words: Vec<String> = name_words(name).into_iter().map(|word| word.folded).collect();
    let words: Vec<String> = match words.split_first() {
        Some((first, rest)) if is_person && TITLES.contains(&first.as_str()) => rest.to_vec(),
        _ => words,
    };
    let mut forms = vec![words.clone()];
    if is_person {
        if let Some((family, given)) = words.split_last().filter(|(_, given)| !given.is_empty()) {
            forms.push(std::iter::once(family).chain(given).cloned().collect());
            // A middle name is left out.
            forms.extend(given.first().map(|first| vec![first.clone(), family.clone()]));
            forms.extend(TITLES.iter().map(|title| vec![(*title).to_owned(), family.clone()]));
        }
    } else {
        forms.push(name_words(&normalised_name(name)).into_iter().map(|word| word.folded).collect());
    }
    forms.retain(|form| form.iter().map(String::len).sum::<usize>() > 2);
    forms.sort();
    forms.dedup();
    forms
}

/// The ways in which a number such as an account is written, in the same form: as it is, in one piece, and in blocks of four (ISO
/// 13616).
pub fn number_forms(number: &str) -> Vec<Vec<String>> {
    let words: Vec<String> = name_words(number).into_iter().map(|word| word.folded).collect();
    let joined: Vec<char> = words.concat().chars().collect();
    let blocks = joined.chunks(4).map(|block| block.iter().collect()).collect();
    let mut forms = vec![words, vec![joined.iter().collect()], blocks];
    forms.sort();
    forms.dedup();
    forms
}

/// Is this the name alone, perhaps behind a title?
pub fn is_name_alone(text: &str, name: &str) -> bool {
    let words = |text: &str| {
        let words = name_words(text).into_iter().map(|word| word.folded);
        let mut words: Vec<String> = words.filter(|word| !TITLES.contains(&word.as_str())).collect();
        words.sort();
        words
    };
    let name = words(name);
    !name.is_empty() && words(text) == name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_compared_without_regard_to_case_umlauts_and_what_stands_between() {
        let words = name_words("An Frau MÜLLER-Groß, mara.winter@post.example; Weg 3");
        let folded: Vec<_> = words.iter().map(|word| (word.folded.as_str(), word.joins)).collect();
        assert_eq!(
            folded,
            [
                ("an", false),
                ("frau", true),
                ("mueller", true),
                ("gross", true),
                ("mara", true),
                ("winter", true),
                ("post", true),
                ("example", true),
                ("weg", false),
                ("3", true),
            ]
        );
        assert_eq!(words[2].place, 8..15);
    }

    #[test]
    fn a_person_is_meant_by_several_forms_and_a_firm_also_without_its_legal_form() {
        let forms = |name, is_person| name_forms(name, is_person).iter().map(|form| form.join(" ")).collect::<Vec<_>>();
        let mara = forms("Frau Mara Luise Winter", true);
        for form in ["mara luise winter", "winter mara luise", "mara winter", "frau winter", "familie winter"] {
            assert!(mara.contains(&form.to_owned()), "{form}: {mara:?}");
        }
        assert!(!mara.contains(&"winter".to_owned()), "the season is no person");
        assert_eq!(forms("Stadtwerke Grün GmbH", false), ["stadtwerke gruen", "stadtwerke gruen gmbh"]);
        assert_eq!(forms("A.", true), [""; 0]);
    }

    #[test]
    fn a_letter_to_two_people_is_not_to_one_of_them_alone() {
        assert!(is_name_alone("Frau Mara Winter", "Mara Winter"));
        assert!(is_name_alone("Winter, Mara", "Mara Winter"));
        assert!(!is_name_alone("Mara und Jonas Winter", "Mara Winter"));
        assert!(!is_name_alone("", ""));
    }
}
