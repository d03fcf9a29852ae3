//! Keys with which other programs may use this one.

use chrono::{DateTime, Duration, Utc};
use domain::{FailureCode, KeyId, Scope};
use serde::{Deserialize, Serialize};
use store::Key;
use ts_rs::TS;

use crate::runtime::keys::{MOST_DAYS, USUAL_DAYS};
use crate::{App, Failure};

/// A key, without what opens.
#[derive(Clone, Debug, Serialize, TS)]
pub struct KeyView {
    /// Its id.
    pub id: KeyId,
    /// What it is called.
    pub name: String,
    /// What it may be used for.
    pub scope: Scope,
    /// It is the interface's in a browser.
    pub for_person: bool,
    /// Since when it is there.
    pub created_at: DateTime<Utc>,
    /// Until when it is valid.
    pub expires_at: DateTime<Utc>,
    /// When it was used last, to the minute.
    pub last_used_at: Option<DateTime<Utc>>,
    /// It is valid no more.
    pub expired: bool,
}

/// A new key.
#[derive(Clone, Debug, Serialize, TS)]
pub struct KeyMade {
    /// The key.
    pub key: KeyView,
    /// What opens; it is shown this one time.
    pub secret: String,
}

/// Which key to make.
#[derive(Clone, Debug, Deserialize, TS)]
#[ts(optional_fields)]
pub struct NewKey {
    /// What it is for: mostly the name of the program that gets it.
    pub name: String,
    /// What it may be used for.
    pub scope: Scope,
    /// For how many days; 90 if left out.
    pub days: Option<u32>,
}

/// Which key.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct OneKey {
    /// Its id.
    pub id: KeyId,
}

/// The keys that were not revoked, the newest first.
pub fn list(app: &App, _: ()) -> Result<Vec<KeyView>, Failure> {
    let now = app.now();
    Ok(app.store.read(|r| r.keys())?.into_iter().map(|key| view(key, now)).collect())
}

/// Make a key for another program.
///
/// # Errors
/// `bad_input` if it has no name, or is to be valid for no day or for more than ten years.
pub fn add(app: &App, new: NewKey) -> Result<KeyMade, Failure> {
    let bad = |message: String| Err(Failure::new(FailureCode::BadInput, message));
    let name = new.name.trim();
    if name.is_empty() {
        return bad("The key needs a name: that of the program that gets it.".to_owned());
    }
    let days = new.days.unwrap_or(USUAL_DAYS);
    if !(1..=MOST_DAYS).contains(&days) {
        return bad(format!("A key is valid for 1 to {MOST_DAYS} days."));
    }
    let (key, secret) = app.make_key(name, new.scope, Duration::days(days.into()), false)?;
    Ok(KeyMade { key: view(key, app.now()), secret })
}

/// Let a key open nothing any more.
pub fn revoke(app: &App, which: OneKey) -> Result<(), Failure> {
    if app.end_key(which.id)? { Ok(()) } else { Err(Failure::not_found("key", which.id)) }
}

fn view(key: Key, now: DateTime<Utc>) -> KeyView {
    let Key { id, name, scope, for_person, created_at, expires_at, last_used_at, ended_at } = key;
    let expired = ended_at.is_some() || now >= expires_at;
    KeyView { id, name, scope, for_person, created_at, expires_at, last_used_at, expired }
}
