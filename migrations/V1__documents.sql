-- Files and documents.
--
-- Rules for every migration:
-- Intent tables hold what a person wants or sees; their changes are recorded and can be undone. Their first column is the id of the
-- noun they belong to; no ON DELETE CASCADE, no updated_at, text primary keys that are never used again.
-- Ledger tables hold what can be computed again or has simply happened; they have no foreign keys into intent tables.
-- Instants are RFC 3339 in UTC with microseconds, days ISO, amounts decimal text beside their currency, lists JSON.

-- Ledger: one row for each original in the archive. The id is its SHA-256.
CREATE TABLE files (
    id TEXT NOT NULL PRIMARY KEY,
    size INTEGER NOT NULL,
    mime TEXT NOT NULL,
    name TEXT NOT NULL,
    first_seen TEXT NOT NULL
) STRICT;

-- Ledger: each time a file came in.
CREATE TABLE arrivals (
    id TEXT NOT NULL PRIMARY KEY,
    file TEXT NOT NULL REFERENCES files (id),
    source TEXT NOT NULL,
    name TEXT NOT NULL,
    path TEXT,
    modified TEXT,
    at TEXT NOT NULL
) STRICT;
CREATE INDEX arrivals_of_file ON arrivals (file);

-- Ledger: files of the inbox folder that were already dealt with.
CREATE TABLE inbox_memory (
    path TEXT NOT NULL PRIMARY KEY,
    size INTEGER NOT NULL,
    modified TEXT
) STRICT;

-- Ledger: work on files; one row for each file and step.
CREATE TABLE jobs (
    id TEXT NOT NULL PRIMARY KEY,
    file TEXT NOT NULL REFERENCES files (id),
    step TEXT NOT NULL,
    state TEXT NOT NULL,
    foreground INTEGER NOT NULL,
    page INTEGER NOT NULL DEFAULT 0,
    pages INTEGER NOT NULL DEFAULT 0,
    crashes INTEGER NOT NULL DEFAULT 0,
    code TEXT,
    message TEXT,
    at TEXT NOT NULL,
    UNIQUE (file, step)
) STRICT;
CREATE INDEX jobs_by_state ON jobs (state);

-- Ledger: what happened to jobs.
CREATE TABLE job_events (
    number INTEGER PRIMARY KEY,
    file TEXT NOT NULL REFERENCES files (id),
    step TEXT NOT NULL,
    state TEXT NOT NULL,
    detail TEXT,
    at TEXT NOT NULL
) STRICT;
CREATE INDEX job_events_of_file ON job_events (file);

-- Ledger: what was read from files. `number` is also the row of the full-text index.
CREATE TABLE readings (
    number INTEGER PRIMARY KEY,
    file TEXT NOT NULL UNIQUE REFERENCES files (id),
    engine_version TEXT NOT NULL,
    mime_type TEXT NOT NULL,
    language TEXT,
    codes TEXT NOT NULL,
    problems TEXT NOT NULL
) STRICT;

CREATE TABLE pages (
    file TEXT NOT NULL REFERENCES files (id),
    number INTEGER NOT NULL,
    width REAL NOT NULL,
    height REAL NOT NULL,
    origin TEXT NOT NULL,
    turned INTEGER NOT NULL,
    words TEXT NOT NULL,
    PRIMARY KEY (file, number)
) STRICT;

CREATE TABLE attachments (
    file TEXT NOT NULL REFERENCES files (id),
    number INTEGER NOT NULL,
    name TEXT NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (file, number)
) STRICT;

CREATE VIRTUAL TABLE page_words USING fts5 (
    words, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
);

-- Ledger: what was computed from readings.
CREATE TABLE findings (
    file TEXT NOT NULL PRIMARY KEY REFERENCES files (id),
    engine_version TEXT NOT NULL,
    kinds TEXT NOT NULL,
    problems TEXT NOT NULL
) STRICT;

-- `choice` 0 is the best fact of its field. `plain` is the value as one line of text.
CREATE TABLE found_facts (
    file TEXT NOT NULL REFERENCES files (id),
    field TEXT NOT NULL,
    choice INTEGER NOT NULL,
    value TEXT NOT NULL,
    plain TEXT NOT NULL,
    confidence REAL NOT NULL,
    certain INTEGER NOT NULL,
    origin TEXT NOT NULL,
    extractor TEXT NOT NULL,
    evidence TEXT,
    checks TEXT NOT NULL,
    PRIMARY KEY (file, field, choice)
) STRICT;
CREATE INDEX best_facts_by_value ON found_facts (field, plain) WHERE choice = 0;

-- Intent.
CREATE TABLE correspondents (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    normalised_name TEXT NOT NULL
) STRICT;
CREATE INDEX correspondents_by_name ON correspondents (normalised_name);

-- Intent.
CREATE TABLE documents (
    id TEXT NOT NULL PRIMARY KEY,
    file TEXT NOT NULL REFERENCES files (id),
    kind TEXT NOT NULL,
    kind_confidence REAL NOT NULL,
    title TEXT NOT NULL,
    correspondent TEXT REFERENCES correspondents (id),
    state TEXT NOT NULL,
    received_at TEXT NOT NULL,
    trashed_at TEXT
) STRICT;
CREATE INDEX documents_of_file ON documents (file);
CREATE INDEX documents_of_correspondent ON documents (correspondent);
CREATE INDEX documents_by_time ON documents (received_at);

-- Intent: a person's word. Without a value: the document does not state this field.
CREATE TABLE confirmed_facts (
    document TEXT NOT NULL REFERENCES documents (id),
    field TEXT NOT NULL,
    value TEXT,
    plain TEXT,
    confidence REAL NOT NULL,
    certain INTEGER NOT NULL,
    origin TEXT NOT NULL,
    extractor TEXT NOT NULL,
    evidence TEXT,
    checks TEXT NOT NULL,
    PRIMARY KEY (document, field)
) STRICT;

-- What documents say: the best computed fact of each field, unless a person has spoken.
CREATE VIEW facts AS
    SELECT document, field, value, plain, confidence, certain, origin, extractor, evidence, checks
    FROM confirmed_facts
    WHERE value IS NOT NULL
    UNION ALL
    SELECT d.id, f.field, f.value, f.plain, f.confidence, f.certain, f.origin, f.extractor, f.evidence, f.checks
    FROM documents AS d
    JOIN found_facts AS f ON f.file = d.file AND f.choice = 0
    WHERE NOT EXISTS (SELECT 1 FROM confirmed_facts AS c WHERE c.document = d.id AND c.field = f.field);
