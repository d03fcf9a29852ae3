//! What should make a person stop before paying.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Document, DocumentId, Field};

/// A reason to look twice. Each stands in words beside the document and its task; none of them lets a payment code through.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case", tag = "warning")]
pub enum Warning {
    /// The account differs from all that are known for this sender: it may be a fraud.
    ChangedAccount,
    /// The account is in another country than the sender's VAT id.
    ForeignAccount,
    /// A claim, for an old debt or for somebody else, by a sender of whom nothing is known.
    UnknownClaim {
        /// The sender collects for somebody else.
        for_another: bool,
    },
    /// What it asks for has been paid.
    AlreadyPaid {
        /// With this bill.
        by: DocumentId,
    },
    /// The same letter is here already.
    Repeats {
        /// This one.
        other: DocumentId,
    },
    /// It was credited or replaced.
    Corrected {
        /// By this letter.
        by: DocumentId,
    },
    /// The page and the data inside the file say different things.
    PageAndXmlDiffer,
    /// It looks like a bill but is an offer.
    LooksLikeABill,
}

/// Parts of the names of those who collect for others.
const COLLECTORS: &[&str] =
    &["inkasso", "forderungsmanagement", "rechtsanw", "kanzlei", "collection", "debt recovery", "solicitors"];

/// How a letter names the one whose money it demands.
const OF_A_CLIENT: &[&str] = &[
    "mandant",
    "auftraggeber",
    "namens und in vollmacht",
    "namens und im auftrag",
    "mit dem inkasso beauftragt",
    "abgetreten",
    "abtretung",
    "gläubiger:",
    "gläubigerin:",
    "on behalf of our",
    "our client",
    "creditor:",
];

/// Whether a demand is for somebody else: its sender is a collector, or it names a client. A clearing house that gets the money
/// and the threat of a collector make it none. `text` is what stands on its pages.
pub fn is_for_another(document: &Document, text: &str) -> bool {
    let name = document.text(Field::SellerName).unwrap_or_default().to_lowercase();
    let text = text.to_lowercase();
    COLLECTORS.iter().any(|part| name.contains(part)) || OF_A_CLIENT.iter().any(|words| text.contains(words))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::DocumentKind;
    use crate::example::letter;

    #[test]
    fn only_a_collector_or_who_names_a_client_demands_for_somebody_else() {
        let check = |fields: &[(Field, &str)], text: &str| is_for_another(&letter(DocumentKind::Dunning, fields), text);
        let shop = [(Field::SellerName, "Buchhandlung Lesezeit")];
        assert!(!check(&shop, "Zahlen Sie nicht, übergeben wir die Sache einem Inkassobüro."));
        assert!(!check(&shop, "Unsere Rechnung aus dem Jahr 2019 ist offen."));
        assert!(!check(&[shop[0], (Field::PayeeName, "Abrechnung Nord GmbH")], ""), "a clearing house is no collector");
        assert!(check(&shop, "Namens und in Vollmacht unserer Mandantin fordern wir Sie auf"));
        assert!(check(&[(Field::SellerName, "Nordlicht Inkasso GmbH")], "Bitte zahlen Sie."));
        assert!(check(&[(Field::SellerName, "Harbour Debt Recovery Ltd")], "Please pay."));
    }
}
