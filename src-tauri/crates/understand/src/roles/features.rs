//! What is seen of a mention: words with where they stand from it, its place, and what was said of its value so far.
//!
//! A feature is a short text: `b1:bis` is the word right before, `b:` one of the words before, `a:` behind, `s:` anywhere in the
//! sentence, `l:` to the left in its row, `u:` above in its column, `h:` in the heading of its part. Words are stems; of long
//! ones the beginning and the end count as well, because compounds share them: `fallig~` and `~sdatum`.

use std::collections::BTreeMap;
use std::ops::Range;

use chrono::NaiveDate;
use domain::{DocumentKind, Fact, Field};
use rust_decimal::Decimal;

use super::mentions::{Meant, Mention, Stated};
use crate::context::Context;
use crate::layout::{Row, Run};
use crate::words;

/// A letter as its mentions see it.
pub(super) struct FeatureContext<'f, 'c, 'a> {
    context: &'c Context<'a>,
    facts: &'f [Fact],
    issued: Option<NaiveDate>,
    /// For the place of a word on the page: its row and cell.
    places: BTreeMap<Place, (usize, usize)>,
    first_day: Option<NaiveDate>,
    last_day: Option<NaiveDate>,
    most: Option<Decimal>,
    mentions: &'f [Mention<'c, 'a>],
    /// How often a value is mentioned.
    counts: BTreeMap<Meant, usize>,
}

/// Page and left upper corner, in ten-thousandths.
type Place = (u32, i32, i32);

fn place(page: u32, x: f32, y: f32) -> Place {
    let part = |length: f32| (10_000.0 * length).round() as i32;
    (page, part(x), part(y))
}

impl<'f, 'c, 'a> FeatureContext<'f, 'c, 'a> {
    pub(super) fn of(context: &'c Context<'a>, facts: &'f [Fact], mentions: &'f [Mention<'c, 'a>]) -> Self {
        let mut places = BTreeMap::new();
        for (r, row) in context.layout.rows.iter().enumerate() {
            for (c, cell) in row.cells.iter().enumerate() {
                for rect in cell.word_rects() {
                    places.insert(place(cell.page, rect.x, rect.y), (r, c));
                }
            }
        }
        let days = || mentions.iter().filter_map(|m| if let Meant::Day(day) = m.meant { Some(day) } else { None });
        let amounts =
            mentions.iter().filter_map(|m| if let Meant::Amount(amount) = m.meant { Some(amount) } else { None });
        let mut counts = BTreeMap::new();
        for mention in mentions {
            *counts.entry(mention.meant.clone()).or_default() += 1;
        }
        Self {
            context,
            facts,
            issued: facts.iter().find(|fact| fact.field == Field::IssueDate).and_then(|fact| fact.value.date()),
            places,
            mentions,
            first_day: days().min(),
            last_day: days().max(),
            most: amounts.max(),
            counts,
        }
    }

    /// Everything that is seen of a mention.
    pub(super) fn features(&self, mention: &Mention) -> Vec<String> {
        let mut features = Features(Vec::with_capacity(96));
        let run = mention.run;
        let text = |range: Range<usize>| run.text.get(range).unwrap_or_default();
        let before = words::words(text(mention.sentence.start..mention.range.start));
        let behind = words::words(text(mention.range.end..mention.sentence.end.max(mention.range.end)));
        for (at, word) in (1..=3).zip(before.iter().rev()) {
            features.word(&format!("b{at}"), word);
        }
        for (at, word) in (1..=2).zip(&behind) {
            features.word(&format!("a{at}"), word);
        }
        for word in before.iter().rev().take(9) {
            features.word("b", word);
        }
        for word in behind.iter().take(7) {
            features.word("a", word);
        }
        for word in before.iter().rev().take(25).chain(behind.iter().take(25)) {
            features.add("s", word);
        }
        if mention.stated == Stated::Counted {
            for word in words::words(text(mention.range.clone())) {
                features.add("i", &word);
            }
        }
        self.table(mention, &mut features);
        self.page(mention, &mut features);
        self.letter(mention, &mut features);
        self.said(mention, &mut features);
        features.0.sort_unstable();
        features.0.dedup();
        features.0
    }

    /// The words of its row and column.
    fn table(&self, mention: &Mention, features: &mut Features) {
        /// Rows above in which the heading of a column may stand.
        const HIGHEST: usize = 8;
        let rect = mention.run.evidence(mention.range.clone()).rect;
        let page = mention.run.page;
        let words_at = mention.run.first_word(mention.range.clone());
        let Some(&(r, c)) = words_at.and_then(|rect| self.places.get(&place(page, rect.x, rect.y))) else { return };
        let rows = &self.context.layout.rows;
        let has_letters = |cell: &Run| cell.text.chars().filter(|c| c.is_alphabetic()).count() >= 3;
        let row = &rows[r];
        if let Some(left) = row.cells[..c].iter().rev().find(|cell| has_letters(cell)) {
            for word in words::words(&left.text).iter().rev().take(8) {
                features.word("l", word);
            }
        } else if c == 0 && row.cells.len() > 1 {
            features.add("l", "-first-");
        }
        let above = rows[r.saturating_sub(HIGHEST)..r].iter().rev().take_while(|row| same_page(row, page));
        let over = |row: &Row| -> Option<String> {
            let cell = row.cells.iter().find(|cell| cell.rect.x < rect.right() && cell.rect.right() > rect.x)?;
            has_letters(cell).then(|| cell.text.clone())
        };
        let mut above: Vec<String> = above.filter_map(over).collect();
        above.truncate(3);
        for (distance, text) in (1..).zip(&above) {
            for word in words::words(text).iter().take(6) {
                if distance == 1 {
                    features.word("u", word);
                } else {
                    features.add("uu", word);
                }
            }
        }
        let is_heading = |row: &&Row| matches!(row.cells.as_slice(), [only] if only.len() <= 5 && !only.text.contains(|c: char| c.is_ascii_digit()) && has_letters(only));
        if let Some(heading) = rows[..r].iter().rev().take(20).find(is_heading) {
            for word in words::words(&heading.text()) {
                features.add("h", &word);
            }
        }
        features.flag(&format!("cells:{}", row.cells.len().min(4)));
        if c + 1 == row.cells.len() && c > 0 {
            features.flag("lastcell");
        }
    }

    /// Where it stands on the page.
    fn page(&self, mention: &Mention, features: &mut Features) {
        let rect = mention.run.evidence(mention.range.clone()).rect;
        features.flag(&format!("y:{}", (rect.y * 6.0) as i32));
        features.flag(&format!("x:{}", (rect.x * 3.0) as i32));
        features.flag(if mention.run.page == 1 { "first-page" } else { "later-page" });
        let alone = mention.run.text.len() <= mention.range.len() + 3;
        if alone {
            features.flag("alone");
        }
        if rect.h > 1.25 * self.context.layout.word_height {
            features.flag("large");
        }
        features.flag(match mention.stated {
            Stated::Printed => "printed",
            Stated::Partly => "partly",
            Stated::Counted => "counted",
        });
    }

    /// How its value lies among those of the letter.
    fn letter(&self, mention: &Mention, features: &mut Features) {
        let kind = self.context.kind().as_str();
        features.flag(&format!("k:{kind}"));
        let times = self.counts.get(&mention.meant).copied().unwrap_or_default();
        features.flag(&format!("n:{}", times.min(3)));
        match &mention.meant {
            &Meant::Day(day) => {
                if let Some(issued) = self.issued {
                    let days = (day - issued).num_days();
                    let span = match days {
                        ..=-366 => "long-ago",
                        -365..=-1 => "before",
                        0 => "same",
                        1..=4 => "days",
                        5..=10 => "week",
                        11..=16 => "fortnight",
                        17..=35 => "month",
                        36..=100 => "quarter",
                        101..=400 => "year",
                        401..=1500 => "years",
                        _ => "far",
                    };
                    features.flag(&format!("d:{span}"));
                    features.flag(&format!("d:{span}|{kind}"));
                }
                if Some(day) == self.first_day {
                    features.flag("first-day");
                }
                if Some(day) == self.last_day {
                    features.flag("last-day");
                }
                let rest = mention.run.text.get(mention.range.end..).unwrap_or_default();
                if crate::forms::pattern!(
                    r"^[\s,;–-]*(?:um|at|ab|von|from|gegen)?\s*\d{1,2}(?:[:.]\d{2}|\s?uhr|\s?[ap]\.?m)"
                )
                .is_match(rest)
                {
                    features.flag("time");
                }
            }
            Meant::Amount(amount) => {
                if Some(*amount) == self.most {
                    features.flag("most");
                }
                if amount.is_zero() {
                    features.flag("zero");
                }
                if amount.is_sign_negative() {
                    features.flag("negative");
                }
                let text = mention.run.text.get(mention.range.clone()).unwrap_or_default();
                if text.contains(['€', '$']) || text.to_uppercase().contains("EUR") {
                    features.flag("currency");
                }
            }
            Meant::Number(_) | Meant::Place(_) | Meant::Span(_) => self.form(mention, features),
            Meant::Account(account) => {
                features.flag(&format!("country:{}", account.get(..2).unwrap_or_default()));
                features.flag(if self.context.payment_codes.iter().any(|code| code.iban.as_str() == account) {
                    "coded"
                } else {
                    "not-coded"
                });
            }
        }
    }

    /// What it looks like: how long it is, which marks it has, what stands around it.
    fn form(&self, mention: &Mention, features: &mut Features) {
        let text = mention.run.text.get(mention.range.clone()).unwrap_or_default();
        let count = |is: fn(char) -> bool| text.chars().filter(|c| is(*c)).count();
        features.flag(&format!("digits:{}", count(|c| c.is_ascii_digit()).min(14)));
        features.flag(&format!("letters:{}", count(char::is_alphabetic).min(6)));
        features.flag(&format!("gaps:{}", count(char::is_whitespace).min(4)));
        for mark in ['/', '-', '.', ':', '+', '–'] {
            if text.contains(mark) {
                features.flag(&format!("mark:{mark}"));
            }
        }
        // "AB-26/0012" is "A-#/#": equal neighbours once.
        let mut form: Vec<char> = text
            .chars()
            .map(|c| match c {
                c if c.is_ascii_digit() => '#',
                c if c.is_alphabetic() => 'A',
                c if c.is_whitespace() => '_',
                c => c,
            })
            .collect();
        form.dedup();
        features.flag(&format!("form:{}", form.into_iter().take(12).collect::<String>()));
        if !matches!(mention.meant, Meant::Number(_)) {
            for word in words::words(text) {
                features.add("v", &word);
            }
        }
        if text.contains("20") || self.issued.is_some_and(|day| text.contains(&day.format("%y").to_string())) {
            features.flag("year");
        }
        if self.mentions.iter().any(|other| other.holds(mention)) {
            features.flag("part");
        }
        let rest = mention.run.text.get(mention.range.end..).unwrap_or_default();
        features.flag(match rest.trim_start().chars().next() {
            None => "then:end",
            Some(c) if c.is_lowercase() => "then:small",
            Some(c) if c.is_uppercase() => "then:capital",
            Some(c) if c.is_ascii_digit() => "then:digit",
            Some(_) => "then:mark",
        });
        let before = mention.run.text.get(..mention.range.start).unwrap_or_default().trim_end();
        features.flag(match before.chars().last() {
            None => "start",
            Some(':') => "after:colon",
            Some('.') => "after:point",
            Some(c) if c.is_alphabetic() => "after:word",
            Some(_) => "after:mark",
        });
    }

    /// What the extractors and `choose` say of its value.
    fn said(&self, mention: &Mention, features: &mut Features) {
        let kind = self.context.kind();
        for (at, fact) in self.facts.iter().enumerate() {
            let same = match (&mention.meant, fact.value.date()) {
                (Meant::Day(day), said) => said == Some(*day),
                (meant, _) => Meant::of(fact.field, &fact.value).as_ref() == Some(meant),
            };
            if !same {
                continue;
            }
            let field = fact.field.as_str();
            let best = !self.facts[..at].iter().any(|other| other.field == fact.field);
            let tenth = (10.0 * fact.confidence) as i32;
            features.flag(&format!("r:{field}:{tenth}"));
            features.flag(&format!("r:{field}"));
            features.flag(&format!("r:{field}:{}", fact.by));
            if best {
                features.flag(&format!("best:{field}"));
                features.flag(&format!("best:{field}|{}", kind.as_str()));
                features.flag(&format!("best:{field}:{tenth}"));
            }
            if fact.certain {
                features.flag(&format!("certain:{field}"));
            }
        }
        let has = |field: Field| self.facts.iter().any(|fact| fact.field == field && fact.confidence >= 0.7);
        for field in
            [Field::DueDate, Field::DirectDebitDate, Field::AppointmentStart, Field::AmountDue, Field::IssueDate]
        {
            if has(field) {
                features.flag(&format!("has:{}", field.as_str()));
            }
        }
        if kind == DocumentKind::Dunning {
            features.flag("claim");
        }
    }
}

fn same_page(row: &Row, page: u32) -> bool {
    row.cells.first().is_some_and(|cell| cell.page == page)
}

/// Features as they are gathered.
struct Features(Vec<String>);

impl Features {
    fn flag(&mut self, name: &str) {
        self.0.push(name.to_owned());
    }

    /// A word.
    fn add(&mut self, place: &str, word: &str) {
        self.0.push(format!("{place}:{word}"));
    }

    /// A word with its beginning and its end.
    fn word(&mut self, place: &str, word: &str) {
        self.add(place, word);
        for piece in words::pieces(word) {
            self.0.push(format!("{place}:{piece}"));
        }
    }
}

#[cfg(test)]
mod tests {
    use domain::Known;

    use super::*;
    use crate::models::Models;
    use crate::roles::mentions::mentions;
    use crate::testing::page;
    use crate::trace::Trace;

    /// What is seen of the day or amount that is written so.
    fn seen(letter: &str, written: &str) -> Vec<String> {
        let reading = page(letter);
        let known = Known::default();
        let models = Models::default();
        let context = Context::new(&reading, &known, &models);
        let facts = crate::chosen(&context, &mut Trace::default());
        let all = mentions(&context, &facts);
        let features = FeatureContext::of(&context, &facts, &all);
        let mention = all.iter().find(|mention| mention.run.text.get(mention.range.clone()) == Some(written)).unwrap();
        features.features(mention)
    }

    #[test]
    fn words_count_by_their_distance_and_by_their_parts() {
        let letter = "Muster GmbH\n\nDatum: 10.02.2026\n\nSehr geehrte Frau Beispiel,\n\nBitte überweisen Sie den Betrag bis zum 27.02.2026 auf unser Konto.";
        let day = seen(letter, "27.02.2026");
        for wanted in ["b1:zum", "b2:bis", "a1:auf", "printed", "first-page", "n:1"] {
            assert!(day.iter().any(|feature| feature.ends_with(wanted)), "{wanted}: {day:?}");
        }
        assert!(!day.iter().any(|feature| feature.ends_with("b1:bis")));
        // Both forms of a long word share its beginning.
        let shares = |text: &str| {
            let letter = format!("Muster GmbH\n\nDatum: 10.02.2026\n\n{text} 27.02.2026");
            seen(&letter, "27.02.2026").into_iter().filter(|feature| feature.contains('~')).collect::<Vec<_>>()
        };
        let (one, other) = (shares("Fälligkeitsdatum"), shares("Fälligkeitstermin"));
        assert!(one.iter().any(|feature| other.contains(feature)), "{one:?} {other:?}");
    }

    #[test]
    fn the_heading_of_a_column_and_the_words_to_the_left_are_seen() {
        let letter = "Muster GmbH\n\nDatum: 10.02.2026\n\nPosten            Betrag\nMiete             498,00\nHeizung           84,20";
        let sum = seen(letter, "84,20");
        assert!(sum.iter().any(|feature| feature.contains("l:heiz")), "{sum:?}");
        assert!(
            sum.iter().any(|feature| feature.contains("u:") && feature.contains("miet") || feature.contains("betrag")),
            "{sum:?}"
        );
        assert!(sum.iter().any(|feature| feature.ends_with("lastcell")), "{sum:?}");
    }
}
