//! Amounts to pay in sentences: "bitte überweisen Sie 124,91 EUR".

use domain::{DocumentKind, Fact, Field, Value};

use super::Extractor;
use crate::context::Context;
use crate::forms::{amounts, pattern};
use crate::labels::{Found, in_prose};

pub(super) struct SpokenAmounts;

impl Extractor for SpokenAmounts {
    fn id(&self) -> &'static str {
        "spoken_amounts"
    }

    fn run(&self, context: &Context) -> Vec<Fact> {
        let mut facts = Vec::new();
        let to_pay = pattern!(
            r"(?:(?:überweisen|zahlen|begleichen) sie (?:bitte |jetzt |uns )*|\b(?:überweise|zahle) (?:bitte |jetzt |uns )*|(?:pay|transfer|remit) (?:us )?)(?:(?:den|die|das|einen|the|a) )?(?:(?:\w+ )?(?:betrag|summe|gesamtbetrag|rechnungsbetrag|nachzahlung|amount|sum|total|deposit))?\s*(?:von|in höhe von|über|of)?\s*"
        );
        let debited = pattern!(
            r"(?:den betrag (?:von|in höhe von)|betrag (?:von|in höhe von)|wir buchen|ziehen wir|we will (?:debit|collect|charge)|guthaben (?:von|in höhe von)|(?:verwarnungsgeld(?:es|s)?|geldbuße|geldstrafe|bußgeld(?:es|s)?|strafbetrag(?:s|es)?) (?:von|in (?:der )?höhe von))\s*"
        );
        let deposit = pattern!(r"(?:anzahlung|deposit)(?: (?:von|in höhe von|of))?\s*");
        let deposit_weight = match context.kind() {
            // What secures an order or a booking is what is to pay now.
            DocumentKind::OrderConfirmation | DocumentKind::EventRegistration => 0.94,
            _ => 0.4,
        };
        for (label, weight) in [(to_pay, 0.88), (debited, 0.75), (deposit, deposit_weight)] {
            for hit in in_prose(&context.layout, label, 3, &amounts::first) {
                let positive = Found { value: hit.value.abs(), ..hit };
                facts.push(positive.fact(self.id(), Field::AmountDue, weight, Value::Amount));
            }
        }
        facts
    }
}

#[cfg(test)]
mod tests {
    use domain::Field::AmountDue;

    use crate::testing::check;

    #[test]
    fn sentences_name_what_is_due() {
        check("Rechnung\n\nBitte überweisen Sie 84,20 EUR bis zum 3.3.2026.", &[(AmountDue, "84.20")]);
        check("Invoice 12\n\nPlease pay the amount of £84.20 by 3 March 2026.", &[(AmountDue, "84.20")]);
    }
}
