//! Papers that come again: "every month about 45 € from …", a payslip, a statement of account; and one that is missing.

use std::collections::BTreeMap;

use chrono::{Days, Months, NaiveDate};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{CorrespondentId, DocumentKind, Money};

/// One bill, payslip or statement that came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bill {
    /// From whom.
    pub sender: CorrespondentId,
    /// What it is: the rhythm is that of one kind from one sender.
    pub kind: DocumentKind,
    /// How much; not known of statements.
    pub amount: Option<Money>,
    /// The day printed on it.
    pub issued: NaiveDate,
}

/// How often bills come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Rhythm {
    /// Every month.
    Monthly,
    /// Every three months.
    Quarterly,
    /// Every six months.
    HalfYearly,
    /// Every year.
    Yearly,
}

/// A sender whose bills, payslips or statements come again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegularBill {
    /// From whom.
    pub sender: CorrespondentId,
    /// What.
    pub kind: DocumentKind,
    /// How often.
    pub rhythm: Rhythm,
    /// About how much: the middle one of the last bills; none of what is no bill.
    pub amount: Option<Money>,
    /// The last one.
    pub last: NaiveDate,
    /// When the next one should come.
    pub expected: NaiveDate,
    /// It should have come by now.
    pub missing: bool,
}

impl Rhythm {
    const ALL: [Self; 4] = [Self::Monthly, Self::Quarterly, Self::HalfYearly, Self::Yearly];

    fn months(self) -> u32 {
        match self {
            Self::Monthly => 1,
            Self::Quarterly => 3,
            Self::HalfYearly => 6,
            Self::Yearly => 12,
        }
    }

    /// How many days a bill may be early or late: about a quarter of the time between two.
    fn slack(self) -> u64 {
        match self {
            Self::Monthly => 8,
            Self::Quarterly => 20,
            Self::HalfYearly => 30,
            Self::Yearly => 45,
        }
    }

    /// How many bills prove it.
    fn wanted(self) -> usize {
        match self {
            Self::Monthly | Self::Quarterly => 3,
            Self::HalfYearly | Self::Yearly => 2,
        }
    }
}

/// The senders whose bills come again, seen from `today`, by the day on which the next one is expected. Who has not
/// written for two rounds is taken to have stopped.
pub fn regular_bills(bills: &[Bill], today: NaiveDate) -> Vec<RegularBill> {
    let mut by_sender: BTreeMap<(CorrespondentId, DocumentKind), Vec<Bill>> = BTreeMap::new();
    for bill in bills {
        by_sender.entry((bill.sender, bill.kind)).or_default().push(*bill);
    }
    let mut found: Vec<RegularBill> = by_sender.into_values().filter_map(|bills| regular(bills, today)).collect();
    found.sort_by_key(|regular| regular.expected);
    found
}

fn regular(mut bills: Vec<Bill>, today: NaiveDate) -> Option<RegularBill> {
    bills.sort_by_key(|bill| bill.issued);
    bills.dedup_by_key(|bill| bill.issued);
    let last = *bills.last()?;
    let rhythm = Rhythm::ALL.into_iter().find(|rhythm| {
        let recent = &bills[bills.len().saturating_sub(rhythm.wanted().max(4))..];
        recent.len() >= rhythm.wanted() && recent.is_sorted_by(|one, next| follows(*rhythm, one, next))
    })?;
    let recent = bills.iter().rev().take(rhythm.wanted().max(4)).filter_map(|bill| bill.amount);
    let amount = match last.amount {
        Some(newest) => Some(usual(recent.filter(|amount| amount.currency == newest.currency), newest)?),
        None => None,
    };
    let expected = last.issued.checked_add_months(Months::new(rhythm.months()))?;
    let missing_from = expected.checked_add_days(Days::new(rhythm.slack()))?;
    let stopped_from = missing_from.checked_add_months(Months::new(rhythm.months()))?;
    (today < stopped_from).then_some(RegularBill {
        sender: last.sender,
        kind: last.kind,
        rhythm,
        amount,
        last: last.issued,
        expected,
        missing: today > missing_from,
    })
}

/// The middle amount. None where they differ by more than half: different things from one sender.
fn usual(amounts: impl Iterator<Item = Money>, newest: Money) -> Option<Money> {
    let mut amounts: Vec<Decimal> = amounts.map(|amount| amount.amount).collect();
    amounts.sort_unstable();
    let middle = *amounts.get(amounts.len() / 2)?;
    let about_the_same = amounts.iter().all(|amount| (*amount - middle).abs() * Decimal::TWO <= middle.abs());
    about_the_same.then_some(Money { amount: middle, ..newest })
}

fn follows(rhythm: Rhythm, one: &Bill, next: &Bill) -> bool {
    let expected = one.issued.checked_add_months(Months::new(rhythm.months()));
    expected.is_some_and(|expected| (next.issued - expected).num_days().unsigned_abs() <= rhythm.slack())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example::CountingIds;

    fn bills(all: &[(&str, &str)]) -> Vec<Bill> {
        let sender = CorrespondentId::new(&CountingIds::default());
        let bill = |(day, amount): &(&str, &str)| Bill {
            sender,
            kind: DocumentKind::Invoice,
            amount: Some(Money::parse(amount, "EUR").unwrap()),
            issued: day.parse().unwrap(),
        };
        all.iter().map(bill).collect()
    }

    #[track_caller]
    fn check(all: &[(&str, &str)], today: &str, expected: &str) {
        let found = regular_bills(&bills(all), today.parse().unwrap());
        let shown = found.first().map(|it| {
            let missing = if it.missing { " missing" } else { "" };
            format!("{:?} {} {}{missing}", it.rhythm, it.amount.unwrap(), it.expected)
        });
        assert_eq!(shown.as_deref().unwrap_or("none"), expected);
    }

    #[test]
    fn every_month_about_45_euros() {
        let phone = [("2026-08-31", "44.90"), ("2026-09-28", "45.10"), ("2026-10-30", "47.00")];
        check(&phone, "2026-11-20", "Monthly 45.10 EUR 2026-11-30");
        check(&phone, "2026-12-09", "Monthly 45.10 EUR 2026-11-30 missing");
        check(&phone, "2027-03-01", "none");
    }

    #[test]
    fn a_statement_has_a_rhythm_of_its_own_beside_the_bills_of_its_sender_and_needs_no_amount() {
        let mut all = bills(&[("2026-08-31", "5"), ("2026-09-30", "5"), ("2026-10-31", "5")]);
        let as_statement = |bill: &Bill| Bill { kind: DocumentKind::BankStatement, amount: None, ..*bill };
        all.extend(all.clone().iter().map(as_statement));
        let found = regular_bills(&all, "2026-12-10".parse().unwrap());
        let shown: Vec<_> = found.iter().map(|it| (it.kind, it.amount.is_some(), it.missing)).collect();
        assert_eq!(shown, [(DocumentKind::Invoice, true, true), (DocumentKind::BankStatement, false, true)]);
    }

    #[test]
    fn once_a_year_needs_only_two() {
        check(&[("2024-12-02", "120"), ("2025-12-05", "128")], "2026-11-20", "Yearly 128.00 EUR 2026-12-05");
    }

    #[test]
    fn no_rhythm_no_hint() {
        check(&[("2026-09-28", "45"), ("2026-10-30", "45")], "2026-11-20", "none");
        check(&[("2026-08-31", "45"), ("2026-09-03", "45"), ("2026-10-30", "45")], "2026-11-20", "none");
        check(&[("2026-08-31", "45"), ("2026-09-28", "900"), ("2026-10-30", "45")], "2026-11-20", "none");
    }
}
