//! How pressing a task is, with the reasons a person can read.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::DocumentKind;

/// From so many days before its day, a dangerous letter is never less than pressing.
const FLOOR_DAYS: i64 = 14;

/// Four words for how pressing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Urgency {
    /// Some day.
    Low,
    /// This week.
    Medium,
    /// In the next days.
    High,
    /// Now.
    Critical,
}

impl Urgency {
    /// The word at every edge.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
            Self::Critical => "critical",
        }
    }
}

/// A factor of the score.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case", tag = "reason")]
pub enum PriorityReason {
    /// The day has passed.
    Overdue,
    /// Days left, from 0 (today) on.
    DaysLeft {
        /// Whole days until the due date.
        days: u32,
    },
    /// No date is known.
    NoDate,
    /// The kind of document weighs.
    Kind {
        /// Which.
        kind: DocumentKind,
    },
    /// Much money.
    Amount,
    /// A person said so.
    Chosen,
}

/// Score, word and reasons.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Priority {
    /// Time factor × kind factor × amount factor, rounded.
    pub score: u32,
    /// The word for it.
    pub urgency: Urgency,
    /// Why.
    pub reasons: Vec<PriorityReason>,
}

impl Priority {
    /// The word that a person has chosen instead; the score stays as it was worked out.
    pub fn overridden(mut self, chosen: Option<Urgency>) -> Self {
        if let Some(urgency) = chosen {
            self.urgency = urgency;
            self.reasons.push(PriorityReason::Chosen);
        }
        self
    }
}

/// Time factor × kind factor × amount factor (table in the product's description): ≥ 80 critical, ≥ 60 high,
/// ≥ 40 medium. From [`FLOOR_DAYS`] before the day on, and where no day is known, court orders and fines are never below
/// critical, tax and authority deadlines never below high; before that the score decides.
pub fn priority(
    due: Option<NaiveDate>,
    kind: Option<DocumentKind>,
    amount: Option<Decimal>,
    today: NaiveDate,
) -> Priority {
    let mut reasons = Vec::new();
    let days = due.map(|due| (due - today).num_days());
    let time: u32 = match days {
        Some(days) if days < 0 => {
            reasons.push(PriorityReason::Overdue);
            100
        }
        Some(days) => {
            reasons.push(PriorityReason::DaysLeft { days: u32::try_from(days).unwrap_or(u32::MAX) });
            match days {
                0 => 80,
                1 => 60,
                2..=6 => 40,
                _ => 20,
            }
        }
        None => {
            reasons.push(PriorityReason::NoDate);
            20
        }
    };
    // Factors in percent, so that no float decides.
    let kind_percent = match kind {
        Some(k) if k.is_alarming() && k != DocumentKind::AuthorityLetter => 200,
        Some(DocumentKind::Dunning) => 150,
        Some(DocumentKind::Contract) => 130,
        Some(DocumentKind::Invoice | DocumentKind::CorrectedInvoice | DocumentKind::PaymentSlip) => 120,
        Some(_) | None => 100,
    };
    if let (Some(kind), true) = (kind, kind_percent > 100) {
        reasons.push(PriorityReason::Kind { kind });
    }
    let amount_percent = match amount {
        Some(amount) if amount > Decimal::from(500) => 130,
        Some(amount) if amount > Decimal::from(100) => 110,
        Some(_) | None => 100,
    };
    if amount_percent > 100 {
        reasons.push(PriorityReason::Amount);
    }
    let score = (time * kind_percent * amount_percent + 5_000) / 10_000;
    let by_score = match score {
        80.. => Urgency::Critical,
        60.. => Urgency::High,
        40.. => Urgency::Medium,
        _ => Urgency::Low,
    };
    let floor = match kind.filter(|_| days.is_none_or(|days| days <= FLOOR_DAYS)) {
        Some(DocumentKind::CourtOrder | DocumentKind::Fine) => Urgency::Critical,
        Some(DocumentKind::TaxNotice | DocumentKind::AuthorityLetter) => Urgency::High,
        Some(_) | None => Urgency::Low,
    };
    Priority { score, urgency: by_score.max(floor), reasons }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(days: i64, kind: DocumentKind, amount: i64, score: u32, urgency: Urgency) {
        let today: NaiveDate = "2026-11-20".parse().unwrap();
        let due = today + chrono::Duration::days(days);
        let priority = priority(Some(due), Some(kind), Some(Decimal::from(amount)), today);
        assert_eq!((priority.score, priority.urgency), (score, urgency), "{kind:?} in {days} days over {amount}");
    }

    #[test]
    fn score_is_time_times_kind_times_amount() {
        check(-1, DocumentKind::Invoice, 50, 120, Urgency::Critical);
        check(0, DocumentKind::Receipt, 50, 80, Urgency::Critical);
        check(1, DocumentKind::Invoice, 50, 72, Urgency::High);
        check(3, DocumentKind::Dunning, 50, 60, Urgency::High);
        check(3, DocumentKind::Invoice, 150, 53, Urgency::Medium);
        check(30, DocumentKind::Invoice, 600, 31, Urgency::Low);
    }

    #[test]
    fn the_dangerous_kinds_have_a_floor_in_the_last_two_weeks() {
        for (kind, score, floor) in [
            (DocumentKind::CourtOrder, 40, Urgency::Critical),
            (DocumentKind::Fine, 40, Urgency::Critical),
            (DocumentKind::TaxNotice, 40, Urgency::High),
            (DocumentKind::AuthorityLetter, 20, Urgency::High),
        ] {
            check(14, kind, 10, score, floor);
            check(15, kind, 10, score, if score == 40 { Urgency::Medium } else { Urgency::Low });
            let undated = priority(None, Some(kind), None, "2026-11-20".parse().unwrap());
            assert_eq!(undated.urgency, floor, "nobody knows how near it is: {kind:?}");
        }
    }
}
