//! Finding tasks by what somebody types: words, amounts, days, tags.

use chrono::{NaiveDate, NaiveDateTime};

use crate::search::terms;
use crate::{Money, coming_when};

/// What is looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SoughtTask {
    /// Every one of them has to be there.
    parts: Vec<Part>,
    /// All of it is a day: then the tasks of that day are meant as well.
    day: Option<NaiveDate>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Part {
    /// Folded words, of which each begins a word of the task.
    words: Vec<String>,
    /// The same as an amount in hundredths, and whether its cents were typed.
    amount: Option<(i64, bool)>,
}

impl SoughtTask {
    /// Reads what was typed, seen from `now` on the wall clock; none if it says nothing.
    pub fn parse(text: &str, now: NaiveDateTime) -> Option<Self> {
        let is_currency = |word: &str| matches!(word.to_lowercase().as_str(), "€" | "eur" | "euro" | "euros");
        let part = |word: &str| {
            let words: Vec<String> = terms(word).map(|(_, word)| word).collect();
            (!words.is_empty()).then(|| Part { words, amount: hundredths(word) })
        };
        let parts: Vec<Part> = text.split_whitespace().filter(|word| !is_currency(word)).filter_map(part).collect();
        (!parts.is_empty()).then(|| Self { parts, day: coming_when(text, now).and_then(|when| when.day) })
    }

    /// Is it a task with these words, this amount and this day?
    pub fn fits(&self, words: &str, amount: Option<Money>, due: Option<NaiveDate>) -> bool {
        if self.day.is_some() && self.day == due {
            return true;
        }
        let there: Vec<String> = terms(words).map(|(_, word)| word).collect();
        let has = |sought: &String| there.iter().any(|word| word.starts_with(sought.as_str()));
        let is_amount = |(sought, with_cents): (i64, bool)| {
            amount.and_then(|money| hundredths(&money.amount.to_string())).is_some_and(|(hundredths, _)| {
                if with_cents { hundredths == sought } else { hundredths / 100 == sought / 100 }
            })
        };
        self.parts.iter().all(|part| part.words.iter().all(has) || part.amount.is_some_and(is_amount))
    }
}

/// "84,20", "84.20", "1.250,00 €", "84" as hundredths, and whether it has decimals.
fn hundredths(word: &str) -> Option<(i64, bool)> {
    let plain = word.trim_matches('€');
    let (whole, cents) = match plain.rsplit_once([',', '.']) {
        Some((whole, cents)) if cents.len() == 2 => (whole, cents),
        _ => (plain, ""),
    };
    let whole: String = whole.chars().filter(|c| !matches!(c, '.' | ',')).collect();
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if !is_number(&whole) || !(cents.is_empty() || is_number(cents)) {
        return None;
    }
    let cents_value: i64 = if cents.is_empty() { 0 } else { cents.parse().ok()? };
    Some((whole.parse::<i64>().ok()?.checked_mul(100)?.checked_add(cents_value)?, !cents.is_empty()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tasks_are_found_by_words_amounts_and_days() {
        let now: NaiveDateTime = "2026-11-20T12:00:00".parse().unwrap();
        let money = Money::parse("1284.20", "EUR").ok();
        let due = "2026-11-27".parse().ok();
        let fits =
            |text: &str| SoughtTask::parse(text, now).unwrap().fits("Stadtwerke Müller Strom wohnung", money, due);
        for text in [
            "stadtw",
            "muller",
            "mueller strom",
            "strom stadtwerke",
            "1.284,20",
            "1284,20 €",
            "1284.20",
            "1284",
            "stadtwerke 1284",
            "#wohnung",
            "Freitag",
            "27.11.",
            "in einer Woche",
            "next friday",
        ] {
            assert!(fits(text), "{text}");
        }
        for text in ["telekom", "stadtwerke 84", "84,20", "morgen", "28.11.", "werke"] {
            assert!(!fits(text), "{text}");
        }
        assert_eq!(SoughtTask::parse(" € ", now), None);
    }
}
