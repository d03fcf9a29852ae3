-- Tasks and reminders.

-- Intent.
CREATE TABLE tasks (
    id TEXT NOT NULL PRIMARY KEY,
    document TEXT REFERENCES documents (id),
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    due TEXT,
    due_time TEXT,
    latest TEXT,
    assumed INTEGER NOT NULL,
    amount TEXT,
    currency TEXT,
    payee TEXT,
    rule TEXT,
    why TEXT NOT NULL,
    status TEXT NOT NULL,
    created_at TEXT NOT NULL,
    done_at TEXT,
    done_how TEXT
) STRICT;
CREATE INDEX tasks_of_document ON tasks (document);
CREATE INDEX tasks_by_status ON tasks (status);

-- Intent.
CREATE TABLE task_steps (
    task TEXT NOT NULL REFERENCES tasks (id),
    position INTEGER NOT NULL,
    step TEXT NOT NULL,
    done INTEGER NOT NULL,
    PRIMARY KEY (task, position)
) STRICT;

-- Intent.
CREATE TABLE reminders (
    id TEXT NOT NULL PRIMARY KEY,
    task TEXT NOT NULL REFERENCES tasks (id),
    stage TEXT NOT NULL,
    at TEXT NOT NULL,
    repeats INTEGER NOT NULL,
    snoozed_until TEXT,
    acknowledged_at TEXT
) STRICT;
CREATE INDEX reminders_of_task ON reminders (task);

-- Ledger: what became of reminders. Stays when the reminder is undone: it did go out.
CREATE TABLE notifications (
    id TEXT NOT NULL PRIMARY KEY,
    reminder TEXT NOT NULL,
    at TEXT NOT NULL,
    state TEXT NOT NULL,
    retry_at TEXT,
    channel TEXT,
    error TEXT,
    seen_at TEXT,
    acted_at TEXT
) STRICT;
CREATE INDEX notifications_of_reminder ON notifications (reminder);
