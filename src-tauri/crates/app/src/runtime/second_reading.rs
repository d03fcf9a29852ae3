//! The second reading: a letter that came in gets its first results from the first reader alone; what that one is unsure of is
//! read by the second reader afterwards. First the lines that may change what follows from the letter, then, behind all other work
//! and at a low priority, the others, for search.
//!
//! Each is a job of the kind [`JobKind::SECOND_READING`], so that a restart goes on where it was. A document that a person opens is
//! read before others. One that nobody has looked at is filed anew; of any other one, nothing changes that somebody relies on.

use domain::{By, FailureCode, FileId, Problem, Reading};
use read::{Corners, ToReadAgain};
use serde::{Deserialize, Serialize};
use store::{Job, JobKind, JobState, NewJob, Op, Read, StoreError, Write};

use crate::actions::filing::FilingContext;
use crate::actions::recompute as results;
use crate::runtime::recompute::before;
use crate::runtime::results::{UNDERSTAND_VERSION, read_again, understood};
use crate::runtime::threads::Pulse;
use crate::{App, Failure};

/// What such a job is to read.
#[derive(Serialize, Deserialize)]
struct Payload {
    pages: Vec<Doubtful>,
}

/// A page with doubtful words.
#[derive(Serialize, Deserialize)]
struct Doubtful {
    /// From 1.
    number: u32,
    /// As [`ToReadAgain::lines`].
    lines: Vec<Corners>,
}

/// The versions of what was read: of a first look, if pages wait for the second reader.
pub(crate) fn versions(app: &App, reading: &Reading) -> String {
    if reading.to_read_again.is_empty() { app.reader.versions() } else { app.reader.versions_of_first_look() }
}

/// Keeps what was read of a file, and queues what is to be read again.
pub(crate) fn save(
    app: &App,
    w: &Write<'_>,
    file: &FileId,
    reading: &Reading,
    foreground: bool,
) -> Result<(), StoreError> {
    w.save_reading(file, reading, &versions(app, reading))?;
    queue(w, file, reading, foreground)
}

/// Queues what is to be read again, if there is anything.
pub(crate) fn queue(w: &Write<'_>, file: &FileId, reading: &Reading, foreground: bool) -> Result<(), StoreError> {
    let pages = reading.to_read_again.iter().map(|number| Doubtful { number: *number, lines: Vec::new() });
    enqueue(w, file, pages.collect(), foreground)
}

fn enqueue(w: &Write<'_>, file: &FileId, pages: Vec<Doubtful>, foreground: bool) -> Result<(), StoreError> {
    if pages.is_empty() {
        return Ok(());
    }
    let payload = serde_json::json!(Payload { pages });
    let kind = JobKind::SECOND_READING;
    w.enqueue(&NewJob { kind, subject: file.as_str(), payload, foreground, run_after: None }).map(drop)
}

/// Whether lines of a file that may change what follows from it are still to be read again.
pub(crate) fn is_awaited(r: &Read<'_>, file: &FileId) -> Result<bool, StoreError> {
    let awaits = |job: &Job| {
        let is_open = matches!(job.state, JobState::Queued | JobState::Running);
        let pages = |job: &Job| serde_json::from_value::<Payload>(job.payload.clone()).map(|payload| payload.pages);
        job.kind == JobKind::SECOND_READING
            && is_open
            && pages(job).is_ok_and(|pages| pages.iter().any(|page| page.lines.is_empty()))
    };
    Ok(r.jobs_of(file)?.iter().any(awaits))
}

/// Has the second reader read what waits for it, and takes over what follows.
pub(crate) fn run(app: &App, job: &Job, pulse: &Pulse) -> Result<(), Failure> {
    let file = job.original()?;
    let (version, known) = app.store.read(|r| Ok((r.reading_version(file)?, r.reading(file)?)))?;
    let settings = app.settings()?;
    let waits = settings.second_reader && version.is_some_and(|version| app.reader.is_first_look(&version));
    let Some(mut reading) = known.filter(|_| waits) else {
        // It was read anew meanwhile, or nobody wants it any more.
        app.store.write_later(By::Program, Op::Ledger, |w| w.finish_and_forget(job))?;
        return Ok(());
    };
    let wanted = wanted(job, &reading)?;
    let left = read_again(app, job, pulse, &mut reading, &wanted)?;
    reading.to_read_again = left.iter().map(|page| page.number).collect();
    // Names that were blacked out stay so.
    let reading = app.store.read(|r| r.without_blacked(file, &reading))?.unwrap_or(reading);
    let versions = versions(app, &reading);
    let mut found = understood(app, reading.clone())?;
    let preferences = settings.preferences()?;
    let context = FilingContext { ids: app.ids.as_ref(), preferences: &preferences, now: app.now() };
    let left: Vec<Doubtful> =
        left.into_iter().map(|page| Doubtful { number: page.number, lines: page.lines }).collect();
    app.store.write_later(By::Program, Op::Reprocess, |w| {
        let before = before(w, file)?;
        let in_use = match &before {
            Some(before) => results::is_in_use(w, &before.document, context.now)?,
            None => false,
        };
        if let Some(before) = before.as_ref().filter(|_| in_use) {
            results::ask_about_account(w, before, &mut found)?;
        }
        w.save_reading(file, &reading, &versions)?;
        w.save_findings(file, &found, UNDERSTAND_VERSION)?;
        match &before {
            Some(before) if in_use => results::follow(w, &context, before, &found)?,
            Some(before) => results::file_anew(w, &context, before, &found)?,
            None => {}
        }
        w.finish_and_forget(job)?;
        enqueue(w, file, left, false)
    })?;
    Ok(())
}

/// The pages that the job is about, as they were read.
fn wanted(job: &Job, reading: &Reading) -> Result<Vec<ToReadAgain>, Failure> {
    let payload: Payload = serde_json::from_value(job.payload.clone()).map_err(|error| {
        Failure::new(FailureCode::UnknownJob, format!("What is to be read again is unclear: {error}."))
    })?;
    let page = |Doubtful { number, lines }: Doubtful| {
        let page = reading.pages.get(number.checked_sub(1)? as usize)?.clone();
        Some(ToReadAgain { number, page, lines })
    };
    Ok(payload.pages.into_iter().filter_map(page).collect())
}

/// Says at the document that its doubtful words were not read again.
pub(crate) fn fail(app: &App, job: &Job, failure: &Failure) -> Result<(), Failure> {
    let file = job.original()?;
    let message = format!(
        "“{}” has doubtful words, which were not read again: {} Compare its words with the picture.",
        job.name, failure.message
    );
    let problem = Problem::new(FailureCode::SecondReaderFailed, message);
    app.store.write(By::Program, Op::Ledger, |w| {
        if let (Some(mut reading), Some(versions)) = (w.reading(file)?, w.reading_version(file)?) {
            reading.problems.push(problem.clone());
            w.save_reading(file, &reading, &versions)?;
        }
        if let (Some(mut findings), Some(version)) = (w.findings(file)?, w.findings_version(file)?) {
            findings.problems.push(problem.clone());
            w.save_findings(file, &findings, &version)?;
        }
        w.fail(job.id, failure.code, &failure.message)
    })?;
    Ok(())
}
