//! Numbers by which sender and reader know a bill, a customer, a contract, an order or a payment.

use domain::{Check, DocumentKind, Fact, Field, Value};

use super::Extractor;
use crate::context::Context;
use crate::forms::{identifiers, pattern};
use crate::labels::{beside, found, in_prose, Place};

pub(super) struct Numbers;

/// What may stand between the word and the number.
const NO: &str = r"(?:[-\s]?(?:nummer|nr\.?|no\.?|number|num\.?|#|id|№))";

impl Extractor for Numbers {
    fn id(&self) -> &'static str {
        "numbers"
    }

    fn run(&self, context: &Context) -> Vec<Fact> {
        let bill = pattern!(&format!(
            r"\b(?:rechnungs{NO}|\w*rechnung{NO}|rechnung|rg{NO}|re{NO}|beleg{NO}|quittungs?{NO}|quittung{NO}|gutschrifts?{NO}|invoice{NO}|invoice|bill{NO}|credit note{NO}|credit note|receipt{NO}|bon{NO}|factuurnummer|facture)\s?(?:/\s?datum)?"
        ));
        let customer = pattern!(&format!(
            r"\b(?:kunden{NO}|kundenkonto|vertragskonto{NO}?|mitglieds{NO}|mitglied{NO}|patienten{NO}|beitrags{NO}|versicherten{NO}|debitoren{NO}|teilnehmer{NO}|personal{NO}|aktenzeichen|az\.?|geschäftszeichen|kassenzeichen|geschäfts{NO}|geschäftsnummer|buchungszeichen|einheit|customer{NO}|client{NO}|account{NO}|member(?:ship)?{NO}|patient{NO}|your reference|ihre nummer|bürgernummer|kd{NO}|klantnummer)"
        ));
        let contract = pattern!(&format!(
            r"\b(?:vertrags{NO}|vertrag{NO}?|versicherungsschein{NO}?|versicherungs{NO}|policen?{NO}?|contract{NO}|contract|policy{NO}|certificate{NO}|certificate|zertifikats?{NO}|garantie{NO})"
        ));
        let order = pattern!(&format!(
            r"\b(?:bestell{NO}|bestellung{NO}?|auftrags?{NO}|auftrag{NO}?|auftragsbestätigung{NO}?|buchungs{NO}|buchungscode|buchung|order{NO}|order|booking(?: (?:reference|confirmation))?{NO}?|booking confirmation|reservation{NO}|reservierungs{NO}|ticket{NO}?|po{NO}|ordernummer)"
        ));
        let reference = pattern!(
            r"\b(?:verwendungszweck|zahlungsreferenz|referenz(?:nummer)?|payment reference|reference|kennwort|unter angabe (?:von|der|des|ihres|ihrer)(?: \w+)?|stichwort)\b"
        );
        let original = pattern!(&format!(
            r"(?:\bzur? (?:unserer |ihrer |offenen )?(?:\w*rechnung)(?:{NO})?|\bfor invoice{NO}?|\brechnung(?:{NO})?|\bursprüngliche rechnung{NO}?|\bbetreffend rechnung{NO}?|\boriginal invoice{NO}?)"
        ));
        let mut facts = Vec::new();
        for (field, label, weight) in [
            (Field::InvoiceNumber, bill, 0.92),
            (Field::CustomerNumber, customer, 0.9),
            (Field::ContractNumber, contract, 0.88),
            (Field::OrderNumber, order, 0.88),
            (Field::PaymentReference, reference, 0.8),
        ] {
            for hit in beside(&context.layout, label, 4, &identifiers::number) {
                let bare = hit.value.chars().filter(char::is_ascii_digit).count() < 3;
                let confidence = hit.confidence(weight) * if bare { 0.6 } else { 1.0 };
                facts.push(hit.fact(self.id(), field, confidence, Value::Text));
            }
        }
        let about = matches!(
            context.kind(),
            DocumentKind::Dunning | DocumentKind::CreditNote | DocumentKind::CorrectedInvoice | DocumentKind::CourtOrder
        );
        if about {
            for hit in in_prose(&context.layout, original, 4, &identifiers::number) {
                let confidence = hit.confidence(0.84);
                facts.push(hit.fact(self.id(), Field::OriginalInvoiceNumber, confidence, Value::Text));
            }
        }
        for cell in context.layout.cells() {
            for (range, reference) in identifiers::references(&cell.text) {
                let hit = found(cell, range, reference, Place::Behind);
                let confidence = hit.confidence(0.93);
                let mut fact = hit.fact(self.id(), Field::PaymentReference, confidence, Value::Text);
                fact.checks = vec![Check::CheckDigits];
                fact.certain = true;
                facts.push(fact);
            }
        }
        // A reminder has no number of its own: what looks like one is the bill's.
        if matches!(context.kind(), DocumentKind::Dunning | DocumentKind::CourtOrder) {
            facts.retain(|fact| fact.field != Field::InvoiceNumber);
        }
        facts
    }
}
