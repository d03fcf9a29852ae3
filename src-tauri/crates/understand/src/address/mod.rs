//! Names and postal addresses as they stand on letters: what is a place, a name, a line with a whole address, and whose
//! address it is.

mod names;
mod party;
mod recipient;

use crate::forms::pattern;
use crate::layout::Run;

pub(crate) use names::{has_legal_form, is_bank, is_no_name, is_organisation, name_in};
pub(crate) use party::{Party, party_of};
pub(crate) use recipient::recipient;

/// Whether a line ends an address: `12345 Ort`, `A-5020 Salzburg`, `8810 Horgen`, `York YO1 7HH`.
pub(crate) fn is_place(line: &str) -> bool {
    let british = pattern!(r"^(?-i:\p{Lu})[\p{L}.' -]{1,30},? (?-i:[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2})$");
    let line = line.trim();
    pattern!(r"^(?:(?-i:[A-Z]{1,2})[- ])?\d{4,5}(?: [A-Z]{2})? ?(?-i:\p{Lu})[\p{L}.()/ -]{1,40}$").is_match(line)
        || british.is_match(line)
}

/// The parts of a line of sender particulars: `Name · Street 1 · 12345 Ort`.
pub(crate) fn parts(line: &str) -> Vec<&str> {
    // Recognition makes all sorts of marks of the dots between the parts.
    let dots = pattern!(r"\s*[·•●|∙*■]\s*");
    let separators = if dots.is_match(line) { dots } else { loose() };
    separators.split(line).map(str::trim).filter(|part| !part.is_empty()).collect()
}

/// The marks between the parts where there are no dots.
fn loose() -> &'static regex::Regex {
    pattern!(r"\s*[·•●|∙*■—]\s*|\s+[^\p{L}\p{N}\s&+(]{1,2}\s+|,\s+")
}

/// Whether a line is a whole address in one: the sender's, in small print above the reader's.
pub(crate) fn is_return_address(line: &str) -> bool {
    let parts = parts(line);
    let place = pattern!(r"(?:^|\s)(?:(?-i:[A-Z]{1,2})[- ])?\d{4,5}(?: (?-i:[A-Z]{2}))? (?-i:\p{Lu})");
    let dotted = line.matches(['·', '•', '●']).count() >= 2 && pattern!(r"\d{4}").is_match(line);
    (2..=6).contains(&parts.len())
        && line.chars().count() < 130
        && (dotted || parts.iter().skip(1).any(|part| place.is_match(part)))
        && pattern!(r"^\p{L}{2}").is_match(line)
        && !pattern!(r"\b(?:iban|tel|telefon|fax|geb|konto)\b").is_match(line)
}

/// Whether the cells of a row are such a line: dots between wide spaces part it.
pub(crate) fn is_return_row(cells: &[Run]) -> bool {
    let parts: Vec<&Run> = cells.iter().filter(|cell| cell.text.chars().count() > 2).collect();
    let [name, rest @ ..] = parts.as_slice() else { return false };
    let whole = rest.len() == 1 && rest.iter().all(|cell| cell.len() >= 4);
    (whole || cells.len() > parts.len() && (2..=5).contains(&rest.len()))
        && rest.iter().take(3).any(|cell| names_place(&cell.text))
        && rest.windows(2).all(|pair| pair[1].rect.x - pair[0].rect.right() < 0.06)
        && rest.first().is_some_and(|next| next.rect.x - name.rect.right() < 0.06)
        && !is_no_name(&name.text)
}

/// Whether a text names a place by its postal code.
pub(crate) fn names_place(text: &str) -> bool {
    pattern!(r"(?:^|\s)\d{4,5} (?-i:\p{Lu}\p{Ll})").is_match(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn return_addresses_are_known_by_their_place() {
        for line in [
            "Muster GmbH · Hauptstraße 1 · 12345 Berlin",
            "Muster AG - Uferweg 40-42 - D-63571 Gelnhausen",
            "Muster, Lilienweg 26, 80786 München",
            "Haus Muster, Uferweg 6, A-9220 Velden",
        ] {
            assert!(is_return_address(line), "{line}");
        }
        for line in ["Rechnung 2025 - Danke", "Musterstadt, 28.04.2025", "IBAN DE12 · 12345 Berlin", "12345 Berlin"] {
            assert!(!is_return_address(line), "{line}");
        }
    }
}
