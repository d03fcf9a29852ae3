//! Tax notices that promise money back: the sentence is the term of payment, as their amount may have no minus.

use domain::{Check, DocumentKind, Fact, Field, Value};

use super::Extractor;
use crate::context::Context;
use crate::prose;

pub(super) struct Refund;

impl Extractor for Refund {
    fn id(&self) -> &'static str {
        "refund"
    }

    fn run(&self, context: &Context) -> Vec<Fact> {
        if context.kind() != DocumentKind::TaxNotice {
            return Vec::new();
        }
        let mut facts = Vec::new();
        for run in &context.layout.paragraphs {
            for (range, sentence) in prose::sentences(&run.text) {
                let promises = prose::pays_back(sentence) && !prose::is_conditional(sentence);
                if promises && !prose::asks_to_pay(sentence) {
                    facts.push(Fact {
                        field: Field::PaymentTerms,
                        value: Value::Text(sentence.trim().to_owned()),
                        // Below a sentence that asks for money: that one must not be overheard.
                        confidence: 0.6,
                        certain: false,
                        origin: run.origin,
                        by: self.id().to_owned(),
                        evidence: Some(run.evidence(range)),
                        checks: vec![Check::Labelled],
                    });
                }
            }
        }
        facts
    }
}

#[cfg(test)]
mod tests {
    use domain::Field::PaymentTerms;

    use crate::testing::{check, value};

    const HEAD: &str = "Finanzamt Musterstadt\nBescheid für 2025 über Einkommensteuer\nDatum 02.11.2026\n\n";

    #[test]
    fn a_tax_notice_that_pays_back_says_so_and_one_that_asks_for_money_is_not_taken_for_it() {
        let refund = "Der Erstattungsbetrag wird auf Ihr Konto überwiesen.";
        check(&format!("{HEAD}Erstattungsbetrag    412,00 EUR\n\n{refund}"), &[(PaymentTerms, refund)]);
        let maybe = "Sollten Sie zu viel gezahlt haben, wird der Betrag erstattet.";
        assert_eq!(value(&format!("{HEAD}Nachzahlung    412,00 EUR\n\n{maybe}"), PaymentTerms), None);
    }
}
