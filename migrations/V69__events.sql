-- What changed, by whom, and when: for whoever wants to follow the profile, and cannot afford to miss anything.

-- Ledger. Written in the same transaction as what it tells of. Numbers are never used again. `noun` and `id` say what it is about;
-- `what` is added, changed or removed.
CREATE TABLE events (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    actor TEXT NOT NULL,
    run TEXT,
    op TEXT NOT NULL,
    noun TEXT NOT NULL,
    id TEXT NOT NULL,
    what TEXT NOT NULL
) STRICT;

-- Ledger. Up to which event each reader has come.
CREATE TABLE event_readers (
    reader TEXT NOT NULL PRIMARY KEY,
    number INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Ledger. One row: the number up to which events were dropped. A reader whose cursor lies before it has missed some.
CREATE TABLE event_pruning (pruned_to INTEGER NOT NULL) STRICT;
INSERT INTO event_pruning (pruned_to) VALUES (0);
