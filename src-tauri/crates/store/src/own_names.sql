-- The names that letters of at least two senders were addressed to, among the newest accepted ones: they are the user's own.
SELECT min(f.plain) AS name
FROM (
    SELECT id, correspondent FROM documents
    WHERE state = 'accepted' AND trashed_at IS NULL AND correspondent IS NOT NULL
    ORDER BY received_at DESC
    LIMIT 200
) AS d
JOIN facts AS f ON f.document = d.id AND f.field = 'buyer_name'
GROUP BY lower(f.plain)
HAVING count(DISTINCT d.correspondent) >= 2
ORDER BY count(*) DESC
LIMIT 20
