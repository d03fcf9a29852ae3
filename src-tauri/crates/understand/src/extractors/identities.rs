//! VAT id and tax number of the sender.

use std::ops::Range;

use domain::{Check, DocumentKind, Fact, Field, Value};

use super::Extractor;
use crate::address::{self, Party};
use crate::context::Context;
use crate::forms::{identifiers, pattern};
use crate::labels::{Place, beside, found};
use crate::layout::Run;

pub(super) struct Identities;

impl Extractor for Identities {
    fn id(&self) -> &'static str {
        "identities"
    }

    fn run(&self, context: &Context) -> Vec<Fact> {
        // The label may stand in the cell before.
        let cells = context.layout.rows.iter().flat_map(|row| {
            let before = [None].into_iter().chain(row.cells.iter().map(Some));
            row.cells.iter().zip(before)
        });
        let runs = context.layout.paragraphs.iter().map(|run| (run, None)).chain(cells);
        let mut facts: Vec<Fact> = runs.flat_map(|(run, before)| self.vat_ids(context, run, before)).collect();
        facts.extend(self.tax_numbers(context));
        facts
    }
}

impl Identities {
    /// The VAT ids in a run; `left` is the cell before it in its row.
    fn vat_ids(&self, context: &Context, run: &Run, left: Option<&Run>) -> Vec<Fact> {
        /// Signs before an id in which its label stands.
        const NEAR: usize = 30;
        let label = pattern!(r"(?:ust|umsatzsteuer|mwst|vat|uid|tva|btw|steuer)");
        let readers = pattern!(r"\b(?:ihre?|deine?|your|kunden?|customer|client|empfänger)\b[^·|]*$");
        let mut facts = Vec::new();
        for (range, id, checked) in identifiers::vat_ids(&run.text) {
            let before = run.text.get(..range.start).unwrap_or_default();
            let beside = left.filter(|_| range.start < 3).map_or("", |cell| cell.text.as_str());
            let labelled = label.is_match(before) || label.is_match(beside);
            let weight = match (checked, labelled) {
                (Some(true), true) => 0.96,
                (None, true) => 0.88,
                (Some(true), false) => 0.7,
                (Some(false), true) => 0.6,
                (_, false) => continue,
            };
            let start = before.char_indices().rev().nth(NEAR - 1).map_or(0, |(at, _)| at);
            let is_readers = readers.is_match(before.get(start..).unwrap_or_default())
                || readers.is_match(beside)
                || self.party(context, run, &range) == Some(Party::Reader);
            let weight = if is_readers { weight * 0.3 } else { weight };
            let hit = found(run, range, id, Place::Behind);
            let mut fact = hit.fact(self.id(), Field::SellerVatId, weight, Value::Text);
            if checked == Some(true) {
                fact.checks.push(Check::CheckDigits);
                fact.certain = fact.confidence > 0.8;
            }
            facts.push(fact);
        }
        facts
    }

    /// Among whose particulars a part of a run stands: of a paragraph by the cell that holds it, below the paragraph's heading.
    fn party(&self, context: &Context, run: &Run, range: &Range<usize>) -> Option<Party> {
        let at = run.first_word(range.clone())?;
        let holds = |cell: &&Run| cell.page == run.page && cell.word_rects().any(|rect| rect == at);
        address::party_of(&context.layout, context.layout.cells().find(holds)?)
    }

    /// Tax numbers: the sender's own, but a tax office writes the reader's.
    fn tax_numbers(&self, context: &Context) -> Vec<Fact> {
        let (field, label, weight) = if context.kind() == DocumentKind::TaxNotice {
            (Field::CustomerNumber, pattern!(r"\b(?:steuernummer|steuer-nr\.?|st\.?-?nr\.?)"), 0.92)
        } else {
            let label = pattern!(r"\b(?:steuer-?\s?(?:nr\.?|nummer)|st\.?-?nr\.?|tax (?:no\.?|number))");
            (Field::SellerTaxNumber, label, 0.9)
        };
        let hits = beside(&context.layout, label, 3, &identifiers::tax_number).into_iter();
        hits.map(|hit| hit.fact(self.id(), field, weight, Value::Text)).collect()
    }
}

#[cfg(test)]
mod tests {
    use domain::Field::{SellerTaxNumber, SellerVatId};

    use crate::testing::{check, findings, value};

    #[test]
    fn the_senders_numbers_are_found() {
        check(
            "Rechnung\nUSt-IdNr. DE 136 695 976\nSteuer-Nr. 12/345/67890",
            &[(SellerVatId, "DE136695976"), (SellerTaxNumber, "12/345/67890")],
        );
    }

    #[test]
    fn the_readers_vat_id_is_not_the_senders() {
        let text = "Rechnung\nIhre USt-IdNr.: ATU13585627\n\nUnsere USt-IdNr.: DE136695976";
        assert_eq!(value(text, SellerVatId).as_deref(), Some("DE136695976"));
        let below = findings("Invoice\n\nBill to\nMax Muster\nHauptstr. 1\nDE VAT DE136695976");
        assert!(below.best(SellerVatId).is_none_or(|fact| !fact.certain && fact.confidence < 0.5));
    }
}
