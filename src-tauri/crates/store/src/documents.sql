-- Documents by filter, in an order. ?1 state, ?2 kind, ?3 correspondent, ?4 in the trash, ?5 title or correspondent as a
-- LIKE pattern, ?6 words on pages as a full-text query, ?7 limit, ?8 offset, ?9 order. What is null does not filter.
WITH passing AS MATERIALIZED (
    SELECT
        d.id,
        d.received_at,
        CASE ?9 WHEN 'oldest' THEN d.received_at WHEN 'title' THEN d.title WHEN 'correspondent' THEN coalesce(c.name, '') END AS rank
    FROM documents AS d
    LEFT JOIN correspondents AS c ON c.id = d.correspondent
    WHERE (?1 IS NULL OR d.state = ?1)
      AND (?2 IS NULL OR d.kind = ?2)
      AND (?3 IS NULL OR d.correspondent = ?3)
      AND (d.trashed_at IS NOT NULL) = ?4
      AND (
          ?5 IS NULL
          OR d.title LIKE ?5 ESCAPE '\'
          OR c.name LIKE ?5 ESCAPE '\'
          OR d.id IN (
              SELECT document FROM search_documents
              WHERE number IN (SELECT rowid FROM search_index WHERE search_index MATCH ?6)
          )
      )
),
listed AS (
    SELECT id, rank FROM passing ORDER BY rank COLLATE NOCASE, received_at DESC, id DESC LIMIT ?7 OFFSET ?8
)
SELECT
    d.*,
    c.name AS correspondent_name,
    (SELECT count(*) FROM pages WHERE pages.file = d.file) AS page_count,
    (SELECT count(*) FROM tasks WHERE tasks.document = d.id AND status IN ('open', 'in_progress', 'waiting')) AS open_tasks,
    (SELECT count(*) FROM passing) AS total
FROM listed
JOIN documents AS d ON d.id = listed.id
LEFT JOIN correspondents AS c ON c.id = d.correspondent
ORDER BY listed.rank COLLATE NOCASE, d.received_at DESC, d.id DESC
