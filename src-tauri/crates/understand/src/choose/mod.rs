//! From candidates to the best consistent set: equal values join, sums and dates are checked against each other, and
//! only what is proven becomes certain.

mod amounts;
mod certainty;
mod claim;
mod code;
mod dates;
mod direction;
mod due;
mod join;
mod names;
mod passes;
mod proof;
pub(crate) mod remainder;
mod sums;

use domain::{Check, DocumentKind, Fact, Field, Origin};

use crate::context::Context;
use crate::kinds;
use crate::trace::Trace;
pub(crate) use dates::not_before_final;
use passes::PASSES;

/// At most so many candidates for a field.
const MOST: usize = 5;

/// The best candidates, for each field the best first; `trace` notes what each pass changed.
pub(crate) fn choose(context: &Context, candidates: Vec<Fact>, trace: &mut Trace) -> Vec<Fact> {
    let mut facts = join::join(candidates);
    trace.begin(&facts);
    for pass in PASSES {
        pass.run(context, &mut facts);
        trace.note(pass.name, &facts);
    }
    rank(facts)
}

pub(crate) use amounts::is_discounted;
pub(crate) use claim::last_sum;
pub(crate) use code::{against_page, said_otherwise};

/// What is said as clearly as that is meant, whatever the kind.
const CLEAR: f32 = 0.7;

/// Leaves out what a letter of this kind does not state.
fn not_of_kind(context: &Context, facts: &mut Vec<Fact>) {
    let never = kinds::never(context);
    let asks = asks_all_the_same(context, facts);
    let debits = facts.iter().any(|fact| fact.field == Field::DirectDebitDate && fact.confidence >= CLEAR);
    let announced = if debits { crate::extractors::debited(context) } else { Vec::new() };
    facts.retain(|fact| {
        let asked = asks && matches!(fact.field, Field::AmountDue | Field::DueDate);
        // What is to be paid where something is fetched.
        let on_the_spot = context.kind() == DocumentKind::PickupNotice
            && fact.field == Field::AmountDue
            && fact.confidence >= CLEAR
            && fact.by == "demands";
        let debited = debits
            && fact.field == Field::AmountDue
            && fact.value.amount().is_some_and(|amount| announced.contains(&amount.abs()));
        !never.contains(&fact.field) || fact.origin == Origin::Xml || asked || debited || on_the_spot
    });
}

/// Whether a letter of a kind that states no amount to pay asks for one by a day all the same: a policy with its first
/// premium, an invitation with what it costs. What was paid, only tells or only offers is left as it is.
fn asks_all_the_same(context: &Context, facts: &[Fact]) -> bool {
    let may = matches!(
        context.kind(),
        DocumentKind::Contract
            | DocumentKind::InsurancePolicy
            | DocumentKind::PriceIncrease
            | DocumentKind::Appointment
            | DocumentKind::MaintenanceReport
            | DocumentKind::IdentityDocument
            // What is left to pay at the end.
            | DocumentKind::CancellationConfirmation
    );
    let clear = |field| facts.iter().any(|fact| fact.field == field && fact.confidence >= CLEAR);
    // The first premium is the total of a policy.
    let total = context.kind() == DocumentKind::InsurancePolicy && clear(Field::TotalGross);
    may && clear(Field::DueDate) && (clear(Field::AmountDue) || total)
}

/// Notes checks that a fact has passed, each once.
fn add_checks(fact: &mut Fact, checks: impl IntoIterator<Item = Check>) {
    for check in checks {
        if !fact.checks.contains(&check) {
            fact.checks.push(check);
        }
    }
}

/// For each field the best first, at most [`MOST`].
pub(crate) fn rank(mut facts: Vec<Fact>) -> Vec<Fact> {
    facts.sort_by(|a, b| {
        let key = |fact: &Fact| (fact.origin == Origin::Xml && fact.confidence >= 0.9, fact.confidence);
        let ((a_xml, a_sure), (b_xml, b_sure)) = (key(a), key(b));
        a.field.cmp(&b.field).then(b_xml.cmp(&a_xml)).then(b_sure.total_cmp(&a_sure))
    });
    let mut seen: Vec<Field> = Vec::new();
    facts.retain(|fact| {
        let before = seen.iter().filter(|field| **field == fact.field).count();
        seen.push(fact.field);
        // Further candidates are for the chips of the review; hopeless ones only confuse.
        before < MOST && (before == 0 && fact.confidence >= 0.25 || fact.confidence >= 0.3)
    });
    facts
}
