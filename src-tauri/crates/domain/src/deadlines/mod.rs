//! Deadlines with their derivation. Adding a rule: one file here and one line in [`DEADLINE_RULES`].
//!
//! Engineering, not legal advice. Two days are worked out where counting is uncertain: the *safe* one (earliest
//! reasonable reading, the one reminders are counted from) and the *latest* legal one.

mod appointment;
mod debit;
mod expected_money;
mod objection;
mod payment;

use chrono::{NaiveDate, NaiveTime};

use crate::{Document, Land, TaskKind};

/// A date with its derivation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deadline {
    /// Id of the rule.
    pub rule: &'static str,
    /// What is to be done until then.
    pub task: TaskKind,
    /// The day to act on.
    pub safe: Option<NaiveDate>,
    /// Time of that day, for appointments.
    pub time: Option<NaiveTime>,
    /// The last legal day; none where it is not known or disputed.
    pub latest: Option<NaiveDate>,
    /// The date was proposed, not read.
    pub assumed: bool,
    /// Start, steps and result in one line.
    pub why: String,
}

/// Works out one kind of deadline.
pub trait DeadlineRule: Sync {
    /// Stable id.
    fn id(&self) -> &'static str;
    /// The day from which it holds.
    fn valid_from(&self) -> NaiveDate;
    /// Statute and section.
    fn source(&self) -> &'static str;
    /// The deadline of this document, if the rule is about it.
    fn derive(&self, document: &Document, land: Land) -> Option<Deadline>;
}

/// Every rule; for each kind of task the first one that applies counts.
pub const DEADLINE_RULES: &[&dyn DeadlineRule] = &[
    &objection::Objection,
    &debit::Debit,
    &payment::Payment,
    &expected_money::ExpectedMoney,
    &appointment::Appointment,
];

/// All deadlines of a document.
pub fn deadlines(document: &Document, land: Land) -> Vec<Deadline> {
    let mut found: Vec<Deadline> = Vec::new();
    for rule in DEADLINE_RULES {
        if let Some(deadline) = rule.derive(document, land)
            && !found.iter().any(|other| other.task == deadline.task)
        {
            found.push(deadline);
        }
    }
    found
}

/// The day on which the Civil Code came into force: for rules that have held ever since.
fn civil_code() -> NaiveDate {
    NaiveDate::from_ymd_opt(1900, 1, 1).unwrap_or(NaiveDate::MIN)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example::letter;
    use crate::{DocumentKind, Field, Land};

    /// The task, the safe and the latest day of the only deadline.
    fn check(kind: DocumentKind, fields: &[(Field, &str)], land: Land, expected: (TaskKind, &str, &str)) {
        let found = deadlines(&letter(kind, fields), land);
        let shown: Vec<_> = found
            .iter()
            .map(|deadline| {
                let day = |day: Option<NaiveDate>| day.map_or_else(String::new, |day| day.to_string());
                (deadline.task, day(deadline.safe), day(deadline.latest))
            })
            .collect();
        assert_eq!(shown, [(expected.0, expected.1.to_owned(), expected.2.to_owned())], "{kind:?} {fields:?}");
    }

    #[test]
    fn a_bill_is_paid_on_the_bank_day_before_and_legally_later() {
        use Field::{AmountDue, DueDate, IssueDate, TotalGross};
        let invoice = DocumentKind::Invoice;
        let nw = Land::NordrheinWestfalen;
        // A Saturday: the money moves on Friday, the law gives until Monday (BGB § 193).
        check(invoice, &[(AmountDue, "10"), (DueDate, "2025-10-18")], nw, (TaskKind::Pay, "2025-10-17", "2025-10-20"));
        // New Year's Day is neither a bank day nor a working day.
        check(invoice, &[(AmountDue, "10"), (DueDate, "2025-01-01")], nw, (TaskKind::Pay, "2024-12-31", "2025-01-02"));
        // Epiphany is a holiday in Bavaria, but banks work.
        check(
            invoice,
            &[(AmountDue, "10"), (DueDate, "2025-01-06")],
            Land::Bayern,
            (TaskKind::Pay, "2025-01-06", "2025-01-07"),
        );
        // Without a due date: issue date + 14 days as a proposal; without an amount due: the total.
        check(invoice, &[(TotalGross, "10"), (IssueDate, "2025-04-28")], nw, (TaskKind::Pay, "2025-05-12", ""));
    }

    #[test]
    fn nothing_is_paid_twice_or_for_nothing() {
        use Field::{AmountDue, DebtorIban, DueDate, PaymentMeansCode};
        let nw = Land::NordrheinWestfalen;
        let none = |kind, fields: &[(Field, &str)]| assert_eq!(deadlines(&letter(kind, fields), nw), [], "{fields:?}");
        none(DocumentKind::Invoice, &[(AmountDue, "0.00"), (DueDate, "2025-10-18")]);
        none(DocumentKind::Receipt, &[(AmountDue, "12"), (DueDate, "2025-10-18")]);
        none(DocumentKind::Advertisement, &[(AmountDue, "12"), (DueDate, "2025-10-18")]);
        // By direct debit the money leaves by itself; the day before it must be there.
        let debit = (TaskKind::CheckDebit, "2025-12-31", "2026-01-02");
        check(
            DocumentKind::Invoice,
            &[(AmountDue, "140"), (DueDate, "2026-01-01"), (PaymentMeansCode, "59")],
            nw,
            debit,
        );
        let own_account = (DebtorIban, "DE89370400440532013000");
        check(DocumentKind::Invoice, &[(AmountDue, "140"), (DueDate, "2026-01-02"), own_account], nw, debit);
    }

    #[test]
    fn an_objection_counts_from_the_fictitious_notification() {
        use Field::PostingOrLetterDate;
        let tax = DocumentKind::TaxNotice;
        // Posted before 2025: third day, a Sunday, moved to Monday for taxes; safe without the move (AO §§ 108 (3), 122).
        check(
            tax,
            &[(PostingOrLetterDate, "2024-09-05")],
            Land::Bayern,
            (TaskKind::Object, "2024-10-08", "2024-10-09"),
        );
        // Since 2025: fourth day.
        let authority = DocumentKind::AuthorityLetter;
        check(
            authority,
            &[(PostingOrLetterDate, "2025-10-06")],
            Land::Berlin,
            (TaskKind::Object, "2025-11-10", "2025-11-10"),
        );
        // Whether the fourth day moves off a Sunday is disputed there: no latest day.
        check(
            authority,
            &[(PostingOrLetterDate, "2025-01-22")],
            Land::NordrheinWestfalen,
            (TaskKind::Object, "2025-02-26", ""),
        );
        // Two weeks for a court order, from the letter's day to be safe.
        check(
            DocumentKind::CourtOrder,
            &[(PostingOrLetterDate, "2024-08-22")],
            Land::Sachsen,
            (TaskKind::Object, "2024-09-05", ""),
        );
    }

    #[test]
    fn rules_have_unique_ids_and_name_their_source() {
        let mut ids: Vec<_> = DEADLINE_RULES.iter().map(|rule| rule.id()).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), DEADLINE_RULES.len());
        assert!(DEADLINE_RULES.iter().all(|rule| !rule.source().is_empty() && rule.valid_from() < NaiveDate::MAX));
    }
}
