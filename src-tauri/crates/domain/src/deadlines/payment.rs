//! When a bill is to be paid.

use chrono::{Days, NaiveDate};
use rust_decimal::{Decimal, RoundingStrategy};

use super::{Deadline, DeadlineRule, civil_code};
use crate::{
    Count, DiscountDeadline, Document, DocumentKind, Field, Instalment, LegalAct, Note, Origin, Period, Premises,
    StartKind, TaskKind, Value,
};

/// Proposed when no date is printed: default comes 30 days later at the earliest (§ 286 (3)), so 14 days are safe.
const PROPOSED_DAYS: u64 = 14;
/// An instalment that lies so many days before the arrival of the letter is not asked for any more.
const SETTLED_DAYS: i64 = 30;

/// Payment of a bill: due on the printed or counted day, moved off weekends and holidays; safe on the bank day before.
pub(super) struct Payment;

impl DeadlineRule for Payment {
    fn id(&self) -> &'static str {
        "payment"
    }

    fn valid_from(&self) -> NaiveDate {
        civil_code()
    }

    fn source(&self) -> &'static str {
        "BGB §§ 187, 188, 193, 271, 286; TARGET calendar of the ECB; AO § 224 for taxes"
    }

    fn derive(&self, premises: Premises<'_>) -> Option<Deadline> {
        wants_payment(premises.document).then(|| count(self.id(), premises))
    }

    fn derive_all(&self, premises: Premises<'_>) -> Vec<Deadline> {
        let parts = premises.document.instalments();
        if parts.is_empty() || !wants_payment(premises.document) {
            return self.derive(premises).into_iter().collect();
        }
        // Those long past when the letter came in are settled one way or another, like old post.
        let came_in = premises.document.received_at.date_naive();
        let open = parts.iter().filter(|part| (came_in - part.due).num_days() <= SETTLED_DAYS);
        open.map(|part| instalment(self.id(), premises.clone(), *part)).collect()
    }
}

/// One part of a payment in parts: due on its printed day.
fn instalment(rule: &'static str, mut premises: Premises<'_>, part: Instalment) -> Deadline {
    let printed = Count::from(StartKind::Printed, part.due);
    let safe = safe(&mut premises, printed.clone());
    let land = premises.land();
    let mut deadline = premises.deadline(rule, Some(TaskKind::Pay), Some(safe), Some(printed.next_working_day(land)));
    deadline.amount = Some(part.amount);
    deadline
}

/// The day to pay on, so that the money moves in time; taxes have to have arrived (AO § 224 (2)).
fn safe(premises: &mut Premises<'_>, due: Count) -> Count {
    if premises.document.kind == DocumentKind::TaxNotice {
        premises.note(Note::MustArrive);
        due.bank_day_before()
    } else {
        due.bank_day()
    }
}

/// The deadline of a payment under a rule of this id.
pub(super) fn count(rule: &'static str, mut premises: Premises<'_>) -> Deadline {
    let document = premises.document;
    if let Some(discount) = discount(&mut premises) {
        premises.discount(discount);
    }
    if document.to_pay().is_none() {
        premises.note(Note::AmountUnknown);
    }
    let said = premises.said_due();
    let printed = document.fact(Field::DueDate).and_then(|fact| Some((fact.value.date()?, fact.origin)));
    let (safe, latest) = match (said, from_receipt(&mut premises), printed) {
        (Some(day), ..) => (Count::from(StartKind::Printed, day), Some(Count::from(StartKind::Printed, day))),
        (None, Some((safe, latest)), None | Some((_, Origin::Derived))) => (safe, Some(latest)),
        (None, _, Some((day, _))) => (Count::from(StartKind::Printed, day), Some(Count::from(StartKind::Printed, day))),
        (None, None, None) => {
            premises.note(Note::DueAtOnce);
            let day =
                Count::from(StartKind::Proposed, premises.letter_day() + Days::new(PROPOSED_DAYS)).bank_day().day();
            let safe = Count::from(StartKind::Proposed, premises.proposed_due(day));
            return premises.deadline(rule, Some(TaskKind::Pay), Some(safe), None);
        }
    };
    let safe = self::safe(&mut premises, safe);
    let land = premises.land();
    // "Two weeks after it has become final": that day is not known from the letter.
    let terms = document.text(Field::PaymentTerms).unwrap_or_default().to_lowercase();
    let is_open =
        terms.contains("rechtskraft") && matches!(printed, None | Some((_, Origin::Derived))) && said.is_none();
    let latest = latest.filter(|_| !is_open).map(|latest| latest.next_working_day(land));
    premises.deadline(rule, Some(TaskKind::Pay), Some(safe), latest)
}

/// "Within 30 days of receipt": where the terms count from there, to the safe and to the latest day.
fn from_receipt(premises: &mut Premises<'_>) -> Option<(Count, Count)> {
    let terms = premises.document.text(Field::PaymentTerms)?;
    let period = Period::find(&terms).filter(|_| runs_from_receipt(&terms))?;
    let (safe, latest) = premises.receipt();
    Some((safe.plus(period), latest.plus(period)))
}

/// Does a printed period run from the receipt of the letter?
pub(super) fn runs_from_receipt(terms: &str) -> bool {
    let terms = terms.to_lowercase();
    ["zugang", "erhalt", "zustellung", "bekanntgabe", "receipt", "receiving"].iter().any(|word| terms.contains(word))
}

/// A smaller amount for paying early: "2 % Skonto within 10 days".
fn discount(premises: &mut Premises<'_>) -> Option<DiscountDeadline> {
    let document = premises.document;
    let Value::Skonto(terms) = &document.fact(Field::Skonto)?.value else { return None };
    let total = premises.money()?;
    let (first, start) = terms.iter().find_map(|term| match (term.date, term.days, document.letter_date()) {
        (Some(day), ..) => Some((term, Count::from(StartKind::Printed, day))),
        (None, Some(days), Some(letter)) => {
            Some((term, Count::from(StartKind::LetterDate, letter).plus(Period::days(days))))
        }
        (None, ..) => None,
    })?;
    let off = first.basis.unwrap_or(total) * first.percent / Decimal::ONE_HUNDRED;
    let land = premises.land();
    Some(DiscountDeadline {
        percent: first.percent,
        amount: (total - off).round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero),
        safe: start.clone().bank_day(),
        latest: start.next_working_day(land),
    })
}

fn wants_payment(document: &Document) -> bool {
    let may_ask = match document.kind {
        DocumentKind::TaxNotice | DocumentKind::OrderConfirmation | DocumentKind::EventRegistration => true,
        // A decision about a fee names an account; others only speak of money.
        DocumentKind::AuthorityLetter => document.fact(Field::Iban).is_some(),
        _ => false,
    };
    let dated = may_ask && document.date(Field::DueDate).is_some();
    let asks = document.kind.asks_for_money() || dated;
    // A court order is answered, not simply paid; a hearing only announces a fine.
    let decided = document.kind != DocumentKind::CourtOrder && document.legal_act() != Some(LegalAct::Hearing);
    asks && decided && wants_money(document)
}

/// Is there something left to pay that will not be debited? How much need not be known where the kind of letter asks
/// for money.
pub(super) fn wants_money(document: &Document) -> bool {
    let left = match document.to_pay().and_then(|fact| fact.value.amount()) {
        Some(amount) => amount.is_sign_positive() && !amount.is_zero(),
        None => document.kind.asks_for_money(),
    };
    left && !document.is_direct_debit()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Land;
    use crate::deadlines::tests::{check, derive};

    #[test]
    fn a_bill_is_paid_on_the_bank_day_before_and_legally_later() {
        use Field::{AmountDue, DueDate, IssueDate, TotalGross};
        let invoice = DocumentKind::Invoice;
        let nw = Land::NordrheinWestfalen;
        for (due, land, safe, latest) in [
            // A Saturday: the money moves on Friday, the law gives until Monday (BGB § 193).
            ("2025-10-18", nw, "2025-10-17", "2025-10-20"),
            // New Year's Day is neither a bank day nor a working day.
            ("2025-01-01", nw, "2024-12-31", "2025-01-02"),
            // Epiphany is a holiday in Bavaria, but banks work.
            ("2025-01-06", Land::Bayern, "2025-01-06", "2025-01-07"),
            // Good Friday: back to Thursday, on to Tuesday after Easter.
            ("2026-04-03", nw, "2026-04-02", "2026-04-07"),
            // Corpus Christi, a Thursday, is a holiday in some Länder only.
            ("2026-06-04", nw, "2026-06-04", "2026-06-05"),
            ("2026-06-04", Land::Berlin, "2026-06-04", "2026-06-04"),
        ] {
            check(invoice, &[(AmountDue, "10"), (DueDate, due)], land, (TaskKind::Pay, safe, latest));
        }
        // Without a due date: issue date + 14 days as a proposal; without an amount due: the total.
        check(invoice, &[(TotalGross, "10"), (IssueDate, "2025-04-28")], nw, (TaskKind::Pay, "2025-05-12", ""));
    }

    #[test]
    fn a_bill_that_hides_its_amount_or_its_date_is_still_to_be_paid() {
        use Field::{AmountDue, DueDate};
        let bill =
            |fields: &[(Field, &str)]| derive(&crate::example::letter(DocumentKind::Invoice, fields), Land::Berlin);
        let no_amount = bill(&[(DueDate, "2026-12-11")]);
        assert_eq!((no_amount.task, no_amount.derivation.notes), (Some(TaskKind::Pay), vec![Note::AmountUnknown]));
        // Not even the day of the letter is known: counted from the day on which it came in.
        let no_date = bill(&[(AmountDue, "10")]);
        assert_eq!(no_date.safe().map(|day| day.to_string()).as_deref(), Some("2026-12-04"));
        assert!(no_date.is_assumed(), "a proposal, shown as a question");
    }

    #[test]
    fn each_instalment_has_its_day_and_what_was_past_when_the_letter_came_is_not_asked_for() {
        let parts = |days: &[&str]| {
            let part = |day: &&str| Instalment { due: day.parse().unwrap(), amount: Decimal::from(100) };
            let fields =
                [(Field::AmountDue, "100"), (Field::DueDate, days[0]), (Field::Iban, "DE89370400440532013000")];
            let mut letter = crate::example::letter(DocumentKind::AuthorityLetter, &fields);
            letter.facts.push(crate::Fact {
                field: Field::Instalments,
                value: Value::Instalments(days.iter().map(part).collect()),
                ..crate::example::fact(Field::AmountDue, "1")
            });
            let found = crate::deadlines::deadlines(&letter, Land::Berlin, "2026-11-20".parse().unwrap());
            let paid = found.iter().filter(|one| one.task == Some(TaskKind::Pay));
            paid.map(|one| (one.safe().unwrap().to_string(), one.amount)).collect::<Vec<_>>()
        };
        let hundred = |day: &str| (day.to_owned(), Some(Decimal::from(100)));
        // The letter came in on 20 November; 15 May 2027 is a Saturday.
        let expected = [hundred("2026-11-13"), hundred("2027-02-15"), hundred("2027-05-14")];
        assert_eq!(parts(&["2026-08-15", "2026-11-15", "2027-02-15", "2027-05-15"]), expected);
        assert_eq!(parts(&["2026-12-01"]), [("2026-12-01".to_owned(), None)], "one row is no plan");
    }

    #[test]
    fn a_period_from_receipt_starts_three_days_after_the_letter_or_when_a_person_says() {
        let mut letter = crate::example::letter(
            DocumentKind::Invoice,
            &[
                (Field::AmountDue, "101.59"),
                (Field::IssueDate, "2024-05-06"),
                (Field::PaymentTerms, "Der Betrag ist innerhalb von 30 Tagen nach Zugang dieser Rechnung zahlbar."),
            ],
        );
        let days = |letter: &Document| {
            let found = derive(letter, Land::Bayern);
            (found.safe().unwrap().to_string(), found.latest().unwrap().to_string())
        };
        // 9 May + 30 days is a Saturday.
        assert_eq!(days(&letter), ("2024-06-05".to_owned(), "2024-06-10".to_owned()));
        letter.assumptions = vec![crate::Assumption::Received("2024-05-14".parse().unwrap())];
        assert_eq!(days(&letter), ("2024-06-13".to_owned(), "2024-06-13".to_owned()));
    }

    #[test]
    fn a_discount_is_a_second_amount_with_its_own_day() {
        let mut letter = crate::example::letter(
            DocumentKind::Invoice,
            &[(Field::AmountDue, "705.08"), (Field::IssueDate, "2025-09-18"), (Field::DueDate, "2025-10-18")],
        );
        let percent = Decimal::TWO;
        let terms = vec![crate::Skonto { percent, days: Some(10), date: None, basis: None }];
        letter.facts.push(crate::Fact {
            field: Field::Skonto,
            value: Value::Skonto(terms),
            ..crate::example::fact(Field::AmountDue, "1")
        });
        let discount = derive(&letter, Land::Sachsen).derivation.discount.unwrap();
        assert_eq!(discount.amount.to_string(), "690.98");
        // 28 September 2025 is a Sunday.
        let days = (discount.safe.day().to_string(), discount.latest.day().to_string());
        assert_eq!(days, ("2025-09-26".to_owned(), "2025-09-29".to_owned()));
    }

    #[test]
    fn a_decision_about_a_fee_is_paid_and_can_be_objected_to() {
        let fields = [
            (Field::PostingOrLetterDate, "2025-10-06"),
            (Field::AmountDue, "42.00"),
            (Field::DueDate, "2025-11-15"),
            (Field::Iban, "DE89370400440532013000"),
        ];
        let tasks = |fields: &[(Field, &str)]| -> Vec<_> {
            let letter = crate::example::letter(DocumentKind::AuthorityLetter, fields);
            let found = crate::deadlines::deadlines(&letter, Land::Berlin, "2025-10-09".parse().unwrap());
            found.iter().map(|one| one.task.unwrap().as_str()).collect()
        };
        assert_eq!(tasks(&fields), ["object", "pay"]);
        assert_eq!(tasks(&fields[..3]), ["object"]);
    }

    #[test]
    fn nothing_is_paid_twice_or_for_nothing() {
        use Field::{AmountDue, DueDate};
        for (kind, amount) in [
            (DocumentKind::Invoice, "0.00"),
            (DocumentKind::Advertisement, "12"),
            (DocumentKind::Contract, "12"),
            (DocumentKind::CourtOrder, "12"),
        ] {
            let letter = crate::example::letter(kind, &[(AmountDue, amount), (DueDate, "2025-10-18")]);
            let found = crate::deadlines::deadlines(&letter, Land::Berlin, "2025-10-01".parse().unwrap());
            assert!(found.iter().all(|one| one.task != Some(TaskKind::Pay)), "{kind:?}");
        }
    }
}
