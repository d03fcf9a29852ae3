//! The trash: what a person has thrown away can be taken out again for some days; then it is deleted for good.

use chrono::{DateTime, Days, Duration, NaiveDate, Utc};
use domain::{By, DocumentId, FailureCode};
use store::{Deleted, Op, StoreError, Write};

use crate::{App, Failure};

/// So many days a document stays in the trash.
pub(crate) const TRASH_DAYS: u32 = 30;
/// So many documents are deleted in one transaction.
const PORTION: usize = 100;

impl App {
    /// Deletes for good what has been in the trash for [`TRASH_DAYS`].
    ///
    /// # Errors
    /// The errors of the [store](store::StoreError#database-errors); what the file system says of the archive.
    pub fn empty_old_trash(&self) -> Result<u32, Failure> {
        let before = self.now().checked_sub_signed(Duration::days(TRASH_DAYS.into()));
        let Some(before) = before else { return Ok(0) };
        let due = self.store.read(|r| r.trashed_before(before))?;
        let mut documents = 0_u32;
        for portion in due.chunks(PORTION) {
            let deleted = self.delete_for_good(By::Program, portion)?;
            documents = documents.saturating_add(deleted.documents);
        }
        Ok(documents)
    }

    /// Has it looked at once whether a backup, a check or the trash is due.
    pub fn wake_upkeep(&self) {
        self.backups.wake.ring();
    }

    /// Deletes documents for good, with everything that is known of them. Only what is in the trash.
    ///
    /// # Errors
    /// `bad_input` if one of them is not in the trash; what the file system says of the archive.
    pub(crate) fn delete_for_good(&self, by: By, ids: &[DocumentId]) -> Result<Deleted, Failure> {
        self.must_be_trashed(ids)?;
        let deleted = self.store.erase(by, Op::DeleteDocument, |w| delete(w, ids))?.value;
        // Pictures and copies that were made of them.
        self.cache.sweep(&self.store);
        Ok(deleted)
    }

    /// What deleting would delete; nothing is changed.
    ///
    /// # Errors
    /// Those of [`delete_for_good`](Self::delete_for_good).
    pub(crate) fn would_delete(&self, ids: &[DocumentId]) -> Result<Deleted, Failure> {
        self.must_be_trashed(ids)?;
        Ok(self.store.foresee(|w| delete(w, ids))?)
    }

    fn must_be_trashed(&self, ids: &[DocumentId]) -> Result<(), Failure> {
        let outside = self.store.read(|r| {
            for id in ids {
                if r.has_document(*id)? && r.trashed_at(*id)?.is_none() {
                    return Ok(Some(*id));
                }
            }
            Ok(None)
        })?;
        match outside {
            None => Ok(()),
            Some(id) => {
                let message = format!("The document {id} is not in the trash. Put it there first.");
                Err(Failure::new(FailureCode::BadInput, message))
            }
        }
    }
}

fn delete(w: &Write<'_>, ids: &[DocumentId]) -> Result<Deleted, StoreError> {
    let mut deleted = Deleted::default();
    ids.iter().try_for_each(|id| w.delete_document(*id, &mut deleted))?;
    Ok(deleted)
}

/// The day on which something is deleted for good that went into the trash then.
pub(crate) fn gone_on(trashed_at: DateTime<Utc>, zone: chrono_tz::Tz) -> NaiveDate {
    let day = domain::today(trashed_at, zone);
    day.checked_add_days(Days::new(TRASH_DAYS.into())).unwrap_or(day)
}
