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
        let last = pattern!(
            r"\b(?:letzte|3\.|dritte|final|third|last)\s+(?:\w+\s+)?(?:mahnung|zahlungserinnerung|zahlungsaufforderung|notice|reminder|frist vor)"
        );
        let second = pattern!(r"\b(?:2\.|zweite|second)\s+(?:\w+\s+)?(?:mahnung|zahlungserinnerung|reminder|notice)");
        let first = pattern!(
            r"(?:\b(?:1\.|erste|first)\s+(?:\w+\s+)?(?:mahnung|reminder)|zahlungserinnerung|payment reminder|freundliche erinnerung|mahnung)"
        );
        for (form, level) in [(last, 3), (second, 2), (first, 1)] {
            let hit = context.layout.cells().find_map(|cell| Some((cell, form.find(&cell.text)?.range())));
            if let Some((cell, range)) = hit {
                let hit = found(cell, range, level, Place::Behind);
                return vec![hit.fact(
                    self.id(),
                    Field::DunningLevel,
                    if level == 1 { 0.75 } else { 0.88 },
                    Value::Integer,
                )];
            }
        }
        Vec::new()
    }
}

#[cfg(test)]
mod tests {
    use domain::Field::{AmountDue, DunningFee, DunningLevel};

    use crate::testing::{check, findings, value};

    #[test]
    fn the_level_follows_the_title() {
        for (title, level) in [
            ("Zahlungserinnerung", "1"),
            ("2. Mahnung", "2"),
            ("Zweite Mahnung", "2"),
            ("LETZTE MAHNUNG", "3"),
            ("Final notice", "3"),
        ] {
            assert_eq!(
                value(&format!("Muster GmbH\n\n{title}\n\nSehr geehrte Frau Beispiel,"), DunningLevel).as_deref(),
                Some(level),
                "{title}"
            );
        }
    }

    #[test]
    fn the_fee_is_not_the_claim_and_both_prove_each_other() {
        let letter =
            "Muster GmbH\n\n2. Mahnung\n\nRechnung 12    100,00 €\nMahngebühr    5,00 €\nGesamtforderung    105,00 €";
        check(letter, &[(DunningFee, "5.00"), (AmountDue, "105.00")]);
        assert!([DunningFee, AmountDue].iter().all(|field| findings(letter).best(*field).unwrap().certain));
    }
}
