//! What letters hold to: each term is one file and one line in [`TERMS`].

mod asked;
mod code;
mod discount;
mod lines;
mod one_role;
mod order_of_days;
mod parts;
mod payment;
mod refund;
mod remainder;
mod rest;
mod service;
mod standing;
mod sums;
mod transfer;

use domain::Field::{self, *};

use super::letter::Letter;
use super::{Assignment, BOUND};
pub(super) use parts::plan_with_own_payment;

/// Something that letters hold to, with how much it weighs where an assignment does or does not: in log-odds.
pub(super) struct Term {
    /// What it says.
    pub(super) name: &'static str,
    /// The fields that it looks at.
    fields: &'static [Field],
    weigh: fn(&Letter, &Assignment) -> f32,
}

impl Term {
    /// The place in [`BOUND`] of the last of its fields.
    pub(super) fn last(&self) -> usize {
        let places = self.fields.iter().filter_map(|field| BOUND.iter().position(|bound| bound == field));
        places.max().unwrap_or_default()
    }

    pub(super) fn weigh(&self, letter: &Letter, chosen: &Assignment) -> f32 {
        (self.weigh)(letter, chosen)
    }
}

const fn term(name: &'static str, fields: &'static [Field], weigh: fn(&Letter, &Assignment) -> f32) -> Term {
    Term { name, fields, weigh }
}

/// Every term.
pub(super) const TERMS: &[Term] = &[
    term("the day of service is not the day of the letter", &[IssueDate], service::weigh),
    term("net and tax make gross", &[TotalNet, TaxTotal, TotalGross], sums::weigh),
    term("the lines add up to the total", &[TotalNet, TotalGross], lines::weigh),
    term("gross less what is paid is due", &[TotalGross, Prepaid, AmountDue], rest::weigh),
    term("a code asks for what is due", &[AmountDue], code::weigh),
    term("a refund comes before advances", &[AmountDue], refund::weigh),
    term("what remains is due, not the sum before", &[AmountDue], remainder::weigh),
    term("nothing is due before the letter was written", &[IssueDate, DueDate, DirectDebitDate], order_of_days::weigh),
    term("a discount ends before the bill is due", &[AmountDue, DueDate], discount::weigh),
    term("one sentence asks for the amount by the day", &[AmountDue, DueDate, DirectDebitDate], asked::weigh),
    term("the first part of a plan comes first", &[AmountDue, DueDate, DirectDebitDate], parts::weigh),
    term("the day and the amount stand together", &[AmountDue, DueDate, DirectDebitDate], payment::weigh),
    term("a standing order has a day and an amount", &[AmountDue, DueDate], standing::weigh),
    term("what is transferred is not debited", &[DirectDebitDate], transfer::weigh),
    term("a term is to pay or to answer", &[DueDate, RespondBy], one_role::weigh),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_term_has_a_name_of_its_own_and_bound_fields() {
        let names: BTreeSet<_> = TERMS.iter().map(|term| term.name).collect();
        assert_eq!(names.len(), TERMS.len());
        assert!(TERMS.iter().flat_map(|term| term.fields).all(|field| BOUND.contains(field)));
    }
}
