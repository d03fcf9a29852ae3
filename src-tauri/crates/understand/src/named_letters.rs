//! The letters that a letter names by their day: "Ihr Schreiben vom 3. November", "our letter of 3 November".

use chrono::NaiveDate;
use domain::Reading;

use crate::forms::{dates, pattern};
use crate::layout::Layout;

/// The days of other letters that the pages name, each once.
pub fn named_letters(reading: &Reading) -> Vec<NaiveDate> {
    /// Bytes between the words and the day: a space, and what stands before a date.
    const REACH: usize = 3;
    let form = pattern!(
        r"\b(?:schreibens?|brief(?:e?s)?|bescheid(?:e?s)?|angebots?|anfrage|antrags?|widerspruchs?|mitteilung|kündigung|e-?mail|nachricht|letter|notice|offer|application|inquiry|objection)\s+(?:vom|von|of|dated|from)(?: the)?\b"
    );
    let order = dates::order(&reading.text(), reading.language.as_deref());
    let mut days: Vec<NaiveDate> = Vec::new();
    for paragraph in &Layout::of(reading).paragraphs {
        for hit in form.find_iter(&paragraph.text) {
            let rest = paragraph.text.get(hit.end()..).unwrap_or_default();
            let first = dates::first(rest, order).filter(|(range, _)| range.start <= REACH);
            days.extend(first.map(|(_, day)| day).filter(|day| !days.contains(day)));
        }
    }
    days
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::page;

    #[track_caller]
    fn check(line: &str, expected: &[&str]) {
        let expected: Vec<NaiveDate> = expected.iter().map(|day| day.parse().unwrap()).collect();
        assert_eq!(named_letters(&page(line)), expected, "{line}");
    }

    #[test]
    fn a_letter_is_named_by_its_day() {
        check("vielen Dank für Ihr Schreiben vom 03.11.2026.", &["2026-11-03"]);
        check("in unserem Schreiben vom 3. November 2026 und im Bescheid vom 04.11.26", &["2026-11-03", "2026-11-04"]);
        check("with reference to your letter of 3 November 2026", &["2026-11-03"]);
        check("Ihre Kündigung vom 01.02.2026, Ihre Kündigung vom 01.02.2026", &["2026-02-01"]);
    }

    #[test]
    fn other_days_name_no_letter() {
        check("Unser Schreiben. Der Termin ist am 03.11.2026.", &[]);
        check("Ihr Schreiben vom letzten Monat, das am 03.11.2026 kam", &[]);
        check("Rechnung vom 03.11.2026", &[]);
    }
}
