use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use domain::{
    ChecklistStep, DeliveryState, Derivation, Discount, DocumentId, DocumentKind, DoneHow, Money, MoneyState, News,
    PaidHow, PaymentId, Priority, Recurrence, ReminderState, Stage, TaskId, TaskKind, TaskStatus,
};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::DocumentRow;

/// A task as shown.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct TaskView {
    /// Its id.
    pub id: TaskId,
    /// What it came from.
    pub document: Option<DocumentId>,
    /// Kind of that document.
    pub document_kind: Option<DocumentKind>,
    /// What sort of thing.
    pub kind: TaskKind,
    /// Whom or what it is about.
    pub title: String,
    /// The day to act on.
    pub due: Option<NaiveDate>,
    /// Time of that day.
    pub due_time: Option<NaiveTime>,
    /// The latest legal day.
    pub latest: Option<NaiveDate>,
    /// Whole days from today to `due`; negative when overdue.
    pub days_left: Option<i32>,
    /// The date was proposed, not read.
    pub assumed: bool,
    /// Its document waits for a look: it may move or go when a person has looked.
    pub provisional: bool,
    /// How much.
    pub amount: Option<Money>,
    /// Who gets the money.
    pub payee: Option<String>,
    /// Where an appointment is.
    pub place: Option<String>,
    /// What to bring there, in the words of the letter.
    pub bring: Option<String>,
    /// An appointment that has begun: it was at that time.
    pub has_begun: bool,
    /// Account to pay to, without spaces.
    pub iban: Option<String>,
    /// What to write on the transfer.
    pub reference: Option<String>,
    /// Id of the deadline rule.
    pub rule: Option<String>,
    /// How the date was worked out.
    pub why: String,
    /// How the date was worked out, step by step; none for tasks made by hand.
    pub derivation: Option<Derivation>,
    /// Statute and section of the rule.
    pub source: Option<String>,
    /// Ids of the first steps.
    pub steps: Vec<String>,
    /// The same steps, with what is done of them.
    pub checklist: Vec<ChecklistStep>,
    /// In as many words as one likes.
    pub description: String,
    /// How many minutes it takes.
    pub minutes: Option<u32>,
    /// Words to find it by.
    pub tags: Vec<String>,
    /// How it comes again.
    pub recurrence: Option<Recurrence>,
    /// Documents that belong to it besides its own.
    pub documents: Vec<DocumentId>,
    /// Tasks that have to be done before it.
    pub blocked_by: Vec<TaskId>,
    /// One of them is still open.
    pub blocked: bool,
    /// What is left to pay.
    pub open_amount: Option<Money>,
    /// Less to pay, while it holds.
    pub discount: Option<DiscountView>,
    /// What was paid already.
    pub payments: Vec<PaymentView>,
    /// Which way its money goes, and where it stands; none where it is about none.
    pub money: Option<MoneyState>,
    /// How pressing, with reasons.
    pub priority: Priority,
    /// Where it stands.
    pub status: TaskStatus,
    /// When it was done.
    pub done_at: Option<DateTime<Utc>>,
    /// By what.
    pub done_how: Option<DoneHow>,
    /// When the next reminder comes.
    pub next_reminder: Option<DateTime<Utc>>,
    /// When it comes back, for one that was put off.
    pub comes_back: Option<DateTime<Utc>>,
}

/// Less to pay, if paid early.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct DiscountView {
    /// Percent off.
    #[ts(type = "string")]
    pub percent: Decimal,
    /// The last day.
    pub until: NaiveDate,
    /// What is to be paid then.
    pub amount: Money,
    /// It still holds.
    pub holds: bool,
}

impl DiscountView {
    pub(crate) fn on(discount: &Discount, today: NaiveDate) -> Self {
        let &Discount { percent, until, amount } = discount;
        Self { percent: percent.normalize(), until, amount, holds: today <= until }
    }
}

/// A payment towards a task.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct PaymentView {
    /// Its id.
    pub id: PaymentId,
    /// How much.
    pub amount: Money,
    /// On which day.
    pub paid_on: NaiveDate,
    /// In which way.
    pub how: PaidHow,
}

/// A reminder as shown.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ReminderView {
    /// What it is about; none for the letters that wait for a look.
    pub task: Option<TaskId>,
    /// Title of the task.
    pub title: String,
    /// How pressing.
    pub stage: Stage,
    /// When it goes out.
    pub next_at: DateTime<Utc>,
    /// Where it stands.
    pub state: ReminderState,
}

/// One entry of the ledger of reminders.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct NotificationView {
    /// What it was about; none for the letters that wait for a look.
    pub task: Option<TaskId>,
    /// How pressing.
    pub stage: Stage,
    /// For when it was planned.
    pub planned_for: DateTime<Utc>,
    /// What happened.
    pub state: DeliveryState,
    /// When.
    pub at: DateTime<Utc>,
    /// On which channel; empty for the window.
    pub channel: String,
    /// What the channel said when it failed.
    pub error: Option<String>,
}

/// Letters older than their own deadlines: filed quietly, asked about once.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct StaleLettersView {
    /// The newest of them.
    pub documents: Vec<DocumentRow>,
    /// How many there are in all.
    pub total: u32,
}

/// A card of Today: what is to be done about one letter, or one task without a letter.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct TodayCard {
    /// What to begin with.
    #[serde(flatten)]
    pub task: TaskView,
    /// The other tasks of the same letter that end this week, and its objection.
    pub also: Vec<TaskView>,
}

/// Letters that came in lately and are done: filed, with nothing to do about them.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct FiledView {
    /// The newest of them.
    pub documents: Vec<DocumentRow>,
    /// How many there are in all.
    pub total: u32,
}

/// What matters now.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct TodayView {
    /// The user's calendar date.
    pub date: NaiveDate,
    /// What happened meanwhile, for who comes back after days.
    pub away: Option<News>,
    /// Of that, what was missed and what was debited: at most five, the newest first.
    pub happened: Vec<TaskView>,
    /// At most three things, in the order of [`domain::today_order`].
    pub cards: Vec<TodayCard>,
    /// How many things end within a week, those of the cards with them; without the late ones behind them.
    pub this_week: u32,
    /// The next ones, quietly: nothing that is late.
    pub coming: Vec<TaskView>,
    /// How many late things are not shown here.
    pub late: u32,
    /// What a person has put off, with when it comes back.
    pub put_off: Vec<TaskView>,
    /// Rights that have just ended without anybody using them.
    pub lapsed: Vec<TaskView>,
    /// New letters with nothing to do about them.
    pub filed: FiledView,
    /// How many open tasks there are in all.
    pub open_tasks: u32,
    /// How many documents wait for a look.
    pub review_count: u32,
    /// The first of them.
    pub review: Vec<DocumentRow>,
    /// Old post that has not been asked about.
    pub stale_letters: Option<StaleLettersView>,
}
