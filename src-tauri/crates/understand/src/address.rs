//! Names and postal addresses as they stand on letters.

use crate::forms::pattern;
use crate::layout::{Layout, Run};

/// Whether a line ends an address: `12345 Ort`, `A-5020 Salzburg`, `8810 Horgen`.
pub(crate) fn is_place(line: &str) -> bool {
    pattern!(r"^(?:(?-i:[A-Z]{1,2})[- ])?\d{4,5}(?: [A-Z]{2})? (?-i:\p{Lu})[\p{L}.()/ -]{1,40}$").is_match(line.trim())
}

/// The parts of a line of sender particulars: `Name · Street 1 · 12345 Ort`.
pub(crate) fn parts(line: &str) -> Vec<&str> {
    let separators = pattern!(r"\s*[·•●|∙*■—]\s*|\s+[-–]\s+|,\s+");
    separators.split(line).map(str::trim).filter(|part| !part.is_empty()).collect()
}

/// Whether a line is a whole address in one: the sender's, in small print above the reader's.
pub(crate) fn is_return_address(line: &str) -> bool {
    let parts = parts(line);
    (2..=6).contains(&parts.len())
        && line.chars().count() < 130
        && parts.iter().skip(1).any(|part| {
            is_place(part) || pattern!(r"^(?:(?-i:[A-Z]{1,2})[- ])?\d{4,5}(?: (?-i:[A-Z]{2}))? (?-i:\p{Lu})").is_match(part)
        })
        && pattern!(r"^\p{L}").is_match(line)
        && !pattern!(r"\b(?:iban|tel|hrb|ust|telefon|fax)\b").is_match(line)
}

/// Whether a text has a legal form or another word that only organisations have.
pub(crate) fn is_organisation(text: &str) -> bool {
    pattern!(
        r"(?:\b(?:gmbh|mbh|ag|kg|ohg|gbr|ug|se|eg|kgaa|e\.\s?v\.|e\.\s?k\.|e\.\s?u\.|a\.\s?g\.|vvag|ltd|limited|inc|llc|plc|corp|b\.v\.|n\.v\.|sarl|s\.a\.|sàrl|sa|stiftung|praxis|bkk|aok|finanzamt|amtsgericht|landgericht|stadt|gemeinde|landratsamt|bürgeramt|landkreis|universität|bank|verein|apotheke)\b|\p{L}(?:praxis|amt|werke?|kasse|versicherung|verlag|verwaltung|gericht|schule|gemeinde|bank|betrieb|haus|stelle|klinik|dienst)\b)"
    )
    .is_match(text)
}

/// Whether a text is no name: a label, a heading, a greeting, a line of particulars.
pub(crate) fn is_no_name(text: &str) -> bool {
    let words = text.split_whitespace().count();
    words == 0
        || words > 9
        || text.chars().filter(|c| c.is_alphabetic()).count() < 3
        || text.chars().filter(char::is_ascii_digit).count() > 3
        || text.ends_with(':')
        || crate::context::is_salutation(text)
        || pattern!(
            r"(?:^\W*(?:seite|page|datum|date|rechnung|invoice|gutschrift|mahnung|quittung|receipt|kunden|tel|fax|e-?mail|www|http|iban|bic|betreff|an|von|herrn?|frau|firma|an die|ust|steuer|bank|konto|lieferschein|betrag|summe|total|original|kopie|copy|duplikat|vertrag|bescheid)\b|@|\bwww\.|\.(?:de|com|example|at|ch)\b|straße|strasse|\bstr\.|\d{5})"
        )
        .is_match(text)
}

/// The lines of the reader's address on the first page, name first; none if there is no such block.
pub(crate) fn recipient<'l, 'a>(layout: &'l Layout<'a>) -> Option<Vec<&'l Run<'a>>> {
    const LOWEST: f32 = 0.45;
    let cells: Vec<&Run> = layout.cells().take_while(|c| c.page == 1 && c.rect.y < LOWEST).collect();
    let blocks = cells.iter().enumerate().filter(|(_, cell)| is_place(&cell.text)).map(|(i, place)| {
        let mut block = vec![*place];
        for cell in cells[..i].iter().rev() {
            let top = block.last().map_or(place.rect, |c| c.rect);
            let aligned = (cell.rect.x - place.rect.x).abs() < 0.03;
            let gap = top.y - cell.rect.bottom();
            if aligned && gap > 1.6 * top.h.max(cell.rect.h) {
                break;
            }
            if aligned && gap > -0.5 * top.h {
                if is_return_address(&cell.text) || block.len() > 5 {
                    break;
                }
                block.push(cell);
            }
        }
        block.reverse();
        block
    });
    // Windows for the address are on the left; the sender's own block stands in a corner or on the right.
    blocks
        .filter(|block| block.len() >= 2)
        .map(|block| {
            let first = block[0];
            let left: f32 = if first.rect.x < 0.5 { 1.0 } else { 0.0 };
            let high = if (0.1..0.4).contains(&first.rect.y) { 1.0 } else { 0.0 };
            let titled = if pattern!(r"^(?:herrn?|frau|firma|familie|an|mr|mrs|ms)\b").is_match(&first.text) { 1.5 } else { 0.0 };
            let after = cells.iter().any(|c| {
                let gap = first.rect.y - c.rect.bottom();
                is_return_address(&c.text) && (0.0..0.08).contains(&gap) && (c.rect.x - first.rect.x).abs() < 0.05
            });
            let organisation = if is_organisation(&first.text) { -0.3 } else { 0.0 };
            (left + high + titled + organisation + if after { 2.0 } else { 0.0 }, block)
        })
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .filter(|(score, _)| *score >= 1.5)
        .map(|(_, block)| block)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::page;

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

    #[test]
    fn the_readers_block_stands_below_the_return_address() {
        let text = "\n\n\n\n\n\n\n\nMuster GmbH · Hauptstraße 1 · 12345 Berlin\n\nHerrn\nMax Beispiel\nAm Weg 2\n54321 Dorf";
        let reading = page(text);
        let layout = Layout::of(&reading);
        let lines: Vec<_> = recipient(&layout).unwrap().iter().map(|run| run.text.clone()).collect();
        assert_eq!(lines, ["Herrn", "Max Beispiel", "Am Weg 2", "54321 Dorf"]);
    }
}
