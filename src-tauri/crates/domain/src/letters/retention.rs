//! How long letters have to be kept, at most. Only ever a proposal: nothing is deleted because of it.
//!
//! Whether somebody has to keep a letter depends on what they are, which the program does not know. Each rule is therefore the
//! longest time that may hold, so that a proposal is wrong for nobody who keeps no longer than the law asks for.

use chrono::{Datelike as _, NaiveDate};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::DocumentKind;

/// A rule about keeping letters. The words stay for good.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum RetentionRule {
    /// A bill for work on a house or a plot, of a private person.
    WorkOnProperty,
    /// Bills and other vouchers of the self-employed.
    Voucher,
    /// Business letters.
    BusinessLetter,
}

impl RetentionRule {
    /// Every rule.
    pub const ALL: &[Self] = &[Self::WorkOnProperty, Self::Voucher, Self::BusinessLetter];

    /// So many years, from the end of the year of the letter.
    pub const fn years(self) -> i32 {
        match self {
            Self::WorkOnProperty => 2,
            Self::Voucher => 8,
            Self::BusinessLetter => 6,
        }
    }

    /// Where it stands.
    pub const fn source(self) -> &'static str {
        match self {
            Self::WorkOnProperty => "UStG § 14b (1) sentence 5",
            // Eight years instead of ten, also for what was still to be kept then.
            Self::Voucher => "AO § 147 (1) no. 4, (3); UStG § 14b (1); since 1 Jan 2025",
            Self::BusinessLetter => "AO § 147 (1) no. 2, (3); HGB § 257 (1) no. 2, (4)",
        }
    }

    /// The last day on which a letter of this day has to be kept: the end of a year.
    pub fn until(self, letter: NaiveDate) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(letter.year().checked_add(self.years())?, 12, 31)
    }
}

/// The rule for a letter; none where nothing is ever proposed: contracts, policies, wage slips, tax notices, titles of courts and
/// papers about a person are worth keeping without end. `says_two_years`: it says of itself that it is to be kept for two years.
pub fn retention_rule(kind: DocumentKind, says_two_years: bool) -> Option<RetentionRule> {
    use DocumentKind as K;
    match kind {
        K::Invoice | K::CorrectedInvoice | K::Receipt if says_two_years => Some(RetentionRule::WorkOnProperty),
        K::Invoice
        | K::CorrectedInvoice
        | K::SelfBilledInvoice
        | K::AccountingInfo
        | K::PaymentSlip
        | K::Dunning
        | K::CreditNote
        | K::Receipt
        | K::BankStatement => Some(RetentionRule::Voucher),
        K::OrderConfirmation | K::DeliveryNote | K::PickupNotice | K::PriceIncrease | K::EventRegistration => {
            Some(RetentionRule::BusinessLetter)
        }
        K::Contract
        | K::CancellationConfirmation
        | K::Payslip
        | K::TaxNotice
        | K::AuthorityLetter
        | K::CourtOrder
        | K::Fine
        | K::InsurancePolicy
        | K::Appointment
        | K::Prescription
        | K::MaintenanceReport
        | K::Warranty
        | K::Publication
        | K::IdentityDocument
        | K::Advertisement
        | K::Letter
        | K::Other => None,
    }
}

/// Does a bill say that a private person has to keep it for two years? Whoever works on a house or plot must say so
/// (UStG § 14 (4) no. 9).
pub fn says_two_years(text: &str) -> bool {
    let text = text.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ");
    let two_years =
        ["zwei jahre", "2 jahre", "two years", "2 years", "zweijährige"].iter().any(|words| text.contains(words));
    let keep = ["aufbewahr", "aufzubewahren", "to keep", "retain"].iter().any(|words| text.contains(words));
    two_years && keep
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn the_time_begins_at_the_end_of_the_year_of_the_letter() {
        let cases = [
            (RetentionRule::WorkOnProperty, "2024-03-14", "2026-12-31"),
            (RetentionRule::WorkOnProperty, "2024-12-31", "2026-12-31"),
            (RetentionRule::Voucher, "2018-01-01", "2026-12-31"),
            (RetentionRule::Voucher, "2017-12-31", "2025-12-31"),
            (RetentionRule::BusinessLetter, "2020-02-29", "2026-12-31"),
        ];
        for (rule, letter, until) in cases {
            assert_eq!(rule.until(day(letter)), Some(day(until)), "{rule:?} {letter}");
        }
        assert_eq!(RetentionRule::Voucher.until(NaiveDate::MAX), None);
    }

    #[test]
    fn only_what_may_go_one_day_has_a_rule() {
        use DocumentKind as K;
        assert_eq!(retention_rule(K::Invoice, true), Some(RetentionRule::WorkOnProperty));
        assert_eq!(retention_rule(K::Invoice, false), Some(RetentionRule::Voucher));
        assert_eq!(retention_rule(K::DeliveryNote, true), Some(RetentionRule::BusinessLetter));
        for kind in [K::Contract, K::Payslip, K::TaxNotice, K::CourtOrder, K::IdentityDocument, K::Letter, K::Other] {
            assert_eq!(retention_rule(kind, true), None, "{kind:?}");
        }
    }

    #[test]
    fn a_bill_says_itself_that_it_is_to_be_kept_for_two_years() {
        let said = "Hinweis: Sie sind als Privatperson nach § 14b Abs. 1 UStG\nverpflichtet, diese Rechnung zwei\nJahre aufzubewahren.";
        assert!(says_two_years(said));
        assert!(!says_two_years("Garantie: 2 Jahre"));
        assert!(!says_two_years("Bitte bewahren Sie die Rechnung 10 Jahre auf (aufzubewahren nach § 147 AO)."));
    }
}
