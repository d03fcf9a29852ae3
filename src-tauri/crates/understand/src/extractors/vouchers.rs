//! Vouchers: until when they can be used, and what they are worth.

use domain::{DocumentKind, Fact, Field, Value};

use super::Extractor;
use crate::context::Context;
use crate::forms::{amounts, dates, partial_days, pattern};
use crate::labels::{Place, found};
use crate::prose;

pub(super) struct Vouchers;

impl Extractor for Vouchers {
    fn id(&self) -> &'static str {
        "vouchers"
    }

    fn run(&self, context: &Context) -> Vec<Fact> {
        let may = matches!(
            context.kind(),
            DocumentKind::Letter
                | DocumentKind::Other
                | DocumentKind::Appointment
                | DocumentKind::EventRegistration
                // A voucher that was bought looks like one; what it is worth and its number stand on it.
                | DocumentKind::Advertisement
        );
        let numbered = pattern!(r"\b(?:nr\.|nummer|gutscheincode|code|no\.|number)\W{0,3}[\w-]*\d");
        let is_bought = context.kind() != DocumentKind::Advertisement || numbered.is_match(&context.text);
        // A title, not a sentence about one that may come.
        let title = pattern!(
            r"^\W*(?:\p{L}+[\s-]){0,2}(?:\p{L}*gutschein|voucher|gift card|gift certificate|geschenkkarte|gift for you|voucher code|gutscheincode)\b(?:\W|$)"
        );
        let is_title = |cell: &&crate::layout::Run<'_>| cell.len() <= 5 && title.is_match(&cell.text);
        let Some(head) = context.layout.cells().find(is_title).filter(|_| may && is_bought) else { return Vec::new() };
        let until = pattern!(
            r"(?:\bgültig\b|\bgilt\b|\bgültigkeit|\beinlös|\beinzulös|\bnutz|\bverwend|\bläuft\b|\bverfäll|\bvalid|\bexpir|\buse (?:it|this)\b|\bredeem|\bspend)"
        );
        let by = pattern!(r"\b(?:bis|by|until|before|through|on|am|spätestens)\b[^.;!?]{0,28}$");
        let issued = super::issued(context).map(|(day, _)| day);
        let mut facts = Vec::new();
        for run in &context.layout.paragraphs {
            let printed = dates::find(&run.text, context.order);
            let partly = issued.map_or_else(Vec::new, |day| partial_days::find(&run.text, day));
            for (range, day) in printed.into_iter().chain(partly) {
                let sentence = prose::sentence(&run.text, range.start);
                let text = run.text.get(sentence.clone()).unwrap_or_default();
                let before = run.text.get(sentence.start..range.start).unwrap_or_default();
                if until.is_match(text) && by.is_match(before) {
                    facts.push(found(run, range, day, Place::Behind).fact(
                        self.id(),
                        Field::RedeemBy,
                        0.84,
                        Value::Date,
                    ));
                }
            }
        }
        // The largest amount in the title or close below it.
        let near = context
            .layout
            .cells()
            .filter(|cell| cell.page == head.page && (-0.01..0.09).contains(&(cell.rect.y - head.rect.y)));
        let amounts = |cell: &'_ crate::layout::Run<'_>| amounts::find(&cell.text);
        let worth = near.flat_map(|cell| amounts(cell).into_iter().map(move |amount| (cell, amount)));
        // Or what it says that it is worth, wherever: "im Wert von 60,00 €".
        let says =
            pattern!(r"\b(?:im wert von|wert:?|guthaben von|in höhe von|worth|value:?|amount of)\W{0,8}(?:eur|€)?\W*$");
        let said = context.layout.cells().flat_map(|cell| amounts(cell).into_iter().map(move |amount| (cell, amount)));
        let mut said = said.filter(|(cell, amount)| {
            cell.text.get(..amount.range.start).is_some_and(|before| says.is_match(before))
                || amounts(cell).len() == 1 && pattern!(r"^\W*(?:im wert von|worth)\b").is_match(&cell.text)
        });
        let worth = worth.max_by_key(|(_, amount)| amount.value.abs()).or_else(|| said.next());
        if let Some((cell, amount)) = worth.filter(|_| !facts.is_empty()) {
            let worth = found(cell, amount.range, amount.value.abs(), Place::Right);
            facts.push(worth.fact(self.id(), Field::TotalGross, 0.8, Value::Amount));
        }
        facts
    }
}

#[cfg(test)]
mod tests {
    use domain::Field::RedeemBy;

    use crate::testing::{check, value};

    #[test]
    fn a_voucher_is_used_by_its_day_however_it_says_so() {
        for line in [
            "Gilt bis einschließlich 31.12.2026.",
            "einlösbar bis zum 31.12.2026, auch in Teilen",
            "Please use it by 31 December 2026.",
        ] {
            check(
                &format!(
                    "Buchladen Muster\n\n12. Januar 2026\n\nLiebe Frau Beispiel,\n\nviel Freude beim Stöbern!\n\nGUTSCHEIN\nüber 60,00 €\n\n{line}"
                ),
                &[(RedeemBy, "2026-12-31")],
            );
        }
        assert_eq!(value("Muster GmbH\n\nDatum 12.01.2026\n\nDie Preise gelten bis zum 31.12.2026.", RedeemBy), None);
    }
}
