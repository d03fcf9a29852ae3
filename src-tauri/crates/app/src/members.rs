//! Files inside files: what is in an archive, what hangs on a mail, the parts of a stack of scanned pages. Each is an
//! arrival of its own that knows what it came in; the container stays in the archive as it came.

use domain::{Arrival, Member, Outcome, SourceId};
use store::{Job, NewProblem, Op};

use crate::{App, Failure};

/// An archive in an archive in an archive is still unpacked; what is deeper is more likely a trap.
const DEEPEST: u32 = 3;

/// Takes in the members of a job's file. Those that cannot be taken are problems; the others go on.
pub(crate) fn take_in(app: &App, job: &Job, members: Vec<Member>) -> Result<Vec<NewProblem>, Failure> {
    if members.is_empty() {
        return Ok(Vec::new());
    }
    let (arrivals, depth) = app.store.read(|r| Ok((r.arrivals(&job.file)?, r.depth(&job.file, DEEPEST)?)))?;
    if depth >= DEEPEST {
        let message = format!("“{}” lies too deep in other archives. Unpack it, then drop the files inside.", job.name);
        return Ok(vec![problem(job, "too_deep", &message)]);
    }
    let source = arrivals.first().map_or(SourceId::Import, |arrival| arrival.source);
    let versions = app.reader.versions();
    let mut problems = Vec::new();
    for Member { name, bytes, reading } in members {
        let own_name = name.rsplit('/').next().unwrap_or(&name).to_owned();
        let arrival = Arrival { source, name: own_name, path: None, modified: None, bytes, at: app.now() };
        match read::sniff(&arrival.bytes, &arrival.name) {
            Ok(mime) => {
                let read = reading.as_deref().map(|reading| (reading, versions.as_str()));
                let outcome = app.store.take_in_member(&arrival, mime, &job.file, read)?;
                if let (Outcome::Taken(file), false) = (outcome, job.foreground) {
                    app.store.write(Op::Ledger, |w| w.to_background(&file))?;
                }
            }
            Err(error) => problems.push(NewProblem {
                file_name: format!("{} › {name}", job.name),
                ..problem(job, error.code(), &error.to_string())
            }),
        }
    }
    Ok(problems)
}

/// A problem with the file of a job.
pub(crate) fn problem(job: &Job, code: &str, message: &str) -> NewProblem {
    NewProblem {
        file_name: job.name.clone(),
        path: None,
        file: Some(job.file.clone()),
        code: code.to_owned(),
        message: message.to_owned(),
    }
}
