//! When money should have come in.

use chrono::NaiveDate;

use super::{Deadline, DeadlineRule, civil_code};
use crate::{
    Count, DeadlineContext, Document, DocumentKind, Field, Origin, Period, ShiftDay as _, StartKind, TaskKind,
};

/// Proposed where no day is promised: who owes money is in default 30 days after asking at the latest (BGB § 286 (3)).
const PROPOSED_DAYS: u64 = 30;

/// A credit note or a tax refund is expected money, not a bill: by the day that the letter promises.
pub(super) struct ExpectedMoney;

impl DeadlineRule for ExpectedMoney {
    fn id(&self) -> &'static str {
        "expected_money"
    }

    fn valid_from(&self) -> NaiveDate {
        civil_code()
    }

    fn source(&self) -> &'static str {
        "BGB §§ 187, 188, 271; EStG § 36 (4) for refunds"
    }

    fn derive(&self, mut context: DeadlineContext<'_>) -> Option<Deadline> {
        let document = context.document;
        let amount = document.to_pay()?.value.amount()?;
        let comes = match document.kind {
            DocumentKind::CreditNote | DocumentKind::SelfBilledInvoice => !amount.is_zero(),
            DocumentKind::TaxNotice if is_refund(document) => !amount.is_zero(),
            // A negative amount is owed to the reader.
            DocumentKind::TaxNotice => amount.is_sign_negative() && !amount.is_zero() && !document.is_direct_debit(),
            DocumentKind::Receipt | DocumentKind::BankStatement | DocumentKind::Payslip => false,
            _ => document.likely(Field::AmountDue).is_some() && amount.is_sign_negative() && !amount.is_zero(),
        };
        if !comes {
            return None;
        }
        // The day of an advance is none by which money comes.
        let is_advance = |day| document.instalments().iter().any(|part| Some(part.due) == day);
        let due = document.fact(Field::DueDate).filter(|fact| !is_advance(fact.value.date()));
        let named = due.filter(|fact| fact.origin != Origin::Derived);
        let terms = document.text(Field::PaymentTerms).and_then(|terms| Period::find(&terms));
        let day = match (named.and_then(|fact| fact.value.date()), terms, document.letter_date()) {
            (Some(day), ..) => Some(Count::from(StartKind::Printed, day)),
            (None, Some(period), Some(letter)) => Some(Count::from(StartKind::LetterDate, letter).plus(period)),
            (None, ..) => due.and_then(|fact| fact.value.date()).map(|day| Count::from(StartKind::Printed, day)),
        };
        if day.is_none() {
            let proposed = context.letter_day().plus_days(PROPOSED_DAYS);
            let asked = Count::from(StartKind::Proposed, context.proposed_due(proposed));
            return Some(context.deadline(self.id(), Some(TaskKind::ExpectMoney), Some(asked), None));
        }
        Some(context.deadline(self.id(), Some(TaskKind::ExpectMoney), day.clone(), day))
    }
}

/// Does a tax notice speak of money that the office pays back? It may print the amount without a minus. One that names a
/// day by which to pay is never taken for a refund.
fn is_refund(notice: &Document) -> bool {
    let words = ["erstatt", "guthaben", "ausgezahlt", "zu ihren gunsten", "refund"];
    let terms = notice.text(Field::PaymentTerms).unwrap_or_default().to_lowercase();
    let is_dated = notice.instalments().is_empty() && notice.fact(Field::DueDate).is_some();
    !is_dated && words.iter().any(|word| terms.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Region;
    use crate::tasks::deadlines::tests::check;

    #[test]
    fn money_is_expected_by_the_promised_day() {
        use Field::{AmountDue, DueDate, IssueDate, PaymentTerms};
        let credit = DocumentKind::CreditNote;
        let expect = TaskKind::ExpectMoney;
        let nw = Region::NordrheinWestfalen;
        check(credit, &[(AmountDue, "249.42"), (DueDate, "2024-11-15")], nw, (expect, "2024-11-15", "2024-11-15"));
        let terms = (PaymentTerms, "Wir erstatten den Betrag innerhalb von 5 Bankarbeitstagen.");
        let fields = [(AmountDue, "-64.90"), (IssueDate, "2026-06-11"), terms];
        check(credit, &fields, nw, (expect, "2026-06-18", "2026-06-18"));
        // No day is promised: asked about all the same, thirty days after the letter.
        check(credit, &fields[..2], nw, (expect, "2026-07-11", ""));
    }

    #[test]
    fn a_tax_refund_is_expected_even_where_its_amount_has_no_minus() {
        let terms = (Field::PaymentTerms, "Das Guthaben wird auf Ihr Konto erstattet.");
        let fields = [(Field::AmountDue, "412.00"), (Field::PostingOrLetterDate, "2026-11-02"), terms];
        let notice = crate::example::letter(DocumentKind::TaxNotice, &fields);
        let found = crate::tasks::deadlines::deadlines(
            &notice,
            &crate::example::living_in(Region::Berlin),
            "2026-11-05".parse().unwrap(),
        );
        let tasks: Vec<_> = found.iter().map(|one| one.task.unwrap()).collect();
        assert_eq!(tasks, [TaskKind::Object, TaskKind::ExpectMoney], "nothing to pay");
    }
}
