//! How an e-invoice is paid, in both syntaxes: by which means, to whom, with which discounts, and what is left.

use domain::{Attachment, DocumentKind, Field, Findings, Known, Reading};
use understand::understand;

const TRANSFER: &str = "DE89370400440532013000";
const OTHER: &str = "AT611904300234573201";

/// A CII invoice of this type (UNTDID 1001) with these elements in its settlement.
fn cii(type_code: &str, settlement: &str) -> Findings {
    findings(&format!(
        "<rsm:CrossIndustryInvoice xmlns:rsm=\"urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100\" xmlns:ram=\"urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100\" xmlns:udt=\"urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100\">\
         <rsm:ExchangedDocument><ram:ID>M-1</ram:ID><ram:TypeCode>{type_code}</ram:TypeCode><ram:IssueDateTime><udt:DateTimeString format=\"102\">20260203</udt:DateTimeString></ram:IssueDateTime></rsm:ExchangedDocument>\
         <rsm:SupplyChainTradeTransaction><ram:ApplicableHeaderTradeAgreement><ram:SellerTradeParty><ram:Name>Muster GmbH</ram:Name></ram:SellerTradeParty></ram:ApplicableHeaderTradeAgreement>\
         <ram:ApplicableHeaderTradeSettlement><ram:InvoiceCurrencyCode>EUR</ram:InvoiceCurrencyCode>{settlement}</ram:ApplicableHeaderTradeSettlement></rsm:SupplyChainTradeTransaction></rsm:CrossIndustryInvoice>"
    ))
}

/// A UBL invoice with these elements.
fn ubl(elements: &str) -> Findings {
    findings(&format!(
        "<Invoice xmlns=\"urn:oasis:names:specification:ubl:schema:xsd:Invoice-2\" xmlns:cac=\"urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2\" xmlns:cbc=\"urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2\">\
         <cbc:ID>M-1</cbc:ID><cbc:IssueDate>2026-02-03</cbc:IssueDate><cbc:InvoiceTypeCode>380</cbc:InvoiceTypeCode><cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>{elements}</Invoice>"
    ))
}

fn findings(xml: &str) -> Findings {
    let attachments = vec![Attachment { name: "invoice.xml".to_owned(), bytes: xml.as_bytes().to_owned() }];
    understand(&Reading { attachments, ..Reading::default() }, &Known::default())
}

/// All values of a field, the best first.
fn values(findings: &Findings, field: Field) -> Vec<String> {
    findings.facts.iter().filter(|fact| fact.field == field).map(|fact| fact.value.plain()).collect()
}

#[track_caller]
fn check(findings: &Findings, expected: &[(Field, &[&str])]) {
    for (field, expected) in expected {
        assert_eq!(values(findings, *field), *expected, "{field:?}");
    }
}

fn cii_means(code: &str, account: &str) -> String {
    format!(
        "<ram:SpecifiedTradeSettlementPaymentMeans><ram:TypeCode>{code}</ram:TypeCode>{account}</ram:SpecifiedTradeSettlementPaymentMeans>"
    )
}

fn cii_payee(iban: &str) -> String {
    format!(
        "<ram:PayeePartyCreditorFinancialAccount><ram:IBANID>{iban}</ram:IBANID></ram:PayeePartyCreditorFinancialAccount>"
    )
}

fn ubl_means(code: &str, iban: &str) -> String {
    format!(
        "<cac:PaymentMeans><cbc:PaymentMeansCode>{code}</cbc:PaymentMeansCode><cac:PayeeFinancialAccount><cbc:ID>{iban}</cbc:ID></cac:PayeeFinancialAccount></cac:PaymentMeans>"
    )
}

#[test]
fn every_account_to_which_one_may_pay_is_kept() {
    let both = cii("380", &(cii_means("58", &cii_payee(TRANSFER)) + &cii_means("58", &cii_payee(OTHER))));
    check(&both, &[(Field::Iban, &[TRANSFER, OTHER]), (Field::PaymentMeansCode, &["58"])]);
    let both = ubl(&(ubl_means("30", TRANSFER) + &ubl_means("30", OTHER)));
    check(&both, &[(Field::Iban, &[TRANSFER, OTHER]), (Field::PaymentMeansCode, &["30"])]);
}

#[test]
fn the_account_of_a_debit_is_never_one_to_pay_to() {
    for code in ["49", "59"] {
        check(&cii("380", &cii_means(code, &cii_payee(TRANSFER))), &[(Field::Iban, &[])]);
        check(&ubl(&ubl_means(code, TRANSFER)), &[(Field::Iban, &[])]);
    }
    // Beside a transfer only that one's account is.
    let either = ubl(&(ubl_means("58", TRANSFER) + &ubl_means("59", OTHER)));
    check(&either, &[(Field::Iban, &[TRANSFER])]);
    let payer = "<ram:PayerPartyDebtorFinancialAccount><ram:IBANID>AT611904300234573201</ram:IBANID></ram:PayerPartyDebtorFinancialAccount>";
    check(&cii("380", &cii_means("59", payer)), &[(Field::DebtorIban, &[OTHER]), (Field::Iban, &[])]);
}

#[test]
fn a_payee_other_than_the_seller_is_named() {
    let payee = "<ram:PayeeTradeParty><ram:Name>Muster Factoring AG</ram:Name></ram:PayeeTradeParty>";
    check(&cii("380", payee), &[(Field::PayeeName, &["Muster Factoring AG"]), (Field::SellerName, &["Muster GmbH"])]);
    let payee =
        "<cac:PayeeParty><cac:PartyName><cbc:Name>Muster Factoring AG</cbc:Name></cac:PartyName></cac:PayeeParty>";
    check(&ubl(payee), &[(Field::PayeeName, &["Muster Factoring AG"])]);
}

#[test]
fn several_discounts_are_read_in_every_form_and_get_their_days() {
    let dated = ["2 % until 2026-02-13; 1 % until 2026-02-23"];
    let structured = "#SKONTO#TAGE=10#PROZENT=2.00#\n#SKONTO#TAGE=20#PROZENT=1.00#BASISBETRAG=119.00#\n";
    let note = format!("<cac:PaymentTerms><cbc:Note>{structured}</cbc:Note></cac:PaymentTerms>");
    check(&ubl(&note), &[(Field::Skonto, &dated)]);
    let described = format!(
        "<ram:SpecifiedTradePaymentTerms><ram:Description>{structured}</ram:Description></ram:SpecifiedTradePaymentTerms>"
    );
    check(&cii("380", &described), &[(Field::Skonto, &dated)]);
    let elements = [(2, 10), (1, 20)].map(|(percent, days)| {
        format!("<ram:SpecifiedTradePaymentTerms><ram:ApplicableTradePaymentDiscountTerms><ram:BasisPeriodMeasure unitCode=\"DAY\">{days}</ram:BasisPeriodMeasure><ram:CalculationPercent>{percent}</ram:CalculationPercent></ram:ApplicableTradePaymentDiscountTerms></ram:SpecifiedTradePaymentTerms>")
    });
    check(&cii("380", &elements.concat()), &[(Field::Skonto, &dated)]);
}

#[test]
fn what_was_paid_before_is_taken_off_what_is_due() {
    let sums = "<ram:SpecifiedTradeSettlementHeaderMonetarySummation><ram:TaxBasisTotalAmount>100.00</ram:TaxBasisTotalAmount><ram:TaxTotalAmount currencyID=\"EUR\">19.00</ram:TaxTotalAmount><ram:GrandTotalAmount>119.00</ram:GrandTotalAmount><ram:TotalPrepaidAmount>119.00</ram:TotalPrepaidAmount><ram:DuePayableAmount>0.00</ram:DuePayableAmount></ram:SpecifiedTradeSettlementHeaderMonetarySummation>";
    check(
        &cii("380", sums),
        &[(Field::TotalGross, &["119.00"]), (Field::Prepaid, &["119.00"]), (Field::AmountDue, &["0.00"])],
    );
    let sums = "<cac:LegalMonetaryTotal><cbc:TaxInclusiveAmount currencyID=\"EUR\">119.00</cbc:TaxInclusiveAmount><cbc:PrepaidAmount currencyID=\"EUR\">50.00</cbc:PrepaidAmount><cbc:PayableAmount currencyID=\"EUR\">69.00</cbc:PayableAmount></cac:LegalMonetaryTotal>";
    check(&ubl(sums), &[(Field::Prepaid, &["50.00"]), (Field::AmountDue, &["69.00"])]);
}

#[test]
fn corrections_and_credit_notes_keep_their_sign_and_name_their_bill() {
    let settlement = |amount: &str| {
        format!(
            "<ram:SpecifiedTradeSettlementHeaderMonetarySummation><ram:GrandTotalAmount>{amount}</ram:GrandTotalAmount><ram:DuePayableAmount>{amount}</ram:DuePayableAmount></ram:SpecifiedTradeSettlementHeaderMonetarySummation><ram:InvoiceReferencedDocument><ram:IssuerAssignedID>M-0</ram:IssuerAssignedID></ram:InvoiceReferencedDocument>"
        )
    };
    for (type_code, amount, kind) in [
        ("381", "119.00", DocumentKind::CreditNote),
        ("384", "-119.00", DocumentKind::CorrectedInvoice),
        ("380", "-119.00", DocumentKind::CreditNote),
        ("389", "119.00", DocumentKind::SelfBilledInvoice),
    ] {
        let found = cii(type_code, &settlement(amount));
        assert_eq!(found.kind().kind, kind, "{type_code}");
        check(&found, &[(Field::TotalGross, &[amount]), (Field::OriginalInvoiceNumber, &["M-0"])]);
    }
}

#[test]
fn zugferd_1_has_the_mandate_and_its_creditor_in_the_means() {
    let mandate = "<ram:ID schemeAgencyID=\"DE98ZZZ09999999999\">M-77</ram:ID>";
    let found = cii("380", &cii_means("49", mandate));
    check(&found, &[(Field::MandateReference, &["M-77"]), (Field::CreditorId, &["DE98ZZZ09999999999"])]);
    let transfer = cii("380", &cii_means("30", "<ram:ID>1</ram:ID>"));
    check(&transfer, &[(Field::MandateReference, &[])]);
}

#[test]
fn where_nothing_is_said_to_be_left_it_is_what_the_total_leaves_of_what_is_paid() {
    let sums = |prepaid: &str| {
        format!(
            "<ram:SpecifiedTradeSettlementHeaderMonetarySummation><ram:GrandTotalAmount>50.00</ram:GrandTotalAmount>\
             {prepaid}</ram:SpecifiedTradeSettlementHeaderMonetarySummation>"
        )
    };
    for (prepaid, left) in [("", "50.00"), ("50.00", "0.00"), ("20.00", "30.00")] {
        let element = match prepaid {
            "" => String::new(),
            paid => format!("<ram:TotalPrepaidAmount>{paid}</ram:TotalPrepaidAmount>"),
        };
        check(&cii("380", &sums(&element)), &[(Field::AmountDue, &[left])]);
    }
}
