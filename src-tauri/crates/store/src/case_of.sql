WITH RECURSIVE belonging (id) AS (
    VALUES (?1)
    UNION
    SELECT r.other FROM belonging AS b JOIN relations AS r ON r.document = b.id WHERE r.relation IS NOT NULL
    UNION
    SELECT r.document FROM belonging AS b JOIN relations AS r ON r.other = b.id WHERE r.relation IS NOT NULL
)
SELECT d.id FROM belonging AS b JOIN documents AS d ON d.id = b.id
WHERE d.trashed_at IS NULL
ORDER BY d.received_at, d.id
