//! The privacy ledger: which files have left this computer, and which were given to other programs on it.

use chrono::{DateTime, Utc};
use domain::By;
use serde::Serialize;
use store::{Disclosure, Op};
use ts_rs::TS;

use crate::{App, Failure};

/// Another program of this computer.
const DESKTOP: &str = "desktop";
/// More is not read on a page of settings.
const SHOWN: u32 = 100;

/// Something that was given out of the program.
#[derive(Clone, Debug, Serialize, TS)]
pub struct DisclosureView {
    /// When.
    pub at: DateTime<Utc>,
    /// Name of the file.
    pub what: String,
    /// Id of the channel or connection, or `desktop` for another program of this computer.
    pub receiver: String,
}

/// What was given out of the program, the newest first.
#[derive(Clone, Debug, Serialize, TS)]
pub struct PrivacyLedger {
    /// What has left this computer.
    pub left: Vec<DisclosureView>,
    /// What other programs on this computer were handed.
    pub opened: Vec<DisclosureView>,
}

/// What was given out of the program, and to whom.
pub fn ledger(app: &App, _: ()) -> Result<PrivacyLedger, Failure> {
    let view = |Disclosure { at, what, receiver, .. }| DisclosureView { at, what, receiver };
    app.store
        .read(|r| {
            Ok(PrivacyLedger {
                left: r.disclosures(true, SHOWN)?.into_iter().map(view).collect(),
                opened: r.disclosures(false, SHOWN)?.into_iter().map(view).collect(),
            })
        })
        .map_err(Failure::from)
}

/// Notes that another program of this computer is handed a file.
pub(super) fn note_opened(app: &App, what: &str) -> Result<(), Failure> {
    let disclosure =
        Disclosure { at: app.now(), what: what.to_owned(), receiver: DESKTOP.to_owned(), left_computer: false };
    app.store.write(By::Person, Op::Ledger, |w| w.add_disclosure(&disclosure))?;
    Ok(())
}
