//! Account numbers that are known to be well-formed.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// An IBAN (ISO 13616) whose length and check digits are right, without spaces.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(try_from = "String", into = "String")]
#[ts(type = "string")]
pub struct Iban(String);

/// Not an IBAN: wrong length for its country, or wrong check digits.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("“{0}” is not an IBAN: please check its length and digits")]
pub struct IbanError(String);

impl Iban {
    /// Reads an IBAN in any spacing.
    ///
    /// # Errors
    /// If the length is not that of its country, or the check digits are wrong.
    pub fn parse(text: &str) -> Result<Self, IbanError> {
        let compact: String =
            text.chars().filter(|c| c.is_ascii_alphanumeric()).collect::<String>().to_ascii_uppercase();
        match compact.parse::<iban::Iban>() {
            Ok(_) => Ok(Self(compact)),
            Err(_) => Err(IbanError(text.to_owned())),
        }
    }

    /// Without spaces.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Iban {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Iban {
    type Err = IbanError;
    fn from_str(text: &str) -> Result<Self, IbanError> {
        Self::parse(text)
    }
}

impl TryFrom<String> for Iban {
    type Error = IbanError;
    fn try_from(text: String) -> Result<Self, IbanError> {
        Self::parse(&text)
    }
}

impl From<Iban> for String {
    fn from(iban: Iban) -> Self {
        iban.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_are_dropped_and_check_digits_are_checked() {
        assert_eq!(Iban::parse("de89 3704 0044 0532 0130 00").unwrap().as_str(), "DE89370400440532013000");
        assert!(Iban::parse("DE88370400440532013000").is_err());
        assert!(Iban::parse("DE8937040044053201300").is_err());
    }
}
