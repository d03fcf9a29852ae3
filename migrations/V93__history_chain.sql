-- The history as a chain: each step holds the hash of the one before it, so that a change of what was recorded is noticed.

-- Ledger. `number` is that of the step in `history`. Rows are only added; the one change is that what a step says is
-- forgotten: `salt` and `content` become NULL, and the hashes stay, so that the chain still holds.
CREATE TABLE chain (
    number INTEGER PRIMARY KEY,
    step TEXT NOT NULL,
    op TEXT NOT NULL,
    actor TEXT NOT NULL,
    run TEXT,
    at TEXT NOT NULL,
    schema_version INTEGER NOT NULL,
    salt BLOB,
    -- Deflated JSON: what it was about, and what was changed, with old and new values.
    content BLOB,
    -- SHA-256 of a word, the salt and the JSON.
    hash BLOB NOT NULL,
    -- SHA-256 of a word, the link of the row before, the other columns and the hash.
    link BLOB NOT NULL
) STRICT;

CREATE TRIGGER chain_only_forgets BEFORE UPDATE ON chain
    WHEN new.salt IS NOT NULL OR new.content IS NOT NULL OR new.number <> old.number OR new.step <> old.step
        OR new.op <> old.op OR new.actor <> old.actor OR new.run IS NOT old.run OR new.at <> old.at
        OR new.schema_version <> old.schema_version OR new.hash <> old.hash OR new.link <> old.link
BEGIN
    SELECT RAISE(ABORT, 'the chain of the history is only added to');
END;
-- A profile in which nothing is yet takes over the chain of an export.
CREATE TRIGGER chain_stays BEFORE DELETE ON chain
    WHEN EXISTS (SELECT 1 FROM documents) OR EXISTS (SELECT 1 FROM tasks)
BEGIN
    SELECT RAISE(ABORT, 'the chain of the history is only added to');
END;

-- Ledger. Originals whose rows were deleted for good, and whose files are still to be removed: without it, what an
-- interruption leaves would be taken in again. An empty one says that traces of what was deleted are still to be wiped.
CREATE TABLE removals (file TEXT NOT NULL PRIMARY KEY) STRICT, WITHOUT ROWID;

-- Ledger. Files that are kept although somebody named in them is forgotten: the names to black out where they are read again,
-- as salted hashes in JSON, so that they stand nowhere.
CREATE TABLE blackouts (
    file TEXT NOT NULL,
    names TEXT NOT NULL,
    PRIMARY KEY (file, names)
) STRICT, WITHOUT ROWID;
