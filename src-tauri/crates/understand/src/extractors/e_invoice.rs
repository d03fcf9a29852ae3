//! What the XML of an e-invoice states. It is the authoritative original, so its values are certain.

use domain::{Check, Fact, Field, Iban, Origin, Value};
use rust_decimal::Decimal;

use super::Extractor;
use crate::context::Context;
use crate::forms::discounts::discounts;
use crate::forms::lengths::Term;
use crate::forms::terms;
use crate::forms::{dates, pattern};
use crate::xml::{EInvoice, is_direct_debit};

pub(super) struct EInvoiceXml;

impl Extractor for EInvoiceXml {
    fn id(&self) -> &'static str {
        "e_invoice"
    }

    fn run(&self, context: &Context) -> Vec<Fact> {
        let Some(invoice) = &context.e_invoice else { return Vec::new() };
        let stated = stated(invoice).into_iter().map(|(field, value)| Fact {
            field,
            value,
            confidence: 1.0,
            certain: true,
            origin: Origin::Xml,
            by: self.id().to_owned(),
            evidence: None,
            checks: vec![Check::Structured],
        });
        let worded = worded(invoice, context).into_iter().map(|(field, value)| Fact {
            field,
            value,
            confidence: 0.9,
            certain: false,
            origin: Origin::Derived,
            by: self.id().to_owned(),
            evidence: None,
            checks: Vec::new(),
        });
        stated.chain(worded).collect()
    }
}

/// The values of the XML's own elements.
fn stated(invoice: &EInvoice) -> Vec<(Field, Value)> {
    let mut all: Vec<(Field, Value)> = Vec::new();
    let texts = [
        (Field::InvoiceNumber, &invoice.number),
        (Field::SellerName, &invoice.seller_name),
        (Field::SellerTaxNumber, &invoice.seller_tax_number),
        (Field::SellerAddress, &invoice.seller_address),
        (Field::BuyerName, &invoice.buyer_name),
        (Field::CustomerNumber, &invoice.customer_number),
        (Field::PayeeName, &invoice.payee_name),
        (Field::PaymentMeansCode, &invoice.means_code),
        (Field::CreditorId, &invoice.creditor_id),
        (Field::MandateReference, &invoice.mandate_reference),
        (Field::PaymentReference, &invoice.payment_reference),
        (Field::PaymentTerms, &invoice.terms),
        (Field::OrderNumber, &invoice.order_number),
        (Field::ContractNumber, &invoice.contract_number),
        (Field::OriginalInvoiceNumber, &invoice.original_invoice_number),
    ];
    all.extend(texts.into_iter().filter_map(|(field, text)| Some((field, Value::Text(text.clone()?)))));
    let compact = [(Field::SellerVatId, &invoice.seller_vat_id), (Field::Bic, &invoice.bic)];
    all.extend(compact.into_iter().filter_map(|(field, text)| {
        Some((field, Value::Text(text.as_ref()?.chars().filter(|c| !c.is_whitespace()).collect())))
    }));
    let prepaid = invoice.prepaid.filter(|amount| !amount.is_zero());
    let amounts = [
        (Field::TotalNet, invoice.net),
        (Field::TaxTotal, invoice.tax),
        (Field::TotalGross, invoice.gross),
        (Field::Prepaid, prepaid),
        (Field::AmountDue, invoice.due),
    ];
    all.extend(amounts.into_iter().filter_map(|(field, amount)| Some((field, Value::Amount(amount?)))));
    let dates = [(Field::IssueDate, invoice.issue_date), (Field::DueDate, invoice.due_date)];
    all.extend(dates.into_iter().filter_map(|(field, date)| Some((field, Value::Date(date?)))));
    all.extend(invoice.currency.as_deref().and_then(|c| c.parse().ok()).map(|c| (Field::Currency, Value::Currency(c))));
    let ibans = invoice.ibans.iter().filter_map(|text| Iban::parse(text).ok());
    all.extend(ibans.map(|iban| (Field::Iban, Value::Iban(iban))));
    let debtor = invoice.debtor_iban.as_deref().and_then(|text| Iban::parse(text).ok());
    all.extend(debtor.map(|iban| (Field::DebtorIban, Value::Iban(iban))));
    if let Some((from, to)) = invoice.period {
        all.push((Field::ServicePeriod, Value::Text(format!("{from} – {to}"))));
    }
    if !invoice.skonto.is_empty() {
        let mut skonto = invoice.skonto.clone();
        for discount in &mut skonto {
            let days = discount.days.map(Term::Days);
            discount.date = discount.date.or_else(|| days?.end(invoice.issue_date?));
        }
        all.push((Field::Skonto, Value::Skonto(skonto)));
    }
    if !invoice.lines.is_empty() {
        all.push((Field::LineItems, Value::Lines(invoice.lines.clone())));
    }
    if !invoice.taxes.is_empty() {
        all.push((Field::TaxBreakdown, Value::Taxes(invoice.taxes.clone())));
    }
    if !invoice.adjustments.is_empty() {
        all.push((Field::Adjustments, Value::Adjustments(invoice.adjustments.clone())));
    }
    all
}

/// What the terms of the XML say in words: a due date, a discount, the day of a debit.
fn worded(invoice: &EInvoice, context: &Context) -> Vec<(Field, Value)> {
    let mut all = Vec::new();
    let Some(terms) = invoice.terms.as_deref() else { return all };
    let discounts = discounts(terms, context.order);
    let dates = dates::find(terms, context.order);
    let plain = |at: usize| !discounts.iter().any(|(range, _)| range.contains(&at));
    let printed = dates.iter().find(|(range, _)| plain(range.start)).map(|(_, date)| *date);
    if is_direct_debit(invoice.means_code.as_deref())
        || pattern!(r"lastschrift|eingezogen|abgebucht|direct debit").is_match(terms)
    {
        all.extend(printed.map(|date| (Field::DirectDebitDate, Value::Date(date))));
    } else if invoice.due_date.is_none() {
        // "At once" names no day.
        let term = terms::due(terms, context.order).map(|(_, term)| term).filter(|term| *term != Term::AtOnce);
        let counted = term.and_then(|term| term.end(invoice.issue_date?));
        all.extend(printed.or(counted).map(|date| (Field::DueDate, Value::Date(date))));
    }
    if invoice.skonto.is_empty() && !discounts.is_empty() {
        let positive = discounts.into_iter().map(|(_, skonto)| skonto).filter(|s| s.percent > Decimal::ZERO);
        all.push((Field::Skonto, Value::Skonto(positive.collect())));
    }
    all
}
