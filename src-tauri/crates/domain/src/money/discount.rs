//! Skonto: less to pay when it is paid early.

use chrono::{Days, NaiveDate};
use rust_decimal::{Decimal, RoundingStrategy};

use crate::{Money, Skonto};

/// What is to be paid until when, with a discount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Discount {
    /// Percent off.
    pub percent: Decimal,
    /// The last day.
    pub until: NaiveDate,
    /// What is to be paid then.
    pub amount: Money,
}

/// The discounts of a bill over `amount` from `issued`, the earliest first. The percentage is taken off the amount it
/// is counted from, rounded to the cent in the payer's favour only where the law of rounding says so (half up).
pub fn discounts(skonto: &[Skonto], amount: Money, issued: Option<NaiveDate>) -> Vec<Discount> {
    let until = |skonto: &Skonto| {
        let counted = || issued?.checked_add_days(Days::new(skonto.days?.into()));
        skonto.date.or_else(counted)
    };
    let mut found: Vec<Discount> = skonto
        .iter()
        .filter(|skonto| skonto.percent > Decimal::ZERO && skonto.percent < Decimal::ONE_HUNDRED)
        .filter_map(|skonto| {
            let off = skonto.basis.unwrap_or(amount.amount) * skonto.percent / Decimal::ONE_HUNDRED;
            let off = off.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero);
            let amount = Money { amount: amount.amount - off, ..amount };
            Some(Discount { percent: skonto.percent, until: until(skonto)?, amount })
        })
        .collect();
    found.sort_by_key(|discount| discount.until);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_percent_within_ten_days() {
        let skonto = Skonto { percent: Decimal::TWO, days: Some(10), date: None, basis: None };
        let amount = Money::parse("1190.25", "EUR").unwrap();
        let found = discounts(std::slice::from_ref(&skonto), amount, "2026-11-20".parse().ok());
        let shown: Vec<_> = found.iter().map(|one| (one.until.to_string(), one.amount.to_string())).collect();
        // 2 % of 1190.25 are 23.805, rounded 23.81.
        assert_eq!(shown, [("2026-11-30".to_owned(), "1166.44 EUR".to_owned())]);
        assert_eq!(discounts(std::slice::from_ref(&skonto), amount, None), [], "without a day it is no offer");
        let on_goods = Skonto { basis: Some(Decimal::from(1000)), date: "2026-12-01".parse().ok(), ..skonto };
        assert_eq!(discounts(&[on_goods], amount, None)[0].amount.to_string(), "1170.25 EUR");
    }
}
