//! What persons have shown on earlier letters of the same sender.

use domain::{Check, Fact};

use super::Extractor;
use super::known_sender::known_senders;
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
        let names: Vec<String> = known_senders(context).iter().map(|fact| fact.value.plain()).collect();
        let mut facts = Vec::new();
        for rule in known.iter().filter(|one| names.contains(&one.name)).flat_map(|one| &one.rules) {
            // Patterns are checked when they are typed; one that a newer program has let pass finds nothing here.
            let Ok(beside) = learned::Beside::new(rule.field, &rule.anchor, context.order) else { continue };
            let read = |text: &str| beside.read(text);
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
