//! Names and numbers as they are meant: without the words around them, and none where the words are no name.

use domain::{Fact, Field, Origin, Value};

use crate::context::Context;
use crate::forms::pattern;

/// Takes the name out of "X ist eine Marke der Y GmbH" and "Y Inh. Z", and leaves out notes of the post and forms of address.
pub(super) fn bare(_: &Context, facts: &mut Vec<Fact>) {
    for fact in facts.iter_mut().filter(|fact| fact.field == Field::SellerName) {
        if let Value::Text(name) = &fact.value
            && let Some(bare) = sender(name)
        {
            fact.value = Value::Text(bare);
        }
    }
    let no_name = |fact: &Fact| match (&fact.value, fact.field) {
        (Value::Text(name), Field::BuyerName) => is_no_reader(name),
        (Value::Text(name), Field::SellerName) => is_no_sender(name),
        // A page that was made of invoice data may name the terms of the norm (BT-1, BG-25): they are labels.
        (Value::Text(text), _) => fact.origin != Origin::Xml && pattern!(r"^b[tg]-\d{1,3}$").is_match(text.trim()),
        _ => false,
    };
    facts.retain(|fact| !no_name(fact));
}

/// The sender in a line that says more.
fn sender(line: &str) -> Option<String> {
    let owned_by = pattern!(
        r"\b(?:ist|sind|is|are) (?:eine?|an?|the)? ?(?:\p{L}+ )?(?:marke|angebot|service|dienst|produkt|brand|trading name|unternehmen|teil|part|trade ?mark)n? (?:der|des|von|of)(?: firma)? (?P<owner>.{4,})$"
    );
    if let Some(owner) = owned_by.captures(line).and_then(|hit| hit.name("owner")) {
        return Some(owner.as_str().trim_end_matches(['.', ',', ' ']).to_owned());
    }
    let holder =
        pattern!(r"[\s,·|(–-]+(?:inh(?:aber(?:in)?)?\b\.?:?|vertreten durch|represented by|owner:|prop\.)\s.*$");
    let at = holder.find(line)?.start();
    let name = line.get(..at)?.trim();
    (name.chars().count() > 3).then(|| name.to_owned())
}

/// Whether a line of an address is no name: how it was sent, or who is addressed without a name.
fn is_no_reader(line: &str) -> bool {
    pattern!(concat!(
        r"^\W*(?:(?:per|mit|gegen|via|by) )?(?:\p{L}+-)?(?:einschreiben|postzustellungsurkunde|zustellungsurkunde|empfangsbekenntnis|rückschein|registered (?:mail|post|letter)|recorded delivery|infopost|dialogpost|persönlich|vertraulich|personal|confidential)\b",
        r"|^\W*(?:(?:herrn?|frau|familie|firma|eheleute|monsieur|madame|mr|mrs|ms|miss|sir|an die|an den|an|die|das|der)\b[\W]*)+$",
        r"|^\W*(?:an (?:alle|die|den|das) )?(?:haushalte?|bewohner\w*(?: und bewohner\w*)?|mieter\w*(?: und mieter\w*)?|eltern|erziehungsberechtigte\w*|alle \p{L}+|occupiers?|residents?|the occupier|antragsgegner\w*|schuldner\w*|beklagte\w*|betroffene\w*)\W*$"
    ))
    .is_match(line)
}

/// Whether a line is no sender: who owns the place, or who registered it.
fn is_no_sender(line: &str) -> bool {
    pattern!(concat!(
        r"^\W*(?:inh(?:aber(?:in)?)?\b\.?:?\s|geschäftsführ\w*:|registriert bei|eingetragen|zweigstelle\b|ihr ansprechpartner|der (?:ober)?bürgermeister\W*$|die (?:ober)?bürgermeisterin\W*$)",
        r"|^\W*(?:credit note|invoice|rechnung|gutschrift|mahnung|quittung|lieferschein|bescheid|statement|receipt|reminder)\W*$"
    ))
    .is_match(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sender_stands_in_a_line_that_says_more() {
        let check = |line: &str, expected: Option<&str>| assert_eq!(sender(line).as_deref(), expected, "{line}");
        check("Blitzstrom ist eine Marke der Muster Energie GmbH", Some("Muster Energie GmbH"));
        check("Teebrief ist ein Angebot der Muster Handel GmbH.", Some("Muster Handel GmbH"));
        check("Brightpower is a trading name of Muster Energy Ltd", Some("Muster Energy Ltd"));
        check("Autohaus Muster Inh. Karl Muster e. K.", Some("Autohaus Muster"));
        check("Tischlerei Beispiel, Inhaberin: Eva Beispiel", Some("Tischlerei Beispiel"));
        check("Muster Handel GmbH", None);
        check("Inh. Karl Muster", None);
    }

    #[test]
    fn notes_of_the_post_and_forms_of_address_are_no_names() {
        for line in [
            "Gegen Einwurf-Einschreiben",
            "Mit Postzustellungsurkunde",
            "Monsieur / Herrn",
            "Bewohnerinnen und Bewohner",
        ] {
            assert!(is_no_reader(line), "{line}");
        }
        for line in ["Max Beispiel", "Familie Beispiel", "Herrn Max Beispiel", "Haushaltswaren Muster GmbH"] {
            assert!(!is_no_reader(line), "{line}");
        }
        for line in ["Inh. Karl Muster", "Registriert beim Amt für Muster", "CREDIT NOTE"] {
            assert!(is_no_sender(line), "{line}");
        }
        assert!(!is_no_sender("Rechnungsstelle Muster"));
    }
}
