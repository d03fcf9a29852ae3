//! To whom the letter is addressed.

use domain::{Check, Fact, Field, Value, normalised_name};

use super::Extractor;
use crate::address;
use crate::context::{Context, is_salutation};
use crate::forms::pattern;
use crate::labels::{Found, Place, found};

pub(super) struct Recipient;

impl Extractor for Recipient {
    fn id(&self) -> &'static str {
        "recipient"
    }

    fn run(&self, context: &Context) -> Vec<Fact> {
        let mut facts = Vec::new();
        // The address on a slip is the shop's.
        let block = address::recipient(&context.layout).filter(|_| !context.layout.is_slip());
        if let Some(block) = block {
            let title = pattern!(
                r"^\W*(?:herrn?(?: und frau)?|frau(?: und herrn?)?|eheleute|familie|firma|an (?:die|den|das)|mr|mrs|ms)\b\.?,?\s*"
            );
            // The first line with a name; crumbs of recognition and titles alone are none.
            let name = block.iter().find_map(|run| {
                let start = title.find(&run.text).map_or(0, |hit| hit.end());
                let name = run.text.get(start..)?.trim();
                (!address::is_no_name(name)
                    && !name.contains(['·', '•'])
                    && !name.contains(" - ")
                    && name.chars().count() >= 4)
                    .then(|| (*run, start, name.to_owned()))
            });
            if let Some((run, start, name)) = name {
                let greeted = is_greeted(context, &name);
                let hit = found(run, start..run.text.len(), name, Place::Behind);
                let mut fact = hit.fact(self.id(), Field::BuyerName, 0.87, Value::Text);
                if greeted {
                    fact.checks.push(Check::SourcesAgree);
                    fact.certain = true;
                }
                facts.push(fact);
            }
        }
        // "Empfänger: Max Beispiel, Am Weg 2, 54321 Dorf" in one line.
        let label = pattern!(
            r"^(?:empfänger(?:in)?|recipient|deliver(?:ed)? to|sold to|bill(?:ed)? to|kunde|kundin|auftraggeber(?:in)?|patient(?:in)?|gekauft von|purchased by|versicherte[r]?|mitglied)\s*:\s*(?:herrn?|frau|mr|mrs|ms)?\.?\s*(?P<name>(?-i:\p{Lu})[^,:·\d]{3,40}?)(?:\s+(?:am|on)\b|[,·\d]|$)"
        );
        for cell in context.layout.cells() {
            let Some(name) = label.captures(&cell.text).and_then(|hit| hit.name("name")) else { continue };
            if !address::is_no_name(name.as_str()) {
                let hit = found(cell, name.range(), name.as_str().trim().to_owned(), Place::Behind);
                facts.push(hit.fact(self.id(), Field::BuyerName, 0.75, Value::Text));
            }
        }
        if let Some(hit) = greeting(context) {
            facts.push(hit.fact(self.id(), Field::BuyerName, 0.7, Value::Text));
        }
        for own in &context.known.own_names {
            let wanted = normalised_name(own);
            let cell =
                context.layout.cells().find(|cell| !wanted.is_empty() && normalised_name(&cell.text).contains(&wanted));
            if let Some(cell) = cell {
                let hit = found(cell, 0..cell.text.len(), own.clone(), Place::Behind);
                let mut fact = hit.fact(self.id(), Field::BuyerName, 0.97, Value::Text);
                fact.checks = vec![Check::SourcesAgree];
                facts.push(fact);
            }
        }
        facts
    }
}

/// `Hallo Max Beispiel,`: a greeting with the whole name.
fn greeting(context: &Context) -> Option<Found<String>> {
    let form = pattern!(
        r"^(?:hallo|hi|dear|liebe[rs]?|guten tag|sehr geehrte[rs]?)\s+(?:(?:frau|herr|mr|mrs|ms)\.?\s+)?(?P<name>(?-i:(?:Dr\. )?\p{Lu}[\p{L}-]+ \p{Lu}[\p{L}-]+))\s*[,!]"
    );
    let title = pattern!(r"^(?:frau|herr|mr|mrs|ms|damen|team)\b");
    context.layout.cells().find_map(|cell| {
        let name = form.captures(&cell.text)?.name("name").filter(|name| !title.is_match(name.as_str()))?;
        Some(found(cell, name.range(), name.as_str().to_owned(), Place::Behind))
    })
}

/// Whether the letter greets the family name at the end of `name`.
fn is_greeted(context: &Context, name: &str) -> bool {
    const LONGEST: usize = 9;
    let family = normalised_name(name.split_whitespace().next_back().unwrap_or_default());
    family.chars().count() > 3
        && context.layout.cells().any(|cell| {
            is_salutation(&cell.text)
                && cell.len() <= LONGEST
                && cell.text.split_whitespace().any(|word| normalised_name(word) == family)
        })
}

/// The name in the greeting, if it is whole.
pub(super) fn greeted_name(context: &Context) -> Option<String> {
    greeting(context).map(|hit| hit.value)
}

#[cfg(test)]
mod tests {
    use domain::Field::BuyerName;

    use crate::testing::findings;

    #[test]
    fn address_and_greeting_prove_the_reader() {
        let letter = "Muster GmbH · Hauptstraße 1 · 12345 Berlin\n\nHerrn\nMax Beispiel\nAm Weg 2\n54321 Dorf\n\nRechnung 12\n\n";
        let certain = |greeting: &str| {
            let found = findings(&format!("{letter}{greeting}"));
            let fact = found.best(BuyerName).unwrap();
            assert_eq!(fact.value.plain(), "Max Beispiel");
            fact.checks.contains(&domain::Check::SourcesAgree)
        };
        assert!(certain("Sehr geehrter Herr Beispiel,"));
        assert!(!certain("Sehr geehrte Damen und Herren,"));
    }
}
