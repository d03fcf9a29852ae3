//! How serious a reminder is.

use domain::{DocumentKind, Fact, Field, Value};

use super::Extractor;
use crate::context::Context;
use crate::forms::pattern;
use crate::labels::{Place, found};

pub(super) struct Dunning;

impl Extractor for Dunning {
    fn id(&self) -> &'static str {
        "dunning"
    }

    fn run(&self, context: &Context) -> Vec<Fact> {
        if context.kind() != DocumentKind::Dunning {
            return Vec::new();
        }
        let last = pattern!(r"\b(?:letzte|3\.|dritte|final|third|last)\s+(?:\w+\s+)?(?:mahnung|zahlungserinnerung|zahlungsaufforderung|notice|reminder|frist vor)");
        let second = pattern!(r"\b(?:2\.|zweite|second)\s+(?:\w+\s+)?(?:mahnung|zahlungserinnerung|reminder|notice)");
        let first = pattern!(r"(?:\b(?:1\.|erste|first)\s+(?:\w+\s+)?(?:mahnung|reminder)|zahlungserinnerung|payment reminder|freundliche erinnerung|mahnung)");
        for (form, level) in [(last, 3), (second, 2), (first, 1)] {
            let hit = context.layout.cells().find_map(|cell| Some((cell, form.find(&cell.text)?.range())));
            if let Some((cell, range)) = hit {
                let hit = found(cell, range, level, Place::Behind);
                let confidence = hit.confidence(if level == 1 { 0.75 } else { 0.88 });
                return vec![hit.fact(self.id(), Field::DunningLevel, confidence, Value::Integer)];
            }
        }
        Vec::new()
    }
}
