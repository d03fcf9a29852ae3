//! UN/CEFACT Cross Industry Invoice: D16B (ZUGFeRD 2, Factur-X, XRechnung) and the older form of ZUGFeRD 1.

mod lines;
mod settlement;

use super::tree::Element;
use super::{EInvoice, address, date};

/// Reads an invoice from its root element.
pub(super) fn read(root: &Element) -> EInvoice {
    let mut invoice = EInvoice::default();
    if let Some(header) = root.first("ExchangedDocument").or(root.first("HeaderExchangedDocument")) {
        invoice.number = header.text("ID");
        invoice.type_code = header.text("TypeCode");
        invoice.issue_date = header.text("IssueDateTime/DateTimeString").and_then(|t| date(&t));
    }
    let transaction = root.first("SupplyChainTradeTransaction").or(root.first("SpecifiedSupplyChainTradeTransaction"));
    let Some(transaction) = transaction else { return invoice };
    if let Some(agreement) =
        either(transaction, "ApplicableHeaderTradeAgreement", "ApplicableSupplyChainTradeAgreement")
    {
        parties(agreement, &mut invoice);
    }
    if let Some(settlement) =
        either(transaction, "ApplicableHeaderTradeSettlement", "ApplicableSupplyChainTradeSettlement")
    {
        settlement::read(settlement, &mut invoice);
    }
    lines::read(transaction, &mut invoice);
    invoice
}

/// The part of an element by its name of today, or by that of ZUGFeRD 1.
fn either<'e>(element: &'e Element, new: &str, old: &str) -> Option<&'e Element> {
    element.first(new).or_else(|| element.first(old))
}

/// Seller and buyer, and the numbers of what was agreed.
fn parties(agreement: &Element, invoice: &mut EInvoice) {
    if let Some(seller) = agreement.first("SellerTradeParty") {
        invoice.seller_name = seller.text("Name").or(seller.text("SpecifiedLegalOrganization/TradingBusinessName"));
        let get = |part: &str| seller.text(&format!("PostalTradeAddress/{part}"));
        invoice.seller_address = address(get("LineOne"), [get("PostcodeCode"), get("CityName")]);
        for id in seller.all("SpecifiedTaxRegistration/ID") {
            match id.attribute("schemeID") {
                Some("VA") => invoice.seller_vat_id = id.own_text(),
                Some("FC") => invoice.seller_tax_number = id.own_text(),
                _ => {}
            }
        }
    }
    if let Some(buyer) = agreement.first("BuyerTradeParty") {
        invoice.buyer_name = buyer.text("Name");
        invoice.customer_number = buyer.text("ID");
    }
    let number = |document: &str| {
        agreement.text(&format!("{document}/IssuerAssignedID")).or_else(|| agreement.text(&format!("{document}/ID")))
    };
    invoice.order_number = number("BuyerOrderReferencedDocument");
    invoice.contract_number = number("ContractReferencedDocument");
}
