//! How often a year a price is paid, by the words beside it.

/// Words of a rhythm, the longer ones first: "vierteljährlich" holds "jährlich".
const RHYTHMS: &[(&[&str], u32)] = &[
    (&["vierteljähr", "quartal", "quarter"], 4),
    (&["halbjähr", "halbjahr", "half-year", "half year"], 2),
    (&["monat", "month"], 12),
    (&["jähr", "jahr", "annual", "year"], 1),
];

/// How often a year, as a line says: "29,90 € monatlich". None where it says nothing, or more than one thing.
pub fn times_a_year(line: &str) -> Option<u32> {
    let mut rest = line.to_lowercase();
    let mut said = Vec::new();
    for (words, times) in RHYTHMS {
        for word in *words {
            if rest.contains(word) {
                rest = rest.replace(word, " ");
                said.push(*times);
            }
        }
    }
    said.dedup();
    match said.as_slice() {
        [times] => Some(*times),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rhythm_is_taken_from_the_line_and_never_guessed() {
        for (line, times) in [
            ("Monatsbeitrag 29,90 €", Some(12)),
            ("29,90 EUR pro Monat", Some(12)),
            ("Annual premium: EUR 120.00", Some(1)),
            ("Jahresbeitrag 120,00 €", Some(1)),
            ("vierteljährlich 45,00 €", Some(4)),
            ("Quartalsbeitrag, fällig im Quartal", Some(4)),
            ("halbjährlich 60 €", Some(2)),
            ("Beitrag 29,90 €", None),
            ("10,00 € monatlich oder 110,00 € jährlich", None),
        ] {
            assert_eq!(times_a_year(line), times, "{line}");
        }
    }
}
