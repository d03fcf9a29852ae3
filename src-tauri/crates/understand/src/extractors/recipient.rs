//! To whom the letter is addressed.

use domain::{Check, DocumentKind, Fact, Field, Value, normalised_name};

use super::Extractor;
use crate::address::{self, Party};
use crate::context::{Context, is_salutation};
use crate::forms::pattern;
use crate::labels::{Found, Place, found};
use crate::layout::Run;

pub(super) struct Recipient;

impl Extractor for Recipient {
    fn id(&self) -> &'static str {
        "recipient"
    }

    fn run(&self, context: &Context) -> Vec<Fact> {
        let named = |found: Found<String>, weight| found.fact(self.id(), Field::BuyerName, weight, Value::Text);
        let mut facts = Vec::new();
        if let Some(hit) = addressed(context) {
            let greeted = is_greeted(context, &hit.value);
            let mut fact = named(hit, 0.87);
            if greeted {
                fact.checks.push(Check::SourcesAgree);
                fact.certain = true;
            }
            facts.push(fact);
        }
        if is_seller(context) {
            for fact in &mut facts {
                fact.confidence *= 0.4;
                fact.certain = false;
            }
        }
        facts.extend(labelled(context).into_iter().map(|hit| named(hit, 0.75)));
        facts.extend(greeting(context).map(|hit| named(hit, 0.7)));
        let own = own_names(context).into_iter();
        facts.extend(own.map(|hit| Fact { checks: vec![Check::SourcesAgree], ..named(hit, 0.97) }));
        facts
    }
}

/// The name in the address: its first line with one; crumbs of recognition and titles alone are none.
fn addressed(context: &Context) -> Option<Found<String>> {
    let title = pattern!(
        r"^\W*(?:herrn?(?: und frau)?|frau(?: und herrn?)?|eheleute|firma|an (?:die|den|das)|mr|mrs|ms)\b\.?,?\s*"
    );
    // The address on a slip is the shop's.
    let block = address::recipient(&context.layout).filter(|_| !context.layout.is_slip())?;
    let mut lines = block.into_iter().peekable();
    while let Some(run) = lines.next() {
        let start = title.find(&run.text).map_or(0, |hit| hit.end());
        let Some(name) = run.text.get(start..).map(str::trim) else { continue };
        let is_name = !address::is_no_name(name)
            && !name.contains(['·', '•'])
            && !name.contains(" - ")
            && name.chars().count() >= 4
            && !is_senders(context, run, name);
        if is_name {
            // "Max Beispiel und" goes on in the next line.
            let more = lines.peek().filter(|_| pattern!(r"\s(?:und|u\.|&|and)$").is_match(name));
            let name = more.map_or_else(|| name.to_owned(), |more| format!("{name} {}", more.text.trim()));
            return Some(found(run, start..run.text.len(), name, Place::Behind));
        }
    }
    None
}

/// Whether a firm is named above its line as well: the sender's is, in its letterhead.
fn is_senders(context: &Context, line: &Run, name: &str) -> bool {
    let wanted = normalised_name(name);
    let mut above = context.layout.cells().filter(|cell| cell.page == 1 && cell.rect.bottom() < line.rect.y);
    address::has_legal_form(name) && above.any(|cell| normalised_name(&cell.text).contains(&wanted))
}

/// "Empfänger: Max Beispiel, Am Weg 2, 54321 Dorf" in one line.
fn labelled(context: &Context) -> Vec<Found<String>> {
    let label = pattern!(
        r"^(?:empfänger(?:in)?|recipient|deliver(?:ed)? to|sold to|bill(?:ed)? to|kunde|kundin|auftraggeber(?:in)?|patient(?:in)?|gekauft von|purchased by|versicherte[r]?|mitglied)\s*:\s*(?:herrn?|frau|mr|mrs|ms)?\.?\s*(?P<name>(?-i:\p{Lu})[^,:·\d]{3,40}?)(?:\s+(?:am|on)\b|[,·\d]|$)"
    );
    let named = context.layout.cells().filter_map(|cell| {
        let name = label.captures(&cell.text)?.name("name").filter(|name| !address::is_no_name(name.as_str()))?;
        Some(found(cell, name.range(), name.as_str().trim().to_owned(), Place::Behind))
    });
    // "Käufer" over "Name: Max Beispiel", as pages show the data of an invoice.
    let below = context.layout.cells().filter_map(|cell| {
        let name = address::name_in(&cell.text);
        let is_buyer = name.len() < cell.text.len()
            && !address::is_no_name(name)
            && address::party_of(&context.layout, cell) == Some(Party::Reader);
        let start = cell.text.len() - name.len();
        is_buyer.then(|| found(cell, start..cell.text.len(), name.trim().to_owned(), Place::Behind))
    });
    named.chain(below).collect()
}

/// Whether the reader is the one who delivered: the sender writes the bill in the reader's place (UStG § 14 (2)).
fn is_seller(context: &Context) -> bool {
    context.kind() == DocumentKind::SelfBilledInvoice
        || pattern!(
            r"\b(?:gutschrifts?verfahren|gutschrift im sinne des § ?14|abrechnung per gutschrift|self-?billed|self-?billing)\b"
        )
        .is_match(&context.text)
}

/// The names that the reader is known by, each where it first stands.
fn own_names(context: &Context) -> Vec<Found<String>> {
    let named = context.known.own_names.iter().filter_map(|own| {
        let wanted = Some(normalised_name(own)).filter(|wanted| !wanted.is_empty())?;
        let cell = context.layout.cells().find(|cell| normalised_name(&cell.text).contains(&wanted))?;
        Some(found(cell, 0..cell.text.len(), own.clone(), Place::Behind))
    });
    named.collect()
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
