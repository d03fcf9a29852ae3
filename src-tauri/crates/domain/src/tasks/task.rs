//! Something to do.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Derivation, DocumentId, DocumentKind, Money, PaymentId, Recurrence, TaskId, Urgency};

macro_rules! words {
    ($(#[$outer:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$outer])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
        pub enum $name { $($(#[$doc])* #[serde(rename = $word)] $variant),+ }

        impl $name {
            /// Every value.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The word kept in the database and used on the command line.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }
    };
}

words! {
    /// What sort of thing is to be done.
    TaskKind {
        /// Transfer money.
        Pay = "pay",
        /// Have the money on the account: it will be debited.
        CheckDebit = "check_debit",
        /// Object to a decision.
        Object = "object",
        /// Decide whether to keep a contract.
        CancelOrKeep = "cancel_or_keep",
        /// Be somewhere.
        Attend = "attend",
        /// Fetch something.
        PickUp = "pick_up",
        /// Use something before it expires.
        Redeem = "redeem",
        /// Have something renewed.
        Renew = "renew",
        /// Have something inspected or serviced.
        Maintain = "maintain",
        /// Money should come in.
        ExpectMoney = "expect_money",
        /// The confirmation should come that a contract is cancelled.
        AwaitConfirmation = "await_confirmation",
        /// Anything else.
        Other = "other",
    }
}

words! {
    /// Where a task stands.
    TaskStatus {
        /// Not begun.
        Open = "open",
        /// Begun.
        InProgress = "in_progress",
        /// Waiting for somebody else.
        Waiting = "waiting",
        /// Done.
        Done = "done",
        /// Will not be done.
        Cancelled = "cancelled",
    }
}

words! {
    /// By what a task was done.
    DoneHow {
        /// Paid.
        Paid = "paid",
        /// A letter or mail was sent.
        Sent = "sent",
        /// By telephone.
        Called = "called",
        /// The contract is kept.
        Kept = "kept",
        /// What was decided is accepted: no objection.
        Accepted = "accepted",
        /// By the calendar: nobody has used the right in time.
        Lapsed = "lapsed",
        /// By the calendar: the day of the debit has passed.
        Debited = "debited",
        /// In another way.
        Other = "other",
    }
}

words! {
    /// A part of a task that follows from its document until a person says otherwise.
    TaskPart {
        /// Whom or what it is about.
        Title = "title",
        /// How much.
        Amount = "amount",
        /// Who gets the money.
        Payee = "payee",
    }
}

impl TaskStatus {
    /// Is it still to be done?
    pub fn is_open(self) -> bool {
        match self {
            Self::Open | Self::InProgress | Self::Waiting => true,
            Self::Done | Self::Cancelled => false,
        }
    }
}

/// Something to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task {
    /// Its id.
    pub id: TaskId,
    /// What it came from.
    pub document: Option<DocumentId>,
    /// Kind of that document.
    pub document_kind: Option<DocumentKind>,
    /// What sort of thing.
    pub kind: TaskKind,
    /// Whom or what it is about, such as the sender's name.
    pub title: String,
    /// The safe day: the one to act on.
    pub due: Option<NaiveDate>,
    /// Time of that day, for appointments.
    pub due_time: Option<NaiveTime>,
    /// The latest legal day, where known.
    pub latest: Option<NaiveDate>,
    /// The date was proposed, not read: shown as a question.
    pub assumed: bool,
    /// Its document waits for a look: it may move or go when a person has looked.
    pub provisional: bool,
    /// How much.
    pub amount: Option<Money>,
    /// Who gets the money.
    pub payee: Option<String>,
    /// Id of the deadline rule.
    pub rule: Option<String>,
    /// How the date was worked out, one line.
    pub why: String,
    /// How the date was worked out, step by step; none for tasks made by hand.
    pub derivation: Option<Derivation>,
    /// Ids of the first steps; the interface has the texts.
    pub steps: Vec<String>,
    /// Where it stands.
    pub status: TaskStatus,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was done.
    pub done_at: Option<DateTime<Utc>>,
    /// By what.
    pub done_how: Option<DoneHow>,
}

/// What a person adds to a task.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TaskDetails {
    /// In as many words as one likes.
    pub description: String,
    /// How long it takes.
    pub minutes: Option<u32>,
    /// How pressing a person says it is, whatever the score says.
    pub urgency: Option<Urgency>,
    /// Words to find it by.
    pub tags: Vec<String>,
    /// How it comes again.
    pub recurrence: Option<Recurrence>,
    /// Documents that belong to it besides the one it came from.
    pub documents: Vec<DocumentId>,
    /// Tasks that have to be done before it.
    pub blocked_by: Vec<TaskId>,
    /// What a person has said otherwise than its document does: that stays, whatever is found in the document later.
    pub by_hand: Vec<TaskPart>,
}

words! {
    /// In which way something was paid.
    PaidHow {
        /// By a transfer.
        Transfer = "transfer",
        /// It was debited.
        DirectDebit = "direct_debit",
        /// In cash.
        Cash = "cash",
        /// By card.
        Card = "card",
        /// In another way.
        Other = "other",
    }
}

/// A payment towards a task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payment {
    /// Its id.
    pub id: PaymentId,
    /// How much.
    pub amount: Money,
    /// On which day.
    pub paid_on: NaiveDate,
    /// In which way.
    pub how: PaidHow,
}

/// What is left to pay of `amount` after `payments`; never less than nothing. Payments in another currency do not count.
pub fn open_amount(amount: Money, payments: &[Payment]) -> Money {
    let paid = payments.iter().filter(|payment| payment.amount.currency == amount.currency);
    let left = paid.fold(amount.amount, |left, payment| left - payment.amount.amount);
    Money { amount: left.max(Decimal::ZERO), ..amount }
}

/// Would `task` wait for itself, if it waited for `blocked_by` besides what `waits_for` says?
pub fn would_wait_for_itself(
    task: TaskId,
    blocked_by: &[TaskId],
    mut waits_for: impl FnMut(TaskId) -> Vec<TaskId>,
) -> bool {
    let (mut seen, mut ahead) = (BTreeSet::new(), blocked_by.to_vec());
    while let Some(next) = ahead.pop() {
        if next == task {
            return true;
        }
        if seen.insert(next) {
            ahead.extend(waits_for(next));
        }
    }
    false
}

/// "I cannot today": the next day that is still safe, seen from `today`. That is tomorrow; on the last safe day, a day up
/// to the latest legal one; none when today is the last day of all.
pub fn next_safe_day(due: Option<NaiveDate>, latest: Option<NaiveDate>, today: NaiveDate) -> Option<NaiveDate> {
    let tomorrow = today.succ_opt()?;
    let last = due.max(latest);
    last.is_none_or(|last| tomorrow <= last).then_some(tomorrow)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example::CountingIds;

    fn day(text: &str) -> Option<NaiveDate> {
        text.parse().ok()
    }

    #[test]
    fn what_cannot_be_done_today_is_safe_tomorrow_up_to_the_latest_day() {
        let today = day("2026-11-20").unwrap();
        let tomorrow = day("2026-11-21");
        for (due, latest, expected) in [
            ("2026-11-30", "2026-12-02", tomorrow),
            ("2026-11-21", "", tomorrow),
            ("2026-11-20", "2026-11-23", tomorrow),
            ("2026-11-20", "", None),
            ("2026-11-18", "2026-11-20", None),
            ("", "", tomorrow),
        ] {
            assert_eq!(next_safe_day(day(due), day(latest), today), expected, "{due} {latest}");
        }
    }

    #[test]
    fn nothing_waits_for_itself() {
        let ids = CountingIds::default();
        let [a, b, c] = [(); 3].map(|()| TaskId::new(&ids));
        // b waits for a.
        let waits_for = |task| if task == b { vec![a] } else { Vec::new() };
        assert!(would_wait_for_itself(a, &[a], waits_for));
        assert!(would_wait_for_itself(a, &[c, b], waits_for));
        assert!(!would_wait_for_itself(c, &[a, b], waits_for));
    }

    #[test]
    fn what_is_paid_is_no_longer_open() {
        let ids = CountingIds::default();
        let money = |amount| Money::parse(amount, "EUR").unwrap();
        let paid = |amount| Payment {
            id: PaymentId::new(&ids),
            amount,
            paid_on: day("2026-11-20").unwrap(),
            how: PaidHow::Transfer,
        };
        assert_eq!(open_amount(money("84.20"), &[]), money("84.20"));
        assert_eq!(open_amount(money("84.20"), &[paid(money("50")), paid(money("4.20"))]), money("30.00"));
        assert_eq!(open_amount(money("84.20"), &[paid(money("100"))]).amount, Decimal::ZERO);
        assert_eq!(open_amount(money("84.20"), &[paid(Money::parse("84.20", "CHF").unwrap())]), money("84.20"));
    }
}
