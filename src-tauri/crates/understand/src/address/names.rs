//! What is a name, and what is an organisation's.

use crate::context::is_salutation;
use crate::forms::pattern;

/// Whether a name is a bank's.
pub(crate) fn is_bank(name: &str) -> bool {
    pattern!(r"(?:bank\b|bank |sparkasse|raiffeisen)").is_match(name)
}

/// Whether a text has a legal form of German, English, French, Dutch or Malaysian law.
pub(crate) fn has_legal_form(text: &str) -> bool {
    pattern!(
        r"\b(?:e\.\s?[vku]\.|a\.\s?g\.|b\.\s?v\.|n\.\s?v\.|s\.\s?a\.|(?:gmbh|mbh|ag|kg|ohg|gbr|ug|se|eg|kgaa|vvag|ltd|limited|inc|llc|plc|corp|bv|sarl|sàrl|stiftung|verein|sdn|bhd|s/b)\b)"
    )
    .is_match(text)
}

/// Whether a text has a legal form or another word that only organisations have.
pub(crate) fn is_organisation(text: &str) -> bool {
    let office_or_practice = pattern!(
        r"\b(?:praxis|dr\. med|zahnarzt|apotheke|notar|bkk|aok|bank|finanzamt|amtsgericht|landgericht|(?:landeshaupt|hanse|kreis)?stadt|gemeinde|landratsamt|bürgeramt|landkreis|universität)\b"
    );
    // The end of a longer word: "Ordnungsamt", "Stadtwerke".
    let compound = pattern!(
        r"\p{L}(?:praxis|amt|werke?|kasse|versicherung|verlag|verwaltung|gericht|schule|gemeinde|bank|betrieb|haus|stelle|klinik|dienst)\b"
    );
    has_legal_form(text) || office_or_practice.is_match(text) || compound.is_match(text)
}

/// The name in a line that may say that it is one: "Name: Muster GmbH".
pub(crate) fn name_in(text: &str) -> &str {
    let label = pattern!(r"^\W*(?:name|firma|firmenname|unternehmen|company(?: name)?)\s*:\s*");
    label.find(text).and_then(|hit| text.get(hit.end()..)).unwrap_or(text)
}

/// Whether a text is no name: a label, a heading, a greeting, a sentence, a line of particulars.
pub(crate) fn is_no_name(text: &str) -> bool {
    /// The longest names of offices and practices.
    const MOST_WORDS: usize = 9;
    let words = text.split_whitespace().count();
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let signs = text.chars().filter(|c| !c.is_whitespace()).count();
    // "a. G." and "B.V." end a name.
    let sentence = words > 3 && text.ends_with('.') && !pattern!(r"(?:^|[ .])\p{L}\.$").is_match(text);
    !(1..=MOST_WORDS).contains(&words)
        || letters < 3
        || letters * 2 < signs
        // A club has the year in which it was founded in its name, and a name in quotation marks.
        || text.chars().filter(char::is_ascii_digit).count() > if has_legal_form(text) { 4 } else { 3 }
        || sentence
        || text.contains([':', '!', '?', '@', '<'])
        || text.contains(['„', '“']) && !has_legal_form(text)
        || pattern!(r"\b(?:nr\.?|no\.|nummer|number|am|an|bis|von)\W*$").is_match(text)
        || pattern!(r"(?:zustellungsurkunde|einschreiben|umschlag\b|^\W*(?:nicht nachsenden|vorausverfügung))")
            .is_match(text)
        || is_salutation(text)
        || is_country(text.trim())
        || is_label(text)
        // "Rechnungsdaten", "Angaben zur Zahlung": the heading of a part of a page.
        || pattern!(r"^\W*(?:\p{L}+(?:daten|informationen|angaben|beträge|details)|(?:angaben|daten|informationen) z(?:u|um|ur)\b.*)\W*$").is_match(text)
        || is_particular(text)
}

/// Whether a text is the last line of an address abroad, in the words of the languages around.
fn is_country(text: &str) -> bool {
    pattern!(
        r"^(?:deutschland|germany|allemagne|österreich|austria|schweiz|suisse|switzerland|france|frankreich|italien|italia|italy|niederlande|nederland|netherlands|spanien|españa|spain|belgien|belgium|belgique|luxemb\w*|polen|poland|united kingdom|england|ireland|usa|united states)(?: / \p{L}+)?$"
    )
    .is_match(text)
}

/// Whether a text begins with a word that stands before a value, over a letter or over its parts.
fn is_label(text: &str) -> bool {
    pattern!(
        r"^\W*(?:seite|page|datum|date|rechnung|invoice|gutschrift|mahnung|quittung|receipt|kunden-?(?:nr|nummer)|tel|fax|e-?mail|www|http|iban|bic|betreff|an|von|herrn?|frau|firma|an die|ust|steuer|bank|konto|lieferschein|betrag|summe|total|original|kopie|copy|duplikat|vertrag|bescheid|factuur|facture|ticket|stylesheet|verkäufer|käufer|nummer|anlage|empfangsschein|zahlteil|buchungshilfe|eingegangen|eingang|received|eur|chf|usd|tax invoice|simplified|welcome|thank|cash(?:ier)?|gst|company reg|leistung|position|pos|parzelle|gutschein|voucher|zustell|mitglied(?:snummer|s-?nr|schaft)?|mitgliedsnr|credit note|forderung de[rs]|name und|nutzungsvertrag|aktenzeichen|der vorstand|table|payment part|récépissé|section paiement)\b"
    )
    .is_match(text)
}

/// Whether a text holds a street with its number, a postal code or a place in the web.
fn is_particular(text: &str) -> bool {
    let web = pattern!(r"\bwww\.|\.(?:de|com|example|at|ch)\b");
    let address =
        pattern!(r"straße\b|strasse\b|\bstr\.|(?:weg|platz|allee|gasse|ring|ufer) \d|\d{5}|\s\d+\s?[a-z]?$|postfach");
    let number_first = pattern!(r"^\d+\w?,? (?:\p{L}+ )+(?:street|drive|road|avenue|lane|way|rue|place|square|court)$");
    web.is_match(text) || address.is_match(text) || number_first.is_match(text.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_club_with_a_year_or_a_quoted_name_has_a_name() {
        assert!(!is_no_name("Kleingartenverein „Morgenrot 1921“ e. V."));
        assert!(!is_no_name("TSV Musterdorf 1898 e. V."));
        assert!(is_no_name("Mitgliedsnr."));
        assert!(is_no_name("Zustellversuch am"));
    }

    #[test]
    fn legal_forms_with_points_end_a_name() {
        assert!(!is_no_name("Muster Versicherung a. G."));
        assert!(!is_no_name("Muster Garden Supplies B.V."));
        assert!(is_no_name("Das ist ein Satz."));
    }
}
