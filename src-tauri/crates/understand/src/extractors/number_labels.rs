//! The words that stand beside numbers.

use domain::Field;
use regex::Regex;

use crate::forms::pattern;

/// "-Nr.", "number": what may stand between a word and its number.
const NO: &str = r"(?:[-\s]?(?:nummer|nr\.?|no\.?|number|num\.?|#|id|№|n[°º]))";

/// The label patterns, each with its field and weight.
pub(super) fn labels() -> [(Field, &'static Regex, f32); 6] {
    let bill = pattern!(&format!(
        r"\b(?:rechnungs{NO}|rechnungs(?:korrektur|berichtigung){NO}|\w*rechnung{NO}|rechnung|rg{NO}|re{NO}|beleg{NO}|quittungs?{NO}|quittung{NO}|gutschrifts?{NO}|invoice{NO}|invoice|bill{NO}|credit note{NO}|credit note|avoir|receipt{NO}|bon{NO}|factuurnummer|facture{NO}|facture)\s?(?:/\s?datum)?"
    ));
    // "Gutschrift (Storno) Nr. 12": a title with words between.
    let titled = pattern!(&format!(
        r"^\W*(?:\w*rechnung|gutschrift|buchungshilfe|quittung|invoice|credit note|receipt)\b[^\d:]{{3,40}}?{NO}"
    ));
    let customer = pattern!(&format!(
        r"\b(?:kunden{NO}|kundenkonto|vertragskonto{NO}?|liegenschaft{NO}?|mitglieds{NO}|mitglied{NO}?|patienten{NO}|beitrags{NO}|versicherten{NO}|debitoren{NO}|teilnehmer{NO}|personal{NO}|aktenzeichen|az\.?|geschäftszeichen|kassenzeichen|geschäfts{NO}|geschäftsnummer|buchungszeichen|einheit|customer{NO}|client{NO}|account{NO}|member(?:ship)?{NO}|patient{NO}|your reference|ihre nummer|bürgernummer|kd{NO}|klantnummer)"
    ));
    let contract = pattern!(&format!(
        r"\b(?:vertragskonto{NO}?|vertrags{NO}|vertrag{NO}?|versicherungsschein{NO}?|versicherungs{NO}|policen?{NO}?|contract{NO}|contract|policy{NO}|certificate{NO}|certificate|zertifikats?{NO}|garantie{NO})"
    ));
    let order = pattern!(&format!(
        r"\b(?:auftragsbestätigung{NO}?|bestellbestätigung{NO}?|bestell{NO}|bestellung{NO}?|auftrags?{NO}|auftrag{NO}?|buchungs{NO}|buchungscode|buchung|order{NO}|order|booking(?: (?:reference|confirmation))?{NO}?|booking confirmation|reservation{NO}|reservierungs{NO}|ticket{NO}?|po{NO}|ordernummer)"
    ));
    let reference = pattern!(
        r"(?:\b(?:verwendungszweck|zahlungsreferenz|referenz(?:nummer)?|payment reference|kennwort|unter angabe (?:von|der|des|ihres|ihrer)(?: \w+)?|stichwort)|^\W*reference)\b"
    );
    [
        (Field::InvoiceNumber, bill, 0.92),
        (Field::InvoiceNumber, titled, 0.85),
        (Field::CustomerNumber, customer, 0.9),
        (Field::ContractNumber, contract, 0.88),
        (Field::OrderNumber, order, 0.88),
        (Field::PaymentReference, reference, 0.8),
    ]
}

/// The words before the number of the bill that something is about: "zur Rechnung Nr."
pub(super) fn original_bill() -> &'static Regex {
    pattern!(&format!(
        r"(?:\bzur? (?:unserer |ihrer |offenen )?(?:\w*rechnung)(?:{NO})?|\bfor invoice{NO}?|\brechnung(?:{NO})?|\bursprüngliche rechnung{NO}?|\bbetreffend rechnung{NO}?|\boriginal invoice{NO}?)"
    ))
}

/// Whether the words before a number say that it is another bill's: "ersetzt die Rechnung Nr."
pub(super) fn names_another_bill(before: &str) -> bool {
    pattern!(
            r"\b(?:zur?|for|ersetzt|replaces|ursprünglichen?|original|betreffend)\s(?:(?:die|der|our|unserer?|ihrer?)\s)?(?:\w*rechnung|invoice)\b\D{0,12}$"
        )
    .is_match(before)
}

/// A title without a number: "Rechnung".
pub(super) fn bare_title() -> &'static Regex {
    pattern!(r"^\W*(?:\w*rechnung|gutschrift|quittung|invoice|credit note)\W*$")
}

/// A line that begins with "Nr."
pub(super) fn bare_label() -> &'static Regex {
    pattern!(&format!(r"^\W*{NO}[:\s]*"))
}
