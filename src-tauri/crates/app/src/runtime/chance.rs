//! Random keys, written down.

use domain::FailureCode;

use crate::Failure;
use crate::runtime::moving::format::digits;

/// Hexadecimal digits of a secret.
pub(crate) const SECRET_DIGITS: usize = 64;

/// 256 random bits in hexadecimal digits: nobody guesses them.
///
/// # Errors
/// `internal` if the system gives no random numbers.
pub fn random_digits() -> Result<String, Failure> {
    let mut random = [0; SECRET_DIGITS / 2];
    getrandom::fill(&mut random).map_err(|error| {
        Failure::new(FailureCode::Internal, format!("The system gives no random numbers for a key: {error}."))
    })?;
    Ok(digits(&random))
}
