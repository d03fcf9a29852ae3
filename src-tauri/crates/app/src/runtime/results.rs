//! The results of an original: what the reader reads on it, and what is understood of that.

use std::cell::Cell;
use std::fs::File;

use disk::crash_point;
use domain::{Findings, Known, Reading};
use read::{Pace, Progress, ReadError, SecondReading, ToReadAgain};
use store::{Job, JobState};
use understand::understand;

use crate::runtime::threads::Pulse;
use crate::{App, Failure};

/// Reads the original of a job, as long as the job is this worker's.
pub(crate) fn read_original(app: &App, job: &Job, pulse: &Pulse) -> Result<Reading, Failure> {
    with_original(app, job, pulse, |original, stopped, progress| {
        app.unlocking(|| app.reader.read_unless(stopped, &job.name, original, progress))
    })
}

/// Takes a first look at it: what the first reader is unsure of waits for the second one.
pub(crate) fn first_look(app: &App, job: &Job, pulse: &Pulse) -> Result<Reading, Failure> {
    with_original(app, job, pulse, |original, stopped, progress| {
        app.unlocking(|| app.reader.first_look(stopped, &job.name, original, progress))
    })
}

/// Has the second reader read doubtful lines of it, and puts them into `reading`; gives the pages with lines that are left.
pub(crate) fn read_again(
    app: &App,
    job: &Job,
    pulse: &Pulse,
    reading: &mut Reading,
    pages: &[ToReadAgain],
) -> Result<Vec<ToReadAgain>, Failure> {
    with_original(app, job, pulse, |original, stopped, progress| {
        let pace = if job.foreground { Pace::Brisk } else { Pace::Calm };
        app.unlocking(|| {
            let wanted = SecondReading { reading: &mut *reading, pages, pace };
            app.reader.read_again(stopped, &job.name, original, wanted, progress)
        })
    })
}

/// Work on the original of a job that asks whether it is still wanted, and says how far it is.
fn with_original<T>(
    app: &App,
    job: &Job,
    pulse: &Pulse,
    work: impl FnOnce(&File, &dyn Fn() -> bool, &dyn Fn(Progress)) -> Result<T, ReadError>,
) -> Result<T, Failure> {
    let original = app.store.open_original(job.original()?)?;
    crash_point!("read.opened");
    app.reader.use_second_reader(app.settings()?.second_reader);
    let progress = |done: Progress| {
        pulse.beat();
        app.progress.note(&app.store, job.id, done.page, done.pages);
    };
    let seen = Cell::new(app.jobs.rings());
    let stopped = || {
        app.progress.write(&app.store);
        let rings = app.jobs.rings();
        pulse.is_stopping() || (seen.replace(rings) != rings && (!is_running(app, job) || gives_way(app, job)))
    };
    Ok(work(&original, &stopped, &progress)?)
}

/// What is read a second time or computed again in the background gives way to a letter that came in now, and is begun anew after it.
fn gives_way(app: &App, job: &Job) -> bool {
    if !job.kind.is_of_a_document() || job.foreground {
        return false;
    }
    app.store.read(|r| r.foreground_waits(app.now())).unwrap_or_else(|error| {
        tracing::warn!(file = job.name, %error, "it could not be looked up whether a letter waits");
        false
    })
}

/// Whether the job is still this worker's: a person may have called it off.
pub(crate) fn is_running(app: &App, job: &Job) -> bool {
    match app.store.read(|r| r.job(job.id)) {
        Ok(now) => now.is_some_and(|now| now.state == JobState::Running),
        Err(error) => {
            tracing::warn!(file = job.name, %error, "it could not be looked up whether a job was called off");
            true
        }
    }
}

/// Findings from a reading, with all that is known now.
pub(crate) fn understood(app: &App, reading: Reading) -> Result<Findings, Failure> {
    let reading = reading.to_understand();
    let mut findings = understand(&reading, &known(app)?);
    findings.problems.extend(reading.problems);
    Ok(findings)
}

/// What is known of the person and of the correspondents.
pub(crate) fn known(app: &App) -> Result<Known, Failure> {
    let (correspondents, mut own_names) = app.store.read(|r| Ok((r.known_correspondents()?, r.own_names()?)))?;
    own_names.extend(app.settings()?.own_names);
    Ok(Known { own_names, correspondents })
}

/// Increase it whenever the same reading may give other findings.
pub(crate) const UNDERSTAND_VERSION: &str = "understand 9";
