-- How deadlines were worked out, and what a person said where one would rest on an assumption.

-- JSON, as it was counted last; none for tasks made before, or by hand.
ALTER TABLE tasks ADD COLUMN derivation TEXT;

-- Intent.
CREATE TABLE assumptions (
    document TEXT NOT NULL REFERENCES documents (id),
    what TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (document, what)
) STRICT;
