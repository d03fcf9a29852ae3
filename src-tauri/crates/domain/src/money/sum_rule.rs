//! The arithmetic rules of the European e-invoice (EN 16931-1, section 6.4.2 "BR-CO"), in words.

use std::fmt;

use crate::FailureCode;
use rust_decimal::Decimal;

/// A rule by which the amounts of an e-invoice must add up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SumRule {
    /// BR-CO-10: the lines make the sum of the lines.
    Lines,
    /// BR-CO-11: the allowances make the sum of the allowances.
    Allowances,
    /// BR-CO-12: the charges make the sum of the charges.
    Charges,
    /// BR-CO-13: lines less allowances plus charges make the total without tax.
    WithoutTax,
    /// BR-CO-14: the taxes of all rates make the tax in all.
    Taxes,
    /// BR-CO-15: total without tax plus tax makes the total with tax.
    WithTax,
    /// BR-CO-16: the total with tax less what is paid, rounded, is due.
    Due,
    /// BR-CO-17: base times rate makes the tax of a rate.
    Rate,
}

impl SumRule {
    /// Every rule.
    pub const ALL: [Self; 8] = [
        Self::Lines,
        Self::Allowances,
        Self::Charges,
        Self::WithoutTax,
        Self::Taxes,
        Self::WithTax,
        Self::Due,
        Self::Rate,
    ];

    /// Its name in the standard.
    pub fn id(self) -> &'static str {
        match self {
            Self::Lines => "BR-CO-10",
            Self::Allowances => "BR-CO-11",
            Self::Charges => "BR-CO-12",
            Self::WithoutTax => "BR-CO-13",
            Self::Taxes => "BR-CO-14",
            Self::WithTax => "BR-CO-15",
            Self::Due => "BR-CO-16",
            Self::Rate => "BR-CO-17",
        }
    }

    /// The code of its [`Problem`](crate::Problem), on which texts hang.
    pub fn code(self) -> FailureCode {
        match self {
            Self::Lines => FailureCode::SumOfLines,
            Self::Allowances => FailureCode::SumOfAllowances,
            Self::Charges => FailureCode::SumOfCharges,
            Self::WithoutTax => FailureCode::SumWithoutTax,
            Self::Taxes => FailureCode::SumOfTaxes,
            Self::WithTax => FailureCode::SumWithTax,
            Self::Due => FailureCode::SumDue,
            Self::Rate => FailureCode::TaxOfRate,
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::Lines => "the lines together",
            Self::Allowances => "the allowances together",
            Self::Charges => "the charges together",
            Self::WithoutTax => "lines less allowances plus charges",
            Self::Taxes => "the taxes of all rates together",
            Self::WithTax => "the total without tax plus the tax",
            Self::Due => "the total less what is paid",
            Self::Rate => "the tax of a rate",
        }
    }
}

/// A rule that an e-invoice breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BrokenSum {
    /// Which.
    pub rule: SumRule,
    /// What the other amounts make.
    pub counted: Decimal,
    /// What the invoice states instead.
    pub stated: Decimal,
}

impl fmt::Display for BrokenSum {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let Self { rule, counted, stated } = self;
        let (words, id) = (rule.words(), rule.id());
        write!(f, "The invoice data do not add up: {words} make {counted:.2}, but {stated:.2} is stated ({id}). ")?;
        f.write_str("Please check the amounts before you pay.")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_broken_rule_is_said_in_words() {
        let broken =
            BrokenSum { rule: SumRule::WithTax, counted: Decimal::new(11900, 2), stated: Decimal::new(12500, 2) };
        assert_eq!(
            broken.to_string(),
            "The invoice data do not add up: the total without tax plus the tax make 119.00, but 125.00 is stated \
             (BR-CO-15). Please check the amounts before you pay."
        );
    }

    #[test]
    fn rules_have_different_names_and_codes() {
        for (i, a) in SumRule::ALL.iter().enumerate() {
            assert!(SumRule::ALL[..i].iter().all(|b| a.id() != b.id() && a.code().as_str() != b.code().as_str()));
        }
    }
}
