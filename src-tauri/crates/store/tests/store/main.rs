//! The store on a real SQLite and a real folder.

#![expect(
    clippy::unwrap_used,
    clippy::arithmetic_side_effects,
    reason = "a test that cannot go on should stop; clippy only knows this inside #[test]"
)]

mod behalf;
mod belonging;
mod blacking;
mod chain;
mod deleting;
mod deliveries;
mod documents;
mod events;
mod exporting;
mod jobs;
mod killed;
mod processes;
mod profile;
mod random;
mod recompute;
mod searching;
mod taking_in;
mod undoing;
mod unreadable;
