//! Finds values. An extractor is one file and one line in [`EXTRACTORS`]; it gives every candidate it sees, with how
//! likely each is, and leaves the choice to `choose`.

mod acts;
mod amount_labels;
mod amounts;
mod appointment;
mod bank;
mod contract;
mod currency;
mod demands;
mod direct_debit;
mod due_date;
mod dunning;
mod e_invoice;
mod identities;
mod issue_date;
mod known_sender;
mod legal;
mod line_items;
mod number_labels;
mod numbers;
mod paid;
mod payment_code;
mod periods;
mod prices;
mod recipient;
mod refund;
mod schedule;
mod sender;
mod sender_rules;
#[cfg(test)]
mod sentences;
mod spoken_amounts;
mod standing_order;
mod terms;
mod till;
mod vouchers;

use domain::Fact;

use crate::context::Context;

pub(crate) use direct_debit::{announcements as announced, debited};
pub(crate) use terms::issued;
pub(crate) use till::is_paid_on_the_spot;

/// Finds values of a few fields.
pub(crate) trait Extractor: Sync {
    /// A stable word.
    fn id(&self) -> &'static str;

    /// All candidates, in any order.
    fn run(&self, context: &Context) -> Vec<Fact>;
}

/// Every extractor.
pub(crate) const EXTRACTORS: &[&dyn Extractor] = &[
    &e_invoice::EInvoiceXml,
    &payment_code::PaymentCodes,
    &amounts::Amounts,
    &till::TillReceipt,
    &spoken_amounts::SpokenAmounts,
    &demands::Demands,
    &paid::Paid,
    &line_items::LineItems,
    &currency::Currencies,
    &issue_date::IssueDate,
    &due_date::DueDate,
    &periods::Periods,
    &terms::Terms,
    &direct_debit::DirectDebit,
    &bank::Bank,
    &numbers::Numbers,
    &identities::Identities,
    &sender::Sender,
    &known_sender::KnownSender,
    &sender_rules::SenderRules,
    &recipient::Recipient,
    &dunning::Dunning,
    &contract::Contract,
    &prices::Prices,
    &legal::Legal,
    &refund::Refund,
    &schedule::Schedule,
    &standing_order::StandingOrder,
    &appointment::Appointment,
    &vouchers::Vouchers,
    &acts::Acts,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn extractors_have_different_ids() {
        let mut ids: Vec<_> = EXTRACTORS.iter().map(|e| e.id()).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), EXTRACTORS.len());
    }
}
