//! Money that will be taken from the reader's account.

use domain::{Check, Fact, Field, Value};

use super::Extractor;
use crate::context::Context;
use crate::forms::{dates, identifiers, pattern};
use crate::labels::{Place, beside, found, in_prose};
use crate::layout::Run;
use crate::prose;

pub(super) struct DirectDebit;

impl Extractor for DirectDebit {
    fn id(&self) -> &'static str {
        "direct_debit"
    }

    fn run(&self, context: &Context) -> Vec<Fact> {
        let mut facts = self.identifiers(context);
        for run in &context.layout.paragraphs {
            for hit in announcements(run) {
                let sentence = prose::sentence(&run.text, hit.start);
                let means = found(run, hit, "59".to_owned(), Place::Behind);
                let confidence = means.confidence(0.88);
                facts.push(means.fact(self.id(), Field::PaymentMeansCode, confidence, Value::Text));
                let text = run.text.get(sentence.clone()).unwrap_or_default();
                // The same sentence, or the next words, say when.
                if let Some((range, date)) = dates::find(text, context.order).into_iter().next_back() {
                    let range = sentence.start + range.start..sentence.start + range.end;
                    let day = found(run, range, date, Place::Behind);
                    let confidence = day.confidence(0.86);
                    facts.push(day.fact(self.id(), Field::DirectDebitDate, confidence, Value::Date));
                }
            }
        }
        facts
    }
}

/// The places where a text says that money will be debited; not where it only offers it.
pub(super) fn announcements(run: &Run) -> Vec<std::ops::Range<usize>> {
    let form = pattern!(
        r"\b(?:(?:buchen|buche) (?:wir|ich)\b|ziehen wir\b[^.]*\bein\b|(?:wir|ich) (?:ziehen|ziehe|buchen|buche)\b[^.]*\b(?:ein|ab)\b|wird\b[^.]*\b(?:abgebucht|eingezogen)|werden\b[^.]*\b(?:abgebucht|eingezogen)|abbuchung (?:am|erfolgt|zum)|einzug (?:am|erfolgt|zum)|(?:zahlung|bezahlung|zahlungsart|zahlungsweise|zahlweise|payment(?: method| by)?)\W+(?:erfolgt )?(?:per |mittels |durch |by )?(?:sepa[- ])?(?:basis)?(?:lastschrift|bankeinzug|direct debit)|per (?:sepa[- ])?(?:lastschrift|bankeinzug) (?:von|am|zum|eingezogen|abgebucht)|will be (?:debited|collected)|we will (?:debit|collect)|by direct debit)"
    );
    let offer = pattern!(r"\b(?:möchten sie|bequemer|erteilen sie|wenn sie|sparen sie|künftig|in zukunft|vordruck|if you|would you like|noch kein)\b");
    form.find_iter(&run.text)
        .filter(|hit| {
            let sentence = run.text.get(prose::sentence(&run.text, hit.start())).unwrap_or_default();
            !offer.is_match(sentence)
        })
        .map(|hit| hit.range())
        .collect()
}

impl DirectDebit {
    fn identifiers(&self, context: &Context) -> Vec<Fact> {
        let mut facts = Vec::new();
        for cell in context.layout.cells() {
            for (range, id) in identifiers::creditor_ids(&cell.text) {
                let hit = found(cell, range, id, Place::Behind);
                let confidence = hit.confidence(0.97);
                let mut fact = hit.fact(self.id(), Field::CreditorId, confidence, Value::Text);
                fact.checks = vec![Check::CheckDigits];
                fact.certain = true;
                facts.push(fact);
            }
        }
        let label = pattern!(r"\b(?:mandatsreferenz(?:nummer)?|mandatsref\.?|mandats-?(?:nr|nummer|id)\.?|mandate reference|mandate (?:id|no)\.?)(?:\s?\(?umr\)?)?");
        let mandates = beside(&context.layout, label, 3, &identifiers::number);
        let spoken = in_prose(&context.layout, label, 3, &identifiers::number);
        for hit in mandates.into_iter().chain(spoken) {
            let confidence = hit.confidence(0.9);
            facts.push(hit.fact(self.id(), Field::MandateReference, confidence, Value::Text));
        }
        facts
    }
}
