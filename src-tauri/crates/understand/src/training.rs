//! What the models see of a letter, for the crate `train`.

use domain::{Known, Reading};

use crate::context::Context;
use crate::forms::misread;
use crate::models::Models;
pub use crate::roles::pairs::{PAID, Pair};
pub use crate::roles::{AMOUNTS, DAYS, Example, fields};
pub use crate::sureness::{ALONE, Judged, PROVEN, likeliest};
use crate::trace::Trace;
use crate::{Ranked, chosen, kinds, ranked, roles, sureness};

/// What the model of kinds sees, and what each kind scores by its words.
pub fn kind_features(reading: &Reading) -> (Vec<String>, Vec<f32>) {
    let (reading, known) = (misread::reading(reading), Known::default());
    kinds::features(&Context::new(&reading, &known, &Models::default()))
}

/// What the model of roles sees of each mention, where the kinds are ranked by `models`.
pub fn role_examples(reading: &Reading, models: &Models) -> Vec<Example> {
    let (reading, known) = (misread::reading(reading), Known::default());
    let context = Context::new(&reading, &known, models);
    let facts = chosen(&context, &mut Trace::default());
    roles::examples(&context, &facts)
}

/// What the model of payments sees of each day with each amount, where the others are `models`.
pub fn pairs(reading: &Reading, models: &Models) -> Vec<Pair> {
    let (reading, known) = (misread::reading(reading), Known::default());
    let context = Context::new(&reading, &known, models);
    let Ranked { roles, facts, .. } = ranked(&context, models, &mut Trace::default());
    roles::pairs::pairs(&context, &roles, &facts)
}

/// What the model of certainty sees of the best value of each field, where the others are `models`.
pub fn judged(reading: &Reading, models: &Models) -> Vec<Judged> {
    let (reading, known) = (misread::reading(reading), Known::default());
    let context = Context::new(&reading, &known, models);
    let Ranked { facts, weighed, .. } = ranked(&context, models, &mut Trace::default());
    sureness::examples(&context, &facts, &weighed)
}
