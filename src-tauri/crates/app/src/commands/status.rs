//! How things stand around the documents.

use store::{DocumentFilter, JobState};

use crate::scheduler::{PAUSED_UNTIL, paused_until};
use crate::views::{EngineView, JobView, ProblemView, StatusView};
use crate::{App, Failure};

pub(super) fn get(app: &App, _: ()) -> Result<StatusView, Failure> {
    let surroundings = app.surroundings().clone();
    let engine = if surroundings.runs_engine {
        EngineView::Here
    } else {
        match app.store.engine_holder()? {
            Some(holder) => EngineView::Elsewhere { pid: holder.pid, kind: holder.kind },
            None => EngineView::Nobody,
        }
    };
    let now = app.now();
    let (jobs, problems, review, paused, backlog_paused) = app.store.read(|r| {
        let filter = DocumentFilter { state: Some(domain::DocumentState::Review), ..DocumentFilter::default() };
        Ok((
            r.jobs()?,
            r.problems()?,
            r.documents(&filter, 1, 0)?.total,
            r.setting(PAUSED_UNTIL)?,
            r.backlog_is_paused()?,
        ))
    })?;
    let state = |state| match state {
        JobState::Queued => Some("queued"),
        JobState::Running => Some("running"),
        JobState::Done | JobState::Failed | JobState::Quarantined => None,
    };
    Ok(StatusView {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        profile: app.profile.folder.display().to_string(),
        inbox: app.inbox_folder()?.display().to_string(),
        engine,
        jobs: jobs
            .into_iter()
            .filter_map(|job| {
                let state = state(job.state)?.to_owned();
                Some(JobView { id: job.id, file: job.file, name: job.name, state, page: job.page, pages: job.pages })
            })
            .collect(),
        backlog_paused,
        problems: problems
            .into_iter()
            .map(|problem| ProblemView {
                id: problem.id,
                name: problem.problem.file_name,
                path: problem.problem.path.map(|path| path.display().to_string()),
                code: problem.problem.code,
                message: problem.problem.message,
                at: problem.at,
            })
            .collect(),
        review_count: review,
        tray: surroundings.tray,
        channels: app.channels.ids().into_iter().map(str::to_owned).collect(),
        notifications_problem: surroundings.notifications_problem,
        second_reader_installed: app.reader.has_second_reader(),
        reminders_paused_until: paused_until(paused.as_deref(), now),
    })
}
