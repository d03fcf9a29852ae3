//! Whether the amounts of an e-invoice add up as EN 16931-1, section 6.4.2, demands.

use domain::{BrokenSum, SumRule};
use rust_decimal::Decimal;

use super::EInvoice;

/// Rounding in the tax of one rate; validators are as lenient.
const RATE_TOLERANCE: Decimal = Decimal::ONE;

/// Every rule that the stated amounts break. What is not stated, as in the smallest profiles, breaks none.
pub(super) fn broken(invoice: &EInvoice) -> Vec<BrokenSum> {
    let sum = |amounts: &mut dyn Iterator<Item = Decimal>| amounts.sum::<Decimal>();
    let adjusted = |charge: bool| {
        let of =
            invoice.adjustments.iter().filter(move |a| (a.amount > Decimal::ZERO) == charge && !a.amount.is_zero());
        sum(&mut of.map(|a| a.amount.abs()))
    };
    let lines = (!invoice.line_amounts.is_empty()).then(|| sum(&mut invoice.line_amounts.iter().copied()));
    let (allowances, charges) = (invoice.allowance_total.unwrap_or_default(), invoice.charge_total.unwrap_or_default());
    let taxes: Option<Vec<Decimal>> = invoice.taxes.iter().map(|rate| rate.tax).collect();
    let taxes = taxes.filter(|taxes| !taxes.is_empty()).map(|taxes| sum(&mut taxes.into_iter()));
    let tax = invoice.tax.unwrap_or_default();
    let counted = [
        (SumRule::Lines, lines, invoice.line_total),
        (SumRule::Allowances, lines.and(Some(adjusted(false))), invoice.allowance_total),
        (SumRule::Charges, lines.and(Some(adjusted(true))), invoice.charge_total),
        (SumRule::WithoutTax, invoice.line_total.map(|total| total - allowances + charges), invoice.net),
        (SumRule::Taxes, taxes, invoice.tax),
        (SumRule::WithTax, invoice.net.map(|net| net + tax), invoice.gross),
        (
            SumRule::Due,
            // The smallest profile does not say what was paid before.
            invoice
                .gross
                .filter(|_| invoice.line_total.or(invoice.prepaid).is_some())
                .map(|gross| gross - invoice.prepaid.unwrap_or_default() + invoice.rounding.unwrap_or_default()),
            invoice.due,
        ),
    ];
    let totals = counted.into_iter().filter_map(|(rule, counted, stated)| {
        let (counted, stated) = (counted?, stated?);
        (counted != stated).then_some(BrokenSum { rule, counted, stated })
    });
    let rates = invoice.taxes.iter().filter_map(|rate| {
        let (base, percent, stated) = (rate.base?, rate.percent?, rate.tax?);
        let counted = (base * percent / Decimal::ONE_HUNDRED).round_dp(2);
        ((counted - stated).abs() > RATE_TOLERANCE).then_some(BrokenSum { rule: SumRule::Rate, counted, stated })
    });
    totals.chain(rates).collect()
}

#[cfg(test)]
mod tests {
    use domain::{Adjustment, TaxRate};

    use super::*;

    fn euros(cents: i64) -> Decimal {
        Decimal::new(cents, 2)
    }

    fn right() -> EInvoice {
        let adjust = |amount| Adjustment { reason: None, amount, percent: None };
        let rate = TaxRate {
            category: None,
            percent: Some(Decimal::from(19)),
            base: Some(euros(10_000)),
            tax: Some(euros(1900)),
        };
        EInvoice {
            line_amounts: vec![euros(6000), euros(4500)],
            line_total: Some(euros(10_500)),
            adjustments: vec![adjust(euros(-700)), adjust(euros(200))],
            allowance_total: Some(euros(700)),
            charge_total: Some(euros(200)),
            net: Some(euros(10_000)),
            taxes: vec![rate],
            tax: Some(euros(1900)),
            gross: Some(euros(11_900)),
            prepaid: Some(euros(1900)),
            due: Some(euros(10_000)),
            ..EInvoice::default()
        }
    }

    fn rules(change: impl Fn(&mut EInvoice)) -> Vec<&'static str> {
        let mut invoice = right();
        change(&mut invoice);
        broken(&invoice).into_iter().map(|broken| broken.rule.id()).collect()
    }

    #[test]
    fn each_rule_is_seen_when_it_breaks() {
        assert!(rules(|_| {}).is_empty());
        assert_eq!(rules(|i| i.line_amounts[0] += euros(1)), ["BR-CO-10"]);
        assert_eq!(rules(|i| i.adjustments[0].amount -= euros(1)), ["BR-CO-11"]);
        assert_eq!(rules(|i| i.adjustments[1].amount += euros(1)), ["BR-CO-12"]);
        assert_eq!(rules(|i| i.net = Some(euros(10_001))), ["BR-CO-13", "BR-CO-15"]);
        assert_eq!(rules(|i| i.taxes[0].tax = Some(euros(1901))), ["BR-CO-14"]);
        assert_eq!(rules(|i| i.gross = Some(euros(11_901))), ["BR-CO-15", "BR-CO-16"]);
        assert_eq!(rules(|i| i.due = Some(euros(11_900))), ["BR-CO-16"]);
        assert_eq!(rules(|i| i.taxes[0].percent = Some(Decimal::from(7))), ["BR-CO-17"]);
    }

    #[test]
    fn what_is_not_stated_breaks_no_rule() {
        assert!(broken(&EInvoice { gross: Some(euros(100)), ..EInvoice::default() }).is_empty());
    }
}
