//! Tax notices that promise money back: the sentence is the term of payment, as their amount may have no minus.

use std::ops::Range;

use chrono::NaiveDate;
use domain::{Check, DocumentKind, Fact, Field, Origin, Period, Value};

use super::Extractor;
use crate::context::Context;
use crate::forms::{dates, partial_days, pattern};
use crate::labels::{Place, found};
use crate::prose;

pub(super) struct Refund;

impl Extractor for Refund {
    fn id(&self) -> &'static str {
        "refund"
    }

    fn run(&self, context: &Context) -> Vec<Fact> {
        if matches!(context.kind(), DocumentKind::CreditNote | DocumentKind::SelfBilledInvoice) {
            return credited(self.id(), context);
        }
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

/// When the money of a credit note comes: the last day of a sentence that promises it, or how long it takes.
fn credited(by: &str, context: &Context) -> Vec<Fact> {
    let takes = pattern!(r"\b(?:bank|banken|banks|konto|account|statement|karte|card|kreditkarte)\b");
    let issued = super::issued(context).map(|(day, _)| day);
    let mut facts = Vec::new();
    for run in &context.layout.paragraphs {
        for (range, sentence) in prose::sentences(&run.text) {
            let said = prose::pays_back_at(sentence).unwrap_or_default();
            if prose::is_conditional(sentence) || prose::asks_of_reader(prose::up_to_clause(sentence, said)) {
                continue;
            }
            let place = |at: &Range<usize>| range.start + at.start..range.start + at.end;
            let promises = prose::pays_back(sentence);
            let by_day = pattern!(r"\b(?:bis|am|zum|spätestens|by|on|until|no later than)\b[^.;!?\d]{0,24}$");
            let is_promised = |(at, day): &(Range<usize>, NaiveDate)| {
                let before = sentence.get(..at.start).unwrap_or_default();
                promises && by_day.is_match(before) && issued.is_none_or(|issued| *day >= issued)
            };
            let printed = dates::find(sentence, context.order).into_iter().rfind(is_promised);
            let partly = || partial_days::find(sentence, issued?).into_iter().rfind(is_promised);
            if let Some((at, day)) = &printed {
                let due = found(run, place(at), *day, Place::Behind).fact(by, Field::DueDate, 0.85, Value::Date);
                facts.push(due);
            } else if let Some((at, day)) = partly() {
                let due = found(run, place(&at), day, Place::Behind).fact(by, Field::DueDate, 0.8, Value::Date);
                facts.push(Fact { origin: Origin::Derived, ..due });
            } else if (promises || takes.is_match(sentence)) && Period::find(sentence).is_some() {
                let words = found(run, range.clone(), sentence.trim().to_owned(), Place::Behind);
                facts.push(words.fact(by, Field::PaymentTerms, 0.66, Value::Text));
            }
        }
    }
    facts
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
