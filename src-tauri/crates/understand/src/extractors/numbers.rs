//! Numbers by which sender and reader know a bill, a customer, a contract, an order or a payment.

use domain::{Check, DocumentKind, Fact, Field, Origin, Value};

use super::Extractor;
use crate::context::Context;
use crate::forms::{identifiers, numbers, pattern};
use crate::labels::{Place, beside, found, in_prose};

pub(super) struct Numbers;

/// What may stand between the word and the number.
const NO: &str = r"(?:[-\s]?(?:nummer|nr\.?|no\.?|number|num\.?|#|id|№|n[°º]))";

impl Extractor for Numbers {
    fn id(&self) -> &'static str {
        "numbers"
    }

    fn run(&self, context: &Context) -> Vec<Fact> {
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
        let original = pattern!(&format!(
            r"(?:\bzur? (?:unserer |ihrer |offenen )?(?:\w*rechnung)(?:{NO})?|\bfor invoice{NO}?|\brechnung(?:{NO})?|\bursprüngliche rechnung{NO}?|\bbetreffend rechnung{NO}?|\boriginal invoice{NO}?)"
        ));
        // "zur Rechnung Nr. 12" on what is about that bill: not its own number.
        let another = pattern!(
            r"\b(?:zur?|for|ersetzt|replaces|ursprünglichen?|original|betreffend)\s(?:(?:die|der|our|unserer?|ihrer?)\s)?(?:\w*rechnung|invoice)\b\D{0,12}$"
        );
        let corrects = matches!(context.kind(), DocumentKind::CreditNote | DocumentKind::CorrectedInvoice);
        let about = corrects || matches!(context.kind(), DocumentKind::Dunning | DocumentKind::CourtOrder);
        let mut facts = below_title(self.id(), context);
        for (field, label, weight) in [
            (Field::InvoiceNumber, bill, 0.92),
            (Field::InvoiceNumber, titled, 0.85),
            (Field::CustomerNumber, customer, 0.9),
            (Field::ContractNumber, contract, 0.88),
            (Field::OrderNumber, order, 0.88),
            (Field::PaymentReference, reference, 0.8),
        ] {
            for hit in beside(&context.layout, label, 4, &numbers::number) {
                if corrects && field == Field::InvoiceNumber && another.is_match(&hit.before) {
                    continue;
                }
                let bare = hit.value.chars().filter(char::is_ascii_digit).count() < 3;
                let weight = weight * if bare { 0.6 } else { 1.0 };
                facts.push(hit.fact(self.id(), field, weight, Value::Text));
            }
        }
        if about {
            for hit in in_prose(&context.layout, original, 4, &numbers::number) {
                facts.push(hit.fact(self.id(), Field::OriginalInvoiceNumber, 0.84, Value::Text));
            }
        }
        for cell in context.layout.cells() {
            for (range, reference) in identifiers::references(&cell.text) {
                let hit = found(cell, range, reference, Place::Behind);
                let mut fact = hit.fact(self.id(), Field::PaymentReference, 0.93, Value::Text);
                fact.checks = vec![Check::CheckDigits];
                fact.certain = true;
                facts.push(fact);
            }
        }
        // What is written on the transfer, where the letter does not say: the number of the bill.
        let named = facts.iter().any(|fact| fact.field == Field::PaymentReference);
        let number = facts
            .iter()
            .filter(|fact| fact.field == Field::InvoiceNumber)
            .max_by(|a, b| a.confidence.total_cmp(&b.confidence));
        let bill = matches!(
            context.kind(),
            DocumentKind::Invoice
                | DocumentKind::CorrectedInvoice
                | DocumentKind::SelfBilledInvoice
                | DocumentKind::CreditNote
        );
        if let (false, true, Some(number)) = (named, bill, number) {
            let derived =
                Fact { field: Field::PaymentReference, origin: Origin::Derived, confidence: 0.6, ..number.clone() };
            facts.push(derived);
        }
        // A reminder has no number of its own: what looks like one is the bill's.
        if matches!(context.kind(), DocumentKind::Dunning | DocumentKind::CourtOrder) {
            for fact in facts.iter_mut().filter(|fact| fact.field == Field::InvoiceNumber) {
                (fact.field, fact.confidence) = (Field::OriginalInvoiceNumber, 0.88 * fact.confidence);
            }
        }
        facts
    }
}

/// "Rechnung" as a title, with "Nr. 12" on the line below.
fn below_title(by: &str, context: &Context) -> Vec<Fact> {
    let title = pattern!(r"^\W*(?:\w*rechnung|gutschrift|quittung|invoice|credit note)\W*$");
    let number = pattern!(&format!(r"^\W*{NO}[:\s]*"));
    let mut facts = Vec::new();
    for (row, next) in context.layout.rows.iter().zip(context.layout.rows.iter().skip(1)) {
        for cell in row.cells.iter().filter(|cell| title.is_match(&cell.text)) {
            let lower = next.cells.iter().find(|lower| (lower.rect.x - cell.rect.x).abs() < 0.03);
            let Some((lower, label)) = lower.and_then(|lower| Some((lower, number.find(&lower.text)?.end()))) else {
                continue;
            };
            let rest = lower.text.get(label..).unwrap_or_default();
            if let Some((range, value)) = numbers::number(rest) {
                let hit = found(lower, label + range.start..label + range.end, value, Place::Below);
                facts.push(hit.fact(by, Field::InvoiceNumber, 0.88, Value::Text));
            }
        }
    }
    facts
}

#[cfg(test)]
mod tests {
    use domain::Field::{
        ContractNumber, CustomerNumber, InvoiceNumber, OrderNumber, OriginalInvoiceNumber, PaymentReference,
    };

    use crate::testing::{check, findings, value};

    #[test]
    fn numbers_beside_their_labels_are_found() {
        check(
            "Rechnungsnummer    R-2026/12\nKunden-Nr.: 4711\nVertrag    V 12-3\nBestellnummer 99887\nVerwendungszweck: 26-0012",
            &[
                (InvoiceNumber, "R-2026/12"),
                (CustomerNumber, "4711"),
                (ContractNumber, "V 12-3"),
                (OrderNumber, "99887"),
                (PaymentReference, "26-0012"),
            ],
        );
        check(
            "Invoice no. 2026-12\nCustomer number 4711\nOrder 99887",
            &[(InvoiceNumber, "2026-12"), (CustomerNumber, "4711"), (OrderNumber, "99887")],
        );
    }

    #[test]
    fn the_number_may_stand_below_the_title() {
        check("Rechnung\nNr. 2026/044\nvom 12.01.2026", &[(InvoiceNumber, "2026/044")]);
        check("Facture n° 2026-118", &[(InvoiceNumber, "2026-118")]);
    }

    #[test]
    fn a_reminder_names_the_bill_it_is_about() {
        let text = "2. Mahnung zur Rechnung R-1127 vom 28.04.2026\n\nSehr geehrter Herr Muster,";
        assert_eq!(value(text, OriginalInvoiceNumber).as_deref(), Some("R-1127"));
        assert_eq!(value(text, InvoiceNumber), None);
        let labelled = "Muster GmbH\n\nZahlungserinnerung\n\nRechnungsnummer: R-1127    Rechnungsdatum: 28.04.2026\n\nSehr geehrter Herr Muster,";
        assert_eq!(value(labelled, OriginalInvoiceNumber).as_deref(), Some("R-1127"));
        assert_eq!(value(labelled, InvoiceNumber), None);
    }

    #[test]
    fn what_corrects_a_bill_has_a_number_of_its_own() {
        for heading in ["Rechnungskorrektur", "Gutschrift"] {
            let text =
                format!("{heading}\n\n{heading} Nr. GH-130\nzur Rechnung Nr. GH-117 vom 28.04.2026\n\nGuten Tag,");
            assert_eq!(value(&text, InvoiceNumber).as_deref(), Some("GH-130"), "{heading}");
            assert_eq!(value(&text, OriginalInvoiceNumber).as_deref(), Some("GH-117"), "{heading}");
        }
    }

    #[test]
    fn a_reference_with_right_check_digits_is_certain() {
        let found = findings("Rechnung\n\nReferenz RF18 5390 0754 7034");
        assert!(found.best(PaymentReference).is_some_and(|f| f.certain && f.value.plain() == "RF18539007547034"));
    }
}
