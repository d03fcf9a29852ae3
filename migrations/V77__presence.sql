-- Ledger; at most one row. When the person was here last: looked at Today, or answered a notification. `before`: the last time on
-- an earlier day than that one.
CREATE TABLE presence (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    at TEXT NOT NULL,
    before TEXT
) STRICT;
