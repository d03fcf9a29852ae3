//! What there is to do, until when and why, and when to remind of it.

mod absence;
mod assumption;
mod calendar_entry;
mod deadline_context;
pub mod deadlines;
mod derivation;
mod plan;
mod preferences;
mod priority;
mod quick_add;
mod reminder;
mod sought;
mod task;
mod task_draft;
mod today_order;
pub mod transition;

pub use absence::{AWAY_DAYS, News, Presence, away_since};
pub use assumption::{Assumed, Assumption};
pub use calendar_entry::{CalendarEntry, CalendarTime, calendar};
pub use deadline_context::DeadlineContext;
pub use derivation::{Count, CountStart, CountStep, Derivation, DiscountDeadline, Note, StartKind, StepKind};
pub use plan::{Effect, NewTask, StaleLetters, plan};
pub use preferences::{Hours, Preferences, Weekend};
pub use priority::{Priority, PriorityReason, Urgency, priority};
pub use quick_add::{QuickTask, When, coming_when, past_day, quick_add};
pub use reminder::{
    Acknowledged, Delivery, DeliveryState, LONGEST_RETRY, Later, Remindable, Reminder, ReminderBatch,
    ReminderOverrides, ReminderPattern, ReminderState, Sent, Snoozed, Stage, Subject, batch, comes_back, coming,
    next_reminder, next_review_reminder, reminder_state, retry_pause,
};
pub use sought::SoughtTask;
pub use task::{
    DoneHow, PaidHow, Payment, Task, TaskDetails, TaskKind, TaskPart, TaskStatus, next_safe_day, open_amount,
    would_wait_for_itself,
};
pub use task_draft::{ChecklistStep, Repeat, TaskDraft, TaskDraftError};
pub use today_order::{
    CARD_DAYS, LONG_LATE_DAYS, TIE_DAYS, TodayTask, ended_by_calendar, ends_on, has_begun, is_over, last_day,
    today_order,
};
