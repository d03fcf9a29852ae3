-- Ledger: undo brings no key back. Keys with which other programs, and the interface in a browser, may use this one over
-- the loopback server.
CREATE TABLE keys (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    -- read, write or admin
    scope TEXT NOT NULL,
    -- SHA-256 of the key; the key itself is stored nowhere.
    hash BLOB NOT NULL,
    -- The key of the interface in a browser: what comes with it is done by the person.
    for_person INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    -- To the minute.
    last_used_at TEXT,
    -- Revoked, or seen to be expired: never valid again, also after the clock is set back.
    ended_at TEXT
) STRICT;
