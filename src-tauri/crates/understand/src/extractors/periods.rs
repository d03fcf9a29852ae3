//! How long something lasts: the last day of validity, the time billed for, the day when it is due again.

use std::ops::Range;

use chrono::NaiveDate;
use domain::{DocumentKind, Fact, Field, Origin, Period, PeriodUnit, Value};

use super::Extractor;
use super::terms::issued;
use crate::context::Context;
use crate::forms::lengths::Term;
use crate::forms::{dates, pattern};
use crate::labels::{Found, Place, beside, found, in_prose};
use crate::prose;

pub(super) struct Periods;

const ID: &str = "periods";

impl Extractor for Periods {
    fn id(&self) -> &'static str {
        ID
    }

    fn run(&self, context: &Context) -> Vec<Fact> {
        let mut facts = valid_until(context);
        facts.extend(until_in_prose(context));
        facts.extend(next_time(context));
        if context.kind() == DocumentKind::Prescription {
            facts.extend(valid_for(context));
        }
        facts.extend(spans(context));
        facts
    }
}

/// The last day of validity, beside or behind its words.
fn valid_until(context: &Context) -> Vec<Fact> {
    let label = pattern!(
        r"\b(?:gültig bis(?: zum| einschließlich)?|gültigkeit bis|gilt (?:\p{L}+ ){0,3}?bis(?: zum| einschließlich| inklusive)*|ablauf(?:datum)?(?: der \p{L}+(?: \p{L}+)?)?|(?:vertrags|laufzeit)ende|valid (?:until|to|through)|expir(?:es|y|y date|ation date)(?: on)?|garantie bis|haltbar bis|einlösbar bis|einzulösen bis(?: zum)?|nutzbar bis|liegt (?:\p{L}+ ){0,4}?bis|bereit bis|verliert\b.{0,80}?\bam|läuft\b.{0,60}?\bam|läuft\b.{0,40}?\bbis(?: zum| einschließlich)?|lagerfrist(?: bis)?|abholbar bis|abzuholen bis(?: zum)?|aufbewahrt bis(?: zum)?|ende der (?:abhol|lager|aufbewahrungs)frist|(?:letzter|spätester) abholtag|abholfrist (?:bis|endet am)|held until|collect by|abholung (?:möglich )?bis(?: zum| einschließlich)?|endet am|ends on|laufzeit bis|preisgarantie bis)\b"
    );
    // Until when it can be fetched, not how long the old paper is valid that has to be brought along.
    let kept = pattern!(
        r"\b(?:liegt|bereit|lagerfrist|abhol\p{L}*|abzuholen|aufbewahrt|ende der (?:abhol|lager|aufbewahrungs)frist|held|collect\p{L}*)\b"
    );
    let is_pickup = context.kind() == DocumentKind::PickupNotice;
    let read = |text: &str| dates::first(text, context.order);
    let beside = beside(&context.layout, label, 12, &read).into_iter().map(|hit| (hit, 0.9));
    let prose = in_prose(&context.layout, label, 12, &read).into_iter().map(|hit| (hit, 0.85));
    let weighed = beside.chain(prose).map(|(hit, weight)| {
        let of_label = label.find_iter(&hit.before).last().map_or("", |label| label.as_str());
        let weight = if is_pickup && !kept.is_match(of_label) { 0.5 * weight } else { weight };
        hit.fact(ID, Field::ExpiryDate, weight, Value::Date)
    });
    weighed.collect()
}

/// The day behind a "bis" in a sentence about something that lasts and not about paying.
fn until_in_prose(context: &Context) -> Vec<Fact> {
    let until = pattern!(r"\b(?:bis|until)\s+(?:zum\s+)?");
    let lasts = pattern!(r"\b(?:bewillig\w*|läuft|laufzeit|monate?|jahre?|garantie|vertragsende|abhol\w*|liegt)\b");
    let mut facts = Vec::new();
    for run in &context.layout.paragraphs {
        for hit in until.find_iter(&run.text) {
            let rest = run.text.get(hit.end()..).unwrap_or_default();
            let read = dates::first(rest, context.order).filter(|(range, _)| range.start == 0);
            let Some((range, date)) = read else { continue };
            let sentence = run.text.get(prose::sentence(&run.text, hit.start())).unwrap_or_default();
            if lasts.is_match(sentence) && !prose::asks_to_pay(sentence) {
                let hit = found(run, hit.end() + range.start..hit.end() + range.end, date, Place::Behind);
                facts.push(hit.fact(ID, Field::ExpiryDate, 0.6, Value::Date));
            }
        }
    }
    facts
}

/// When something is due again.
fn next_time(context: &Context) -> Vec<Fact> {
    let next = pattern!(
        r"\b(?:nächste[rs]?\s+(?:\p{L}*(?:prüfung|untersuchung|wartung|inspektion|service|termin|kontrolle|kehrung|messung|besuch|hu|eichung))|next\s+(?:service|inspection|check|test|maintenance|visit)|wieder fällig)\b[^.]{0,30}?(?:am|bis|bis zum|on|by|:)?\s*"
    );
    let weight = if context.kind() == DocumentKind::MaintenanceReport { 1.0 } else { 0.7 };
    let read = |text: &str| dates::first(text, context.order);
    let days = in_prose(&context.layout, next, 30, &read).into_iter().chain(beside(&context.layout, next, 12, &read));
    let months =
        in_prose(&context.layout, next, 30, &month).into_iter().chain(beside(&context.layout, next, 12, &month));
    // "Die Hauptuntersuchung Ihres Wagens ist im April 2026 fällig"
    let due = pattern!(
        r"\b(?:\p{L}*(?:prüfung|untersuchung|wartung|inspektion|kehrung|eichung|plakette)|hu|tüv|pickerl|inspection|service)\b[^.;!?]{0,110}?\b(?:ist|wird|läuft|sind|is|fällig|due)\b[^.;!?]{0,20}?\b(?:im|in|für|for)\s+"
    );
    let falls = |hit: &Found<NaiveDate>| {
        pattern!(r"\b(?:fällig|ab|an|due)\b").is_match(&hit.before)
            || context.layout.paragraphs.iter().any(|run| {
                run.text.contains(&hit.evidence.text)
                    && pattern!(r"\b(?:fällig|läuft|gelocht|due)\b").is_match(&run.text)
            })
    };
    let soon = in_prose(&context.layout, due, 0, &month).into_iter().filter(falls);
    let soon: Vec<_> = soon.map(|hit| hit.fact(ID, Field::NextDueDate, 0.72, Value::Date)).collect();
    let months = months.map(|hit| hit.fact(ID, Field::NextDueDate, 0.7 * weight, Value::Date)).chain(soon);
    let days = days.map(|hit| hit.fact(ID, Field::NextDueDate, 0.8 * weight, Value::Date));
    days.chain(months.map(|fact| Fact { origin: Origin::Derived, ..fact })).collect()
}

/// The last day of a validity that is counted from the day of the letter.
fn valid_for(context: &Context) -> Vec<Fact> {
    let valid = pattern!(r"\b(?:gültig(?:keit)?|valid)\b:?\s*(?:für |for )?");
    let Some((issued, sure)) = issued(context) else { return Vec::new() };
    let lengths = in_prose(&context.layout, valid, 0, &length).into_iter();
    let ends = lengths.filter_map(|hit| {
        let end = hit.value.end(issued)?;
        let fact = hit.fact(ID, Field::ExpiryDate, 0.7 * sure, |_| Value::Date(end));
        Some(Fact { origin: Origin::Derived, ..fact })
    });
    ends.collect()
}

/// From a day to a day: the time that is billed for.
fn spans(context: &Context) -> Vec<Fact> {
    let dash = pattern!(r"^\s?(?:-|–|—|bis(?: zum)?|to|until)\s?$");
    let mut facts = Vec::new();
    for run in &context.layout.paragraphs {
        let all = dates::find(&run.text, context.order);
        for pair in all.windows(2) {
            let [(from, start), (to, end)] = pair else { continue };
            let between = run.text.get(from.end..to.start).unwrap_or_default();
            if dash.is_match(between) && start < end {
                let range = from.start..to.end;
                let text = run.text.get(range.clone()).unwrap_or_default().to_owned();
                facts.push(found(run, range, text, Place::Behind).fact(ID, Field::ServicePeriod, 0.75, Value::Text));
            }
        }
    }
    facts
}

/// A month without a day, as its first day: `Oktober 2026`, `10/2026`.
fn month(text: &str) -> Option<(Range<usize>, NaiveDate)> {
    let form = pattern!(r"\b(?:(?P<name>\p{L}{3,9})\.?|(?P<number>0?[1-9]|1[0-2])\s?[/.])\s?(?P<year>20\d{2})\b");
    let mut hits = form.captures_iter(text);
    hits.find_map(|hit| {
        let whole = hit.get(0)?;
        // "31.03.2028" has a day.
        let dated = text.get(..whole.start())?.ends_with(['.', '/', ' '])
            && text.get(..whole.start())?.trim_end_matches(['.', '/', ' ']).ends_with(|c: char| c.is_ascii_digit());
        let month = match (hit.name("name"), hit.name("number")) {
            (Some(name), _) => dates::month(name.as_str())?,
            (None, Some(number)) => number.as_str().parse().ok()?,
            (None, None) => return None,
        };
        let day = NaiveDate::from_ymd_opt(hit.name("year")?.as_str().parse().ok()?, month, 1)?;
        (!dated).then_some((whole.range(), day))
    })
}

/// How long something is valid: `3 Monate ab Ausstellung`.
fn length(text: &str) -> Option<(Range<usize>, Term)> {
    let form =
        pattern!(r"^(?P<period>\S+ (?:tage?n?|wochen?|monate?n?|days|weeks|months?))\s+(?:ab|nach|seit|from|after)\b");
    let hit = form.captures(text)?.name("period")?;
    let period = Period::find(hit.as_str())?;
    let term = match period.unit {
        PeriodUnit::Days | PeriodUnit::BankDays => Term::Days(period.count),
        PeriodUnit::Weeks => Term::Days(7 * period.count),
        PeriodUnit::Months => Term::Months(period.count),
        PeriodUnit::Years => Term::Months(12 * period.count),
    };
    Some((hit.range(), term))
}

#[cfg(test)]
mod tests {
    use domain::Field::{ExpiryDate, NextDueDate, ServicePeriod};
    use domain::Origin;

    use crate::testing::{check, findings};

    #[test]
    fn a_month_without_a_day_is_its_first_day_and_worked_out() {
        let head = "Wartungsprotokoll Heizungsanlage\nWartungsdatum 07.10.2025\n\n";
        for (line, day, origin) in [
            ("Nächste Wartung im Oktober 2026.", "2026-10-01", Origin::Derived),
            ("Nächste Wartung: 10/2026", "2026-10-01", Origin::Derived),
            ("Nächste Wartung bis spätestens 31.10.2026", "2026-10-31", Origin::Text),
        ] {
            let found = findings(&format!("{head}{line}"));
            let fact = found.best(NextDueDate).expect(line);
            assert_eq!((fact.value.plain().as_str(), fact.origin), (day, origin), "{line}");
        }
    }

    #[test]
    fn ends_and_periods_are_found() {
        check("Gutschein\nGültig bis 31.12.2026", &[(ExpiryDate, "2026-12-31")]);
        // Of a passport that is to be fetched the old one ends before.
        let fetch = "Stadt Muster\n\nIhr Ausweis liegt zur Abholung bereit\n\nDatum 30.03.2026\n\nBitte holen Sie ihn bis zum 30.04.2026 ab. Der alte verliert am 21.04.2026 seine Gültigkeit.";
        check(fetch, &[(ExpiryDate, "2026-04-30")]);
        let table = "Musterpost\n\nBenachrichtigung\nIhre Sendung wurde hinterlegt.\n\nBeginn der Abholfrist    Ende der Abholfrist\n16.07.2026, ab 12 Uhr    30.07.2026";
        check(table, &[(ExpiryDate, "2026-07-30")]);
        check(
            "Privatrezept\nDatum: 16.02.2026\nRp.\n1 x täglich\n\nGültig 3 Monate ab Ausstellungsdatum",
            &[(ExpiryDate, "2026-05-16")],
        );
        check("Rechnung\nZeitraum 01.01.2026 - 31.01.2026", &[(ServicePeriod, "01.01.2026 - 31.01.2026")]);
    }
}
