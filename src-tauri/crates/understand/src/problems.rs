//! What is odd about a document, in plain words.

use domain::{DocumentKind, Fact, Field, Origin, Problem, Value};
use rust_decimal::Decimal;

use crate::context::Context;

/// The fields in which the page of an e-invoice is held against its XML.
pub(crate) fn compared(field: Field) -> bool {
    matches!(field, Field::DueDate | Field::IssueDate | Field::TotalGross | Field::AmountDue | Field::Iban | Field::InvoiceNumber)
}

/// Everything odd about a document and its chosen facts.
pub(crate) fn problems(context: &Context, facts: &[Fact]) -> Vec<Problem> {
    let mut problems = Vec::new();
    let amount = |field| facts.iter().find(|fact| fact.field == field).and_then(|fact| fact.value.amount());
    if let (Some(net), Some(tax), Some(gross)) = (amount(Field::TotalNet), amount(Field::TaxTotal), amount(Field::TotalGross))
        && (net + tax - gross).abs() > Decimal::new(2, 2)
    {
        let message = format!("The sum is not right: {net:.2} net and {tax:.2} tax are not {gross:.2}. Please check the amounts.");
        problems.push(Problem::new("arithmetic", message));
    }
    if context.kind().asks_for_money() && amount(Field::AmountDue).or(amount(Field::TotalGross)).is_none() {
        problems.push(Problem::new("no_amount", "No amount was found. Please look it up on the page."));
    }
    let odd = facts.iter().filter(|fact| fact.origin == Origin::Xml && compared(fact.field)).find_map(|xml| {
        let page = facts.iter().find(|fact| {
            fact.field == xml.field && fact.origin != Origin::Xml && fact.confidence >= 0.8 && fact.value != xml.value
        })?;
        Some((xml, page))
    });
    if let Some((xml, page)) = odd {
        let message = format!(
            "The page says {} where the invoice data inside the file says {} ({}). Please check which is right.",
            page.value.plain(),
            xml.value.plain(),
            xml.field.as_str()
        );
        problems.push(Problem { page: page.evidence.as_ref().map(|e| e.page), ..Problem::new("page_and_xml_differ", message) });
    }
    let accounts = facts.iter().filter(|fact| matches!(fact.value, Value::Iban(_)) && fact.field == Field::Iban && fact.certain);
    if context.kind() == DocumentKind::Advertisement && accounts.count() > 0 {
        let message = "This looks like a bill but seems to be an offer: nothing has to be paid. Please read it closely.";
        problems.push(Problem::new("looks_like_a_bill", message));
    }
    problems
}
