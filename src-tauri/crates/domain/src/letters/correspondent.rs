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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_sender_has_the_same_normalised_name() {
        for name in ["Müller & Söhne GmbH & Co. KG", "MUELLER & SOEHNE", "Müller und Söhne GmbH"] {
            assert_eq!(normalised_name(name), "mueller soehne");
        }
        assert_eq!(normalised_name("Turnverein Beispiel e.V."), "turnverein beispiel");
        assert_eq!(normalised_name("AG"), "ag");
    }
}
