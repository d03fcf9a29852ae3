//! What speaks for a value and what against it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use domain::{Fact, Field, Origin, Shape, Value};
use rust_decimal::Decimal;

use crate::address;
use crate::context::Context;
use crate::forms::{amounts, dates};
use crate::roles::Weighed;

/// A letter as its values are judged.
pub(super) struct Letter<'f, 'c, 'a> {
    context: &'c Context<'a>,
    facts: &'f [Fact],
    weighed: &'f [Weighed],
    /// All days printed on the pages, each once.
    days: BTreeSet<NaiveDate>,
    /// All amounts, without their signs.
    amounts: BTreeMap<Decimal, usize>,
    /// Whether words are printed over others: which of them a person sees is not known.
    is_overprinted: bool,
}

impl<'f, 'c, 'a> Letter<'f, 'c, 'a> {
    pub(super) fn of(context: &'c Context<'a>, facts: &'f [Fact], weighed: &'f [Weighed]) -> Self {
        let cells = || context.layout.cells();
        let days = cells().flat_map(|cell| dates::find(&cell.text, context.order)).map(|(_, day)| day).collect();
        let mut amounts = BTreeMap::new();
        for amount in cells().flat_map(|cell| amounts::find(&cell.text)) {
            *amounts.entry(amount.value.abs()).or_default() += 1;
        }
        Self { context, facts, weighed, days, amounts, is_overprinted: is_overprinted(context) }
    }

    /// Whether nothing speaks against it that outweighs every score.
    pub(super) fn may_be_certain(&self, at: usize) -> bool {
        let fact = &self.facts[at];
        let is_short = fact.field.shape() == Shape::Text
            && fact.value.plain().chars().filter(|c| c.is_alphanumeric()).count() < SHORT;
        // What does not stand there in letters, and what is paid, needs a proof besides; so does what was recognised from a
        // picture: there are few to learn from.
        let needs_proof = matches!(fact.origin, Origin::Derived | Origin::Ocr) || fact.field.shape() == Shape::Amount;
        fact.confidence >= super::DOUBTED && (fact.certain || !needs_proof) && !self.is_overprinted && !is_short
    }

    /// What is seen of one of the facts.
    pub(super) fn features(&self, at: usize) -> Vec<String> {
        let fact = &self.facts[at];
        let mut seen = Vec::new();
        steps(&mut seen, "sure", fact.confidence);
        seen.push(format!("by:{}", fact.by));
        seen.push(format!("from:{:?}", fact.origin));
        seen.extend(fact.checks.iter().map(|check| format!("check:{check:?}")));
        seen.push(format!("checks:{}", fact.checks.len().min(3)));
        let before = self.facts[..at].iter().filter(|other| other.field == fact.field).count();
        seen.push(format!("rank:{before}"));
        if fact.certain {
            seen.push("proven".to_owned());
            seen.push(format!("proven|by:{}", fact.by));
        }
        self.rivals(fact, &mut seen);
        self.letter(fact, &mut seen);
        if let Some(said) = self.weighed.iter().find(|said| said.field == fact.field && said.value == fact.value) {
            steps(&mut seen, "role", said.probability);
            let rival = self.weighed.iter().filter(|other| other.field == fact.field && other.value != fact.value);
            steps(&mut seen, "role-rival", rival.map(|other| other.probability).fold(0.0, f32::max));
        } else {
            seen.push("role:none".to_owned());
        }
        self.value(fact, &mut seen);
        self.place(fact, &mut seen);
        let field = fact.field.as_str();
        let mut all: Vec<String> = Vec::with_capacity(2 * seen.len() + 1);
        for name in seen {
            all.push(format!("{field}|{name}"));
            all.push(name);
        }
        all.push(field.to_owned());
        all.push(format!("shape:{:?}", fact.field.shape()));
        all.sort_unstable();
        all.dedup();
        all
    }

    /// Other values of the same field.
    fn rivals(&self, fact: &Fact, seen: &mut Vec<String>) {
        let others = || self.facts.iter().filter(|other| other.field == fact.field && other.value != fact.value);
        let next = others().map(|other| other.confidence).fold(0.0, f32::max);
        seen.push(format!("rivals:{}", others().count().min(3)));
        steps(seen, "rival", next / fact.confidence.max(0.01));
        if others().any(|other| other.certain) {
            seen.push("proven-rival".to_owned());
        }
        // Of the same value in another field: a due day that is the day of the letter, a number that is another number.
        for other in self.facts.iter().filter(|other| other.field != fact.field && is_same(&other.value, &fact.value)) {
            seen.push(format!("also:{}", other.field.as_str()));
        }
    }

    /// The letter around it.
    fn letter(&self, fact: &Fact, seen: &mut Vec<String>) {
        if let Some(kind) = self.context.kinds.first() {
            seen.push(format!("kind:{}", kind.kind.as_str()));
            steps(seen, "of-kind", kind.confidence);
        }
        let language = if self.context.text.contains(" the ") { "en" } else { "de" };
        seen.push(format!("in:{language}"));
        for field in [Field::AmountDue, Field::TotalGross, Field::DueDate, Field::DirectDebitDate, Field::Skonto] {
            if field != fact.field && self.facts.iter().any(|other| other.field == field && other.confidence >= 0.5) {
                seen.push(format!("has:{}", field.as_str()));
            }
        }
        if self.facts.iter().any(|other| matches!(other.value, Value::Instalments(_))) {
            seen.push("has:instalments".to_owned());
        }
    }

    /// The value itself.
    fn value(&self, fact: &Fact, seen: &mut Vec<String>) {
        let plain = fact.value.plain();
        match fact.field.shape() {
            Shape::Date | Shape::DateTime => {
                let issued = self.facts.iter().find(|other| other.field == Field::IssueDate);
                let issued = issued.and_then(|other| other.value.date());
                if let (Some(issued), Some(day)) = (issued, fact.value.date()) {
                    let days = (day - issued).num_days();
                    seen.push(format!(
                        "days:{}",
                        match days {
                            ..=-31 => "long-before",
                            -30..=-1 => "before",
                            0 => "same",
                            1..=6 => "week",
                            7..=45 => "soon",
                            46..=400 => "year",
                            _ => "far",
                        }
                    ));
                }
                if let Some(day) = fact.value.date() {
                    let later = self.days.range(day..).filter(|other| **other > day);
                    let gap = later.clone().next().map(|next| (*next - day).num_days());
                    seen.push(format!("later:{}", later.count().min(4)));
                    seen.push(format!("earlier:{}", self.days.range(..day).count().min(3)));
                    seen.push(format!("gap:{}", gap.map_or(-1, |gap| (gap / 10).min(6))));
                }
            }
            Shape::Amount => {
                let amount = fact.value.amount().unwrap_or_default();
                if amount.is_sign_negative() {
                    seen.push("negative".to_owned());
                }
                let times = self.amounts.get(&amount.abs()).copied().unwrap_or_default();
                seen.push(format!("times:{}", times.min(3)));
                let larger = self.amounts.range(amount.abs()..).filter(|(other, _)| **other > amount.abs()).count();
                seen.push(format!("larger:{}", larger.min(4)));
                seen.push(format!("amounts:{}", (self.amounts.len() / 3).min(5)));
            }
            Shape::Text => {
                seen.push(format!("words:{}", plain.split_whitespace().count().min(6)));
                seen.push(format!("digits:{}", plain.chars().filter(char::is_ascii_digit).count().min(6)));
                if address::is_organisation(&plain) {
                    seen.push("organisation".to_owned());
                }
                if plain.contains(['.', ',', ':', '/', '(']) {
                    seen.push("marks".to_owned());
                }
                if fact.field == Field::SellerName || fact.field == Field::BuyerName {
                    for word in crate::words::words(&plain) {
                        seen.extend(crate::words::pieces(&word).into_iter().map(|piece| format!("v:{piece}")));
                        seen.push(format!("v:{word}"));
                    }
                    let block = address::recipient(&self.context.layout).unwrap_or_default();
                    if let Some(line) = block.iter().position(|run| run.text.contains(&plain)) {
                        seen.push(format!("line-of-address:{}", line.min(3)));
                    }
                    // "Sehr geehrte Frau Beispiel": one of its words is the reader's.
                    let greeted = self.context.text.lines().find(|line| crate::context::is_salutation(line));
                    let words: Vec<String> = greeted.map(crate::words::words).unwrap_or_default();
                    if crate::words::words(&plain).iter().any(|word| word.len() > 2 && words.contains(word)) {
                        seen.push("greeted".to_owned());
                    }
                }
            }
            _ => {}
        }
    }

    /// Where it stands, and beside which words.
    fn place(&self, fact: &Fact, seen: &mut Vec<String>) {
        let Some(place) = &fact.evidence else { return seen.push("nowhere".to_owned()) };
        let paragraphs = self.context.layout.paragraphs.iter().filter(|run| run.page == place.page);
        let here = paragraphs.filter(|run| run.rect.y <= place.rect.bottom() && place.rect.y <= run.rect.bottom());
        let stands = here.filter_map(|run| Some((run, run.text.find(&place.text)?))).next();
        if let Some((run, at)) = stands {
            let before = crate::words::words(run.text.get(..at).unwrap_or_default());
            let behind = crate::words::words(run.text.get(at + place.text.len()..).unwrap_or_default());
            seen.push(format!("b1:{}", before.last().map_or("-", String::as_str)));
            seen.extend(before.iter().rev().take(5).map(|word| format!("b:{word}")));
            seen.extend(behind.iter().take(3).map(|word| format!("a:{word}")));
            seen.push(format!("before:{}", before.len().min(4)));
        }
        for row in self.context.layout.rows.iter().filter(|row| row.cells.first().is_some_and(|c| c.page == place.page))
        {
            let Some(at) = row.cells.iter().position(|cell| {
                let middle = place.rect.y + place.rect.h / 2.0;
                cell.rect.x <= place.rect.x + 0.005
                    && place.rect.x < cell.rect.right()
                    && cell.rect.y <= middle
                    && middle <= cell.rect.bottom()
            }) else {
                continue;
            };
            let label =
                row.cells[..at].iter().next_back().map(|cell| crate::words::words(&cell.text)).unwrap_or_default();
            seen.push(format!("label:{}", label.len().min(4)));
            for word in label.iter().rev().take(4) {
                seen.push(format!("l:{word}"));
                seen.extend(crate::words::pieces(word).into_iter().map(|piece| format!("l:{piece}")));
            }
            seen.push(format!("cells:{}", row.cells.len().min(4)));
            let alone = row.cells[at].text.len() <= place.text.len() + 2;
            seen.push(format!("alone:{alone}"));
            break;
        }
        seen.push(format!("y:{}", (place.rect.y * 6.0) as i32));
        seen.push(format!("x:{}", (place.rect.x * 3.0) as i32));
        if place.page > 1 {
            seen.push("later-page".to_owned());
        }
    }
}

/// A number or name with fewer letters and digits is none of its own.
const SHORT: usize = 2;

/// Whether two cells with digits lie over each other.
fn is_overprinted(context: &Context) -> bool {
    let cells: Vec<_> =
        context.layout.cells().filter(|cell| cell.text.contains(|c: char| c.is_ascii_digit())).collect();
    let over = |a: &crate::layout::Run, b: &crate::layout::Run| {
        let wide = a.rect.right().min(b.rect.right()) - a.rect.x.max(b.rect.x);
        let high = a.rect.bottom().min(b.rect.bottom()) - a.rect.y.max(b.rect.y);
        a.page == b.page && wide > 0.02 && high > 0.6 * a.rect.h.min(b.rect.h)
    };
    cells.iter().enumerate().any(|(at, a)| cells[at + 1..].iter().take(6).any(|b| over(a, b)))
}

fn is_same(a: &Value, b: &Value) -> bool {
    match (a.date(), b.date()) {
        (Some(a), Some(b)) => a == b,
        _ => a == b,
    }
}

/// A number as the steps that it reaches.
fn steps(seen: &mut Vec<String>, name: &str, number: f32) {
    for step in [0.3, 0.45, 0.55, 0.65, 0.75, 0.8, 0.85, 0.9, 0.94, 0.97, 0.99] {
        if number >= step {
            seen.push(format!("{name}>{step}"));
        }
    }
}
