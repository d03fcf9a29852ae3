//! What was paid for a document, and all such payments added up: the answer to "when did I last pay, and how much?".

use std::cmp::Reverse;
use std::collections::BTreeMap;

use chrono::{Datelike as _, NaiveDate};
use chrono_tz::Tz;

use super::state::{MoneyPaper, MoneyTask};
use crate::{Money, PaidHow, TaskKind, TaskStatus, open_amount, today};

/// A payment that is known: noted, checked, or proven by a receipt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paid {
    /// On which day.
    pub on: NaiveDate,
    /// How much.
    pub amount: Money,
    /// In which way, where somebody has said so.
    pub how: Option<PaidHow>,
}

/// What was paid for a document, the newest first: what was noted towards its tasks; the rest of a task that is done; else
/// what its receipt says. `worth` is the amount of the document, `came` the day it came in. What only may have been paid, such
/// as the bill of an old letter, is not among it.
pub fn payments_of(
    paper: &MoneyPaper,
    tasks: &[MoneyTask],
    worth: Option<Money>,
    came: NaiveDate,
    zone: Tz,
) -> Vec<Paid> {
    let mut found: Vec<Paid> = tasks.iter().flat_map(|task| of_task(task, zone)).collect();
    if found.is_empty() && paper.proves_payment() {
        let on = paper.day_of_payment().or(paper.issued).unwrap_or(came);
        found.extend(worth.map(|amount| Paid { on, amount, how: None }));
    }
    found.sort_by_key(|paid| Reverse(paid.on));
    found
}

fn of_task(task: &MoneyTask, zone: Tz) -> Vec<Paid> {
    let how = match task.kind {
        TaskKind::Pay => None,
        TaskKind::CheckDebit => Some(PaidHow::DirectDebit),
        TaskKind::Object
        | TaskKind::CancelOrKeep
        | TaskKind::Attend
        | TaskKind::PickUp
        | TaskKind::Redeem
        | TaskKind::Renew
        | TaskKind::Maintain
        | TaskKind::ExpectMoney
        | TaskKind::AwaitConfirmation
        | TaskKind::Other => return Vec::new(),
    };
    let noted = task.payments.iter().map(|payment| Paid {
        on: payment.paid_on,
        amount: payment.amount,
        how: Some(payment.how),
    });
    let mut found: Vec<Paid> = noted.collect();
    // Who says of a bill that it is done has paid what was open.
    let rest =
        task.amount.filter(|_| task.status == TaskStatus::Done).map(|amount| open_amount(amount, &task.payments));
    let ended = task.ended.map(|ended| today(ended, zone));
    let on = if how.is_some() { task.latest.or(task.due).or(ended) } else { ended };
    if let (Some(amount), Some(on)) = (rest.filter(|rest| !rest.amount.is_zero()), on) {
        found.push(Paid { on, amount, how });
    }
    found
}

/// Payments added up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaidSums {
    /// Of each year, the newest first.
    pub years: Vec<(i32, Vec<Money>)>,
    /// Of all of them.
    pub all: Vec<Money>,
}

/// Payments added up by year and in all: one sum for each currency.
pub fn paid_sums(payments: &[Paid]) -> PaidSums {
    let mut years: BTreeMap<Reverse<i32>, Vec<Money>> = BTreeMap::new();
    let mut all = Vec::new();
    for paid in payments {
        add(years.entry(Reverse(paid.on.year())).or_default(), paid.amount);
        add(&mut all, paid.amount);
    }
    PaidSums { years: years.into_iter().map(|(Reverse(year), sums)| (year, sums)).collect(), all }
}

/// Adds an amount to the sum of its currency.
fn add(sums: &mut Vec<Money>, amount: Money) {
    match sums.iter_mut().find(|sum| sum.currency == amount.currency) {
        Some(sum) => sum.amount += amount.amount,
        None => sums.push(amount),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::DocumentKind;
    use crate::example::{CountingIds, noon};
    use crate::{DocumentState, Payment, PaymentId, Preferences};

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn euros(amount: &str) -> Money {
        Money::parse(amount, "EUR").unwrap()
    }

    fn task(kind: TaskKind, status: TaskStatus, noted: &[(&str, &str, PaidHow)]) -> MoneyTask {
        let ids = CountingIds::default();
        let payment = |&(amount, on, how): &(&str, &str, PaidHow)| Payment {
            id: PaymentId::new(&ids),
            amount: euros(amount),
            paid_on: day(on),
            how,
        };
        MoneyTask {
            kind,
            status,
            due: Some(day("2026-11-27")),
            latest: Some(day("2026-11-30")),
            amount: Some(euros("84.20")),
            ended: (!status.is_open()).then(|| noon("2026-11-18")),
            payments: noted.iter().map(payment).collect(),
        }
    }

    fn paid(kind: DocumentKind, tasks: &[MoneyTask]) -> Vec<(String, String, Option<PaidHow>)> {
        let issued = Some(day("2026-11-02"));
        let state = DocumentState::Accepted;
        let paper = MoneyPaper {
            kind,
            state,
            issued,
            due: None,
            settled: false,
            paid_on: None,
            comes: kind == DocumentKind::CreditNote,
            has_amount: true,
        };
        let zone = Preferences::default().zone;
        let found = payments_of(&paper, tasks, Some(euros("84.20")), day("2026-11-05"), zone);
        found.into_iter().map(|paid| (paid.on.to_string(), paid.amount.amount.to_string(), paid.how)).collect()
    }

    #[test]
    fn only_what_is_known_to_be_paid_counts() {
        use DocumentKind::{CreditNote, Dunning, Invoice, Receipt};
        use TaskKind::{CheckDebit, ExpectMoney, Object, Pay};
        use TaskStatus::{Cancelled, Done, Open};
        let cash = ("20", "2026-11-05", PaidHow::Cash);
        let one = |on: &str, amount: &str, how| (on.to_owned(), amount.to_owned(), how);
        for (kind, tasks, expected) in [
            (Invoice, vec![task(Pay, Open, &[])], vec![]),
            (Invoice, vec![task(Pay, Cancelled, &[])], vec![]),
            (Invoice, vec![task(Pay, Done, &[])], vec![one("2026-11-18", "84.20", None)]),
            (Invoice, vec![task(Pay, Open, &[cash])], vec![one("2026-11-05", "20", Some(PaidHow::Cash))]),
            (
                Invoice,
                vec![task(Pay, Done, &[cash])],
                vec![one("2026-11-18", "64.20", None), one("2026-11-05", "20", Some(PaidHow::Cash))],
            ),
            // A debit is paid on its day, whenever somebody ticked it off.
            (Dunning, vec![task(CheckDebit, Done, &[])], vec![one("2026-11-30", "84.20", Some(PaidHow::DirectDebit))]),
            (Invoice, vec![task(CheckDebit, Open, &[])], vec![]),
            (CreditNote, vec![task(ExpectMoney, Done, &[])], vec![]),
            (Invoice, vec![task(Object, Done, &[])], vec![]),
            (Receipt, vec![], vec![one("2026-11-02", "84.20", None)]),
            (Receipt, vec![task(Pay, Done, &[])], vec![one("2026-11-18", "84.20", None)]),
            (Invoice, vec![], vec![]),
        ] {
            assert_eq!(paid(kind, &tasks), expected, "{kind:?} {tasks:?}");
        }
    }

    #[test]
    fn payments_are_added_up_by_year_and_currency_the_newest_year_first() {
        let of = |on: &str, amount: Money| Paid { on: day(on), amount, how: None };
        let francs = Money::parse("10", "CHF").unwrap();
        let sums = paid_sums(&[
            of("2024-12-31", euros("1.10")),
            of("2026-01-01", euros("2.20")),
            of("2026-05-01", euros("3.30")),
            of("2026-06-01", francs),
        ]);
        assert_eq!(sums.years, [(2026, vec![euros("5.50"), francs]), (2024, vec![euros("1.10")])]);
        assert_eq!(sums.all, [euros("6.60"), francs]);
        assert_eq!(paid_sums(&[]), PaidSums { years: vec![], all: vec![] });
    }
}
