//! The currency: the one that stands beside the amounts.

use std::collections::BTreeMap;

use domain::{Check, Fact, Field, Origin, Value};

use super::Extractor;
use crate::context::Context;
use crate::forms::{amounts, pattern};
use crate::labels::{Found, Place, found};

pub(super) struct Currencies;

impl Extractor for Currencies {
    fn id(&self) -> &'static str {
        "currency"
    }

    fn run(&self, context: &Context) -> Vec<Fact> {
        let mut seen: BTreeMap<String, (usize, Found<domain::Currency>)> = BTreeMap::new();
        let alone = pattern!(r"(?:\b(?:EUR|CHF|USD|GBP)\b|€|£)");
        let label = pattern!(r"\b(?:\p{L}*währung|currency|beträge in|amounts in|all (?:prices|amounts) in)\W*$");
        let mut labelled = false;
        for cell in context.layout.cells() {
            let named = alone.find(&cell.text).is_some_and(|hit| label.is_match(&cell.text[..hit.start()]));
            labelled |= named;
            let beside: Vec<_> =
                amounts::find(&cell.text).into_iter().filter_map(|a| Some((a.range, a.currency?))).collect();
            let apart = |at: usize| !beside.iter().any(|(range, _)| range.contains(&at));
            let heading = alone
                .find_iter(&cell.text)
                .filter(|m| apart(m.start()))
                .filter_map(|m| Some((m.range(), amounts::currency(m.as_str())?)));
            for (range, currency) in beside.iter().cloned().chain(heading) {
                let first = || (0, found(cell, range, currency, Place::Behind));
                seen.entry(currency.to_string()).or_insert_with(first).0 += 1;
            }
        }
        // Recognition takes the sign of a paragraph for a dollar's.
        if seen.len() > 1 && seen.get("USD").is_some_and(|(_, found)| found.origin == Origin::Ocr) {
            seen.remove("USD");
        }
        let all: usize = seen.values().map(|(count, _)| count).sum();
        seen.into_values()
            .map(|(count, found)| {
                let share = count as f32 / all.max(1) as f32;
                let mut fact = found.fact(self.id(), Field::Currency, 0.95 * share, Value::Currency);
                // The same sign wherever there is one.
                fact.checks =
                    if count == all && (count >= 2 || labelled) { vec![Check::SourcesAgree] } else { Vec::new() };
                fact.certain = !fact.checks.is_empty();
                fact
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use domain::Field::Currency;

    use crate::testing::{findings, value};

    #[test]
    fn the_currency_beside_most_amounts_wins() {
        assert_eq!(value("Rechnung\n\nSumme    12,00 €\nInfo: 1,00 $ und 2,00 €", Currency).as_deref(), Some("EUR"));
        assert_eq!(value("Rechnung\n\nBetrag    CHF 12.00", Currency).as_deref(), Some("CHF"));
        assert!(
            !findings("Rechnung\n\nBetrag    CHF 12.00")
                .best(Currency)
                .unwrap()
                .checks
                .contains(&domain::Check::SourcesAgree),
            "one sign alone has no witness"
        );
    }
}
