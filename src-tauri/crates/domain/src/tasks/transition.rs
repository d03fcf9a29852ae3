//! What follows when a person says where a task stands. Pure: decided from the task as it is when it is written, so that
//! saying it twice changes nothing the second time.

use chrono::{DateTime, NaiveDate, Utc};
use rust_decimal::Decimal;

use crate::{DoneHow, Money, Payment, ShiftDay as _, Task, TaskKind, TaskStatus, open_amount};

/// A change of a task's status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Transition {
    /// Where the task stands from now on.
    pub status: TaskStatus,
    /// When it ended and by what; none while it is open.
    pub ended: Option<(DateTime<Utc>, DoneHow)>,
}

/// By what a task is done where nobody says so. A right that nobody has begun to use is not used: its letter is accepted.
pub fn usual_way(task: &Task) -> DoneHow {
    match task.kind {
        TaskKind::Pay => DoneHow::Paid,
        TaskKind::Object if task.rule.is_some() && task.status == TaskStatus::Open => DoneHow::Accepted,
        TaskKind::Object => DoneHow::Sent,
        TaskKind::CheckDebit
        | TaskKind::CancelOrKeep
        | TaskKind::Attend
        | TaskKind::PickUp
        | TaskKind::Redeem
        | TaskKind::Renew
        | TaskKind::Maintain
        | TaskKind::ExpectMoney
        | TaskKind::AwaitConfirmation
        | TaskKind::Other => DoneHow::Other,
    }
}

/// The task is done, by `how` or in its usual way. None where it is done already.
pub fn complete(task: &Task, how: Option<DoneHow>, now: DateTime<Utc>) -> Option<Transition> {
    let ended = Some((now, how.unwrap_or_else(|| usual_way(task))));
    (task.status != TaskStatus::Done).then_some(Transition { status: TaskStatus::Done, ended })
}

/// The task is not over after all. None where it is open.
pub fn reopen(task: &Task) -> Option<Transition> {
    (!task.status.is_open()).then_some(Transition { status: TaskStatus::Open, ended: None })
}

/// The task stands there now; when it was cancelled is kept. None where it stands there already.
pub fn move_to(task: &Task, status: TaskStatus, now: DateTime<Utc>) -> Option<Transition> {
    let ended = (!status.is_open()).then_some((now, DoneHow::Other));
    (task.status != status).then_some(Transition { status, ended })
}

/// Days after which a confirmation that a contract is cancelled should be there.
const CONFIRMATION_DAYS: u64 = 14;

/// The day by which the confirmation should be there, where a contract was cancelled with this; none for anything else.
pub fn confirmation_day(task: &Task, change: Transition, today: NaiveDate) -> Option<NaiveDate> {
    let is_sent = matches!(change.ended, Some((_, DoneHow::Sent)));
    (task.kind == TaskKind::CancelOrKeep && is_sent).then(|| today.plus_days(CONFIRMATION_DAYS))
}

/// What becomes of a payment towards a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PaymentOutcome {
    /// Everything was paid before: there is nothing to note.
    NothingOpen,
    /// So much is noted, and something stays open.
    Part(Money),
    /// So much is noted, and nothing stays open.
    Whole(Money),
}

/// Why a payment cannot be noted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PaymentError {
    /// The task has no amount.
    #[error("This task has no amount: say how much it is first.")]
    NoAmount,
    /// Not a positive amount in the currency of the task.
    #[error("“{given}” cannot be paid towards {whole}: use a positive amount in the same currency.")]
    BadAmount {
        /// What was given.
        given: Money,
        /// The amount of the task.
        whole: Money,
    },
}

/// What becomes of a payment of `given`, or of all that is open.
///
/// # Errors
/// [`PaymentError`] where the task has no amount, or the payment is not positive or in another currency.
pub fn pay(task: &Task, before: &[Payment], given: Option<Money>) -> Result<PaymentOutcome, PaymentError> {
    let whole = task.amount.ok_or(PaymentError::NoAmount)?;
    let open = open_amount(whole, before);
    let Some(given) = given else {
        let nothing = open.amount.is_zero();
        return Ok(if nothing { PaymentOutcome::NothingOpen } else { PaymentOutcome::Whole(open) });
    };
    if given.amount <= Decimal::ZERO || given.currency != whole.currency {
        return Err(PaymentError::BadAmount { given, whole });
    }
    Ok(if given.amount < open.amount { PaymentOutcome::Part(given) } else { PaymentOutcome::Whole(given) })
}

/// "I cannot today."
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotToday {
    /// The next day that is still safe; none when today is the last one.
    pub day: Option<NaiveDate>,
    /// The day to act on moves there; else only the reminder does.
    pub moves_due: bool,
}

/// What follows from "I cannot today", said on `today`.
pub fn not_today(task: &Task, today: NaiveDate) -> NotToday {
    let day = crate::next_safe_day(task.due, task.latest, today);
    NotToday { day, moves_due: day.is_some_and(|day| task.due.is_some_and(|due| due < day)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::PaymentId;
    use crate::example::{CountingIds, task};

    fn now() -> DateTime<Utc> {
        "2026-11-20T12:00:00Z".parse().unwrap()
    }

    #[test]
    fn each_transition_changes_nothing_the_second_time() {
        let open = task(TaskKind::Pay);
        let apply = |task: &Task, change: Transition| Task {
            status: change.status,
            done_at: change.ended.map(|(at, _)| at),
            done_how: change.ended.map(|(_, how)| how),
            ..task.clone()
        };
        let change = complete(&open, None, now()).unwrap();
        assert_eq!(change, Transition { status: TaskStatus::Done, ended: Some((now(), DoneHow::Paid)) });
        let done = apply(&open, change);
        assert_eq!(complete(&done, Some(DoneHow::Called), now()), None, "what was said first stays");
        let reopened = apply(&done, reopen(&done).unwrap());
        assert_eq!((reopen(&reopened), reopened.done_at), (None, None));
        for status in TaskStatus::ALL {
            let moved = move_to(&open, *status, now()).map(|change| apply(&open, change));
            assert_eq!(moved.is_none(), *status == open.status, "{status:?}");
            assert!(moved.is_none_or(|moved| move_to(&moved, *status, now()).is_none()), "{status:?}");
        }
    }

    #[test]
    fn to_be_done_with_a_right_means_that_its_letter_is_accepted_unless_somebody_has_begun_to_use_it() {
        let right = Task { rule: Some("tax_objection".to_owned()), ..task(TaskKind::Object) };
        let begun = Task { status: TaskStatus::InProgress, ..right.clone() };
        let how = |task: &Task| complete(task, None, now()).and_then(|change| change.ended).map(|(_, how)| how);
        assert_eq!(how(&right), Some(DoneHow::Accepted));
        assert_eq!(how(&begun), Some(DoneHow::Sent));
        assert_eq!(how(&task(TaskKind::Object)), Some(DoneHow::Sent), "what a person has written down");
    }

    #[test]
    fn what_is_paid_twice_is_noted_once_and_parts_leave_the_rest_open() {
        let money = |amount| Money::parse(amount, "EUR").unwrap();
        let bill = Task { amount: Some(money("84.20")), ..task(TaskKind::Pay) };
        let ids = CountingIds::default();
        let paid = |amount| Payment {
            id: PaymentId::new(&ids),
            amount,
            paid_on: "2026-11-20".parse().unwrap(),
            how: crate::PaidHow::Transfer,
        };
        assert_eq!(pay(&bill, &[], None), Ok(PaymentOutcome::Whole(money("84.20"))));
        assert_eq!(pay(&bill, &[paid(money("84.20"))], None), Ok(PaymentOutcome::NothingOpen));
        assert_eq!(pay(&bill, &[], Some(money("4.20"))), Ok(PaymentOutcome::Part(money("4.20"))));
        assert_eq!(pay(&bill, &[paid(money("4.20"))], None), Ok(PaymentOutcome::Whole(money("80.00"))));
        assert!(matches!(pay(&bill, &[], Some(money("0"))), Err(PaymentError::BadAmount { .. })));
        let francs = Money::parse("84.20", "CHF").unwrap();
        assert!(matches!(pay(&bill, &[], Some(francs)), Err(PaymentError::BadAmount { .. })));
        assert_eq!(pay(&task(TaskKind::Other), &[], None), Err(PaymentError::NoAmount));
    }
}
