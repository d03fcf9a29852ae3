//! Which day and which amount are the payment that comes first, chosen together.
//!
//! A letter may name several days to pay on and several amounts: the total and the deposit, four instalments, a discounted sum
//! with its earlier day. Each day is paired with each amount; a model that was learned from letters scores the pairs by how
//! likely each of the two is, by where they stand from each other, and by how they lie among the others. Values that are
//! certain or that a person has said are not outdone: the other half is chosen to go with them.

use std::cmp::Reverse;

use chrono::NaiveDate;
use domain::{Check, Fact, Field, Origin, Value};
use rust_decimal::Decimal;

use super::Roles;
use super::mentions::{Meant, Mention};
use crate::context::Context;
use crate::kinds;
use crate::linear::{Linear, sigmoid};
use crate::prose;
use crate::sureness::by_data;
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
/// So much likelier another pair must be than the one that was chosen one by one, in log-odds.
const LIKELIER: f32 = 0.8;

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

/// From this the money of a letter comes to the reader.
const PROMISED: f32 = 0.6;

/// Puts the likeliest payment first among the facts.
pub(crate) fn choose(context: &Context, model: &Linear, roles: &Roles, mut facts: Vec<Fact>) -> Vec<Fact> {
    let never = kinds::never(context);
    if model.class(PAID).is_none() || never.contains(&Field::AmountDue) || by_data(&facts) {
        return facts;
    }
    // What is promised to the reader is no payment of his.
    let comes = first(&facts, Field::AmountDue).filter(|fact| fact.confidence >= PROMISED);
    let comes = comes.and_then(|fact| fact.value.amount()).is_some_and(|sum| sum.is_sign_negative() && !sum.is_zero());
    if comes {
        return facts;
    }
    let pairs = pairs(context, roles, &facts);
    let scored = pairs.iter().map(|pair| (model.scores(&pair.features)[0], pair));
    let fixed_amount =
        first(&facts, Field::AmountDue).filter(|fact| is_fixed(fact)).and_then(|fact| fact.value.amount());
    let fixed_day = |field| first(&facts, field).filter(|fact| is_fixed(fact)).and_then(|fact| fact.value.date());
    let (fixed_due, fixed_debit) = (fixed_day(Field::DueDate), fixed_day(Field::DirectDebitDate));
    let fits = |pair: &Pair| {
        let fixed_day = if pair.is_debit { fixed_debit } else { fixed_due };
        fixed_amount.is_none_or(|amount| amount.abs() == pair.amount) && fixed_day.is_none_or(|day| day == pair.day)
    };
    let scored: Vec<(f32, &Pair)> = scored.filter(|(_, pair)| fits(pair)).collect();
    let Some((score, best)) = scored.iter().max_by(|a, b| a.0.total_cmp(&b.0)) else { return facts };
    let day_field = if best.is_debit { Field::DirectDebitDate } else { Field::DueDate };
    let day_now = first(&facts, day_field).and_then(|fact| fact.value.date());
    let amount_now = first(&facts, Field::AmountDue).and_then(|fact| fact.value.amount()).map(|amount| amount.abs());
    // Nothing to pay is no payment.
    if (day_now, amount_now) == (Some(best.day), Some(best.amount)) || amount_now.is_some_and(|amount| amount.is_zero())
    {
        return facts;
    }
    let is_among = |field, value: &Value| facts.iter().any(|fact| fact.field == field && is_same(fact, value));
    let (day, amount) = (Value::Date(best.day), Value::Amount(best.amount));
    if !is_among(day_field, &day) || !is_among(Field::AmountDue, &amount) {
        return facts;
    }
    let now = scored
        .iter()
        .filter(|(_, pair)| {
            pair.is_debit == best.is_debit
                && day_now.is_none_or(|day| day == pair.day)
                && amount_now.is_none_or(|amount| amount == pair.amount)
        })
        .map(|(score, _)| *score)
        .reduce(f32::max);
    let is_known = day_now.is_some() && amount_now.is_some();
    match now {
        Some(now) if *score <= now + LIKELIER => return facts,
        // What was chosen is on no page: a sum of the parts, a day that follows from terms.
        None if is_known => return facts,
        Some(_) | None => {}
    }
    let likely = sigmoid(*score);
    put_first(&mut facts, day_field, &day, likely);
    put_first(&mut facts, Field::AmountDue, &amount, likely);
    crate::choose::rank(facts)
}

/// Puts a value first that is among the facts of a field; it is no surer than the one it outdoes.
fn put_first(facts: &mut [Fact], field: Field, value: &Value, likely: f32) {
    let Some(at) = facts.iter().position(|fact| fact.field == field && is_same(fact, value)) else { return };
    let Some(best) = facts.iter().position(|fact| fact.field == field) else { return };
    if at == best {
        return;
    }
    let sure = facts[best].confidence.min(likely).max(facts[at].confidence);
    facts[at].confidence = sure;
    for fact in facts.iter_mut().filter(|fact| fact.field == field && !is_same(fact, value)) {
        fact.confidence = fact.confidence.min(0.99 * sure);
    }
}

/// Whether a fact has the value, whichever way the money goes.
fn is_same(fact: &Fact, value: &Value) -> bool {
    match (&fact.value, value) {
        (Value::Amount(a), Value::Amount(b)) => a.abs() == b.abs(),
        (a, b) => b.date().is_some() && a.date() == b.date(),
    }
}

fn first(facts: &[Fact], field: Field) -> Option<&Fact> {
    facts.iter().find(|fact| fact.field == field)
}

/// Whether a fact is not outdone.
fn is_fixed(fact: &Fact) -> bool {
    fact.certain
        || matches!(fact.origin, Origin::Xml | Origin::User | Origin::Code)
        || fact.checks.iter().any(|check| matches!(check, Check::Learned | Check::Confirmed))
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
