//! Words of everyday life that mean the same: who asks for the Schornsteinfeger finds the letter of the Kaminkehrer.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::words::{stem, terms};

/// Each line is a group: a search for one of its words finds the others as well. German first, then English. Only words
/// that stand for the same thing in a household's letters; their compounds ("Müllgebühren") are found by themselves.
/// Each word stands in one group only.
const GROUPS: &[&[&str]] = &[
    // Home
    &["Schornsteinfeger", "Kaminkehrer", "Kaminfeger", "Rauchfangkehrer", "chimney sweep"],
    &["Strom", "Energie", "Elektrizität", "electricity"],
    &["Gas", "Erdgas", "natural gas"],
    &["Müll", "Abfall", "rubbish", "garbage", "waste"],
    &["Wasser", "Trinkwasser", "water"],
    &["Abwasser", "Kanal", "sewage", "waste water"],
    &["Heizung", "Wärme", "Fernwärme", "heating"],
    &["Nebenkosten", "Betriebskosten", "service charges"],
    &["Miete", "Mietzins", "rent"],
    &["Vermieter", "landlord"],
    &["Hausverwaltung", "Immobilienverwaltung", "property management"],
    &["Klempner", "Installateur", "Sanitär", "plumber"],
    &["Elektriker", "Elektroinstallation", "electrician"],
    // Telephone, internet, broadcasting
    &["Handy", "Mobilfunk", "Mobiltelefon", "mobile phone", "cell phone"],
    &["Internet", "DSL", "Breitband", "broadband"],
    &["GEZ", "Rundfunkbeitrag", "Rundfunk", "Beitragsservice", "TV licence", "broadcasting fee"],
    // Car and travel
    &["Auto", "Kfz", "Kraftfahrzeug", "car"],
    &["Werkstatt", "Autohaus", "car repair"],
    &["TÜV", "Hauptuntersuchung", "vehicle inspection"],
    &["Strafzettel", "Knöllchen", "Bußgeld", "Verwarnungsgeld", "fine"],
    &["Bahn", "Zug", "train"],
    // Health
    &["Arzt", "Ärztin", "Arztpraxis", "doctor"],
    &["Zahnarzt", "Zahnärztin", "Zahnarztpraxis", "Zahnmedizin", "dentist"],
    &["Tierarzt", "Tierärztin", "Tierarztpraxis", "vet", "veterinary"],
    &["Krankenkasse", "Krankenversicherung", "health insurance"],
    &["Krankenhaus", "Klinik", "Klinikum", "hospital"],
    &["Apotheke", "pharmacy"],
    &["Optiker", "Brille", "optician", "glasses"],
    // Insurance, law, taxes
    &["Haftpflicht", "Haftpflichtversicherung", "liability insurance"],
    &["Anwalt", "Rechtsanwalt", "Kanzlei", "lawyer"],
    &["Grundsteuer", "property tax"],
    &["Hundesteuer", "dog tax"],
    // Children, work, leisure
    &["Kita", "Kindergarten", "Kindertagesstätte", "nursery", "daycare"],
    &["Lohn", "Gehalt", "salary", "wages"],
    &["Rente", "Rentenversicherung", "pension"],
    &["Fitnessstudio", "Fitness", "gym"],
    &["Zeitung", "newspaper"],
];

/// The groups, each name as folded words.
static NAMES: LazyLock<Vec<Vec<Vec<String>>>> = LazyLock::new(|| {
    let folded = |name: &&str| terms(name).map(|(_, term)| term).collect();
    GROUPS.iter().map(|group| group.iter().map(folded).collect()).collect()
});

/// The group of a name and its place there, by its words and by their stems. The words themselves come first: "rent" is no
/// form of "Rente".
static PLACES: LazyLock<HashMap<Vec<String>, (usize, usize)>> = LazyLock::new(|| {
    let named = || {
        NAMES
            .iter()
            .enumerate()
            .flat_map(|(group, names)| names.iter().enumerate().map(move |(at, name)| (name, (group, at))))
    };
    let stemmed = named().map(|(name, place)| (stems(name), place));
    stemmed.chain(named().map(|(name, place)| (name.clone(), place))).collect()
});

fn place(terms: &[String]) -> Option<(usize, usize)> {
    PLACES.get(terms).or_else(|| PLACES.get(&stems(terms))).copied()
}

/// A name has so many words at most.
pub(super) const LONGEST_NAME: usize = 2;

fn stems(terms: &[String]) -> Vec<String> {
    terms.iter().map(|term| stem(term)).collect()
}

/// The other names for what these folded words name together, in any of their forms, each as its folded words.
pub(super) fn synonyms(terms: &[String]) -> Vec<Vec<String>> {
    let Some((group, own)) = place(terms) else { return Vec::new() };
    let others = NAMES.get(group).into_iter().flatten().enumerate().filter(|(at, _)| *at != own);
    others.map(|(_, name)| name.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(words: &str) -> Vec<String> {
        let terms: Vec<String> = terms(words).map(|(_, term)| term).collect();
        synonyms(&terms).into_iter().map(|name| name.join(" ")).collect()
    }

    #[test]
    fn each_name_leads_to_the_others_of_its_group_in_any_form_and_language() {
        for (words, other) in [
            ("Schornsteinfeger", "kaminkehrer"),
            ("Kaminkehrers", "schornsteinfeger"),
            ("chimney sweep", "schornsteinfeger"),
            ("Chimney Sweeps", "kaminkehrer"),
            ("Auto", "kfz"),
            ("Strom", "energie"),
            ("Mull", "abfall"),
            ("Handys", "mobilfunk"),
            ("GEZ", "rundfunkbeitrag"),
            ("dentist", "zahnarzt"),
            ("rent", "miete"),
            ("Rente", "pension"),
            ("Zahnärzte", "dentist"),
        ] {
            assert!(of(words).contains(&other.to_owned()), "{words}: {:?}", of(words));
        }
        for words in ["Rechnung", "chimney", "Auto Bahn", ""] {
            assert_eq!(of(words), [""; 0], "{words}");
        }
    }

    #[test]
    fn no_word_stands_in_two_groups_and_none_is_longer_than_is_looked_for() {
        for (group, names) in NAMES.iter().enumerate() {
            for (at, name) in names.iter().enumerate() {
                assert_eq!(place(name), Some((group, at)), "{name:?} stands twice");
            }
        }
        assert!(NAMES.iter().flatten().all(|name| (1..=LONGEST_NAME).contains(&name.len())));
        assert!(NAMES.iter().all(|group| group.len() > 1));
    }
}
