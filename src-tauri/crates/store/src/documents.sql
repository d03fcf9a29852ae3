-- Documents by filter, in an order. ?1 state, ?2 kind, ?3 correspondent, ?4 in the trash, ?5 limit, ?6 offset, ?7 order. What is
-- null does not filter. A query comes in its one marked place.
WITH passing AS MATERIALIZED (
    SELECT
        d.id,
        d.received_at,
        CASE ?7
            WHEN 'oldest' THEN d.received_at
            WHEN 'title' THEN d.title
            WHEN 'correspondent' THEN coalesce(c.name, '')
            WHEN 'due' THEN (SELECT coalesce(due, '9999') FROM search_documents WHERE document = d.id)
            WHEN 'amount' THEN (SELECT -coalesce(amount, 0) FROM search_documents WHERE document = d.id)
        END AS rank
    FROM documents AS d
    LEFT JOIN correspondents AS c ON c.id = d.correspondent
    WHERE (?1 IS NULL OR d.state = ?1)
      AND (?2 IS NULL OR d.kind = ?2)
      AND (?3 IS NULL OR d.correspondent = ?3)
      AND (d.trashed_at IS NOT NULL) = ?4
      AND :fits
),
listed AS (
    SELECT id, rank FROM passing ORDER BY rank COLLATE NOCASE, received_at DESC, id DESC LIMIT ?5 OFFSET ?6
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
