//! The real program in a real window, on a virtual screen with a desktop of its own (`.make/desktop-session`).
//!
//! One file for each thing a person does. Everything is looked at from outside: what can be read in the window, what the
//! tray and the notification service are told, what `workmate-cli` prints.
#![expect(clippy::expect_used, reason = "this is test code")]

mod arrive;
mod done;
mod keys;
mod lock;
mod remind;
mod restore;
mod review;
mod start;
mod tray;
