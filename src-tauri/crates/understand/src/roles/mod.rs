//! What each day, amount, number, account, place and stretch of time of a letter is for, by a classifier that was learned from letters.
//!
//! Every one of them on the pages is a [`Mention`](mentions::Mention). Its features are the words around it, its place, and
//! what the extractors and `choose` said about it; the model gives a probability for each field. Where the two disagree the
//! probability decides, and a value that no extractor has found is added.

mod features;
mod mentions;
pub(crate) mod pairs;

use std::collections::BTreeMap;

use domain::{Check, Fact, Field, Origin, Value};
use rust_decimal::Decimal;

use crate::context::Context;
use crate::linear::Linear;
pub(crate) use mentions::Meant;
use mentions::Mention;

/// The fields of days that the classifier knows.
pub const DAYS: &[Field] = &[
    Field::IssueDate,
    Field::DueDate,
    Field::DirectDebitDate,
    Field::AppointmentStart,
    Field::ExpiryDate,
    Field::ContractStart,
    Field::EffectiveDate,
    Field::NextDueDate,
    Field::RespondBy,
    Field::CancelBy,
    Field::RedeemBy,
];

/// The fields of amounts that the classifier knows.
pub const AMOUNTS: &[Field] = &[
    Field::AmountDue,
    Field::TotalGross,
    Field::TotalNet,
    Field::TaxTotal,
    Field::Prepaid,
    Field::DunningFee,
    Field::RecurringAmount,
];

/// The fields of numbers that the classifier knows.
const NUMBERS: &[Field] = &[
    Field::InvoiceNumber,
    Field::CustomerNumber,
    Field::ContractNumber,
    Field::OrderNumber,
    Field::OriginalInvoiceNumber,
    Field::PaymentReference,
    Field::MandateReference,
];

/// The fields of accounts that the classifier knows.
const ACCOUNTS: &[Field] = &[Field::Iban, Field::DebtorIban];

/// The fields of places that the classifier knows.
const PLACES: &[Field] = &[Field::AppointmentPlace];

/// The fields of stretches of time that the classifier knows.
const SPANS: &[Field] = &[Field::ServicePeriod];

/// All fields that the classifier knows, in the order of its classes.
pub fn fields() -> impl Iterator<Item = Field> {
    [DAYS, AMOUNTS, NUMBERS, ACCOUNTS, PLACES, SPANS].into_iter().flatten().copied()
}

/// A mention with its features, to learn from.
#[derive(Clone, Debug, PartialEq)]
pub struct Example {
    /// What it says.
    pub value: Value,
    /// The fields that can have such a value.
    pub fields: &'static [Field],
    /// What is seen of it.
    pub features: Vec<String>,
}

/// The mentions of a letter with their features; `facts` is what `choose` made of the extractors' candidates.
pub(crate) fn examples(context: &Context, facts: &[Fact]) -> Vec<Example> {
    let mentions = mentions::mentions(context, facts);
    let all = features::FeatureContext::of(context, facts, &mentions);
    let each = mentions.iter().filter_map(|mention| mention.value().map(|value| (mention, value)));
    each.map(|(mention, value)| Example { value, fields: mention.meant.fields(), features: all.features(mention) })
        .collect()
}

/// A value of a field with the likeliest place for it.
struct Best<'m, 'c, 'a> {
    probability: f32,
    mention: &'m Mention<'c, 'a>,
}

/// Below this a value is not taken up where no extractor has found it: of days and amounts, on which tasks rest,
const TAKEN_UP: f32 = 0.6;
/// and of all others.
const TAKEN_UP_BESIDE: f32 = 0.45;

/// How likely a value of the pages has a role, by the model.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Weighed {
    pub(crate) field: Field,
    pub(crate) value: Value,
    pub(crate) probability: f32,
}

/// The mentions of a letter with the probability of each role.
pub(crate) struct Roles<'c, 'a> {
    mentions: Vec<(Mention<'c, 'a>, Vec<f32>)>,
    model: &'c Linear,
}

impl<'c, 'a> Roles<'c, 'a> {
    /// Those of a letter; `facts` is what `choose` made of the extractors' candidates.
    pub(crate) fn of(context: &'c Context<'a>, model: &'c Linear, facts: &[Fact]) -> Self {
        if model.is_empty() {
            return Self { mentions: Vec::new(), model };
        }
        let mentions = mentions::mentions(context, facts);
        let all = features::FeatureContext::of(context, facts, &mentions);
        let weighed: Vec<Vec<f32>> =
            mentions.iter().map(|mention| model.probabilities(&all.features(mention))).collect();
        Self { mentions: mentions.into_iter().zip(weighed).collect(), model }
    }

    fn class(&self, field: Field) -> Option<usize> {
        self.model.class(field.as_str())
    }
}

/// Gives the facts the probabilities of the model, and adds what it finds besides.
pub(crate) fn weigh(context: &Context, roles: &Roles, facts: Vec<Fact>) -> (Vec<Fact>, Vec<Weighed>) {
    let mut said = Vec::new();
    let mut facts = facts;
    let agreed = agreed(context, &facts);
    let never = crate::kinds::never(context);
    for field in fields() {
        let Some(class) = roles.class(field) else { continue };
        let mut values: BTreeMap<&Meant, Best> = BTreeMap::new();
        for (mention, probabilities) in
            roles.mentions.iter().filter(|(mention, _)| mention.meant.fields().contains(&field))
        {
            keep(&mut values, &mention.meant, Best { probability: probabilities[class], mention });
        }
        let is_fixed =
            |fact: &Fact| matches!(fact.origin, Origin::Xml | Origin::User) || fact.checks.contains(&Check::Learned);
        for fact in facts.iter_mut().filter(|fact| fact.field == field && !is_fixed(fact)) {
            let meant = Meant::of(field, &fact.value);
            let opposite = || meant.as_ref().and_then(Meant::opposite).and_then(|meant| values.get(&meant));
            // "Praxis Muster, Ringstraße 88" holds the place "Ringstraße 88".
            let inner = || values.iter().find(|(part, _)| meant.as_ref().is_some_and(|whole| whole.contains(part)));
            let exact = meant.as_ref().and_then(|meant| values.get(meant)).or_else(opposite);
            let Some(found) = exact.or_else(|| inner().map(|(_, best)| best)) else {
                // A part of a longer number is none.
                if NUMBERS.contains(&field) && matches!(fact.origin, Origin::Text | Origin::Ocr) {
                    fact.confidence *= RULES;
                }
                continue;
            };
            // What the letter gives with more parts is not meant by one of them: "25/774 119" of "R 25/774 119 / 3".
            let whole = values.values().any(|other| {
                other.probability >= TAKEN_UP_BESIDE
                    && other.probability + NEARLY >= found.probability
                    && other.mention.holds(found.mention)
            });
            if whole && NUMBERS.contains(&field) {
                fact.confidence *= RULES;
                fact.certain = false;
                continue;
            }
            said.push(Weighed { field, value: fact.value.clone(), probability: found.probability });
            let has = |check| fact.checks.contains(&check);
            let by_label_alone = has(Check::Labelled) && !has(Check::SourcesAgree);
            let proven = fact.certain && !by_label_alone
                || fact.checks.iter().any(|check| matches!(check, Check::CodeAgrees | Check::SumsAgree));
            if fact.origin == Origin::Code {
                // What a code asks for was judged by its sums.
            } else if proven
                || matches!(fact.field, Field::AmountDue | Field::TotalGross)
                    && agreed.is_some()
                    && fact.value.amount() == agreed
            {
                fact.confidence = fact.confidence.max(found.probability);
            } else {
                // What the extractors say was weighed by people, what the model says by letters: neither decides alone.
                fact.confidence = RULES * fact.confidence + (1.0 - RULES) * found.probability;
                fact.certain &= found.probability >= CERTAIN;
            }
        }
        if never.contains(&field) || facts.iter().any(|fact| fact.field == field && is_fixed(fact)) {
            continue;
        }
        let has = |facts: &[Fact], meant: &Meant| {
            let mut known = facts.iter().filter(|fact| fact.field == field);
            known.any(|fact| Meant::of(field, &fact.value).is_some_and(|known| known.covers(meant)))
        };
        for (meant, best) in &values {
            let is_day = matches!(meant, Meant::Day(_));
            let least = if is_day || matches!(meant, Meant::Amount(_)) { TAKEN_UP } else { TAKEN_UP_BESIDE };
            // Whose account it is the words beside it say: one that is debited is none to pay to.
            let is_anothers = ACCOUNTS.contains(&field)
                && facts
                    .iter()
                    .any(|fact| fact.field != field && Meant::of(fact.field, &fact.value).as_ref() == Some(*meant));
            if best.probability < least
                || is_anothers
                || field == Field::AppointmentStart
                || has(&facts, meant)
                || is_day && asks_nothing(best.mention)
            {
                continue;
            }
            let Some(value) = best.mention.value() else { continue };
            said.push(Weighed { field, value: value.clone(), probability: best.probability });
            facts.push(best.fact(field, value));
        }
    }
    (facts, said)
}

/// Whether the sentence of a mention says that nothing is to be done.
fn asks_nothing(mention: &Mention) -> bool {
    let sentence = mention.run.text.get(mention.sentence.clone()).unwrap_or_default();
    crate::forms::pattern!(concat!(
        r"\b(?:nichts (?:weiter |mehr )?(?:zu )?(?:unternehmen|tun|veranlassen|zahlen|überweisen)|kein(?:e|er)? (?:zahlung|antwort|rückmeldung|handlung) (?:nötig|erforderlich|notwendig)",
        r"|nothing (?:more |further )?(?:to|needs to be|you need to) (?:do|pay|done)|no (?:action|payment|reply) is (?:needed|required|necessary))\b"
    ))
    .is_match(sentence)
}

/// What a bill names as its total and asks for as well: the plainest case, which no model may make doubtful.
pub(crate) fn agreed(context: &Context, facts: &[Fact]) -> Option<Decimal> {
    /// A total that is clearly named.
    const NAMED: f32 = 0.8;
    let best = |field| {
        facts.iter().filter(move |fact| fact.field == field).max_by(|a, b| a.confidence.total_cmp(&b.confidence))
    };
    let (gross, due) = (best(Field::TotalGross)?, best(Field::AmountDue)?);
    let agree = context.is_bill() && gross.value == due.value && gross.confidence >= NAMED;
    gross.value.amount().filter(|_| agree)
}

/// Less likely values lose their certainty: on letters of left-out authors 2 of 363 certain days and amounts are wrong then,
/// 11 of 444 at half.
const CERTAIN: f32 = 0.9;
/// How much of the confidence of a fact stays that of its extractor.
const RULES: f32 = 0.75;

/// So much less likely the longer number may be.
const NEARLY: f32 = 0.25;

fn keep<'m, 'c, 'a, K: Ord>(all: &mut BTreeMap<K, Best<'m, 'c, 'a>>, value: K, best: Best<'m, 'c, 'a>) {
    match all.get(&value) {
        Some(known) if known.probability >= best.probability => {}
        Some(_) | None => {
            all.insert(value, best);
        }
    }
}

impl Best<'_, '_, '_> {
    fn fact(&self, field: Field, value: Value) -> Fact {
        let mention = self.mention;
        let mut place = mention.run.evidence(mention.range.clone());
        // How an answer is given is said by the words that ask for it.
        if field == Field::RespondBy {
            place.text = mention.run.text.get(mention.sentence.clone()).unwrap_or_default().trim().to_owned();
        }
        Fact {
            field,
            value,
            confidence: self.probability,
            certain: false,
            origin: if mention.is_printed() { mention.run.origin } else { Origin::Derived },
            by: "roles".to_owned(),
            evidence: Some(place),
            checks: Vec::new(),
        }
    }
}
