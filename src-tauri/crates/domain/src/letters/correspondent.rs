//! The person, company or authority a document comes from.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::CorrespondentId;

/// A sender as the user sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Correspondent {
    /// Its id.
    pub id: CorrespondentId,
    /// Its name.
    pub name: String,
}

/// A name reduced to what identifies it: lower case, umlauts spelt out, no punctuation, no legal form.
/// "Stadtwerke Musterstadt GmbH" and "STADTWERKE MUSTERSTADT" are the same sender; "GmbH" is not a name.
pub fn normalised_name(name: &str) -> String {
    const LEGAL_FORMS: &[&str] = &[
        "gmbh",
        "ag",
        "kg",
        "ohg",
        "gbr",
        "ug",
        "se",
        "ev",
        "eg",
        "mbh",
        "co",
        "kgaa",
        "ltd",
        "limited",
        "inc",
        "llc",
        "plc",
        "sarl",
        "bv",
        "nv",
        "haftungsbeschraenkt",
        "und",
        "and",
    ];
    let mut plain = String::with_capacity(name.len());
    for c in name.to_lowercase().chars() {
        match c {
            'ä' => plain.push_str("ae"),
            'ö' => plain.push_str("oe"),
            'ü' => plain.push_str("ue"),
            'ß' => plain.push_str("ss"),
            // "e.V." is one word, "Co. KG" are two.
            '.' => {}
            c if c.is_alphanumeric() => plain.push(c),
            _ => plain.push(' '),
        }
    }
    let words: Vec<&str> = plain.split_whitespace().collect();
    let naming: Vec<&str> = words.iter().copied().filter(|word| !LEGAL_FORMS.contains(word)).collect();
    if naming.is_empty() { words.join(" ") } else { naming.join(" ") }
}

/// May two names be of one sender, one of them shorter or misread: is each word of the shorter one in the longer one, but for
/// a slip of the reader? Clearing houses and cities have one account for many senders.
pub fn may_be_same_sender(one: &str, other: &str) -> bool {
    /// Longer words may have been misread.
    const LONG: usize = 6;
    let (one, other) = (normalised_name(one), normalised_name(other));
    let same = |a: &str, b: &str| a == b || a.len().max(b.len()) >= LONG && strsim::damerau_levenshtein(a, b) <= 1;
    let contains =
        |long: &str, short: &str| short.split(' ').all(|word| long.split(' ').any(|known| same(word, known)));
    contains(&one, &other) || contains(&other, &one)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_account_does_not_make_one_sender() {
        assert!(may_be_same_sender("Stadtwerke Musterstadt", "Stadtwerke Musterstdt GmbH"));
        assert!(may_be_same_sender("Talnetz", "Talnetz Telekommunikation GmbH"));
        assert!(!may_be_same_sender("Praxis Dr. Feld", "Praxis Dr. Sommer"));
        assert!(!may_be_same_sender("Stadt Muster – Ordnungsamt", "Stadt Muster – Steueramt"));
    }

    #[test]
    fn the_same_sender_has_the_same_normalised_name() {
        for name in ["Müller & Söhne GmbH & Co. KG", "MUELLER & SOEHNE", "Müller und Söhne GmbH"] {
            assert_eq!(normalised_name(name), "mueller soehne");
        }
        assert_eq!(normalised_name("Turnverein Beispiel e.V."), "turnverein beispiel");
        assert_eq!(normalised_name("AG"), "ag");
    }
}
