//! Bills that are paid already: nothing is left to pay.

use domain::{Check, DocumentKind, Fact, Field, Value};
use rust_decimal::Decimal;

use super::Extractor;
use crate::context::Context;
use crate::forms::pattern;
use crate::labels::{Place, found};
use crate::prose;

pub(super) struct Paid;

impl Extractor for Paid {
    fn id(&self) -> &'static str {
        "paid"
    }

    fn run(&self, context: &Context) -> Vec<Fact> {
        let bill = matches!(
            context.kind(),
            DocumentKind::Invoice
                | DocumentKind::CorrectedInvoice
                | DocumentKind::Receipt
                | DocumentKind::EventRegistration
        );
        if !bill {
            return Vec::new();
        }
        let phrase = pattern!(
            r"\b(?:(?:betrag|summe|zahlung) .{0,30}?erhalten|dankend erhalten|bereits (?:\w+ )?(?:bezahlt|beglichen)|bezahlt (?:per|mit|am|über|durch)|(?:bar|in bar) bezahlt|wurde (?:bereits )?(?:per \w+ )?(?:bezahlt|beglichen|belastet)|paid (?:in full|by|via|with|on)|payment received|already (?:been )?paid|thank you for your payment|^paid$|^bezahlt$|no payment (?:is )?(?:due|required))"
        );
        let mut facts = Vec::new();
        for run in &context.layout.paragraphs {
            for hit in phrase.find_iter(&run.text) {
                let sentence = run.text.get(prose::sentence(&run.text, hit.start())).unwrap_or_default();
                if prose::is_conditional(sentence) {
                    continue;
                }
                let paid = found(run, hit.range(), Decimal::ZERO, Place::Behind);
                let mut fact = paid.fact(self.id(), Field::AmountDue, 0.93, Value::Amount);
                fact.checks.retain(|check| *check != Check::Labelled);
                facts.push(fact);
            }
        }
        facts
    }
}

#[cfg(test)]
mod tests {
    use domain::Field::AmountDue;

    use crate::testing::value;

    #[test]
    fn a_paid_bill_leaves_nothing_to_pay() {
        let bill = "Rechnung Nr. 12\n\nRechnungsbetrag    119,00 €\n\n";
        for line in
            ["Betrag dankend erhalten.", "Die Rechnung wurde bereits per PayPal bezahlt.", "Paid by credit card"]
        {
            assert_eq!(value(&format!("{bill}{line}"), AmountDue).as_deref(), Some("0.00"), "{line}");
        }
        for line in ["Wenn bereits bezahlt, nur zu den Akten.", "If already paid, please ignore this bill."] {
            assert_eq!(value(&format!("{bill}{line}"), AmountDue).as_deref(), Some("119.00"), "{line}");
        }
    }
}
