//! How the invoice is paid: means, terms, sums, adjustments and taxes.

use domain::{Adjustment, Skonto, TaxRate};

use super::either;
use crate::xml::tree::Element;
use crate::xml::{EInvoice, amount, date, decimal, is_direct_debit, money, structured_discounts};

/// Reads the settlement of an invoice.
pub(super) fn read(settlement: &Element, invoice: &mut EInvoice) {
    payment(settlement, invoice);
    terms(settlement, invoice);
    sums(settlement, invoice);
    adjustments(settlement, invoice);
    invoice.taxes = settlement.all("ApplicableTradeTax").into_iter().map(tax_rate).collect();
}

/// Currency, references, accounts, and the period that is billed for.
fn payment(settlement: &Element, invoice: &mut EInvoice) {
    invoice.currency = settlement.text("InvoiceCurrencyCode");
    invoice.payment_reference = settlement.text("PaymentReference");
    invoice.creditor_id = settlement.text("CreditorReferenceID");
    invoice.payee_name = settlement.text("PayeeTradeParty/Name");
    for means in settlement.all("SpecifiedTradeSettlementPaymentMeans") {
        let code = means.text("TypeCode");
        // The account of a debit is the payer's, wherever it is written.
        let iban = means.text("PayeePartyCreditorFinancialAccount/IBANID");
        invoice.ibans.extend(iban.filter(|_| !is_direct_debit(code.as_deref())));
        if let Some(mandate) = means.first("ID").filter(|_| is_direct_debit(code.as_deref())) {
            // ZUGFeRD 1 has the mandate here, and whose it is as its agency.
            let creditor = mandate.attribute("schemeAgencyID").map(str::to_owned);
            invoice.creditor_id = invoice.creditor_id.take().or(creditor);
            invoice.mandate_reference = invoice.mandate_reference.take().or(mandate.own_text());
        }
        invoice.means_code = invoice.means_code.take().or(code);
        let bank = means
            .text("PayeeSpecifiedCreditorFinancialInstitution/BICID")
            .or(means.text("PayeeSpecifiedCreditorFinancialInstitution/ID"));
        invoice.bic = invoice.bic.take().or(bank);
        let debtor = means.text("PayerPartyDebtorFinancialAccount/IBANID");
        invoice.debtor_iban = invoice.debtor_iban.take().or(debtor);
    }
    let reference = settlement.first("InvoiceReferencedDocument");
    invoice.original_invoice_number = reference.and_then(|r| r.text("IssuerAssignedID").or_else(|| r.text("ID")));
    if let Some(period) = settlement.first("BillingSpecifiedPeriod") {
        let day = |end: &str| period.text(&format!("{end}/DateTimeString")).and_then(|t| date(&t));
        invoice.period = day("StartDateTime").zip(day("EndDateTime"));
    }
}

/// When it is due, and discounts.
fn terms(settlement: &Element, invoice: &mut EInvoice) {
    for terms in settlement.all("SpecifiedTradePaymentTerms") {
        let text = terms.text("Description");
        let due = terms.text("DueDateDateTime/DateTimeString").and_then(|t| date(&t));
        invoice.mandate_reference = invoice.mandate_reference.take().or(terms.text("DirectDebitMandateID"));
        let discounts: Vec<&Element> = terms.all("ApplicableTradePaymentDiscountTerms");
        for discount in &discounts {
            let Some(percent) = discount.text("CalculationPercent").and_then(|t| decimal(&t)) else { continue };
            let days = discount
                .first("BasisPeriodMeasure")
                .filter(|m| m.attribute("unitCode").is_none_or(|unit| unit == "DAY"))
                .and_then(|m| m.own_text()?.split('.').next()?.parse().ok());
            // ZUGFeRD gives the last day of the discount as the due date of its terms or as the basis date.
            let until =
                due.or(discount.text("BasisDateTime/DateTimeString").and_then(|t| date(&t)).filter(|_| days.is_none()));
            let basis = amount(discount, "BasisAmount", invoice.currency.as_deref());
            invoice.skonto.push(Skonto { percent, days, date: until, basis });
        }
        invoice.skonto.extend(text.as_deref().map(structured_discounts).unwrap_or_default());
        if discounts.is_empty() {
            invoice.due_date = invoice.due_date.max(due);
        }
        invoice.terms = match (invoice.terms.take(), text) {
            (Some(before), Some(more)) => Some(format!("{before} {more}")),
            (before, more) => before.or(more),
        };
    }
}

/// The totals.
fn sums(settlement: &Element, invoice: &mut EInvoice) {
    let sums = either(
        settlement,
        "SpecifiedTradeSettlementHeaderMonetarySummation",
        "SpecifiedTradeSettlementMonetarySummation",
    );
    let Some(sums) = sums else { return };
    let currency = invoice.currency.clone();
    let get = |name: &str| amount(sums, name, currency.as_deref());
    invoice.line_total = get("LineTotalAmount");
    invoice.allowance_total = get("AllowanceTotalAmount");
    invoice.charge_total = get("ChargeTotalAmount");
    invoice.net = get("TaxBasisTotalAmount");
    invoice.tax = get("TaxTotalAmount");
    invoice.gross = get("GrandTotalAmount");
    invoice.prepaid = get("TotalPrepaidAmount");
    invoice.rounding = get("RoundingAmount");
    // Some leave out what is left to pay.
    invoice.due = get("DuePayableAmount").or(invoice.gross.map(|gross| gross - invoice.prepaid.unwrap_or_default()));
}

/// Allowances and charges on the whole invoice.
fn adjustments(settlement: &Element, invoice: &mut EInvoice) {
    let number = |element: &Element, path: &str| element.text(path).and_then(|t| decimal(&t));
    for one in settlement.all("SpecifiedTradeAllowanceCharge") {
        let charge = one.text("ChargeIndicator/Indicator").or(one.text("ChargeIndicator")).as_deref() == Some("true");
        let Some(amount) = one.text("ActualAmount").and_then(|t| money(&t)) else { continue };
        let amount = if charge { amount } else { -amount };
        let percent = number(one, "CalculationPercent");
        invoice.adjustments.push(Adjustment { reason: one.text("Reason"), amount, percent });
    }
    // ZUGFeRD 1 and the extended profile have freight apart.
    for one in settlement.all("SpecifiedLogisticsServiceCharge") {
        let Some(amount) = one.text("AppliedAmount").and_then(|t| money(&t)) else { continue };
        invoice.adjustments.push(Adjustment { reason: one.text("Description"), amount, percent: None });
    }
}

/// One line of the tax breakdown.
fn tax_rate(tax: &Element) -> TaxRate {
    TaxRate {
        category: tax.text("CategoryCode"),
        percent: tax.text("RateApplicablePercent").or(tax.text("ApplicablePercent")).and_then(|t| decimal(&t)),
        base: tax.text("BasisAmount").and_then(|t| money(&t)),
        tax: tax.text("CalculatedAmount").and_then(|t| money(&t)),
    }
}
