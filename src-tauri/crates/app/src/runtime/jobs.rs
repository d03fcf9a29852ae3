//! The jobs on a file: read it, understand it, file it; then read again what was doubtful. Each step is a job in the database, so that nothing is lost
//! when the program ends in the middle.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use disk::crash_point;
use domain::{By, FailureClass, FailureCode, SourceId};
use store::{BackOff, Job, JobKind, NewProblem, Op, StoreError};

use crate::actions::filing::{self, FilingContext};
use crate::runtime::results::{UNDERSTAND_VERSION, first_look, is_running, understood};
use crate::runtime::threads::{self, Pulse};
use crate::runtime::{members, own_disk, recompute, second_reading};
use crate::{App, Failure};

/// Engines that are loaded but idle are released after this time.
const IDLE: Duration = Duration::from_secs(60);

/// The shortest sleep, so that the loop never spins.
const SHORTEST: Duration = Duration::from_secs(1);

/// The kinds of work that are done here.
const KINDS: &[JobKind] = &[JobKind::READ, JobKind::UNDERSTAND, JobKind::SECOND_READING, JobKind::RECOMPUTE];

/// Works on jobs until the end is asked for. Several threads may do so side by side.
///
/// # Errors
/// If the next job cannot be taken.
pub(crate) fn work(app: &Arc<App>, pulse: &Pulse) -> Result<(), Failure> {
    let mut warm = false;
    loop {
        let rings = app.jobs.rings();
        if pulse.is_stopping() {
            return Ok(());
        }
        match next_job(app) {
            Ok(Some(job)) => {
                warm = true;
                crash_point!("job.claimed");
                run(app, &job, pulse);
                app.progress.end(job.id);
            }
            Ok(None) => {
                if warm && let Err(error) = app.store.sync() {
                    tracing::error!(%error, "what was read last may have to be read again after a loss of power");
                }
                pulse.waits();
                app.jobs.wait(rings, until_next(app).min(if warm { IDLE } else { Duration::MAX }));
                let nothing_came = app.jobs.rings() == rings;
                if warm && nothing_came {
                    app.reader.release_idle(IDLE);
                    warm = false;
                }
            }
            Err(error) => {
                let failure = Failure::from(error);
                if !own_disk::is_its_fault(&failure) {
                    return Err(failure);
                }
                let pause = app.disk_failed(&failure);
                pulse.waits();
                app.jobs.wait(rings, pause);
            }
        }
    }
}

/// Claims the next job. Where there is none, documents whose results are older are work.
fn next_job(app: &App) -> Result<Option<Job>, StoreError> {
    let claim = || app.store.write_later(By::Program, Op::Ledger, |w| w.next_job(KINDS)).map(|written| written.value);
    match claim()? {
        None if recompute::queue_portion(app)? => claim(),
        job => Ok(job),
    }
}

/// How long to sleep when no job can begin and no new one wakes the thread.
fn until_next(app: &App) -> Duration {
    match app.store.read(|r| r.next_job_at(KINDS)) {
        Ok(None) => Duration::MAX,
        Ok(Some(at)) => at.signed_duration_since(app.now()).to_std().unwrap_or_default().max(SHORTEST),
        Err(error) => {
            tracing::error!(%error, "the time of the next job could not be looked up");
            IDLE
        }
    }
}

fn run(app: &App, job: &Job, pulse: &Pulse) {
    // A panic of a library must not end the worker: the other letters are still to be read.
    let done = catch_unwind(AssertUnwindSafe(|| match &job.kind {
        kind if *kind == JobKind::READ => read(app, job, pulse),
        kind if *kind == JobKind::UNDERSTAND => understand_and_file(app, job),
        kind if *kind == JobKind::SECOND_READING => second_reading::run(app, job, pulse),
        kind if *kind == JobKind::RECOMPUTE => recompute::run(app, job, pulse),
        kind => Err(Failure::new(FailureCode::UnknownJob, format!("There is nobody to do the work “{kind}”."))),
    }));
    let failure = match done {
        Ok(Ok(())) => return app.disk_works(),
        Ok(Err(failure)) => failure,
        Err(panic) => {
            let why = threads::panicked(panic.as_ref());
            Failure::new(
                FailureCode::Engine,
                format!("Reading “{}” failed: {why}. Please report it; other files are read.", job.name),
            )
        }
    };
    let note = || match failure.code.class() {
        // Cancelled by a person, who was told so; or interrupted by the end of the program, and continued at the next
        // start.
        FailureClass::Stopped => put_back(app, job),
        // Another worker has the job now, or a person cancelled it: their result counts.
        FailureClass::LeaseLost => Ok(()),
        FailureClass::Crashed => crashed(app, job, &failure),
        FailureClass::OwnDisk | FailureClass::Busy => put_off(app, job, &failure),
        FailureClass::BadInput | FailureClass::NotFound | FailureClass::Forbidden | FailureClass::Failed => {
            match &job.kind {
                kind if *kind == JobKind::SECOND_READING => second_reading::fail(app, job, &failure),
                kind if *kind == JobKind::RECOMPUTE => recompute::fail(app, job, &failure),
                _ => fail(app, job, &failure),
            }
        }
    };
    // Retried until it is recorded: otherwise a full disk, for instance, would leave the job “running” forever.
    let mut is_told = false;
    while let Err(error) = note() {
        let pause = app.disk_failed(&error);
        if !own_disk::is_its_fault(&error) && !is_told {
            is_told = true;
            tracing::error!(file = job.name, %error, "a failed job could not be noted; trying again");
        }
        if pulse.is_stopping() {
            // It is queued again at the next start.
            return;
        }
        pulse.sleep(pause);
    }
}

/// The disk of the profile is full or fails: the job waits, each time longer, and the reason is told once.
fn put_off(app: &App, job: &Job, failure: &Failure) -> Result<(), Failure> {
    app.disk_failed(failure);
    let later = app
        .store
        .write(By::Program, Op::Ledger, |w| w.try_later(job, BackOff::OWN_DISK, failure.code, &failure.message));
    match later {
        Ok(_) | Err(StoreError::LeaseLost { .. }) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

fn read(app: &App, job: &Job, pulse: &Pulse) -> Result<(), Failure> {
    let file = job.original()?;
    let mut reading = first_look(app, job, pulse)?;
    crash_point!("read.read");
    // Taken in before the job is done: after a crash in between, those that are here already are known.
    let members = std::mem::take(&mut reading.members);
    let is_only_a_container = reading.pages.is_empty() && !members.is_empty();
    let mut problems = members::ingest(app, job, members)?;
    crash_point!("read.members_taken");
    if is_only_a_container {
        problems.extend(reading.problems.iter().map(|problem| members::problem(job, problem.code, &problem.message)));
    }
    app.store.write_later(By::Program, Op::Ledger, |w| {
        second_reading::save(app, w, file, &reading, job.foreground)?;
        w.clear_problems_of(file)?;
        for problem in &problems {
            w.add_problem(problem)?;
        }
        if !is_only_a_container {
            w.enqueue_file(file, JobKind::UNDERSTAND, job.foreground)?;
        }
        crash_point!("read.saved");
        w.finish(job)
    })?;
    crash_point!("read.done");
    Ok(())
}

fn put_back(app: &App, job: &Job) -> Result<(), Failure> {
    if is_running(app, job) {
        app.store.write(By::Program, Op::Ledger, |w| w.put_back(job.id))?;
    }
    Ok(())
}

/// The reader crashed on this file: the job is tried once more, then quarantined.
fn crashed(app: &App, job: &Job, failure: &Failure) -> Result<(), Failure> {
    tracing::warn!(file = job.name, %failure, code = %failure.code, "a reader broke down");
    app.store.write(By::Program, Op::Ledger, |w| w.after_crash(job))?;
    Ok(())
}

fn understand_and_file(app: &App, job: &Job) -> Result<(), Failure> {
    let file = job.original()?;
    crash_point!("understand.begun");
    let reading = app.store.read(|r| r.reading(file))?;
    let findings = understood(app, reading.ok_or_else(|| Failure::not_found("reading of", &job.name))?)?;
    crash_point!("understand.understood");
    let preferences = app.settings()?.preferences()?;
    let context = FilingContext { ids: app.ids.as_ref(), preferences: &preferences, now: app.now() };
    let (known, is_first) =
        app.store.read(|r| Ok((r.document_of_file(file)?.is_some(), r.findings_version(file)?.is_none())))?;
    let op = if known && !is_first { Op::Reprocess } else { Op::FileDocument };
    app.store.write_later(By::Program, op, |w| {
        w.save_findings(file, &findings, UNDERSTAND_VERSION)?;
        match w.document_of_file(file)? {
            None if w.is_arranged_anew(file)? => {}
            None => drop(filing::file(w, &context, file, &job.name, &findings)?),
            // It came in from paperless-ngx with its document, and is understood only now.
            Some(id) if is_first => filing::settle_imported(w, &context, id, &findings)?,
            // What a person said about a document that is already there stays; only the findings are new.
            Some(_) => {}
        }
        w.clear_problems_of(file)?;
        crash_point!("understand.filed");
        w.finish(job)
    })?;
    crash_point!("understand.done");
    Ok(())
}

/// Puts a copy of the file into the problems folder, with a note. Where the original itself cannot be read, there is none.
fn put_aside(app: &App, job: &Job, failure: &Failure) -> Result<PathBuf, Failure> {
    let folder = app.inbox_folder()?;
    let bytes = app.store.original(job.original()?)?;
    connect::put_into_problems(&folder, &job.name, connect::ProblemFile::Bytes(&bytes), &failure.message)
        .map_err(|source| StoreError::Io { path: folder, doing: "written", source }.into())
}

/// Notes the failure where a person sees it; a file from the inbox folder goes to its problems folder, with a note. Done
/// again, it makes no second copy.
fn fail(app: &App, job: &Job, failure: &Failure) -> Result<(), Failure> {
    tracing::info!(kind = %job.kind, code = %failure.code, "work on a file failed");
    let file = job.original()?;
    let arrivals = app.store.read(|r| r.arrivals(file))?;
    let path = if arrivals.iter().any(|arrival| arrival.source == SourceId::Inbox) {
        put_aside(app, job, failure)
            .map_err(
                |error| tracing::warn!(file = job.name, %error, "a copy could not be put into the problems folder"),
            )
            .ok()
    } else {
        arrivals.into_iter().find_map(|arrival| arrival.path)
    };
    crash_point!("job.put_aside");
    app.store.write(By::Program, Op::Ledger, |w| {
        w.fail(job.id, failure.code, &failure.message)?;
        w.add_problem(&NewProblem {
            file_name: job.name.clone(),
            path: path.clone(),
            file: job.file.clone(),
            code: failure.code,
            message: failure.message.clone(),
        })
    })?;
    crash_point!("job.failed");
    Ok(())
}
