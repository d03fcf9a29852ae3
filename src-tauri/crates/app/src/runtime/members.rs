//! Members: files inside an archive, attachments of a mail, the parts of a scanned stack. Each is an arrival of its
//! own that refers to its container; the container stays in the archive as it came.

use disk::crash_point;
use domain::{Arrival, By, FailureCode, FileId, Member, Outcome, SourceId};
use store::{Job, NewProblem, Op};

use crate::runtime::second_reading;
use crate::{App, Failure};

/// The depth to which containers are unpacked; deeper nesting is more likely an attack.
const DEEPEST: u32 = 3;

/// Takes in the members of a job's file. Those that cannot be taken are problems; the others go on.
pub(crate) fn ingest(app: &App, job: &Job, members: Vec<Member>) -> Result<Vec<NewProblem>, Failure> {
    if members.is_empty() {
        return Ok(Vec::new());
    }
    let container = job.original()?;
    let (arrivals, depth) = app.store.read(|r| Ok((r.arrivals(container)?, r.depth(container, DEEPEST)?)))?;
    if depth >= DEEPEST {
        let message = format!("“{}” lies too deep in other archives. Unpack it, then drop the files inside.", job.name);
        return Ok(vec![problem(job, FailureCode::TooDeep, &message)]);
    }
    let source = arrivals.first().map_or(SourceId::Import, |arrival| arrival.source);
    let mut problems = Vec::new();
    let (mut room, outermost) = app.store.read(|r| r.room_in(container))?;
    let mut left_out = false;
    for Member { name, bytes, reading } in members {
        if !room.take(bytes.len() as u64) {
            left_out = true;
            continue;
        }
        let own_name = name.rsplit('/').next().unwrap_or(&name).to_owned();
        let sniffed = read::sniff(&bytes, &own_name);
        let arrival =
            Arrival { source, name: own_name, path: None, modified: None, content: bytes.into(), at: app.now() };
        match sniffed {
            Ok(mime) => {
                let versions = reading.as_deref().map(|reading| second_reading::versions(app, reading));
                let read = reading.as_deref().zip(versions.as_deref());
                let outcome = app.store.ingest_member(&arrival, mime, container, read)?;
                crash_point!("read.member_taken");
                if let (Outcome::Taken(file), Some(reading)) = (&outcome, &reading) {
                    app.store.write(By::Program, Op::Ledger, |w| second_reading::queue(w, file, reading, true))?;
                }
                if let (Outcome::Taken(file), false) = (outcome, job.foreground) {
                    app.store.write(By::Program, Op::Ledger, |w| w.to_background(&file))?;
                }
            }
            Err(error) => problems.push(NewProblem {
                file_name: format!("{} › {name}", job.name),
                ..problem(job, error.code(), &error.to_string())
            }),
        }
    }
    if left_out {
        problems.push(too_many_members(app, job, outermost)?);
    }
    Ok(problems)
}

/// One problem for all members that were left out because the container is over its limits.
fn too_many_members(app: &App, job: &Job, outermost: FileId) -> Result<NewProblem, Failure> {
    let name = app.store.read(|r| r.file_name(&outermost))?;
    let message = format!(
        "More came out of “{name}” than post is, so that some of it was left out. It is kept as it came; unpack it, then \
         drop the files inside."
    );
    Ok(NewProblem { file_name: name, file: Some(outermost), ..problem(job, FailureCode::TooManyMembers, &message) })
}

/// A problem with the file of a job.
pub(crate) fn problem(job: &Job, code: FailureCode, message: &str) -> NewProblem {
    NewProblem { file_name: job.name.clone(), path: None, file: job.file.clone(), code, message: message.to_owned() }
}
