//! Whether a file holds several letters: a stack that was scanned as one.

use std::cell::OnceCell;
use std::collections::BTreeSet;

use chrono::NaiveDate;
use domain::{FailureCode, Field, Findings, Known, Page, Problem, Reading, Value};

use crate::address::recipient;
use crate::context::is_salutation;
use crate::forms::{identifiers, pattern};
use crate::layout::Layout;

/// A question for each page on which another letter seems to begin.
pub(crate) fn problems(reading: &Reading) -> Vec<Problem> {
    let question = |page| {
        let message = format!("Another letter seems to begin on page {page}. If so, please divide the document there.");
        Problem::on_page(FailureCode::SeveralLetters, page, message)
    };
    beginnings(reading).into_iter().map(question).collect()
}

/// The pages on which another letter seems to begin. A question is asked about each, so only what looks like the head of
/// another letter counts: it is addressed, and not to whom the letter before is from; it greets, or says what it is;
/// it is not numbered as a further page; and it shares no number with the letter before, as enclosures do, or greets on
/// another day.
fn beginnings(reading: &Reading) -> Vec<u32> {
    if reading.pages.len() < 2 {
        return Vec::new();
    }
    let mut heads = (1..).zip(&reading.pages).map(|(number, page)| Head::of(number, page));
    let mut letter = heads.next();
    let mut found = Vec::new();
    for head in heads {
        if letter.as_ref().is_some_and(|letter| head.begins_after(letter)) {
            found.push(head.page);
            letter = Some(head);
        } else if let Some(letter) = &mut letter {
            letter.numbers.extend(head.numbers);
            letter.places.extend(head.places);
        }
    }
    found
}

/// What tells on a page that a letter begins there, and which.
struct Head {
    page: u32,
    /// The postal code of the reader's address, where the page has one. Names are abbreviated and misread.
    place: Option<String>,
    /// What may be a postal code.
    places: BTreeSet<String>,
    greets: bool,
    /// The number printed on it.
    numbered: Option<u32>,
    /// Accounts, and numbers of six digits and more that are no dates: of customers, contracts, bills, taxes.
    numbers: BTreeSet<String>,
    alone: Reading,
    /// What it says, taken alone; only looked for where that matters.
    findings: OnceCell<Findings>,
}

impl Head {
    fn of(number: u32, page: &Page) -> Self {
        let alone = Reading { pages: vec![page.clone()], ..Reading::default() };
        let layout = Layout::of(&alone);
        let text: Vec<&str> = layout.cells().map(|cell| cell.text.as_str()).collect();
        let place = recipient(&layout).and_then(|block| postal_codes(&block.last()?.text).next());
        let greets = text.iter().any(|line| is_salutation(line));
        let numbered = text.iter().find_map(|line| page_number(line));
        let places = text.iter().flat_map(|line| postal_codes(line)).collect();
        let numbers = text.iter().flat_map(|line| numbers(line)).collect();
        Self { page: number, place, places, greets, numbered, numbers, alone, findings: OnceCell::new() }
    }

    fn findings(&self) -> &Findings {
        self.findings.get_or_init(|| crate::understand(&self.alone, &Known::default()))
    }

    /// A page of a bill may speak of other things than the bill; its heading says more.
    fn says_what_it_is(&self) -> bool {
        const CLEAR: f32 = 0.6;
        self.findings().kind().confidence >= CLEAR
    }

    /// The day that stands beside its address.
    fn day(&self) -> Option<NaiveDate> {
        self.place.as_ref()?;
        self.findings().value(Field::IssueDate).and_then(Value::date)
    }

    fn is_on_another_day(&self, letter: &Self) -> bool {
        letter.day().zip(self.day()).is_some_and(|(there, here)| there != here)
    }

    fn begins_after(&self, letter: &Self) -> bool {
        // An answer sheet is addressed to whom the letter is from.
        let goes_to_reader = match (&self.place, &letter.place) {
            (Some(here), Some(there)) => here == there || !letter.places.contains(here),
            (Some(_), None) => true,
            (None, _) => false,
        };
        goes_to_reader
            && self.numbered.is_none_or(|number| number == 1)
            && (self.greets || self.numbered.is_some() || self.says_what_it_is())
            && (self.numbers.is_disjoint(&letter.numbers) || self.greets && self.is_on_another_day(letter))
    }
}

fn postal_codes(line: &str) -> impl Iterator<Item = String> {
    pattern!(r"\b\d{4,5}\b").find_iter(line).map(|code| code.as_str().to_owned())
}

/// `Seite 2 von 3`, `Page 2 of 3`, `Blatt 2`: 2.
fn page_number(line: &str) -> Option<u32> {
    let found = pattern!(r"\b(?:seite|page|blatt|s\.)\s*:?\s*(\d{1,3})\b").captures(line)?;
    found[1].parse().ok()
}

fn numbers(line: &str) -> Vec<String> {
    const FEWEST: usize = 6;
    let date = pattern!(r"^\d{1,4}[./-]\d{1,2}[./-]\d{2,4}$");
    let accounts = identifiers::ibans(line).into_iter().map(|(_, iban)| iban.as_str().to_owned());
    let words = line.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()));
    let long = words
        .filter(|word| !date.is_match(word) && word.chars().filter(char::is_ascii_digit).count() >= FEWEST)
        .map(|word| word.chars().filter(|c| c.is_alphanumeric()).collect());
    accounts.chain(long).collect()
}

#[cfg(test)]
mod tests {
    use domain::Known;

    use super::*;
    use crate::testing::page;

    const BILL: &str = "Muster GmbH · Hauptstraße 1 · 12345 Berlin\n\nMax Beispiel\nAm Weg 2\n54321 Dorf\n\n\nRechnung\n\nRechnungsnummer: 20260417\nSehr geehrter Herr Beispiel,\nwir berechnen Ihnen 12,00 EUR.";

    /// Where another letter begins in a file of these pages.
    fn beginnings(pages: &[&str]) -> Vec<u32> {
        let reading = Reading { pages: pages.iter().flat_map(|drawing| page(drawing).pages).collect(), ..page("") };
        let findings = crate::understand(&reading, &Known::default());
        findings
            .problems
            .into_iter()
            .filter(|problem| problem.code == FailureCode::SeveralLetters)
            .filter_map(|p| p.page)
            .collect()
    }

    #[test]
    fn another_letter_to_the_same_reader_is_noticed() {
        let court = "Amtsgericht Muster, Gerichtsweg 1, 20095 Hamburg\n\nMax Beispiel\nAm Weg 2\n54321 Dorf\n\n\nLadung zum Termin\n\nSehr geehrter Herr Beispiel,\nSie werden geladen.";
        let goes_on = "Fortsetzung\nPosition 7    12,00";
        assert_eq!(beginnings(&[BILL, court]), [2]);
        assert_eq!(beginnings(&[BILL, goes_on, court, goes_on, BILL]), [3, 5]);
        assert_eq!(beginnings(&[BILL]), [0; 0]);
        let tall: Vec<&str> = [BILL].into_iter().chain([goes_on; 20]).chain([court]).chain([goes_on; 9]).collect();
        assert_eq!(beginnings(&tall), [22], "in the middle of a tall stack");
        let [first, reminder] =
            ["3. Juni", "1. Juli"].map(|day| BILL.replace("\nSehr", &format!("\nBerlin, {day} 2026\nSehr")));
        assert_eq!(beginnings(&[&first, &reminder]), [2], "of the same sender, on another day");
    }

    #[test]
    fn what_belongs_to_a_letter_is_no_letter_of_its_own() {
        let further = format!("{BILL}\nSeite 2 von 2").replace("20260417", "");
        let enclosure = BILL.replace("Rechnung\n", "Versicherungsschein\n");
        let answer = "Muster GmbH\nHauptstraße 1\n12345 Berlin\n\n\nWiderruf\n\nSehr geehrte Damen und Herren,\nich widerrufe den Vertrag.";
        let conditions = "Allgemeine Geschäftsbedingungen\nSeite 1 von 4\n§ 1 Geltung";
        for other in [&further, &enclosure, answer, conditions] {
            assert_eq!(beginnings(&[BILL, other]), [0; 0], "{other}");
        }
    }
}
