//! Hostile input for every parser of the program.
//!
//! A [`Target`] is one door: it takes any bytes and panics if something is not as it must be. [`TARGETS`] lists them. They
//! are run in two ways:
//!
//! - `cargo test -p fuzz`: a few hundred inputs each, always the same, and every input that was once a finding
//!   (`tests/fixtures/found/TARGET`)
//! - `make fuzz`: for minutes or hours, guided by coverage (libFuzzer); what is found is written to `target/fuzz/found`
//!
//! A finding is mended, and its input becomes a fixture.
#![expect(clippy::expect_used, reason = "this is test code")]

mod mutate;
pub mod seeds;
mod targets;

use std::path::PathBuf;

pub use mutate::Mutator;

/// One door of the program.
pub struct Target {
    /// Its name, and that of its folder of fixtures.
    pub name: &'static str,
    /// Inputs that are as they should be, to begin with.
    pub seeds: fn() -> Vec<Vec<u8>>,
    /// Words that get further than chance does.
    pub words: &'static [&'static str],
    /// Inputs of the short run: as many as take a second or so.
    pub short: u32,
    /// Takes an input. Panics if something is not as it must be.
    pub run: fn(&[u8]),
}

/// Every door. A new parser gets a file in `targets` and a line here.
pub const TARGETS: &[&Target] = &[
    &targets::text::TARGET,
    &targets::mail::TARGET,
    &targets::archive::TARGET,
    &targets::xml::TARGET,
    &targets::picture::TARGET,
    &targets::pdf::TARGET,
    &targets::letter::TARGET,
    &targets::code::TARGET,
    &targets::value::TARGET,
    &targets::rule::TARGET,
    &targets::query::TARGET,
    &targets::quick::TARGET,
    &targets::recurrence::TARGET,
    &targets::name::TARGET,
    &targets::calendar::TARGET,
    #[cfg(feature = "program")]
    &targets::command::TARGET,
    #[cfg(feature = "program")]
    &targets::search::TARGET,
    #[cfg(feature = "program")]
    &targets::export::TARGET,
    #[cfg(feature = "program")]
    &targets::paperless::TARGET,
    &targets::http::TARGET,
];

/// The target of this name.
pub fn target(name: &str) -> Option<&'static Target> {
    TARGETS.iter().copied().find(|target| target.name == name)
}

/// The folder with the inputs that were once findings of a target.
pub fn found(target: &Target) -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../fixtures/found")).join(target.name)
}
