//! What was delivered.

use domain::LineItem;
use rust_decimal::Decimal;

use crate::xml::tree::Element;
use crate::xml::{EInvoice, decimal, money};

/// Reads the lines of an invoice.
pub(super) fn read(transaction: &Element, invoice: &mut EInvoice) {
    let items = transaction.all("IncludedSupplyChainTradeLineItem");
    invoice.line_amounts = items.iter().copied().filter(|item| counts(item)).filter_map(line_amount).collect();
    invoice.lines = items.into_iter().filter_map(line).collect();
}

/// Whether the amount of a line belongs to the sum: lines that only group others or inform do not count.
fn counts(item: &Element) -> bool {
    !matches!(
        item.text("AssociatedDocumentLineDocument/LineStatusReasonCode").as_deref(),
        Some("GROUP" | "INFORMATION")
    )
}

/// The sum of a line.
fn line_amount(item: &Element) -> Option<Decimal> {
    let sum = "*/SpecifiedTradeSettlementLineMonetarySummation/LineTotalAmount";
    let old_sum = "*/SpecifiedTradeSettlementMonetarySummation/LineTotalAmount";
    item.text(sum).or(item.text(old_sum)).and_then(|t| money(&t))
}

/// A line; none without words.
fn line(item: &Element) -> Option<LineItem> {
    let delivered = item.all("*/BilledQuantity").into_iter().next();
    let price = item
        .text("*/NetPriceProductTradePrice/ChargeAmount")
        .or(item.text("*/GrossPriceProductTradePrice/ChargeAmount"));
    let description = item
        .text("SpecifiedTradeProduct/Name")
        .or(item.text("SpecifiedTradeProduct/Description"))
        .or(item.text("AssociatedDocumentLineDocument/IncludedNote/Content"))?;
    Some(LineItem {
        description,
        quantity: delivered.and_then(|q| decimal(&q.own_text()?)),
        unit: delivered.and_then(|q| q.attribute("unitCode")).map(str::to_owned),
        unit_price: price.and_then(|t| decimal(&t)),
        amount: line_amount(item),
    })
}
