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
            if let Some(payee) = &code.payee {
                add(Field::SellerName, Value::Text(payee.clone()), 0.8, &[]);
            }
        }
        facts
    }
}
