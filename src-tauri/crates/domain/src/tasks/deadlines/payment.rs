//! When a bill is to be paid.

use chrono::NaiveDate;
use rust_decimal::{Decimal, RoundingStrategy};

use super::{Deadline, DeadlineRule, civil_code, notification_days, time_to_object};
use crate::{
    Count, DeadlineContext, DiscountDeadline, Document, DocumentKind, Field, Instalment, LegalAct, Note, Origin,
    Period, ShiftDay as _, StartKind, TaskKind, Value,
};

/// Proposed when no date is printed: default comes 30 days later at the earliest (§ 286 (3)), so 14 days are safe.
const PROPOSED_DAYS: u64 = 14;
/// An instalment that lies so many days before the arrival of the letter is not asked for any more.
const SETTLED_DAYS: i64 = 90;

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
        "BGB §§ 187, 188, 193, 271, 286; TARGET (ECB/2022/8); AO § 224"
    }

    fn derive(&self, context: DeadlineContext<'_>) -> Option<Deadline> {
        wants_payment(context.document).then(|| count(self.id(), context))
    }

    fn derive_all(&self, context: DeadlineContext<'_>) -> Vec<Deadline> {
        if context.document.instalments().is_empty() || !wants_payment(context.document) {
            return self.derive(context).into_iter().collect();
        }
        // Of a bill beside a later payment its own day may be counted from the receipt.
        let counted = |part: &Instalment| {
            let due = context.document.fact(Field::DueDate);
            due.is_some_and(|due| due.origin == Origin::Derived && due.value.date() == Some(part.due))
        };
        let of_part = |part: Instalment| {
            if !counted(&part) {
                return instalment(self.id(), context.clone(), part);
            }
            let mut deadline = count(self.id(), context.clone());
            deadline.amount = Some(part.amount);
            deadline
        };
        open_parts(&context).into_iter().map(of_part).collect()
    }
}

/// The parts of a payment in parts; those long past when the letter came in are settled one way or another, like old post.
pub(super) fn open_parts(context: &DeadlineContext<'_>) -> Vec<Instalment> {
    let came_in = context.received_day();
    let parts = context.document.instalments().iter().copied();
    parts.filter(|part| (came_in - part.due).num_days() <= SETTLED_DAYS).collect()
}

/// One part of a payment in parts: due on its printed day.
pub(super) fn instalment(rule: &'static str, mut context: DeadlineContext<'_>, part: Instalment) -> Deadline {
    let printed = Count::from(StartKind::Printed, part.due);
    let safe = safe(&mut context, printed.clone());
    let land = context.land();
    let mut deadline = context.deadline(rule, Some(TaskKind::Pay), Some(safe), Some(printed.next_working_day(land)));
    deadline.amount = Some(part.amount);
    deadline
}

/// The day to pay on, so that the money moves in time; taxes have to have arrived (AO § 224 (2)).
fn safe(context: &mut DeadlineContext<'_>, due: Count) -> Count {
    if context.document.kind == DocumentKind::TaxNotice || must_arrive(context.document) {
        context.note(Note::MustArrive);
        due.bank_day_before()
    } else {
        due.bank_day()
    }
}

/// Does the letter say that the money has to be there by the day?
fn must_arrive(document: &Document) -> bool {
    let terms = document.text(Field::PaymentTerms).unwrap_or_default().to_lowercase();
    let words = [
        "zahlungseingang",
        "eingegangen",
        "auf unserem konto",
        "eingang bei uns",
        "eingang auf",
        "eingang maßgeb",
        "eingang an",
        "geldeingang",
        "eingeht",
        "eingehen",
        "eingehend",
        "einlang",
        "eingelangt",
        "gutgeschrieben",
        "gutschrift",
        "zur verfügung",
        "reaches us",
        "reach us",
        "credited to",
        "in our account",
        "must have arrived",
    ];
    words.iter().any(|word| terms.contains(word))
}

/// The deadline of a payment under a rule of this id.
pub(super) fn count(rule: &'static str, mut context: DeadlineContext<'_>) -> Deadline {
    let document = context.document;
    if let Some(discount) = discount(&mut context) {
        context.discount(discount);
    }
    if document.to_pay().is_none() {
        context.note(Note::AmountUnknown);
    }
    let said = context.said_due();
    let printed = document.fact(Field::DueDate).and_then(|fact| Some((fact.value.date()?, fact.origin)));
    // "At once" names no day, not even where a person has looked at the letter and found it right.
    let terms = document.text(Field::PaymentTerms).unwrap_or_default().to_lowercase();
    let says_at_once =
        ["sofort", "prompt", "umgehend", "receipt", "immediately"].iter().any(|word| terms.contains(word));
    let is_at_once = |day, origin| document.letter_date() == Some(day) && (origin == Origin::Derived || says_at_once);
    let printed = printed.filter(|(day, origin)| !is_at_once(*day, *origin));
    let is_named = said.is_some() || matches!(printed, Some((_, origin)) if origin != Origin::Derived);
    if !is_named && let Some(day) = once_final(&mut context) {
        let safe = self::safe(&mut context, day);
        // Whether and when it becomes final is not known from the letter.
        return context.deadline(rule, Some(TaskKind::Pay), Some(safe), None);
    }
    let (safe, latest) = match (said, from_receipt(&mut context), printed) {
        (Some(day), ..) => (Count::from(StartKind::Printed, day), Some(Count::from(StartKind::Printed, day))),
        (None, Some((safe, latest)), None | Some((_, Origin::Derived))) => (safe, Some(latest)),
        (None, _, Some((day, _))) => (Count::from(StartKind::Printed, day), Some(Count::from(StartKind::Printed, day))),
        (None, None, None) => {
            context.note(Note::DueAtOnce);
            let day = Count::from(StartKind::Proposed, context.letter_day().plus_days(PROPOSED_DAYS)).bank_day().day();
            let safe = Count::from(StartKind::Proposed, context.proposed_due(day));
            return context.deadline(rule, Some(TaskKind::Pay), Some(safe), None);
        }
    };
    let safe = self::safe(&mut context, safe);
    let land = context.land();
    let latest = latest.map(|latest| latest.next_working_day(land));
    context.deadline(rule, Some(TaskKind::Pay), Some(safe), latest)
}

/// "Two weeks after it has become final": a fine is final at the earliest when the time to object has ended (OWiG §§ 67, 84).
fn once_final(context: &mut DeadlineContext<'_>) -> Option<Count> {
    let terms = context.document.text(Field::PaymentTerms).filter(|_| context.document.kind == DocumentKind::Fine)?;
    let terms = terms.to_lowercase();
    let before = terms.split("rechtskr").next().filter(|before| before.len() < terms.len())?;
    // "Vier Wochen nach Zustellung, also zwei Wochen nach Rechtskraft"
    let own = ["zustellung", "zugang", "bekanntgabe"].iter().filter_map(|word| Some(before.rfind(word)? + word.len()));
    let period = Period::find(before.get(own.max().unwrap_or_default()..)?)?;
    Some(time_to_object(context).plus(period))
}

/// "Within 30 days of receipt": where the terms count from there, to the safe and to the latest day.
fn from_receipt(context: &mut DeadlineContext<'_>) -> Option<(Count, Count)> {
    let terms = context.document.text(Field::PaymentTerms)?;
    let period = Period::find(&terms).filter(|_| runs_from_receipt(&terms))?;
    let is_known = context.known_receipt().is_some();
    let (safe, latest) = context.receipt();
    // What an authority has decided counts as notified on the fourth day.
    let latest = if !is_known && context.document.kind.is_alarming() && terms.to_lowercase().contains("bekanntgabe") {
        let posted = context.posted();
        Count::from(StartKind::Posted, posted).notified(notification_days(posted))
    } else {
        latest
    };
    Some((safe.plus(period), latest.plus(period)))
}

/// Does a printed period run from the receipt of the letter?
pub(super) fn runs_from_receipt(terms: &str) -> bool {
    let terms = terms.to_lowercase();
    // Words that begin so: a "Sachverhalt" is no "Erhalt".
    let starts = ["zugang", "erhalt", "zustellung", "bekanntgabe", "receipt", "receiving"];
    terms.split(|c: char| !c.is_alphanumeric()).any(|word| starts.iter().any(|start| word.starts_with(start)))
}

/// A smaller amount for paying early: "2 % Skonto within 10 days".
fn discount(context: &mut DeadlineContext<'_>) -> Option<DiscountDeadline> {
    let document = context.document;
    let Value::Skonto(terms) = &document.fact(Field::Skonto)?.value else { return None };
    let total = context.money()?;
    let (first, start) = terms.iter().find_map(|term| match (term.date, term.days, document.letter_date()) {
        (Some(day), ..) => Some((term, Count::from(StartKind::Printed, day))),
        (None, Some(days), Some(letter)) => {
            Some((term, Count::from(StartKind::LetterDate, letter).plus(Period::days(days))))
        }
        (None, ..) => None,
    })?;
    let off = first.basis.unwrap_or(total) * first.percent / Decimal::ONE_HUNDRED;
    let land = context.land();
    Some(DiscountDeadline {
        percent: first.percent,
        amount: (total - off).round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero),
        safe: start.clone().bank_day(),
        latest: start.next_working_day(land),
    })
}

/// Does a letter of a kind that need not ask for money name an amount to pay and the day by which? Where the money goes is
/// often said on another page.
fn asks_by_its_words(document: &Document) -> bool {
    let may = match document.kind {
        DocumentKind::Letter
        | DocumentKind::Other
        | DocumentKind::Contract
        | DocumentKind::InsurancePolicy
        | DocumentKind::PriceIncrease
        | DocumentKind::Appointment
        | DocumentKind::MaintenanceReport
        | DocumentKind::DeliveryNote
        | DocumentKind::IdentityDocument
        | DocumentKind::CancellationConfirmation
        | DocumentKind::PickupNotice => true,
        // What is paid, only tells, or looks like a bill and is none.
        DocumentKind::Receipt
        | DocumentKind::CreditNote
        | DocumentKind::SelfBilledInvoice
        | DocumentKind::AccountingInfo
        | DocumentKind::Payslip
        | DocumentKind::BankStatement
        | DocumentKind::Prescription
        | DocumentKind::Warranty
        | DocumentKind::Publication
        | DocumentKind::Advertisement => false,
        DocumentKind::Invoice
        | DocumentKind::CorrectedInvoice
        | DocumentKind::PaymentSlip
        | DocumentKind::Dunning
        | DocumentKind::CourtOrder
        | DocumentKind::Fine
        | DocumentKind::TaxNotice
        | DocumentKind::AuthorityLetter
        | DocumentKind::OrderConfirmation
        | DocumentKind::EventRegistration => true,
    };
    // The first premium is the total of a policy.
    let total = document.kind == DocumentKind::InsurancePolicy && document.fact(Field::AmountDue).is_none();
    let amount = if total { Field::TotalGross } else { Field::AmountDue };
    may && (document.likely(amount).is_some() && document.likely(Field::DueDate).is_some() || is_said(document))
}

/// Whether a person has said how much is to be paid, or by when: the question whether the letter asks for it is answered.
fn is_said(document: &Document) -> bool {
    let said = |field| document.fact(field).is_some_and(|fact| fact.origin == Origin::User);
    said(Field::AmountDue) || said(Field::DueDate)
}

fn wants_payment(document: &Document) -> bool {
    let by_its_words = asks_by_its_words(document);
    let may_ask = match document.kind {
        DocumentKind::TaxNotice | DocumentKind::OrderConfirmation | DocumentKind::EventRegistration => true,
        // A decision about a fee names an account; others only speak of money.
        DocumentKind::AuthorityLetter => document.fact(Field::Iban).is_some(),
        _ => by_its_words,
    };
    let said = by_its_words && !document.kind.is_alarming() && is_said(document);
    let dated = may_ask && (document.date(Field::DueDate).is_some() || said);
    let asks = document.kind.asks_for_money() || dated;
    // A bailiff summons the debtor in case the money does not come by the day that the letter prints.
    let is_printed = |fact: &crate::Fact| fact.origin != Origin::Derived;
    let is_named =
        document.likely(Field::DueDate).is_some_and(is_printed) && document.likely(Field::AmountDue).is_some();
    let demands = is_named && document.fact(Field::Iban).is_some();
    let decided = match document.legal_act() {
        // A hearing only announces a fine.
        Some(LegalAct::Hearing | LegalAct::Discontinuation | LegalAct::Inheritance) => false,
        Some(LegalAct::Summons) => is_named,
        // A court order is answered, not simply paid.
        Some(LegalAct::PaymentOrder | LegalAct::EnforcementOrder) => document.kind != DocumentKind::CourtOrder,
        Some(LegalAct::Fine | LegalAct::Warning | LegalAct::Dismissal | LegalAct::Decision) | None => {
            document.kind != DocumentKind::CourtOrder || demands
        }
    };
    asks && decided && wants_money(document)
}

/// Is there something left to pay that will not be debited? How much need not be known where the kind of letter asks
/// for money.
pub(super) fn wants_money(document: &Document) -> bool {
    let left = match document.to_pay().and_then(|fact| fact.value.amount()) {
        // What is paid back now does not end the advances of the years to come.
        Some(_) if !document.instalments().is_empty() => true,
        Some(amount) => amount.is_sign_positive() && !amount.is_zero(),
        None => document.kind.asks_for_money() || is_said(document),
    };
    left && !document.is_direct_debit()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Region;
    use crate::tasks::deadlines::tests::{check, derive};

    #[test]
    fn a_bill_is_paid_on_the_bank_day_before_and_legally_later() {
        use Field::{AmountDue, DueDate, IssueDate, TotalGross};
        let invoice = DocumentKind::Invoice;
        let nw = Region::NordrheinWestfalen;
        for (due, land, safe, latest) in [
            // A Saturday: the money moves on Friday, the law gives until Monday (BGB § 193).
            ("2025-10-18", nw, "2025-10-17", "2025-10-20"),
            // New Year's Day is neither a bank day nor a working day.
            ("2025-01-01", nw, "2024-12-31", "2025-01-02"),
            // Epiphany is a holiday in Bavaria, but banks work.
            ("2025-01-06", Region::Bayern, "2025-01-06", "2025-01-07"),
            // Good Friday: back to Thursday, on to Tuesday after Easter.
            ("2026-04-03", nw, "2026-04-02", "2026-04-07"),
            // Corpus Christi, a Thursday, is a holiday in some Länder only.
            ("2026-06-04", nw, "2026-06-04", "2026-06-05"),
            ("2026-06-04", Region::Berlin, "2026-06-04", "2026-06-04"),
        ] {
            check(invoice, &[(AmountDue, "10"), (DueDate, due)], land, (TaskKind::Pay, safe, latest));
        }
        // Without a due date: issue date + 14 days as a proposal; without an amount due: the total.
        check(invoice, &[(TotalGross, "10"), (IssueDate, "2025-04-28")], nw, (TaskKind::Pay, "2025-05-12", ""));
    }

    #[test]
    fn a_summons_of_a_bailiff_asks_for_the_money_as_well() {
        use Field::{AmountDue, AppointmentStart, DueDate, Iban, LegalAct as Act};
        let of = |fields: &[(Field, &str)]| {
            let letter = crate::example::letter(DocumentKind::CourtOrder, fields);
            let living = crate::example::living_in(Region::Berlin);
            let found = crate::tasks::deadlines::deadlines(&letter, &living, "2026-09-11".parse().unwrap());
            found.iter().filter_map(|one| one.task).collect::<Vec<_>>()
        };
        let summons = [(Act, "Ladung"), (AppointmentStart, "2026-10-06T10:30"), (AmountDue, "551.20")];
        let account = [(DueDate, "2026-09-24"), (Iban, "DE89370400440532013000")];
        let mut both = of(&[&summons[..], &account].concat());
        both.sort();
        assert_eq!(both, [TaskKind::Pay, TaskKind::Attend]);
        assert_eq!(of(&summons), [TaskKind::Attend]);
    }

    #[test]
    fn a_bill_that_hides_its_amount_or_its_date_is_still_to_be_paid() {
        use Field::{AmountDue, DueDate};
        let bill =
            |fields: &[(Field, &str)]| derive(&crate::example::letter(DocumentKind::Invoice, fields), Region::Berlin);
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
            let found = crate::tasks::deadlines::deadlines(
                &letter,
                &crate::example::living_in(Region::Berlin),
                "2026-11-20".parse().unwrap(),
            );
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
            let found = derive(letter, Region::Bayern);
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
        let discount = derive(&letter, Region::Sachsen).derivation.discount.unwrap();
        assert_eq!(discount.amount.to_string(), "690.98");
        // 28 September 2025 is a Sunday.
        let days = (discount.safe.day().to_string(), discount.latest.day().to_string());
        assert_eq!(days, ("2025-09-26".to_owned(), "2025-09-29".to_owned()));
    }

    #[test]
    fn a_decision_about_a_fee_is_paid_and_can_be_objected_to() {
        let fields = [
            (Field::LegalAct, "Bescheid"),
            (Field::PostingOrLetterDate, "2025-10-06"),
            (Field::AmountDue, "42.00"),
            (Field::DueDate, "2025-11-15"),
            (Field::Iban, "DE89370400440532013000"),
        ];
        let tasks = |fields: &[(Field, &str)]| -> Vec<_> {
            let letter = crate::example::letter(DocumentKind::AuthorityLetter, fields);
            let found = crate::tasks::deadlines::deadlines(
                &letter,
                &crate::example::living_in(Region::Berlin),
                "2025-10-09".parse().unwrap(),
            );
            found.iter().map(|one| one.task.unwrap().as_str()).collect()
        };
        assert_eq!(tasks(&fields), ["object", "pay"]);
        assert_eq!(tasks(&fields[..4]), ["object"]);
    }

    #[test]
    fn a_letter_that_asks_by_its_words_is_paid_whatever_its_kind_and_only_if_that_is_likely() {
        use Field::{AmountDue, DueDate};
        let fields = [(AmountDue, "89.00"), (DueDate, "2025-10-17")];
        for kind in [DocumentKind::InsurancePolicy, DocumentKind::Letter, DocumentKind::Contract] {
            let mut letter = crate::example::letter(kind, &fields);
            let pays = |letter: &Document| {
                let found = crate::tasks::deadlines::deadlines(
                    letter,
                    &crate::example::living_in(Region::Berlin),
                    "2025-10-01".parse().unwrap(),
                );
                found.iter().any(|one| one.task == Some(TaskKind::Pay))
            };
            assert!(pays(&letter), "{kind:?}");
            letter.facts[1].confidence = 0.4;
            assert!(!pays(&letter), "{kind:?}");
        }
    }

    #[test]
    fn what_a_person_says_that_a_letter_asks_for_is_paid_with_only_an_amount_or_only_a_day() {
        use Field::{AmountDue, DueDate, IssueDate};
        let issued = (IssueDate, "2025-10-01");
        let planned = |fields: &[(Field, &str)], is_said: bool| {
            let mut letter = crate::example::letter(DocumentKind::Letter, fields);
            letter.facts[1].origin = if is_said { Origin::User } else { Origin::Text };
            let living = crate::example::living_in(Region::Berlin);
            let found = crate::tasks::deadlines::deadlines(&letter, &living, "2025-10-01".parse().unwrap());
            found
                .iter()
                .find(|one| one.task == Some(TaskKind::Pay))
                .map(|one| (one.safe().unwrap().to_string(), one.is_assumed()))
        };
        assert_eq!(planned(&[issued, (AmountDue, "89.00")], false), None);
        assert_eq!(planned(&[issued, (AmountDue, "89.00")], true), Some(("2025-10-15".to_owned(), true)));
        assert_eq!(planned(&[issued, (DueDate, "2025-10-17")], false), None);
        assert_eq!(planned(&[issued, (DueDate, "2025-10-17")], true), Some(("2025-10-17".to_owned(), false)));
    }

    #[test]
    fn nothing_is_paid_twice_or_for_nothing() {
        use Field::{AmountDue, DueDate};
        for (kind, amount) in
            [(DocumentKind::Invoice, "0.00"), (DocumentKind::Advertisement, "12"), (DocumentKind::CourtOrder, "12")]
        {
            let letter = crate::example::letter(kind, &[(AmountDue, amount), (DueDate, "2025-10-18")]);
            let found = crate::tasks::deadlines::deadlines(
                &letter,
                &crate::example::living_in(Region::Berlin),
                "2025-10-01".parse().unwrap(),
            );
            assert!(found.iter().all(|one| one.task != Some(TaskKind::Pay)), "{kind:?}");
        }
    }

    /// 22:30 in UTC is half past midnight in Berlin in summer: the letter came on the day of the calendar on the wall.
    #[test]
    fn a_bill_without_a_day_that_comes_shortly_after_midnight_counts_from_that_day() {
        let mut bill = crate::example::letter(DocumentKind::Invoice, &[(Field::AmountDue, "10.00")]);
        bill.received_at = "2026-07-14T22:30:00Z".parse().unwrap();
        let living = crate::example::living_in(Region::Berlin);
        let found = crate::tasks::deadlines::deadlines(&bill, &living, "2026-07-15".parse().unwrap());
        let start = found[0].derivation.safe.as_ref().unwrap().start;
        assert_eq!(start.day, "2026-07-29".parse().unwrap(), "14 days from the 15th");
    }

    /// 90 days after its day an instalment is still asked for, after 91 it is not: counted from the person's day.
    #[test]
    fn an_instalment_that_is_long_past_is_seen_from_the_day_on_which_the_letter_came_in_here() {
        let count = |received: &str| {
            let part = |day: &str| Instalment { due: day.parse().unwrap(), amount: Decimal::from(100) };
            let fields =
                [(Field::AmountDue, "100"), (Field::DueDate, "2026-04-16"), (Field::Iban, "DE89370400440532013000")];
            let mut plan = crate::example::letter(DocumentKind::AuthorityLetter, &fields);
            plan.received_at = received.parse().unwrap();
            plan.facts.push(crate::Fact {
                field: Field::Instalments,
                value: Value::Instalments(vec![part("2026-04-16"), part("2026-08-17")]),
                ..crate::example::fact(Field::AmountDue, "1")
            });
            let living = crate::example::living_in(Region::Berlin);
            let found = crate::tasks::deadlines::deadlines(&plan, &living, "2026-07-20".parse().unwrap());
            found.iter().filter(|one| one.task == Some(TaskKind::Pay)).count()
        };
        assert_eq!(count("2026-07-15T21:30:00Z"), 2, "half past eleven in the evening of the 15th: day 90");
        assert_eq!(count("2026-07-15T22:30:00Z"), 1, "half past midnight of the 16th: day 91");
    }
}
