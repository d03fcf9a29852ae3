//! The joint choice: which of the candidates are taken, for all fields that are bound to each other at once.
//!
//! The total, what was paid, what is due, the day to pay on, the day of a debit and the day to answer by cannot be chosen one
//! by one: what adds up, what stands together on the page and what one sentence asks for says more than the words beside a
//! single value. An [`Assignment`] gives each field of [`BOUND`] one candidate or none. Its weight is the log-odds of its
//! candidates, as the extractors and the models of roles and certainty have judged them, and the sum of all [`TERMS`]: each
//! is one thing that letters hold to. [`search`] finds the heaviest.
//!
//! Data of an e-invoice, payment codes and what a person has said are the only candidates of their fields.

mod letter;
mod terms;

use chrono::NaiveDate;
use domain::{Check, Fact, Field, Origin, Value};
use rust_decimal::Decimal;

use crate::context::Context;
use crate::linear::Linear;
use crate::roles::Roles;
use crate::sureness::by_data;
use crate::trace::Trace;
use letter::Letter;
use terms::TERMS;

/// The fields that are chosen together, in the order in which the search gives them values.
const BOUND: [Field; 9] = [
    Field::IssueDate,
    Field::TotalNet,
    Field::TaxTotal,
    Field::TotalGross,
    Field::Prepaid,
    Field::AmountDue,
    Field::DueDate,
    Field::DirectDebitDate,
    Field::RespondBy,
];

/// So many assignments are followed at once.
const BEAM: usize = 160;
/// Taking no candidate for a field weighs as much as one that is hardly likely.
const NONE: f32 = -0.85;
/// The likeliest of a field weighs so much more: of two that are as likely it stays.
const FIRST: f32 = 0.65;
/// What is certain weighs so much more.
const CERTAIN: f32 = 1.6;

/// One candidate or none for each field of [`BOUND`].
#[derive(Clone, Copy)]
struct Assignment<'f> {
    chosen: [Option<&'f Fact>; BOUND.len()],
    weight: f32,
}

impl<'f> Assignment<'f> {
    /// The candidate that is taken for a field.
    fn fact(&self, field: Field) -> Option<&'f Fact> {
        BOUND.iter().position(|bound| *bound == field).and_then(|at| self.chosen[at])
    }

    fn amount(&self, field: Field) -> Option<Decimal> {
        self.fact(field)?.value.amount()
    }

    fn day(&self, field: Field) -> Option<NaiveDate> {
        self.fact(field)?.value.date()
    }

    /// The day on which money goes: of a debit, else of a payment.
    fn day_of_payment(&self) -> Option<NaiveDate> {
        self.day(Field::DirectDebitDate).or_else(|| self.day(Field::DueDate))
    }
}

/// Puts the candidates of the heaviest assignment first; `model` weighs a day with an amount. `trace` notes the terms that
/// weighed anything.
pub(crate) fn choose(
    context: &Context,
    model: &Linear,
    roles: &Roles,
    facts: Vec<Fact>,
    trace: &mut Trace,
) -> Vec<Fact> {
    if by_data(&facts) {
        return facts;
    }
    let letter = Letter::of(context, model, roles, &facts);
    let best = search(&letter, &facts);
    let terms = TERMS.iter().filter(|term| term.weigh(&letter, &best) != 0.0).map(|term| term.name);
    let told = format!("joint choice ({})", terms.collect::<Vec<_>>().join("; "));
    let values = BOUND.map(|field| (field, best.fact(field).map(|fact| fact.value.clone())));
    let plan = terms::plan_with_own_payment(&letter, &best);
    let mut facts = facts;
    for (field, value) in values {
        match value {
            Some(value) => put_first(&mut facts, field, &value),
            None => doubt(&mut facts, field),
        }
    }
    if let Some(plan) = plan {
        let known = facts.iter_mut().find(|fact| fact.field == Field::Instalments);
        known.into_iter().for_each(|fact| fact.value = Value::Instalments(plan.clone()));
    }
    let facts = crate::choose::rank(facts);
    trace.note(&told, &facts);
    facts
}

/// The heaviest assignment: field by field, the heaviest partial ones are followed.
fn search<'f>(letter: &Letter, facts: &'f [Fact]) -> Assignment<'f> {
    let mut beam = vec![Assignment { chosen: [None; BOUND.len()], weight: 0.0 }];
    for (at, field) in BOUND.iter().enumerate() {
        let candidates = candidates(facts, *field);
        // A term is added once the last of its fields has a value.
        let ready: Vec<_> = TERMS.iter().filter(|term| term.last() == at).collect();
        let mut next: Vec<Assignment> = Vec::with_capacity(beam.len() * (candidates.len() + 1));
        for known in &beam {
            for candidate in candidates.iter().copied().map(Some).chain([None]) {
                let mut longer = *known;
                longer.chosen[at] = candidate;
                // Where there is nothing to choose, none costs nothing.
                longer.weight += match candidate {
                    Some(fact) if std::ptr::eq(fact, candidates[0]) => weight(fact) + FIRST,
                    Some(fact) => weight(fact),
                    None if candidates.is_empty() => 0.0,
                    None => NONE,
                };
                longer.weight += ready.iter().map(|term| term.weigh(letter, &longer)).sum::<f32>();
                next.push(longer);
            }
        }
        next.sort_by(|a, b| b.weight.total_cmp(&a.weight));
        next.truncate(BEAM);
        beam = next;
    }
    beam[0]
}

/// The candidates of a field, the likeliest first; what is fixed is the only one.
fn candidates(facts: &[Fact], field: Field) -> Vec<&Fact> {
    let all: Vec<&Fact> = facts.iter().filter(|fact| fact.field == field).collect();
    match all.first() {
        Some(first) if is_fixed(first) => vec![first],
        Some(_) | None => all,
    }
}

/// Whether a fact is not outdone.
fn is_fixed(fact: &Fact) -> bool {
    matches!(fact.origin, Origin::User | Origin::Code)
        || fact.checks.iter().any(|check| matches!(check, Check::Learned | Check::Confirmed | Check::CodeAgrees))
}

/// The log-odds of a candidate.
fn weight(fact: &Fact) -> f32 {
    let likely = fact.confidence.clamp(0.03, 0.97);
    (likely / (1.0 - likely)).ln() + if fact.certain { CERTAIN } else { 0.0 }
}

/// No value that only the others made the best is surer than this.
const SAID: f32 = 0.88;

/// Puts a value first that is among the facts of a field; those that it outdoes are no longer certain.
fn put_first(facts: &mut [Fact], field: Field, value: &Value) {
    let Some(first) = facts.iter().find(|fact| fact.field == field) else { return };
    if first.value == *value {
        return;
    }
    let best = first.confidence;
    for fact in facts.iter_mut().filter(|fact| fact.field == field) {
        if fact.value == *value {
            fact.confidence = fact.confidence.max(best.min(SAID));
        } else {
            fact.confidence = fact.confidence.min(0.99 * best.min(SAID));
            fact.certain = false;
        }
    }
}

/// What no assignment takes is a question at most.
fn doubt(facts: &mut [Fact], field: Field) {
    /// Less than what a task rests on.
    const DOUBTED: f32 = 0.3;
    let of_task = matches!(field, Field::DueDate | Field::DirectDebitDate | Field::RespondBy);
    for fact in facts.iter_mut().filter(|fact| of_task && fact.field == field) {
        fact.confidence = fact.confidence.min(DOUBTED);
        fact.certain = false;
    }
}

#[cfg(test)]
mod tests {
    use domain::Field::{AmountDue, DirectDebitDate, DueDate, Prepaid, TotalGross, TotalNet};

    use crate::testing::check;

    #[test]
    fn a_total_that_agrees_is_taken_before_one_with_a_better_label() {
        let bill = "Rechnung Nr. 12\n\nRechnungsbetrag Vorjahr gesamt    150,00\n\nSumme netto    100,00\nMwSt. 19 %    19,00\nSumme    119,00\nAnzahlung    19,00\nNoch zu zahlen    100,00";
        check(bill, &[(TotalNet, "100.00"), (TotalGross, "119.00"), (Prepaid, "19.00"), (AmountDue, "100.00")]);
    }

    #[test]
    fn lines_that_add_up_speak_for_their_total() {
        let bill = "Rechnung Nr. 12\n\nPos    Bezeichnung           Menge    Preis     Betrag\n1      Fenster putzen        2        10,50     21,00\n2      Anfahrt               1        8,00      8,00\n\nSumme    10,00\nSumme    29,00";
        check(bill, &[(TotalGross, "29.00")]);
    }

    #[test]
    fn a_debit_now_comes_before_the_advances_of_next_year() {
        let bill = "Stadtwerke Muster\n\nJahresrechnung Strom 2025\nRechnungsnummer 4711\n\nRechnungsdatum 02.02.2026\n\nRechnungsbetrag brutto    1.238,90\nabzüglich gezahlter Abschläge    -1.080,00\nNachzahlung    158,90\n\nDen Betrag von 158,90 € buchen wir am 20.02.2026 von Ihrem Konto ab.\n\nWir ziehen die neuen Abschläge zu folgenden Terminen ein:\n\nAbschlag       Einzug am     EUR\n1. Abschlag    16.03.2026    104,00\n2. Abschlag    15.04.2026    104,00";
        check(bill, &[(DirectDebitDate, "2026-02-20"), (AmountDue, "158.90")]);
    }

    #[test]
    fn what_a_sentence_asks_for_comes_before_the_advances_of_a_table() {
        let notice = "Finanzamt Musterstadt\n\n12.08.2025\n\nBescheid für 2024 über Einkommensteuer\n\nFestgesetzt werden    6.342,00\nbereits getilgt       5.500,00\nmithin zu wenig entrichtet    842,00\n\nBitte zahlen Sie spätestens am 18.09.2025:    842,00 €\n\nDie Vorauszahlungen werden wie folgt festgesetzt:\nfällig am     Betrag €\n10.12.2025    1.585,00\n10.03.2026    1.585,00";
        check(notice, &[(DueDate, "2025-09-18"), (AmountDue, "842.00")]);
    }
}
