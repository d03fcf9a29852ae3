//! Names and postal addresses as they stand on letters.

use crate::forms::pattern;
use crate::layout::{Layout, Run};

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

/// Whether a name is a bank's.
pub(crate) fn is_bank(name: &str) -> bool {
    pattern!(r"(?:bank\b|bank |sparkasse|raiffeisen)").is_match(name)
}

/// Whether a text has a legal form or another word that only organisations have.
pub(crate) fn is_organisation(text: &str) -> bool {
    pattern!(
        r"(?:\b(?:e\.\s?[vku]\.|a\.\s?g\.|b\.\s?v\.|n\.\s?v\.|s\.\s?a\.)|\b(?:gmbh|mbh|ag|kg|ohg|gbr|ug|se|eg|kgaa|vvag|ltd|limited|inc|llc|plc|corp|bv|sarl|sàrl|stiftung|praxis|dr\. med|zahnarzt|notar|bkk|aok|finanzamt|amtsgericht|landgericht|(?:landeshaupt|hanse|kreis)?stadt|gemeinde|landratsamt|bürgeramt|landkreis|universität|bank|verein|apotheke)\b|\p{L}(?:praxis|amt|werke?|kasse|versicherung|verlag|verwaltung|gericht|schule|gemeinde|bank|betrieb|haus|stelle|klinik|dienst)\b)"
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
        // A sentence; "a. G." and "B.V." end a name.
        || words > 3 && text.ends_with('.') && !pattern!(r"(?:^|[ .])\p{L}\.$").is_match(text)
        || text.contains([':', '!', '?', '„', '“', '@', '<'])
        || text.chars().filter(|c| c.is_alphabetic()).count() * 2 < text.chars().filter(|c| !c.is_whitespace()).count()
        || crate::context::is_salutation(text)
        || pattern!(
            r"^(?:deutschland|germany|allemagne|österreich|austria|schweiz|suisse|switzerland|france|frankreich|italien|italia|italy|niederlande|nederland|netherlands|spanien|españa|spain|belgien|belgium|belgique|luxemb\w*|polen|poland|united kingdom|england|ireland|usa|united states)(?: / \p{L}+)?$"
        )
        .is_match(text.trim())
        || pattern!(r"^\d+\w?,? (?:\p{L}+ )+(?:street|drive|road|avenue|lane|way|rue|place|square|court)$").is_match(text.trim())
        || pattern!(
            r"(?:^\W*(?:seite|page|datum|date|rechnung|invoice|gutschrift|mahnung|quittung|receipt|kunden-?(?:nr|nummer)|tel|fax|e-?mail|www|http|iban|bic|betreff|an|von|herrn?|frau|firma|an die|ust|steuer|bank|konto|lieferschein|betrag|summe|total|original|kopie|copy|duplikat|vertrag|bescheid|factuur|facture|ticket|stylesheet|verkäufer|käufer|nummer|anlage|empfangsschein|zahlteil|buchungshilfe|eingegangen|eingang|received|eur|chf|usd|tax invoice|simplified|welcome|thank|cash(?:ier)?|gst|company reg|table|payment part|récépissé|section paiement)\b|\bwww\.|\.(?:de|com|example|at|ch)\b|straße\b|strasse\b|\bstr\.|(?:weg|platz|allee|gasse|ring|ufer) \d|\d{5}|\s\d+\s?[a-z]?$|postfach)"
        )
        .is_match(text)
}

/// The lines of the reader's address on the first page, name first; none if there is no such block.
pub(crate) fn recipient<'l, 'a>(layout: &'l Layout<'a>) -> Option<Vec<&'l Run<'a>>> {
    /// Below it only a heading tells whose address it is.
    const LOWEST: f32 = 0.5;
    let cells: Vec<&Run> = layout.cells().take_while(|cell| cell.page == 1).collect();
    let blocks = cells.iter().enumerate().filter(|(_, cell)| is_place(&cell.text)).map(|(i, _)| block(&cells, i));
    blocks
        .filter(|(lines, heading)| heading.is_some() || lines.last().is_some_and(|place| place.rect.y < LOWEST))
        .filter_map(|(block, label)| Some((standing(&cells, &block, label)?, block)))
        // Of equals the first.
        .reduce(|a, b| if b.0 > a.0 { b } else { a })
        .map(|(_, block)| block)
}

/// The lines above the place at `end` in its column, name first, and the heading over them.
fn block<'l, 'a>(cells: &[&'l Run<'a>], end: usize) -> (Vec<&'l Run<'a>>, Option<&'l Run<'a>>) {
    let place = cells[end];
    let mut lines = vec![place];
    // Pieces of a return address above do not belong to it.
    let piece = |cell: &Run| {
        cells.iter().any(|other| {
            (other.rect.y - cell.rect.y).abs() < 0.5 * cell.rect.h
                && (0.0..0.35).contains(&(other.rect.x - cell.rect.right()))
                && other.rect.x < 0.6
                && names_place(&other.text)
        })
    };
    for cell in cells[..end].iter().rev() {
        let below = lines.last().map_or(place.rect, |line| line.rect);
        let gap = below.y - cell.rect.bottom();
        let line = below.h.max(cell.rect.h);
        // The street may stand apart from the place, as in old letters.
        let titled = lines.last().is_some_and(|line| is_title_of_name(&line.text));
        let widest = match lines.len() {
            _ if titled => 1.2,
            1 => 4.5,
            _ => 2.5,
        };
        if (cell.rect.x - place.rect.x).abs() > 0.03 || gap < -0.5 * line {
            continue;
        }
        if cell.text.ends_with(':') || is_heading(&cell.text) {
            return (lines.into_iter().rev().collect(), Some(cell));
        }
        if gap > widest * line
            || cell.rect.h > 1.4 * place.rect.h
            || is_return_address(&cell.text)
            || is_place(&cell.text)
            || piece(cell)
            || lines.len() > 5
        {
            break;
        }
        lines.push(cell);
    }
    (lines.into_iter().rev().collect(), None)
}

/// Whether a line is the title with which an address begins, alone or before the name.
fn is_title_of_name(line: &str) -> bool {
    pattern!(r"^(?:herrn?|frau|familie|firma|eheleute|an (?:die|den|das)|mr|mrs|ms)\b").is_match(line)
}

/// A heading over an address without a colon.
fn is_heading(line: &str) -> bool {
    pattern!(r"^(?:rechnungsempfänger|rechnungsersteller|rechnungsadresse|rechnungsanschrift|lieferadresse|delivery address|shipping address|adresse de livraison|adresse de facturation|lieferanschrift|bill to|billed to|ship to|sold to|verkäufer|käufer|kunde|customer|absender|empfänger)\b[^\d]{0,20}$").is_match(line)
}

/// Whose particulars stand below a heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Party {
    Sender,
    Reader,
    /// Where the goods go.
    Delivery,
    /// Money goes to somebody else, or somebody acts for one of the two.
    Other,
}

/// Whose particulars a heading announces: `Verkäufer:`, `Rechnungsempfänger`, `Ship to`.
pub(crate) fn party(heading: &str) -> Option<Party> {
    let other = pattern!(r"(?:bevollmächtigt|vertreter|zahlungsempfänger|payee|representative|\bkonto)");
    let delivery = pattern!(r"(?:liefer(?:adresse|anschrift|ung an)|warenempfänger|deliver|\bship|livraison)");
    let sender = pattern!(
        r"\b(?:verkäufer|rechnungsersteller|rechnungssteller|absender|auftragnehmer|seller|supplier|vendor|from)\b"
    );
    let reader = pattern!(
        r"(?:käufer|\bkunden?\b|rechnungs(?:empfänger|adresse|anschrift)|leistungsempfänger|facturation|\bbill(?:ed)?\b|\bsold\b|customer|\bbuyer|empfänger|auftraggeber|^an\b|^to\b)"
    );
    match () {
        () if other.is_match(heading) => Some(Party::Other),
        () if delivery.is_match(heading) => Some(Party::Delivery),
        () if sender.is_match(heading) => Some(Party::Sender),
        () if reader.is_match(heading) => Some(Party::Reader),
        () => None,
    }
}

/// Whose particulars a cell stands among: those of the nearest heading above it in its column.
pub(crate) fn party_of(layout: &Layout, cell: &Run) -> Option<Party> {
    let above = layout.cells().filter(|other| {
        other.page == cell.page && other.rect.y < cell.rect.y && (other.rect.x - cell.rect.x).abs() < 0.05
    });
    above
        .filter(|other| other.text.ends_with(':') || is_heading(&other.text))
        .filter_map(|other| party(&other.text))
        .last()
}

/// How much a block looks like the reader's: on the left below the sender's small line, or under a heading that says so.
fn standing(cells: &[&Run], block: &[&Run], label: Option<&Run>) -> Option<f32> {
    let first = block.first().filter(|_| block.len() >= 2)?;
    let mut score = 0.0;
    let label = label.map_or("", |label| label.text.as_str());
    match party(label) {
        Some(Party::Sender | Party::Other) => score -= 4.0,
        Some(Party::Reader) => score += 2.5,
        // Goods are delivered to the reader, as a rule.
        Some(Party::Delivery) | None => {}
    }
    if first.rect.x < 0.5 {
        score += 1.0;
    }
    if (0.1..0.4).contains(&first.rect.y) {
        score += 1.0;
    }
    if is_title_of_name(&first.text) || pattern!(r"^an\b").is_match(&first.text) {
        score += 1.5;
    }
    // Who was born is a person, and the letter is about them.
    let born = block.last().is_some_and(|last| {
        let near = |cell: &&&Run| (0.0..2.5 * last.rect.h).contains(&(cell.rect.y - last.rect.bottom()));
        cells.iter().filter(near).any(|cell| pattern!(r"^(?:geb\b|geboren|born|date of birth)").is_match(&cell.text))
    });
    if born {
        score += 1.5;
    }
    let below_sender = cells.iter().any(|cell| {
        let gap = first.rect.y - cell.rect.bottom();
        is_return_address(&cell.text) && (-0.01..0.08).contains(&gap) && (cell.rect.x - first.rect.x).abs() < 0.05
    });
    if below_sender {
        score += 2.0;
    }
    (score >= 1.5).then_some(score)
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
    fn legal_forms_with_points_end_a_name() {
        assert!(!is_no_name("Muster Versicherung a. G."));
        assert!(!is_no_name("Muster Garden Supplies B.V."));
        assert!(is_no_name("Das ist ein Satz."));
    }

    #[test]
    fn headings_say_whose_particulars_follow() {
        assert_eq!(party("Verkäufer:"), Some(Party::Sender));
        assert_eq!(party("Käufer/Leistungsempfänger:"), Some(Party::Reader));
        assert_eq!(party("Abweichender Warenempfänger:"), Some(Party::Delivery));
        assert_eq!(party("Steuerbevollmächtigter des Verkäufers:"), Some(Party::Other));
        assert_eq!(party("Positionen"), None);
    }

    #[test]
    fn the_readers_block_ends_at_its_title_and_below_another_address() {
        let garage = "Garage Muster\nHauptstraße 4\n1010 Lausanne\n";
        for (above, title) in [("Finanzamt Muster\n", "Herrn und Frau\n"), (garage, "Herrn und Frau\n"), (garage, "")] {
            let text = format!("{above}\n{title}Max Beispiel\nAm Weg 2\n54321 Dorf");
            let reading = page(&text);
            let layout = Layout::of(&reading);
            let lines = recipient(&layout).unwrap_or_default();
            assert!(lines.iter().all(|run| !above.contains(&run.text)), "{text}");
        }
    }

    #[test]
    fn the_readers_block_stands_below_the_return_address() {
        let text =
            "\n\n\n\n\n\n\n\nMuster GmbH · Hauptstraße 1 · 12345 Berlin\n\nHerrn\nMax Beispiel\nAm Weg 2\n54321 Dorf";
        let reading = page(text);
        let layout = Layout::of(&reading);
        let lines: Vec<_> = recipient(&layout).unwrap().iter().map(|run| run.text.clone()).collect();
        assert_eq!(lines, ["Herrn", "Max Beispiel", "Am Weg 2", "54321 Dorf"]);
    }
}
