//! Use cases: functions on [`store::Write`] and types of `domain`, so that several of them make one transaction.
//!
//! May import `ports` and each other; never `api` or `runtime`.

pub(crate) mod appointments;
pub(crate) mod arrangement;
pub(crate) mod cases;
pub(crate) mod contracts;
pub(crate) mod deadlines;
pub(crate) mod document_edit;
pub(crate) mod existing;
pub(crate) mod filing;
pub(crate) mod forgetting;
pub(crate) mod jobs;
pub(crate) mod learning;
pub(crate) mod payment;
pub(crate) mod recompute;
pub(crate) mod reminders;
pub(crate) mod review;
pub(crate) mod senders;
pub(crate) mod stale_letters;
pub(crate) mod task_drafts;
pub(crate) mod tasks;
pub(crate) mod titles;
pub(crate) mod today;
