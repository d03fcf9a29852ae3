-- Is there something to warn of about a document, as `s`, of which something is still to be done? What a person is shown (the
-- application's rules, `cases::warnings`), asked of the rows: the same letter once more, one about a bill that is paid, one that
-- was replaced, an account that is not the sender's or not of its country, a claim by somebody unknown.
(s.warnings OR ((s.open_tasks > 0 OR s.state = 'review') AND (
    EXISTS (
        SELECT 1 FROM relations AS r JOIN documents AS o ON o.id = r.other
        WHERE r.document = s.document AND o.trashed_at IS NULL
          AND (r.relation = 'repeats' OR (r.relation = 'reminds' AND EXISTS (
              SELECT 1 FROM tasks AS t WHERE t.document = r.other AND t.kind = 'pay' AND t.status = 'done')))
    )
    OR EXISTS (
        SELECT 1 FROM relations AS r JOIN documents AS o ON o.id = r.document
        WHERE r.other = s.document AND o.trashed_at IS NULL AND r.relation = 'corrects'
    )
    OR EXISTS (
        SELECT 1 FROM facts AS f
        WHERE f.document = s.document AND f.field = 'iban' AND f.origin <> 'user'
          -- What was read comes first: with most letters, the first one of the sender has the same account.
          AND NOT EXISTS (
              SELECT 1 FROM documents AS o
              JOIN findings AS n ON n.file = o.file
              JOIN found_values AS k ON k.findings = n.number AND k.field = 'iban' AND k.choice = 0 AND k.plain = f.plain
              WHERE o.correspondent = s.correspondent AND o.id <> s.document AND o.state = 'accepted' AND o.trashed_at IS NULL
                AND NOT EXISTS (SELECT 1 FROM confirmed_facts AS c WHERE c.document = o.id AND c.field = 'iban'))
          AND NOT EXISTS (
              SELECT 1 FROM documents AS o
              JOIN confirmed_facts AS k ON k.document = o.id AND k.field = 'iban' AND k.plain = f.plain
              WHERE o.correspondent = s.correspondent AND o.id <> s.document AND o.state = 'accepted' AND o.trashed_at IS NULL)
          AND (
              EXISTS (
                  SELECT 1 FROM documents AS o
                  WHERE o.correspondent = s.correspondent AND o.id <> s.document AND o.state = 'accepted'
                    AND o.trashed_at IS NULL
                    AND EXISTS (SELECT 1 FROM facts AS k WHERE k.document = o.id AND k.field = 'iban'))
              OR EXISTS (
                  SELECT 1 FROM facts AS v
                  WHERE v.document = s.document AND v.field = 'seller_vat_id'
                    AND upper(substr(v.plain, 1, 2)) <> substr(f.plain, 1, 2))
          )
    )
    OR (
        s.kind = 'dunning'
        AND NOT EXISTS (SELECT 1 FROM facts AS f WHERE f.document = s.document AND f.field = 'iban' AND f.origin = 'user')
        AND (
            EXISTS (SELECT 1 FROM facts AS p WHERE p.document = s.document AND p.field = 'payee_name')
            OR EXISTS (
                SELECT 1 FROM documents AS d JOIN findings AS n ON n.file = d.file, json_each(n.problems) AS p
                WHERE d.id = s.document AND p.value ->> 'code' IN ('old_claim', 'claim_for_another'))
        )
        AND NOT EXISTS (
            SELECT 1 FROM documents AS o
            WHERE o.correspondent = s.correspondent AND o.state = 'accepted' AND o.kind <> 'dunning' AND o.trashed_at IS NULL)
        AND NOT EXISTS (
            WITH RECURSIVE belonging (id) AS (
                VALUES (s.document)
                UNION
                SELECT r.other FROM belonging AS b JOIN relations AS r ON r.document = b.id WHERE r.relation IS NOT NULL
                UNION
                SELECT r.document FROM belonging AS b JOIN relations AS r ON r.other = b.id WHERE r.relation IS NOT NULL
            )
            SELECT 1 FROM belonging AS b JOIN documents AS d ON d.id = b.id
            WHERE d.kind <> 'dunning' AND d.trashed_at IS NULL)
    )
)))
