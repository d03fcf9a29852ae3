//! How long something lasts: the last day of validity, the time billed for, the day when it is due again.

use domain::{DocumentKind, Fact, Field, Value};

use super::Extractor;
use crate::context::Context;
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

#[cfg(test)]
mod tests {
    use domain::Field::{ExpiryDate, ServicePeriod};

    use crate::testing::check;

    #[test]
    fn ends_and_periods_are_found() {
        check("Gutschein\nGültig bis 31.12.2026", &[(ExpiryDate, "2026-12-31")]);
        check("Rechnung\nZeitraum 01.01.2026 - 31.01.2026", &[(ServicePeriod, "01.01.2026 - 31.01.2026")]);
    }
}
