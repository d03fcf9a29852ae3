//! The code that a banking app scans to fill in a transfer: EPC069-12 of the European Payments Council, "GiroCode".

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Currency, Iban, Money};

/// Longest name of the payee, in characters.
const NAME: usize = 70;
/// Longest structured reference.
const REFERENCE: usize = 35;
/// Longest free text.
const TEXT: usize = 140;
/// Longest code, in bytes.
const BYTES: usize = 331;
/// Highest amount of a SEPA credit transfer, in cents: 999,999,999.99.
const MOST_CENTS: i64 = 99_999_999_999;

/// What is to be transferred.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transfer {
    /// Name of the payee, exactly as the account has it: banks compare it with the IBAN since 9 October 2025.
    pub payee: String,
    /// Its account.
    pub iban: Iban,
    /// Its bank, if known; not needed inside the EEA.
    pub bic: Option<String>,
    /// How much.
    pub amount: Money,
    /// What to write on it.
    pub reference: Option<String>,
}

/// Why no code is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum NoCode {
    /// It will be debited: paying it, too, would be paying twice.
    DirectDebit,
    /// Money comes, none goes.
    Credit,
    /// There is a [`crate::Warning`].
    Warned,
    /// The account is the payer's own.
    OwnAccount,
    /// It is not a thing to pay.
    NotAPayment,
    /// Nothing is open any more.
    NothingOpen,
    /// No account was read.
    NoAccount,
    /// No payee was read.
    NoPayee,
    /// No amount was read.
    NoAmount,
    /// The account or the amount is not proven.
    Unproven,
    /// Only euros can be transferred like this.
    NotEuro,
    /// Less than a cent, or more than the scheme allows.
    AmountOutOfRange,
    /// It does not fit into the code.
    TooLong,
}

/// The text of the code: BCD, version 002, UTF-8, SCT, with LF between its lines.
///
/// # Errors
/// [`NoCode::NotEuro`] for another currency, [`NoCode::AmountOutOfRange`] below one cent or above the limit of the
/// scheme, [`NoCode::NoPayee`] without a payee, and [`NoCode::TooLong`] if the payee or the whole text is longer than
/// a code may be.
pub fn payment_code(transfer: &Transfer) -> Result<String, NoCode> {
    if transfer.amount.currency != Currency::EUR {
        return Err(NoCode::NotEuro);
    }
    let cents = (transfer.amount.amount.round_dp(2) * Decimal::ONE_HUNDRED).normalize();
    if cents < Decimal::ONE || cents > Decimal::from(MOST_CENTS) {
        return Err(NoCode::AmountOutOfRange);
    }
    let payee = one_line(&transfer.payee);
    if payee.is_empty() {
        return Err(NoCode::NoPayee);
    }
    if payee.chars().count() > NAME {
        // A shortened name would no longer be the account's.
        return Err(NoCode::TooLong);
    }
    let reference = one_line(transfer.reference.as_deref().unwrap_or_default());
    // Structured or free, never both.
    let (structured, text) = match structured(&reference) {
        Some(reference) => (reference, String::new()),
        None => (String::new(), reference.chars().take(TEXT).collect()),
    };
    let bic = transfer.bic.as_deref().map(compact).filter(|bic| is_bic(bic)).unwrap_or_default();
    let amount = format!("EUR{:.2}", transfer.amount.amount.round_dp(2));
    let lines = ["BCD", "002", "1", "SCT", &bic, &payee, transfer.iban.as_str(), &amount, "", &structured, &text];
    let code = lines.join("\n").trim_end_matches('\n').to_owned();
    if code.len() > BYTES { Err(NoCode::TooLong) } else { Ok(code) }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn compact(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_uppercase()
}

/// A creditor reference (ISO 11649: `RF`, two check digits, up to 21 characters) whose check digits are right.
fn structured(reference: &str) -> Option<String> {
    let reference = compact(reference);
    let fits = (5..=25.min(REFERENCE)).contains(&reference.len()) && reference.starts_with("RF");
    (fits && mod_97(&reference) == Some(1)).then_some(reference)
}

/// ISO 7064 mod 97-10 of a text whose first four characters are moved to its end.
fn mod_97(text: &str) -> Option<u32> {
    let (head, tail) = text.split_at_checked(4)?;
    tail.chars().chain(head.chars()).try_fold(0_u32, |rest, c| {
        let digit = c.to_digit(36)?;
        Some(if digit < 10 { (rest * 10 + digit) % 97 } else { (rest * 100 + digit) % 97 })
    })
}

/// ISO 9362: eight or eleven letters and digits, a country in the middle.
fn is_bic(text: &str) -> bool {
    let country = text.get(4..6).is_some_and(|country| country.bytes().all(|b| b.is_ascii_uppercase()));
    matches!(text.len(), 8 | 11) && country && text.bytes().all(|b| b.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn transfer() -> Transfer {
        Transfer {
            payee: "Stadtwerke Musterstadt GmbH".to_owned(),
            iban: Iban::parse("DE02 1203 0000 0000 2020 51").unwrap(),
            bic: None,
            amount: Money::parse("84.20", "EUR").unwrap(),
            reference: Some("RE-2026-0815".to_owned()),
        }
    }

    fn with(change: impl FnOnce(&mut Transfer)) -> Result<Vec<String>, NoCode> {
        let mut transfer = transfer();
        change(&mut transfer);
        payment_code(&transfer).map(|code| code.split('\n').map(str::to_owned).collect())
    }

    #[test]
    fn the_lines_stand_in_their_order() {
        let code = payment_code(&transfer()).unwrap();
        let expected =
            "BCD\n002\n1\nSCT\n\nStadtwerke Musterstadt GmbH\nDE02120300000000202051\nEUR84.20\n\n\nRE-2026-0815";
        assert_eq!(code, expected);
    }

    #[test]
    fn a_reference_is_structured_or_text_never_both() {
        let lines = with(|t| t.reference = Some("RF18 5390 0754 7034".to_owned())).unwrap();
        assert_eq!((lines.len(), lines[9].as_str()), (10, "RF18539007547034"));
        // Wrong check digits: only text.
        let lines = with(|t| t.reference = Some("RF19 5390 0754 7034".to_owned())).unwrap();
        assert_eq!((lines[9].as_str(), lines[10].as_str()), ("", "RF19 5390 0754 7034"));
        let lines = with(|t| t.reference = Some("x".repeat(200))).unwrap();
        assert_eq!(lines[10].len(), TEXT);
        assert_eq!(with(|t| t.reference = None).unwrap().len(), 8, "no empty lines at the end");
    }

    #[test]
    fn a_bic_stands_only_where_it_is_one() {
        assert_eq!(with(|t| t.bic = Some("BYLADEM1001".to_owned())).unwrap()[4], "BYLADEM1001");
        assert_eq!(with(|t| t.bic = Some("not a bic".to_owned())).unwrap()[4], "");
    }

    #[test]
    fn what_does_not_fit_gives_no_code() {
        let amount = |text: &str| Money::parse(text, "EUR").unwrap();
        assert_eq!(with(|t| t.payee = " ".to_owned()), Err(NoCode::NoPayee));
        assert_eq!(with(|t| t.payee = "x".repeat(71)), Err(NoCode::TooLong));
        assert_eq!(with(|t| t.amount = amount("0.00")), Err(NoCode::AmountOutOfRange));
        assert_eq!(with(|t| t.amount = amount("1000000000.00")), Err(NoCode::AmountOutOfRange));
        assert_eq!(with(|t| t.amount = amount("999999999.99")).unwrap()[7], "EUR999999999.99");
        assert_eq!(with(|t| t.amount = amount("5")).unwrap()[7], "EUR5.00");
        assert_eq!(with(|t| t.amount = Money::parse("5", "CHF").unwrap()), Err(NoCode::NotEuro));
        let long = with(|t| {
            t.payee = "ä".repeat(70);
            t.reference = Some("ö".repeat(140));
        });
        assert_eq!(long, Err(NoCode::TooLong), "331 bytes at most");
    }
}
