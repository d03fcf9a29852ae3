//! The gate: is everything that matters proven, or should a person look?

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::tasks::deadlines::deadlines;
use crate::{
    Assumption, Check, Document, DocumentId, DocumentKind, Fact, FailureCode, Field, Money, Origin, Preferences,
    Problem, TaskKind, today,
};

/// Below this a value is a question. Measured on letters of authors left out of what was learned (`train folds`): of the
/// values between these and three quarters nine in ten were right, of those below about half.
fn sure_enough(field: Field) -> f32 {
    match field {
        // An unlabelled day at the head of a letter; nothing is paid by it.
        Field::IssueDate => 0.45,
        Field::RespondBy | Field::CancelBy | Field::RedeemBy | Field::NextDueDate | Field::DirectDebitDate => 0.6,
        Field::DueDate | Field::AmountDue | Field::AppointmentStart => 0.66,
        // No task rests on the name alone.
        Field::SellerName => 0.5,
        _ => 0.75,
    }
}

/// From this a value may be meant, where no task answers it. An hour beside a day is often only when something was written
/// or measured.
fn possible(field: Field) -> f32 {
    if field == Field::AppointmentStart { 0.5 } else { 0.35 }
}

/// Below this the kind is a question.
const KIND_SURE_ENOUGH: f32 = 0.6;

/// A reason to have a person look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case", tag = "doubt")]
pub enum Doubt {
    /// It is not clear what it is.
    Kind,
    /// A court order, fine, tax or authority letter: always confirmed by a person.
    Alarming,
    /// A wanted field was not found.
    Missing {
        /// Which.
        field: Field,
    },
    /// A field was found, but not surely.
    Unsure {
        /// Which.
        field: Field,
    },
    /// The picture of a page should be taken again.
    Picture {
        /// The page, counted from 1.
        page: u32,
        /// What is wrong with it.
        fault: PictureFault,
    },
    /// The file seems to hold several letters.
    SeveralLetters {
        /// Where the next one begins, counted from 1.
        page: u32,
    },
    /// Its pages seem to lie in the wrong order.
    PageOrder,
    /// Another picture seems to show a further part of the same paper.
    FurtherPart {
        /// The document of that picture.
        other: DocumentId,
    },
    /// A task that it has already would be for another day, as it is read now.
    TaskMoves {
        /// What is to be done.
        task: TaskKind,
        /// Its day.
        from: Option<NaiveDate>,
        /// The day by what is read now.
        to: Option<NaiveDate>,
    },
    /// A task that it has already would be about another amount, as it is read now.
    TaskAmount {
        /// What is to be done.
        task: TaskKind,
        /// Its amount.
        from: Option<Money>,
        /// The amount by what is read now.
        to: Option<Money>,
    },
    /// A task that it has already would not be made, as it is read now.
    TaskGoes {
        /// What is to be done.
        task: TaskKind,
    },
}

/// What is wrong with the picture of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PictureFault {
    /// Lines go on beyond its edge.
    CutOff,
    /// There was too little light.
    Dark,
    /// It is out of focus, moved, or taken from too far away.
    Blurred,
}

impl PictureFault {
    fn of(code: FailureCode) -> Option<Self> {
        match code {
            FailureCode::PictureCutOff => Some(Self::CutOff),
            FailureCode::PictureDark => Some(Self::Dark),
            FailureCode::PictureBlurred => Some(Self::Blurred),
            _ => None,
        }
    }
}

/// What the gate says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Gate {
    /// Everything wanted is proven or above its threshold.
    Accept,
    /// A person should look, for these reasons.
    Review(Vec<Doubt>),
}

/// Fields without which a document of this kind cannot be planned.
fn wanted(document: &Document) -> &'static [Field] {
    match document.kind {
        DocumentKind::Invoice | DocumentKind::CorrectedInvoice | DocumentKind::Dunning | DocumentKind::PaymentSlip
            if document.to_pay().and_then(|fact| fact.value.amount()).is_some_and(|amount| amount.is_zero()) =>
        {
            &[Field::SellerName]
        }
        DocumentKind::Invoice | DocumentKind::CorrectedInvoice | DocumentKind::Dunning => {
            &[Field::AmountDue, Field::DueDate, Field::SellerName]
        }
        DocumentKind::PaymentSlip => &[Field::AmountDue, Field::Iban],
        DocumentKind::Appointment | DocumentKind::EventRegistration => &[Field::AppointmentStart],
        DocumentKind::CreditNote | DocumentKind::SelfBilledInvoice => &[Field::TotalGross, Field::SellerName],
        DocumentKind::CourtOrder | DocumentKind::Fine | DocumentKind::TaxNotice | DocumentKind::AuthorityLetter => {
            &[Field::PostingOrLetterDate]
        }
        DocumentKind::Letter | DocumentKind::Other => &[Field::IssueDate],
        // Without it nobody knows until when the contract can be left.
        DocumentKind::PriceIncrease => &[Field::EffectiveDate],
        DocumentKind::AccountingInfo
        | DocumentKind::Receipt
        | DocumentKind::Contract
        | DocumentKind::CancellationConfirmation
        | DocumentKind::OrderConfirmation
        | DocumentKind::DeliveryNote
        | DocumentKind::PickupNotice
        | DocumentKind::Payslip
        | DocumentKind::BankStatement
        | DocumentKind::InsurancePolicy
        | DocumentKind::Prescription
        | DocumentKind::MaintenanceReport
        | DocumentKind::Warranty
        | DocumentKind::Publication
        | DocumentKind::IdentityDocument
        | DocumentKind::Advertisement => &[],
    }
}

/// What a letter may ask for, and the tasks that answer it.
const REQUESTS: &[(Field, &[TaskKind])] = &[
    (Field::AmountDue, &[TaskKind::Pay, TaskKind::CheckDebit, TaskKind::ExpectMoney, TaskKind::Object]),
    (Field::DueDate, &[TaskKind::Pay, TaskKind::CheckDebit, TaskKind::ExpectMoney, TaskKind::Object, TaskKind::Other]),
    (Field::DirectDebitDate, &[TaskKind::CheckDebit, TaskKind::ExpectMoney]),
    (Field::AppointmentStart, &[TaskKind::Attend]),
    (Field::RespondBy, &[TaskKind::Other, TaskKind::Object]),
    (Field::CancelBy, &[TaskKind::CancelOrKeep]),
    (Field::EffectiveDate, &[TaskKind::CancelOrKeep]),
    (Field::NoticePeriod, &[TaskKind::CancelOrKeep, TaskKind::Renew]),
    (Field::RedeemBy, &[TaskKind::Redeem]),
    (Field::NextDueDate, &[TaskKind::Maintain, TaskKind::Pay]),
    (
        Field::ExpiryDate,
        &[TaskKind::Renew, TaskKind::Redeem, TaskKind::PickUp, TaskKind::CancelOrKeep, TaskKind::Maintain],
    ),
];

/// Whether a value is no question.
fn is_sure(fact: &Fact) -> bool {
    fact.origin == Origin::User || fact.certain || fact.confidence >= sure_enough(fact.field)
}

/// The fields by which the letter seems to ask for something, whatever its kind, although no task follows or the task rests
/// on a value that is not sure.
fn unanswered(document: &Document) -> Vec<Field> {
    // Whether there is a task does not depend on the region.
    let preferences = Preferences::default();
    let received = || today(document.received_at, preferences.zone);
    let today = document.letter_date().unwrap_or_else(received);
    let found = deadlines(document, &preferences, today);
    let plans =
        |tasks: &[TaskKind]| found.iter().filter_map(|deadline| deadline.task).any(|task| tasks.contains(&task));
    // A day that is good to know, such as the end of a warranty, is answered by being known, another one by its task.
    let is_known = |day| found.iter().any(|deadline| deadline.latest() == Some(day));
    let asked = REQUESTS.iter().filter(|(field, tasks)| {
        let Some(fact) = document.fact(*field) else { return false };
        let nothing = fact.value.amount().is_some_and(|amount| amount.is_zero());
        let settled = is_sure(fact);
        let possible = fact.certain || fact.confidence >= possible(*field);
        let past = fact.value.date().is_some_and(|day| day < today);
        if nothing || past || !possible {
            return false;
        }
        match (plans(tasks), fact.value.date().is_some_and(is_known)) {
            (true, _) => !settled && rests(document, *field),
            (false, known) => !known && is_asked_about(document, *field),
        }
    });
    asked.map(|(field, _)| *field).collect()
}

/// Whether a task that is planned rests on the field: a day to pay by that is counted from the receipt is asked about anyway.
fn rests(document: &Document, field: Field) -> bool {
    match field {
        Field::DueDate => document.fact(Field::DirectDebitDate).is_none() && !document.kind.is_alarming(),
        Field::ExpiryDate | Field::NoticePeriod | Field::EffectiveDate => false,
        _ => true,
    }
}

/// Something that is as surely an offer is no voucher.
const OFFER: f32 = 0.85;

/// Whether it is asked about where no task follows: what is on these kinds by their nature is not.
fn is_asked_about(document: &Document, field: Field) -> bool {
    match document.kind {
        DocumentKind::Receipt | DocumentKind::Payslip | DocumentKind::BankStatement | DocumentKind::DeliveryNote => {
            !matches!(field, Field::AmountDue | Field::ExpiryDate | Field::NoticePeriod)
        }
        // A person who says that it is one has looked at its amount.
        DocumentKind::Publication | DocumentKind::Advertisement => match field {
            Field::RedeemBy | Field::NextDueDate | Field::CancelBy | Field::RespondBy => true,
            Field::AmountDue => document.kind_confidence < 1.0,
            // "Valid until" is on every offer; on a voucher that looks like one it is a day to redeem it by.
            Field::ExpiryDate => document.kind_confidence < OFFER,
            _ => false,
        },
        DocumentKind::Warranty => field == Field::RespondBy,
        // A contract that has ended asks for nothing; one that does is still to be looked at.
        DocumentKind::CancellationConfirmation => {
            matches!(field, Field::RespondBy | Field::CancelBy | Field::AmountDue | Field::DirectDebitDate)
        }
        // Until when a price is guaranteed, and how the contract behind the bill ends.
        DocumentKind::Invoice | DocumentKind::CorrectedInvoice | DocumentKind::Dunning => {
            !matches!(field, Field::ExpiryDate | Field::NoticePeriod)
        }
        _ => true,
    }
}

/// The fields in which a payment code contradicts its page: nobody but the payee knows which is right.
fn contradicted(document: &Document) -> impl Iterator<Item = Field> {
    [Field::AmountDue, Field::Iban, Field::PaymentReference].into_iter().filter(|field| {
        document
            .fact(*field)
            .is_some_and(|fact| fact.origin != Origin::User && fact.checks.contains(&Check::CodeDiffers))
    })
}

/// Whether a person has said by which day to pay where none was found.
fn is_due_said(document: &Document) -> bool {
    document.assumptions.iter().any(|said| matches!(said, Assumption::Due(_)))
}

/// May the program go on by itself, or should a person look first? `problems` are those of its findings.
pub fn gate(document: &Document, problems: &[Problem]) -> Gate {
    let picture =
        |problem: &Problem| Some(Doubt::Picture { page: problem.page?, fault: PictureFault::of(problem.code)? });
    let mut doubts: Vec<Doubt> = problems.iter().filter_map(picture).collect();
    if document.kind_confidence < KIND_SURE_ENOUGH {
        doubts.push(Doubt::Kind);
    } else if document.kind.is_alarming() && document.kind_confidence < 1.0 {
        doubts.push(Doubt::Alarming);
    }
    for &field in wanted(document) {
        let fact = match field {
            Field::AmountDue | Field::TotalGross => document.to_pay(),
            Field::PostingOrLetterDate | Field::IssueDate => {
                document.fact(Field::PostingOrLetterDate).or_else(|| document.fact(Field::IssueDate))
            }
            Field::EffectiveDate => document.fact(Field::EffectiveDate).or_else(|| document.fact(Field::CancelBy)),
            // The day of a debit is as good as a due date.
            Field::DueDate => document.fact(Field::DueDate).or_else(|| document.fact(Field::DirectDebitDate)),
            other => document.fact(other),
        };
        match fact {
            // A person has said that the proposed day fits, or which one does.
            None if field == Field::DueDate && is_due_said(document) => {}
            None => doubts.push(Doubt::Missing { field }),
            Some(fact) if is_sure(fact) => {}
            Some(_) => doubts.push(Doubt::Unsure { field }),
        }
    }
    for field in unanswered(document).into_iter().chain(contradicted(document)) {
        let known =
            |doubt: &Doubt| matches!(doubt, Doubt::Missing { field: of } | Doubt::Unsure { field: of } if *of == field);
        if !doubts.iter().any(known) {
            doubts.push(Doubt::Unsure { field });
        }
    }
    let account = Doubt::Unsure { field: Field::Iban };
    let is_said = document.fact(Field::Iban).is_none_or(|fact| fact.origin == Origin::User);
    if !is_said
        && !doubts.contains(&account)
        && problems.iter().any(|problem| problem.code == FailureCode::AccountDiffers)
    {
        doubts.push(account);
    }
    let next = problems.iter().find(|problem| problem.code == FailureCode::SeveralLetters);
    doubts.extend(next.and_then(|problem| problem.page).map(|page| Doubt::SeveralLetters { page }));
    if problems.iter().any(|problem| problem.code == FailureCode::PagesOutOfOrder) {
        doubts.push(Doubt::PageOrder);
    }
    if doubts.is_empty() { Gate::Accept } else { Gate::Review(doubts) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example::letter;

    #[test]
    fn a_sure_bill_passes_and_anything_unsure_is_asked() {
        let fields = [(Field::SellerName, "Musterwerk"), (Field::AmountDue, "84,20"), (Field::DueDate, "2026-12-12")];
        let bill = letter(DocumentKind::Invoice, &fields);
        assert_eq!(gate(&bill, &[]), Gate::Accept);

        let mut without_amount = bill.clone();
        without_amount.facts.retain(|fact| fact.field != Field::AmountDue);
        assert_eq!(gate(&without_amount, &[]), Gate::Review(vec![Doubt::Missing { field: Field::AmountDue }]));

        let mut unsure = bill.clone();
        unsure.facts[2].confidence = 0.5;
        assert_eq!(gate(&unsure, &[]), Gate::Review(vec![Doubt::Unsure { field: Field::DueDate }]));
        unsure.facts[2].origin = Origin::User;
        assert_eq!(gate(&unsure, &[]), Gate::Accept);

        let mut undated = bill.clone();
        undated.facts.retain(|fact| fact.field != Field::DueDate);
        assert_eq!(gate(&undated, &[]), Gate::Review(vec![Doubt::Missing { field: Field::DueDate }]));
        undated.assumptions.extend("2026-12-01".parse().map(Assumption::Due));
        assert_eq!(gate(&undated, &[]), Gate::Accept, "a person has said that the proposed day fits");

        let another = Problem::on_page(FailureCode::SeveralLetters, 3, "Another letter seems to begin on page 3.");
        assert_eq!(gate(&bill, &[another]), Gate::Review(vec![Doubt::SeveralLetters { page: 3 }]));

        let cut = Problem::on_page(FailureCode::PictureCutOff, 1, "Lines are cut off.");
        let picture = Doubt::Picture { page: 1, fault: PictureFault::CutOff };
        assert_eq!(gate(&bill, &[cut]), Gate::Review(vec![picture]), "what is cut off nobody can be sure of");

        let mut paid_elsewhere = letter(DocumentKind::Invoice, &fields);
        let mut account = paid_elsewhere.facts[0].clone();
        account.field = Field::Iban;
        paid_elsewhere.facts.push(account);
        let differs = [Problem::new(FailureCode::AccountDiffers, "It names another account.")];
        assert_eq!(gate(&paid_elsewhere, &differs), Gate::Review(vec![Doubt::Unsure { field: Field::Iban }]));
        paid_elsewhere.facts[3].origin = Origin::User;
        assert_eq!(gate(&paid_elsewhere, &differs), Gate::Accept, "a person has said which one");

        let unclear = Document { kind_confidence: 0.4, ..bill };
        assert_eq!(gate(&unclear, &[]), Gate::Review(vec![Doubt::Kind]));
    }

    #[test]
    fn what_a_letter_asks_for_without_a_task_is_asked_about_whatever_its_kind() {
        use Field::{AmountDue, AppointmentStart, IssueDate, RespondBy, SellerName};
        let issued = (IssueDate, "2026-11-02");
        let mut harmless = letter(DocumentKind::Letter, &[issued, (SellerName, "Musterwerk"), (AmountDue, "84,20")]);
        assert_eq!(gate(&harmless, &[]), Gate::Review(vec![Doubt::Unsure { field: AmountDue }]));
        harmless.kind = DocumentKind::Receipt;
        assert_eq!(gate(&harmless, &[]), Gate::Accept);
        for kind in [DocumentKind::Receipt, DocumentKind::BankStatement, DocumentKind::Contract] {
            let mut unsure = letter(kind, &[issued, (RespondBy, "2026-12-01")]);
            unsure.facts[1].confidence = 0.4;
            assert_eq!(gate(&unsure, &[]), Gate::Review(vec![Doubt::Unsure { field: RespondBy }]), "{kind:?}");
        }
        let meeting = letter(DocumentKind::Letter, &[issued, (AppointmentStart, "2026-11-20T18:00")]);
        assert_eq!(gate(&meeting, &[]), Gate::Accept);
        // What was to be done before the letter was written is history.
        let past = letter(DocumentKind::Letter, &[issued, (AmountDue, "0"), (AppointmentStart, "2026-10-20T18:00")]);
        assert_eq!(gate(&past, &[]), Gate::Accept);
    }

    #[test]
    fn a_payment_code_that_contradicts_its_page_is_a_question_until_a_person_has_said_which_is_right() {
        let fields = [
            (Field::SellerName, "Musterwerk"),
            (Field::AmountDue, "84,20"),
            (Field::DueDate, "2026-12-12"),
            (Field::Iban, "DE89370400440532013000"),
        ];
        for field in [Field::AmountDue, Field::Iban] {
            let mut bill = letter(DocumentKind::Invoice, &fields);
            let fact = bill.facts.iter_mut().find(|fact| fact.field == field).unwrap();
            fact.checks.push(Check::CodeDiffers);
            assert_eq!(gate(&bill, &[]), Gate::Review(vec![Doubt::Unsure { field }]));
            bill.facts.iter_mut().for_each(|fact| fact.origin = Origin::User);
            assert_eq!(gate(&bill, &[]), Gate::Accept);
        }
    }

    #[test]
    fn the_dangerous_kinds_are_always_confirmed_by_a_person() {
        let fine = letter(DocumentKind::Fine, &[(Field::PostingOrLetterDate, "2026-11-02")]);
        assert_eq!(gate(&fine, &[]), Gate::Review(vec![Doubt::Alarming]));
        assert_eq!(gate(&Document { kind_confidence: 1.0, ..fine }, &[]), Gate::Accept);
    }
}
