-- The names that letters of at least two senders were addressed to, among the newest accepted ones: they are the user's own.
SELECT min(name) AS name
FROM (
    SELECT
        d.correspondent,
        -- Looked up for each: joined, the view of all facts would be computed whole.
        (SELECT plain FROM facts WHERE document = d.id AND field = 'buyer_name') AS name
    FROM (
        SELECT id, correspondent FROM documents
        WHERE state = 'accepted' AND trashed_at IS NULL AND correspondent IS NOT NULL
        ORDER BY received_at DESC
        LIMIT 200
    ) AS d
)
WHERE name IS NOT NULL
GROUP BY lower(name)
HAVING count(DISTINCT correspondent) >= 2
ORDER BY count(*) DESC
LIMIT 20
