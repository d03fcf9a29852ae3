//! From a document to tasks and reminders. Pure: same document, preferences and instant give the same effects.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};

use crate::deadlines::{Deadline, deadlines};
use crate::{
    Currency, Document, DocumentKind, Field, Money, Preferences, Stage, TaskKind, Value, plan_reminders, today,
};

/// A reminder to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewReminder {
    /// How pressing.
    pub stage: Stage,
    /// When it is first due.
    pub at: DateTime<Utc>,
    /// Comes again until the task is done.
    pub repeats: bool,
}

/// A task to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewTask {
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
    /// The date was proposed, not read.
    pub assumed: bool,
    /// How much.
    pub amount: Option<Money>,
    /// Who gets the money.
    pub payee: Option<String>,
    /// Id of the deadline rule.
    pub rule: Option<String>,
    /// How the date was worked out.
    pub why: String,
    /// Ids of the first steps.
    pub steps: Vec<String>,
}

/// A task with its reminders.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedTask {
    /// The task.
    pub task: NewTask,
    /// Its reminders, in order of time.
    pub reminders: Vec<NewReminder>,
}

/// What follows from a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Make a task with its reminders.
    AddTask(Box<PlannedTask>),
    /// The letter is older than its own deadlines: file it quietly and ask once.
    FileAsOldPost,
}

/// What to do with a letter whose deadlines have all passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OldPost {
    /// It just came in: file it quietly and ask once. Kinds that must never pass as harmless are planned all the same.
    FileQuietly,
    /// A person has looked at it and wants its tasks.
    PlanAnyway,
}

/// What follows from `document`, seen from `now`.
pub fn plan(document: &Document, preferences: &Preferences, now: DateTime<Utc>, old_post: OldPost) -> Vec<Effect> {
    let found = deadlines(document, preferences.land);
    let today = today(now, preferences.zone);
    let last = found.iter().filter_map(|deadline| deadline.latest.max(deadline.safe)).max();
    let may_be_filed = old_post == OldPost::FileQuietly && !document.kind.is_alarming();
    if may_be_filed && last.is_some_and(|last| last < today) {
        return vec![Effect::FileAsOldPost];
    }
    found.into_iter().map(|deadline| Effect::AddTask(Box::new(planned(document, deadline, preferences, now)))).collect()
}

fn planned(document: &Document, deadline: Deadline, preferences: &Preferences, now: DateTime<Utc>) -> PlannedTask {
    let amount = matches!(deadline.task, TaskKind::Pay | TaskKind::CheckDebit | TaskKind::ExpectMoney)
        .then(|| document.to_pay().and_then(|fact| fact.value.amount()))
        .flatten()
        .map(|amount| Money { amount: amount.abs(), currency: currency(document) });
    let sender = document.text(Field::SellerName);
    let payee =
        (deadline.task == TaskKind::Pay).then(|| document.text(Field::PayeeName).or_else(|| sender.clone())).flatten();
    let reminders = match deadline.safe {
        Some(due) => plan_reminders(due, now, preferences),
        None => Vec::new(),
    };
    let task = NewTask {
        kind: deadline.task,
        title: sender.unwrap_or_else(|| document.title.clone()),
        due: deadline.safe,
        due_time: deadline.time,
        latest: deadline.latest,
        assumed: deadline.assumed,
        amount,
        payee,
        rule: Some(deadline.rule.to_owned()),
        why: deadline.why,
        steps: steps(document.kind, deadline.task).iter().map(|&step| step.to_owned()).collect(),
    };
    PlannedTask { task, reminders }
}

fn currency(document: &Document) -> Currency {
    match document.fact(Field::Currency).map(|fact| &fact.value) {
        Some(Value::Currency(currency)) => *currency,
        Some(_) | None => Currency::EUR,
    }
}

/// Ids of the first steps; each takes two minutes at most, and the interface has the texts.
fn steps(document: DocumentKind, task: TaskKind) -> &'static [&'static str] {
    match task {
        TaskKind::Pay if document == DocumentKind::Dunning => &["check_already_paid", "transfer", "keep_proof"],
        TaskKind::Pay => &["open_bank", "transfer"],
        TaskKind::CheckDebit => &["check_balance"],
        TaskKind::Object => &["find_envelope", "write_objection", "send_with_proof"],
        TaskKind::Attend => &["note_date", "pack_papers"],
        TaskKind::ExpectMoney => &["check_account"],
        TaskKind::CancelOrKeep
        | TaskKind::PickUp
        | TaskKind::Redeem
        | TaskKind::Renew
        | TaskKind::Maintain
        | TaskKind::Other => &[],
    }
}
