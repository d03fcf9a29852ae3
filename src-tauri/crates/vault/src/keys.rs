//! The data key, and what follows from it.

use std::fmt;
use std::str::FromStr as _;

use age::x25519::{Identity, Recipient};
use bech32::{Bech32, Hrp};
use hkdf::Hkdf;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::{Result, VaultError};

/// The readable beginning of an age key, as its format says.
const AGE_KEY: &str = "age-secret-key-";

/// Random bytes from which every key of a profile follows. Whoever has it can read everything.
#[derive(Clone)]
pub struct DataKey(Zeroizing<[u8; 32]>);

impl DataKey {
    /// A new one.
    ///
    /// # Errors
    /// [`VaultError::System`] if the system gives no random numbers.
    pub fn random() -> Result<Self> {
        random().map(Self)
    }

    pub(crate) fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    pub(crate) fn bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

/// Random bytes.
pub(crate) fn random<const N: usize>() -> Result<Zeroizing<[u8; N]>> {
    let mut bytes = Zeroizing::new([0; N]);
    getrandom::fill(bytes.as_mut_slice()).map_err(|_| VaultError::System("no random numbers"))?;
    Ok(bytes)
}

/// 32 bytes that follow from a key, for one use (HKDF with SHA-256, RFC 5869).
pub(crate) fn derived(key: &[u8], salt: Option<&[u8]>, purpose: &str) -> Zeroizing<[u8; 32]> {
    let mut out = Zeroizing::new([0; 32]);
    // It fails only for more than 255 hashes.
    let expanded = Hkdf::<Sha256>::new(salt, key).expand(purpose.as_bytes(), out.as_mut_slice());
    debug_assert!(expanded.is_ok());
    out
}

/// What opens the parts of a profile. Nothing of it can be printed; it is wiped from memory when it is dropped.
pub struct Keys {
    database: Zeroizing<[u8; 32]>,
    names: Zeroizing<[u8; 32]>,
    pub(crate) identity: Identity,
    pub(crate) recipient: Recipient,
    age_key: Zeroizing<String>,
}

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Keys(…)")
    }
}

impl Keys {
    /// The keys that follow from a data key.
    ///
    /// # Errors
    /// [`VaultError::System`] if the key of the files cannot be written in its form, which needs memory.
    pub fn of(data_key: &DataKey) -> Result<Self> {
        let part = |purpose: &str| derived(data_key.bytes(), None, purpose);
        let files = part("workmate files 1");
        let no_key = || VaultError::System("no key in the form of age");
        let hrp = Hrp::parse(AGE_KEY).map_err(|_| no_key())?;
        let written = bech32::encode::<Bech32>(hrp, files.as_slice()).map_err(|_| no_key())?;
        let age_key = Zeroizing::new(written.to_uppercase());
        let identity = Identity::from_str(&age_key).map_err(|_| no_key())?;
        let recipient = identity.to_public();
        let (database, names) = (part("workmate database 1"), part("workmate names 1"));
        Ok(Self { database, names, identity, recipient, age_key })
    }

    /// The key of the database as SQLCipher takes it: `x'…'`, 64 hexadecimal digits, used as it is.
    pub fn of_database(&self) -> Zeroizing<String> {
        let mut key = Zeroizing::new(String::with_capacity(67));
        key.push_str("x'");
        push_hex(&mut key, self.database.as_slice());
        key.push('\'');
        key
    }

    /// The name of a file with this hash. The hash alone would tell everybody who has the same letter that it is here.
    pub fn name_of(&self, hash: &str) -> String {
        let mut name = String::with_capacity(64);
        // A key of any length is taken.
        if let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(self.names.as_slice()) {
            mac.update(hash.as_bytes());
            push_hex(&mut name, &mac.finalize().into_bytes());
        }
        name
    }

    /// The key of the files as the program `age` takes it (`AGE-SECRET-KEY-1…`). Whoever has it can read every letter.
    pub fn age_key(&self) -> &str {
        &self.age_key
    }
}

pub(crate) fn push_hex(to: &mut String, bytes: &[u8]) {
    for byte in bytes {
        for digit in [byte >> 4, byte & 15] {
            to.extend(char::from_digit(u32::from(digit), 16));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_key_gives_the_same_keys_and_another_one_others() {
        let [one, again, other] = [1, 1, 2].map(|byte| Keys::of(&DataKey::from_bytes([byte; 32])).unwrap());
        assert_eq!(one.of_database(), again.of_database());
        assert_eq!((one.name_of("abc"), one.age_key()), (again.name_of("abc"), again.age_key()));
        assert_ne!(one.of_database(), other.of_database());
        assert_ne!(one.name_of("abc"), other.name_of("abc"));
        assert_ne!(one.name_of("abc"), one.name_of("abd"));
        assert_eq!(one.of_database().len(), 67);
        assert!(one.age_key().starts_with("AGE-SECRET-KEY-1"), "{}", one.age_key());
        assert_eq!(format!("{one:?}"), "Keys(…)");
    }
}
