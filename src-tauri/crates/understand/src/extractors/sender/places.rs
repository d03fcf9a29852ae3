//! Where on a letter its sender is named.

use domain::{DocumentKind, Origin, normalised_name};

use super::Named;
use crate::address;
use crate::context::Context;
use crate::extractors::till;
use crate::forms::{amounts, dates, pattern};
use crate::labels::{Place, found};
use crate::layout::{Row, Run};

/// Above this part of the first page stands the letterhead, below it the letter and its stamps.
const HEAD: f32 = 0.22;
/// Below this part of a page stands its footer.
const FOOT: f32 = 0.8;

/// All names that stand where senders are named.
pub(super) fn names(context: &Context) -> Vec<Named> {
    let mut names = Vec::new();
    // A slip of a till has no addressee: what looks like a return address is the shop's own.
    if !till::is_slip(context) {
        return_lines(context, &mut names);
    }
    letterhead(context, &mut names);
    stamp(context, &mut names);
    footer(context, &mut names);
    labelled(context, &mut names);
    names
}

/// Adds a name that stands in a run, bare of what stands around it, unless it is none.
fn add(names: &mut Vec<Named>, run: &Run, name: &str, weight: f32) {
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
        let found = found(run, start..start + name.len(), name.to_owned(), Place::Behind);
        names.push(Named { plain: normalised_name(name), found, weight, in_web: false });
    }
}

/// `Name · Street 1 · 12345 Ort` above the address.
fn return_lines(context: &Context, names: &mut Vec<Named>) {
    /// Where the address field of DIN 5008 ends: 90 mm of 297.
    const FIELD: f32 = 0.3;
    /// No letter begins lower.
    const LOWEST: f32 = 0.45;
    let upper = context.layout.cells().filter(|cell| cell.page == 1 && cell.rect.y < LOWEST);
    for cell in upper.filter(|cell| address::is_return_address(&cell.text)) {
        let parts = address::parts(&cell.text);
        // Something else may stand before the name; a person's name is no organisation's.
        if let Some(name) = parts.iter().find(|part| address::is_organisation(part)).or(parts.first()) {
            add(names, cell, name, if cell.rect.y < FIELD { 0.86 } else { 0.6 });
        }
    }
    // Wide dots part the line into cells.
    for row in context.layout.rows.iter().filter(|row| address::is_return_row(&row.cells)) {
        if let Some(cell) = row.cells.first().filter(|cell| cell.page == 1 && cell.rect.y < LOWEST) {
            add(names, cell, &cell.text, 0.84);
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
        if cell.rect.y > HEAD && !first {
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
        if guess || address::is_no_name(name) || is_place(context, name) {
            continue;
        }
        // The parties of the case are organisations as well.
        let is_court = context.kind() == DocumentKind::CourtOrder
            && pattern!(r"^(?:(?:amts|land|mahn|arbeits|sozial|verwaltungs|familien|bezirks|ober\p{L}+)gericht|betreibungsamt|gerichtsvollzieher)\b")
                .is_match(name);
        let weight = if is_court { 0.92 } else { letterhead_weight(cell, name, context.layout.word_height, first) };
        // A hyphen inside a name is no separator: "Musterstadt – Ordnungsamt" is one office.
        let whole = pattern!(r"\s[–-]\s").is_match(&cell.text)
            && !address::is_no_name(&cell.text)
            && address::is_organisation(&cell.text);
        add(names, cell, if whole { &cell.text } else { name }, weight);
        first = false;
    }
}

/// Whether a name is that of the town in which the page says somebody lives: "12345 Musterstadt".
fn is_place(context: &Context, name: &str) -> bool {
    let own = name.trim().to_lowercase();
    let behind_code = |cell: &Run| {
        let text = cell.text.to_lowercase();
        text.match_indices(&own).any(|(at, _)| {
            let ends = text.get(at + own.len()..).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric));
            ends && text.get(..at).is_some_and(|before| pattern!(r"\b\d{4,5} $").is_match(before))
        })
    };
    !address::is_organisation(name) && context.layout.cells().any(behind_code)
}

/// How likely a name in a letterhead is the sender's; `first` where it is the first on the page.
fn letterhead_weight(cell: &Run, name: &str, word_height: f32, first: bool) -> f32 {
    let large = cell.rect.h > 1.25 * word_height;
    let weight = match (address::is_organisation(name), large) {
        (true, true) => 0.78,
        (true, false) => 0.72,
        (false, true) => 0.6,
        (false, false) if first => 0.5,
        (false, false) => 0.3,
    };
    // "- Zentrale Stelle -" is a part of what stands above it.
    if cell.text.starts_with(['-', '–']) { 0.8 * weight } else { weight }
}

/// A stamp anywhere below: the name of an organisation or a practice over its address.
fn stamp(context: &Context, names: &mut Vec<Named>) {
    let cells: Vec<&Run> = context.layout.cells().filter(|cell| cell.page == 1).collect();
    for (at, cell) in cells.iter().enumerate().filter(|(_, cell)| cell.rect.y > HEAD) {
        let below = cells.iter().skip(at + 1).filter(|other| (other.rect.x - cell.rect.x).abs() < 0.05);
        let mut near = below.take_while(|other| other.rect.y - cell.rect.bottom() < 5.0 * cell.rect.h);
        if address::is_organisation(&cell.text)
            && !address::is_bank(&cell.text)
            && near.any(|other| address::names_place(&other.text))
            && address::party_of(&context.layout, cell).is_none()
        {
            add(names, cell, &cell.text, 0.45);
        }
    }
}

/// The bottom of the pages: names with a legal form.
fn footer(context: &Context, names: &mut Vec<Named>) {
    let particulars = pattern!(r"\b(?:hrb|hra|amtsgericht|ust-?id|geschäftsführer)\b");
    for cell in context.layout.cells().filter(|cell| cell.rect.y > FOOT || particulars.is_match(&cell.text)) {
        let parts = address::parts(&cell.text);
        if let Some(name) = parts.first().filter(|part| address::is_organisation(part)) {
            // The bank at the foot holds the sender's account.
            add(names, cell, name, if address::is_bank(name) { 0.3 } else { 0.6 });
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
                column.find(|below| !address::is_no_name(address::name_in(&below.text)))
            };
            // Beside it may stand the heading of the next column.
            let beside = row.cells.get(c + 1).filter(|next| !address::is_no_name(address::name_in(&next.text)));
            let (run, text) = if rest.len() > 3 {
                (cell, rest)
            } else if let Some(next) = beside.or_else(below) {
                (next, address::name_in(&next.text))
            } else {
                continue;
            };
            // "Name <address>" in mails.
            add(names, run, text.split(['<', '(']).next().unwrap_or(text).trim(), weight);
        }
    }
}
