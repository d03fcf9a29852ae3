-- What a person adds to a task. Intent, all of it; the first column is the task.

CREATE TABLE task_details (
    task TEXT NOT NULL PRIMARY KEY REFERENCES tasks (id),
    description TEXT NOT NULL,
    minutes INTEGER,
    urgency TEXT,
    tags TEXT NOT NULL,
    recurrence TEXT
) STRICT;

-- Documents that belong to a task besides the one it came from.
CREATE TABLE task_links (
    task TEXT NOT NULL REFERENCES tasks (id),
    document TEXT NOT NULL REFERENCES documents (id),
    PRIMARY KEY (task, document)
) STRICT;

-- `task` cannot begin before `blocked_by` is done. Without cycles.
CREATE TABLE task_blocks (
    task TEXT NOT NULL REFERENCES tasks (id),
    blocked_by TEXT NOT NULL REFERENCES tasks (id),
    PRIMARY KEY (task, blocked_by)
) STRICT;

-- What was paid already.
CREATE TABLE task_payments (
    task TEXT NOT NULL REFERENCES tasks (id),
    id TEXT NOT NULL,
    amount TEXT NOT NULL,
    currency TEXT NOT NULL,
    paid_on TEXT NOT NULL,
    how TEXT NOT NULL,
    PRIMARY KEY (task, id)
) STRICT;
