//! Letters with known truth: how they are stored, and how what was understood of them is scored. The binary `train` learns the
//! models of `understand` from them.

pub mod corpus;
pub mod fit;
pub mod folds;
pub mod lessons;
pub mod outcome;
pub mod report;
pub mod same;
pub mod sureness;
pub mod synthetic;

pub use understand::Models;

/// The sets with plans.
pub const LETTERS: &[&str] = &["household", "household-b", "letters-a", "letters-b", "cases"];
/// Bills that are learned from and have no plans.
pub const BILLS: &[&str] = &["zugferd", "invoices", "qrbill"];
/// So many letters are drawn to learn from,
pub const DRAWN: usize = 3000;
/// with this seed.
pub const SEED: u64 = 20_260_101;
