-- Tags of tasks are tags like those of documents: listed, nested, renamed and merged with them.

-- Intent.
CREATE TABLE task_tags (
    task TEXT NOT NULL REFERENCES tasks (id),
    tag TEXT NOT NULL REFERENCES tags (id),
    PRIMARY KEY (task, tag)
) STRICT;
CREATE INDEX task_tags_by_tag ON task_tags (tag);

-- Until now they were words of the task. The column stays, empty, so that older steps can still be undone.
CREATE TEMPORARY TABLE words AS
    SELECT DISTINCT d.task AS task, trim(word.value) AS path
    FROM task_details AS d, json_each(iif(json_type(d.tags) = 'object', json_extract(d.tags, '$.is'), d.tags)) AS word
    WHERE trim(word.value, ' /') <> '';

-- Every tag of a path, those above it with it.
CREATE TEMPORARY TABLE wanted AS
    WITH RECURSIVE
        below (above, path, id) AS (
            SELECT '', name, id FROM tags WHERE parent IS NULL
            UNION ALL SELECT below.path, below.path || '/' || t.name, t.id FROM tags AS t JOIN below ON t.parent = below.id
        ),
        steps (above, path, name, rest) AS (
            SELECT '', '', '', trim(path, ' /') || '/' FROM words
            UNION
            SELECT path, iif(path = '', '', path || '/') || substr(rest, 1, instr(rest, '/') - 1),
                   substr(rest, 1, instr(rest, '/') - 1), substr(rest, instr(rest, '/') + 1)
            FROM steps WHERE instr(rest, '/') > 1
        ),
        named AS (SELECT lower(path) AS path, min(lower(above)) AS above, min(name) AS name FROM steps WHERE path <> '' GROUP BY 1)
    SELECT named.path, named.above, named.name,
           (SELECT min(below.id) FROM below WHERE lower(below.path) = named.path) AS known,
           -- An id of version 7 whose time is long ago.
           '00000000-0000-7' || substr(lower(hex(randomblob(2))), 2) || '-8' || substr(lower(hex(randomblob(2))), 2) || '-'
               || lower(hex(randomblob(6))) AS made
    FROM named;

INSERT INTO tags (id, name, parent)
    SELECT w.made, w.name, (SELECT coalesce(a.known, a.made) FROM wanted AS a WHERE a.path = w.above)
    FROM wanted AS w WHERE w.known IS NULL ORDER BY length(w.path);
INSERT OR IGNORE INTO task_tags (task, tag)
    SELECT words.task, coalesce(w.known, w.made) FROM words JOIN wanted AS w ON w.path = lower(trim(words.path, ' /'));
UPDATE task_details SET tags = '[]';

DROP TABLE words;
DROP TABLE wanted;

-- Letters are found by the tags of their tasks.
CREATE TRIGGER search_new_task_tag AFTER INSERT ON task_tags BEGIN
    INSERT OR IGNORE INTO search_queue (document) SELECT document FROM tasks WHERE id = new.task AND document IS NOT NULL;
END;
CREATE TRIGGER search_deleted_task_tag AFTER DELETE ON task_tags BEGIN
    INSERT OR IGNORE INTO search_queue (document) SELECT document FROM tasks WHERE id = old.task AND document IS NOT NULL;
END;
CREATE TRIGGER search_changed_tag_of_task AFTER UPDATE ON tags BEGIN
    INSERT OR IGNORE INTO search_queue (document)
        SELECT t.document FROM task_tags AS o JOIN tasks AS t ON t.id = o.task WHERE t.document IS NOT NULL;
END;
