//! What is odd about a document, in plain words.

use domain::{Check, DocumentKind, Fact, FailureCode, Field, Origin, Problem, Value};
use rust_decimal::Decimal;

use crate::arithmetic::adds_up;
use crate::claims;
use crate::context::Context;

/// The fields in which the page of an e-invoice is held against its XML.
pub(crate) fn compared(field: Field) -> bool {
    matches!(
        field,
        Field::DueDate | Field::IssueDate | Field::TotalGross | Field::AmountDue | Field::Iban | Field::InvoiceNumber
    )
}

/// A credit note may state the same amount with or without its sign.
fn says_the_same(page: &Value, xml: &Value) -> bool {
    match (page.amount(), xml.amount()) {
        (Some(page), Some(xml)) => page.abs() == xml.abs(),
        _ => page == xml,
    }
}

/// Everything odd about a document and its chosen facts.
pub(crate) fn problems(context: &Context, facts: &[Fact]) -> Vec<Problem> {
    let broken = context.e_invoice.as_ref().map(|invoice| invoice.broken_sums()).unwrap_or_default();
    let mut problems: Vec<Problem> =
        broken.iter().map(|broken| Problem::new(broken.rule.code(), broken.to_string())).collect();
    if context.e_invoice.is_none() {
        problems.extend(arithmetic(facts));
    }
    let amount = amount(facts, Field::AmountDue).or(amount(facts, Field::TotalGross));
    if context.kind().asks_for_money() && amount.is_none() {
        problems.push(Problem::new(FailureCode::NoAmount, "No amount was found. Please look it up on the page."));
    }
    problems.extend(page_and_xml(facts));
    problems.extend(claims::problems(context, facts));
    let account = facts.iter().any(|fact| fact.field == Field::Iban && fact.certain);
    if context.kind() == DocumentKind::Advertisement && account {
        let message =
            "This looks like a bill but seems to be an offer: nothing has to be paid. Please read it closely.";
        problems.push(Problem::new(FailureCode::LooksLikeABill, message));
    }
    problems
}

/// The best amount of a field.
fn amount(facts: &[Fact], field: Field) -> Option<Decimal> {
    facts.iter().find(|fact| fact.field == field).and_then(|fact| fact.value.amount())
}

/// Net and tax that do not make gross.
fn arithmetic(facts: &[Fact]) -> Option<Problem> {
    let [net, tax, gross] = [Field::TotalNet, Field::TaxTotal, Field::TotalGross].map(|field| amount(facts, field));
    let (net, tax, gross) = (net?, tax?, gross?);
    let message =
        format!("The sum is not right: {net:.2} net and {tax:.2} tax are not {gross:.2}. Please check the amounts.");
    (!adds_up(net, tax, gross)).then(|| Problem::new(FailureCode::Arithmetic, message))
}

/// Values that the page clearly states otherwise than the XML.
fn page_and_xml(facts: &[Fact]) -> Vec<Problem> {
    /// How sure a value of the page must be to speak against the XML: what a sentence says clearly, at even odds of the model.
    const CLEAR: f32 = 0.77;
    let unconfirmed = facts
        .iter()
        .filter(|f| f.origin == Origin::Xml && compared(f.field) && !f.checks.contains(&Check::SourcesAgree));
    let differing = unconfirmed.filter_map(|xml| {
        let page = facts.iter().find(|fact| {
            fact.field == xml.field
                && fact.origin != Origin::Xml
                && fact.evidence.is_some()
                && fact.confidence >= CLEAR
                && !says_the_same(&fact.value, &xml.value)
        })?;
        let message = format!(
            "The page says {} where the invoice data inside the file says {} ({}). Please check which is right.",
            page.value.plain(),
            xml.value.plain(),
            xml.field.as_str()
        );
        let number = page.evidence.as_ref().map(|place| place.page);
        Some(Problem { page: number, ..Problem::new(FailureCode::PageAndXmlDiffer, message) })
    });
    differing.collect()
}

#[cfg(test)]
mod tests {
    use crate::testing::findings;

    fn codes(drawing: &str) -> Vec<&'static str> {
        findings(drawing).problems.into_iter().map(|problem| problem.code.as_str()).collect()
    }

    #[test]
    fn odd_documents_are_told_about() {
        let wrong = "Rechnung Nr. 12\n\nSumme netto    100,00\n19 % MwSt.    19,00\nRechnungsbetrag    125,00";
        assert_eq!(codes(wrong), ["arithmetic"]);
        assert_eq!(codes("Rechnung Nr. 12\n\nSehr geehrte Frau Beispiel,"), ["no_amount"]);
        let offer = "Register Muster\n\nEintragungsofferte\n\nGesamtbetrag    398,00 EUR\nIBAN DE89 3704 0044 0532 0130 00\nEs besteht keine Zahlungspflicht.";
        assert_eq!(codes(offer), ["looks_like_a_bill"]);
        assert!(codes("Rechnung Nr. 12\n\nRechnungsbetrag    119,00 EUR").is_empty());
    }
}
