//! The status: jobs, problems, roles, threads, sandbox.

use store::{DocumentFilter, JobState, ProblemGroup, ProblemRow};

use crate::api::backups;
use crate::api::views::{JobView, ProblemGroupView, ProblemView, SandboxView, StatusView};
use crate::runtime::own_disk;
use crate::runtime::scheduler::{PAUSED_UNTIL, paused_until};
use crate::{App, Failure, Roles};

/// Jobs and problems that are listed one by one.
const SHOWN: u32 = 50;

/// How things stand: engine, jobs, problems, tray.
pub fn get(app: &App, _: ()) -> Result<StatusView, Failure> {
    let host_status = app.host_status().clone();
    let Roles { engine, reminders, takes_over } = app.roles()?;
    let now = app.now();
    let sandbox = app.reader.sandbox();
    let ((jobs, jobs_total, to_recompute, second_readings), problems, groups, review, paused, backlog_paused) =
        app.store.read(|r| {
            let filter = DocumentFilter { state: Some(domain::DocumentState::Review), ..DocumentFilter::default() };
            Ok((
                (r.jobs_under_way(SHOWN)?, r.count_under_way()?, r.to_recompute()?, r.second_readings()?),
                r.problems()?,
                r.problem_groups()?,
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
    let of_the_disk = of_the_disk(app);
    Ok(StatusView {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        profile: app.profile.folder.display().to_string(),
        inbox: app.inbox_folder()?.display().to_string(),
        engine,
        reminders,
        takes_over,
        threads: app.threads.views(),
        jobs: jobs
            .into_iter()
            .filter_map(|job| {
                let state = state(job.state)?.to_owned();
                Some(JobView { id: job.id, file: job.file?, name: job.name, state, page: job.page, pages: job.pages })
            })
            .collect(),
        jobs_total,
        to_recompute,
        second_readings,
        backlog_paused,
        problem_groups: of_the_disk
            .iter()
            .map(|row| ProblemGroupView { code: row.problem.code, count: 1, last: row.at })
            .chain(groups.into_iter().map(|ProblemGroup { code, count, last, .. }| ProblemGroupView {
                code,
                count,
                last,
            }))
            .collect(),
        problems: of_the_disk
            .into_iter()
            .chain(problems)
            .take(SHOWN as usize)
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
        tray: host_status.tray,
        channels: app.channels.ids().into_iter().map(str::to_owned).collect(),
        notifications_problem: host_status.notifications_problem,
        second_reader_installed: app.reader.has_second_reader(),
        sandbox: SandboxView { calls: sandbox.calls, landlock: sandbox.landlock },
        old_backup: backups::old_backup(app)?,
        encrypted: app.is_encrypted(),
        reminders_paused_until: paused_until(paused.as_deref(), now),
    })
}

/// What the disk itself does not take among the problems, because it is full or fails.
fn of_the_disk(app: &App) -> Option<ProblemRow> {
    let trouble = app.own_disk.trouble().filter(|trouble| !trouble.is_stored)?;
    let problem = own_disk::problem(&app.profile.folder, &trouble.failure);
    Some(ProblemRow { id: "00000000-0000-0000-0000-000000000000".parse().ok()?, problem, at: app.now() })
}
