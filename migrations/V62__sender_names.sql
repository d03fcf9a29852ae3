-- Intent. Other names under which a correspondent writes: those it had before it was renamed, and those of senders that
-- were found to be the same.
CREATE TABLE correspondent_names (
    correspondent TEXT NOT NULL REFERENCES correspondents (id),
    normalised_name TEXT NOT NULL,
    PRIMARY KEY (correspondent, normalised_name)
) STRICT;
CREATE INDEX correspondent_names_by_name ON correspondent_names (normalised_name);
