-- Which profile this is: the same word stands in a file beside the database, so that a foreign database, or the log of one,
-- is noticed. One row.
CREATE TABLE profile (
    id TEXT NOT NULL
) STRICT;
