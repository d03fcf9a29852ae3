//! Who sends the letter: the letterhead, the small line above the address, the footer; never the reader.

use domain::{Check, Fact, Field, Known, KnownCorrespondent, Value, normalised_name};

use super::Extractor;
use crate::address;
use crate::context::Context;
use crate::forms::{identifiers, pattern};
use crate::labels::{Found, Place, found};
use crate::layout::Run;

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
            .chain(context.known.own_names.iter().map(|name| normalised_name(name)))
            .filter(|name| name.len() > 3)
            .collect();
        let mut names = Vec::new();
        return_lines(context, &mut names);
        letterhead(context, &mut names);
        footer(context, &mut names);
        labelled(context, &mut names);
        names.retain(|(name, _)| {
            let plain = normalised_name(&name.value);
            !plain.is_empty() && !reader.iter().any(|own| *own == plain || own.ends_with(&plain) || plain.ends_with(own.as_str()))
        });
        let mut facts: Vec<Fact> = names
            .iter()
            .map(|(name, weight)| {
                // The same name in another place of the page is an independent witness.
                let plain = normalised_name(&name.value);
                let witnesses = names
                    .iter()
                    .filter(|(other, _)| {
                        (other.evidence.rect.y - name.evidence.rect.y).abs() > 0.02 && alike(&normalised_name(&other.value), &plain)
                    })
                    .count();
                let boost = if witnesses > 0 { 0.12 } else { 0.0 };
                let confidence = (name.confidence(*weight) + boost).min(0.97);
                let mut fact = name.clone().fact(self.id(), Field::SellerName, confidence, Value::Text);
                fact.checks = if witnesses > 0 { vec![Check::SourcesAgree] } else { Vec::new() };
                fact.certain = witnesses > 0 && *weight >= 0.8;
                fact
            })
            .collect();
        facts.extend(self.known(context));
        facts
    }
}

/// Whether two normalised names are the same, or one is the other's beginning.
fn alike(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    short.len() > 3 && (long.starts_with(short) || strsim::jaro_winkler(a, b) > 0.95)
}

type Named = (Found<String>, f32);

fn named(run: &Run, name: &str, weight: f32, names: &mut Vec<Named>) {
    let Some(start) = run.text.find(name) else { return };
    let name = name.trim().trim_end_matches([',', ';', '·']);
    if !address::is_no_name(name) {
        names.push((found(run, start..start + name.len(), name.to_owned(), Place::Behind), weight));
    }
}

/// `Name · Street 1 · 12345 Ort` above the address.
fn return_lines(context: &Context, names: &mut Vec<Named>) {
    let upper = context.layout.cells().filter(|cell| cell.page == 1 && cell.rect.y < 0.45);
    for cell in upper.filter(|cell| address::is_return_address(&cell.text)) {
        if let Some(first) = address::parts(&cell.text).first() {
            named(cell, first, 0.86, names);
        }
    }
}

/// The top of the first page: names of organisations, and large letters.
fn letterhead(context: &Context, names: &mut Vec<Named>) {
    let mut first = true;
    for cell in context.layout.cells().take_while(|cell| cell.page == 1) {
        if cell.rect.y > 0.22 && !first {
            break;
        }
        let name = address::parts(&cell.text).first().copied().unwrap_or_default();
        if address::is_no_name(name) {
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
        // A hyphen inside a name is no separator: "Musterstadt – Ordnungsamt" is one office.
        let whole = pattern!(r"\s[–-]\s").is_match(&cell.text) && !address::is_no_name(&cell.text) && address::is_organisation(&cell.text);
        named(cell, if whole { &cell.text } else { name }, weight, names);
        first = false;
    }
}

/// The bottom of the pages: names with a legal form.
fn footer(context: &Context, names: &mut Vec<Named>) {
    for cell in context.layout.cells().filter(|cell| cell.rect.y > 0.8) {
        let parts = address::parts(&cell.text);
        if let Some(name) = parts.first().filter(|part| address::is_organisation(part)) {
            named(cell, name, 0.55, names);
        }
    }
}

/// `Verkäufer:` and its like, with the name behind or on the next line.
fn labelled(context: &Context, names: &mut Vec<Named>) {
    let label = pattern!(
        r"^\W*(?:verkäufer|rechnungssteller|rechnungsersteller|absender|auftragnehmer|seller|supplier|vendor|issued by|invoice from|from|von|konto / zahlbar an|zahlbar an|empfänger|zahlungsempfänger|kontoinhaber)\W*$|^\W*(?:verkäufer|rechnungssteller|absender|seller|supplier|from|von)\s*:\s*"
    );
    let rows = &context.layout.rows;
    for (r, row) in rows.iter().enumerate() {
        for (c, cell) in row.cells.iter().enumerate() {
            let Some(hit) = label.find(&cell.text) else { continue };
            let rest = cell.text.get(hit.end()..).unwrap_or_default();
            if rest.len() > 3 {
                let name = rest.split(['<', '(']).next().unwrap_or(rest);
                named(cell, name.trim(), 0.7, names);
                continue;
            }
            let below = rows.iter().skip(r + 1).take(3).flat_map(|row| &row.cells).find(|below| {
                below.page == cell.page && (below.rect.x - cell.rect.x).abs() < 0.03 && !pattern!(r"\d{4}").is_match(&below.text)
            });
            if let Some(name) = row.cells.get(c + 1).or(below) {
                named(name, &name.text.clone(), 0.62, names);
            }
        }
    }
}

impl Sender {
    /// Correspondents recognised by account, VAT id or name.
    fn known(&self, context: &Context) -> Vec<Fact> {
        let mut facts = Vec::new();
        for run in context.layout.cells() {
            for one in &context.known.correspondents {
                if let Some((range, weight, check)) = recognised(run, one, context.known) {
                    let hit = found(run, range, one.name.clone(), Place::Behind);
                    let confidence = hit.confidence(weight);
                    let mut fact = hit.fact(self.id(), Field::SellerName, confidence, Value::Text);
                    fact.checks = vec![check];
                    fact.certain = check == Check::CheckDigits;
                    facts.push(fact);
                }
            }
        }
        facts
    }
}

fn recognised(run: &Run, one: &KnownCorrespondent, known: &Known) -> Option<(std::ops::Range<usize>, f32, Check)> {
    // An account that two senders share says nothing.
    let shared = |iban: &domain::Iban| known.correspondents.iter().filter(|other| other.ibans.contains(iban)).count() > 1;
    let account = identifiers::ibans(&run.text).into_iter().find(|(_, iban)| one.ibans.contains(iban) && !shared(iban));
    if let Some((range, _)) = account {
        return Some((range, 0.98, Check::CheckDigits));
    }
    let vat = identifiers::vat_ids(&run.text).into_iter().find(|(_, id, _)| one.vat_ids.contains(id));
    if let Some((range, ..)) = vat {
        return Some((range, 0.98, Check::CheckDigits));
    }
    let name = normalised_name(&one.name);
    let part = address::parts(&run.text).into_iter().find(|part| {
        let here = normalised_name(part);
        name.len() > 3 && (here == name || strsim::jaro_winkler(&here, &name) > 0.96)
    })?;
    let start = run.text.find(part)?;
    let letterhead = run.page == 1 && run.rect.y < 0.35 || run.rect.y > 0.8;
    letterhead.then_some((start..start + part.len(), 0.9, Check::SourcesAgree))
}
