//! The passes over the candidates, in their order. Each raises, lowers, proves, adds or leaves out some of them; what each
//! did to a letter is shown by `workmate-cli inspect --trace`.

use domain::Fact;

use super::{amounts, certainty, dates, direction, due, names, remainder};
use crate::context::Context;

/// A pass over the candidates.
pub(super) struct Pass {
    /// Its name in a trace.
    pub(super) name: &'static str,
    edit: Edit,
}

/// What a pass does to the candidates.
enum Edit {
    /// It weighs them anew.
    Weigh(fn(&Context, &mut [Fact])),
    /// It adds or leaves out some as well.
    Change(fn(&Context, &mut Vec<Fact>)),
}

impl Pass {
    /// Goes over the candidates.
    pub(super) fn run(&self, context: &Context, facts: &mut Vec<Fact>) {
        match self.edit {
            Edit::Weigh(weigh) => weigh(context, facts),
            Edit::Change(change) => change(context, facts),
        }
    }
}

const fn weigh(name: &'static str, run: fn(&Context, &mut [Fact])) -> Pass {
    Pass { name, edit: Edit::Weigh(run) }
}

const fn pass(name: &'static str, run: fn(&Context, &mut Vec<Fact>)) -> Pass {
    Pass { name, edit: Edit::Change(run) }
}

/// Every pass. Amounts come before days, because what is due tells which day counts; certainty comes last.
pub(super) const PASSES: &[Pass] = &[
    pass("fields of the kind", super::not_of_kind),
    pass("bare names", names::bare),
    weigh("possible taxes", amounts::improbable_taxes),
    pass("sums of net and tax", amounts::prove_sums),
    pass("no tax", amounts::untaxed),
    pass("claims and rests", amounts::claim_or_rest),
    pass("what remains to be paid", remainder::remains),
    pass("costs of a fine", amounts::fine_with_costs),
    weigh("total of the payment code", amounts::coded_total),
    weigh("discounted payment code", amounts::discounted_code),
    pass("what is added after the tax", remainder::added_after_tax),
    pass("due from the total", due::due_from_total),
    weigh("sums that do not add up", amounts::doubt_sums),
    weigh("printed payment code", amounts::printed_code),
    pass("who pays whom", direction::who_pays),
    pass("order of days", dates::order_of_days),
    weigh("later of two rights", dates::later_right),
    weigh("rivals of numbers", certainty::rivals_of_numbers),
    weigh("certain by elimination", certainty::unrivalled),
    weigh("beyond the XML", certainty::beyond_xml),
    weigh("page against XML", certainty::against_page),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_pass_has_a_name_of_its_own() {
        let names: BTreeSet<_> = PASSES.iter().map(|pass| pass.name).collect();
        assert_eq!(names.len(), PASSES.len());
    }
}
