//! What a payment code on the page says: the payee's own words for the bank, with error correction.

use domain::{Check, Fact, Field, Origin, Value};

use super::Extractor;
use crate::context::Context;

pub(super) struct PaymentCodes;

impl Extractor for PaymentCodes {
    fn id(&self) -> &'static str {
        "payment_code"
    }

    fn run(&self, context: &Context) -> Vec<Fact> {
        let mut facts = Vec::new();
        for code in &context.payment_codes {
            let mut add = |field, value, confidence, checks: &[Check]| {
                facts.push(Fact {
                    field,
                    value,
                    confidence,
                    certain: false,
                    origin: Origin::Code,
                    by: self.id().to_owned(),
                    evidence: Some(code.evidence.clone()),
                    checks: checks.to_vec(),
                });
            };
            add(Field::Iban, Value::Iban(code.iban.clone()), 0.98, &[Check::CheckDigits]);
            if let Some(bic) = &code.bic {
                add(Field::Bic, Value::Text(bic.clone()), 0.97, &[]);
            }
            if let Some(amount) = code.amount {
                add(Field::AmountDue, Value::Amount(amount), 0.97, &[]);
            }
            if let Some(currency) = code.currency {
                add(Field::Currency, Value::Currency(currency), 0.97, &[]);
            }
            if let Some(reference) = &code.reference {
                add(Field::PaymentReference, Value::Text(reference.clone()), 0.97, &[]);
            }
            if let Some(payer) = &code.payer {
                add(Field::BuyerName, Value::Text(payer.clone()), 0.9, &[]);
            }
            if let Some(payee) = &code.payee {
                add(Field::SellerName, Value::Text(payee.clone()), 0.8, &[]);
            }
        }
        facts
    }
}

#[cfg(test)]
mod tests {
    use domain::{Check, Code, CodeKind, Field, Known, Rect};

    use crate::testing::page;

    #[test]
    fn code_and_page_prove_each_other() {
        let mut reading = page("Rechnung 12\n\nZu zahlen    84,20 €");
        let rect = Rect { x: 0.7, y: 0.7, w: 0.1, h: 0.1 };
        let text = "BCD\n002\n1\nSCT\n\nMuster GmbH\nDE89370400440532013000\nEUR84.20\n\n\nRechnung 12".to_owned();
        reading.codes.push(Code { kind: CodeKind::Qr, text, page: 1, rect });
        let found = crate::understand(&reading, &Known::default());
        let due = found.best(Field::AmountDue).unwrap();
        assert!(due.certain && due.checks.contains(&Check::CodeAgrees), "{due:?}");
        assert!(found.best(Field::Iban).is_some_and(|f| f.certain));
        assert!(found.best(Field::PaymentReference).is_some_and(|f| f.certain && f.value.plain() == "Rechnung 12"));
    }
}
