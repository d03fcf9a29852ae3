-- Work of any kind, not only on files: kinds are words, what a job is about is a text.

-- Ledger. One row for each kind and subject. Kinds that a program does not know are left alone by it. `payload` is JSON of the kind's
-- own. Before `run_after` a job is not begun ('' is at once). `lease_until`: a running job whose worker has not been heard of by
-- then comes back. `attempts`: how often it was begun.
CREATE TABLE general_jobs (
    id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    payload TEXT NOT NULL DEFAULT '{}',
    state TEXT NOT NULL,
    foreground INTEGER NOT NULL,
    run_after TEXT NOT NULL DEFAULT '',
    attempts INTEGER NOT NULL DEFAULT 0,
    lease_until TEXT,
    page INTEGER NOT NULL DEFAULT 0,
    pages INTEGER NOT NULL DEFAULT 0,
    crashes INTEGER NOT NULL DEFAULT 0,
    code TEXT,
    message TEXT,
    at TEXT NOT NULL,
    UNIQUE (kind, subject)
) STRICT;
INSERT INTO general_jobs (id, kind, subject, state, foreground, page, pages, crashes, code, message, at)
    SELECT id, step, file, state, foreground, page, pages, crashes, code, message, at FROM jobs;
DROP TABLE jobs;
ALTER TABLE general_jobs RENAME TO jobs;
CREATE INDEX jobs_by_state ON jobs (state, at);
CREATE INDEX jobs_of_subject ON jobs (subject, kind);
-- In the order in which they are begun.
CREATE INDEX jobs_to_begin ON jobs (foreground DESC, kind = 'understand' DESC, at, id) WHERE state = 'queued';

-- Ledger: what happened to jobs.
CREATE TABLE general_job_events (
    number INTEGER PRIMARY KEY,
    subject TEXT NOT NULL,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    detail TEXT,
    at TEXT NOT NULL
) STRICT;
INSERT INTO general_job_events (number, subject, kind, state, detail, at)
    SELECT number, file, step, state, detail, at FROM job_events;
DROP TABLE job_events;
ALTER TABLE general_job_events RENAME TO job_events;
CREATE INDEX job_events_of_subject ON job_events (subject);
