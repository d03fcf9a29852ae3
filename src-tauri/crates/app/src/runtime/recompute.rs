//! Recomputation: results of an older reader or understander are computed again in the background when a newer one is
//! installed.
//!
//! When no other job waits, the next documents with older results are queued as jobs of the kind
//! [`JobKind::RECOMPUTE`]: behind every letter, paused with the backlog, and some at a time. A document that a person
//! opens is computed again at once. Each document is tried once for each pair of versions; if that fails, its old
//! results stay and a problem says so.

use chrono::Duration;
use domain::{By, DocumentId, FailureCode, FileId, Reading};
use store::{
    BackOff, EngineVersions, Job, JobKind, JobState, NewProblem, Op, Read, RecomputeProgress, Role, StoreError, Write,
};

use crate::actions::existing;
use crate::actions::filing::FilingContext;
use crate::actions::recompute::{self, Before};
use crate::runtime::results::{UNDERSTAND_VERSION, read_original, understood};
use crate::runtime::roles::Share;
use crate::runtime::threads::Pulse;
use crate::{App, Failure};

/// Documents that are queued together.
const PORTION: u32 = 100;

/// The back-off for a failure of the computer, not of the document: the job is tried again, and other documents wait
/// behind it.
const TRY_AGAIN: BackOff = BackOff { first: Duration::minutes(10), longest: Duration::hours(6), attempts: 10 };
/// Failures of this kind.
const FOR_NOW: &[FailureCode] = &[FailureCode::EngineMissing, FailureCode::DiskFull, FailureCode::Busy];

/// Queues the next documents with older results, if there are any; `true` where there is work now.
///
/// # Errors
/// The errors of the [store](store::StoreError#database-errors).
pub(crate) fn queue_portion(app: &App) -> Result<bool, StoreError> {
    let target = format!("{}; {UNDERSTAND_VERSION}", app.reader.engine());
    let found = app.store.read(|r| {
        if r.backlog_is_paused()? {
            return Ok(None);
        }
        let begun = r.recompute_progress()?;
        let of_target = begun.as_ref().filter(|progress| progress.target == target);
        if of_target.is_some_and(RecomputeProgress::is_done) {
            return Ok(None);
        }
        let older = older(app, r.engine_versions()?);
        // Where nothing is older, nothing is written either, unless an earlier look through was not ended.
        if older == EngineVersions::default() && begun.as_ref().is_none_or(RecomputeProgress::is_done) {
            return Ok(None);
        }
        let portion = r.recompute_portion(&target, &older, of_target, PORTION)?;
        Ok(Some((begun, portion)))
    })?;
    let Some((begun, portion)) = found else { return Ok(false) };
    app.store.write_later(By::Program, Op::Ledger, |w| w.queue_recomputes(begun.as_ref(), &portion))?;
    Ok(!portion.files.is_empty())
}

/// The versions that the present ones are newer than.
fn older(app: &App, EngineVersions { readers, understanders }: EngineVersions) -> EngineVersions {
    EngineVersions {
        readers: readers.into_iter().filter(|version| app.reader.is_newer_than(version)).collect(),
        understanders: understanders.into_iter().filter(|version| is_older_understander(version)).collect(),
    }
}

/// Results of a newer program are left alone.
fn is_older_understander(version: &str) -> bool {
    let number = |version: &str| version.strip_prefix("understand ").and_then(|number| number.parse::<u32>().ok());
    match (number(version), number(UNDERSTAND_VERSION)) {
        (Some(of_result), Some(present)) => of_result < present,
        _ => version != UNDERSTAND_VERSION,
    }
}

/// Which results of a file are older than what would come out now.
struct Older {
    /// Its reading; not where there is no original to read.
    reading: bool,
    findings: bool,
}

impl Older {
    fn of(app: &App, r: &Read<'_>, file: &FileId) -> Result<Self, StoreError> {
        let is_older = r.reading_version(file)?.is_some_and(|version| app.reader.is_newer_than(&version));
        Ok(Self {
            reading: is_older && app.store.original_path(file).exists(),
            findings: r.findings_version(file)?.is_some_and(|version| is_older_understander(&version)),
        })
    }

    fn is_any(&self) -> bool {
        self.reading || self.findings
    }
}

/// A person looks at a document: if its results are older ones or of a first look, they are computed again before anything else in
/// the background. Not where that has failed, and not in a process that leaves the work to another one.
///
/// # Errors
/// The errors of the [store](store::StoreError#database-errors).
pub(crate) fn was_opened(app: &App, document: DocumentId) -> Result<(), StoreError> {
    if *app.host_status().share(Role::Engine) != Share::Runs {
        return Ok(());
    }
    let (file, jobs, is_older) = app.store.read(|r| {
        let file = existing::document(r, document)?.file;
        let is_older = Older::of(app, r, &file)?.is_any();
        Ok((file.clone(), r.jobs_of(&file)?, is_older))
    })?;
    let of_kind = |kind| jobs.iter().find(|job| job.kind == kind);
    let waits = |job: &Job| job.state == JobState::Queued && !job.foreground;
    if is_older && of_kind(JobKind::RECOMPUTE).is_none_or(waits) {
        app.store.write_later(By::Program, Op::Ledger, |w| w.enqueue_file(&file, JobKind::RECOMPUTE, true))?;
    }
    if let Some(job) = of_kind(JobKind::SECOND_READING).filter(|job| waits(job)) {
        app.store.write_later(By::Program, Op::Ledger, |w| w.to_foreground(job.id))?;
    }
    Ok(())
}

/// Computes the results of a document again: reads its original, where the reader is newer and the original is there, and
/// understands what was read.
pub(crate) fn run(app: &App, job: &Job, pulse: &Pulse) -> Result<(), Failure> {
    let file = job.original()?;
    let (older, known) = app.store.read(|r| Ok((Older::of(app, r, file)?, r.reading(file)?)))?;
    let known = known.ok_or_else(|| Failure::not_found("reading of", &job.name))?;
    if !older.is_any() {
        // Somebody was quicker, or there is nothing to read.
        app.store.write_later(By::Program, Op::Ledger, |w| w.finish_and_forget(job))?;
        return Ok(());
    }
    let read = if older.reading { Some(read_again(app, job, pulse, known.pages.len())?) } else { None };
    // Names that were blacked out stay so.
    let read = match read {
        Some(read) => Some(app.store.read(|r| r.without_blacked(file, &read))?.unwrap_or(read)),
        None => None,
    };
    let versions = app.reader.versions();
    let mut found = understood(app, read.clone().unwrap_or(known))?;
    let preferences = app.settings()?.preferences()?;
    let context = FilingContext { ids: app.ids.as_ref(), preferences: &preferences, now: app.now() };
    app.store.write_later(By::Program, Op::Reprocess, |w| {
        let before = before(w, file)?;
        if let Some(before) = &before {
            recompute::ask_about_account(w, before, &mut found)?;
        }
        if let Some(reading) = &read {
            w.save_reading(file, reading, &versions)?;
        }
        w.save_findings(file, &found, UNDERSTAND_VERSION)?;
        if let Some(before) = &before {
            recompute::follow(w, &context, before, &found)?;
        }
        w.clear_problem_of(file, FailureCode::NotComputedAgain)?;
        w.finish_and_forget(job)
    })?;
    Ok(())
}

/// The document of a file with what is found in it so far.
pub(crate) fn before(w: &Write<'_>, file: &FileId) -> Result<Option<Before>, StoreError> {
    let findings = w.findings(file)?.unwrap_or_default();
    let document = w.document_of_file(file)?.map(|id| existing::document(w, id)).transpose()?;
    Ok(document.map(|document| Before { document, findings }))
}

/// Members of the file were taken in with it. They are not taken in again, even if a newer reader would divide it
/// otherwise.
fn read_again(app: &App, job: &Job, pulse: &Pulse, pages: usize) -> Result<Reading, Failure> {
    let mut reading = read_original(app, job, pulse)?;
    reading.members.clear();
    if reading.pages.is_empty() && pages > 0 {
        let message = format!("“{}” gives no page any more.", job.name);
        return Err(Failure::new(FailureCode::NotComputedAgain, message));
    }
    Ok(reading)
}

/// Records that a document keeps its old results; it is not tried again before the next version.
pub(crate) fn fail(app: &App, job: &Job, failure: &Failure) -> Result<(), Failure> {
    let why = &failure.message;
    let for_now = FOR_NOW.contains(&failure.code);
    // Its text has a place to type the password.
    let code = if failure.code == FailureCode::Password { failure.code } else { FailureCode::NotComputedAgain };
    let problem = NewProblem {
        file_name: job.name.clone(),
        path: None,
        file: job.file.clone(),
        code,
        message: format!(
            "“{}” could not be read again by the new version: {why} What was read before stays.",
            job.name
        ),
    };
    app.store.write(By::Program, Op::Ledger, |w| {
        if for_now && w.try_later(job, TRY_AGAIN, failure.code, why)? {
            return Ok(());
        }
        w.fail(job.id, failure.code, why)?;
        w.add_problem(&problem).map(drop)
    })?;
    Ok(())
}
