//! Which way the money of a document goes, and where it stands: what a list says beside an amount.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    Document, DocumentKind, DocumentState, Field, Money, PaidHow, Payment, TaskKind, TaskStatus, open_amount, today,
};

/// The direction and the state of an amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case", tag = "state")]
pub enum MoneyState {
    /// It is to be transferred.
    ToPay {
        /// The day to pay on; none where no day is known.
        until: Option<NaiveDate>,
    },
    /// A part is paid, and the rest is to be transferred.
    PartPaid {
        /// The day to pay the rest on.
        until: Option<NaiveDate>,
    },
    /// The sender takes it himself.
    WillBeDebited {
        /// On this day.
        on: Option<NaiveDate>,
    },
    /// The day of the debit has passed, and nobody has said that it happened.
    ShouldBeDebited {
        /// On this day.
        on: NaiveDate,
    },
    /// It is paid.
    Paid {
        /// On this day; none where nobody has said when.
        on: Option<NaiveDate>,
        /// In this way; none where nobody has said how.
        how: Option<PaidHow>,
    },
    /// It comes to the reader.
    Comes {
        /// By this day.
        until: Option<NaiveDate>,
    },
    /// It should have come, and nobody has said that it did.
    ShouldHaveCome {
        /// By this day.
        until: NaiveDate,
    },
    /// It came.
    Came {
        /// On this day.
        on: Option<NaiveDate>,
    },
    /// Nothing is to be paid any more: a later letter took it over, or a person said so.
    NotNeeded,
    /// Old post: whether it was paid, nobody has said.
    WasDue {
        /// On this day.
        on: Option<NaiveDate>,
    },
    /// The letter states it, and nothing says that it goes anywhere.
    Stated {
        /// What it is.
        what: Stated,
    },
}

/// What an amount is of which nothing says that it is to go anywhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Stated {
    /// What something costs: a contract, an order, a ticket.
    Price,
    /// What somebody asks for.
    Claim,
    /// What something is worth that can be redeemed.
    Worth,
    /// What is paid out, such as wages.
    Payout,
    /// Some other amount in the letter.
    Other,
}

/// What the state depends on besides the tasks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MoneyPaper {
    /// What it is.
    pub kind: DocumentKind,
    /// Where it stands.
    pub state: DocumentState,
    /// Date of the letter.
    pub issued: Option<NaiveDate>,
    /// Printed day of the payment or the debit.
    pub due: Option<NaiveDate>,
    /// It says itself that nothing is left to pay.
    pub settled: bool,
    /// Printed day on which it was paid.
    pub paid_on: Option<NaiveDate>,
    /// Its money comes to the reader.
    pub comes: bool,
    /// It states an amount.
    pub has_amount: bool,
}

impl MoneyPaper {
    /// What a document says about its money.
    pub fn of(document: &Document) -> Self {
        Self {
            kind: document.kind,
            state: document.state,
            issued: document.letter_date(),
            due: document.day_of_money(),
            settled: document.is_settled(),
            paid_on: document.date(Field::PaidOn),
            comes: matches!(document.kind, DocumentKind::CreditNote | DocumentKind::SelfBilledInvoice)
                || document.amount(Field::AmountDue).is_some_and(|due| due.is_sign_negative()),
            has_amount: document.worth().is_some(),
        }
    }

    /// Does it prove a payment by itself: a receipt, a bill that is paid?
    pub(super) fn proves_payment(&self) -> bool {
        self.kind == DocumentKind::Receipt || self.kind.asks_for_money() && self.settled
    }

    /// The day of that payment: the printed one, else that of the receipt, which is handed over when it is paid.
    pub(super) fn day_of_payment(&self) -> Option<NaiveDate> {
        self.paid_on.or_else(|| self.issued.filter(|_| self.kind == DocumentKind::Receipt))
    }
}

/// A task as far as its money is concerned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MoneyTask {
    /// What sort of thing.
    pub kind: TaskKind,
    /// Where it stands.
    pub status: TaskStatus,
    /// The day to act on.
    pub due: Option<NaiveDate>,
    /// The latest legal day; the day of a debit.
    pub latest: Option<NaiveDate>,
    /// How much.
    pub amount: Option<Money>,
    /// When it was done or cancelled.
    pub ended: Option<DateTime<Utc>>,
    /// What was paid, oldest first.
    pub payments: Vec<Payment>,
}

/// Where the money of a document stands: an open task before one that is over, and the next of several; without such a
/// task, what its kind says of the amount. None where it states no amount. `now` and `zone` say which day it is.
pub fn money_state(paper: &MoneyPaper, tasks: &[MoneyTask], now: DateTime<Utc>, zone: Tz) -> Option<MoneyState> {
    money_of_tasks(tasks, now, zone)
        .or_else(|| without_tasks(paper, today(now, zone)))
        .or_else(|| paper.has_amount.then(|| MoneyState::Stated { what: stated(paper.kind, tasks) }))
}

/// Where the money of these tasks stands; none if they are about none.
pub fn money_of_tasks(tasks: &[MoneyTask], now: DateTime<Utc>, zone: Tz) -> Option<MoneyState> {
    let today = today(now, zone);
    let open = tasks.iter().filter(|task| task.status.is_open());
    let next = open.filter_map(|task| Some((task.due.is_none(), task.due, of_open(task, today)?)));
    if let Some((.., state)) = next.min_by_key(|(undated, due, _)| (*undated, *due)) {
        return Some(state);
    }
    let done = tasks.iter().filter(|task| task.status == TaskStatus::Done);
    let last = done.filter_map(|task| Some((task.ended, of_done(task, today, zone)?)));
    if let Some((_, state)) = last.max_by_key(|(ended, _)| *ended) {
        return Some(state);
    }
    let is_about_money = |task: &MoneyTask| of_open(task, today).is_some();
    let dropped = tasks.iter().any(|task| task.status == TaskStatus::Cancelled && is_about_money(task));
    dropped.then_some(MoneyState::NotNeeded)
}

fn of_open(task: &MoneyTask, today: NaiveDate) -> Option<MoneyState> {
    match task.kind {
        TaskKind::Pay => {
            let part = task.amount.is_some_and(|amount| open_amount(amount, &task.payments) != amount);
            Some(if part { MoneyState::PartPaid { until: task.due } } else { MoneyState::ToPay { until: task.due } })
        }
        TaskKind::CheckDebit => Some(match task.latest.or(task.due) {
            Some(on) if on < today => MoneyState::ShouldBeDebited { on },
            on => MoneyState::WillBeDebited { on },
        }),
        TaskKind::ExpectMoney => Some(comes(task.due, today)),
        TaskKind::Object
        | TaskKind::CancelOrKeep
        | TaskKind::Attend
        | TaskKind::PickUp
        | TaskKind::Redeem
        | TaskKind::Renew
        | TaskKind::Maintain
        | TaskKind::AwaitConfirmation
        | TaskKind::Other => None,
    }
}

fn comes(until: Option<NaiveDate>, today: NaiveDate) -> MoneyState {
    match until {
        Some(until) if until < today => MoneyState::ShouldHaveCome { until },
        until => MoneyState::Comes { until },
    }
}

fn of_done(task: &MoneyTask, today: NaiveDate, zone: Tz) -> Option<MoneyState> {
    let ended = task.ended.map(|ended| crate::today(ended, zone));
    let last = task.payments.last();
    match task.kind {
        TaskKind::Pay => Some(MoneyState::Paid {
            on: last.map(|payment| payment.paid_on).or(ended),
            how: last.map(|payment| payment.how),
        }),
        // Who has looked at it before its day has not paid it yet.
        TaskKind::CheckDebit if last.is_none() && task.latest.or(task.due) > Some(today) => {
            Some(MoneyState::WillBeDebited { on: task.latest.or(task.due) })
        }
        TaskKind::CheckDebit => Some(MoneyState::Paid {
            on: last.map(|payment| payment.paid_on).or(task.latest).or(task.due),
            how: Some(PaidHow::DirectDebit),
        }),
        TaskKind::ExpectMoney => Some(MoneyState::Came { on: last.map(|payment| payment.paid_on).or(ended) }),
        TaskKind::Object
        | TaskKind::CancelOrKeep
        | TaskKind::Attend
        | TaskKind::PickUp
        | TaskKind::Redeem
        | TaskKind::Renew
        | TaskKind::Maintain
        | TaskKind::AwaitConfirmation
        | TaskKind::Other => None,
    }
}

/// What the kind alone says, where no task is about money.
fn without_tasks(paper: &MoneyPaper, today: NaiveDate) -> Option<MoneyState> {
    match paper.kind {
        // An old bill says itself that it is paid, too.
        _ if paper.proves_payment() => Some(MoneyState::Paid { on: paper.day_of_payment(), how: None }),
        _ if paper.comes => Some(comes(paper.due, today)),
        kind if kind.asks_for_money() && paper.state == DocumentState::Stale => {
            Some(MoneyState::WasDue { on: paper.due })
        }
        _ => None,
    }
}

/// What an amount is that goes nowhere.
fn stated(kind: DocumentKind, tasks: &[MoneyTask]) -> Stated {
    if tasks.iter().any(|task| task.kind == TaskKind::Redeem) {
        return Stated::Worth;
    }
    match kind {
        DocumentKind::Contract
        | DocumentKind::PriceIncrease
        | DocumentKind::InsurancePolicy
        | DocumentKind::OrderConfirmation
        | DocumentKind::DeliveryNote
        | DocumentKind::PickupNotice
        | DocumentKind::EventRegistration
        | DocumentKind::Appointment
        | DocumentKind::MaintenanceReport
        | DocumentKind::Warranty
        | DocumentKind::Prescription
        | DocumentKind::Receipt
        | DocumentKind::Advertisement => Stated::Price,
        DocumentKind::Invoice
        | DocumentKind::CorrectedInvoice
        | DocumentKind::PaymentSlip
        | DocumentKind::Dunning
        | DocumentKind::CourtOrder
        | DocumentKind::Fine => Stated::Claim,
        DocumentKind::Payslip => Stated::Payout,
        // A notice grants or asks, and only its tasks say which.
        DocumentKind::TaxNotice
        | DocumentKind::AuthorityLetter
        | DocumentKind::BankStatement
        | DocumentKind::CancellationConfirmation
        | DocumentKind::CreditNote
        | DocumentKind::SelfBilledInvoice
        | DocumentKind::AccountingInfo
        | DocumentKind::Publication
        | DocumentKind::IdentityDocument
        | DocumentKind::Letter
        | DocumentKind::Other => Stated::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example::{CountingIds, noon};
    use crate::{PaymentId, Preferences};

    fn day(text: &str) -> Option<NaiveDate> {
        text.parse().ok()
    }

    fn paper(kind: DocumentKind) -> MoneyPaper {
        let (issued, due) = (day("2026-11-02"), day("2026-11-30"));
        MoneyPaper {
            kind,
            state: DocumentState::Accepted,
            issued,
            due,
            settled: false,
            paid_on: None,
            comes: kind == DocumentKind::CreditNote,
            has_amount: true,
        }
    }

    fn task(kind: TaskKind, status: TaskStatus, due: &str) -> MoneyTask {
        let amount = Money::parse("84.20", "EUR").ok();
        let ended = (!status.is_open()).then(|| noon("2026-11-18"));
        MoneyTask { kind, status, due: day(due), latest: None, amount, ended, payments: Vec::new() }
    }

    fn state(kind: DocumentKind, tasks: &[MoneyTask]) -> Option<MoneyState> {
        money_state(&paper(kind), tasks, noon("2026-11-20"), Preferences::default().zone)
    }

    fn paid(amount: &str, on: &str, how: PaidHow) -> Payment {
        let ids = CountingIds::default();
        let amount = Money::parse(amount, "EUR").unwrap();
        Payment { id: PaymentId::new(&ids), amount, paid_on: day(on).unwrap(), how }
    }

    #[test]
    fn each_task_about_money_says_its_direction_and_its_day() {
        use DocumentKind::{CreditNote, Invoice};
        use TaskKind::{CheckDebit, ExpectMoney, Pay};
        use TaskStatus::{Cancelled, Done, Open};
        let (soon, passed, ended) = (day("2026-11-27"), day("2026-11-13"), day("2026-11-18"));
        for (kind, one, expected) in [
            (Invoice, task(Pay, Open, "2026-11-27"), MoneyState::ToPay { until: soon }),
            (Invoice, task(Pay, Open, "2026-11-13"), MoneyState::ToPay { until: passed }),
            (Invoice, task(Pay, Open, ""), MoneyState::ToPay { until: None }),
            (Invoice, task(Pay, Done, "2026-11-27"), MoneyState::Paid { on: ended, how: None }),
            (Invoice, task(Pay, Cancelled, "2026-11-27"), MoneyState::NotNeeded),
            (Invoice, task(CheckDebit, Open, "2026-11-27"), MoneyState::WillBeDebited { on: soon }),
            (Invoice, task(CheckDebit, Open, "2026-11-13"), MoneyState::ShouldBeDebited { on: passed.unwrap() }),
            (
                Invoice,
                task(CheckDebit, Done, "2026-11-13"),
                MoneyState::Paid { on: passed, how: Some(PaidHow::DirectDebit) },
            ),
            (Invoice, task(CheckDebit, Done, "2026-11-27"), MoneyState::WillBeDebited { on: soon }),
            (CreditNote, task(ExpectMoney, Open, "2026-11-27"), MoneyState::Comes { until: soon }),
            (CreditNote, task(ExpectMoney, Open, "2026-11-13"), MoneyState::ShouldHaveCome { until: passed.unwrap() }),
            (CreditNote, task(ExpectMoney, Done, "2026-11-13"), MoneyState::Came { on: ended }),
        ] {
            assert_eq!(state(kind, std::slice::from_ref(&one)), Some(expected), "{one:?}");
        }
    }

    #[test]
    fn the_day_and_the_way_of_a_payment_are_those_that_a_person_noted() {
        let mut bill = task(TaskKind::Pay, TaskStatus::Done, "2026-11-27");
        bill.payments = vec![paid("20", "2026-11-05", PaidHow::Cash), paid("64.20", "2026-11-12", PaidHow::Card)];
        let expected = MoneyState::Paid { on: day("2026-11-12"), how: Some(PaidHow::Card) };
        assert_eq!(state(DocumentKind::Invoice, &[bill.clone()]), Some(expected));
        bill.status = TaskStatus::Open;
        bill.payments.pop();
        assert_eq!(state(DocumentKind::Invoice, &[bill]), Some(MoneyState::PartPaid { until: day("2026-11-27") }));
    }

    #[test]
    fn of_instalments_the_next_open_one_counts_and_other_tasks_say_nothing() {
        let parts = [
            task(TaskKind::Pay, TaskStatus::Done, "2026-10-01"),
            task(TaskKind::Pay, TaskStatus::Open, "2027-01-01"),
            task(TaskKind::Pay, TaskStatus::Open, "2026-12-01"),
            task(TaskKind::Object, TaskStatus::Open, "2026-11-21"),
        ];
        assert_eq!(state(DocumentKind::Invoice, &parts), Some(MoneyState::ToPay { until: day("2026-12-01") }));
        let stated = MoneyState::Stated { what: Stated::Other };
        assert_eq!(state(DocumentKind::TaxNotice, &parts[3..]), Some(stated));
    }

    #[test]
    fn without_a_task_about_money_the_kind_says_what_the_amount_is() {
        assert_eq!(state(DocumentKind::Receipt, &[]), Some(MoneyState::Paid { on: day("2026-11-02"), how: None }));
        assert_eq!(state(DocumentKind::CreditNote, &[]), Some(MoneyState::Comes { until: day("2026-11-30") }));
        for (kind, what) in [
            (DocumentKind::Contract, Stated::Price),
            (DocumentKind::Invoice, Stated::Claim),
            (DocumentKind::CourtOrder, Stated::Claim),
            (DocumentKind::Payslip, Stated::Payout),
            (DocumentKind::AuthorityLetter, Stated::Other),
        ] {
            assert_eq!(state(kind, &[]), Some(MoneyState::Stated { what }));
            let without = MoneyPaper { has_amount: false, ..paper(kind) };
            assert_eq!(money_state(&without, &[], noon("2026-11-20"), Preferences::default().zone), None);
        }
        let voucher = task(TaskKind::Redeem, TaskStatus::Open, "2027-11-27");
        assert_eq!(state(DocumentKind::Letter, &[voucher]), Some(MoneyState::Stated { what: Stated::Worth }));
        let stale = MoneyPaper { state: DocumentState::Stale, ..paper(DocumentKind::Invoice) };
        let seen = money_state(&stale, &[], noon("2027-11-20"), Preferences::default().zone);
        assert_eq!(seen, Some(MoneyState::WasDue { on: day("2026-11-30") }));
    }
}
