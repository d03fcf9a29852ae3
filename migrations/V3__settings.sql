-- Settings, problems and the history of changes.

-- Intent. Values are JSON.
CREATE TABLE settings (
    key TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

-- Ledger: what went wrong and a person should know of.
CREATE TABLE problems (
    id TEXT NOT NULL PRIMARY KEY,
    file_name TEXT NOT NULL,
    path TEXT,
    file TEXT,
    code TEXT NOT NULL,
    message TEXT NOT NULL,
    at TEXT NOT NULL,
    dismissed_at TEXT
) STRICT;

-- Ledger: the recorded changes of intent tables, newest last. A step can be undone and made again while its schema version is
-- the present one; when something new is done after an undo, the undone steps lose their changeset.
CREATE TABLE history (
    number INTEGER PRIMARY KEY,
    step TEXT NOT NULL UNIQUE,
    op TEXT NOT NULL,
    actor TEXT NOT NULL,
    at TEXT NOT NULL,
    label TEXT,
    schema_version INTEGER NOT NULL,
    changeset BLOB,
    undone_at TEXT
) STRICT;
