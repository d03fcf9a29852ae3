//! How long something lasts: the last day of validity, the time billed for, the day when it is due again.

use std::ops::Range;

use chrono::NaiveDate;
use domain::{DocumentKind, Fact, Field, Origin, Period, PeriodUnit, Value};

use super::Extractor;
use super::terms::issued;
use crate::context::Context;
use crate::forms::lengths::Term;
use crate::forms::{dates, pattern};
use crate::labels::{Place, beside, found, in_prose};
use crate::prose;

pub(super) struct Periods;

impl Extractor for Periods {
    fn id(&self) -> &'static str {
        "periods"
    }

    fn run(&self, context: &Context) -> Vec<Fact> {
        let mut facts = Vec::new();
        let read = |text: &str| dates::find(text, context.order).into_iter().next();
        let label = pattern!(
            r"\b(?:gültig bis(?: zum| einschließlich)?|gültigkeit bis|ablauf(?:datum)?|valid (?:until|to|through)|expir(?:es|y|y date|ation date)(?: on)?|garantie bis|haltbar bis|einlösbar bis|lagerfrist(?: bis)?|abholbar bis|abholung (?:möglich )?bis(?: zum| einschließlich)?|endet am|ends on|laufzeit bis|preisgarantie bis)\b"
        );
        for hit in beside(&context.layout, label, 12, &read) {
            facts.push(hit.fact(self.id(), Field::ExpiryDate, 0.9, Value::Date));
        }
        for hit in in_prose(&context.layout, label, 12, &read) {
            facts.push(hit.fact(self.id(), Field::ExpiryDate, 0.85, Value::Date));
        }
        let span = pattern!(r"\b(?:bis|until)\s+(?:zum\s+)?");
        let duration =
            pattern!(r"\b(?:bewillig\w*|läuft|laufzeit|monate?|jahre?|garantie|vertragsende|abhol\w*|liegt)\b");
        for run in &context.layout.paragraphs {
            for hit in span.find_iter(&run.text) {
                let Some((range, date)) = run.text.get(hit.end()..).and_then(read).filter(|(r, _)| r.start == 0) else {
                    continue;
                };
                let sentence = run.text.get(prose::sentence(&run.text, hit.start())).unwrap_or_default();
                if duration.is_match(sentence) && !prose::asks_to_pay(sentence) {
                    let range = hit.end() + range.start..hit.end() + range.end;
                    facts.push(found(run, range, date, Place::Behind).fact(
                        self.id(),
                        Field::ExpiryDate,
                        0.6,
                        Value::Date,
                    ));
                }
            }
        }
        let next = pattern!(
            r"\b(?:nächste[rs]? (?:\w+)|next (?:\w+)|wieder fällig)\b[^.]{0,30}?(?:am|bis|bis zum|on|by|:)?\s*"
        );
        if context.kind() == DocumentKind::MaintenanceReport {
            for hit in in_prose(&context.layout, next, 30, &read) {
                facts.push(hit.fact(self.id(), Field::NextDueDate, 0.8, Value::Date));
            }
            for hit in in_prose(&context.layout, next, 30, &month) {
                let fact = hit.fact(self.id(), Field::NextDueDate, 0.7, Value::Date);
                facts.push(Fact { origin: Origin::Derived, ..fact });
            }
        }
        let valid = pattern!(r"\b(?:gültig(?:keit)?|valid)\b:?\s*(?:für |for )?");
        if let (DocumentKind::Prescription, Some((issued, sure))) = (context.kind(), issued(context)) {
            for hit in in_prose(&context.layout, valid, 0, &length) {
                if let Some(end) = hit.value.end(issued) {
                    let fact = hit.fact(self.id(), Field::ExpiryDate, 0.7 * sure, |_| Value::Date(end));
                    facts.push(Fact { origin: Origin::Derived, ..fact });
                }
            }
        }
        let dash = pattern!(r"^\s?(?:-|–|—|bis(?: zum)?|to|until)\s?$");
        for run in &context.layout.paragraphs {
            let all = dates::find(&run.text, context.order);
            for pair in all.windows(2) {
                let [(from, start), (to, end)] = pair else { continue };
                let between = run.text.get(from.end..to.start).unwrap_or_default();
                if dash.is_match(between) && start < end {
                    let range = from.start..to.end;
                    let text = run.text.get(range.clone()).unwrap_or_default().to_owned();
                    let hit = found(run, range, text, Place::Behind);
                    facts.push(hit.fact(self.id(), Field::ServicePeriod, 0.75, Value::Text));
                }
            }
        }
        facts
    }
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
        check(
            "Privatrezept\nDatum: 16.02.2026\nRp.\n1 x täglich\n\nGültig 3 Monate ab Ausstellungsdatum",
            &[(ExpiryDate, "2026-05-16")],
        );
        check("Rechnung\nZeitraum 01.01.2026 - 31.01.2026", &[(ServicePeriod, "01.01.2026 - 31.01.2026")]);
    }
}
