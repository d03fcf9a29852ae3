//! Kinds of documents.

use std::str::FromStr;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident = $id:literal),+ $(,)?) => {
        /// What a document is. The ids are the words of the command line, the database and the interface's texts.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
        pub enum DocumentKind { $($(#[$doc])* #[serde(rename = $id)] $name),+ }

        impl DocumentKind {
            /// Every kind.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// The stable word.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $id),+ }
            }
        }
    };
}

kinds! {
    /// A bill.
    Invoice = "invoice",
    /// A bill that replaces another.
    CorrectedInvoice = "corrected_invoice",
    /// A bill written by the buyer ("Gutschrift" in the sense of tax law).
    SelfBilledInvoice = "self_billed_invoice",
    /// Booking information, expressly not a bill.
    AccountingInfo = "accounting_info",
    /// A payment form such as the Swiss QR bill.
    PaymentSlip = "payment_slip",
    /// Reminder of an unpaid bill, of any level.
    Dunning = "dunning",
    /// Money back.
    CreditNote = "credit_note",
    /// Proof of something already paid.
    Receipt = "receipt",
    /// A contract or its confirmation.
    Contract = "contract",
    /// A notice that a price goes up.
    PriceIncrease = "price_increase",
    /// The other side confirms the end of a contract.
    CancellationConfirmation = "cancellation_confirmation",
    /// An order was accepted.
    OrderConfirmation = "order_confirmation",
    /// What is in a parcel.
    DeliveryNote = "delivery_note",
    /// Something waits to be picked up.
    PickupNotice = "pickup_notice",
    /// Wage statement.
    Payslip = "payslip",
    /// Statement of account.
    BankStatement = "bank_statement",
    /// Tax assessment.
    TaxNotice = "tax_notice",
    /// Any other letter of an authority.
    AuthorityLetter = "authority_letter",
    /// Court payment order or enforcement order.
    CourtOrder = "court_order",
    /// Regulatory fine.
    Fine = "fine",
    /// Insurance policy.
    InsurancePolicy = "insurance_policy",
    /// A date to be somewhere.
    Appointment = "appointment",
    /// Medical prescription.
    Prescription = "prescription",
    /// Inspection or maintenance report.
    MaintenanceReport = "maintenance_report",
    /// Warranty card.
    Warranty = "warranty",
    /// Ticket, webinar, booking.
    EventRegistration = "event_registration",
    /// Report, manual, newsletter.
    Publication = "publication",
    /// Passport, identity card and letters about them.
    IdentityDocument = "identity_document",
    /// Advertising, also where it looks like a bill.
    Advertisement = "advertisement",
    /// A letter of another kind.
    Letter = "letter",
    /// None of these.
    Other = "other",
}

impl DocumentKind {
    /// The kinds that must never pass as something harmless: in doubt, show and ask.
    pub fn is_alarming(self) -> bool {
        matches!(self, Self::CourtOrder | Self::Fine | Self::TaxNotice | Self::AuthorityLetter)
    }

    /// The kinds that ask for money.
    pub fn asks_for_money(self) -> bool {
        matches!(
            self,
            Self::Invoice | Self::CorrectedInvoice | Self::PaymentSlip | Self::Dunning | Self::CourtOrder | Self::Fine
        )
    }
}

impl FromStr for DocumentKind {
    type Err = UnknownKind;
    fn from_str(id: &str) -> Result<Self, UnknownKind> {
        Self::ALL.iter().copied().find(|kind| kind.as_str() == id).ok_or_else(|| UnknownKind(id.to_owned()))
    }
}

/// Not the id of a kind.
#[derive(Debug, thiserror::Error)]
#[error("“{0}” is not a kind of document")]
pub struct UnknownKind(String);
