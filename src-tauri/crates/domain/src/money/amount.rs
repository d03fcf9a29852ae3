//! Money is a decimal and a currency, never a float.

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// An ISO 4217 currency code: three capital letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(try_from = "String", into = "String")]
#[ts(type = "string")]
pub struct Currency([u8; 3]);

/// Not an amount or not a currency.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("“{0}” is not {1}")]
pub struct MoneyError(String, &'static str);

impl Currency {
    /// The euro.
    pub const EUR: Self = Self(*b"EUR");

    /// The three letters.
    pub fn as_str(&self) -> &str {
        // Only ASCII capitals get in.
        std::str::from_utf8(&self.0).unwrap_or("XXX")
    }
}

impl FromStr for Currency {
    type Err = MoneyError;
    /// Takes a code (`eur`, `EUR`) or one of the signs € $ £.
    fn from_str(text: &str) -> Result<Self, MoneyError> {
        match text.trim() {
            "€" => Ok(Self::EUR),
            "$" | "US$" => Ok(Self(*b"USD")),
            "£" => Ok(Self(*b"GBP")),
            code => match code.as_bytes() {
                [a, b, c] if code.bytes().all(|l| l.is_ascii_alphabetic()) => {
                    Ok(Self([a.to_ascii_uppercase(), b.to_ascii_uppercase(), c.to_ascii_uppercase()]))
                }
                _ => Err(MoneyError(text.to_owned(), "a currency code of three letters, such as EUR")),
            },
        }
    }
}

impl TryFrom<String> for Currency {
    type Error = MoneyError;
    fn try_from(text: String) -> Result<Self, MoneyError> {
        text.parse()
    }
}

impl From<Currency> for String {
    fn from(currency: Currency) -> Self {
        currency.as_str().to_owned()
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// An amount in a currency. Crosses every edge as a decimal string.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
pub struct Money {
    /// The amount, in units of the currency.
    #[ts(type = "string")]
    pub amount: Decimal,
    /// The currency.
    pub currency: Currency,
}

impl Money {
    /// An amount in euros.
    pub fn eur(amount: Decimal) -> Self {
        Self { amount, currency: Currency::EUR }
    }

    /// Reads `12.50` and a currency code.
    ///
    /// # Errors
    /// If `amount` is not a decimal number with a point, or `currency` neither a code of three letters nor one of the signs € $ £.
    pub fn parse(amount: &str, currency: &str) -> Result<Self, MoneyError> {
        let amount = amount
            .parse()
            .map_err(|_| MoneyError(amount.to_owned(), "an amount with a decimal point, such as 12.50"))?;
        Ok(Self { amount, currency: currency.parse()? })
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.2} {}", self.amount, self.currency)
    }
}
