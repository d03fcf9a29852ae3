//! Keys with which other programs, and the interface in a browser, may use this one over the loopback server.
//!
//! What opens is `wm_`, the id of the key, 256 random bits and a checksum, so that a scanner for leaked secrets can tell it
//! from other texts. It is shown once; the profile stores its SHA-256. With so many random bits that needs no slow hash.

use chrono::{DateTime, Duration, Utc};
use domain::{By, KeyId, Scope, ShiftTime as _};
use sha2::{Digest as _, Sha256};
use store::{Key, Op};

use crate::runtime::chance::{SECRET_DIGITS, random_digits};
use crate::runtime::moving::format::digits;
use crate::{App, Failure};

/// How long a key is valid if nobody says otherwise, in days.
pub(crate) const USUAL_DAYS: u32 = 90;
/// A key is valid for no longer, in days.
pub(crate) const MOST_DAYS: u32 = 3_650;
/// The key of the interface is valid for so many hours, and as long again whenever half of them are over.
const INTERFACE_HOURS: i64 = 24;
const PREFIX: &str = "wm_";
/// Hexadecimal digits of an id and a checksum.
const ID_DIGITS: usize = 32;
const CHECK_DIGITS: usize = 8;

/// A key that was found good.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Admitted {
    /// Which.
    pub key: KeyId,
    /// What it may be used for.
    pub scope: Scope,
    /// What comes with it is done by the person.
    pub for_person: bool,
}

impl App {
    /// The key for the interface in a browser. It is good for everything; whoever serves it ends it with
    /// [`end_key`](Self::end_key).
    ///
    /// # Errors
    /// `internal` if the system gives no random numbers; else those of the database.
    pub fn key_for_interface(&self) -> Result<(KeyId, String), Failure> {
        let (key, secret) = self.make_key("serve", Scope::Admin, Duration::hours(INTERFACE_HOURS), true)?;
        Ok((key.id, secret))
    }

    /// The key that `given` opens with, if it is good now. That it was used is noted, to the minute.
    ///
    /// # Errors
    /// Those of the database.
    pub fn admit(&self, given: &str) -> Result<Option<Admitted>, Failure> {
        let Some(id) = id_in(given) else { return Ok(None) };
        let Some((key, hash)) = self.store.read(|r| r.key(id))? else { return Ok(None) };
        // How long this takes says something of the hash at most, and nothing of the key.
        if Sha256::digest(given)[..] != hash[..] {
            return Ok(None);
        }
        Ok(self.valid(&key)?.then_some(Admitted { key: id, scope: key.scope, for_person: key.for_person }))
    }

    /// Is a key still good that was admitted before?
    ///
    /// # Errors
    /// Those of the database.
    pub fn is_still_good(&self, id: KeyId) -> Result<bool, Failure> {
        match self.store.read(|r| r.key(id))? {
            Some((key, _)) => self.valid(&key),
            None => Ok(false),
        }
    }

    /// Ends a key for good; `false` if there is none that has not ended.
    ///
    /// # Errors
    /// Those of the database.
    pub fn end_key(&self, id: KeyId) -> Result<bool, Failure> {
        Ok(self.store.write(By::Person, Op::Ledger, |w| w.end_key(id))?.value)
    }

    pub(crate) fn make_key(
        &self,
        name: &str,
        scope: Scope,
        valid_for: Duration,
        for_person: bool,
    ) -> Result<(Key, String), Failure> {
        let random = random_digits()?;
        let now = self.now();
        let key = Key {
            id: KeyId::new(self.ids.as_ref()),
            name: name.to_owned(),
            scope,
            for_person,
            created_at: now,
            expires_at: now.plus(valid_for),
            last_used_at: None,
            ended_at: None,
        };
        let secret = secret(key.id, &random);
        let hash = Sha256::digest(&secret).into();
        self.store.write(By::Person, Op::Ledger, |w| w.add_key(&key, &hash))?;
        Ok((key, secret))
    }

    /// Notes the use of a key that has not ended; `false` and its end if it has expired.
    fn valid(&self, key: &Key) -> Result<bool, Failure> {
        // A clock that is set back gives no key more time.
        let now = self.now().max(key.last_used_at.unwrap_or_default());
        if now >= key.expires_at {
            self.store.write(By::Program, Op::Ledger, |w| w.end_key(key.id))?;
            return Ok(false);
        }
        if key.last_used_at.is_none_or(|last| now.signed_duration_since(last) >= Duration::minutes(1)) {
            let until = self.interface_until(key, now);
            let noted = self.store.write_later(By::Program, Op::Ledger, |w| {
                w.key_used(key.id)?;
                until.map_or(Ok(()), |until| w.extend_key(key.id, until))
            });
            if let Err(error) = noted {
                // On a full disk, too, one can look.
                tracing::warn!(%error, "that a key was used could not be noted");
            }
        }
        Ok(true)
    }

    /// Until when the key of the interface is valid from now on, if it is to be valid for longer.
    fn interface_until(&self, key: &Key, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let is_half_over = now.plus(Duration::hours(INTERFACE_HOURS / 2)) >= key.expires_at;
        (key.for_person && is_half_over).then(|| now.plus(Duration::hours(INTERFACE_HOURS)))
    }
}

/// What opens with this key.
fn secret(id: KeyId, random: &str) -> String {
    let id = id.to_string().replace('-', "");
    let body = format!("{PREFIX}{id}_{random}");
    let check = check(&body);
    body + &check
}

/// The id of a key in what was given; none if it has not the form of a key.
fn id_in(given: &str) -> Option<KeyId> {
    let (id, secret) = given.strip_prefix(PREFIX)?.split_once('_')?;
    if id.len() != ID_DIGITS || secret.len() != SECRET_DIGITS + CHECK_DIGITS || !given.is_ascii() {
        return None;
    }
    let (body, end) = given.split_at(given.len().checked_sub(CHECK_DIGITS)?);
    (check(body) == end).then(|| id.parse().ok())?
}

/// The first digits of the SHA-256 of what stands before them.
fn check(body: &str) -> String {
    digits(&Sha256::digest(body)[..CHECK_DIGITS / 2])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_has_a_form_of_its_own_and_a_typing_error_shows() {
        let id: KeyId = "0199d2f0-5a4e-7c3b-9b1e-3f6d2c8a7e10".parse().unwrap();
        let key = secret(id, &"07".repeat(32));
        assert!(key.starts_with("wm_0199d2f05a4e7c3b9b1e3f6d2c8a7e10_0707"), "{key}");
        assert_eq!(id_in(&key), Some(id));
        for wrong in
            ["", "wm_", "wm_0_1", &key[1..], &key[..key.len() - 1], &format!("{key}0"), &key.replace("07", "08")]
        {
            assert_eq!(id_in(wrong), None, "{wrong}");
        }
        let umlauts = format!("wm_{}_{}", "ü".repeat(16), "ß".repeat(36));
        assert_eq!(id_in(&umlauts), None);
    }
}
