-- What accepted documents teach about kinds and tags: in how many of them a word stands. Ledger, all of it.

-- `word` is a stem (see `domain::telling_words`); the empty one stands in every document. `label` is `all`, `kind:` with a
-- kind or `tag:` with the id of a tag.
CREATE TABLE learned_words (
    word TEXT NOT NULL,
    label TEXT NOT NULL,
    documents INTEGER NOT NULL,
    PRIMARY KEY (word, label)
) STRICT, WITHOUT ROWID;

-- Under which labels the first page of a file was counted, so that it can be taken out again. A JSON list.
CREATE TABLE learned_documents (
    document TEXT NOT NULL PRIMARY KEY,
    file TEXT NOT NULL,
    labels TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Documents to be counted anew, a few at the end of each transaction. Nobody can forget to queue one, not even undo.
CREATE TABLE learn_queue (document TEXT NOT NULL PRIMARY KEY) STRICT, WITHOUT ROWID;
INSERT INTO learn_queue (document) SELECT id FROM documents WHERE state = 'accepted';

CREATE TRIGGER learn_new_document AFTER INSERT ON documents WHEN new.state = 'accepted' BEGIN
    INSERT OR IGNORE INTO learn_queue (document) VALUES (new.id);
END;
CREATE TRIGGER learn_changed_document AFTER UPDATE OF kind, state, trashed_at ON documents BEGIN
    INSERT OR IGNORE INTO learn_queue (document) VALUES (new.id);
END;
CREATE TRIGGER learn_deleted_document AFTER DELETE ON documents BEGIN
    INSERT OR IGNORE INTO learn_queue (document) VALUES (old.id);
END;
CREATE TRIGGER learn_new_document_tag AFTER INSERT ON document_tags BEGIN
    INSERT OR IGNORE INTO learn_queue (document) VALUES (new.document);
END;
CREATE TRIGGER learn_deleted_document_tag AFTER DELETE ON document_tags BEGIN
    INSERT OR IGNORE INTO learn_queue (document) VALUES (old.document);
END;
