//! The key file: the data key, wrapped in slots.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use disk::Disk;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::keys::{derived, push_hex, random};
use crate::{DataKey, Result, VaultError};

/// The key file of a profile and its copy. Losing both is losing everything, so there are two, and both are in every backup.
pub const KEY_FILES: [&str; 2] = ["keys.json", "keys-copy.json"];

const VERSION: u32 = 1;
/// Argon2id as RFC 9106 recommends it where memory is short: 64 MiB, three passes, four lanes.
const MEMORY_KIB: u32 = 64 * 1024;
const PASSES: u32 = 3;
const LANES: u32 = 4;
/// More than this is no file of ours: a password would never be found right or wrong.
const MOST_MEMORY_KIB: u32 = 1024 * 1024;
const MOST_PASSES: u32 = 50;

/// What opens a slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OpenedBy {
    /// A password.
    Password,
    /// The twelve words on paper.
    Words,
    /// A random key in the secret store of the system.
    SecretStore,
}

/// How a key is made of what a person types, or of a random secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Stretched {
    /// For what people choose: slow on purpose.
    Argon2id { memory_kib: u32, passes: u32, lanes: u32 },
    /// For random bytes: HKDF with SHA-256.
    Hkdf,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Slot {
    opened_by: OpenedBy,
    stretched: Stretched,
    salt: String,
    nonce: String,
    wrapped: String,
}

/// The wrapped data key of a profile.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyFile {
    version: u32,
    slots: Vec<Slot>,
}

impl KeyFile {
    /// Without any slot yet.
    pub fn new() -> Self {
        Self { version: VERSION, slots: Vec::new() }
    }

    /// Is there one in this folder? If that cannot be found out, there may be.
    pub fn is_in(folder: &Path) -> bool {
        KEY_FILES.iter().any(|name| folder.join(name).try_exists().unwrap_or(true))
    }

    /// The one of a profile, or its copy where it cannot be read; none in a profile that is not encrypted.
    ///
    /// # Errors
    /// [`VaultError::Damaged`], [`VaultError::Newer`] or [`VaultError::Io`].
    pub fn load(folder: &Path) -> Result<Option<Self>> {
        let mut wrong = None;
        for path in KEY_FILES.map(|name| folder.join(name)) {
            match Self::read(&path) {
                Ok(Some(found)) => return Ok(Some(found)),
                Ok(None) => {}
                Err(error @ VaultError::Newer { .. }) => return Err(error),
                Err(error) => wrong = Some(wrong.unwrap_or(error)),
            }
        }
        wrong.map_or(Ok(None), Err)
    }

    fn read(path: &Path) -> Result<Option<Self>> {
        let bytes = match fs::read(path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(source) => return Err(VaultError::Io { path: path.to_owned(), doing: "read", source }),
        };
        #[derive(Deserialize)]
        struct Form {
            version: u32,
        }
        let damaged = |_| VaultError::Damaged { path: path.to_owned() };
        if serde_json::from_slice::<Form>(&bytes).map_err(damaged)?.version > VERSION {
            return Err(VaultError::Newer { path: path.to_owned() });
        }
        serde_json::from_slice(&bytes).map(Some).map_err(damaged)
    }

    /// Writes it and its copy durably. Whoever looks sees the old or the new one, also after a power cut.
    ///
    /// # Errors
    /// [`VaultError::Io`].
    pub fn save(&self, disk: &dyn Disk, folder: &Path) -> Result<()> {
        let written = |path: PathBuf, source| VaultError::Io { path, doing: "written", source };
        let bytes = serde_json::to_vec_pretty(self).map_err(|error| written(folder.to_owned(), error.into()))?;
        for path in KEY_FILES.map(|name| folder.join(name)) {
            disk::replace(disk, &path, &bytes).map_err(|error| written(path, error))?;
        }
        Ok(())
    }

    /// What opens it.
    pub fn slots(&self) -> Vec<OpenedBy> {
        self.slots.iter().map(|slot| slot.opened_by).collect()
    }

    /// The data key.
    ///
    /// # Errors
    /// [`VaultError::WrongSecret`] if there is no such slot or the secret does not open it; [`VaultError::System`] if there
    /// is not enough memory.
    pub fn unlock(&self, by: OpenedBy, secret: &str) -> Result<DataKey> {
        let slot = self.slots.iter().find(|slot| slot.opened_by == by).ok_or(VaultError::WrongSecret)?;
        slot.unwrap(secret)
    }

    /// Lets a secret open it, in place of an earlier one of this kind.
    ///
    /// # Errors
    /// [`VaultError::System`] if there are no random numbers or not enough memory.
    pub fn set(&mut self, by: OpenedBy, secret: &str, data_key: &DataKey) -> Result<()> {
        let slot = Slot::wrap(by, secret, data_key)?;
        self.remove(by);
        self.slots.push(slot);
        self.slots.sort_by_key(|slot| slot.opened_by);
        Ok(())
    }

    /// Nothing of this kind opens it any more.
    pub fn remove(&mut self, by: OpenedBy) {
        self.slots.retain(|slot| slot.opened_by != by);
    }
}

impl Default for KeyFile {
    fn default() -> Self {
        Self::new()
    }
}

impl Slot {
    fn wrap(opened_by: OpenedBy, secret: &str, data_key: &DataKey) -> Result<Self> {
        let stretched = match opened_by {
            OpenedBy::Password | OpenedBy::Words => {
                Stretched::Argon2id { memory_kib: MEMORY_KIB, passes: PASSES, lanes: LANES }
            }
            OpenedBy::SecretStore => Stretched::Hkdf,
        };
        let (salt, nonce) = (random::<16>()?, random::<24>()?);
        let key = stretched.key(secret, salt.as_slice())?;
        let payload = Payload { msg: data_key.bytes(), aad: opened_by.label() };
        let wrapped = cipher(&key)
            .encrypt(XNonce::from_slice(nonce.as_slice()), payload)
            .map_err(|_| VaultError::System("not enough memory"))?;
        Ok(Self {
            opened_by,
            stretched,
            salt: hex(salt.as_slice()),
            nonce: hex(nonce.as_slice()),
            wrapped: hex(&wrapped),
        })
    }

    fn unwrap(&self, secret: &str) -> Result<DataKey> {
        let parts = (|| Some((bytes(&self.salt)?, bytes(&self.nonce)?, bytes(&self.wrapped)?)))();
        let Some((salt, nonce, wrapped)) = parts.filter(|(_, nonce, _)| nonce.len() == 24) else {
            return Err(VaultError::WrongSecret);
        };
        let key = self.stretched.key(secret, &salt)?;
        let payload = Payload { msg: &wrapped, aad: self.opened_by.label() };
        let opened = cipher(&key).decrypt(XNonce::from_slice(&nonce), payload).map(Zeroizing::new);
        let bytes: Option<[u8; 32]> = opened.ok().and_then(|opened| opened.as_slice().try_into().ok());
        bytes.map(DataKey::from_bytes).ok_or(VaultError::WrongSecret)
    }
}

impl OpenedBy {
    /// A slot of one kind cannot be passed off as another.
    fn label(self) -> &'static [u8] {
        match self {
            Self::Password => b"workmate key 1 password",
            Self::Words => b"workmate key 1 words",
            Self::SecretStore => b"workmate key 1 secret store",
        }
    }
}

impl Stretched {
    fn key(&self, secret: &str, salt: &[u8]) -> Result<Zeroizing<[u8; 32]>> {
        match *self {
            Self::Hkdf => Ok(derived(secret.as_bytes(), Some(salt), "workmate slot 1")),
            Self::Argon2id { memory_kib, passes, lanes } => {
                let no_memory = |_| VaultError::System("not enough memory for the password");
                if memory_kib > MOST_MEMORY_KIB || passes > MOST_PASSES {
                    return Err(VaultError::WrongSecret);
                }
                let params = Params::new(memory_kib, passes, lanes, Some(32)).map_err(no_memory)?;
                let mut key = Zeroizing::new([0; 32]);
                Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
                    .hash_password_into(secret.as_bytes(), salt, key.as_mut_slice())
                    .map_err(no_memory)?;
                Ok(key)
            }
        }
    }
}

fn cipher(key: &Zeroizing<[u8; 32]>) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new(key.as_slice().into())
}

fn hex(bytes: &[u8]) -> String {
    let mut text = String::new();
    push_hex(&mut text, bytes);
    text
}

fn bytes(hex: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u8>> =
        hex.chars().map(|digit| digit.to_digit(16).and_then(|digit| u8::try_from(digit).ok())).collect();
    let digits = digits.filter(|digits| digits.len().is_multiple_of(2))?;
    Some(digits.chunks_exact(2).map(|pair| pair.iter().fold(0, |byte, digit| byte << 4 | digit)).collect())
}

#[cfg(test)]
mod tests {
    use disk::RealDisk;

    use super::*;
    use crate::Keys;

    fn same(one: &DataKey, other: &DataKey) -> bool {
        one.bytes() == other.bytes()
    }

    #[test]
    fn each_slot_opens_by_its_own_secret_only_and_a_new_password_leaves_the_others() {
        let data_key = DataKey::random().unwrap();
        let mut file = KeyFile::new();
        file.set(OpenedBy::Password, "Sommer 2026", &data_key).unwrap();
        file.set(OpenedBy::SecretStore, "0123", &data_key).unwrap();
        assert!(same(&file.unlock(OpenedBy::Password, "Sommer 2026").unwrap(), &data_key));
        assert!(same(&file.unlock(OpenedBy::SecretStore, "0123").unwrap(), &data_key));
        for (by, secret) in
            [(OpenedBy::Password, "sommer 2026"), (OpenedBy::SecretStore, "0124"), (OpenedBy::Words, "0123")]
        {
            assert!(matches!(file.unlock(by, secret), Err(VaultError::WrongSecret)), "{by:?}");
        }
        file.set(OpenedBy::Password, "Winter", &data_key).unwrap();
        assert!(file.unlock(OpenedBy::Password, "Sommer 2026").is_err());
        assert!(same(&file.unlock(OpenedBy::Password, "Winter").unwrap(), &data_key));
        file.remove(OpenedBy::SecretStore);
        assert_eq!(file.slots(), [OpenedBy::Password]);
        let text = serde_json::to_string(&file).unwrap();
        assert!(!text.contains("Winter"), "{text}");
    }

    #[test]
    fn a_slot_cannot_be_passed_off_as_another_and_a_changed_one_opens_nothing() {
        let data_key = DataKey::random().unwrap();
        let mut file = KeyFile::new();
        file.set(OpenedBy::SecretStore, "a", &data_key).unwrap();
        let mut renamed = file.clone();
        renamed.slots[0].opened_by = OpenedBy::Words;
        assert!(renamed.unlock(OpenedBy::Words, "a").is_err());
        for change in ["", "00", "zz", "abc"] {
            let mut changed = file.clone();
            changed.slots[0].nonce = change.to_owned();
            assert!(changed.unlock(OpenedBy::SecretStore, "a").is_err());
            let mut changed = file.clone();
            changed.slots[0].wrapped = change.to_owned();
            assert!(changed.unlock(OpenedBy::SecretStore, "a").is_err());
        }
        let mut greedy = file;
        greedy.slots[0].stretched = Stretched::Argon2id { memory_kib: u32::MAX, passes: 1, lanes: 1 };
        assert!(greedy.unlock(OpenedBy::SecretStore, "a").is_err());
    }

    #[test]
    fn its_copy_opens_where_it_is_gone_or_broken() {
        let folder = tempfile::tempdir().unwrap();
        assert!(!KeyFile::is_in(folder.path()));
        assert!(KeyFile::load(folder.path()).unwrap().is_none());
        let data_key = DataKey::random().unwrap();
        let mut file = KeyFile::new();
        file.set(OpenedBy::SecretStore, "a", &data_key).unwrap();
        file.save(&RealDisk, folder.path()).unwrap();
        let [path, copy] = KEY_FILES.map(|name| folder.path().join(name));
        for broken in [&b""[..], b"{\"version\":1", b"\xff"] {
            fs::write(&path, broken).unwrap();
            assert_eq!(KeyFile::load(folder.path()).unwrap().as_ref(), Some(&file));
        }
        fs::remove_file(&path).unwrap();
        assert_eq!(KeyFile::load(folder.path()).unwrap(), Some(file));
        fs::write(&copy, "{}").unwrap();
        assert!(matches!(KeyFile::load(folder.path()), Err(VaultError::Damaged { .. })));
        fs::write(&copy, r#"{"version":2,"more":[]}"#).unwrap();
        assert!(matches!(KeyFile::load(folder.path()), Err(VaultError::Newer { .. })));
    }

    #[test]
    fn what_a_key_file_gives_opens_what_was_sealed() {
        let data_key = DataKey::random().unwrap();
        let mut file = KeyFile::new();
        file.set(OpenedBy::Words, "legal winner thank year", &data_key).unwrap();
        let sealed = Keys::of(&data_key).unwrap().sealed(b"a letter").unwrap();
        let found = file.unlock(OpenedBy::Words, "legal winner thank year").unwrap();
        assert_eq!(Keys::of(&found).unwrap().opened(&sealed).unwrap(), b"a letter");
    }
}
