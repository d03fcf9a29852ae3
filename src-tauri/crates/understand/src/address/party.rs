//! Whose particulars stand below a heading.

use crate::forms::pattern;
use crate::layout::{Layout, Run};

/// Whose particulars stand below a heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Party {
    /// Who wrote the letter.
    Sender,
    /// To whom it is written.
    Reader,
    /// Where the goods go.
    Delivery,
    /// Money goes to somebody else, or somebody acts for one of the two.
    Other,
}

/// Whose particulars a heading announces: `Verkäufer:`, `Rechnungsempfänger`, `Ship to`.
pub(super) fn party(heading: &str) -> Option<Party> {
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

/// Whether a line is a heading over an address, without a colon.
pub(super) fn is_heading(line: &str) -> bool {
    pattern!(r"^(?:rechnungsempfänger|rechnungsersteller|rechnungsadresse|rechnungsanschrift|lieferadresse|delivery address|shipping address|adresse de livraison|adresse de facturation|lieferanschrift|bill to|billed to|ship to|sold to|verkäufer|käufer|kunde|customer|absender|empfänger)\b[^\d]{0,20}$").is_match(line)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_say_whose_particulars_follow() {
        assert_eq!(party("Verkäufer:"), Some(Party::Sender));
        assert_eq!(party("Käufer/Leistungsempfänger:"), Some(Party::Reader));
        assert_eq!(party("Abweichender Warenempfänger:"), Some(Party::Delivery));
        assert_eq!(party("Steuerbevollmächtigter des Verkäufers:"), Some(Party::Other));
        assert_eq!(party("Positionen"), None);
    }
}
