-- Ledger. Each try of a backup, and each check of the profile; the newest ones are kept.
CREATE TABLE backups (
    number INTEGER PRIMARY KEY,
    begun_at TEXT NOT NULL,
    ended_at TEXT NOT NULL,
    -- Of restic; none if it failed.
    snapshot TEXT,
    files INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    added INTEGER NOT NULL,
    -- The part of the backup's data that was read as well, of 52.
    part INTEGER,
    code TEXT,
    message TEXT
) STRICT;

CREATE TABLE verifications (
    number INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    -- JSON: what was looked at, and what was found.
    report TEXT NOT NULL
) STRICT;
