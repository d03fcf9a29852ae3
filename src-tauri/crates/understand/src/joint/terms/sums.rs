//! Net and tax make gross.

use domain::Field;

use super::super::Assignment;
use super::super::letter::Letter;
use crate::arithmetic::adds_up;

pub(super) fn weigh(letter: &Letter, chosen: &Assignment) -> f32 {
    if letter.is_till {
        return 0.0;
    }
    match [Field::TotalNet, Field::TaxTotal, Field::TotalGross].map(|field| chosen.amount(field)) {
        [Some(net), Some(tax), Some(gross)] if adds_up(net, tax, gross) => 1.0,
        [Some(_), Some(_), Some(_)] => -1.0,
        _ => 0.0,
    }
}
