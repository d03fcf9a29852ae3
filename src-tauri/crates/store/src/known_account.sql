-- Does another accepted letter of the sender ?1 than ?2 name the account ?3, and does one name any? What was read comes first: with
-- most letters, the first one with the account is of this sender. Facts are looked up one by one: joined, their view would be
-- computed whole.
SELECT
    EXISTS (
        SELECT 1 FROM found_values AS k
        CROSS JOIN findings AS n ON n.number = k.findings
        CROSS JOIN documents AS o ON o.file = n.file
        WHERE k.field = 'iban' AND k.choice = 0 AND k.plain = ?3
          AND o.correspondent = ?1 AND o.id <> ?2 AND o.state = 'accepted' AND o.trashed_at IS NULL
          AND NOT EXISTS (SELECT 1 FROM confirmed_facts AS c WHERE c.document = o.id AND c.field = 'iban'))
    OR EXISTS (
        SELECT 1 FROM documents AS o
        CROSS JOIN confirmed_facts AS k ON k.document = o.id AND k.field = 'iban' AND k.plain = ?3
        WHERE o.correspondent = ?1 AND o.id <> ?2 AND o.state = 'accepted' AND o.trashed_at IS NULL),
    EXISTS (
        SELECT 1 FROM documents AS o
        WHERE o.correspondent = ?1 AND o.id <> ?2 AND o.state = 'accepted' AND o.trashed_at IS NULL
          AND EXISTS (SELECT 1 FROM facts AS f WHERE f.document = o.id AND f.field = 'iban'))
