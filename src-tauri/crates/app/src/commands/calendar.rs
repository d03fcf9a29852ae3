//! Tasks as calendar entries.

use domain::{CalendarEntry, CalendarTime, Field, local};
use serde::Serialize;
use ts_rs::TS;

use super::tasks::existing;
use crate::{App, Derived, Failure, OneTask, text};

/// A calendar file.
#[derive(Clone, Debug, Serialize, TS)]
pub struct CalendarFile {
    /// A name for it.
    pub name: String,
    /// Its text (RFC 5545).
    pub text: String,
}

/// Hands the file over to the calendar program of the desktop, which asks where to put it.
pub(super) fn add(app: &App, one: OneTask) -> Result<Derived, Failure> {
    let CalendarFile { name, text } = file(app, one)?;
    let path = app.keep_derived(&name, text.as_bytes())?;
    super::originals::start(app, &path)?;
    Ok(Derived { path: path.display().to_string() })
}

pub(super) fn file(app: &App, one: OneTask) -> Result<CalendarFile, Failure> {
    let (lens, tongue) = (app.lens()?, app.tongue()?);
    let (task, document) = app.store.read(|r| {
        let task = existing(r, one.id)?;
        let document = task.document.map(|id| r.document(id)).transpose()?.flatten();
        Ok((task, document))
    })?;
    let Some(due) = task.due else {
        return Err(Failure::new("bad_input", "A task without a day is no calendar entry: give it a day first."));
    };
    let time = task.due_time.map(|time| CalendarTime::At(local(due.and_time(time), lens.preferences.zone)));
    let (title, description) = text::reminder(&task, lens.today, tongue);
    let place = document.and_then(|document| document.text(Field::AppointmentPlace));
    let entry = CalendarEntry {
        task: task.id,
        made_at: lens.now,
        time: time.unwrap_or(CalendarTime::Day(due)),
        title: &title,
        description: &description,
        place: place.as_deref(),
    };
    Ok(CalendarFile { name: format!("{due}.ics"), text: entry.file() })
}
