//! Of all sets of amounts that the candidates allow, the one that is likeliest as a whole: a value that agrees with the
//! others is taken before one with a better label that contradicts them.

use domain::{Fact, Field, Origin};
use rust_decimal::Decimal;

use crate::arithmetic::TOLERANCE;
use crate::context::Context;
use crate::extractors::is_paid_on_the_spot;

/// The fields that are bound to each other.
const BOUND: [Field; 5] = [Field::TotalNet, Field::TaxTotal, Field::TotalGross, Field::Prepaid, Field::AmountDue];
/// So many candidates of a field are tried, besides none.
const TRIED: usize = 4;

/// One candidate or none for each field of [`BOUND`], by its place among the facts.
type Set = [Option<usize>; BOUND.len()];

/// Puts the members of the likeliest set before the other candidates of their fields.
pub(super) fn prefer_likeliest(context: &Context, facts: &mut [Fact]) {
    // A till rounds, and takes the tax of its table from the rounded total or not.
    if is_paid_on_the_spot(context) {
        return;
    }
    let witnesses = Witnesses::of(context, facts);
    let candidates = BOUND.map(|field| candidates(facts, field));
    let mut best: (f32, Set) = (0.0, Set::default());
    visit(&candidates, &mut Set::default(), 0, &mut |set| {
        let weight = witnesses.weigh(facts, set);
        if weight > best.0 {
            best = (weight, *set);
        }
    });
    for (field, member) in BOUND.into_iter().zip(best.1) {
        let Some(member) = member else { continue };
        let sure = facts[member].confidence;
        for (at, fact) in facts.iter_mut().enumerate() {
            if at != member && fact.field == field && fact.confidence >= sure {
                fact.confidence = 0.9 * sure;
                fact.certain = false;
            }
        }
    }
}

/// The likeliest candidates of a field, by their places. What the XML says is not weighed.
fn candidates(facts: &[Fact], field: Field) -> Vec<usize> {
    let mut of_field: Vec<usize> = (0..facts.len()).filter(|at| facts[*at].field == field).collect();
    of_field.sort_by(|a, b| facts[*b].confidence.total_cmp(&facts[*a].confidence));
    if of_field.iter().any(|at| facts[*at].origin == Origin::Xml) {
        of_field.retain(|at| facts[*at].origin == Origin::Xml);
    }
    of_field.truncate(TRIED);
    of_field
}

/// Calls `look` with every set.
fn visit(candidates: &[Vec<usize>; BOUND.len()], set: &mut Set, field: usize, look: &mut impl FnMut(&Set)) {
    let Some(of_field) = candidates.get(field) else { return look(set) };
    for candidate in of_field.iter().copied().map(Some).chain([None]) {
        set[field] = candidate;
        visit(candidates, set, field + 1, look);
    }
}

/// What stands outside the bound fields and speaks about them.
struct Witnesses {
    /// Amounts that payment codes ask for.
    asked: Vec<Decimal>,
    /// The sum of the lines, where each has an amount.
    lines: Option<Decimal>,
}

impl Witnesses {
    fn of(context: &Context, facts: &[Fact]) -> Self {
        let lines = facts.iter().find_map(|fact| match &fact.value {
            domain::Value::Lines(lines) => lines.iter().map(|line| line.amount).sum::<Option<Decimal>>(),
            _ => None,
        });
        Self { asked: context.payment_codes.iter().filter_map(|code| code.amount).collect(), lines }
    }

    /// How likely a set is: its candidates one by one, the checks that hold, less those that break.
    fn weigh(&self, facts: &[Fact], set: &Set) -> f32 {
        let amount = |field: usize| set[field].and_then(|at| facts[at].value.amount());
        let [net, tax, gross, prepaid, due] = [0, 1, 2, 3, 4].map(amount);
        let near = |a: Decimal, b: Decimal| (a.abs() - b.abs()).abs() <= TOLERANCE;
        let check = |holds: Option<bool>, weight: f32| match holds {
            Some(true) => weight,
            Some(false) => -weight,
            None => 0.0,
        };
        let whole = net.zip(tax).zip(gross).map(|((net, tax), gross)| near(net + tax, gross));
        let rest = gross.zip(due).and_then(|(gross, due)| match prepaid {
            Some(paid) => Some(near(gross.abs() - paid.abs(), due)),
            // What was paid may have been overlooked, and a reminder asks for more than the bill.
            None => near(gross, due).then_some(true),
        });
        let coded = due.filter(|_| !self.asked.is_empty()).map(|due| self.asked.contains(&due));
        // Lines are read incompletely too often to speak against a total.
        let lines = self.lines.filter(|sum| [net, gross].into_iter().flatten().any(|total| near(total, *sum)));
        let sure: f32 = set.iter().flatten().map(|at| facts[*at].confidence).sum();
        sure + check(whole, 0.8) + check(rest, 0.5) + check(coded, 1.0) + if lines.is_some() { 0.4 } else { 0.0 }
    }
}

#[cfg(test)]
mod tests {
    use domain::Field::{AmountDue, Prepaid, TotalGross, TotalNet};

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
}
