//! The days and amounts on the pages.

use std::ops::Range;

use chrono::NaiveDate;
use domain::{Fact, Field};
use rust_decimal::Decimal;

use crate::context::Context;
use crate::forms::{amounts, dates, partial_days};
use crate::layout::Run;
use crate::prose;

/// What a mention says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Meant {
    Day(NaiveDate),
    Amount(Decimal),
}

/// How a mention says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stated {
    /// In full.
    Printed,
    /// A day without its year, or a part of a month.
    Partly,
    /// Counted from something: "within 14 days".
    Counted,
}

/// A day or an amount in a paragraph.
#[derive(Clone, Debug)]
pub(super) struct Mention<'c, 'a> {
    pub(super) meant: Meant,
    pub(super) stated: Stated,
    pub(super) run: &'c Run<'a>,
    /// Its bytes in the run.
    pub(super) range: Range<usize>,
    /// The bytes of its sentence.
    pub(super) sentence: Range<usize>,
}

impl Mention<'_, '_> {
    /// Whether it is printed in full.
    pub(super) fn is_printed(&self) -> bool {
        self.stated == Stated::Printed
    }
}

/// Mentions beyond this many tell nothing more; a long price list has as many.
const MOST: usize = 400;

/// All days and amounts, in the order of the pages. Days that are counted or have no year are counted from the day of the
/// letter, which `facts` name.
pub(super) fn mentions<'c, 'a>(context: &'c Context<'a>, facts: &[Fact]) -> Vec<Mention<'c, 'a>> {
    let issued = facts.iter().find(|fact| fact.field == Field::IssueDate).and_then(|fact| fact.value.date());
    let mut all = Vec::new();
    for run in &context.layout.paragraphs {
        let mut add = |meant, stated, range: Range<usize>| {
            let sentence = prose::sentence(&run.text, range.start);
            all.push(Mention { meant, stated, run, range, sentence });
        };
        let printed = dates::find(&run.text, context.order);
        for (range, day) in &printed {
            add(Meant::Day(*day), Stated::Printed, range.clone());
        }
        if let Some(issued) = issued {
            let is_taken =
                |range: &Range<usize>| printed.iter().any(|(p, _)| p.start < range.end && range.start < p.end);
            for (range, day) in partial_days::find(&run.text, issued) {
                if !is_taken(&range) {
                    add(Meant::Day(day), Stated::Partly, range);
                }
            }
            for (range, day) in partial_days::counted(&run.text, issued, context.order) {
                add(Meant::Day(day), Stated::Counted, range);
            }
        }
        for amount in amounts::find(&run.text) {
            add(Meant::Amount(amount.value), Stated::Printed, amount.range);
        }
        if all.len() > MOST {
            break;
        }
    }
    all
}
