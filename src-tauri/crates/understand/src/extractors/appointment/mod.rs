//! When and where to be.

mod hours;
mod standing;

use std::collections::BTreeSet;
use std::ops::Range;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, Timelike as _};
use domain::{DocumentKind, Fact, Field, Value};

use super::Extractor;
use super::legal::is_summons;
use super::terms::issued;
use crate::context::Context;
use crate::forms::{dates, partial_days, pattern};
use crate::labels::{Place, beside, found};
use crate::layout::{Row, Run};
use crate::prose;
use standing::{Standing, standing};

pub(super) struct Appointment;

/// Years ahead in which nobody makes an appointment.
const FARTHEST_DAYS: i64 = 3 * 366;

/// How sure the day of a summons is.
const SUMMONED: f32 = 0.86;

impl Extractor for Appointment {
    fn id(&self) -> &'static str {
        "appointment"
    }

    fn run(&self, context: &Context) -> Vec<Fact> {
        let issued = issued(context).map(|(day, _)| day);
        let mut facts = Vec::new();
        for run in &context.layout.paragraphs {
            for (range, date) in days(&run.text, context, issued) {
                let Some((whole, time)) = with_hour(&run.text, &range) else { continue };
                let Some(weight) = weight(context, run, &range, date, issued) else { continue };
                // "by 5 pm on 18 March"
                let before = run.text.get(..range.start.min(whole.start)).unwrap_or_default();
                let ends = whole.start < range.start && is_until(before) || ends_stretch(before);
                let weight = if ends { f32::min(weight, 0.3) } else { weight };
                let hit = found(run, whole, NaiveDateTime::new(date, time), Place::Behind);
                facts.push(hit.fact(self.id(), Field::AppointmentStart, weight, Value::DateTime));
            }
        }
        facts.extend(self.in_cells(context, issued));
        facts.extend(self.in_wrapped_cells(context, issued));
        if facts.is_empty() {
            facts.extend(self.apart(context, issued).or_else(|| self.by_label(context, issued)));
        }
        // What was long ago or lies decades ahead is no appointment: the number of a room was taken for a year.
        if let Some(issued) = issued {
            for fact in &mut facts {
                let days = fact.value.date().map_or(0, |day| (day - issued).num_days());
                if !(-1..=FARTHEST_DAYS).contains(&days) {
                    fact.confidence *= 0.2;
                } else if days < 1 {
                    // When a message was written.
                    fact.confidence *= 0.5;
                }
            }
        }
        // A summons is for its one day, whatever else the letter is.
        if is_summons(context) {
            for fact in &mut facts {
                fact.confidence = fact.confidence.max(SUMMONED);
            }
        }
        // At night nobody is expected: "1.1.–7.11." is no hour.
        for fact in &mut facts {
            if matches!(fact.value, Value::DateTime(start) if start.hour() < 5) {
                fact.confidence *= 0.3;
            }
        }
        let all = self.several(context, &mut facts);
        facts.extend(all);
        facts.extend(self.street(context, &facts));
        let label = pattern!(
            r"^\W*(?:ort|wo|where|treffpunkt|veranstaltungsort|venue|location|adresse|raum|abholort|filiale)\b\s*:"
        );
        let place = |text: &str| {
            let text_start = text.len() - text.trim_start_matches([':', ' ']).len();
            let value = text.get(text_start..)?.trim_end().to_owned();
            (value.len() > 2).then_some((text_start..text.len(), value))
        };
        for hit in beside(&context.layout, label, 2, &place) {
            facts.push(hit.fact(self.id(), Field::AppointmentPlace, 0.85, Value::Text));
        }
        facts
    }
}

/// The days of a text, also those without a year.
fn days(text: &str, context: &Context, issued: Option<NaiveDate>) -> Vec<(Range<usize>, NaiveDate)> {
    let mut all = dates::find(text, context.order);
    let partly = issued.map_or_else(Vec::new, |day| partial_days::find(text, day));
    let is_new =
        |range: &Range<usize>| !all.iter().any(|(known, _)| known.start < range.end && range.start < known.end);
    let partly: Vec<_> = partly.into_iter().filter(|(range, _)| is_new(range)).collect();
    all.extend(partly);
    all
}

/// The time behind a day, or before it, with the bytes of both.
fn with_hour(text: &str, day: &Range<usize>) -> Option<(Range<usize>, NaiveTime)> {
    let behind = || {
        let (range, time) = hours::behind(text.get(day.end..)?)?;
        Some((day.start..day.end + range.end, time))
    };
    let before = || {
        let (range, time) = hours::before(text.get(..day.start)?)?;
        Some((range.start..day.end, time))
    };
    // "am Samstag um 11 Uhr, das ist der 21. Februar"
    let earlier = || {
        let sentence = prose::sentence(text, day.start);
        let words = text.get(sentence.start..day.start)?;
        let meant = pattern!(r"\b(?:das ist|das wäre|also|nämlich|und zwar|that is|i\.e\.)\b[^.;!?]{0,24}$");
        let at = pattern!(r"\b(?:um|at)\s+\d{1,2}").find_iter(words).last().filter(|_| meant.is_match(words))?;
        let (_, time) = hours::behind(&format!(" {}", words.get(at.start()..)?))?;
        Some((sentence.start + at.start()..day.end, time))
    };
    behind().or_else(before).or_else(earlier)
}

/// Whether the words before a day or an hour make it the end of a time.
fn is_until(before: &str) -> bool {
    pattern!(
        r"\b(?:bis|spätestens|not later than|no later than|by|until|before|vor)\b(?:\s+(?:zum|am|um|dem|den|spätestens|\p{L}+tag|mittwoch)|,)*\s*$"
    )
    .is_match(before)
}

/// Whether the words before a day make it the end of a stretch that began with a day and an hour: "17 September, 9:30 a.m. to".
fn ends_stretch(before: &str) -> bool {
    pattern!(
        r"\d(?:[:.]\d{2})?\s*(?:uhr|h|[ap]\.?m\.?)?,?\s*(?:to|bis|until|–|-)\s+(?:\p{L}+,?\s+(?:den\s+|dem\s+)?)?$"
    )
    .is_match(before)
}

/// How likely a day with a time is one to be somewhere; none if that day was called off.
fn weight(
    context: &Context,
    run: &Run,
    range: &Range<usize>,
    day: NaiveDate,
    issued: Option<NaiveDate>,
) -> Option<f32> {
    let kind = match context.kind() {
        DocumentKind::Appointment | DocumentKind::EventRegistration => 0.88,
        DocumentKind::AuthorityLetter | DocumentKind::IdentityDocument => 0.6,
        // What prints when it was printed, measured or paid.
        DocumentKind::Receipt
        | DocumentKind::Invoice
        | DocumentKind::CorrectedInvoice
        | DocumentKind::CreditNote
        | DocumentKind::BankStatement
        | DocumentKind::Payslip
        | DocumentKind::Dunning
        | DocumentKind::TaxNotice
        | DocumentKind::DeliveryNote
        // When somebody tried to deliver it, and from when it can be fetched.
        | DocumentKind::PickupNotice => 0.3,
        _ => 0.4,
    };
    let before = run.text.get(..range.start).unwrap_or_default();
    let line = before.rsplit('·').next().unwrap_or_default();
    let recent: String = line.chars().rev().take(34).collect::<Vec<_>>().into_iter().rev().collect();
    let sent = pattern!(
        r"\b(?:gesendet|sent|gedruckt|druckdatum|ausdruck|printed|gekauft|verkauft|bezahlt|erstellt|ausgestellt|abgerufen|bestellt|created|ordered|purchased|booked on|buchung vom|stand|verstoß|tatzeit|messung|abgelesen|gemessen|verkehrs\p{L}+|beleg|terminal|transaktion|timestamp|zeitstempel|zustellversuch|angetroffen|zugestellt|hinterlegt)\b"
    );
    let sentence = run.text.get(prose::sentence(&run.text, range.start)).unwrap_or_default();
    let meets = pattern!(
        r"(?:termin\b|untersuch|behandlung|sprechstunde|einlass|\bbeginn|vorstell|erscheinen|\bladung|vorladung|findet\b.{0,60}\bstatt|versammlung|prüfung|besichtig|techniker|monteur|kommen\b|kommt\b|treffen wir|eingetragen|reserviert|appointment|meeting|consultation|visit|\bwhen\b|\bwann\b|\bdoors\b|starts?\b|abfahrt|departure|check-in|anreise|einladen|invite|erwarten (?:wir )?(?:sie|dich|euch)|laden (?:wir )?(?:sie|dich|euch))"
    );
    // "Donnerstag, den 12.02.2026, um 14.40 Uhr": a day with its name and an hour is one to be somewhere.
    let named = pattern!(
        r"(?:\b(?:(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|(?:mon|tues|wednes|thurs|fri|satur|sun)day)s?,?(?: (?:den|dem|der))?|\b(?:mo|di|mi|do|fr|sa|so)\.?,?)\s*$"
    )
    .is_match(before);
    let kind = if named { f32::max(kind, 0.66) } else { kind };
    let meeting = || if meets.is_match(sentence) { f32::max(kind, 0.78) } else { kind };
    // What is sent has its day and hour in its head; an appointment is later.
    let head = pattern!(r"(?:^|[·|])\W*(?:datum|date)\s*:").is_match(&recent);
    let is_sent = sent.is_match(&recent) || head && issued.is_none_or(|issued| day <= issued);
    // "ab 12 Uhr": from then on something can be fetched.
    let opens = context.kind() == DocumentKind::PickupNotice
        && run.text.get(range.end..).is_some_and(|behind| pattern!(r"^,?\s*(?:ab|from)\b").is_match(behind));
    match standing(&run.text, range) {
        _ if opens => Some(0.1),
        _ if is_sent => Some(0.15),
        Standing::Gone => None,
        _ if is_until(before) || sentence.contains("not yet booked") => Some(0.3),
        Standing::Perhaps => Some(0.4),
        Standing::New => Some(f32::max(meeting(), 0.9)),
        Standing::Stands => Some(meeting()),
    }
}

/// So many heights of a line further down an hour still belongs to the day above it.
const LINES: f32 = 3.0;

/// From this a day with an hour is one of several to be somewhere.
const SURE: f32 = 0.6;

impl Appointment {
    /// All appointments of a letter that has more than one, the earliest first. Where the reader may choose there is one.
    fn several(&self, context: &Context, facts: &mut [Fact]) -> Option<Fact> {
        let starts = |fact: &Fact| if let Value::DateTime(start) = fact.value { Some(start) } else { None };
        let sure = facts.iter().filter(|fact| fact.confidence >= SURE).filter_map(starts);
        let all: BTreeSet<NaiveDateTime> = sure.collect();
        let first = *all.first().filter(|_| all.len() > 1)?;
        let best = facts.iter().map(|fact| fact.confidence).fold(0.0, f32::max);
        let earliest = facts.iter_mut().find(|fact| fact.confidence >= SURE && starts(fact) == Some(first))?;
        earliest.confidence = earliest.confidence.max(best + 0.01);
        let choice = pattern!(
            r"\b(?:möglichkeit|option|wahlweise|alternativ\p{L}*|zur auswahl|welcher termin|passt (?:ihnen|dir|euch)|zeitfenster a|choose|either|alternative\p{L}*)\b"
        );
        if context.layout.paragraphs.iter().any(|run| choice.is_match(&run.text)) {
            return None;
        }
        let listed: Vec<String> = all.iter().map(|start| start.format("%Y-%m-%dT%H:%M").to_string()).collect();
        Some(Fact { field: Field::Appointments, value: Value::Text(listed.join("; ")), ..earliest.clone() })
    }

    /// A day in one cell and its time in the next of the row, or below.
    fn in_cells(&self, context: &Context, issued: Option<NaiveDate>) -> Vec<Fact> {
        let rows = &context.layout.rows;
        let mut facts = Vec::new();
        for (r, row) in rows.iter().enumerate() {
            for (c, cell) in row.cells.iter().enumerate() {
                for (range, date) in days(&cell.text, context, issued) {
                    // The day ends its cell, but for a closing mark.
                    if cell.text.len() > range.end + 3 {
                        continue;
                    }
                    // "Datum | 19. August 2026 | Zeit | 09.20 Uhr"
                    let label = pattern!(r"^\W*(?:uhrzeit|zeit|beginn|um|time)\W*$");
                    let is_label = |next: &&Run| label.is_match(&next.text);
                    let right =
                        row.cells.get(c + if row.cells.get(c + 1).is_some_and(|next| is_label(&next)) { 2 } else { 1 });
                    // The lines of the other columns may stand between the two.
                    let below = rows.iter().skip(r + 1).take(3).flat_map(|next| &next.cells).find(|next| {
                        next.rect.x < cell.rect.right()
                            && next.rect.right() > cell.rect.x
                            && next.rect.y - cell.rect.y < LINES * cell.rect.h
                    });
                    let above = r.checked_sub(1).and_then(|r| rows.get(r)).and_then(|next: &Row| {
                        next.cells
                            .iter()
                            .find(|next| next.rect.x < cell.rect.right() && next.rect.right() > cell.rect.x)
                    });
                    let next = [right, below, above].into_iter().flatten();
                    let near = next.filter(|next| next.page == cell.page).find_map(|next| hours::alone(&next.text));
                    // On a form the hour may stand in another column of the row right above.
                    let apart = || {
                        let row = r.checked_sub(1).and_then(|r| rows.get(r))?;
                        let is_near = |next: &&Run| next.page == cell.page && cell.rect.y - next.rect.y < 0.02;
                        let no_day = row.cells.iter().all(|next| dates::find(&next.text, context.order).is_empty());
                        let is_form = (context.kind() == DocumentKind::Appointment || is_summons(context)) && no_day;
                        row.cells.iter().filter(is_near).filter(|_| is_form).find_map(|next| hours::alone(&next.text))
                    };
                    let Some(time) = near.or_else(apart) else { continue };
                    let Some(weight) = weight(context, cell, &range, date, issued).map(|weight| 0.85 * weight) else {
                        continue;
                    };
                    let hit = found(cell, range, NaiveDateTime::new(date, time), Place::Behind);
                    facts.push(hit.fact(self.id(), Field::AppointmentStart, weight, Value::DateTime));
                }
            }
        }
        facts
    }

    /// A day in a cell of several lines, and the hour in the cell beside it: "Do," above "28.05.2026", "08:30" to the right of
    /// the two.
    fn in_wrapped_cells(&self, context: &Context, issued: Option<NaiveDate>) -> Vec<Fact> {
        /// In words, with the name of the day.
        const LONGEST: usize = 5;
        let mut facts = Vec::new();
        for run in context.layout.paragraphs.iter().filter(|run| run.len() <= LONGEST) {
            let all = days(&run.text, context, issued);
            let [(range, date)] = all.as_slice() else { continue };
            if run.text.len() > range.end + 3 || run.rect.h < 1.6 * run.evidence(range.clone()).rect.h {
                continue;
            }
            let beside = context.layout.cells().filter(|cell| {
                let middle = cell.rect.middle();
                cell.page == run.page
                    && cell.rect.x >= run.rect.right()
                    && run.rect.y <= middle
                    && middle <= run.rect.bottom()
            });
            let Some(time) = beside.into_iter().find_map(|cell| hours::alone(&cell.text)) else { continue };
            let Some(weight) = weight(context, run, range, *date, issued).map(|weight| 0.85 * weight) else { continue };
            let hit = found(run, range.clone(), NaiveDateTime::new(*date, time), Place::Behind);
            facts.push(hit.fact(self.id(), Field::AppointmentStart, weight, Value::DateTime));
        }
        facts
    }

    /// A date, and a time further on in the same paragraph: "am 3. Mai findet … statt. Ihr Termin ist um 16:20 Uhr."
    fn apart(&self, context: &Context, issued: Option<NaiveDate>) -> Option<Fact> {
        let at = pattern!(
            r"\b(?:um|ab|zwischen|von|beginn:?|einlass:?)\s+(?:\d{1,2}[:.]\d{2}\s*(?:uhr|h)?|\d{1,2}\s*(?:uhr|und|bis|-|–))|\bat\s+\d{1,2}(?:[:.]\d{2}|\s?[ap]\.?m)|\bbetween\s+\d{1,2}"
        );
        let is_appointment = matches!(context.kind(), DocumentKind::Appointment | DocumentKind::EventRegistration);
        context.layout.paragraphs.iter().find_map(|run| {
            let all = days(&run.text, context, issued);
            let later = all.iter().find(|(_, day)| issued.is_none_or(|issued| *day > issued));
            let (range, date) = later.or(all.first()).cloned()?;
            // "von 1.108,80 €" is no hour.
            let is_hour = |hit: &regex::Match| {
                !run.text
                    .get(hit.end()..)
                    .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit() || c == ','))
            };
            let hit = at.find_at(&run.text, range.end).filter(|hit| hit.start() < range.end + 160 && is_hour(hit))?;
            let words = hit.as_str().trim_start_matches(|c: char| !c.is_ascii_digit());
            let (_, time) = hours::behind(&format!(" {} Uhr", words.trim_end_matches(|c: char| !c.is_ascii_digit())))?;
            let weight = weight(context, run, &range, date, issued)?;
            let weight = if is_appointment { 0.7 } else { 0.8 * weight };
            let hit = found(run, range.start..hit.end(), NaiveDateTime::new(date, time), Place::Behind);
            Some(hit.fact(self.id(), Field::AppointmentStart, weight, Value::DateTime))
        })
    }

    /// The first day still to come and the hour that the page calls the beginning: tickets print them far apart.
    fn by_label(&self, context: &Context, issued: Option<NaiveDate>) -> Option<Fact> {
        if !matches!(context.kind(), DocumentKind::Appointment | DocumentKind::EventRegistration) {
            return None;
        }
        let begins = pattern!(r"\b(?:beginn|anfang|start|show|uhrzeit|zeit|time)\b\s*(?:/\s*\p{L}+)?:?\s*(?:um\s)?");
        let opens = pattern!(r"\b(?:einlass|doors)\b(?:\s*/\s*\p{L}+)?:?\s*(?:ab\s|um\s)?");
        let read =
            |text: &str| hours::behind(&format!(" {text}")).map(|(range, time)| (0..range.end.saturating_sub(1), time));
        let hour = [begins, opens]
            .into_iter()
            .find_map(|label| beside(&context.layout, label, 2, &read).into_iter().next().map(|hit| hit.value))?;
        let all = context
            .layout
            .cells()
            .flat_map(|cell| days(&cell.text, context, issued).into_iter().map(move |(range, day)| (cell, range, day)));
        // Tickets print their day large and the day of their sale small.
        let (cell, range, day) = all.max_by(|a, b| a.0.rect.h.total_cmp(&b.0.rect.h).then(a.2.cmp(&b.2)))?;
        let hit = found(cell, range, NaiveDateTime::new(day, hour), Place::Behind);
        Some(hit.fact(self.id(), Field::AppointmentStart, 0.62, Value::DateTime))
    }

    /// The first line with a street close below the time.
    fn street(&self, context: &Context, starts: &[Fact]) -> Option<Fact> {
        let when = starts
            .iter()
            .filter(|f| f.field == Field::AppointmentStart)
            .max_by(|a, b| a.confidence.total_cmp(&b.confidence))?;
        let when = when.evidence.as_ref()?;
        let street = pattern!(
            r"(?:[^,;]+,\s)?[^,;:]*(?:straße|str\.|ring|weg|platz|allee|gasse|damm|ufer|street|road|avenue)\s\d+\w?"
        );
        let near = context.layout.cells().filter(|cell| {
            let gap = cell.rect.y - when.rect.y;
            cell.page == when.page && (-0.005..0.08).contains(&gap)
        });
        near.filter_map(|cell| Some((cell, street.find_iter(&cell.text).last()?))).next().map(|(cell, hit)| {
            let text = hit.as_str().trim_start_matches([',', ' ']).to_owned();
            let hit = found(cell, hit.range(), text, Place::Below);
            hit.fact(self.id(), Field::AppointmentPlace, 0.65, Value::Text)
        })
    }
}

#[cfg(test)]
mod tests {
    use domain::Field::{AppointmentPlace, AppointmentStart};

    use crate::testing::check;

    #[test]
    fn day_and_time_are_joined_even_when_apart() {
        check(
            "Praxis Muster\n\nIhr Termin\n\nSehr geehrte Frau Beispiel,\n\nDienstag, 12.05.2026 um 9:30 Uhr\nPraxis Muster, Ringstraße 88",
            &[(AppointmentStart, "2026-05-12T09:30"), (AppointmentPlace, "Praxis Muster, Ringstraße 88")],
        );
        check(
            "Musterschule\n\nElternsprechtag\n\nLiebe Familie Beispiel,\n\nam 27. November 2026 ist Sprechtag. Ihr Termin ist um 16:20 Uhr.",
            &[(AppointmentStart, "2026-11-27T16:20")],
        );
    }

    #[test]
    fn an_event_of_several_days_begins_with_the_first() {
        check(
            "Lettering Days\n\nJuly 21, 2026\n\nHi Erika,\n\nyour registration is confirmed.\n\nWhen    Thursday, September 17, 2026, 9:30 a.m.\n        to Friday, September 18, 2026, 5:00 p.m.",
            &[(AppointmentStart, "2026-09-17T09:30")],
        );
    }

    #[test]
    fn the_first_row_of_a_table_of_appointments_is_no_day_of_the_letter() {
        let letter = "Klinik Muster\n\nFrau Beispiel\n\nPatient 6004 | geb. 23.06.1953 | 12.05.2026\n\nIhre Termine zur Operation\n\nSehr geehrte Frau Beispiel,\n\nTag           Uhrzeit    Was            Wo\nDo,           08:30      Vorgespräch    Haus C\n28.05.2026               Aufklärung\n\nDi, 09.06.2026    07:00    Operation    Haus C";
        check(letter, &[(AppointmentStart, "2026-05-28T08:30"), (domain::Field::IssueDate, "2026-05-12")]);
        assert_eq!(
            crate::testing::value(letter, domain::Field::Appointments).as_deref(),
            Some("2026-05-28T08:30; 2026-06-09T07:00")
        );
    }

    #[test]
    fn in_a_table_the_hour_stands_below_the_day_or_behind_its_label() {
        let head = "Strassenverkehrsamt\n\nMusterstadt, 6. Juli 2026\n\nAufgebot zur Fahrzeugprüfung\n\nSehr geehrter Herr Beispiel\n\n";
        check(
            &format!("{head}Datum    Mittwoch, 19. August 2026    Zeit    09.20 Uhr\nOrt    Prüfhalle, Bahn 3"),
            &[(AppointmentStart, "2026-08-19T09:20")],
        );
        check(
            "Klinik Muster\n\nIhre Termine\n\nDatum: 21.05.2026\n\nSehr geehrte Frau Beispiel,\n\nWann    Was    Wo\nDi, 09.06.2026    Untersuchung und Gespräch    Haus B\n10:40 Uhr    ca. 3 Stunden    Aufnahme",
            &[(AppointmentStart, "2026-06-09T10:40")],
        );
    }
}
