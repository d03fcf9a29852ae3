//! Claims that deserve a second look whoever they come from: of debts that are old, or somebody else's.

use chrono::{Days, NaiveDate};
use domain::{DocumentKind, Fact, FailureCode, Field, Problem, normalised_name};

use crate::context::Context;
use crate::forms::{dates, pattern};
use crate::layout::Run;

/// What is odd about a letter that demands payment: whose debt it collects, and how old it is.
pub(crate) fn problems(context: &Context, facts: &[Fact]) -> Vec<Problem> {
    if context.kind() != DocumentKind::Dunning {
        return Vec::new();
    }
    let mut problems = Vec::new();
    let seller = facts.iter().find(|fact| fact.field == Field::SellerName).map(|fact| fact.value.plain());
    if context.layout.paragraphs.iter().any(|run| is_for_another(&run.text, seller.as_deref())) {
        let message = "It demands money for somebody else. Pay only if you know what it is about.";
        problems.push(Problem::new(FailureCode::ClaimForAnother, message));
    }
    // A letter is about as old as the newest day that it names: the day of the bill may be taken for its own.
    let cells = context.layout.cells().flat_map(|cell| dates::find(&cell.text, context.order));
    let newest = cells.map(|(_, day)| day).max();
    if newest.is_some_and(|newest| context.layout.paragraphs.iter().any(|run| is_old(context, run, newest))) {
        let message =
            "It demands money for something that is more than a year old. Pay only if you know what it is about.";
        problems.push(Problem::new(FailureCode::OldClaim, message));
    }
    problems
}

/// Whether a text says that the money is somebody else's than the sender's.
fn is_for_another(text: &str, seller: Option<&str>) -> bool {
    let by_words = pattern!(concat!(
        r"\binkasso|namens und (?:in vollmacht|im auftrag)|im (?:auftrag|namen) unsere[rs] |unsere[rs]? (?:mandant|auftraggeber)",
        r"|\b(?:abgetreten|abtretung)|^gläubiger(?:in)?\s*:|debt collect|on behalf of our |our client\b|^creditor\s*:"
    ));
    // "Forderung der Muster GmbH": of somebody else, unless the letter is from them.
    let of_whom = pattern!(r"\bforderung(?:en)? (?:der|des|von) (?:firma )?(?P<whom>(?-i:\p{Lu})\w+)");
    let is_own = |whom: &str| seller.is_some_and(|seller| normalised_name(seller).contains(&normalised_name(whom)));
    by_words.is_match(text)
        || of_whom.captures_iter(text).filter_map(|hit| hit.name("whom")).any(|whom| !is_own(whom.as_str()))
}

/// Whether a text names a bill or a claim of more than a year before the `newest` day of the letter.
fn is_old(context: &Context, run: &Run<'_>, newest: NaiveDate) -> bool {
    /// A year, and the time that a last warning may leave to pay.
    const OLD: Days = Days::new(400);
    /// Bytes behind the word in which its day stands.
    const REACH: usize = 60;
    let claimed =
        pattern!(r"\b(?:rechnung(?:en|s)?|forderung(?:en)?|vertrag(?:s|es)?|bestellung|invoice|claim|order)\b");
    let year = pattern!(r"\b(?:aus|from|in)(?: dem jahr(?:e)?| den jahren| the year)? (?P<year>20\d\d)\b");
    let Some(limit) = newest.checked_sub_days(OLD) else { return false };
    claimed.find_iter(&run.text).any(|hit| {
        let rest = run.text.get(hit.end()..).unwrap_or_default();
        let first = dates::first(rest, context.order);
        let is_year_old = |hit: regex::Captures<'_>| {
            let start = hit.get(0).map_or(REACH, |whole| whole.start());
            let year = hit.name("year").and_then(|year| year.as_str().parse().ok());
            start < REACH && year.and_then(|year| NaiveDate::from_ymd_opt(year, 12, 31)).is_some_and(|end| end < limit)
        };
        first.is_some_and(|(range, day)| range.start < REACH && day < limit)
            || year.captures(rest).is_some_and(is_year_old)
    })
}

#[cfg(test)]
mod tests {
    use crate::testing::findings;

    #[track_caller]
    fn check(line: &str, expected: &[&str]) {
        let letter = format!(
            "Muster GmbH\n\n2. Mahnung\n\nDatum: 18.11.2026\n\nSehr geehrte Frau Beispiel,\n\n{line}\n\n\
             Ihre Zahlung ist bisher nicht eingegangen.\n\nMahngebühr    5,00 EUR\nGesamtbetrag    412,50 EUR"
        );
        let found = findings(&letter);
        assert_eq!(found.kind().kind, domain::DocumentKind::Dunning, "{line}");
        let found = found.problems.into_iter().map(|problem| problem.code.as_str());
        let found: Vec<&str> = found.filter(|code| code.contains("claim")).collect();
        assert_eq!(found, expected, "{line}");
    }

    #[test]
    fn debts_of_others_and_old_ones_are_told_about() {
        check("Wir zeigen an, dass uns die Mobilfunk AG mit dem Inkasso beauftragt hat.", &["claim_for_another"]);
        check("namens und in Vollmacht unserer Mandantin fordern wir Sie auf", &["claim_for_another"]);
        check("offen ist die Forderung der Mobilfunk Nordsee seit Oktober", &["claim_for_another"]);
        check("die Rechnung vom 03.05.2024 ist offen", &["old_claim"]);
        check("unsere Forderung aus dem Jahr 2019 ist offen", &["old_claim"]);
    }

    #[test]
    fn an_everyday_reminder_is_neither() {
        check("unsere Rechnung 117 vom 12.10.2026 ist offen", &[]);
        check("offen sind die Forderungen der Muster GmbH vom 12.10.2026. Im Auftrag der Geschäftsleitung", &[]);
        check("seit 2019 sind Sie unser Kunde; die Rechnung vom 12.12.2025 ist offen", &[]);
    }
}
