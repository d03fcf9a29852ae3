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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example::{letter, noon};

    fn bill() -> Document {
        letter(
            DocumentKind::Invoice,
            &[
                (Field::SellerName, "Stadtwerke Musterstadt GmbH"),
                (Field::AmountDue, "84,20"),
                (Field::Currency, "EUR"),
                (Field::DueDate, "12.12.2026"),
            ],
        )
    }

    fn tasks(effects: Vec<Effect>) -> Vec<PlannedTask> {
        let task = |effect| if let Effect::AddTask(planned) = effect { Some(*planned) } else { None };
        effects.into_iter().filter_map(task).collect()
    }

    #[test]
    fn a_bill_becomes_one_task_with_amount_payee_first_step_and_reminders() {
        let planned = tasks(plan(&bill(), &Preferences::default(), noon("2026-11-20"), OldPost::FileQuietly));
        let [planned] = planned.as_slice() else { panic!("one task, not {planned:?}") };
        let task = &planned.task;
        assert_eq!(task.kind, TaskKind::Pay);
        assert_eq!(task.amount.map(|money| money.to_string()).as_deref(), Some("84.20 EUR"));
        assert_eq!(task.payee.as_deref(), Some("Stadtwerke Musterstadt GmbH"));
        // 12 December 2026 is a Saturday.
        assert_eq!((task.due, task.latest), ("2026-12-11".parse().ok(), "2026-12-14".parse().ok()));
        assert_eq!(task.steps.first().map(String::as_str), Some("open_bank"));
        assert_eq!(planned.reminders.first().map(|reminder| reminder.stage), Some(Stage::Info));
        assert!(planned.reminders.last().is_some_and(|reminder| reminder.repeats), "it never just stops");
    }

    #[test]
    fn old_post_is_filed_quietly_unless_a_person_wants_its_tasks_or_it_is_dangerous() {
        let (preferences, years_later) = (Preferences::default(), noon("2029-01-02"));
        assert_eq!(plan(&bill(), &preferences, years_later, OldPost::FileQuietly), [Effect::FileAsOldPost]);
        assert_eq!(tasks(plan(&bill(), &preferences, years_later, OldPost::PlanAnyway)).len(), 1);
        let order = letter(DocumentKind::CourtOrder, &[(Field::PostingOrLetterDate, "2026-11-02")]);
        assert_eq!(tasks(plan(&order, &preferences, years_later, OldPost::FileQuietly)).len(), 1);
    }
}
