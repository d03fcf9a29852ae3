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
//! 5. → `choose`: the best consistent set; only what is proven is certain.
//! 6. → `problems`, `claims` and `several_letters`: what a person should be told.
//!
//! To add a kind or an extractor: one file, one line in `KINDS` or `EXTRACTORS`. Beside the way, [`value_of`] reads what a
//! person took from a page with the same grammars, and [`anchor_of`] learns from it.

mod address;
mod arithmetic;
mod choose;
mod claims;
mod codes;
mod context;
mod extractors;
mod forms;
mod kinds;
mod labels;
mod layout;
mod learned;
mod named_letters;
mod problems;
mod prose;
mod several_letters;
#[cfg(test)]
mod testing;
mod value;
mod xml;

pub use learned::{PatternError, anchor_of, anchor_words, beside_anchor, check_pattern, place_of};
pub use named_letters::named_letters;
pub use value::value_of;

use domain::{Findings, Known, Reading};

/// Finds out what a document is and what it says.
pub fn understand(reading: &Reading, known: &Known) -> Findings {
    let reading = forms::misread::reading(reading);
    let context = context::Context::new(&reading, known);
    let candidates = extractors::EXTRACTORS.iter().flat_map(|extractor| extractor.run(&context)).collect();
    let facts = choose::choose(&context, candidates);
    let mut problems = problems::problems(&context, &facts);
    problems.extend(several_letters::problems(&reading));
    Findings { kinds: context.kinds, facts, problems }
}
