//! The room that makes sense of what was read: [`understand`] turns a [`Reading`] into [`Findings`].
//!
//! Pure: no file, no clock, no network; it imports `domain` only. It never fails: it gives what it found, and problems.
//!
//! The way through, one folder or file a step:
//!
//! 1. [`Reading`] → `layout`: rows, cells and paragraphs, as a person sees the page; what was misread is mended (`forms`).
//! 2. → `context`: the layout with its e-invoice (`xml`), its payment codes (`codes`) and what may be its title.
//! 3. → `kinds`: what it may be, ranked.
//! 4. → `extractors`: candidates with their places. They use the grammars of `forms`, the search beside words of `labels`,
//!    the sentences of `prose`, and names and addresses of `address`.
//! 5. → `choose`: the best consistent set, by the passes of `choose/passes.rs`; only what is proven is certain. [`changes`]
//!    tells what each pass did.
//! 6. → `roles` and `sureness`: what the learned models say of days and amounts, and which values are certain.
//!    `asked`: what a sentence asks for in so many words becomes a candidate as well.
//! 7. → `joint`: which candidates are taken, for all fields that are bound to each other at once.
//! 8. → `problems`, `claims` and `several_letters`: what a person should be told.
//!
//! To add a kind or an extractor: one file, one line in `KINDS` or `EXTRACTORS`. Beside the way, [`value_of`] reads what a
//! person took from a page with the same grammars, and [`anchor_of`] learns from it.

mod address;
mod arithmetic;
mod asked;
mod choose;
mod claims;
mod codes;
mod context;
mod extractors;
mod forms;
mod joint;
mod kinds;
mod labels;
mod layout;
mod learned;
pub mod linear;
mod models;
mod named_letters;
mod page_order;
mod problems;
mod prose;
mod reader;
mod reasons;
mod roles;
mod several_letters;
mod subject;
mod sureness;
#[cfg(test)]
mod testing;
mod trace;
pub mod training;
mod value;
mod words;
mod xml;

pub use learned::{PatternError, anchor_of, anchor_words, beside_anchor, check_pattern, place_of};
pub use models::Models;
pub use named_letters::named_letters;
pub use page_order::page_order;
pub use reader::reader_postcode;
pub use reasons::{Why, reasons};
pub use subject::subject_line;
pub use trace::Change;
pub use value::value_of;

use domain::{Fact, Findings, Known, Reading};

/// Finds out what a document is and what it says.
pub fn understand(reading: &Reading, known: &Known) -> Findings {
    understand_with(reading, known, Models::built_in())
}

/// The same with other models than those that come with the program: to measure what was learned without some letters.
pub fn understand_with(reading: &Reading, known: &Known, models: &Models) -> Findings {
    understand_traced(reading, known, models, &mut trace::Trace::default())
}

/// What each pass did to the candidates of a letter, in the order of the passes.
pub fn changes(reading: &Reading, known: &Known) -> Vec<Change> {
    let mut trace = trace::Trace::on();
    understand_traced(reading, known, Models::built_in(), &mut trace);
    trace.changes
}

fn understand_traced(reading: &Reading, known: &Known, models: &Models, trace: &mut trace::Trace) -> Findings {
    let order = page_order(reading);
    let arranged = order.as_ref().map(|order| page_order::in_order(reading, order));
    let reading = forms::misread::reading(arranged.as_ref().unwrap_or(reading));
    let context = context::Context::new(&reading, known, models);
    let Ranked { roles, facts, weighed } = ranked(&context, models, trace);
    let facts = sureness::judge(&context, &models.certain, facts, &weighed);
    trace.note("certainty", &facts);
    let facts = asked::propose(&context, facts);
    trace.note("what a sentence asks for", &facts);
    let mut facts = joint::choose(&context, &models.pairs, &roles, facts, trace);
    choose::not_before_final(&context, &mut facts);
    trace.note("what is not final yet", &facts);
    choose::against_page(&context, &mut facts);
    trace.note("payment code against page", &facts);
    let mut problems = problems::problems(&context, &facts);
    problems.extend(several_letters::problems(&reading));
    let mut findings = Findings { kinds: context.kinds, facts, problems };
    if let Some(order) = order {
        page_order::as_in_file(&mut findings, &order);
    }
    findings
}

/// The facts of a letter, ranked, with what the model of roles says of its days and amounts.
struct Ranked<'c, 'a> {
    roles: roles::Roles<'c, 'a>,
    facts: Vec<Fact>,
    weighed: Vec<roles::Weighed>,
}

/// What the extractors find, the best consistent set of it, and what the model of roles says of that.
fn ranked<'c, 'a>(context: &'c context::Context<'a>, models: &'c Models, trace: &mut trace::Trace) -> Ranked<'c, 'a> {
    let facts = chosen(context, trace);
    let roles = roles::Roles::of(context, &models.roles, &facts);
    let (facts, weighed) = roles::weigh(context, &roles, facts);
    let facts = choose::rank(facts);
    trace.note("roles", &facts);
    Ranked { roles, facts, weighed }
}

/// What the extractors find.
fn candidates(context: &context::Context) -> Vec<Fact> {
    extractors::EXTRACTORS.iter().flat_map(|extractor| extractor.run(context)).collect()
}

/// The best consistent set of it.
fn chosen(context: &context::Context, trace: &mut trace::Trace) -> Vec<Fact> {
    let facts = choose::choose(context, candidates(context), trace);
    trace.note("best of each field", &facts);
    facts
}
