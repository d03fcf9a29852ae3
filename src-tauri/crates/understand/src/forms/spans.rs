//! Stretches of time as letters name them: `01.01.2026 – 31.03.2026`, `Oktober 2025`, `10/2025 bis 09/2026`, `2024`.

use std::ops::Range;

use super::pattern;

/// The stretches of a text.
pub(crate) fn find(text: &str) -> Vec<Range<usize>> {
    let span = pattern!(concat!(
        r"\b(?:",
        // From a day, a month or a year to another.
        r"(?:\d{1,2}\.\s?(?:\d{1,2}\.\s?(?:(?:19|20)?\d{2})?|(?-i:\p{Lu})\p{L}{2,8}\.?(?:\s(?:19|20)\d{2})?)|\d{4}-\d{2}-\d{2}|\d{1,2}[/.](?:19|20)\d{2}|\d{1,2}\s(?-i:\p{Lu})\p{L}{2,8}(?:\s(?:19|20)\d{2})?|(?-i:\p{Lu})\p{L}{2,8}(?:\s(?:19|20)\d{2})?)",
        r"\s?(?:-|–|—|bis(?: zum)?|to|until|through)\s?",
        r"(?:\d{1,2}\.\s?(?:\d{1,2}\.\s?(?:19|20)?\d{2}|(?-i:\p{Lu})\p{L}{2,8}\.?\s(?:19|20)\d{2})|\d{4}-\d{2}-\d{2}|\d{1,2}[/.](?:19|20)\d{2}|\d{1,2}\s(?-i:\p{Lu})\p{L}{2,8}\s(?:19|20)\d{2}|(?-i:\p{Lu})\p{L}{2,8}\s(?:19|20)\d{2})",
        // A month or a quarter.
        r"|(?:januar|jänner|februar|märz|april|mai|juni|juli|august|september|oktober|november|dezember|january|february|march|may|june|july|october|december)\s(?:19|20)\d{2}",
        r"|(?:0?[1-9]|1[0-2])/(?:19|20)\d{2}|[1-4]\.\s?quartal\s(?:19|20)\d{2}|q[1-4][ /](?:19|20)\d{2}",
        // A year.
        r"|(?:19|20)\d{2}(?:\s?/\s?(?:(?:19|20)?\d{2}))?",
        r")\b",
    ));
    // "14. Oktober 2025" and "14.10.2025" are days.
    let day = pattern!(r"\d\.?\s?$");
    span.find_iter(text)
        .filter(|hit| !day.is_match(text.get(..hit.start()).unwrap_or_default()))
        .map(|hit| hit.range())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stretches_of_time_are_found() {
        let all = |text: &str| find(text).into_iter().map(|range| text[range].to_owned()).collect::<Vec<_>>();
        for (text, expected) in [
            ("Zeitraum 01.01.2026 – 31.03.2026 Strom", "01.01.2026 – 31.03.2026"),
            ("Abrechnung Oktober 2025", "Oktober 2025"),
            ("von 10/2025 bis 09/2026", "10/2025 bis 09/2026"),
            ("Umsatzsteuer 2024", "2024"),
            ("14.09. – 25.09.2026", "14.09. – 25.09.2026"),
            ("2026-04-01 - 2026-04-30", "2026-04-01 - 2026-04-30"),
        ] {
            assert_eq!(all(text), [expected], "{text}");
        }
        assert_eq!(all("am 14. Oktober 2025 und 14.10.2025"), [""; 0]);
    }
}
