//! Nouns and pure rules. This room knows nobody: no file, no clock, no chance, no network, no database.
//!
//! Start at [`plan`]: it turns a confirmed [`Document`] into tasks and reminders. The way of a letter through the
//! other rooms is made of the types here: [`Arrival`] → [`Reading`] → [`Findings`] → [`Document`] → [`Effect`].

#[cfg(test)]
mod example;

mod arrival;
mod assumption;
mod bank_days;
mod calendar_entry;
mod case;
mod clock;
mod correspondent;
pub mod deadlines;
mod derivation;
mod discount;
mod document;
mod fact;
mod field;
mod findings;
mod iban;
mod ids;
mod kind;
mod land;
mod legal_act;
mod money;
mod payment_code;
mod period;
mod plan;
mod preferences;
mod premises;
mod priority;
mod quick_add;
mod reading;
mod recurrence;
mod regular;
mod relation;
mod reminder;
mod review;
pub mod search;
mod sender_rule;
mod suggestion;
mod sum_rule;
mod task;
mod times_a_year;
mod warning;

pub use arrival::{Arrival, Outcome, Refusal, SourceId};
pub use assumption::{Assumed, Assumption};
pub use bank_days::{bank_day_before, bank_day_on_or_before, is_bank_day, working_day_on_or_after};
pub use calendar_entry::{CalendarEntry, CalendarTime};
pub use case::cases;
pub use clock::{Clock, local, today};
pub use correspondent::{Correspondent, normalised_name};
pub use derivation::{Count, CountStart, CountStep, Derivation, DiscountDeadline, Note, StartKind, StepKind};
pub use discount::{Discount, discounts};
pub use document::{Document, DocumentOrder, DocumentState};
pub use fact::{Check, Confidence, Evidence, ExtractorId, Fact, Origin};
pub use field::{Adjustment, Field, Instalment, LineItem, Shape, Skonto, TaxRate, Value, ValueError};
pub use findings::{Findings, Known, KnownCorrespondent, RankedKind};
pub use iban::{Iban, IbanError};
pub use ids::{
    ArrivalId, CorrespondentId, DocumentId, FileId, FileIdError, Ids, JobId, PaymentId, ProblemId, StepId, TagId,
    TaskId, ViewId,
};
pub use kind::DocumentKind;
pub use land::Land;
pub use legal_act::LegalAct;
pub use money::{Currency, Money, MoneyError};
pub use payment_code::{NoCode, Transfer, payment_code};
pub use period::{Period, PeriodUnit};
pub use plan::{Effect, NewTask, OldPost, plan};
pub use preferences::{Hours, Preferences, Weekend};
pub use premises::Premises;
pub use priority::{Priority, PriorityReason, Urgency, priority};
pub use quick_add::{QuickTask, quick_add};
pub use reading::{Attachment, Code, CodeKind, Member, Page, PageOrigin, Problem, Reading, Rect, Word};
pub use recurrence::{CountedFrom, Recurrence, Rule, RuleError, occurrences};
pub use regular::{Bill, RegularBill, Rhythm, regular_bills};
pub use relation::{Relation, answers, joined, relation, same_paper};
pub use reminder::{
    Acknowledged, Contact, Delivery, DeliveryState, LONGEST_RETRY, Later, Remindable, ReminderPattern, ReminderState,
    Sent, Snoozed, Stage, Subject, Turn, Wishes, coming, next_contact, next_review_contact, reminder_state,
    retry_pause, turn,
};
pub use review::{Doubt, Gate, SEVERAL_LETTERS, gate};
pub use sender_rule::{Anchor, RuleRecord, SenderRule, Side};
pub use suggestion::{Counts, Label, Suggestion, TellingWord, UnknownLabel, suggestions, telling_words};
pub use sum_rule::{BrokenSum, SumRule};
pub use task::{
    DoneHow, PaidHow, Payment, Task, TaskDetails, TaskKind, TaskPart, TaskStatus, next_safe_day, open_amount,
    would_wait_for_itself,
};
pub use times_a_year::times_a_year;
pub use warning::Warning;
