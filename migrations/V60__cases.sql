-- Letters that belong together: a dunning letter to its bill, a credit note to what it credits, the same letter once more.

-- Intent. What one document is to another one. Without a relation: a person said that they do not belong together.
CREATE TABLE relations (
    document TEXT NOT NULL REFERENCES documents (id),
    other TEXT NOT NULL REFERENCES documents (id),
    relation TEXT,
    PRIMARY KEY (document, other)
) STRICT;
CREATE INDEX relations_of_other ON relations (other);
