//! Which day and which amount are the payment that comes first, chosen together.
//!
//! A letter may name several days to pay on and several amounts: the total and the deposit, four instalments, a discounted sum
//! with its earlier day. Each day is paired with each amount; a model that was learned from letters scores the pairs by how
//! likely each of the two is, by where they stand from each other, and by how they lie among the others. Values that are
//! certain or that a person has said are not outdone: the other half is chosen to go with them.

use std::cmp::Reverse;

use chrono::NaiveDate;
use domain::{Fact, Field};
use rust_decimal::Decimal;

use super::Roles;
use super::mentions::{Meant, Mention};
use crate::context::Context;
use crate::prose;
use crate::words;

/// A day and an amount with what is seen of the two, to learn from.
#[derive(Clone, Debug, PartialEq)]
pub struct Pair {
    /// The day.
    pub day: NaiveDate,
    /// Whether the day is likelier that of a debit.
    pub is_debit: bool,
    /// The amount.
    pub amount: Decimal,
    /// What is seen of the two.
    pub features: Vec<String>,
}

/// The class of pairs that are a payment.
pub const PAID: &str = "paid";

/// Days and amounts less likely than that are paired with nothing, unless an extractor names them.
const LIKELY: f32 = 0.08;
/// So many days and so many amounts are paired.
const MOST: usize = 10;
/// A mention that may be half of a payment.
struct Half<'r, 'c, 'a> {
    mention: &'r Mention<'c, 'a>,
    /// How likely it is the day to pay on, or the amount to pay.
    likely: f32,
    /// How likely it is the day of a debit.
    debit: f32,
    /// How sure the extractors and passes are of it, and whether of no other more.
    named: Option<(f32, bool)>,
}

/// The pairs of a letter; `facts` are ranked.
pub(crate) fn pairs(context: &Context, roles: &Roles, facts: &[Fact]) -> Vec<Pair> {
    let days = halves(roles, facts, true);
    let amounts = halves(roles, facts, false);
    let setting = Setting::of(context, facts, &days, &amounts);
    let each = days.iter().flat_map(|day| amounts.iter().map(move |amount| (day, amount)));
    each.filter_map(|(day, amount)| match (&day.mention.meant, &amount.mention.meant) {
        (&Meant::Day(d), &Meant::Amount(a)) => {
            let features = setting.features(day, amount, d, a);
            Some(Pair { day: d, is_debit: day.debit > day.likely, amount: a.abs(), features })
        }
        _ => None,
    })
    .collect()
}

fn first(facts: &[Fact], field: Field) -> Option<&Fact> {
    facts.iter().find(|fact| fact.field == field)
}

/// The mentions that may be half of a payment, the likeliest first.
fn halves<'r, 'c, 'a>(roles: &'r Roles<'c, 'a>, facts: &[Fact], days: bool) -> Vec<Half<'r, 'c, 'a>> {
    let fields: &[Field] = if days { &[Field::DueDate, Field::DirectDebitDate] } else { &[Field::AmountDue] };
    let named = |mention: &Mention| {
        let of = facts.iter().filter(|fact| fields.contains(&fact.field)).filter(|fact| match &mention.meant {
            Meant::Day(day) => fact.value.date() == Some(*day),
            Meant::Amount(amount) => fact.value.amount().is_some_and(|of| of.abs() == amount.abs()),
            Meant::Number(_) | Meant::Account(_) | Meant::Place(_) | Meant::Span(_) => false,
        });
        let is_first = |fact: &Fact| first(facts, fact.field).is_some_and(|best| std::ptr::eq(best, fact));
        of.map(|fact| (fact.confidence, is_first(fact))).max_by(|a, b| a.0.total_cmp(&b.0))
    };
    let mut halves: Vec<Half> = roles
        .mentions
        .iter()
        .filter(|(mention, _)| match &mention.meant {
            Meant::Day(_) => days,
            Meant::Amount(amount) => !days && !amount.is_zero(),
            Meant::Number(_) | Meant::Account(_) | Meant::Place(_) | Meant::Span(_) => false,
        })
        .map(|(mention, probabilities)| {
            let of = |field| roles.class(field).and_then(|class| probabilities.get(class)).copied().unwrap_or_default();
            let (likely, debit) =
                if days { (of(Field::DueDate), of(Field::DirectDebitDate)) } else { (of(Field::AmountDue), 0.0) };
            Half { mention, likely, debit, named: named(mention) }
        })
        .filter(|half| half.likely.max(half.debit) >= LIKELY || half.named.is_some())
        .collect();
    let step =
        |half: &Half| (1000.0 * half.likely.max(half.debit).max(half.named.map_or(0.0, |(sure, _)| sure))) as i32;
    halves.sort_by_key(|half| Reverse(step(half)));
    halves.truncate(MOST);
    halves
}

/// What the pairs of a letter have in common.
struct Setting<'s, 'c, 'a> {
    kind: &'static str,
    issued: Option<NaiveDate>,
    total: Option<Decimal>,
    days: Vec<NaiveDate>,
    amounts: Vec<Decimal>,
    halves: (&'s [Half<'s, 'c, 'a>], &'s [Half<'s, 'c, 'a>]),
}

impl<'s, 'c, 'a> Setting<'s, 'c, 'a> {
    fn of(context: &Context, facts: &[Fact], days: &'s [Half<'s, 'c, 'a>], amounts: &'s [Half<'s, 'c, 'a>]) -> Self {
        /// Others less likely are no rivals.
        const RIVAL: f32 = 0.3;
        let rivals = |halves: &'s [Half<'s, 'c, 'a>]| {
            halves.iter().filter(|half| half.likely.max(half.debit) >= RIVAL || half.named.is_some())
        };
        Self {
            kind: context.kind().as_str(),
            issued: first(facts, Field::IssueDate).and_then(|fact| fact.value.date()),
            total: first(facts, Field::TotalGross).and_then(|fact| fact.value.amount()),
            days: rivals(days).filter_map(|half| day_of(half.mention)).collect(),
            amounts: rivals(amounts).filter_map(|half| amount_of(half.mention)).collect(),
            halves: (days, amounts),
        }
    }

    fn features(&self, day: &Half, amount: &Half, d: NaiveDate, a: Decimal) -> Vec<String> {
        let mut features = Vec::with_capacity(48);
        let mut flag = |name: String| features.push(name);
        let tenth = |share: f32| (10.0 * share) as i32;
        let third = |share: f32| (3.0 * share).min(2.0) as i32;
        flag(format!("day:{}", tenth(day.likely.max(day.debit))));
        flag(format!("amount:{}", tenth(amount.likely)));
        flag(format!("both:{}{}", third(day.likely.max(day.debit)), third(amount.likely)));
        for (name, named) in [("day", day.named), ("amount", amount.named)] {
            match named {
                None => flag(format!("{name}-unnamed")),
                Some((sure, is_first)) => {
                    flag(format!("{name}-named:{}", tenth(sure)));
                    if is_first {
                        flag(format!("{name}-first"));
                    }
                }
            }
        }
        if day.debit > day.likely {
            flag("debit".to_owned());
        }
        let place = self.place(day, amount);
        flag(format!("at:{place}"));
        // Next to each other, with no rival nearer to either.
        let is_nearest = self.is_nearest(day, amount);
        if is_nearest {
            flag("nearest".to_owned());
            flag(format!("nearest:{place}"));
        }
        let earlier = self.days.iter().any(|other| *other < d && self.issued.is_none_or(|issued| *other >= issued));
        flag(format!("earlier:{earlier}"));
        flag(format!("later:{}", self.days.iter().any(|other| *other > d)));
        let (less, more) =
            (self.amounts.iter().any(|o| o.abs() < a.abs()), self.amounts.iter().any(|o| o.abs() > a.abs()));
        flag(format!("size:{less}{more}"));
        match self.total {
            None => flag("no-total".to_owned()),
            Some(total) if total.abs() == a.abs() => flag("total".to_owned()),
            Some(total) if total.abs() > a.abs() => flag(format!("part:{place}")),
            Some(_) => flag("more-than-total".to_owned()),
        }
        if let Some(issued) = self.issued {
            let days = (d - issued).num_days();
            let span = match days {
                ..=-1 => "before",
                0 => "same",
                1..=4 => "days",
                5..=45 => "weeks",
                46..=120 => "months",
                _ => "far",
            };
            flag(format!("after:{span}"));
            flag(format!("after:{span}|{earlier}"));
        }
        flag(format!("kind:{}", self.kind));
        flag(format!("kind:{}|{}", self.kind, self.total.is_some_and(|total| total.abs() == a.abs())));
        for (name, half) in [("d", day), ("a", amount)] {
            let run = half.mention.run;
            let before = run.text.get(half.mention.sentence.start..half.mention.range.start).unwrap_or_default();
            for word in words::words(before).iter().rev().take(5) {
                flag(format!("{name}:{word}"));
            }
        }
        for (name, half) in [("ds", day), ("as", amount)] {
            let sentence = half.mention.run.text.get(half.mention.sentence.clone()).unwrap_or_default();
            for word in words::words(sentence).iter().take(40) {
                flag(format!("{name}:{word}"));
            }
        }
        if matches!(place, "sentence" | "run") {
            let sentence = amount.mention.run.text.get(amount.mention.sentence.clone()).unwrap_or_default();
            if prose::asks_of_reader(sentence) {
                flag("asked".to_owned());
            }
            if prose::pays_back(sentence) {
                flag("back".to_owned());
            }
        }
        features.sort_unstable();
        features.dedup();
        features
    }

    /// How a day and an amount stand to each other on the page.
    fn place(&self, day: &Half, amount: &Half) -> &'static str {
        let (d, a) = (day.mention, amount.mention);
        if std::ptr::eq(d.run, a.run) {
            if d.sentence == a.sentence {
                return "sentence";
            }
            let near = d.sentence.end == a.sentence.start || a.sentence.end == d.sentence.start;
            return if near { "next" } else { "run" };
        }
        let (p, q) = (d.run.evidence(d.range.clone()), a.run.evidence(a.range.clone()));
        if p.page != q.page {
            "page"
        } else if (p.rect.middle() - q.rect.middle()).abs() < p.rect.h.max(q.rect.h) {
            "row"
        } else if p.rect.x < q.rect.right() && q.rect.x < p.rect.right() {
            "column"
        } else {
            "apart"
        }
    }

    /// Whether no other amount stands nearer to the day, and no other day nearer to the amount.
    fn is_nearest(&self, day: &Half, amount: &Half) -> bool {
        let own = distance(day.mention, amount.mention);
        let (days, amounts) = self.halves;
        own < f32::MAX
            && !amounts.iter().any(|other| {
                amount_of(other.mention) != amount_of(amount.mention) && distance(day.mention, other.mention) < own
            })
            && !days.iter().any(|other| {
                day_of(other.mention) != day_of(day.mention) && distance(other.mention, amount.mention) < own
            })
    }
}

/// How far a day and an amount stand from each other: in letters within a text, else by their places on the page.
fn distance(day: &Mention, amount: &Mention) -> f32 {
    /// Letters of a line of text.
    const LINE: f32 = 80.0;
    if std::ptr::eq(day.run, amount.run) {
        let (first, second) = if day.range.start < amount.range.start {
            (&day.range, &amount.range)
        } else {
            (&amount.range, &day.range)
        };
        let crossed = if day.sentence == amount.sentence { 0.0 } else { LINE / 2.0 };
        return second.start.saturating_sub(first.end) as f32 + crossed;
    }
    let (p, q) = (day.run.evidence(day.range.clone()), amount.run.evidence(amount.range.clone()));
    if p.page != q.page {
        return f32::MAX;
    }
    let height = p.rect.h.max(q.rect.h).max(0.005);
    LINE * ((p.rect.middle() - q.rect.middle()).abs() / height + (p.rect.x - q.rect.x).abs())
}

fn day_of(mention: &Mention) -> Option<NaiveDate> {
    match mention.meant {
        Meant::Day(day) => Some(day),
        _ => None,
    }
}

fn amount_of(mention: &Mention) -> Option<Decimal> {
    match mention.meant {
        Meant::Amount(amount) => Some(amount.abs()),
        _ => None,
    }
}
