//! What the truth of a letter teaches about its kind and about its mentions: days, amounts, numbers, accounts, places, stretches of time.

use chrono::NaiveDate;
use domain::{DocumentKind, Field, Value};
use rust_decimal::Decimal;
use serde_json::Value as Json;
use understand::training::{Example, Pair, fields};

use crate::corpus::Letter;
use crate::fit::Lesson;
use crate::same::is_same;

/// The classes of the model of kinds.
pub fn kind_names() -> Vec<&'static str> {
    DocumentKind::ALL.iter().map(|kind| kind.as_str()).collect()
}

/// The classes of the model of roles.
pub fn role_names() -> Vec<&'static str> {
    fields().map(Field::as_str).collect()
}

/// What a letter teaches about kinds.
pub fn kind_lesson(letter: &Letter, (features, offsets): (Vec<String>, Vec<f32>), weight: f32) -> Option<Lesson> {
    let wanted = letter.truth["doc_type"].as_str()?;
    let also: Vec<&str> =
        letter.truth["accept_doc_type"].as_array().into_iter().flatten().filter_map(Json::as_str).collect();
    let names = kind_names();
    if !names.contains(&wanted) {
        return None;
    }
    // The best name counts; that another one is right as well must not make the model shun it.
    let truth = names.iter().map(|name| Some(*name == wanted || also.contains(name))).collect();
    Some(Lesson { features, truth, offsets, weight })
}

/// What a letter teaches about its mentions.
pub fn role_lessons(letter: &Letter, examples: Vec<Example>, weight: f32) -> Vec<Lesson> {
    let truth = Truth::of(letter);
    examples
        .into_iter()
        .map(|example| {
            let holds = fields()
                .map(|field| example.fields.contains(&field).then(|| truth.holds(field, &example.value)).flatten())
                .collect();
            Lesson { features: example.features, truth: holds, offsets: Vec::new(), weight }
        })
        .collect()
}

/// What a letter teaches about its payment; nothing where no pair is right: then it is told otherwise than by a day and an
/// amount.
pub fn pair_lessons(letter: &Letter, pairs: Vec<Pair>, weight: f32) -> Vec<Lesson> {
    let truth = Truth::of(letter);
    let holds: Vec<bool> = pairs.iter().map(|pair| truth.is_payment(pair)).collect();
    if !holds.contains(&true) {
        return Vec::new();
    }
    let lesson = |(pair, holds): (Pair, bool)| Lesson {
        features: pair.features,
        truth: vec![Some(holds)],
        offsets: Vec::new(),
        weight,
    };
    pairs.into_iter().zip(holds).map(lesson).collect()
}

/// What is true of a letter, by field.
pub struct Truth<'l> {
    row: &'l Json,
    /// Whether a field that the row does not name is not on the page.
    is_whole: bool,
}

impl<'l> Truth<'l> {
    /// That of a letter.
    pub fn of(letter: &'l Letter) -> Self {
        let is_whole = ["household", "household-b", "letters-a", "letters-b", "synthetic"]
            .contains(&letter.set.as_str())
            || letter.set.starts_with("fresh");
        Self { row: &letter.truth, is_whole }
    }

    /// Whether a field that the row does not name is not on the page.
    pub fn is_whole(&self) -> bool {
        self.is_whole
    }

    /// Whether a value is right for a field; none where that is not known.
    pub fn holds(&self, field: Field, value: &Value) -> Option<bool> {
        let (day, amount) = (value.date(), value.amount());
        let same = |wanted: &Json| {
            let Some(text) = wanted.as_str() else { return false };
            match (day, amount) {
                (Some(day), _) => text.get(..10).and_then(|text| text.parse::<NaiveDate>().ok()) == Some(day),
                (_, Some(amount)) => text.parse::<Decimal>().is_ok_and(|wanted| wanted.abs() == amount.abs()),
                (None, None) => is_same(field, wanted, value),
            }
        };
        let known = &self.row["fields"][field.as_str()];
        let accepted = |known: &Json| known["accept"].as_array().is_some_and(|all| all.iter().any(same));
        let in_row = !known.is_null() && (same(&known["value"]) || same(&known["page_value"]) || accepted(known));
        if in_row || self.by_plan(field, day, amount) {
            return Some(true);
        }
        // Other tasks of the same letter have their days and amounts as well.
        let is_of_plan = matches!(
            field,
            Field::EffectiveDate | Field::RespondBy | Field::CancelBy | Field::RedeemBy | Field::RecurringAmount
        );
        (self.is_whole && !is_of_plan || !known.is_null() || is_of_plan && !self.row["expected"].is_null())
            .then_some(false)
    }

    /// Whether a day and an amount are the payment that comes first.
    fn is_payment(&self, pair: &Pair) -> bool {
        let (fields, expected) = (&self.row["fields"], &self.row["expected"]);
        let decimal = |value: &Json| value.as_str().and_then(|text| text.parse::<Decimal>().ok()).map(|sum| sum.abs());
        let pays = matches!(expected["task_kind"].as_str(), None | Some("pay" | "check_debit"));
        let amount = decimal(&expected["amount"]).or_else(|| decimal(&fields["amount_due"]["value"]));
        let of_field = |field: &Json| {
            let values = std::iter::once(&field["value"]).chain(field["accept"].as_array().into_iter().flatten());
            values.filter_map(Json::as_str).any(|text| text.parse::<NaiveDate>().ok() == Some(pair.day))
        };
        let on = |field: &str| of_field(&fields[field]);
        let day = if pair.is_debit { on("direct_debit_date") || on("due_date") } else { on("due_date") };
        pays && day && amount == Some(pair.amount)
    }

    /// Whether a task of the letter rests on the value.
    fn by_plan(&self, field: Field, day: Option<NaiveDate>, amount: Option<Decimal>) -> bool {
        let expected = &self.row["expected"];
        let also = expected["also"].as_array().into_iter().flatten();
        std::iter::once(expected).chain(also).any(|task| {
            let is_main = std::ptr::eq(task, expected);
            let kind = task["task_kind"].as_str().unwrap_or_default();
            let days = [&task["due_safe"], &task["due_latest"]];
            let days: Vec<NaiveDate> =
                days.iter().filter_map(|day| day.as_str()).filter_map(|day| day.parse().ok()).collect();
            let on = |late: i64| {
                day.is_some_and(|day| days.iter().any(|known| (0..=late).contains(&(day - *known).num_days())))
            };
            let sum = amount.is_some_and(|amount| {
                task["amount"]
                    .as_str()
                    .and_then(|text| text.parse::<Decimal>().ok())
                    .is_some_and(|sum| sum == amount.abs())
            });
            match (kind, field) {
                // The safe day may lie a few days before the printed one.
                ("pay", Field::DueDate) => !is_main && on(0),
                ("check_debit", Field::DirectDebitDate) => !is_main && on(3),
                ("attend", Field::AppointmentStart) => on(0),
                ("other", Field::RespondBy) => on(0),
                ("cancel_or_keep", Field::CancelBy) | ("redeem", Field::RedeemBy) => on(0),
                ("maintain", Field::NextDueDate) | ("renew", Field::ExpiryDate) => on(0),
                ("pay", Field::AmountDue) => !is_main && sum,
                ("cancel_or_keep", Field::EffectiveDate) => {
                    is_main && self.row["doc_type"] == "price_increase" && on(1) && !on(0)
                }
                _ => false,
            }
        })
    }
}
