//! E-invoices (EN 16931): ZUGFeRD 1 and 2, Factur-X, XRechnung and Peppol, in the syntaxes CII and UBL. The subset that
//! the product has fields for.

mod cii;
mod sums;
mod tree;
mod ubl;

use chrono::NaiveDate;
use domain::{Adjustment, Attachment, BrokenSum, DocumentKind, LineItem, Skonto, TaxRate};
use rust_decimal::Decimal;

use crate::forms::pattern;
use tree::Element;

/// What an e-invoice states. Texts as given, without surrounding space.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct EInvoice {
    /// UNTDID 1001 code of the document.
    pub(crate) type_code: Option<String>,
    pub(crate) number: Option<String>,
    pub(crate) issue_date: Option<NaiveDate>,
    pub(crate) due_date: Option<NaiveDate>,
    pub(crate) currency: Option<String>,
    pub(crate) seller_name: Option<String>,
    pub(crate) seller_vat_id: Option<String>,
    pub(crate) seller_tax_number: Option<String>,
    pub(crate) seller_address: Option<String>,
    pub(crate) buyer_name: Option<String>,
    pub(crate) customer_number: Option<String>,
    pub(crate) payee_name: Option<String>,
    /// UNTDID 4461 code.
    pub(crate) means_code: Option<String>,
    /// Accounts to pay to, unchecked.
    pub(crate) ibans: Vec<String>,
    pub(crate) bic: Option<String>,
    pub(crate) debtor_iban: Option<String>,
    pub(crate) creditor_id: Option<String>,
    pub(crate) mandate_reference: Option<String>,
    pub(crate) payment_reference: Option<String>,
    pub(crate) terms: Option<String>,
    pub(crate) skonto: Vec<Skonto>,
    pub(crate) order_number: Option<String>,
    pub(crate) contract_number: Option<String>,
    pub(crate) original_invoice_number: Option<String>,
    pub(crate) period: Option<(NaiveDate, NaiveDate)>,
    pub(crate) net: Option<Decimal>,
    pub(crate) tax: Option<Decimal>,
    pub(crate) gross: Option<Decimal>,
    pub(crate) prepaid: Option<Decimal>,
    pub(crate) rounding: Option<Decimal>,
    pub(crate) due: Option<Decimal>,
    pub(crate) lines: Vec<LineItem>,
    /// The lines that count; those that only group or inform do not.
    pub(crate) line_amounts: Vec<Decimal>,
    /// Sum of the lines, of the allowances and of the charges as stated (BT-106, BT-107, BT-108).
    pub(crate) line_total: Option<Decimal>,
    pub(crate) allowance_total: Option<Decimal>,
    pub(crate) charge_total: Option<Decimal>,
    pub(crate) adjustments: Vec<Adjustment>,
    pub(crate) taxes: Vec<TaxRate>,
}

impl EInvoice {
    /// The first attachment that is an e-invoice.
    pub(crate) fn of(attachments: &[Attachment]) -> Option<Self> {
        attachments.iter().find_map(|attachment| {
            let root = Element::parse(&String::from_utf8_lossy(&attachment.bytes))?;
            match root.name.as_str() {
                "CrossIndustryInvoice" | "CrossIndustryDocument" => Some(cii::read(&root)),
                "Invoice" | "CreditNote" => Some(ubl::read(&root)),
                _ => None,
            }
        })
    }

    /// The arithmetic rules that its amounts break.
    pub(crate) fn broken_sums(&self) -> Vec<BrokenSum> {
        sums::broken(self)
    }

    /// The kind that the type code says (UNTDID 1001). A negative bill is money back.
    pub(crate) fn kind(&self) -> DocumentKind {
        match self.type_code.as_deref() {
            Some("381" | "83" | "396" | "532") => DocumentKind::CreditNote,
            Some("384") => DocumentKind::CorrectedInvoice,
            Some("389" | "261" | "527") => DocumentKind::SelfBilledInvoice,
            Some("751") => DocumentKind::AccountingInfo,
            _ if self.gross.is_some_and(|gross| gross.is_sign_negative() && !gross.is_zero()) => {
                DocumentKind::CreditNote
            }
            _ => DocumentKind::Invoice,
        }
    }
}

/// Whether a means of payment (UNTDID 4461) is a direct debit, of SEPA or not.
pub(crate) fn is_direct_debit(code: Option<&str>) -> bool {
    matches!(code, Some("49" | "59"))
}

/// An address in one line: the street, then postal code and city.
fn address(street: Option<String>, place: [Option<String>; 2]) -> Option<String> {
    let place = place.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let parts = street.into_iter().chain((!place.is_empty()).then_some(place));
    Some(parts.collect::<Vec<_>>().join(", ")).filter(|address| !address.is_empty())
}

/// An ISO date, also `20260314` (CII format 102) or the start of a timestamp.
fn date(text: &str) -> Option<NaiveDate> {
    let text = text.trim();
    let compact = || NaiveDate::parse_from_str(text.get(..8)?, "%Y%m%d").ok();
    text.get(..10).and_then(|t| NaiveDate::parse_from_str(t, "%Y-%m-%d").ok()).or_else(compact)
}

/// A number as XML writes it.
fn decimal(text: &str) -> Option<Decimal> {
    text.trim().parse().ok()
}

/// An amount of money: with cents, where no more is said ("20.000" is 20.00). Finer amounts stay as they are.
fn money(text: &str) -> Option<Decimal> {
    let mut amount = decimal(text)?.normalize();
    if amount.scale() < 2 {
        amount.rescale(2);
    }
    Some(amount)
}

/// An amount at a path; where there are several, the one in the invoice's currency.
fn amount(element: &Element, path: &str, currency: Option<&str>) -> Option<Decimal> {
    let all = element.all(path);
    let fits = |e: &&&Element| e.attribute("currencyID").is_none_or(|c| currency.is_none_or(|wanted| wanted == c));
    all.iter().find(fits).or(all.first()).and_then(|e| money(&e.own_text()?))
}

/// The discounts of XRechnung's terms (BR-DE-18): `#SKONTO#TAGE=14#PROZENT=2.00#BASISBETRAG=100.00#`.
fn structured_discounts(terms: &str) -> Vec<Skonto> {
    let form = pattern!(r"#SKONTO#TAGE=(\d+)#PROZENT=(\d+(?:\.\d+)?)(?:#BASISBETRAG=(-?\d+(?:\.\d+)?))?#");
    form.captures_iter(terms)
        .filter_map(|hit| {
            let get = |i| hit.get(i).map(|m| m.as_str());
            Some(Skonto {
                percent: decimal(get(2)?)?,
                days: get(1)?.parse().ok(),
                date: None,
                basis: get(3).and_then(decimal),
            })
        })
        .collect()
}
