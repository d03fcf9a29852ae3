//! What a letter says beside the candidates, as the terms of the joint choice look at it.

use std::collections::HashMap;

use chrono::NaiveDate;
use domain::{DocumentKind, Fact, Field, Instalment, Value};
use rust_decimal::Decimal;

use crate::asked::{self, Asked};
use crate::choose;
use crate::context::Context;
use crate::extractors::is_paid_on_the_spot;
use crate::kinds;
use crate::linear::Linear;
use crate::prose;
use crate::roles::{Roles, pairs};

/// A day with an amount.
type Payment = (NaiveDate, Decimal);

/// A letter as the terms look at it.
pub(super) struct Letter<'f> {
    /// Whether money goes from the reader to the sender, as far as one can say: else nothing is known of payments.
    pub(super) pays: bool,
    /// A refund beside the advances of the next years.
    pub(super) refunds: bool,
    /// Days by which a paper is wanted, and no money.
    pub(super) papers: Vec<NaiveDate>,
    /// What a sentence asks for in so many words.
    pub(super) asked: Option<Asked>,
    /// What a sentence says will be debited.
    pub(super) debited: Option<Asked>,
    /// The day of a sentence that asks for the rest of a bill without its amount.
    pub(super) day_of_rest: Option<NaiveDate>,
    /// What a sentence or a row says remains to be paid.
    pub(super) rest: Option<Decimal>,
    /// A plan of parts.
    pub(super) plan: Option<&'f [Instalment]>,
    /// The days of discounts.
    pub(super) discounted_days: Vec<NaiveDate>,
    /// Amounts that are a total less a discount.
    pub(super) discounted: Vec<Decimal>,
    /// Amounts that payment codes ask for.
    pub(super) coded: Vec<Decimal>,
    /// Whether it was paid at a till, which rounds, and takes the tax of its table from the rounded total or not.
    pub(super) is_till: bool,
    /// The sum of the lines, where each has an amount.
    pub(super) lines: Option<Decimal>,
    /// Whether the letter says that it debits.
    pub(super) debits: bool,
    /// When it was served.
    pub(super) served: Option<NaiveDate>,
    /// How much likelier each pair of a day and an amount is the payment than the likeliest, in log-odds (0 or less).
    pub(super) pairs: HashMap<(Payment, bool), f32>,
}

impl<'f> Letter<'f> {
    pub(super) fn of(context: &Context, model: &Linear, roles: &Roles, facts: &'f [Fact]) -> Self {
        /// From this a plan of parts, or a debit, is meant.
        const PLANNED: f32 = 0.8;
        /// From this the money of a letter comes to the reader.
        const PROMISED: f32 = 0.6;
        let first = |field| facts.iter().find(|fact| fact.field == field);
        let by_nature = matches!(
            context.kind(),
            DocumentKind::Receipt | DocumentKind::BankStatement | DocumentKind::Payslip | DocumentKind::CreditNote
        );
        /// From this a refund is meant beside advances.
        const BESIDE: f32 = 0.5;
        let is_owed = |fact: &Fact| {
            fact.field == Field::AmountDue
                && fact.value.amount().is_some_and(|sum| sum.is_sign_negative() && !sum.is_zero())
        };
        let refunds =
            first(Field::Instalments).is_some() && facts.iter().any(|fact| is_owed(fact) && fact.confidence >= BESIDE);
        let comes = refunds || first(Field::AmountDue).is_some_and(|fact| is_owed(fact) && fact.confidence >= PROMISED);
        let is_paper = |text: &str| prose::paper_arrives(text) || !prose::asks_to_pay(text);
        let papers = facts
            .iter()
            .filter(|fact| fact.field == Field::RespondBy)
            .filter(|fact| fact.evidence.as_ref().is_some_and(|place| is_paper(&place.text)));
        let skonto = facts.iter().find_map(|fact| match &fact.value {
            Value::Skonto(terms) => Some(terms.as_slice()),
            _ => None,
        });
        let plan = facts.iter().filter(|fact| fact.confidence >= PLANNED).find_map(|fact| match &fact.value {
            Value::Instalments(parts) => Some(parts.as_slice()),
            _ => None,
        });
        let lines = facts.iter().find_map(|fact| match &fact.value {
            Value::Lines(lines) => lines.iter().map(|line| line.amount).sum::<Option<Decimal>>(),
            _ => None,
        });
        let due = facts.iter().filter(|fact| fact.field == Field::AmountDue).filter_map(|fact| fact.value.amount());
        let asked = asked::demand(context);
        // Of a list that a sentence asks for as a whole, a row that is called the rest is a part.
        let is_part = |rest: &Decimal| asked.is_some_and(|asked| !asked.by_name && asked.amount > *rest);
        let pays = !by_nature && !comes;
        let paired = !comes && !kinds::never(context).contains(&Field::AmountDue);
        Self {
            pays,
            refunds,
            papers: papers.filter_map(|fact| fact.value.date()).collect(),
            asked,
            debited: asked::debit(context),
            day_of_rest: asked::day_of_rest(context),
            rest: choose::remainder::rest(context).filter(|rest| !is_part(rest)),
            plan,
            discounted_days: skonto.into_iter().flatten().filter_map(|term| term.date).collect(),
            discounted: due.filter(|amount| choose::is_discounted(facts, *amount)).collect(),
            coded: context.payment_codes.iter().filter_map(|code| code.amount).collect(),
            is_till: is_paid_on_the_spot(context),
            lines,
            debits: facts.iter().any(|fact| fact.field == Field::PaymentMeansCode),
            served: first(Field::ServiceDate).and_then(|fact| fact.value.date()),
            pairs: if paired { scored(context, model, roles, facts) } else { HashMap::new() },
        }
    }
}

/// How likely each pair is the payment, by the model; the likeliest has 0.
fn scored(context: &Context, model: &Linear, roles: &Roles, facts: &[Fact]) -> HashMap<(Payment, bool), f32> {
    let mut scores: HashMap<(Payment, bool), f32> = HashMap::new();
    if model.class(pairs::PAID).is_none() {
        return scores;
    }
    for pair in pairs::pairs(context, roles, facts) {
        let score = model.scores(&pair.features)[0];
        let known = scores.entry(((pair.day, pair.amount), pair.is_debit)).or_insert(score);
        *known = known.max(score);
    }
    let best = scores.values().copied().fold(f32::MIN, f32::max);
    scores.values_mut().for_each(|score| *score -= best);
    scores
}
