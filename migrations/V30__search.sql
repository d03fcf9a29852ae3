-- Search, and what people sort documents by: tags, notes, saved views.

-- Intent. `parent` makes tags nested; the path of a tag is made of the names above it.
CREATE TABLE tags (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    parent TEXT REFERENCES tags (id)
) STRICT;

-- Intent.
CREATE TABLE document_tags (
    document TEXT NOT NULL REFERENCES documents (id),
    tag TEXT NOT NULL REFERENCES tags (id),
    PRIMARY KEY (document, tag)
) STRICT;
CREATE INDEX document_tags_by_tag ON document_tags (tag);

-- Intent. Markdown.
CREATE TABLE document_notes (
    document TEXT NOT NULL PRIMARY KEY REFERENCES documents (id),
    note TEXT NOT NULL
) STRICT;

-- Intent. `query` is as it was typed.
CREATE TABLE saved_views (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    query TEXT NOT NULL,
    sort TEXT NOT NULL,
    position INTEGER NOT NULL
) STRICT;

-- Ledger from here on: computed from the rows that it makes findable, within the same transaction.

-- Replaced by search_index.
DROP TABLE page_words;

-- What filters and facets ask for, in one narrow row. `number` is also the row of search_index; newer documents have higher ones.
-- `day` is the date of the letter, else the day it came in; `due` the day of the next open task; `amount` in hundredths.
CREATE TABLE search_documents (
    number INTEGER PRIMARY KEY,
    document TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    correspondent TEXT,
    state TEXT NOT NULL,
    trashed INTEGER NOT NULL,
    day TEXT NOT NULL,
    received TEXT NOT NULL,
    due TEXT,
    amount INTEGER,
    open_tasks INTEGER NOT NULL,
    done_tasks INTEGER NOT NULL,
    warnings INTEGER NOT NULL
) STRICT;
CREATE INDEX search_documents_by_day ON search_documents (trashed, day, kind, correspondent, state);
CREATE INDEX search_documents_by_kind ON search_documents (trashed, kind, day);
CREATE INDEX search_documents_by_sender ON search_documents (trashed, correspondent, day);
CREATE INDEX search_documents_by_due ON search_documents (due) WHERE due IS NOT NULL;
CREATE INDEX search_documents_by_state ON search_documents (trashed, state, day);

-- Folded words (see `domain::search::fold`). `facts` holds values of fields, numbers without their spaces, and file names.
CREATE VIRTUAL TABLE search_index USING fts5 (
    title, sender, notes, facts, body,
    content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 0'
);

-- The distinct words that were ever indexed, without those with digits; a typed word is expanded to those of the same stem, to
-- compounds and to those that are nearly the same.
CREATE TABLE search_terms (
    number INTEGER PRIMARY KEY,
    term TEXT NOT NULL UNIQUE,
    stem TEXT NOT NULL
) STRICT;
CREATE INDEX search_terms_by_stem ON search_terms (stem);
CREATE VIRTUAL TABLE search_trigrams USING fts5 (term, content = '', tokenize = 'trigram');

-- Documents whose index is out of date. Empty after every transaction. Nobody can forget to queue one, not even undo: the tables
-- see to it themselves.
CREATE TABLE search_queue (document TEXT NOT NULL PRIMARY KEY) STRICT, WITHOUT ROWID;
INSERT INTO search_queue (document) SELECT id FROM documents;

CREATE TRIGGER search_new_document AFTER INSERT ON documents BEGIN
    INSERT OR IGNORE INTO search_queue (document) VALUES (new.id);
END;
CREATE TRIGGER search_changed_document AFTER UPDATE ON documents BEGIN
    INSERT OR IGNORE INTO search_queue (document) VALUES (new.id);
END;
CREATE TRIGGER search_deleted_document AFTER DELETE ON documents BEGIN
    INSERT OR IGNORE INTO search_queue (document) VALUES (old.id);
END;
CREATE TRIGGER search_renamed_correspondent AFTER UPDATE OF name ON correspondents BEGIN
    INSERT OR IGNORE INTO search_queue (document) SELECT id FROM documents WHERE correspondent = new.id;
END;
CREATE TRIGGER search_new_confirmed AFTER INSERT ON confirmed_facts BEGIN
    INSERT OR IGNORE INTO search_queue (document) VALUES (new.document);
END;
CREATE TRIGGER search_changed_confirmed AFTER UPDATE ON confirmed_facts BEGIN
    INSERT OR IGNORE INTO search_queue (document) VALUES (new.document);
END;
CREATE TRIGGER search_deleted_confirmed AFTER DELETE ON confirmed_facts BEGIN
    INSERT OR IGNORE INTO search_queue (document) VALUES (old.document);
END;
CREATE TRIGGER search_new_findings AFTER INSERT ON findings BEGIN
    INSERT OR IGNORE INTO search_queue (document) SELECT id FROM documents WHERE file = new.file;
END;
CREATE TRIGGER search_new_reading AFTER INSERT ON readings BEGIN
    INSERT OR IGNORE INTO search_queue (document) SELECT id FROM documents WHERE file = new.file;
END;
CREATE TRIGGER search_deleted_reading AFTER DELETE ON readings BEGIN
    INSERT OR IGNORE INTO search_queue (document) SELECT id FROM documents WHERE file = old.file;
END;
CREATE TRIGGER search_new_arrival AFTER INSERT ON arrivals BEGIN
    INSERT OR IGNORE INTO search_queue (document) SELECT id FROM documents WHERE file = new.file;
END;
CREATE TRIGGER search_renamed_file AFTER UPDATE OF name ON files BEGIN
    INSERT OR IGNORE INTO search_queue (document) SELECT id FROM documents WHERE file = new.id;
END;
CREATE TRIGGER search_new_task AFTER INSERT ON tasks WHEN new.document IS NOT NULL BEGIN
    INSERT OR IGNORE INTO search_queue (document) VALUES (new.document);
END;
CREATE TRIGGER search_changed_task AFTER UPDATE OF kind, title, due, status, document ON tasks BEGIN
    INSERT OR IGNORE INTO search_queue (document) SELECT id FROM documents WHERE id IN (old.document, new.document);
END;
CREATE TRIGGER search_deleted_task AFTER DELETE ON tasks WHEN old.document IS NOT NULL BEGIN
    INSERT OR IGNORE INTO search_queue (document) VALUES (old.document);
END;
CREATE TRIGGER search_new_details AFTER INSERT ON task_details BEGIN
    INSERT OR IGNORE INTO search_queue (document) SELECT document FROM tasks WHERE id = new.task AND document IS NOT NULL;
END;
CREATE TRIGGER search_changed_details AFTER UPDATE ON task_details BEGIN
    INSERT OR IGNORE INTO search_queue (document) SELECT document FROM tasks WHERE id = new.task AND document IS NOT NULL;
END;
CREATE TRIGGER search_deleted_details AFTER DELETE ON task_details BEGIN
    INSERT OR IGNORE INTO search_queue (document) SELECT document FROM tasks WHERE id = old.task AND document IS NOT NULL;
END;
CREATE TRIGGER search_new_document_tag AFTER INSERT ON document_tags BEGIN
    INSERT OR IGNORE INTO search_queue (document) VALUES (new.document);
END;
CREATE TRIGGER search_deleted_document_tag AFTER DELETE ON document_tags BEGIN
    INSERT OR IGNORE INTO search_queue (document) VALUES (old.document);
END;
-- A change of a tag is one of all below it as well.
CREATE TRIGGER search_changed_tag AFTER UPDATE ON tags BEGIN
    INSERT OR IGNORE INTO search_queue (document) SELECT document FROM document_tags;
END;
CREATE TRIGGER search_new_note AFTER INSERT ON document_notes BEGIN
    INSERT OR IGNORE INTO search_queue (document) VALUES (new.document);
END;
CREATE TRIGGER search_changed_note AFTER UPDATE ON document_notes BEGIN
    INSERT OR IGNORE INTO search_queue (document) VALUES (new.document);
END;
CREATE TRIGGER search_deleted_note AFTER DELETE ON document_notes BEGIN
    INSERT OR IGNORE INTO search_queue (document) VALUES (old.document);
END;

-- The words of a page with their places, in little room; `words` is empty where they are packed.
ALTER TABLE pages ADD COLUMN packed BLOB;
