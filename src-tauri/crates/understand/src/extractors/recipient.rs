//! To whom the letter is addressed.

use domain::{Check, Fact, Field, Value, normalised_name};

use super::Extractor;
use crate::address;
use crate::context::Context;
use crate::forms::pattern;
use crate::labels::{Place, found};

pub(super) struct Recipient;

impl Extractor for Recipient {
    fn id(&self) -> &'static str {
        "recipient"
    }

    fn run(&self, context: &Context) -> Vec<Fact> {
        let mut facts = Vec::new();
        if let Some(block) = address::recipient(&context.layout) {
            let title = pattern!(r"^\W*(?:herrn?|frau|familie|firma|an (?:die|den|das)|mr|mrs|ms)\b\.?,?\s*");
            for run in block {
                let start = title.find(&run.text).map_or(0, |hit| hit.end());
                let Some(name) = run.text.get(start..).filter(|name| !name.trim().is_empty()) else { continue };
                let hit = found(run, start..run.text.len(), name.trim().to_owned(), Place::Behind);
                let confidence = hit.confidence(0.87);
                facts.push(hit.fact(self.id(), Field::BuyerName, confidence, Value::Text));
                break;
            }
        }
        for own in &context.known.own_names {
            let wanted = normalised_name(own);
            let cell = context.layout.cells().find(|cell| !wanted.is_empty() && normalised_name(&cell.text).contains(&wanted));
            if let Some(cell) = cell {
                let hit = found(cell, 0..cell.text.len(), own.clone(), Place::Behind);
                let confidence = hit.confidence(0.97);
                let mut fact = hit.fact(self.id(), Field::BuyerName, confidence, Value::Text);
                fact.checks = vec![Check::SourcesAgree];
                facts.push(fact);
            }
        }
        facts
    }
}
