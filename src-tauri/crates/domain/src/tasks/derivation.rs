//! How a deadline was worked out, as data: two counts with their steps, what was assumed, and what else to know.
//! The interface has the German and English texts for every word here; [`Derivation::why`] is the line for scripts.

use chrono::{Datelike as _, NaiveDate};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Assumed, Period, PeriodUnit, Region};
use crate::{
    ShiftDay as _, bank_day_before, bank_day_on_or_before, day_on_or_after, is_bank_day, working_day_on_or_after,
    working_day_on_or_before,
};

/// The day that a count starts from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum StartKind {
    /// The day that the letter names for what is to be done.
    Printed,
    /// The day of the letter.
    LetterDate,
    /// The day on which the letter came.
    Received,
    /// The day of formal service.
    Served,
    /// The day of posting.
    Posted,
    /// The first day of a contract.
    ContractStart,
    /// The day on which a contract was concluded.
    Concluded,
    /// The last day of a contract's term.
    TermEnd,
    /// The day from which a change holds.
    EffectiveDate,
    /// The last day of validity.
    Expiry,
    /// The day of the debit.
    Debit,
    /// The day of an appointment or event.
    Appointment,
    /// A day that is only proposed.
    Proposed,
}

/// What a step of the calculation does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum StepKind {
    /// A period is added (BGB §§ 187 (1), 188).
    Plus,
    /// The letter counts as notified so many days after posting.
    Notified,
    /// Moved to the next day that is no Saturday, Sunday or holiday (BGB § 193, AO § 108 (3)).
    NextWorkingDay,
    /// To be safe, the last working day not after that.
    WorkingDayBefore,
    /// The last bank day not after that: then the money moves in time.
    BankDay,
    /// The bank day before: then the money has arrived.
    BankDayBefore,
    /// The first bank day not before that.
    NextBankDay,
    /// A term that starts with a day ends (BGB §§ 187 (2), 188).
    TermEnd,
    /// The contract has renewed itself, once or several times.
    Renewed,
    /// The notice has to be with the other side so long before the end; never moved to a later day (BGH III ZR 172/04).
    Notice,
    /// Time for the post.
    Post,
    /// The day before.
    DayBefore,
    /// So long before, to be safe.
    Ahead,
    /// The last day of that month.
    MonthEnd,
}

/// One step of a calculation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CountStep {
    /// What it does.
    pub what: StepKind,
    /// By how much, if it is a period.
    pub period: Option<Period>,
    /// The day it arrives at.
    pub day: NaiveDate,
}

/// Where a count starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CountStart {
    /// Which day that is.
    pub what: StartKind,
    /// The day.
    pub day: NaiveDate,
}

/// A calculation from a start through its steps to a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Count {
    /// Where it starts.
    pub start: CountStart,
    /// The steps; empty when the start is the day.
    pub steps: Vec<CountStep>,
}

/// Something to know about a deadline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Note {
    /// Due at once; default starts 30 days after receipt at the earliest (BGB §§ 271, 286 (3)).
    DueAtOnce,
    /// How much is to be paid was not found: it is in the letter.
    AmountUnknown,
    /// The money must have arrived by that day, not only been sent.
    MustArrive,
    /// Whether the day of notification moves off a weekend is disputed there: no latest day is named.
    Disputed,
    /// The day of service is on the envelope and not on the letter: counted from the letter to be safe.
    ServiceUnknown,
    /// Sending in time is enough.
    SendingCounts,
    /// It must be with the other side by then.
    ArrivalCounts,
    /// The printed notice is longer than the law allows: the law's is enough (BGB § 309 no. 9).
    NoticeTooLong,
    /// The dunning fee is higher than courts mostly accept.
    FeeTooHigh,
    /// A debit can be called back for eight weeks (SEPA Core Rulebook), one without mandate for thirteen months.
    DebitCanBeCalledBack,
    /// A debt-collection or court letter asks for the money of another: check the account before paying.
    CheckPayee,
}

/// A smaller amount for those who pay early.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DiscountDeadline {
    /// Percent off.
    #[ts(type = "string")]
    pub percent: Decimal,
    /// What is to be paid then.
    #[ts(type = "string")]
    pub amount: Decimal,
    /// The day to pay.
    pub safe: Count,
    /// The last day under the later reading: whether BGB § 193 helps for a discount is doubtful.
    pub latest: Count,
}

/// How a deadline was worked out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Derivation {
    /// Id of the rule.
    pub rule: String,
    /// To the day to act on: the earliest reasonable reading.
    pub safe: Option<Count>,
    /// To the last legal day; none where it is not known or disputed.
    pub latest: Option<Count>,
    /// What was taken for granted.
    #[serde(default)]
    pub assumptions: Vec<Assumed>,
    /// What else to know.
    #[serde(default)]
    pub notes: Vec<Note>,
    /// A smaller amount for paying early.
    pub discount: Option<DiscountDeadline>,
}

impl Count {
    /// Starts at a day.
    pub fn from(what: StartKind, day: NaiveDate) -> Self {
        Self { start: CountStart { what, day }, steps: Vec::new() }
    }

    /// The day it has arrived at.
    pub fn day(&self) -> NaiveDate {
        self.steps.last().map_or(self.start.day, |step| step.day)
    }

    fn step(mut self, what: StepKind, period: Option<Period>, day: NaiveDate) -> Self {
        self.steps.push(CountStep { what, period, day });
        self
    }

    /// A step that is only told when it changes the day.
    fn moved(self, what: StepKind, day: NaiveDate) -> Self {
        if day == self.day() { self } else { self.step(what, None, day) }
    }

    /// A period after an event of that day (BGB § 187 (1)).
    pub(crate) fn plus(self, period: Period) -> Self {
        let day = after(self.day(), period);
        self.step(StepKind::Plus, Some(period), day)
    }

    /// Notified so many days after posting.
    pub(crate) fn notified(self, days: u32) -> Self {
        let period = Period::days(days);
        let day = after(self.day(), period);
        self.step(StepKind::Notified, Some(period), day)
    }

    pub(crate) fn next_working_day(self, land: Region) -> Self {
        let day = working_day_on_or_after(self.day(), land);
        self.moved(StepKind::NextWorkingDay, day)
    }

    pub(crate) fn working_day_before(self, land: Region) -> Self {
        let day = working_day_on_or_before(self.day(), land);
        self.moved(StepKind::WorkingDayBefore, day)
    }

    pub(crate) fn bank_day(self) -> Self {
        let day = bank_day_on_or_before(self.day());
        self.moved(StepKind::BankDay, day)
    }

    pub(crate) fn bank_day_before(self) -> Self {
        let day = bank_day_before(self.day());
        self.step(StepKind::BankDayBefore, None, day)
    }

    pub(crate) fn next_bank_day(self) -> Self {
        let day = day_on_or_after(self.day(), is_bank_day);
        self.moved(StepKind::NextBankDay, day)
    }

    /// The last day of a term of months that begins with this day (BGB §§ 187 (2), 188 (2), (3)).
    pub(crate) fn term(self, months: u32) -> Self {
        let day = end_of_term(self.day(), months);
        self.step(StepKind::TermEnd, Some(Period::months(months)), day)
    }

    /// The end after a contract has renewed itself so many times by so many months.
    pub(crate) fn renewed(self, months: u32, times: u32) -> Self {
        if times == 0 {
            return self;
        }
        let months = months.saturating_mul(times);
        let period = Period::months(months);
        let first_day_after = self.day().plus_days(1);
        let day = end_of_term(first_day_after, months);
        self.step(StepKind::Renewed, Some(period), day)
    }

    /// The last day on which a notice can arrive, so long before the end of this day.
    pub(crate) fn notice(self, period: Period) -> Self {
        let first_day_after = self.day().plus_days(1);
        let day = before(first_day_after, period).minus_days(1);
        self.step(StepKind::Notice, Some(period), day)
    }

    /// Time for the post.
    pub(crate) fn post(self, days: u32) -> Self {
        let period = Period::days(days);
        let day = before(self.day(), period);
        self.step(StepKind::Post, Some(period), day)
    }

    pub(crate) fn day_before(self) -> Self {
        let day = self.day().minus_days(1);
        self.step(StepKind::DayBefore, None, day)
    }

    /// So long before, to be safe.
    pub(crate) fn ahead(self, period: Period) -> Self {
        let day = before(self.day(), period);
        self.step(StepKind::Ahead, Some(period), day)
    }

    pub(crate) fn month_end(self) -> Self {
        let day = self.day();
        let end = end_of_term(day.with_day(1).unwrap_or(day), 1);
        self.moved(StepKind::MonthEnd, end)
    }

    fn why(&self) -> String {
        let start = match self.start.what {
            StartKind::Printed => "named",
            StartKind::LetterDate => "letter of",
            StartKind::Received => "received",
            StartKind::Served => "served",
            StartKind::Posted => "posted",
            StartKind::ContractStart => "contract from",
            StartKind::Concluded => "contract concluded on",
            StartKind::TermEnd => "contract ends",
            StartKind::EffectiveDate => "change from",
            StartKind::Expiry => "valid until",
            StartKind::Debit => "debited on",
            StartKind::Appointment => "appointment on",
            StartKind::Proposed => "proposed",
        };
        let mut line = format!("{start} {}", self.start.day);
        for step in &self.steps {
            let period = step.period.map(|period| period.to_string()).unwrap_or_default();
            let (word, after) = match step.what {
                StepKind::Plus => ("+ ", ""),
                StepKind::Notified => ("notified + ", ""),
                StepKind::NextWorkingDay => ("next working day", ""),
                StepKind::WorkingDayBefore => ("working day before", ""),
                StepKind::BankDay => ("bank day", ""),
                StepKind::BankDayBefore => ("bank day before", ""),
                StepKind::NextBankDay => ("next bank day", ""),
                StepKind::TermEnd => ("end of ", ""),
                StepKind::Renewed => ("renewed by ", ""),
                StepKind::Notice => ("", " notice"),
                StepKind::Post => ("", " for the post"),
                StepKind::DayBefore => ("day before", ""),
                StepKind::Ahead => ("", " ahead"),
                StepKind::MonthEnd => ("end of the month", ""),
            };
            line += &format!(", {word}{period}{after} = {}", step.day);
        }
        line
    }
}

impl Derivation {
    /// The calculation in one line of English, for scripts and the history.
    pub fn why(&self) -> String {
        let mut parts = Vec::new();
        if let Some(safe) = &self.safe {
            parts.push(format!("safe: {}", safe.why()));
        }
        if self.latest != self.safe
            && let Some(latest) = &self.latest
        {
            parts.push(format!("latest: {}", latest.why()));
        }
        if parts.is_empty() {
            parts.push("no day is named".to_owned());
        }
        parts.join("; ")
    }
}

/// The last day of a term of months that begins with `first`: the day before the one of the same number, or the month's
/// last day where there is none.
fn end_of_term(first: NaiveDate, months: u32) -> NaiveDate {
    let same = first.plus_months(months);
    if same.day() == first.day() { same.minus_days(1) } else { same }
}

fn after(day: NaiveDate, period: Period) -> NaiveDate {
    match period.unit {
        PeriodUnit::Days => day.plus_days(period.count.into()),
        PeriodUnit::Weeks => day.plus_days(7 * u64::from(period.count)),
        PeriodUnit::Months => day.plus_months(period.count),
        PeriodUnit::Years => day.plus_months(period.count.saturating_mul(12)),
        PeriodUnit::BankDays => bank_days(day, period.count, |day| day_on_or_after(day.plus_days(1), is_bank_day)),
    }
}

fn before(day: NaiveDate, period: Period) -> NaiveDate {
    match period.unit {
        PeriodUnit::Days => day.minus_days(period.count.into()),
        PeriodUnit::Weeks => day.minus_days(7 * u64::from(period.count)),
        PeriodUnit::Months => day.minus_months(period.count),
        PeriodUnit::Years => day.minus_months(period.count.saturating_mul(12)),
        PeriodUnit::BankDays => bank_days(day, period.count, bank_day_before),
    }
}

/// So many bank days from `day`, one `step` at a time; no further than to the end of the calendar.
fn bank_days(mut day: NaiveDate, count: u32, step: impl Fn(NaiveDate) -> NaiveDate) -> NaiveDate {
    for _ in 0..count {
        let next = step(day);
        if next == day {
            break;
        }
        day = next;
    }
    day
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from(day: &str) -> Count {
        Count::from(StartKind::Printed, day.parse().unwrap())
    }

    fn arrives(count: Count, expected: &str) {
        assert_eq!(count.day().to_string(), expected, "{count:?}");
    }

    #[test]
    fn months_end_on_the_same_number_or_on_the_months_last_day() {
        // BGB §§ 187 (1), 188 (2), (3): the day of the event does not count.
        for (start, months, end) in [
            ("2025-01-31", 1, "2025-02-28"),
            ("2024-01-31", 1, "2024-02-29"),
            ("2024-02-29", 12, "2025-02-28"),
            ("2025-11-30", 3, "2026-02-28"),
            ("2025-02-28", 1, "2025-03-28"),
            ("2025-12-15", 1, "2026-01-15"),
        ] {
            arrives(from(start).plus(Period::months(months)), end);
        }
    }

    #[test]
    fn a_term_that_begins_with_a_day_ends_the_day_before_the_same_number() {
        // BGB §§ 187 (2), 188 (2), (3).
        for (first, months, last) in [
            ("2021-10-01", 24, "2023-09-30"),
            ("2024-04-02", 24, "2026-04-01"),
            ("2024-01-31", 1, "2024-02-29"),
            ("2023-01-30", 1, "2023-02-28"),
            ("2024-03-01", 12, "2025-02-28"),
            ("2023-03-01", 12, "2024-02-29"),
            ("2024-02-29", 12, "2025-02-28"),
        ] {
            arrives(from(first).term(months), last);
        }
    }

    #[test]
    fn notice_is_counted_back_from_the_end_of_the_last_day() {
        for (end, period, last) in [
            ("2023-09-30", Period::months(3), "2023-06-30"),
            ("2024-11-30", Period::months(1), "2024-10-31"),
            ("2026-04-01", Period::months(1), "2026-03-01"),
            ("2026-04-30", Period::months(3), "2026-01-31"),
            ("2025-05-31", Period::months(3), "2025-02-28"),
            ("2024-05-31", Period::months(3), "2024-02-29"),
            ("2025-12-31", Period::weeks(6), "2025-11-19"),
        ] {
            arrives(from(end).notice(period), last);
        }
    }

    #[test]
    fn a_contract_renews_itself_from_end_to_end() {
        arrives(from("2023-09-30").renewed(12, 2), "2025-09-30");
        arrives(from("2023-02-28").renewed(12, 1), "2024-02-29");
        assert!(from("2023-09-30").renewed(12, 0).steps.is_empty(), "what does not happen is not told");
    }

    #[test]
    fn bank_days_skip_weekends_and_the_holidays_of_target_only() {
        let five = Period { count: 5, unit: PeriodUnit::BankDays };
        arrives(from("2026-06-11").plus(five), "2026-06-18");
        arrives(from("2026-04-02").plus(Period { count: 1, ..five }), "2026-04-07");
        arrives(from("2026-05-01").next_bank_day(), "2026-05-04");
    }

    #[test]
    fn the_line_tells_start_steps_and_result() {
        let count = from("2025-10-18").next_working_day(Region::Sachsen);
        assert_eq!(count.why(), "named 2025-10-18, next working day = 2025-10-20");
    }
}
