//! Payment codes on the page: EPC069-12 ("GiroCode") and the Swiss QR bill (SIX, versions 0200 and later).

use domain::{Code, Currency, Evidence, Iban};
use rust_decimal::Decimal;

/// What a payment code says.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct PaymentCode {
    /// Whose account it is.
    pub(crate) payee: Option<String>,
    /// Who is to pay; only Swiss bills say so.
    pub(crate) payer: Option<String>,
    pub(crate) iban: Iban,
    pub(crate) bic: Option<String>,
    pub(crate) amount: Option<Decimal>,
    pub(crate) currency: Option<Currency>,
    pub(crate) reference: Option<String>,
    pub(crate) evidence: Evidence,
}

impl PaymentCode {
    /// Reads a code; none if it is not about a payment.
    pub(crate) fn read(code: &Code) -> Option<Self> {
        let lines: Vec<&str> = code.text.lines().map(str::trim).collect();
        let evidence = Evidence { page: code.page, rect: code.rect, text: code.text.trim().to_owned() };
        match *lines.first()? {
            "BCD" => epc(&lines, evidence),
            "SPC" => swiss(&lines, evidence),
            _ => None,
        }
    }
}

/// A line of a code, if it says something.
fn some(lines: &[&str], at: usize) -> Option<String> {
    lines.get(at).filter(|line| !line.is_empty()).map(|line| (*line).to_owned())
}

/// BCD, version, character set, SCT, BIC, name, IBAN, EURx.xx, purpose, reference, text.
fn epc(lines: &[&str], evidence: Evidence) -> Option<PaymentCode> {
    let money = lines.get(7).copied().unwrap_or_default();
    let (currency, amount) = money.split_at_checked(3).unwrap_or_default();
    Some(PaymentCode {
        payee: some(lines, 5),
        payer: None,
        iban: Iban::parse(lines.get(6)?).ok()?,
        bic: some(lines, 4),
        amount: amount.parse().ok(),
        currency: currency.parse().ok(),
        reference: some(lines, 9).or_else(|| some(lines, 10)),
        evidence,
    })
}

/// SPC, version, coding, IBAN, creditor (7 lines), ultimate creditor (7), amount, currency, debtor (7), reference type,
/// reference, message.
fn swiss(lines: &[&str], evidence: Evidence) -> Option<PaymentCode> {
    Some(PaymentCode {
        payee: some(lines, 5),
        payer: some(lines, 21),
        iban: Iban::parse(lines.get(3)?).ok()?,
        bic: None,
        amount: lines.get(18).and_then(|t| t.parse().ok()),
        currency: lines.get(19).and_then(|t| t.parse().ok()),
        reference: some(lines, 28).or_else(|| some(lines, 29)),
        evidence,
    })
}

#[cfg(test)]
mod tests {
    use domain::{CodeKind, Rect};

    use super::*;

    fn read(text: &str) -> Option<PaymentCode> {
        let rect = Rect { x: 0.1, y: 0.7, w: 0.1, h: 0.1 };
        PaymentCode::read(&Code { kind: CodeKind::Qr, text: text.to_owned(), page: 1, rect })
    }

    #[test]
    fn a_giro_code_is_read_with_and_without_amount() {
        let code =
            read("BCD\n002\n1\nSCT\n\nMuster GmbH\nDE89370400440532013000\nEUR84.2\n\n\nRechnung 4711\n").unwrap();
        assert_eq!(code.payee.as_deref(), Some("Muster GmbH"));
        assert_eq!(code.amount, Some(Decimal::new(842, 1)));
        assert_eq!(code.currency, Some(Currency::EUR));
        assert_eq!(code.reference.as_deref(), Some("Rechnung 4711"));
        assert_eq!(code.bic, None);
        let open = read("BCD\n001\n1\nSCT\nCOBADEFFXXX\nMuster GmbH\nDE89370400440532013000").unwrap();
        assert_eq!((open.amount, open.reference), (None, None));
    }

    #[test]
    fn a_swiss_bill_is_read() {
        let text = "SPC\n0200\n1\nCH4431999123000889012\nS\nPraxis Muster\nGasse\n1\n8000\nZürich\nCH\n\n\n\n\n\n\n\n387.00\nCHF\nS\nA. Kunde\nWeg\n2\n8000\nZürich\nCH\nQRR\n210000000003139471430009017\n\nEPD";
        let code = read(text).unwrap();
        assert_eq!(code.payee.as_deref(), Some("Praxis Muster"));
        assert_eq!(code.payer.as_deref(), Some("A. Kunde"));
        assert_eq!(code.amount, Some(Decimal::new(38700, 2)));
        assert_eq!(code.currency.map(|c| c.to_string()).as_deref(), Some("CHF"));
        assert_eq!(code.reference.as_deref(), Some("210000000003139471430009017"));
    }

    #[test]
    fn other_codes_and_wrong_accounts_are_no_payment() {
        for text in ["https://example.org", "", "BCD", "BCD\n002\n1\nSCT\n\nMuster\nDE88370400440532013000\nEUR1"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
