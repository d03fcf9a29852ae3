//! The store on a real SQLite and a real folder.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop; clippy only knows this inside #[test]")]

mod deliveries;
mod documents;
mod jobs;
mod killed;
mod processes;
mod profile;
mod random;
mod searching;
mod taking_in;
mod undoing;
