-- Contracts and insurance policies, each with what its tasks say; price letters that belong to none of them stand for themselves.
-- ?1 whether the decided ones are asked for, ?2 at most so many, ?3 after so many. Of the first row's total.
WITH
contracts (id, title, kind) AS MATERIALIZED (
    SELECT id, title, kind FROM documents INDEXED BY documents_of_kind
    WHERE kind IN ('contract', 'insurance_policy') AND trashed_at IS NULL
),
letters (id, title) AS MATERIALIZED (
    SELECT id, title FROM documents INDEXED BY documents_of_kind
    WHERE kind = 'price_increase' AND trashed_at IS NULL
),
joined (contract, paper) AS MATERIALIZED (
    SELECT c.id, l.id FROM letters AS l
    JOIN relations AS r ON r.document = l.id AND r.relation IS NOT NULL
    JOIN contracts AS c ON c.id = r.other
    UNION
    SELECT c.id, l.id FROM letters AS l
    JOIN relations AS r ON r.other = l.id AND r.relation IS NOT NULL
    JOIN contracts AS c ON c.id = r.document
),
listed (id, title) AS (
    SELECT id, title FROM contracts
    UNION ALL
    SELECT id, title FROM letters WHERE id NOT IN (SELECT paper FROM joined)
),
papers (contract, paper) AS (
    SELECT id, id FROM listed UNION ALL SELECT contract, paper FROM joined
),
said (contract, next, to_decide, waits, decided) AS (
    SELECT p.contract,
           min(CASE WHEN t.kind = 'cancel_or_keep' AND t.status IN ('open', 'in_progress', 'waiting') THEN t.due END),
           max(t.kind = 'cancel_or_keep' AND t.status IN ('open', 'in_progress', 'waiting')),
           max(t.kind = 'await_confirmation' AND t.status IN ('open', 'in_progress', 'waiting')),
           max(t.kind = 'cancel_or_keep' AND t.done_how IS NOT 'lapsed')
    FROM papers AS p
    CROSS JOIN tasks AS t ON t.document = p.paper AND t.kind IN ('cancel_or_keep', 'await_confirmation')
    GROUP BY p.contract
),
standing (id, title, next, place) AS (
    SELECT l.id, l.title, s.next,
           CASE WHEN s.to_decide THEN 'open' WHEN s.waits THEN 'waits' WHEN s.decided THEN 'decided' ELSE 'runs' END
    FROM listed AS l LEFT JOIN said AS s ON s.contract = l.id
)
SELECT id, place, count(*) OVER () AS total FROM standing
WHERE (place = 'decided') = ?1
ORDER BY instr('open waits runs', place), next IS NULL, next, title, id
LIMIT ?2 OFFSET ?3
