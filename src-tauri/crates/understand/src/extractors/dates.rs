//! The day of the letter, the day to pay by, the last day of validity, the time billed for.

use chrono::NaiveDate;
use domain::{DocumentKind, Fact, Field, Value};

use super::Extractor;
use crate::context::Context;
use crate::forms::{dates, pattern, terms};
use crate::labels::{Found, Place, beside, found, in_prose};
use crate::layout::Run;
use crate::prose;

pub(super) struct Dates;

impl Extractor for Dates {
    fn id(&self) -> &'static str {
        "dates"
    }

    fn run(&self, context: &Context) -> Vec<Fact> {
        let mut facts = Vec::new();
        self.issued(context, &mut facts);
        self.due(context, &mut facts);
        self.expires(context, &mut facts);
        self.others(context, &mut facts);
        facts
    }
}

impl Dates {
    fn issued(&self, context: &Context, facts: &mut Vec<Fact>) {
        let read = |text: &str| dates::find(text, context.order).into_iter().next();
        let clear = pattern!(
            r"\b(?:rechnungsdatum|belegdatum|ausstellungsdatum|ausstellungstag|bescheiddatum|briefdatum|datum der rechnung|liefer- und rechnungsdatum|rechnungs- und lieferdatum|invoice date|date of issue|issue date|date issued|date of invoice|date de facture|factuurdatum|ausgestellt am)\b"
        );
        let plain = pattern!(r"^\W*(?:datum|date|vom|tag)\b");
        let made = pattern!(r"\b(?:erstellt am|druckdatum|gesendet|sent(?: on)?|issued(?: on)?|stand)\b");
        // "Rechnung Nr. 12 vom 3.5.2026", "Gutschrift 7 of 3 May": the document's own title.
        let titled = pattern!(
            r"^\W*(?:\w*rechnung|gutschrift|\w*bescheid|invoice|credit note|quittung|lieferschein|auftragsbestätigung)\b[^,;]{0,35}?\b(?:vom|of|dated)\b"
        );
        let posted = pattern!(r"(?:zur post gegeben am|aufgegeben am|posted on|datum des poststempels)");
        let about_another = context.kind() == DocumentKind::Dunning;
        let title_weight = if about_another { 0.3 } else { 0.85 };
        for (label, weight, reach) in [(clear, 0.94, 4), (plain, 0.9, 4), (made, 0.72, 16), (titled, title_weight, 6)] {
            for hit in beside(&context.layout, label, reach, &read) {
                // Further down stand the dates of lines and services.
                let high = if hit.evidence.page == 1 && hit.evidence.rect.y < 0.5 { 1.0 } else { 0.85 };
                facts.push(self.fact(hit, Field::IssueDate, weight * high));
            }
        }
        for hit in in_prose(&context.layout, posted, 4, &read) {
            facts.push(self.fact(hit, Field::PostingOrLetterDate, 0.9));
        }
        let place = pattern!(r"^\p{L}[\p{L}./() -]{2,30}(?:,| den)\s*(?:(?:den|der|am)\s)?\s*$");
        let mut first = true;
        for cell in context.layout.cells() {
            let Some((range, date)) = dates::find(&cell.text, context.order).into_iter().next() else { continue };
            let before = cell.text.get(..range.start).unwrap_or_default();
            let alone = cell.text.len() - (range.end - range.start) <= 2;
            let weekday = pattern!(r"(?:tag|woch|day|uhr)\W*$").is_match(before);
            let rest = cell.text.len().saturating_sub(range.end);
            let weight = match () {
                () if place.is_match(before) && !weekday && rest <= 4 => 0.88,
                () if alone && cell.page == 1 && cell.rect.y < 0.45 => 0.6,
                () if first && context.kind() == DocumentKind::Receipt => 0.7,
                () if first && cell.page == 1 => 0.35,
                () => 0.0,
            };
            if weight > 0.0 {
                facts.push(self.fact(found(cell, range, date, Place::Behind), Field::IssueDate, weight));
            }
            first = false;
        }
    }

    fn due(&self, context: &Context, facts: &mut Vec<Fact>) {
        let read = |text: &str| dates::find(text, context.order).into_iter().next();
        let label = pattern!(
            r"^\W*(?:fällig(?:keit)?(?: am| zum)?|fälligkeitsdatum|fälligkeitstermin|zahlbar bis(?: zum)?|zahlungsziel|zahlung bis|zahlungstermin|zahlungsfrist|zu zahlen bis(?: zum)?|zahlen sie (?:bis zum|spätestens am)|bitte zahlen sie (?:bis zum|spätestens (?:am|bis zum))|due(?: date| on| by)?|payment due(?: date| by)?|pay by|payable by|total amount due on|date d'échéance)\b"
        );
        for hit in beside(&context.layout, label, 6, &read) {
            facts.push(self.fact(hit, Field::DueDate, 0.93));
        }
        let clear = pattern!(
            r"(?:\bfällig(?:keit)?\s*(?:ist\s*)?(?:am|zum|bis|:)?(?:\szum)?|\bzahlbar\s*(?:bis)?\s*(?:zum|am)?|\b(?:due|payable)\s*(?:date|on|by|until)?\s*:?)\s*"
        );
        let until = pattern!(
            r"\b(?:bis\s+(?:spätestens\s+)?(?:zum\s+|am\s+|einschließlich\s+)?|spätestens\s+(?:bis\s+)?(?:zum\s+|am\s+)?|(?:no later than|by|until|on or before)\s+)(?:(?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|mon|tues|wednes|thurs|fri|satur|sun)\w*,?\s+)?(?:den\s+|dem\s+)?"
        );
        for run in &context.layout.paragraphs {
            let discounts = terms::discounts(&run.text, context.order);
            for (label, clear) in [(clear, true), (until, false)] {
                for hit in label.find_iter(&run.text) {
                    let Some((range, date)) = run.text.get(hit.end()..).and_then(read).filter(|(r, _)| r.start <= 2) else {
                        continue;
                    };
                    let range = hit.end() + range.start..hit.end() + range.end;
                    let discounted = discounts.iter().any(|(d, _)| d.start < range.end && range.start < d.end);
                    let weight = due_weight(run, hit.start(), clear, context);
                    if !discounted && weight > 0.0 {
                        facts.push(self.fact(found(run, range, date, Place::Behind), Field::DueDate, weight));
                    }
                }
            }
        }
    }

    fn expires(&self, context: &Context, facts: &mut Vec<Fact>) {
        let read = |text: &str| dates::find(text, context.order).into_iter().next();
        let label = pattern!(
            r"\b(?:gültig bis(?: zum| einschließlich)?|gültigkeit bis|ablauf(?:datum)?|valid (?:until|to|through)|expir(?:es|y|y date|ation date)(?: on)?|garantie bis|haltbar bis|einlösbar bis|lagerfrist(?: bis)?|abholbar bis|abholung bis(?: zum)?|endet am|ends on|laufzeit bis|preisgarantie bis)\b"
        );
        for hit in beside(&context.layout, label, 12, &read) {
            facts.push(self.fact(hit, Field::ExpiryDate, 0.9));
        }
        for hit in in_prose(&context.layout, label, 12, &read) {
            facts.push(self.fact(hit, Field::ExpiryDate, 0.85));
        }
        let span = pattern!(r"\b(?:bis|until)\s+(?:zum\s+)?");
        let duration = pattern!(r"\b(?:bewillig\w*|läuft|laufzeit|garantie|vertragsende|abhol\w*|liegt)\b");
        for run in &context.layout.paragraphs {
            for hit in span.find_iter(&run.text) {
                let Some((range, date)) = run.text.get(hit.end()..).and_then(read).filter(|(r, _)| r.start == 0) else { continue };
                let sentence = run.text.get(prose::sentence(&run.text, hit.start())).unwrap_or_default();
                if duration.is_match(sentence) && !prose::asks_to_pay(sentence) {
                    let range = hit.end() + range.start..hit.end() + range.end;
                    facts.push(self.fact(found(run, range, date, Place::Behind), Field::ExpiryDate, 0.6));
                }
            }
        }
    }

    fn others(&self, context: &Context, facts: &mut Vec<Fact>) {
        let read = |text: &str| dates::find(text, context.order).into_iter().next();
        let next = pattern!(r"\b(?:nächste[rs]? (?:\w+)|next (?:\w+)|wieder fällig)\b[^.]{0,30}?(?:am|bis|bis zum|on|by|:)?\s*");
        if context.kind() == DocumentKind::MaintenanceReport {
            for hit in in_prose(&context.layout, next, 30, &read) {
                facts.push(self.fact(hit, Field::NextDueDate, 0.8));
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
                    let confidence = hit.confidence(0.75);
                    facts.push(hit.fact(self.id(), Field::ServicePeriod, confidence, Value::Text));
                }
            }
        }
    }

    fn fact(&self, found: Found<NaiveDate>, field: Field, weight: f32) -> Fact {
        let confidence = found.confidence(weight);
        found.fact(self.id(), field, confidence, Value::Date)
    }
}

/// How likely the date behind a "by" is the day to pay by.
fn due_weight(run: &Run, label: usize, clear: bool, context: &Context) -> f32 {
    let range = prose::sentence(&run.text, label);
    let sentence = run.text.get(range.clone()).unwrap_or_default();
    let before = run.text.get(range.start..label).unwrap_or_default();
    // "vom 1.1. bis 31.12.": the end of a period.
    let period = dates::find(before, context.order).last().is_some_and(|(last, _)| before.len() - last.end <= 3)
        || pattern!(r"\d{1,2}\.(?:\d{1,2}\.)?\s?$").is_match(before);
    match (clear, prose::asks_to_pay(sentence), prose::about_something_else(sentence)) {
        _ if period => 0.0,
        (_, _, true) => 0.2,
        (true, _, false) => 0.88,
        (false, true, false) => 0.87,
        // A deadline in a letter that asks for money, in a sentence without the word.
        (false, false, false) if context.kind() == DocumentKind::Dunning => 0.82,
        (false, false, false) => 0.3,
    }
}
