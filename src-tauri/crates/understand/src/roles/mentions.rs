//! The days, amounts, numbers, accounts, places and stretches of time on the pages.

use std::ops::Range;

use chrono::NaiveDate;
use domain::{Fact, Field, Value};
use rust_decimal::Decimal;

use super::{ACCOUNTS, AMOUNTS, DAYS, NUMBERS, PLACES, SPANS};
use crate::context::Context;
use crate::forms::{amounts, dates, identifiers, numbers, partial_days, places, spans};
use crate::layout::Run;
use crate::prose;

/// What a mention says.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Meant {
    Day(NaiveDate),
    Amount(Decimal),
    /// By which a customer, a contract, a bill or a file is known: its letters and digits, in small letters.
    Number(String),
    /// An account with right check digits (ISO 13616).
    Account(String),
    /// Where something is, its letters and digits.
    Place(String),
    /// From when to when, its letters and digits.
    Span(String),
}

impl Meant {
    /// What a value of a field says; nothing where the roles are not about such values.
    pub(super) fn of(field: Field, value: &Value) -> Option<Self> {
        match value {
            Value::Amount(amount) => Some(Self::Amount(*amount)),
            Value::Iban(iban) => Some(Self::Account(iban.as_str().to_owned())),
            Value::Text(text) if PLACES.contains(&field) => Some(Self::Place(characters(text))),
            Value::Text(text) if SPANS.contains(&field) => Some(Self::Span(characters(text))),
            Value::Text(text) if NUMBERS.contains(&field) => Some(Self::Number(characters(text))),
            value => value.date().map(Self::Day),
        }
    }

    /// The same amount the other way: a credit is printed without its sign.
    pub(super) fn opposite(&self) -> Option<Self> {
        match self {
            Self::Amount(amount) => Some(Self::Amount(-*amount)),
            _ => None,
        }
    }

    /// Whether the other one is said with it: the same, the same amount the other way, or a part of it.
    pub(super) fn covers(&self, other: &Self) -> bool {
        self == other || self.opposite().as_ref() == Some(other) || self.contains(other)
    }

    /// Whether it is a place or a stretch of time with the other one in it.
    pub(super) fn contains(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Place(whole), Self::Place(part)) | (Self::Span(whole), Self::Span(part)) => {
                whole.contains(part.as_str())
            }
            _ => false,
        }
    }

    /// The fields that can have such a value.
    pub(super) fn fields(&self) -> &'static [Field] {
        match self {
            Self::Day(_) => DAYS,
            Self::Amount(_) => AMOUNTS,
            Self::Number(_) => NUMBERS,
            Self::Account(_) => ACCOUNTS,
            Self::Place(_) => PLACES,
            Self::Span(_) => SPANS,
        }
    }
}

/// Letters and digits, by which two spellings are the same.
pub(super) fn characters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// How a mention says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stated {
    /// In full.
    Printed,
    /// A day without its year, or a part of a month.
    Partly,
    /// Counted from something: "within 14 days".
    Counted,
}

/// One of them in a paragraph.
#[derive(Clone, Debug)]
pub(super) struct Mention<'c, 'a> {
    pub(super) meant: Meant,
    pub(super) stated: Stated,
    pub(super) run: &'c Run<'a>,
    /// Its bytes in the run.
    pub(super) range: Range<usize>,
    /// The bytes of its sentence.
    pub(super) sentence: Range<usize>,
}

impl Mention<'_, '_> {
    /// Its value for a field.
    pub(super) fn value(&self) -> Option<Value> {
        match &self.meant {
            Meant::Day(day) => Some(Value::Date(*day)),
            Meant::Amount(amount) => Some(Value::Amount(*amount)),
            Meant::Number(_) | Meant::Place(_) | Meant::Span(_) => {
                self.run.text.get(self.range.clone()).map(|text| Value::Text(text.to_owned()))
            }
            Meant::Account(account) => domain::Iban::parse(account).ok().map(Value::Iban),
        }
    }

    /// Whether another one of the same sort is a part of it.
    pub(super) fn holds(&self, other: &Self) -> bool {
        std::ptr::eq(other.run, self.run)
            && self.range.len() > other.range.len()
            && self.range.start <= other.range.start
            && other.range.end <= self.range.end
            && self.meant.fields() == other.meant.fields()
    }

    /// Whether it is printed in full.
    pub(super) fn is_printed(&self) -> bool {
        self.stated == Stated::Printed
    }
}

/// Mentions beyond this many tell nothing more; a long price list has as many.
const MOST: usize = 800;

/// All of them, in the order of the pages. Days that are counted or have no year are counted from the day of the
/// letter, which `facts` name.
pub(super) fn mentions<'c, 'a>(context: &'c Context<'a>, facts: &[Fact]) -> Vec<Mention<'c, 'a>> {
    let issued = facts.iter().find(|fact| fact.field == Field::IssueDate).and_then(|fact| fact.value.date());
    // The end of an account that a line break cuts is no number of something.
    let known = facts.iter().filter_map(|fact| match &fact.value {
        Value::Iban(account) => Some(characters(account.as_str())),
        _ => None,
    });
    let known: Vec<String> = known.collect();
    let ends_account = |number: &str| known.iter().any(|account| account.ends_with(number));
    let mut all = Vec::new();
    for run in &context.layout.paragraphs {
        let mut add = |meant, stated, range: Range<usize>| {
            let sentence = prose::sentence(&run.text, range.start);
            all.push(Mention { meant, stated, run, range, sentence });
        };
        let printed = dates::find(&run.text, context.order);
        for (range, day) in &printed {
            add(Meant::Day(*day), Stated::Printed, range.clone());
        }
        if let Some(issued) = issued {
            let is_taken =
                |range: &Range<usize>| printed.iter().any(|(p, _)| p.start < range.end && range.start < p.end);
            for (range, day) in partial_days::find(&run.text, issued) {
                if !is_taken(&range) {
                    add(Meant::Day(day), Stated::Partly, range);
                }
            }
            for (range, day) in partial_days::counted(&run.text, issued, context.order) {
                add(Meant::Day(day), Stated::Counted, range);
            }
        }
        let amounts = amounts::find(&run.text);
        let accounts = identifiers::ibans(&run.text);
        let is_other = |range: &Range<usize>| {
            let others = printed.iter().map(|(other, _)| other).chain(accounts.iter().map(|(other, _)| other));
            others.into_iter().any(|other| other.start < range.end && range.start < other.end)
        };
        for line in run.lines() {
            for (range, number) in numbers::all(&run.text, line) {
                let number = characters(&number);
                if !is_other(&range) && !ends_account(&number) {
                    add(Meant::Number(number), Stated::Printed, range);
                }
            }
        }
        for (meant, ranges) in
            [(Meant::Place as fn(String) -> Meant, places::find(&run.text)), (Meant::Span, spans::find(&run.text))]
        {
            for range in ranges {
                add(meant(characters(run.text.get(range.clone()).unwrap_or_default())), Stated::Printed, range);
            }
        }
        for (range, account) in accounts {
            add(Meant::Account(account.as_str().to_owned()), Stated::Printed, range);
        }
        for amount in amounts {
            add(Meant::Amount(amount.value), Stated::Printed, amount.range);
        }
        if all.len() > MOST {
            break;
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use domain::Known;

    use super::*;
    use crate::models::Models;
    use crate::testing::page;
    use crate::trace::Trace;

    /// The mentions of a letter of 10 February 2026, each as its sort and what it says.
    fn mentioned(line: &str) -> Vec<String> {
        let reading = page(&format!("Muster GmbH\n\nDatum: 10.02.2026\n\nSehr geehrte Frau Beispiel,\n\n{line}"));
        let known = Known::default();
        let models = Models::default();
        let context = Context::new(&reading, &known, &models);
        let facts = crate::chosen(&context, &mut Trace::default());
        let all = mentions(&context, &facts).into_iter().filter(|mention| mention.run.text.contains(line));
        let told = all.map(|mention| {
            let how = match mention.stated {
                Stated::Printed => "",
                Stated::Partly => "partly ",
                Stated::Counted => "counted ",
            };
            match mention.meant {
                Meant::Day(day) => format!("{how}day {day}"),
                Meant::Amount(amount) => format!("amount {amount}"),
                Meant::Number(number) => format!("number {number}"),
                Meant::Account(account) => format!("account {account}"),
                Meant::Place(place) => format!("place {place}"),
                Meant::Span(span) => format!("span {span}"),
            }
        });
        told.collect()
    }

    #[test]
    fn days_amounts_numbers_and_accounts_are_mentions_however_they_are_written() {
        for (line, expected) in [
            ("Bitte zahlen Sie bis zum 27.02.2026.", &["day 2026-02-27"][..]),
            ("Bitte zahlen Sie bis zum 27. Februar.", &["partly day 2026-02-27"]),
            ("Wir melden uns Anfang Mai.", &["partly day 2026-05-01"]),
            ("Die Lieferung kommt in KW 12.", &["partly day 2026-03-20"]),
            ("Zahlbar zum Monatsende.", &["partly day 2026-02-28"]),
            ("Zu zahlen binnen zwei Wochen ab Zustellung.", &["counted day 2026-02-24"]),
            ("Erstmals am 15. des Folgemonats.", &["counted day 2026-03-15"]),
            ("Der Betrag ist 84,20 EUR.", &["amount 84.20"]),
            ("Konto DE89 3704 0044 0532 0130 00", &["account DE89370400440532013000"]),
        ] {
            let all = mentioned(line);
            for one in expected {
                assert!(all.iter().any(|said| said == one), "{line}: {all:?}");
            }
        }
        assert!(mentioned("Rechnung Nr. RE-2026-0012").contains(&"number re20260012".to_owned()));
    }

    #[test]
    fn what_only_looks_like_one_is_no_mention() {
        let days = |line: &str| mentioned(line).into_iter().filter(|said| said.contains("day ")).collect::<Vec<_>>();
        let amounts =
            |line: &str| mentioned(line).into_iter().filter(|said| said.contains("amount")).collect::<Vec<_>>();
        // A telephone, a paragraph, a time, and days before something.
        for line in [
            "Telefon 0351.12.34",
            "nach § 286 Abs. 3 BGB",
            "Montag von 9.30 bis 11.45 Uhr",
            "spätestens 30 Tage vor Abreise",
        ] {
            assert_eq!(days(line), [""; 0], "{line}");
        }
        for line in ["inkl. 19 % MwSt.", "Raum 12, 3. Stock", "Konto DE89 3704 0044 0532 0130 00"] {
            assert_eq!(amounts(line), [""; 0], "{line}");
        }
        // The end of an account is no number of something.
        assert!(mentioned("Konto DE89 3704 0044 0532 0130 00").iter().all(|said| !said.starts_with("number")));
    }

    #[test]
    fn a_mention_covers_its_opposite_and_its_part() {
        let sum = Meant::Amount(Decimal::new(8420, 2));
        assert!(sum.covers(&Meant::Amount(Decimal::new(-8420, 2))) && !sum.covers(&Meant::Amount(Decimal::ONE)));
        let place = Meant::Place("praxismusterringstraße88".to_owned());
        assert!(place.contains(&Meant::Place("ringstraße88".to_owned())));
        assert!(!place.contains(&Meant::Span("ringstraße88".to_owned())));
        assert!(sum.fields().contains(&Field::AmountDue) && !sum.fields().contains(&Field::DueDate));
    }
}
