//! Whole-app tests: real PDFium, real Tesseract, real SQLite, through the same commands as the interface.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "this is test code")]

mod areas;
mod arrange;
mod arrows;
mod bad_input;
mod bench;
mod bindings;
mod cases;
mod cli;
mod household;
mod inbox;
mod inspect;
mod judged;
mod kill;
mod learning;
mod letters;
mod lists;
mod lives;
mod locked;
mod old_post;
mod payment_code;
mod pdf;
mod plans;
mod program;
mod reader;
mod reminders;
mod reminding;
mod review;
mod search;
mod serve;
mod stack;
mod tasks;
mod understanding;
mod undo;
