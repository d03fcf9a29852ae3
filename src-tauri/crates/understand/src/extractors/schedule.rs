//! Tables of instalments: rows of a day and its amounts below "fällig".

use std::ops::Range;

use chrono::NaiveDate;
use domain::{Fact, Field, Instalment, Origin, Value};
use rust_decimal::Decimal;

use super::Extractor;
use crate::asked;
use crate::context::Context;
use crate::forms::{amounts, dates, partial_days, pattern};
use crate::labels::{Place, found};
use crate::layout::{Row, Run};
use crate::prose;

pub(super) struct Schedule;

impl Extractor for Schedule {
    fn id(&self) -> &'static str {
        "schedule"
    }

    /// The instalments, each with its day and the last amount of its row; the first of them is what is due.
    fn run(&self, context: &Context) -> Vec<Fact> {
        let rows = &context.layout.rows;
        let head = pattern!(
            r"^\W{0,2}(?:fällig(?:keit(?:en|stag|stermin)?)?|zahlungstermin|zahltag|zahlbar|(?:zu )?(?:zahlen|überweisen)|zahlung|überweisung|termin|einzug(?:stag|stermin)?|abbuchung(?:stag|stermin)?|due|payment date|debit date|collection date|pay by)\b"
        );
        let issued = super::issued(context).map(|(day, _)| day);
        let mut facts = Vec::new();
        for (at, row) in rows.iter().enumerate() {
            let whole = pattern!(
                r"^\W*(?:fällig(?:keit(?:en|stag|stermin)?)?(?: am)?|zahlbar (?:bis|am)|due(?: date| on)?)\W*$"
            );
            let names = row.cells.iter().take(2).any(|cell| head.is_match(&cell.text))
                || row.cells.iter().any(|cell| whole.is_match(&cell.text))
                || announces(&rows[at.saturating_sub(1)..=at]);
            // The names of the columns may take several rows.
            let below = rows.get(at + 1..).unwrap_or_default();
            let named =
                below.iter().take(2).take_while(|row| instalment(row, context).is_none() && is_head(row)).count();
            let below = below.get(named..).unwrap_or_default();
            let heads = rows.get(at..at + 1 + named).unwrap_or_default();
            let instalments: Vec<_> =
                below.iter().map_while(|row| Some(in_column(row, heads, instalment(row, context)?))).collect();
            let instalments = to_come(instalments, issued);
            if !instalments.windows(2).all(|pair| pair[0].0.2 < pair[1].0.2) {
                continue;
            }
            // One row is an ordinary table; two are a plan.
            let Some((day, amount)) = instalments.first().filter(|_| names && instalments.len() >= 2) else { continue };
            let (cell, range, value) = day;
            let due = found(cell, range.clone(), *value, Place::Behind);
            facts.push(due.fact(self.id(), Field::DueDate, 0.86, Value::Date));
            let (cell, range, value) = amount;
            let first = found(cell, range.clone(), *value, Place::Behind);
            facts.push(first.fact(self.id(), Field::AmountDue, 0.84, Value::Amount));
            let parts = instalments.iter().map(|((.., due), (.., amount))| Instalment { due: *due, amount: *amount });
            // "Bitte zahlen Sie bis zum 10.04. 412,00 EUR" comes before the advances.
            let before = asked::demand(context).filter(|asked| asked.day < day.2).map(|asked| asked.instalment());
            let parts = before.into_iter().chain(parts);
            let all = found(cell, range.clone(), parts.collect(), Place::Behind);
            facts.push(all.fact(self.id(), Field::Instalments, 0.84, Value::Instalments));
        }
        facts.extend(named_parts(self.id(), context));
        facts.extend(in_columns(self.id(), context, issued));
        facts.extend(across(self.id(), context, issued));
        facts.extend(in_sentences(self.id(), context));
        for run in &context.layout.paragraphs {
            for (range, sentence) in prose::sentences(&run.text) {
                let named = in_sentence(self.id(), context, run, range.start, sentence);
                let equal =
                    if named.is_empty() { in_equal_parts(self.id(), context, run, &range, issued) } else { Vec::new() };
                facts.extend(named.into_iter().chain(equal));
            }
        }
        facts
    }
}

/// Rows whose amounts and days stand in columns of their own, the day behind the amount: "Zeitraum    Betrag    fällig".
fn in_columns(by: &str, context: &Context, issued: Option<NaiveDate>) -> Vec<Fact> {
    let due = pattern!(
        r"^\W*(?:fällig(?:keit(?:en|stag|stermin)?)?(?: am)?|zahlbar (?:bis|am)|zu zahlen bis|due(?: date| on)?|pay by)\W*$"
    );
    let sum = pattern!(r"^\W*(?:betrag|rate|beitrag|zahlbetrag|summe|gebühr|amount|instal+ment|payment)\b.{0,16}$");
    let near = |a: &Run, b: &Run| a.rect.x < b.rect.right() + 0.02 && b.rect.x < a.rect.right() + 0.02;
    let rows = &context.layout.rows;
    for (at, head) in rows.iter().enumerate() {
        let find = |form: &regex::Regex| head.cells.iter().find(|cell| form.is_match(&cell.text));
        let (Some(due), Some(sum)) = (find(due), find(sum)) else { continue };
        let part = |row| {
            let row: &Row = row;
            let day = row.cells.iter().find(|cell| near(cell, due)).and_then(|cell| {
                let (range, day) = dates::first(&cell.text, context.order)?;
                Some((cell, range, day))
            })?;
            let amount = row.cells.iter().find(|cell| near(cell, sum)).and_then(|cell| {
                let amount = amounts::find(&cell.text).into_iter().find(|amount| amount.value > Decimal::ZERO)?;
                Some((cell, amount.range, amount.value))
            })?;
            Some((day, amount))
        };
        let below = rows.get(at + 1..).unwrap_or_default();
        let parts: Vec<Part> = below.iter().map_while(part).collect();
        let parts = to_come(parts, issued);
        if parts.len() > 1 && parts.windows(2).all(|pair| pair[0].0.2 < pair[1].0.2) {
            return planned(by, &parts, 0.88);
        }
    }
    Vec::new()
}

/// Whether the last of the rows ends a sentence that announces parts: "Die Vorauszahlungen werden herabgesetzt auf:".
fn announces(rows: &[Row]) -> bool {
    let parts =
        pattern!(r"(?:\bvorauszahlung|\bteilbetr[aä]g|\braten\b|\bteilzahlung|\binstal+ments|\badvance payments)");
    let ends = rows.last().and_then(|row| row.cells.last()).is_some_and(|cell| cell.text.trim_end().ends_with(':'));
    ends && rows.iter().flat_map(|row| &row.cells).any(|cell| parts.is_match(&cell.text))
}

/// The part with the amount below the name for it, where the last amount of the row is what is left of the debt.
fn in_column<'r, 'a>(row: &'r Row<'a>, heads: &[Row<'_>], part: Part<'r, 'a>) -> Part<'r, 'a> {
    let left = pattern!(r"^\W*(?:rest(?:schuld|betrag|saldo)|saldo|balance|remaining)\b");
    let paid = pattern!(r"^\W*(?:rate|betrag|zahlung|zahlbetrag|summe|gesamt|amount|instal+ment|payment|total)\b");
    let cells = || heads.iter().flat_map(|row| &row.cells);
    let part = of_taxes(row, heads, part);
    if !cells().any(|cell| left.is_match(&cell.text)) {
        return part;
    }
    let near = |a: &Run, b: &Run| a.rect.x < b.rect.right() && b.rect.x < a.rect.right();
    let below = cells().filter(|cell| paid.is_match(&cell.text)).find_map(|head| {
        let cell = row.cells.iter().find(|cell| near(cell, head) && !std::ptr::eq(*cell, part.0.0))?;
        let amount = amounts::find(&cell.text).into_iter().next()?;
        Some((cell, amount.range, amount.value))
    });
    (part.0, below.unwrap_or(part.1))
}

/// The part with all of its row, where its columns are taxes and none of them is their sum.
fn of_taxes<'r, 'a>(row: &'r Row<'a>, heads: &[Row<'_>], part: Part<'r, 'a>) -> Part<'r, 'a> {
    let tax = pattern!(r"(?:steuer|zuschlag|\bsoli\b|kirche)");
    let whole = pattern!(r"\b(?:insgesamt|gesamt\p{L}*|summe|zusammen|total|zu zahlen|betrag)\b");
    let cells = || heads.iter().flat_map(|row| &row.cells);
    let all: Vec<_> = row
        .cells
        .iter()
        .flat_map(|cell| amounts::find(&cell.text).into_iter().map(move |amount| (cell, amount.range, amount.value)))
        .collect();
    let [first, .., (.., last)] = all.as_slice() else { return part };
    let sum: Decimal = all.iter().map(|(.., value)| *value).sum();
    let has_sum = *last == sum - *last || cells().any(|cell| whole.is_match(&cell.text));
    if has_sum || !cells().any(|cell| tax.is_match(&cell.text)) {
        return part;
    }
    (part.0, (first.0, first.1.clone(), sum))
}

/// Whether a row holds only words.
fn is_head(row: &Row) -> bool {
    row.cells
        .iter()
        .all(|cell| amounts::find(&cell.text).is_empty() && !cell.text.contains(|c: char| c.is_ascii_digit()))
}

/// A part with the places of its day and its amount.
type Part<'r, 'a> = (At<'r, 'a, NaiveDate>, At<'r, 'a, Decimal>);

/// The parts that are not past when the letter is written, if any is still to come: those are paid.
fn to_come<'r, 'a>(parts: Vec<Part<'r, 'a>>, issued: Option<NaiveDate>) -> Vec<Part<'r, 'a>> {
    let is_past = |part: &Part| issued.is_some_and(|issued| part.0.2 < issued);
    if parts.last().is_none_or(is_past) {
        return parts;
    }
    parts.into_iter().filter(|part| !is_past(part)).collect()
}

/// Parts beside each other: a row of days, and below it a row of as many amounts.
fn across(by: &str, context: &Context, issued: Option<NaiveDate>) -> Vec<Fact> {
    let is_plan = pattern!(
        r"(?:\bfällig|\bteilbetr[aä]g|\brate(?:n|nplan|nzahlung)?\b|\babschl[aä]g|\bvorauszahlung|\bvierteljahr|\bquartal|\bhalbjahr|\binstal+ment|\bdue\b)"
    );
    let rows = &context.layout.rows;
    for (at, row) in rows.iter().enumerate() {
        let days: Vec<_> = row
            .cells
            .iter()
            .flat_map(|cell| days_of(cell, context, issued).into_iter().map(move |(range, day)| (cell, range, day)))
            .collect();
        let rises = days.windows(2).all(|pair| pair[0].2 < pair[1].2);
        let around = rows.get(at.saturating_sub(3)..=at).unwrap_or_default();
        let named = around.iter().flat_map(|row| &row.cells).any(|cell| is_plan.is_match(&cell.text));
        // "bis 31.12.2025    ab 01.01.2026": the old price and the new one.
        let changes =
            row.cells.iter().any(|cell| pattern!(r"^\W*(?:ab|seit|bisher|from|since)\b").is_match(&cell.text));
        if days.len() < 2 || !rises || !named || changes {
            continue;
        }
        let below = rows.get(at + 1..).unwrap_or_default().iter().take(2).find_map(|row| {
            let all: Vec<_> = row
                .cells
                .iter()
                .flat_map(|cell| {
                    amounts::find(&cell.text).into_iter().map(move |amount| (cell, amount.range, amount.value))
                })
                .collect();
            (all.len() == days.len() && all.iter().all(|(.., value)| *value > Decimal::ZERO)).then_some(all)
        });
        let Some(amounts) = below else { continue };
        let parts = to_come(days.into_iter().zip(amounts).collect(), issued);
        return planned(by, &parts, 0.9);
    }
    Vec::new()
}

/// The days of a cell; where none is printed in full, those without a year.
fn days_of(cell: &Run, context: &Context, issued: Option<NaiveDate>) -> Vec<(Range<usize>, NaiveDate)> {
    let printed = dates::find(&cell.text, context.order);
    match issued.filter(|_| printed.is_empty()) {
        Some(issued) => partial_days::find(&cell.text, issued),
        None => printed,
    }
}

/// Parts in sentences that follow each other: "Die Anzahlung von 200 € bitte bis zum 5.2. Den Rest von 800 € bis zum 11.7."
fn in_sentences(by: &str, context: &Context) -> Vec<Fact> {
    let part = pattern!(
        r"(?:\banzahlung|\brest(?:betrag|zahlung|summe)?\b|\brate\b|\bhälfte\b|\bteilbetrag|\bteilzahlung|\bschlusszahlung|\bübrigen\b|\bdeposit\b|\bbalance\b|\bremain(?:der|ing)\b|\bhalf\b|\binstal+ment\b)"
    );
    let by_day = pattern!(r"\b(?:bis|am|zum|spätestens|by|on|until)\b[^.;!?]{0,20}$");
    let deposit =
        pattern!(r"(?:\banzahlung|\bdeposit\b|\bdown payment\b|\b(?:erste|first) (?:rate|hälfte|half|instal+ment)\b)");
    let rest = pattern!(r"\b(?:rest\p{L}*|übrige\w*|balance|remainder|remaining)\b");
    for run in &context.layout.paragraphs {
        let mut parts: Vec<Part> = Vec::new();
        // The sentence of the only part with a day, and whether another one speaks of the rest.
        let (mut of_deposit, mut of_rest) = (false, false);
        for (range, sentence) in prose::sentences(&run.text) {
            let is_deposit = deposit.is_match(sentence);
            of_rest |= rest.is_match(sentence) && !is_deposit;
            let days = dates::find(sentence, context.order);
            let day =
                days.into_iter().find(|(at, _)| sentence.get(..at.start).is_some_and(|text| by_day.is_match(text)));
            let amounts: Vec<_> =
                amounts::find(sentence).into_iter().filter(|amount| amount.value > Decimal::ZERO).collect();
            let ([amount], Some((at, day)), true) = (amounts.as_slice(), day, part.is_match(sentence)) else {
                continue;
            };
            if prose::pays_back(sentence) || prose::is_conditional(sentence) {
                continue;
            }
            let here = |part: &Range<usize>| range.start + part.start..range.start + part.end;
            parts.push(((run, here(&at), day), (run, here(&amount.range), amount.value)));
            of_deposit = is_deposit;
        }
        // "30 % Anzahlung, das sind 1.944,00 EUR, bis 17.07. Der Rest ist am Tag der Montage zu zahlen": the rest has no day.
        if parts.len() == 1 && of_deposit && of_rest {
            return planned(by, &parts, 0.9);
        }
        if parts.len() > 1 && parts.windows(2).all(|pair| pair[0].0.2 < pair[1].0.2) {
            return planned(by, &parts, 0.9);
        }
    }
    Vec::new()
}

/// The facts of a payment in parts: the first is what is due.
fn planned(by: &str, parts: &[Part], weight: f32) -> Vec<Fact> {
    let [((cell, range, day), (in_cell, place, amount)), rest @ ..] = parts else { return Vec::new() };
    let due = found(cell, range.clone(), *day, Place::Behind).fact(by, Field::DueDate, weight, Value::Date);
    let first = found(in_cell, place.clone(), *amount, Place::Behind).fact(by, Field::AmountDue, weight, Value::Amount);
    if rest.is_empty() {
        return vec![due, first];
    }
    let all = parts.iter().map(|((.., due), (.., amount))| Instalment { due: *due, amount: *amount }).collect();
    let all = found(cell, range.clone(), all, Place::Behind).fact(by, Field::Instalments, weight, Value::Instalments);
    vec![due, first, all]
}

/// Bytes before the day of a row that begins with it: "bis Fr, ".
const LEAD: usize = 12;

/// Parts that are called so, each in its row: "Anzahlung 20 %, bis 26.01.2026    438,00 €", "2. Rate    01.04.2026    250,00".
fn named_parts(by: &str, context: &Context) -> Vec<Fact> {
    let part = pattern!(
        r"^\W*(?:\d{1,3}\s?%\s+(?:bei|nach|vor|mit|zu|on|upon|after|before)\s+\p{L}+|(?:\d{1,3}\s?%\s*)?(?:\d{1,2}\.?\s)?(?:anzahlung|restzahlung|restbetrag|rest\b|schlusszahlung|\d{1,2}\. (?:rate|teilbetrag|teilzahlung|abschlag|hälfte)|(?:erste|zweite|dritte|vierte|letzte) (?:rate|hälfte|teilzahlung)|rate \d|teilbetrag|vor (?:lieferung|anreise|beginn|montage)|bei (?:lieferung|montagebeginn)|deposit|balance|final payment|(?:first|second|third|last|\d(?:st|nd|rd|th)) (?:instal+ment|payment|half|part)|instal+ment \d))"
    );
    let mut parts: Vec<(At<'_, '_, NaiveDate>, At<'_, '_, Decimal>)> = Vec::new();
    // "20.02.2026    Überweisung der Anzahlung von 100,00 €", "bis 06.02.    Anzahlung    150,00 €"
    let transfer = pattern!(r"^\W*(?:überweisung|einzahlung|zahlung|bezahlung|payment|transfer)\b");
    let is_part = |row: &&Row| {
        let names = |cell: &Run| part.is_match(&cell.text) || transfer.is_match(&cell.text);
        let day_first = || {
            let first = row.cells.first()?;
            let (range, _) = dates::first(&first.text, context.order)?;
            Some(range.start <= LEAD && first.text.len() <= range.end + 2)
        };
        row.cells.first().is_some_and(|cell| part.is_match(&cell.text))
            || day_first() == Some(true) && row.cells.iter().skip(1).any(names)
    };
    for row in context.layout.rows.iter().filter(is_part) {
        let cells = || row.cells.iter();
        let days = cells().flat_map(|cell| {
            dates::find(&cell.text, context.order).into_iter().map(move |(range, day)| (cell, range, day))
        });
        let amounts = cells().flat_map(|cell| {
            amounts::find(&cell.text).into_iter().map(move |amount| (cell, amount.range, amount.value))
        });
        let amounts: Vec<_> = amounts.filter(|(.., value)| *value > Decimal::ZERO).collect();
        let amount = amounts.into_iter().next_back();
        parts.extend(days.last().zip(amount));
    }
    // "Anzahlung 440,00 € bis 10.12.2025, Rest bei der Abreise": the deposit is what comes first.
    let deposit = pattern!(r"^\W*(?:anzahlung|deposit|down payment)\b");
    let rest = pattern!(r"^\W*(?:rest(?:zahlung|betrag)?|balance|remainder)\b");
    // The day may stand before the name.
    let first_cells = || context.layout.rows.iter().flat_map(|row| row.cells.iter().take(2));
    // Of two parts the one that has a day, whichever it is: the other is paid at once, or on the spot.
    if let [((cell, range, day), (in_cell, place, amount))] = parts.as_slice()
        && first_cells().any(|cell| deposit.is_match(&cell.text))
        && first_cells().any(|cell| rest.is_match(&cell.text))
    {
        let due = found(cell, range.clone(), *day, Place::Behind).fact(by, Field::DueDate, 0.92, Value::Date);
        let sum = found(in_cell, place.clone(), *amount, Place::Behind).fact(by, Field::AmountDue, 0.95, Value::Amount);
        return vec![due, sum];
    }
    let rises = parts.windows(2).all(|pair| pair[0].0.2 < pair[1].0.2);
    let [((cell, range, day), (in_cell, place, amount)), _, ..] = parts.as_slice() else { return Vec::new() };
    if !rises {
        return Vec::new();
    }
    let due = found(cell, range.clone(), *day, Place::Behind).fact(by, Field::DueDate, 0.92, Value::Date);
    let first = found(in_cell, place.clone(), *amount, Place::Behind).fact(by, Field::AmountDue, 0.95, Value::Amount);
    let all = parts.iter().map(|((.., due), (.., amount))| Instalment { due: *due, amount: *amount }).collect();
    let all = found(cell, range.clone(), all, Place::Behind).fact(by, Field::Instalments, 0.92, Value::Instalments);
    vec![due, first, all]
}

/// Parts in one sentence: "1.250,00 € bis zum 16.03.2026 und 1.250,00 € bis zum 16.04.2026".
fn in_sentence(by: &str, context: &Context, run: &Run, start: usize, sentence: &str) -> Vec<Fact> {
    /// Bytes between an amount and its day.
    const REACH: usize = 64;
    // "80,00 € (achtzig Euro) als Anzahlung bis zum 01.12.2025", "80,00 € überweisen Sie bitte bis zum 13.02."
    let by_day =
        pattern!(r"^\s*(?:\([^)]*\)\s*)?[^\d;!?]{0,44}?\b(?:bis|am|zum|fällig|spätestens|by|on|due)\b[^\d]{0,24}$");
    let days = dates::find(sentence, context.order);
    let parts: Vec<_> = amounts::find(sentence)
        .into_iter()
        .filter_map(|amount| {
            let (range, day) = days.iter().find(|(range, _)| range.start >= amount.range.end)?;
            let between = sentence.get(amount.range.end..range.start)?;
            let near = range.start - amount.range.end <= REACH && by_day.is_match(between);
            near.then(|| (amount, range.clone(), *day))
        })
        .collect();
    let parts = if parts.len() > 1 { parts } else { days_first(sentence, &days) };
    // Two amounts of one day are a sum and a part of it.
    let rises = parts.windows(2).all(|pair| pair[0].2 < pair[1].2);
    let parts = if rises { parts } else { Vec::new() };
    let discount = pattern!(r"(?:skonto|discount|%)").is_match(sentence);
    let [(amount, range, day), _, ..] = parts.as_slice() else { return Vec::new() };
    if discount || prose::pays_back(sentence) || !prose::asks_to_pay(sentence) {
        return Vec::new();
    }
    let at = |range: &Range<usize>| start + range.start..start + range.end;
    let due = found(run, at(range), *day, Place::Behind).fact(by, Field::DueDate, 0.9, Value::Date);
    let first =
        found(run, at(&amount.range), amount.value, Place::Behind).fact(by, Field::AmountDue, 0.92, Value::Amount);
    let all = parts.iter().map(|(amount, _, due)| Instalment { due: *due, amount: amount.value }).collect();
    let all = found(run, at(range), all, Place::Behind).fact(by, Field::Instalments, 0.9, Value::Instalments);
    vec![due, first, all]
}

/// Equal parts of one amount on several days: "je 105 € am 15.02. und 15.05.2026", "zahlbar je zur Hälfte am 1. April und am
/// 1. Juli"; the amount may stand in the sentence before.
fn in_equal_parts(by: &str, context: &Context, run: &Run, at: &Range<usize>, issued: Option<NaiveDate>) -> Vec<Fact> {
    let Some(sentence) = run.text.get(at.clone()) else { return Vec::new() };
    let halves = pattern!(
        r"\b(?:(?:je|jeweils) (?:zur hälfte|zu gleichen teilen)|in (?:zwei|drei|vier|\d) (?:gleich(?:en|hohen|großen) )?(?:raten|teilen|teilbeträgen|hälften|teilzahlungen)|in (?:two|three|four|\d) (?:equal )?(?:parts|instal+ments|payments)|half each)\b"
    );
    let each = pattern!(
        r"\b(?:(?:je|jeweils|each)\s+(?:von\s+|in höhe von\s+|eur\s+)?|(?:raten|teilbeträgen|instal+ments|payments)\s+(?:zu|von|à|of)\s+(?:je\s+)?)$"
    );
    if !prose::asks_to_pay(sentence) || prose::pays_back(sentence) || prose::is_conditional(sentence) {
        return Vec::new();
    }
    // A bill that settles the past asks for its own sum first; the advances of the next year come later.
    let advances = pattern!(r"(?:\bvorauszahlung|\babschl[aä]g|\bkünftig|\bin future|\badvance)");
    let settles = pattern!(r"(?:\bnachforderung|\bnachzahlung|\bguthaben|\berstattung|\bbalance due)");
    if advances.is_match(&run.text) && context.layout.cells().any(|cell| settles.is_match(&cell.text)) {
        return Vec::new();
    }
    let printed = dates::find(sentence, context.order);
    let partly = issued.map_or_else(Vec::new, |day| partial_days::find(sentence, day));
    let is_new =
        |part: &Range<usize>| !printed.iter().any(|(known, _)| known.start < part.end && part.start < known.end);
    let mut days: Vec<_> = partly.into_iter().filter(|(part, _)| is_new(part)).chain(printed.iter().cloned()).collect();
    days.sort_by_key(|(part, _)| part.start);
    if days.len() < 2 || days.windows(2).any(|pair| pair[0].1 >= pair[1].1) {
        return Vec::new();
    }
    let here = |part: &Range<usize>| at.start + part.start..at.start + part.end;
    let amounts = amounts::find(sentence);
    let earlier = || {
        let before = run.text.get(..at.start)?;
        let (range, text) = prose::sentences(before).last()?;
        let amount = amounts::find(text).pop()?;
        Some((range.start + amount.range.start..range.start + amount.range.end, amount.value))
    };
    // "The fee of €960 is payable in four instalments of €240 on …"
    let of_each =
        |amount: &&amounts::Amount| sentence.get(..amount.range.start).is_some_and(|before| each.is_match(before));
    if let Some(amount) = amounts.iter().find(of_each) {
        let part = (here(&amount.range), amount.value);
        return equal(by, run, &days.iter().map(|(part, day)| (here(part), *day)).collect::<Vec<_>>(), part);
    }
    let whole = match amounts.as_slice() {
        [amount] => Some((here(&amount.range), amount.value)),
        [] => earlier(),
        _ => None,
    };
    // "Sie betragen jeweils 540 €. Zahlen Sie den ersten Teil zum 10. März; die übrigen folgen am 10. Juni und am …"
    if amounts.is_empty()
        && pattern!(r"\b(?:teil(?:betrag|zahlung)?|rate|vorauszahlung|instal+ment)\b").is_match(sentence)
        && let Some(part) = each_before(&run.text, at.start)
    {
        return equal(by, run, &days.iter().map(|(part, day)| (here(part), *day)).collect::<Vec<_>>(), part);
    }
    let Some((place, whole)) = whole.filter(|_| halves.is_match(sentence)) else { return Vec::new() };
    let part = whole / Decimal::from(days.len());
    // What does not part evenly is paid otherwise.
    if part.round_dp(2) != part {
        return Vec::new();
    }
    let parts = equal(by, run, &days.iter().map(|(part, day)| (here(part), *day)).collect::<Vec<_>>(), (place, part));
    parts.into_iter().map(|fact| Fact { origin: Origin::Derived, ..fact }).collect()
}

/// The amount that the sentence before a byte names for each part: "jeweils 540 €, zusammen 2.160 €".
fn each_before(text: &str, start: usize) -> Option<(Range<usize>, Decimal)> {
    let each = pattern!(r"\b(?:je|jeweils|each)\s+(?:von\s+|in höhe von\s+|eur\s+)?$");
    let (range, sentence) = prose::sentences(text.get(..start)?).last()?;
    let amount = amounts::find(sentence)
        .into_iter()
        .find(|amount| sentence.get(..amount.range.start).is_some_and(|before| each.is_match(before)))?;
    Some((range.start + amount.range.start..range.start + amount.range.end, amount.value))
}

fn equal(
    by: &str,
    run: &Run,
    days: &[(Range<usize>, NaiveDate)],
    (place, amount): (Range<usize>, Decimal),
) -> Vec<Fact> {
    let parts: Vec<Part> =
        days.iter().map(|(range, day)| ((run, range.clone(), *day), (run, place.clone(), amount))).collect();
    planned(by, &parts, 0.88)
}

/// Parts whose days stand before their amounts: "bis 02.03. 200 € und bis 01.07. 800 €".
fn days_first(sentence: &str, days: &[(Range<usize>, NaiveDate)]) -> Vec<(amounts::Amount, Range<usize>, NaiveDate)> {
    let by_day = pattern!(r"\b(?:bis|am|zum|spätestens|by|on|until)\b[^.;!?\d]{0,16}$");
    let all = amounts::find(sentence);
    if all.len() != days.len() {
        return Vec::new();
    }
    let ends = days.iter().skip(1).map(|(range, _)| range.start).chain([sentence.len()]);
    let parts = days.iter().zip(ends).zip(all).filter_map(|(((range, day), end), amount)| {
        let before = sentence.get(..range.start)?;
        let inside = amount.range.start >= range.end && amount.range.end <= end;
        (inside && by_day.is_match(before)).then(|| (amount, range.clone(), *day))
    });
    parts.collect()
}

/// A value with the cell and the bytes in which it stands.
type At<'r, 'a, T> = (&'r Run<'a>, Range<usize>, T);

/// A row that starts with a day and ends with an amount.
fn instalment<'r, 'a>(row: &'r Row<'a>, context: &Context) -> Option<(At<'r, 'a, NaiveDate>, At<'r, 'a, Decimal>)> {
    // The number or the name of the part may stand before its day.
    let is_name = |cell: &Run| {
        pattern!(r"^\W*(?:\d{1,2}\W{0,2}|\d{1,2} ?(?:of|von|/) ?\d{1,2}|(?:\d{1,2}\.?|erste|zweite|dritte|vierte|letzte)?\s?(?:rate|teilbetrag|abschlag|vierteljahr|quartal|instal+ment|anzahlung|rest\p{L}*)\s?\d{0,2}\W{0,2})$")
            .is_match(&cell.text)
    };
    let at = usize::from(row.cells.first().is_some_and(is_name));
    let first = row.cells.get(at)?;
    let named = pattern!(
        r"^\W*(?:(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|(?:mon|tues|wednes|thurs|fri|satur|sun)day|mo|di|mi|do|fr|sa|so)?\W*(?:den |dem )?$"
    );
    let starts = |range: &Range<usize>| first.text.get(..range.start).is_some_and(|before| named.is_match(before));
    let (range, day) = dates::first(&first.text, context.order).filter(|(range, _)| starts(range))?;
    let behind = |cell: &Run| if std::ptr::eq(cell, first) { range.end } else { 0 };
    let amount = row.cells.iter().rev().find_map(|cell| {
        let all = amounts::find(&cell.text);
        let last = all.into_iter().rev().find(|amount| amount.range.start >= behind(cell))?;
        Some((cell, last.range, last.value))
    })?;
    Some(((first, range, day), amount))
}

#[cfg(test)]
mod tests {
    use domain::Field::{AmountDue, DueDate, Instalments};

    use crate::testing::{check, value};

    #[test]
    fn the_first_instalment_is_due_and_the_others_are_kept() {
        let plan = "Finanzamt Musterstadt\nVorauszahlungsbescheid\nDatum 20.01.2026\n\nFällig am    Steuer EUR    insgesamt EUR\n";
        let rows = "10.03.2026    354,00    385,00\n10.06.2026    354,00    386,00\n";
        let all = (Instalments, "2026-03-10 385.00; 2026-06-10 386.00");
        check(&format!("{plan}{rows}"), &[(DueDate, "2026-03-10"), (AmountDue, "385.00"), all]);
        let numbered = "Musikschule\nRechnung Nr. 7\nDatum 15.09.2025\n\nRate    zu überweisen bis    Betrag\n1       01.10.2025           216,00 €\n2       02.02.2026           216,00 €\n\nzusammen    432,00 €";
        check(numbered, &[(Instalments, "2025-10-01 216.00; 2026-02-02 216.00")]);
        let named = "International School\nINVOICE HL-7\nDate: August 3, 2026\n\nTotal    430.00\n\nPayment schedule\nInstallment    Due                           EUR\n1 of 2         Tuesday, September 1, 2026    215.00\n2 of 2         Monday, November 2, 2026      215.00";
        check(named, &[(AmountDue, "215.00"), (Instalments, "2026-09-01 215.00; 2026-11-02 215.00")]);
        let each = "Finanzamt Musterstadt\nVorauszahlungsbescheid 2026\n\nDatum 19.02.2026\n\nWir setzen vierteljährliche Vorauszahlungen fest.\nSie betragen jeweils 540 €, zusammen 1.080 €. Entrichten Sie\nden ersten Teilbetrag zum 10. März 2026;\nder andere folgt am 10. Juni.";
        check(each, &[(AmountDue, "540.00"), (Instalments, "2026-03-10 540.00; 2026-06-10 540.00")]);
        let later = "Stadtwerke Muster\n\nJahresrechnung 2025\n\nDatum 20.01.2026\n\nNachzahlung    63,19 €\n\nBitte zahlen Sie 63,19 € bis zum 10.02.2026.\n\nDie Vorauszahlungen betragen in diesem Jahr:\n15.04.2026    116,00 €\n15.06.2026    116,00 €";
        check(later, &[(AmountDue, "63.19"), (Instalments, "2026-02-10 63.19; 2026-04-15 116.00; 2026-06-15 116.00")]);
        let trip = "Schule am Park\n\nDatum 26.01.2026\n\nKlassenfahrt\n\nbis / am          was\nFr, 20.02.2026    Überweisung der Anzahlung von 100,00 €\nFr, 15.05.2026    Überweisung des Restbetrags von 189,00 €";
        check(trip, &[(Instalments, "2026-02-20 100.00; 2026-05-15 189.00")]);
        let spoken = "Schule am Park\n\nDatum 20.01.2026\n\nKlassenfahrt\n\nEine Anzahlung von 80,00 € überweisen Sie bitte bis zum 13.02.2026, den Rest von 265,00 € bis\nzum 15.05.2026.";
        check(spoken, &[(Instalments, "2026-02-13 80.00; 2026-05-15 265.00")]);
        let without_year = "Gemeinde Musterdorf\nGrundsteuerbescheid 2026\nDatum 12.01.2026\n\nDie Grundsteuer ist mit je 60,00 € am 15. Februar, 15. Mai, 15. August und\n15. November 2026 fällig.";
        check(without_year, &[(Instalments, "2026-02-15 60.00; 2026-05-15 60.00; 2026-08-15 60.00; 2026-11-15 60.00")]);
        let taxes = "Finanzamt Musterstadt\nVorauszahlungsbescheid\nDatum 23.02.2026\n\nDie Vorauszahlungen werden festgesetzt:\n              Einkommensteuer    Solidaritätszuschlag\n10.03.2026    1.465,00 €         0,00 €\n10.06.2026    1.465,00 €         0,00 €";
        check(taxes, &[(Instalments, "2026-03-10 1465.00; 2026-06-10 1465.00")]);
        let shares = "Fenster Muster GmbH\nAuftragsbestätigung\nDatum 07.04.2026\n\n30 % bei Auftragserteilung    1.500,00 €    zahlbar bis 14.04.2026\n70 % nach Abnahme             3.500,00 €    zahlbar bis 30.06.2026";
        check(shares, &[(Instalments, "2026-04-14 1500.00; 2026-06-30 3500.00")]);
        let across = "Stadt Musterstadt\nGrundsteuerbescheid\nDatum 15.01.2026\n\nDer Jahresbetrag ist in Teilbeträgen fällig:\n15.02.2026    15.05.2026\n87,00 €       87,00 €\n\nIBAN DE89 3704 0044 0532 0130 00";
        check(
            across,
            &[(DueDate, "2026-02-15"), (AmountDue, "87.00"), (Instalments, "2026-02-15 87.00; 2026-05-15 87.00")],
        );
        let sentences = "Ferienhof Muster\n\nDatum 22.01.2026\n\nDie Anzahlung von 277,20 € überweisen Sie bitte bis zum 5. Februar 2026.\nDen Rest von 1.108,80 € überweisen Sie bis zum 11. Juli 2026.";
        check(sentences, &[(Instalments, "2026-02-05 277.20; 2026-07-11 1108.80")]);
        assert_eq!(
            value("Leistungen\n03.02.2026    Beratung    10,00\n04.02.2026    Beratung    12,00", DueDate),
            None
        );
    }
}
