//! Who sends the letter: the letterhead, the small line above the address, the footer; never the reader.

use domain::{Check, DocumentKind, Fact, Field, Origin, Value, normalised_name};

use super::Extractor;
use crate::address::{self, Party};
use crate::context::Context;
use crate::forms::{amounts, dates, pattern};
use crate::labels::{Found, Place, found};
use crate::layout::{Row, Run};

pub(super) struct Sender;

impl Extractor for Sender {
    fn id(&self) -> &'static str {
        "sender"
    }

    fn run(&self, context: &Context) -> Vec<Fact> {
        let reader: Vec<String> = address::recipient(&context.layout)
            .unwrap_or_default()
            .iter()
            .map(|run| normalised_name(&run.text))
            .chain(super::recipient::greeted_name(context).iter().map(|name| normalised_name(name)))
            .chain(context.known.own_names.iter().map(|name| normalised_name(name)))
            .filter(|name| name.len() > 3)
            .collect();
        let mut names = Vec::new();
        // A slip of a till has no addressee: what looks like a return address is the shop's own.
        if !super::till_receipt::is_slip(context) {
            return_lines(context, &mut names);
        }
        letterhead(context, &mut names);
        stamp(context, &mut names);
        footer(context, &mut names);
        labelled(context, &mut names);
        names.retain(|(name, _)| {
            let plain = normalised_name(&name.value);
            !plain.is_empty()
                && !reader.iter().any(|own| *own == plain || own.ends_with(&plain) || plain.ends_with(own.as_str()))
        });
        names
            .iter()
            .map(|(name, weight)| {
                // The same name in another place of the page is an independent witness.
                let plain = normalised_name(&name.value);
                let witnesses = names
                    .iter()
                    .filter(|(other, _)| {
                        (other.evidence.rect.y - name.evidence.rect.y).abs() > 0.02
                            && alike(&normalised_name(&other.value), &plain)
                    })
                    .count();
                // A name with a legal form comes again anywhere but among the reader's particulars.
                let again = address::is_organisation(&name.value)
                    && context.layout.cells().any(|cell| {
                        ((cell.rect.y - name.evidence.rect.y).abs() > 0.02 || cell.page != name.evidence.page)
                            && normalised_name(&cell.text).starts_with(&plain)
                            && address::party_of(&context.layout, cell) != Some(Party::Reader)
                    });
                let witnesses = witnesses + usize::from(again);
                let boost = if witnesses > 0 { 0.12 } else { 0.0 };
                // "Muster" and "Muster Handel GmbH" are the same: the fuller name is worth as much as the shorter.
                let shorter = names.iter().filter(|(other, _)| plain.starts_with(&normalised_name(&other.value)));
                let weight = shorter.map(|(_, weight)| *weight).fold(*weight, f32::max);
                // A logo is often the first word of the name only.
                let outdone = names.iter().any(|(other, _)| {
                    let other = &other.value;
                    other.len() > name.value.len() + 3
                        && address::is_organisation(other)
                        && !address::is_organisation(&name.value)
                        && normalised_name(other).starts_with(&plain)
                });
                let weight = if outdone { 0.85 * weight } else { weight };
                let fuller = 0.0005 * name.value.chars().count().min(40) as f32;
                let higher = 0.03 * (0.3 - name.evidence.rect.y).max(0.0);
                let mut fact = name.clone().fact(self.id(), Field::SellerName, weight, Value::Text);
                fact.confidence = ((fact.confidence + boost).min(0.95) + fuller + higher).min(1.0);
                fact.checks = if witnesses > 0 { vec![Check::SourcesAgree] } else { Vec::new() };
                // A line with the whole address, or "Verkäufer:", says what the name is.
                if weight >= 0.8 && address::is_organisation(&name.value) && !outdone {
                    fact.checks.push(Check::Labelled);
                }
                // Without a legal form it may be the reader's name, who is named twice as well.
                let sure = if address::is_organisation(&name.value) { 0.7 } else { 0.8 };
                fact.certain = witnesses > 0 && weight >= sure && !outdone;
                fact
            })
            .collect()
    }
}

/// Whether two normalised names are the same, or one is the other's beginning.
fn alike(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    short.len() > 3 && (long.starts_with(short) || strsim::jaro_winkler(a, b) > 0.95)
}

type Named = (Found<String>, f32);

fn named(run: &Run, name: &str, weight: f32, names: &mut Vec<Named>) {
    // How a contract names its parties.
    let lead = pattern!(r"^(?:zwischen|between)\s+(?:(?:der|dem|den|the)\s+)?");
    let party = lead.find(name).map(|lead| name.get(lead.end()..).unwrap_or_default());
    // The first party is the one that wrote it.
    let (name, weight) = party.map_or((name, weight), |party| (party, weight.max(0.85)));
    // Specks and strokes of a picture are read as single letters and marks before it.
    let name = name.trim_start_matches(|c: char| !c.is_alphanumeric());
    let speck = pattern!(r"^(?-i:\p{Ll}|\d) (?-i:\p{Lu})");
    let name = if run.origin == Origin::Ocr && speck.is_match(name) { name.get(2..).unwrap_or(name) } else { name };
    let Some(start) = run.text.find(name) else { return };
    let name = name.trim().trim_end_matches([',', ';', '·', '-', '–', ' ']);
    if !address::is_no_name(name) {
        names.push((found(run, start..start + name.len(), name.to_owned(), Place::Behind), weight));
    }
}

/// `Name · Street 1 · 12345 Ort` above the address.
fn return_lines(context: &Context, names: &mut Vec<Named>) {
    let upper = context.layout.cells().filter(|cell| cell.page == 1 && cell.rect.y < 0.45);
    for cell in upper.filter(|cell| address::is_return_address(&cell.text)) {
        let parts = address::parts(&cell.text);
        // Something else may stand before the name; a person's name is no organisation's.
        if let Some(name) = parts.iter().find(|part| address::is_organisation(part)).or(parts.first()) {
            named(cell, name, if cell.rect.y < 0.3 { 0.86 } else { 0.6 }, names);
        }
    }
    // Wide dots part the line into cells.
    for row in context.layout.rows.iter().filter(|row| address::is_return_row(&row.cells)) {
        if let Some(cell) = row.cells.first().filter(|cell| cell.page == 1 && cell.rect.y < 0.45) {
            named(cell, &cell.text, 0.84, names);
        }
    }
}

/// The top of the first page: names of organisations, and large letters.
fn letterhead(context: &Context, names: &mut Vec<Named>) {
    let mut first = true;
    // What stands beside an amount is a line of the bill.
    let plain = |row: &&Row| row.cells.iter().all(|cell| amounts::find(&cell.text).is_empty());
    let cells = context.layout.rows.iter().filter(plain).flat_map(|row| &row.cells);
    for cell in cells.take_while(|cell| cell.page == 1) {
        if cell.rect.y > 0.22 && !first {
            break;
        }
        let name = address::parts(&cell.text).first().copied().unwrap_or_default();
        // "Musterstadt, den 3. Februar": where it was written.
        let placed =
            !dates::find(&cell.text, context.order).is_empty() && pattern!(r",\s*(?:den|am|le)\b").is_match(&cell.text);
        if placed {
            continue;
        }
        // A page that is nothing else has no letterhead either, only a first line.
        let guess = context.kind() == DocumentKind::Other && !address::is_organisation(name);
        if guess || address::is_no_name(name) {
            continue;
        }
        let large = cell.rect.h > 1.25 * context.layout.word_height;
        let weight = match (address::is_organisation(name), large) {
            (true, true) => 0.78,
            (true, false) => 0.72,
            (false, true) => 0.6,
            (false, false) if first => 0.5,
            (false, false) => 0.3,
        };
        // "- Zentrale Stelle -" is a part of what stands above it.
        let weight = if cell.text.starts_with(['-', '–']) { 0.8 * weight } else { weight };
        // A hyphen inside a name is no separator: "Musterstadt – Ordnungsamt" is one office.
        let whole = pattern!(r"\s[–-]\s").is_match(&cell.text)
            && !address::is_no_name(&cell.text)
            && address::is_organisation(&cell.text);
        named(cell, if whole { &cell.text } else { name }, weight, names);
        first = false;
    }
}

/// A stamp anywhere below: the name of an organisation or a practice over its address.
fn stamp(context: &Context, names: &mut Vec<Named>) {
    let cells: Vec<&Run> = context.layout.cells().filter(|cell| cell.page == 1).collect();
    for (at, cell) in cells.iter().enumerate().filter(|(_, cell)| cell.rect.y > 0.22) {
        let below = cells.iter().skip(at + 1).filter(|other| (other.rect.x - cell.rect.x).abs() < 0.05);
        let mut near = below.take_while(|other| other.rect.y - cell.rect.bottom() < 5.0 * cell.rect.h);
        if address::is_organisation(&cell.text)
            && !address::is_bank(&cell.text)
            && near.any(|other| address::names_place(&other.text))
            && address::party_of(&context.layout, cell).is_none()
        {
            named(cell, &cell.text, 0.45, names);
        }
    }
}

/// The bottom of the pages: names with a legal form.
fn footer(context: &Context, names: &mut Vec<Named>) {
    let particulars = pattern!(r"\b(?:hrb|hra|amtsgericht|ust-?id|geschäftsführer)\b");
    for cell in context.layout.cells().filter(|cell| cell.rect.y > 0.8 || particulars.is_match(&cell.text)) {
        let parts = address::parts(&cell.text);
        if let Some(name) = parts.first().filter(|part| address::is_organisation(part)) {
            // The bank at the foot holds the sender's account.
            named(cell, name, if address::is_bank(name) { 0.3 } else { 0.6 }, names);
        }
    }
}

/// `Verkäufer:` and its like, with the name behind or on the next line.
fn labelled(context: &Context, names: &mut Vec<Named>) {
    let seller = pattern!(
        r"^\W*(?:verkäufer|rechnungssteller|rechnungsersteller|absender|auftragnehmer|seller|supplier|vendor|issued by|invoice from|from|von)\b\s*:?\s*"
    );
    let payee = pattern!(
        r"^\W*(?:konto / zahlbar an|zahlbar an|account / payable to|payable to|empfänger|zahlungsempfänger|kontoinhaber)\b\s*:?\s*$"
    );
    let rows = &context.layout.rows;
    for (r, row) in rows.iter().enumerate() {
        for (c, cell) in row.cells.iter().enumerate() {
            let (end, weight) = match (seller.find(&cell.text), payee.find(&cell.text)) {
                (Some(hit), _) if hit.end() == cell.text.len() || hit.as_str().contains(':') => (hit.end(), 0.8),
                (_, Some(hit)) => (hit.end(), 0.5),
                _ => continue,
            };
            let rest = cell.text.get(end..).unwrap_or_default();
            let below = || {
                let lower = rows.iter().skip(r + 1).take(4).flat_map(|row| &row.cells);
                let mut column = lower.filter(|b| b.page == cell.page && (b.rect.x - cell.rect.x).abs() < 0.03);
                column.find(|below| !address::is_no_name(&below.text))
            };
            let (run, text) = if rest.len() > 3 {
                (cell, rest)
            } else if let Some(next) = row.cells.get(c + 1).or_else(below) {
                (next, next.text.as_str())
            } else {
                continue;
            };
            // "Name <address>" in mails.
            named(run, text.split(['<', '(']).next().unwrap_or(text).trim(), weight, names);
        }
    }
}

#[cfg(test)]
mod tests {
    use domain::{Field, Known};

    use crate::testing::{findings, page, value};

    const LETTER: &str = "Muster Handel GmbH\n\n\n\n\n\nMuster Handel GmbH · Hauptstraße 1 · 12345 Berlin\n\nHerrn\nMax Beispiel\nAm Weg 2\n54321 Dorf\n\nRechnung 12\n\nIBAN DE89 3704 0044 0532 0130 00";

    #[test]
    fn letterhead_and_return_line_prove_the_sender() {
        let found = findings(LETTER);
        let sender = found.best(Field::SellerName).unwrap();
        assert_eq!(sender.value.plain(), "Muster Handel GmbH");
        assert!(sender.certain, "{sender:?}");
        assert_eq!(value(LETTER, Field::BuyerName).as_deref(), Some("Max Beispiel"));
    }

    #[test]
    fn a_party_of_a_contract_is_named_without_the_words_around_it() {
        let contract = "STUDIO\n\nMitgliedsvertrag Nr. 7\nzwischen der Muster Sport GmbH, Am Weg 3, 12345 Berlin, und\nMax Beispiel";
        assert_eq!(value(contract, Field::SellerName).as_deref(), Some("Muster Sport GmbH"));
    }

    #[test]
    fn a_stamp_names_the_sender_and_the_patient_is_the_reader() {
        let recipe = "Max Beispiel             Privatrezept\nAm Weg 2\n54321 Dorf\ngeb. 01.01.1980\n\nRp.\nTabletten 100 mg N3\n\n\n\n\n\n\n\n\nDr. med. Erika Muster\nFachärztin\nHauptstraße 1, 12345 Berlin";
        assert_eq!(value(recipe, Field::SellerName).as_deref(), Some("Dr. med. Erika Muster"));
        assert_eq!(value(recipe, Field::BuyerName).as_deref(), Some("Max Beispiel"));
    }

    #[test]
    fn where_a_letter_was_written_is_not_who_wrote_it() {
        assert_eq!(value("Bad Musterstadt, den 3. Februar 2026\n\nLieber Max,", Field::SellerName), None);
    }

    #[test]
    fn the_reader_is_never_the_sender() {
        let known = Known { own_names: vec!["Max Beispiel".to_owned()], ..Known::default() };
        let found = crate::understand(&page("Max Beispiel\n\nRechnung 12\nMuster GmbH"), &known);
        assert!(found.facts.iter().all(|f| f.field != Field::SellerName || f.value.plain() != "Max Beispiel"));
        assert_eq!(found.value(Field::BuyerName).map(|v| v.plain()).as_deref(), Some("Max Beispiel"));
    }

    #[test]
    fn the_bank_at_the_foot_is_not_the_sender() {
        let letter = format!(
            "{}\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\nMusterbank AG · IBAN DE89 3704 0044 0532 0130 00",
            "Atelier Muster\nHauptstraße 1\n12345 Berlin\n\n\nRechnung 12"
        );
        assert_eq!(value(&letter, Field::SellerName).as_deref(), Some("Atelier Muster"));
    }
}
