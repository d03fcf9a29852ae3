//! Counts over many letters, by author.

use std::collections::BTreeMap;

use domain::Field;
use serde_json::{Map, Value, json};
use understand::training::{AMOUNTS, DAYS};

use crate::corpus::Letter;
use crate::lessons::Truth;
use crate::outcome::Outcome;
use crate::same;

/// What was counted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Letters with an expected plan.
    pub letters: u32,
    /// Those planned as expected.
    pub right: u32,
    /// Those accepted without a question although nothing was planned and something is to do.
    pub silent_misses: u32,
    /// Those accepted without a question with a plan that is not the expected one, the silent misses among them.
    pub silent_wrong: u32,
    /// Those that ask.
    pub asked: u32,
    /// Letters whose kind is known.
    pub of_kind: u32,
    /// Those of the right kind.
    pub kind_right: u32,
    /// Letters of courts and authorities, fines and tax notices with an expected plan.
    pub alarming: u32,
    /// Those planned as expected.
    pub alarming_right: u32,
    /// Those of them taken for a harmless kind.
    pub alarming_harmless: u32,
    /// Values that the truth names, found, found right, certain, and certain although wrong, by field.
    pub fields: BTreeMap<Field, Values>,
    /// Accepted without a question and planned as expected.
    pub accepted_right: u32,
    /// The same of every field that the truth names, by the rules of the corpus.
    pub all: BTreeMap<Field, Values>,
}

/// What was counted of the values of a field that the truth names on a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Values {
    /// Those that there are.
    pub wanted: u32,
    /// Those that were found, right or not.
    pub found: u32,
    /// Those that were found right.
    pub right: u32,
    /// Those that were certain.
    pub certain: u32,
    /// Those that were certain and wrong.
    pub certain_wrong: u32,
}

impl Values {
    fn plus(self, other: Self) -> Self {
        Self {
            wanted: self.wanted + other.wanted,
            found: self.found + other.found,
            right: self.right + other.right,
            certain: self.certain + other.certain,
            certain_wrong: self.certain_wrong + other.certain_wrong,
        }
    }

    /// Two times the right ones among the wanted and the found ones, of a hundred.
    pub fn f1(self) -> f64 {
        percent(2 * self.right, self.wanted + self.found)
    }
}

impl Counts {
    /// Counts one letter.
    pub fn add(&mut self, letter: &Letter, outcome: &Outcome) {
        let truth = &letter.truth;
        let kind = outcome.findings.kind().kind;
        let of_kind = |wanted: &Value| *wanted == kind.as_str();
        let also = truth["accept_doc_type"].as_array().is_some_and(|kinds| kinds.iter().any(of_kind));
        let kind_right = of_kind(&truth["doc_type"]) || also;
        self.of_kind += 1;
        self.kind_right += u32::from(kind_right);
        self.add_fields(letter, outcome);
        self.add_all(letter, outcome);
        let expected = &truth["expected"];
        if expected.is_null() {
            return;
        }
        let right = outcome.is_planned_right(expected);
        let silent = outcome.is_accepted() && !right;
        self.letters += 1;
        self.right += u32::from(right);
        self.asked += u32::from(!outcome.is_accepted());
        self.accepted_right += u32::from(outcome.is_accepted() && right);
        self.silent_wrong += u32::from(silent);
        self.silent_misses += u32::from(silent && outcome.tasks.is_empty() && expected["task"] == true);
        if ["court_order", "fine", "tax_notice", "authority_letter"].iter().any(|alarm| truth["doc_type"] == *alarm) {
            self.alarming += 1;
            self.alarming_right += u32::from(right);
            self.alarming_harmless += u32::from(!kind.is_alarming() && !kind_right);
        }
    }

    /// Every field by the rules of the corpus.
    fn add_all(&mut self, letter: &Letter, outcome: &Outcome) {
        for field in same::compared() {
            let known = &letter.truth["fields"][field.as_str()];
            let fact = outcome.findings.best(field);
            let right = fact.and_then(|fact| same::is_right(field, known, &fact.value));
            let wanted = same::is_wanted(field, known);
            if !wanted && right.is_none() {
                continue;
            }
            let counts = self.all.entry(field).or_default();
            let certain = fact.is_some_and(|fact| fact.certain) && right.is_some();
            counts.wanted += u32::from(wanted);
            counts.found += u32::from(right.is_some());
            counts.right += u32::from(right == Some(true));
            counts.certain += u32::from(certain);
            counts.certain_wrong += u32::from(certain && right == Some(false));
        }
    }

    /// The mean of F1 over all fields.
    pub fn macro_f1(&self) -> f64 {
        let each: Vec<f64> = self.all.values().filter(|values| values.wanted > 0).map(|values| values.f1()).collect();
        if each.is_empty() { 100.0 } else { each.iter().sum::<f64>() / each.len() as f64 }
    }

    /// Counts of every field together.
    pub fn every_field(&self) -> Values {
        self.all.values().fold(Values::default(), |sum, one| sum.plus(*one))
    }

    /// Days and amounts that the roles are about: what the truth names is on the page, and only that.
    fn add_fields(&mut self, letter: &Letter, outcome: &Outcome) {
        let truth = Truth::of(letter);
        for field in DAYS.iter().chain(AMOUNTS).copied() {
            let known = &letter.truth["fields"][field.as_str()];
            let is_wanted = !known.is_null() && known["visible"] != false;
            let fact = outcome.findings.best(field);
            let holds = fact.and_then(|fact| truth.holds(field, &fact.value));
            let counts = self.fields.entry(field).or_default();
            counts.wanted += u32::from(is_wanted);
            let Some((fact, holds)) = fact.zip(holds) else { continue };
            // What the truth does not name may still be right.
            if !is_wanted && !holds && !truth.is_whole() {
                continue;
            }
            let by_plan = !is_wanted && holds;
            counts.found += u32::from(!by_plan);
            counts.right += u32::from(holds && is_wanted);
            counts.certain += u32::from(fact.certain);
            counts.certain_wrong += u32::from(fact.certain && !holds);
        }
    }

    /// Counts of all fields of days and amounts together.
    pub fn all_fields(&self) -> Values {
        self.fields.values().fold(Values::default(), |sum, one| sum.plus(*one))
    }

    /// Planned as expected, of a hundred.
    pub fn right_percent(&self) -> f64 {
        percent(self.right, self.letters)
    }
}

/// Of a hundred; none of none is all.
pub fn percent(part: u32, whole: u32) -> f64 {
    if whole == 0 { 100.0 } else { 100.0 * f64::from(part) / f64::from(whole) }
}

/// The counts of each author, by the author's name.
pub type ByAuthor = BTreeMap<String, Counts>;

/// The table of the counts, a line for each author.
pub fn table(counts: &ByAuthor) -> String {
    let mut table = String::from(
        "author          letters  right      %   silent miss  silent wrong  asked  accepted right  kind %  alarming right  taken for harmless   due F1   sum F1  issue F1  appt F1  days and sums F1  sender F1  macro F1  certain  wrong  of right certain\n",
    );
    for (author, c) in counts {
        let all = c.every_field();
        let f1 = |field| c.fields.get(&field).copied().unwrap_or_default().f1();
        table.push_str(&format!(
            "{author:<15} {:>7} {:>6} {:>6.1} {:>13} {:>13} {:>6} {:>15} {:>7.1} {:>8} of {:>3} {:>19} {:>8.1} {:>8.1} {:>9.1} {:>8.1} {:>17.1} {:>10.1} {:>9.1} {:>8} {:>6} {:>15.1} %\n",
            c.letters,
            c.right,
            c.right_percent(),
            c.silent_misses,
            c.silent_wrong,
            c.asked,
            c.accepted_right,
            percent(c.kind_right, c.of_kind),
            c.alarming_right,
            c.alarming,
            c.alarming_harmless,
            f1(Field::DueDate),
            f1(Field::AmountDue),
            f1(Field::IssueDate),
            f1(Field::AppointmentStart),
            c.all_fields().f1(),
            c.all.get(&Field::SellerName).copied().unwrap_or_default().f1(),
            c.macro_f1(),
            all.certain,
            all.certain_wrong,
            percent(all.certain - all.certain_wrong, all.right),
        ));
    }
    table
}

/// A letter in the form of the command line's `inspect --json --plan`, for the scorers of the corpus.
pub fn prediction(letter: &Letter, outcome: &Outcome) -> Value {
    let mut fields = Map::new();
    for field in domain::Field::ALL {
        let Some(fact) = outcome.findings.best(*field) else { continue };
        let value = match &fact.value {
            domain::Value::Skonto(terms) => json!(terms),
            domain::Value::Lines(lines) => json!(lines),
            domain::Value::Integer(number) => json!(number),
            other => json!(other.plain()),
        };
        let known = json!({"value": value, "certain": fact.certain, "confidence": fact.confidence, "by": fact.by});
        fields.insert(field.as_str().to_owned(), known);
    }
    json!({
        "file": letter.file(),
        "doc_type": outcome.findings.kind().kind.as_str(),
        "fields": fields,
        "plan": outcome.plan_json(),
        "gate": if outcome.is_accepted() { "accept" } else { "review" },
        "gate_reasons": match &outcome.gate {
            domain::Gate::Accept => json!([]),
            domain::Gate::Review(doubts) => json!(doubts),
        },
    })
}
