//! From candidates to the best consistent set: equal values join, sums and dates are checked against each other, and
//! only what is proven becomes certain.

mod amounts;
mod certainty;
mod claim;
mod dates;
mod due;
mod join;
mod proof;
mod sets;
mod sums;

use domain::{Check, Fact, Field, Origin};

use crate::context::Context;
use crate::kinds;

/// At most so many candidates for a field.
const MOST: usize = 5;

/// The best candidates, for each field the best first.
pub(crate) fn choose(context: &Context, candidates: Vec<Fact>) -> Vec<Fact> {
    let mut facts = join::join(candidates);
    let never = kinds::never(context.kind());
    facts.retain(|fact| !never.contains(&fact.field) || fact.origin == Origin::Xml);
    amounts::settle(context, &mut facts);
    dates::settle(&mut facts);
    certainty::settle(context, &mut facts);
    rank(facts)
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
fn rank(mut facts: Vec<Fact>) -> Vec<Fact> {
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
