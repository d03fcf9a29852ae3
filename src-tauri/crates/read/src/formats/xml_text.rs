//! The XML of an e-invoice as lines that a person can read: a heading for each part that has one, and for each value its
//! name. What has no name here is left to `understand`: identifiers of schemes, profiles and the like.

use quick_xml::Reader;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesRef, Event};

/// Parts of an invoice in CII and UBL, with their headings.
const HEADINGS: &[(&str, &str)] = &[
    ("SellerTradeParty", "Verkäufer"),
    ("AccountingSupplierParty", "Verkäufer"),
    ("BuyerTradeParty", "Käufer"),
    ("AccountingCustomerParty", "Käufer"),
    ("PayeeTradeParty", "Zahlungsempfänger"),
    ("PayeeParty", "Zahlungsempfänger"),
    ("ShipToTradeParty", "Lieferung an"),
    ("Delivery", "Lieferung"),
    ("IncludedSupplyChainTradeLineItem", "Position"),
    ("InvoiceLine", "Position"),
    ("CreditNoteLine", "Position"),
    ("SpecifiedTradeSettlementPaymentMeans", "Zahlung"),
    ("PaymentMeans", "Zahlung"),
    ("SpecifiedTradePaymentTerms", "Zahlungsbedingungen"),
    ("PaymentTerms", "Zahlungsbedingungen"),
    ("ApplicableTradeTax", "Steuer"),
    ("TaxSubtotal", "Steuer"),
    ("SpecifiedTradeSettlementHeaderMonetarySummation", "Summen"),
    ("SpecifiedTradeSettlementMonetarySummation", "Summen"),
    ("LegalMonetaryTotal", "Summen"),
    ("AllowanceCharge", "Abzug oder Zuschlag"),
    ("SpecifiedTradeAllowanceCharge", "Abzug oder Zuschlag"),
];

/// Elements with a value, by their own name and the names around them (the first that fits), and what they are called.
const NAMES: &[(&str, &str, &str)] = &[
    ("ExchangedDocument", "ID", "Rechnungsnummer"),
    ("HeaderExchangedDocument", "ID", "Rechnungsnummer"),
    ("Invoice", "ID", "Rechnungsnummer"),
    ("CreditNote", "ID", "Rechnungsnummer"),
    ("IssueDateTime", "DateTimeString", "Rechnungsdatum"),
    ("", "IssueDate", "Rechnungsdatum"),
    ("DueDateDateTime", "DateTimeString", "Fällig am"),
    ("", "DueDate", "Fällig am"),
    ("", "PaymentDueDate", "Fällig am"),
    ("OccurrenceDateTime", "DateTimeString", "Lieferdatum"),
    ("", "ActualDeliveryDate", "Lieferdatum"),
    ("StartDateTime", "DateTimeString", "Von"),
    ("EndDateTime", "DateTimeString", "Bis"),
    ("", "StartDate", "Von"),
    ("", "EndDate", "Bis"),
    ("", "InvoiceCurrencyCode", "Währung"),
    ("", "DocumentCurrencyCode", "Währung"),
    ("", "BuyerReference", "Referenz des Käufers"),
    ("IncludedNote", "Content", "Hinweis"),
    ("", "Note", "Hinweis"),
    ("SpecifiedLegalOrganization", "TradingBusinessName", "Firma"),
    ("PartyName", "Name", "Name"),
    ("", "RegistrationName", "Firma"),
    ("DefinedTradeContact", "PersonName", "Ansprechpartner"),
    ("Contact", "Name", "Ansprechpartner"),
    ("", "CompleteNumber", "Telefon"),
    ("", "Telephone", "Telefon"),
    ("", "URIID", "E-Mail"),
    ("", "ElectronicMail", "E-Mail"),
    ("", "LineOne", "Straße"),
    ("", "StreetName", "Straße"),
    ("", "LineTwo", "Zusatz"),
    ("", "AdditionalStreetName", "Zusatz"),
    ("", "PostcodeCode", "Postleitzahl"),
    ("", "PostalZone", "Postleitzahl"),
    ("", "CityName", "Ort"),
    ("", "CountryID", "Land"),
    ("Country", "IdentificationCode", "Land"),
    ("SpecifiedTaxRegistration", "ID", "Steuernummer"),
    ("PartyTaxScheme", "CompanyID", "Steuernummer"),
    ("SpecifiedTradeProduct", "Name", "Bezeichnung"),
    ("Item", "Name", "Bezeichnung"),
    ("", "Description", "Beschreibung"),
    ("", "BilledQuantity", "Menge"),
    ("", "InvoicedQuantity", "Menge"),
    ("", "CreditedQuantity", "Menge"),
    ("NetPriceProductTradePrice", "ChargeAmount", "Einzelpreis"),
    ("", "PriceAmount", "Einzelpreis"),
    ("", "LineExtensionAmount", "Nettobetrag"),
    ("", "LineTotalAmount", "Nettobetrag"),
    ("", "ActualAmount", "Betrag"),
    ("AllowanceCharge", "Amount", "Betrag"),
    ("", "BasisAmount", "Bemessungsgrundlage"),
    ("", "TaxableAmount", "Bemessungsgrundlage"),
    ("", "CalculatedAmount", "Steuerbetrag"),
    ("TaxSubtotal", "TaxAmount", "Steuerbetrag"),
    ("", "RateApplicablePercent", "Steuersatz in Prozent"),
    ("", "ApplicablePercent", "Steuersatz in Prozent"),
    ("TaxCategory", "Percent", "Steuersatz in Prozent"),
    ("", "TaxBasisTotalAmount", "Nettosumme"),
    ("", "TaxExclusiveAmount", "Nettosumme"),
    ("", "TaxTotalAmount", "Steuersumme"),
    ("", "GrandTotalAmount", "Bruttosumme"),
    ("", "TaxInclusiveAmount", "Bruttosumme"),
    ("", "TotalPrepaidAmount", "Bereits bezahlt"),
    ("", "PrepaidAmount", "Bereits bezahlt"),
    ("", "DuePayableAmount", "Zahlbetrag"),
    ("", "PayableAmount", "Zahlbetrag"),
    ("", "IBANID", "IBAN"),
    ("PayeeFinancialAccount", "ID", "IBAN"),
    ("", "BICID", "BIC"),
    ("FinancialInstitutionBranch", "ID", "BIC"),
    ("", "PaymentReference", "Verwendungszweck"),
    ("", "PaymentID", "Verwendungszweck"),
    ("", "DirectDebitMandateID", "Mandatsreferenz"),
    ("PaymentMandate", "ID", "Mandatsreferenz"),
    ("", "CreditorReferenceID", "Gläubiger-ID"),
    ("", "BuyerOrderReferencedDocument", "Bestellnummer"),
    ("BuyerOrderReferencedDocument", "IssuerAssignedID", "Bestellnummer"),
    ("OrderReference", "ID", "Bestellnummer"),
    ("ContractReferencedDocument", "IssuerAssignedID", "Vertragsnummer"),
    ("ContractDocumentReference", "ID", "Vertragsnummer"),
    // The name of a party, after the more special ones.
    ("SellerTradeParty", "Name", "Name"),
    ("BuyerTradeParty", "Name", "Name"),
    ("PayeeTradeParty", "Name", "Name"),
    ("ShipToTradeParty", "Name", "Name"),
];

/// The column at which values begin.
const VALUES_AT: usize = 28;

/// The invoice as text. What cannot be parsed any more is left out; the caller has looked at the file before.
pub(super) fn invoice_text(bytes: &[u8]) -> String {
    let mut reader = Reader::from_reader(bytes);
    let (mut buffer, mut path, mut text) = (Vec::new(), Vec::<String>::new(), String::new());
    let mut lines = vec!["Elektronische Rechnung".to_owned(), String::new()];
    while let Ok(event) = reader.read_event_into(&mut buffer) {
        match event {
            Event::Start(element) => {
                let name = element.local_name().as_ref().to_owned();
                if let Some((_, heading)) = HEADINGS.iter().find(|(part, _)| *part == name) {
                    lines.extend([String::new(), (*heading).to_owned()]);
                }
                path.push(name);
                text.clear();
            }
            Event::Text(part) => text += &part.xml10_content(),
            Event::CData(part) => text += &part.xml10_content(),
            Event::GeneralRef(reference) => text.extend(meant(&reference)),
            Event::End(_) => {
                if let Some(name) = name_of(&path).filter(|_| !text.trim().is_empty()) {
                    lines.push(format!("{name:<VALUES_AT$}{}", shown(text.trim())));
                }
                path.pop();
                text.clear();
            }
            Event::Eof => break,
            _ => {}
        }
        buffer.clear();
    }
    lines.join("\n")
}

/// What a reference such as `&amp;` or `&#228;` stands for.
fn meant(reference: &BytesRef<'_>) -> Option<String> {
    match reference.resolve_char_ref().ok()? {
        Some(character) => Some(character.to_string()),
        None => resolve_xml_entity(&reference.xml10_content()).map(str::to_owned),
    }
}

fn name_of(path: &[String]) -> Option<&'static str> {
    let (own, around) = path.split_last()?;
    let fits = |(part, element, _): &&(&str, &str, &str)| {
        element == own && (part.is_empty() || around.iter().rev().take(2).any(|name| name == part))
    };
    NAMES.iter().find(fits).map(|(_, _, name)| *name)
}

/// Dates as people write them; other values as they are.
fn shown(value: &str) -> String {
    let digits: Vec<&str> = match value.len() {
        8 if value.bytes().all(|b| b.is_ascii_digit()) => vec![&value[..4], &value[4..6], &value[6..]],
        10 => value.split('-').collect(),
        _ => Vec::new(),
    };
    match digits[..] {
        [year, month, day] if year.len() == 4 && month.len() == 2 && day.len() == 2 && year.starts_with(['1', '2']) => {
            format!("{day}.{month}.{year}")
        }
        _ => value.to_owned(),
    }
}
