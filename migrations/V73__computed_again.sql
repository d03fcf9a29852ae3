-- Results of older readers and understanders are computed again, in portions.

-- Which versions there are is asked at each start: found without going through the results.
CREATE INDEX readings_by_version ON readings (engine_version);
CREATE INDEX findings_by_version ON findings (engine_version);

-- Ledger; at most one row. How far the results were looked through for `target`, the versions that all are to be brought to: from the
-- newest findings down to those of the number `before`, exclusively. `remaining`: documents below it that are still to be queued.
CREATE TABLE recompute (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    target TEXT NOT NULL,
    before INTEGER NOT NULL,
    remaining INTEGER NOT NULL
) STRICT;

-- In the order in which they are begun: what is computed again comes last.
DROP INDEX jobs_to_begin;
CREATE INDEX jobs_to_begin ON jobs (foreground DESC, kind = 'recompute', kind = 'understand' DESC, at, id) WHERE state = 'queued';
CREATE INDEX jobs_of_recompute ON jobs (state) WHERE kind = 'recompute';
