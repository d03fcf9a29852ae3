//! Slips of a till: total, what was given and the change, and whose shop it is. They have no addressee, no columns of
//! labels, and are read from crumpled paper.

mod line;
mod shop;
mod total;
mod witnesses;

use domain::{DocumentKind, Fact, Origin};

use super::Extractor;
use crate::address;
use crate::context::Context;
use crate::forms::identifiers;

pub(super) struct TillReceipt;

impl Extractor for TillReceipt {
    fn id(&self) -> &'static str {
        "till_receipt"
    }

    fn run(&self, context: &Context) -> Vec<Fact> {
        if !is_paid_on_the_spot(context) {
            return Vec::new();
        }
        let mut facts = total::totals(self.id(), &context.layout.rows);
        facts.extend(shop::names(self.id(), &context.layout.rows));
        facts
    }
}

/// Whether it is a receipt by its words or its looks.
pub(crate) fn is_paid_on_the_spot(context: &Context) -> bool {
    context.kind() == DocumentKind::Receipt || is_slip(context)
}

/// Whether it looks like the slip of a till, or is a picture of one page without an addressee, and no account is named.
pub(super) fn is_slip(context: &Context) -> bool {
    let kinds = [DocumentKind::Receipt, DocumentKind::Invoice, DocumentKind::EventRegistration, DocumentKind::Other];
    let cells = || context.layout.cells();
    let picture = || cells().all(|cell| cell.page == 1 && cell.origin == Origin::Ocr);
    let account = || cells().any(|cell| !identifiers::ibans(&cell.text).is_empty());
    kinds.contains(&context.kind())
        && (context.layout.is_slip() || picture() && address::recipient(&context.layout).is_none())
        && !account()
}

#[cfg(test)]
mod tests {
    use domain::Field::{SellerName, TotalGross};

    use crate::testing::{check, findings};

    const SLIP: &str = "MUSTER TRADING\nHauptstrasse 1\n12345 Dorf\nTel 0123 456\nReceipt 12\n\nPlastic    2    15.50    31.00\n\nSub Total    31.00\nRounding    0.01\nTotal (RM):    31.01\nCash    101.00\nChange    69.99\n\nThank you for shopping";

    #[test]
    fn what_was_given_less_the_change_proves_the_total() {
        check(SLIP, &[(TotalGross, "31.01"), (SellerName, "MUSTER TRADING")]);
        assert!(findings(SLIP).best(TotalGross).is_some_and(|fact| fact.certain));
    }

    #[test]
    fn a_decimal_mark_that_was_not_read_is_seen() {
        check(&SLIP.replace("Total (RM):    31.01", "TOTAL    RM 31 01"), &[(TotalGross, "31.01")]);
    }

    #[test]
    fn the_tax_is_not_the_total() {
        check(&SLIP.replace("Rounding    0.01", "Total GST (RM):    1.75"), &[(TotalGross, "31.01")]);
    }

    #[test]
    fn the_firm_below_the_name_of_the_shop_sells() {
        let slip = SLIP.replace("MUSTER TRADING", "ZUR SCHOENEN AUSSICHT\nMuster Gastro GmbH");
        check(&slip, &[(SellerName, "Muster Gastro GmbH")]);
    }
}
