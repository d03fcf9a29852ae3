//! The gate: is everything that matters proven, or should a person look?

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Document, DocumentKind, Field, Origin, Problem};

/// Below this a value is a question.
const SURE_ENOUGH: f32 = 0.75;
/// Below this the kind is a question.
const KIND_SURE_ENOUGH: f32 = 0.6;

/// The code of a problem of its findings: another letter seems to begin on its page.
pub const SEVERAL_LETTERS: &str = "several_letters";

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
    /// The file seems to hold several letters.
    SeveralLetters {
        /// Where the next one begins, counted from 1.
        page: u32,
    },
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
        DocumentKind::Appointment => &[Field::AppointmentStart],
        DocumentKind::CreditNote | DocumentKind::SelfBilledInvoice => &[Field::TotalGross, Field::SellerName],
        DocumentKind::CourtOrder | DocumentKind::Fine | DocumentKind::TaxNotice | DocumentKind::AuthorityLetter => {
            &[Field::PostingOrLetterDate]
        }
        DocumentKind::Letter | DocumentKind::Other => &[Field::IssueDate],
        DocumentKind::AccountingInfo
        | DocumentKind::Receipt
        | DocumentKind::Contract
        | DocumentKind::PriceIncrease
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
        | DocumentKind::EventRegistration
        | DocumentKind::Publication
        | DocumentKind::IdentityDocument
        | DocumentKind::Advertisement => &[],
    }
}

/// May the program go on by itself, or should a person look first? `problems` are those of its findings.
pub fn gate(document: &Document, problems: &[Problem]) -> Gate {
    let mut doubts = Vec::new();
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
            // The day of a debit is as good as a due date.
            Field::DueDate => document.fact(Field::DueDate).or_else(|| document.fact(Field::DirectDebitDate)),
            other => document.fact(other),
        };
        match fact {
            None => doubts.push(Doubt::Missing { field }),
            Some(fact) if fact.origin == Origin::User || fact.certain || fact.confidence >= SURE_ENOUGH => {}
            Some(_) => doubts.push(Doubt::Unsure { field }),
        }
    }
    let next = problems.iter().find(|problem| problem.code == SEVERAL_LETTERS);
    doubts.extend(next.and_then(|problem| problem.page).map(|page| Doubt::SeveralLetters { page }));
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

        let another = Problem::on_page(SEVERAL_LETTERS, 3, "Another letter seems to begin on page 3.");
        assert_eq!(gate(&bill, &[another]), Gate::Review(vec![Doubt::SeveralLetters { page: 3 }]));

        let unclear = Document { kind_confidence: 0.4, ..bill };
        assert_eq!(gate(&unclear, &[]), Gate::Review(vec![Doubt::Kind]));
    }

    #[test]
    fn the_dangerous_kinds_are_always_confirmed_by_a_person() {
        let fine = letter(DocumentKind::Fine, &[(Field::PostingOrLetterDate, "2026-11-02")]);
        assert_eq!(gate(&fine, &[]), Gate::Review(vec![Doubt::Alarming]));
        assert_eq!(gate(&Document { kind_confidence: 1.0, ..fine }, &[]), Gate::Accept);
    }
}
