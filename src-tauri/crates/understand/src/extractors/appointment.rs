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
                let confidence = hit.confidence(weight);
                facts.push(hit.fact(self.id(), Field::AppointmentStart, confidence, Value::DateTime));
            }
        }
        let label = pattern!(r"^\W*(?:ort|wo|where|treffpunkt|veranstaltungsort|venue|location|adresse|raum|abholort|filiale)\b\s*:");
        let place = |text: &str| {
            let text_start = text.len() - text.trim_start_matches([':', ' ']).len();
            let value = text.get(text_start..)?.trim_end().to_owned();
            (value.len() > 2).then(|| (text_start..text.len(), value))
        };
        for hit in beside(&context.layout, label, 2, &place) {
            let confidence = hit.confidence(0.85);
            facts.push(hit.fact(self.id(), Field::AppointmentPlace, confidence, Value::Text));
        }
        facts
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
