-- Facts belong to their findings by a number: the hash of the file, once for each fact and once more in its index, took a tenth
-- of the database.

DROP VIEW facts;
CREATE TABLE numbered_findings (
    number INTEGER PRIMARY KEY,
    file TEXT NOT NULL UNIQUE REFERENCES files (id),
    engine_version TEXT NOT NULL,
    kinds TEXT NOT NULL,
    problems TEXT NOT NULL
) STRICT;
INSERT INTO numbered_findings (file, engine_version, kinds, problems)
    SELECT file, engine_version, kinds, problems FROM findings;

-- Ledger. `choice` 0 is the best fact of its field. `plain` is the value as one line of text.
CREATE TABLE found_values (
    findings INTEGER NOT NULL REFERENCES numbered_findings (number),
    field TEXT NOT NULL,
    choice INTEGER NOT NULL,
    value TEXT NOT NULL,
    plain TEXT NOT NULL,
    confidence REAL NOT NULL,
    certain INTEGER NOT NULL,
    origin TEXT NOT NULL,
    extractor TEXT NOT NULL,
    evidence TEXT,
    checks TEXT NOT NULL,
    PRIMARY KEY (findings, field, choice)
) STRICT, WITHOUT ROWID;
INSERT INTO found_values
    SELECT n.number, f.field, f.choice, f.value, f.plain, f.confidence, f.certain, f.origin, f.extractor, f.evidence, f.checks
    FROM found_facts AS f JOIN numbered_findings AS n ON n.file = f.file;

DROP TABLE found_facts;
DROP TABLE findings;
ALTER TABLE numbered_findings RENAME TO findings;
CREATE INDEX best_facts_by_value ON found_values (field, plain) WHERE choice = 0;

-- What was computed, by the files that it was computed from.
CREATE VIEW found_facts AS
    SELECT n.file, v.field, v.choice, v.value, v.plain, v.confidence, v.certain, v.origin, v.extractor, v.evidence, v.checks
    FROM findings AS n JOIN found_values AS v ON v.findings = n.number;

-- What documents say: the best computed fact of each field, unless a person has spoken.
CREATE VIEW facts AS
    SELECT document, field, value, plain, confidence, certain, origin, extractor, evidence, checks
    FROM confirmed_facts
    WHERE value IS NOT NULL
    UNION ALL
    SELECT d.id, f.field, f.value, f.plain, f.confidence, f.certain, f.origin, f.extractor, f.evidence, f.checks
    FROM documents AS d
    JOIN found_facts AS f ON f.file = d.file AND f.choice = 0
    WHERE NOT EXISTS (SELECT 1 FROM confirmed_facts AS c WHERE c.document = d.id AND c.field = f.field);

CREATE TRIGGER search_new_findings AFTER INSERT ON findings BEGIN
    INSERT OR IGNORE INTO search_queue (document) SELECT id FROM documents WHERE file = new.file;
END;
CREATE TRIGGER search_changed_findings AFTER UPDATE ON findings BEGIN
    INSERT OR IGNORE INTO search_queue (document) SELECT id FROM documents WHERE file = new.file;
END;

-- Only a person's steps can be undone.
UPDATE history SET changeset = NULL WHERE actor <> 'user';

-- Ledger: the documents that a step of the history was about.
CREATE TABLE history_documents (
    document TEXT NOT NULL,
    step INTEGER NOT NULL REFERENCES history (number),
    PRIMARY KEY (document, step)
) STRICT, WITHOUT ROWID;
