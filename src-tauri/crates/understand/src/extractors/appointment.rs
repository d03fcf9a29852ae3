//! When and where to be.

use std::ops::Range;

use chrono::{NaiveDateTime, NaiveTime};
use domain::{DocumentKind, Fact, Field, Value};

use super::Extractor;
use crate::context::Context;
use crate::forms::{dates, pattern};
use crate::labels::{Place, beside, found};

pub(super) struct Appointment;

impl Extractor for Appointment {
    fn id(&self) -> &'static str {
        "appointment"
    }

    fn run(&self, context: &Context) -> Vec<Fact> {
        let weight = match context.kind() {
            DocumentKind::Appointment | DocumentKind::EventRegistration => 0.88,
            DocumentKind::AuthorityLetter | DocumentKind::PickupNotice | DocumentKind::IdentityDocument => 0.6,
            _ => return Vec::new(),
        };
        let mut facts = Vec::new();
        let sent = pattern!(r"\b(?:gesendet|sent|gedruckt|printed|gekauft|erstellt)\b");
        for run in &context.layout.paragraphs {
            for (range, date) in dates::find(&run.text, context.order) {
                let before = run.text.get(..range.start).unwrap_or_default();
                let line = before.rsplit('·').next().unwrap_or_default();
                let behind = run.text.get(range.end..).unwrap_or_default();
                let Some((until, time)) = time(behind) else { continue };
                let recent: String = line.chars().rev().take(30).collect::<Vec<_>>().into_iter().rev().collect();
                let weight = if sent.is_match(&recent) { 0.2 } else { weight };
                let whole = range.start..range.end + until.end;
                let hit = found(run, whole, NaiveDateTime::new(date, time), Place::Behind);
                facts.push(hit.fact(self.id(), Field::AppointmentStart, weight, Value::DateTime));
            }
        }
        if facts.is_empty() {
            facts.extend(self.apart(context));
        }
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

impl Appointment {
    /// A date, and a time further on in the same paragraph: "am 3. Mai findet … statt. Ihr Termin ist um 16:20 Uhr."
    fn apart(&self, context: &Context) -> Option<Fact> {
        let at = pattern!(r"\bum\s+(?:\d{1,2}[:.]\d{2}\s*uhr|\d{1,2}\s*uhr)|\bat\s+\d{1,2}[:.]\d{2}");
        context.layout.paragraphs.iter().find_map(|run| {
            let (range, date) = dates::first(&run.text, context.order)?;
            let hit = at.find_at(&run.text, range.end)?;
            let (_, time) = time(&format!(" {}", hit.as_str()))?;
            let hit = found(run, range.start..hit.end(), NaiveDateTime::new(date, time), Place::Behind);
            Some(hit.fact(self.id(), Field::AppointmentStart, 0.7, Value::DateTime))
        })
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

/// The time of day right behind a date: `um 07:45 Uhr`, `, 9.30 Uhr`, `at 6:30 pm`, `20 Uhr`.
fn time(text: &str) -> Option<(Range<usize>, NaiveTime)> {
    let form = pattern!(
        r"^[\s,;–-]*(?:um|at|ab|von|from|gegen)?\s*(?P<h>\d{1,2})(?:[:.](?P<m>\d{2}))?\s*(?P<unit>uhr|h\b|a\.?m\.?|p\.?m\.?)?"
    );
    let hit = form.captures(text)?;
    let number = |name| hit.name(name).and_then(|m| m.as_str().parse::<u32>().ok());
    let unit = hit.name("unit").map(|m| m.as_str().to_lowercase());
    // A lone number without a unit is no time.
    if number("m").is_none() && unit.is_none() {
        return None;
    }
    let hour = match (unit.as_deref().map(|u| u.starts_with('p')), number("h")?) {
        (Some(true), hour) if hour < 12 => hour + 12,
        (_, hour) => hour,
    };
    Some((hit.get(0)?.range(), NaiveTime::from_hms_opt(hour, number("m").unwrap_or(0), 0)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_behind_a_date_are_read() {
        let one = |text: &str| time(text).map(|(_, t)| t.format("%H:%M").to_string());
        for (text, expected) in [
            (" um 07:45 Uhr", "07:45"),
            (", 9:30 Uhr, Autohaus", "09:30"),
            (", 18:30 – 20:00 CET", "18:30"),
            (" at 6.30 pm", "18:30"),
            (", 20 Uhr", "20:00"),
        ] {
            assert_eq!(one(text).as_deref(), Some(expected), "{text}");
        }
        for text in [" bis 12.3.", ", 3 Stück", "", " um 25:00 Uhr"] {
            assert_eq!(one(text), None, "{text}");
        }
    }
}

#[cfg(test)]
mod letters {
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
}
