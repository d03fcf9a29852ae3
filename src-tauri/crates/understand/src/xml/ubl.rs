//! OASIS UBL 2.1 invoices and credit notes (XRechnung, Peppol).

use domain::{Adjustment, LineItem, TaxRate};
use rust_decimal::Decimal;

use super::tree::Element;
use super::{EInvoice, address, amount, date, decimal, is_direct_debit, money, structured_discounts};

/// Reads an invoice or credit note from its root element.
pub(super) fn read(root: &Element) -> EInvoice {
    let mut invoice = EInvoice {
        type_code: root.text("InvoiceTypeCode").or(root.text("CreditNoteTypeCode")),
        number: root.text("ID"),
        issue_date: root.text("IssueDate").and_then(|t| date(&t)),
        due_date: root.text("DueDate").or(root.text("PaymentMeans/PaymentDueDate")).and_then(|t| date(&t)),
        currency: root.text("DocumentCurrencyCode"),
        payee_name: root.text("PayeeParty/PartyName/Name"),
        order_number: root.text("OrderReference/ID"),
        contract_number: root.text("ContractDocumentReference/ID"),
        original_invoice_number: root.text("BillingReference/InvoiceDocumentReference/ID"),
        terms: root.text("PaymentTerms/Note"),
        ..EInvoice::default()
    };
    if root.name == "CreditNote" && invoice.type_code.is_none() {
        invoice.type_code = Some("381".to_owned());
    }
    invoice.skonto = invoice.terms.as_deref().map(structured_discounts).unwrap_or_default();
    let day = |end: &str| root.text(&format!("InvoicePeriod/{end}")).and_then(|t| date(&t));
    invoice.period = day("StartDate").zip(day("EndDate"));
    parties(root, &mut invoice);
    payment(root, &mut invoice);
    sums(root, &mut invoice);
    adjustments(root, &mut invoice);
    taxes(root, &mut invoice);
    let items: Vec<&Element> = ["InvoiceLine", "CreditNoteLine"].iter().flat_map(|n| root.all(n)).collect();
    invoice.line_amounts = items.iter().copied().filter_map(line_amount).collect();
    invoice.lines = items.into_iter().filter_map(line).collect();
    invoice
}

/// Seller and buyer.
fn parties(root: &Element, invoice: &mut EInvoice) {
    let name = |party: &Element| party.text("PartyLegalEntity/RegistrationName").or(party.text("PartyName/Name"));
    if let Some(seller) = root.first("AccountingSupplierParty/Party") {
        invoice.seller_name = name(seller);
        let get = |part: &str| seller.text(&format!("PostalAddress/{part}"));
        invoice.seller_address = address(get("StreetName"), [get("PostalZone"), get("CityName")]);
        for scheme in seller.all("PartyTaxScheme") {
            match scheme.text("TaxScheme/ID").as_deref() {
                Some("VAT") => invoice.seller_vat_id = scheme.text("CompanyID"),
                _ => invoice.seller_tax_number = scheme.text("CompanyID"),
            }
        }
        let creditor =
            seller.all("PartyIdentification/ID").into_iter().find(|id| id.attribute("schemeID") == Some("SEPA"));
        invoice.creditor_id = creditor.and_then(Element::own_text);
    }
    if let Some(buyer) = root.first("AccountingCustomerParty/Party") {
        invoice.buyer_name = name(buyer);
        invoice.customer_number = buyer.text("PartyIdentification/ID");
    }
    let payee =
        root.all("PayeeParty/PartyIdentification/ID").into_iter().find(|id| id.attribute("schemeID") == Some("SEPA"));
    invoice.creditor_id = invoice.creditor_id.take().or(payee.and_then(Element::own_text));
}

/// Means of payment, accounts and references.
fn payment(root: &Element, invoice: &mut EInvoice) {
    for means in root.all("PaymentMeans") {
        let code = means.text("PaymentMeansCode");
        // The account of a debit is the payer's, wherever it is written.
        let iban = means.text("PayeeFinancialAccount/ID");
        invoice.ibans.extend(iban.filter(|_| !is_direct_debit(code.as_deref())));
        invoice.means_code = invoice.means_code.take().or(code);
        invoice.payment_reference = invoice.payment_reference.take().or(means.text("PaymentID"));
        let bank = means
            .text("PayeeFinancialAccount/FinancialInstitutionBranch/ID")
            .or(means.text("PayeeFinancialAccount/FinancialInstitutionBranch/FinancialInstitution/ID"));
        invoice.bic = invoice.bic.take().or(bank);
        invoice.mandate_reference = invoice.mandate_reference.take().or(means.text("PaymentMandate/ID"));
        let debtor = means.text("PaymentMandate/PayerFinancialAccount/ID");
        invoice.debtor_iban = invoice.debtor_iban.take().or(debtor);
    }
}

/// The totals.
fn sums(root: &Element, invoice: &mut EInvoice) {
    let currency = invoice.currency.clone();
    let get = |name: &str| amount(root, name, currency.as_deref());
    invoice.line_total = get("LegalMonetaryTotal/LineExtensionAmount");
    invoice.allowance_total = get("LegalMonetaryTotal/AllowanceTotalAmount");
    invoice.charge_total = get("LegalMonetaryTotal/ChargeTotalAmount");
    invoice.tax = get("TaxTotal/TaxAmount");
    invoice.net = get("LegalMonetaryTotal/TaxExclusiveAmount");
    invoice.gross = get("LegalMonetaryTotal/TaxInclusiveAmount");
    invoice.prepaid = get("LegalMonetaryTotal/PrepaidAmount");
    invoice.rounding = get("LegalMonetaryTotal/PayableRoundingAmount");
    invoice.due = get("LegalMonetaryTotal/PayableAmount");
}

/// Allowances and charges on the whole invoice.
fn adjustments(root: &Element, invoice: &mut EInvoice) {
    for one in root.all("AllowanceCharge") {
        let charge = one.text("ChargeIndicator").as_deref() == Some("true");
        let Some(amount) = one.text("Amount").and_then(|t| money(&t)) else { continue };
        let percent = one.text("MultiplierFactorNumeric").and_then(|t| decimal(&t));
        let amount = if charge { amount } else { -amount };
        invoice.adjustments.push(Adjustment { reason: one.text("AllowanceChargeReason"), amount, percent });
    }
}

/// The breakdown in the invoice's currency; a second total in the currency of the tax has none.
fn taxes(root: &Element, invoice: &mut EInvoice) {
    let rates = root.all("TaxTotal/TaxSubtotal").into_iter().map(|rate| TaxRate {
        category: rate.text("TaxCategory/ID"),
        percent: rate.text("TaxCategory/Percent").and_then(|t| decimal(&t)),
        base: rate.text("TaxableAmount").and_then(|t| money(&t)),
        tax: rate.text("TaxAmount").and_then(|t| money(&t)),
    });
    invoice.taxes = rates.collect();
}

/// The sum of a line.
fn line_amount(item: &Element) -> Option<Decimal> {
    item.text("LineExtensionAmount").and_then(|t| money(&t))
}

/// A line; none without words.
fn line(item: &Element) -> Option<LineItem> {
    let quantity = item.first("InvoicedQuantity").or(item.first("CreditedQuantity"));
    Some(LineItem {
        description: item.text("Item/Name").or(item.text("Item/Description"))?,
        quantity: quantity.and_then(|q| decimal(&q.own_text()?)),
        unit: quantity.and_then(|q| q.attribute("unitCode")).map(str::to_owned),
        unit_price: item.text("Price/PriceAmount").and_then(|t| decimal(&t)),
        amount: line_amount(item),
    })
}
