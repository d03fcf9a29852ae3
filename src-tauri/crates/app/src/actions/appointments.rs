//! What the letter about an appointment says of it.

use domain::{AppointmentDetails, Page, Task, TaskKind};
use store::{Read, StoreError};

/// Nothing for other tasks than appointments, and for those without a letter.
pub(crate) fn appointment(r: &Read<'_>, task: &Task) -> Result<AppointmentDetails, StoreError> {
    let letter = task.document.filter(|_| task.kind == TaskKind::Attend);
    let Some(letter) = letter.map(|letter| r.document(letter)).transpose()?.flatten() else {
        return Ok(AppointmentDetails::default());
    };
    let pages = r.pages(&letter.file)?;
    Ok(AppointmentDetails::of(&letter, pages.iter().map(Page::text)))
}
