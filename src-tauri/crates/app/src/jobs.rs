//! The work on a file: read it, understand it, file it. Each step is a job in the database, so that nothing is
//! forgotten when the program ends in the middle.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use domain::{Findings, Known, Reading, SourceId};
use store::{Job, JobState, NewProblem, Op, Step};
use understand::understand;

use crate::filing::{self, Desk};
use crate::{App, Failure, members};

/// Warm engines are let go after a minute without work.
const IDLE: Duration = Duration::from_secs(60);

/// Works on jobs until `stop` is set. Several threads may do so side by side.
pub(crate) fn work(app: &Arc<App>, stop: &AtomicBool) {
    let mut warm = false;
    loop {
        let rings = app.jobs.rings();
        if stop.load(Ordering::Relaxed) {
            return;
        }
        match app.store.write(Op::Ledger, |w| w.next_job()).map(|written| written.value) {
            Ok(Some(job)) => {
                warm = true;
                run(app, &job, stop);
            }
            Ok(None) => {
                app.jobs.wait(rings, if warm { IDLE } else { Duration::MAX });
                let nothing_came = app.jobs.rings() == rings;
                if warm && nothing_came {
                    app.reader.release_idle(IDLE);
                    warm = false;
                }
            }
            Err(error) => {
                tracing::error!(%error, "the next job could not be taken; trying again");
                app.jobs.wait(rings, Duration::from_secs(5));
            }
        }
    }
}

fn run(app: &App, job: &Job, stop: &AtomicBool) {
    // A panic of a library must not take the worker with it: the other letters are still to be read.
    let done = catch_unwind(AssertUnwindSafe(|| match job.step {
        Step::Read => read(app, job, stop),
        Step::Understand => understand_and_file(app, job),
    }));
    let failure = match done {
        Ok(Ok(())) => return,
        Ok(Err(failure)) => failure,
        Err(_) => Failure::new("engine", format!("Reading “{}” failed inside a library.", job.name)),
    };
    let noted = match failure.code.as_str() {
        // Called off by a person, who was told so, or by the end of the program, after which it goes on.
        "stopped" => put_back(app, job),
        "crashed" => crashed(app, job, &failure),
        _ => fail(app, job, &failure),
    };
    if let Err(error) = noted {
        // The job stays "running" and counts as one crash at the next start.
        tracing::error!(file = job.name, %error, "a failed job could not be noted");
    }
}

fn read(app: &App, job: &Job, stop: &AtomicBool) -> Result<(), Failure> {
    let original = app.store.open_original(&job.file)?;
    app.reader.use_second_reader(app.settings()?.second_reader);
    let progress = |done: read::Progress| {
        let noted = app.store.write(Op::Ledger, |w| w.progress(job.id, done.page, done.pages));
        if let Err(error) = noted {
            tracing::warn!(file = job.name, %error, "progress could not be noted");
        }
    };
    let seen = Cell::new(app.jobs.rings());
    let stopped = || {
        let rings = app.jobs.rings();
        stop.load(Ordering::Relaxed) || (seen.replace(rings) != rings && !is_running(app, job))
    };
    let mut reading = app.unlocking(|| app.reader.read_unless(&stopped, &job.name, &original, &progress))?;
    // Taken in before the job is done: after a crash in between, those that are here already are known.
    let members = std::mem::take(&mut reading.members);
    let is_only_a_container = reading.pages.is_empty() && !members.is_empty();
    let mut problems = members::take_in(app, job, members)?;
    if is_only_a_container {
        problems.extend(reading.problems.iter().map(|problem| members::problem(job, &problem.code, &problem.message)));
    }
    app.store.write(Op::Ledger, |w| {
        w.save_reading(&job.file, &reading, &app.reader.versions())?;
        w.clear_problems_of(&job.file)?;
        for problem in &problems {
            w.add_problem(problem)?;
        }
        if !is_only_a_container {
            w.enqueue(&job.file, Step::Understand, job.foreground)?;
        }
        w.finish(job.id)
    })?;
    Ok(())
}

/// Whether the job is still this worker's: a person may have called it off.
fn is_running(app: &App, job: &Job) -> bool {
    match app.store.read(|r| r.job(job.id)) {
        Ok(now) => now.is_some_and(|now| now.state == JobState::Running),
        Err(error) => {
            tracing::warn!(file = job.name, %error, "it could not be looked up whether a job was called off");
            true
        }
    }
}

fn put_back(app: &App, job: &Job) -> Result<(), Failure> {
    if is_running(app, job) {
        app.store.write(Op::Ledger, |w| w.put_back(job.id))?;
    }
    Ok(())
}

/// The reader ended while at this file: it gets a second try, then it is left alone.
fn crashed(app: &App, job: &Job, failure: &Failure) -> Result<(), Failure> {
    tracing::warn!(file = job.name, %failure, "a reader broke down");
    app.store.write(Op::Ledger, |w| w.after_crash(job))?;
    Ok(())
}

fn understand_and_file(app: &App, job: &Job) -> Result<(), Failure> {
    let reading = app.store.read(|r| r.reading(&job.file))?;
    let findings = understood(app, reading.ok_or_else(|| Failure::not_found("reading of", &job.name))?)?;
    let preferences = app.settings()?.preferences()?;
    let desk = Desk { ids: app.ids.as_ref(), preferences: &preferences, now: app.now() };
    let op = match app.store.read(|r| r.document_of_file(&job.file))? {
        Some(_) => Op::Reprocess,
        None => Op::FileDocument,
    };
    app.store.write(op, |w| {
        w.save_findings(&job.file, &findings, UNDERSTAND_VERSION)?;
        // What a person said about a document that is already there stays; only the findings are new.
        if w.document_of_file(&job.file)?.is_none() && !w.is_arranged_anew(&job.file)? {
            filing::file(w, &desk, &job.file, &job.name, &findings)?;
        }
        w.clear_problems_of(&job.file)?;
        w.finish(job.id)
    })?;
    Ok(())
}

/// What a reading says, by all that is known now.
pub(crate) fn understood(app: &App, reading: Reading) -> Result<Findings, Failure> {
    let (correspondents, mut own_names) = app.store.read(|r| Ok((r.known_correspondents()?, r.own_names()?)))?;
    own_names.extend(app.settings()?.own_names);
    let reading = reading.to_understand();
    let mut findings = understand(&reading, &Known { own_names, correspondents });
    findings.problems.extend(reading.problems);
    Ok(findings)
}

/// Raised whenever the same reading may give other findings.
pub(crate) const UNDERSTAND_VERSION: &str = "understand 3";

/// Notes the failure where a person sees it; a file from the inbox folder goes to its problems folder, with a note.
fn fail(app: &App, job: &Job, failure: &Failure) -> Result<(), Failure> {
    let arrivals = app.store.read(|r| r.arrivals(&job.file))?;
    let path = if arrivals.iter().any(|arrival| arrival.source == SourceId::Inbox) {
        let folder = app.inbox_folder()?;
        let bytes = app.store.original(&job.file)?;
        match connect::put_into_problems(&folder, &job.name, connect::ProblemFile::Bytes(&bytes), &failure.message) {
            Ok(path) => Some(path),
            Err(error) => {
                tracing::warn!(file = job.name, %error, "the problems folder could not be written; the archive has the file");
                None
            }
        }
    } else {
        arrivals.into_iter().find_map(|arrival| arrival.path)
    };
    app.store.write(Op::Ledger, |w| {
        w.fail(job.id, &failure.code, &failure.message)?;
        w.add_problem(&NewProblem {
            file_name: job.name.clone(),
            path: path.clone(),
            file: Some(job.file.clone()),
            code: failure.code.clone(),
            message: failure.message.clone(),
        })
    })?;
    Ok(())
}
