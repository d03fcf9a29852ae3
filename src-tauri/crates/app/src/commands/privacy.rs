//! The privacy ledger: what has left this computer, and what other programs on it were given.

use chrono::{DateTime, Utc};
use serde::Serialize;
use store::{Handover, Op};
use ts_rs::TS;

use crate::{App, Failure};

/// Another program of this computer.
const DESKTOP: &str = "desktop";
/// More is not read on a page of settings.
const SHOWN: u32 = 100;

/// Something that was given out of the program.
#[derive(Clone, Debug, Serialize, TS)]
pub struct HandoverView {
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
    pub left: Vec<HandoverView>,
    /// What other programs on this computer were handed.
    pub opened: Vec<HandoverView>,
}

pub(super) fn ledger(app: &App, _: ()) -> Result<PrivacyLedger, Failure> {
    let view = |Handover { at, what, receiver, .. }| HandoverView { at, what, receiver };
    app.store
        .read(|r| {
            Ok(PrivacyLedger {
                left: r.handovers(true, SHOWN)?.into_iter().map(view).collect(),
                opened: r.handovers(false, SHOWN)?.into_iter().map(view).collect(),
            })
        })
        .map_err(Failure::from)
}

/// Notes that another program of this computer is handed a file.
pub(super) fn note_opened(app: &App, what: &str) -> Result<(), Failure> {
    let handover =
        Handover { at: app.now(), what: what.to_owned(), receiver: DESKTOP.to_owned(), left_computer: false };
    app.store.write(Op::Ledger, |w| w.note_handover(&handover))?;
    Ok(())
}
