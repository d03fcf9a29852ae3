//! What persons have shown on earlier letters of the same sender.

use domain::{Check, Fact};

use super::Extractor;
use super::known_sender::KnownSender;
use crate::context::Context;
use crate::labels::{Place, found};
use crate::learned;

pub(super) struct SenderRules;

/// Above every label: somebody has said so.
const WEIGHT: f32 = 0.97;

impl Extractor for SenderRules {
    fn id(&self) -> &'static str {
        domain::SenderRule::EXTRACTOR
    }

    fn run(&self, context: &Context) -> Vec<Fact> {
        let known = &context.known.correspondents;
        if known.iter().all(|one| one.rules.is_empty()) {
            return Vec::new();
        }
        let names: Vec<String> = KnownSender.run(context).iter().map(|fact| fact.value.plain()).collect();
        let mut facts = Vec::new();
        for rule in known.iter().filter(|one| names.contains(&one.name)).flat_map(|one| &one.rules) {
            let read = |text: &str| learned::read(rule.field, &rule.anchor, text, context.order);
            // Words that come twice say nothing of which is meant.
            if let [(run, range, value)] = &learned::in_layout(&context.layout, &rule.anchor, &read)[..] {
                let hit = found(run, range.clone(), value.clone(), Place::Behind);
                let fact = hit.fact(self.id(), rule.field, WEIGHT, |value| value);
                facts.push(Fact { checks: vec![Check::Learned], ..fact });
            }
        }
        facts
    }
}
