//! The order in which the pages of a letter follow each other. A scanner that takes the back first, or a stack that was turned over,
//! gives them in another one.

use domain::{FailureCode, Findings, Page, Problem, Reading};

use crate::address::recipient;
use crate::context::is_salutation;
use crate::forms::pattern;
use crate::layout::Layout;

/// The pages in the order in which they are to be read, by their places in the file, from 1; none where they lie like that, as far as
/// is printed on them.
pub fn page_order(reading: &Reading) -> Option<Vec<u32>> {
    let pages = &reading.pages;
    let order = if pages.len() < 2 { None } else { by_numbers(pages).or_else(|| by_head(pages)) };
    order.filter(|order| !order.is_sorted())
}

/// The reading with its pages in this order.
pub(crate) fn in_order(reading: &Reading, order: &[u32]) -> Reading {
    let mut reading = reading.clone();
    let place = |page: u32| (1..).zip(order).find_map(|(place, from)| (*from == page).then_some(place));
    for code in &mut reading.codes {
        code.page = place(code.page).unwrap_or(code.page);
    }
    for problem in &mut reading.problems {
        problem.page = problem.page.map(|page| place(page).unwrap_or(page));
    }
    let pages = order.iter().filter_map(|page| reading.pages.get(*page as usize - 1));
    reading.pages = pages.cloned().collect();
    reading
}

/// What was found on pages in this order, at the places that the pages have in the file.
pub(crate) fn as_in_file(findings: &mut Findings, order: &[u32]) {
    let page = |place: u32| (1..).zip(order).find_map(|(at, page)| (at == place).then_some(*page)).unwrap_or(place);
    for evidence in findings.facts.iter_mut().filter_map(|fact| fact.evidence.as_mut()) {
        evidence.page = page(evidence.page);
    }
    for problem in &mut findings.problems {
        problem.page = problem.page.map(page);
    }
    let message = "The pages of this letter seem to lie in the wrong order. Please put them in order if it is so.";
    findings.problems.push(Problem::new(FailureCode::PagesOutOfOrder, message));
}

/// By what is printed on them: each has a number of its own. The first one may have none.
fn by_numbers(pages: &[Page]) -> Option<Vec<u32>> {
    let count = pages.len() as u32;
    let numbers: Vec<u32> = pages.iter().map(|page| number(page, count).unwrap_or(1)).collect();
    let mut order: Vec<u32> = (1..=count).collect();
    order.sort_by_key(|page| numbers[*page as usize - 1]);
    let is_whole = (1..).zip(&order).all(|(number, page)| numbers[*page as usize - 1] == number);
    is_whole.then_some(order)
}

/// Two pages, of which the second is the head of the letter, and the first its end.
fn by_head(pages: &[Page]) -> Option<Vec<u32>> {
    /// Where a page says that it goes on.
    const FIRST_LINES: usize = 3;
    let [first, second] = pages else { return None };
    let ends = |page: &Page| {
        let farewell = pattern!(
            r"(?i)\bmit [\wäöü]+ (?:gr(?:u|ü|ue)(?:ß|ss)(?:en)?|hochachtung)\b|\b[\wäöü]+e gr(?:ü|ue)(?:ß|ss)e\b|\bhochachtungsvoll\b|\b(?:kind|best) regards\b|\byours (?:sincerely|faithfully)\b"
        );
        let goes_on = pattern!(r"(?i)^\W*(?:fortsetzung|übertrag|continued|carried forward)\b");
        let text = page.text();
        farewell.is_match(&text) || text.lines().take(FIRST_LINES).any(|line| goes_on.is_match(line))
    };
    let begins = |page: &Page| {
        let alone = Reading { pages: vec![page.clone()], ..Reading::default() };
        let layout = Layout::of(&alone);
        (recipient(&layout).is_some(), layout.cells().any(|cell| is_salutation(&cell.text)))
    };
    if !ends(first) || ends(second) {
        return None;
    }
    let is_turned = begins(second) == (true, true) && begins(first) == (false, false);
    is_turned.then(|| vec![2, 1])
}

/// `Seite 2 von 3` anywhere, `Blatt 2` or `- 2 -` in a line of its own: 2. None where a page says several numbers, or is one of
/// another count of pages.
fn number(page: &Page, count: u32) -> Option<u32> {
    let of = pattern!(r"(?i)\b(?:seite|page|blatt)\s*:?\s*(\d{1,3})\s*(?:von|of|/)\s*(\d{1,3})\b");
    let alone = pattern!(r"(?i)^\W*(?:(?:seite|page|blatt)\s*:?\s*(\d{1,3})|[-–—]\s*(\d{1,3})\s*[-–—])\W*$");
    let text = page.text();
    let parsed = |number: regex::Match| number.as_str().parse::<u32>().ok();
    let of_count = of.captures_iter(&text).map(|hit| (hit.get(1).and_then(parsed), hit.get(2).and_then(parsed)));
    let in_line = text.lines().filter_map(|line| alone.captures(line));
    let in_line = in_line.map(|hit| (hit.get(1).or(hit.get(2)).and_then(parsed), Some(count)));
    let mut found: Vec<_> = of_count.chain(in_line).collect();
    found.dedup();
    match found[..] {
        [(number, of)] if of == Some(count) => number,
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use domain::{Field, Known};

    use super::*;
    use crate::testing::page;

    const HEAD: &str = "Muster GmbH · Hauptstraße 1 · 12345 Berlin\n\nMax Beispiel\nAm Weg 2\n54321 Dorf\n\nBerlin, 3. Juni 2026\n\nRechnung\n\nRechnungsnummer: 20260417\nSehr geehrter Herr Beispiel,\nwir berechnen Ihnen:\nPosition 1   12,00 EUR";
    const END: &str = "Position 2   8,00 EUR\nGesamtbetrag   20,00 EUR\nBitte zahlen Sie bis zum 24. Juni 2026.\nMit freundlichen Grüßen\nMuster GmbH";

    fn file(pages: &[&str]) -> Reading {
        Reading { pages: pages.iter().flat_map(|drawing| page(drawing).pages).collect(), ..page("") }
    }

    #[track_caller]
    fn check(pages: &[&str], expected: Option<&[u32]>) {
        assert_eq!(page_order(&file(pages)).as_deref(), expected, "{pages:?}");
    }

    #[test]
    fn printed_numbers_tell_the_order() {
        check(&["Ende\nSeite 2 von 2", "Anfang\nSeite 1 von 2"], Some(&[2, 1]));
        check(&["c\nBlatt 3", "a", "b\nBlatt 2"], Some(&[2, 3, 1]));
        check(&["b\n- 2 -", "a\n- 1 -"], Some(&[2, 1]));
        check(&["a\nSeite 1 von 2", "b\nSeite 2 von 2"], None);
    }

    #[test]
    fn pages_of_several_letters_and_words_about_pages_tell_nothing() {
        check(&["a\nSeite 1 von 1", "b\nSeite 1 von 1"], None);
        check(&["b\nSeite 2 von 2", "a\nSeite 1 von 2", "c\nSeite 1 von 1"], None);
        check(&["Näheres auf Seite 2 dieses Schreibens", "b"], None);
        check(&["b\nSeite 7 von 9", "a\nSeite 6 von 9"], None);
        check(&["Rechnung", "Bedingungen\nSeite 1 von 2", "Seite 2 von 2"], None);
        check(&["Rechnung", "Bedingungen\nSeite 1"], None);
    }

    #[test]
    fn a_head_behind_its_end_is_turned() {
        check(&[END, HEAD], Some(&[2, 1]));
        check(&[HEAD, END], None);
        check(&["Fortsetzung der Rechnung\nÜbertrag   12,00 EUR\nGesamt   20,00 EUR", HEAD], Some(&[2, 1]));
        check(&[HEAD, HEAD], None);
        check(&[&format!("{HEAD}\n{END}"), HEAD], None);
    }

    #[test]
    fn what_is_found_stands_where_its_page_lies_in_the_file() {
        let findings = crate::understand(&file(&[END, HEAD]), &Known::default());
        let page_of = |field| {
            let fact = findings.facts.iter().find(|fact| fact.field == field).unwrap();
            fact.evidence.as_ref().unwrap().page
        };
        assert_eq!((page_of(Field::InvoiceNumber), page_of(Field::DueDate)), (2, 1));
        assert!(findings.problems.iter().any(|problem| problem.code == FailureCode::PagesOutOfOrder));
    }
}
