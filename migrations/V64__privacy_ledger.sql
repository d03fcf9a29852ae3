-- Ledger: what was given out of the program, when and to whom; only added to. `left_computer` is 1 for what went over a
-- network, 0 for what another program of this computer was handed.
CREATE TABLE handovers (
    number INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    what TEXT NOT NULL,
    receiver TEXT NOT NULL,
    left_computer INTEGER NOT NULL
) STRICT;
CREATE INDEX handovers_that_left ON handovers (left_computer, number);
