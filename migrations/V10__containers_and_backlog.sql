-- Files inside files, and the backlog.

-- Ledger: the file that this one came in with: the archive, the mail or the stack of scanned pages.
ALTER TABLE arrivals ADD COLUMN container TEXT REFERENCES files (id);
CREATE INDEX arrivals_of_container ON arrivals (container);

-- Ledger: one row while files in the background wait for a person to let them go on.
CREATE TABLE backlog_pause (since TEXT NOT NULL) STRICT;
