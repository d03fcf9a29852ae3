-- Documents that may belong to ?1, which has the sender ?2 and the kind ?3 and names letters of the days ?4 (JSON). Of the
-- same sender: those that share a number however it is written, those of the same kind that share the day and, where it has one,
-- an amount, and dunning letters with all they may be about.
-- Of anybody: those with just the same number, or of a day that is named. Not those in the trash.
WITH
numbers (document, plain, number) AS NOT MATERIALIZED (
    SELECT document, plain, replace(replace(replace(replace(replace(upper(plain), ' ', ''), '-', ''), '/', ''), '.', ''), '_', '')
    FROM facts
    WHERE field IN ('invoice_number', 'original_invoice_number', 'order_number', 'contract_number')
),
days (document, plain) AS NOT MATERIALIZED (
    SELECT document, plain FROM facts WHERE field IN ('issue_date', 'posting_or_letter_date')
),
own_numbers (plain, number) AS MATERIALIZED (SELECT plain, number FROM numbers WHERE document = ?1),
amounts (document, plain) AS NOT MATERIALIZED (
    SELECT document, plain FROM facts WHERE field IN ('amount_due', 'total_gross')
),
own_days (plain) AS MATERIALIZED (SELECT plain FROM days WHERE document = ?1),
own_amounts (plain) AS MATERIALIZED (SELECT plain FROM amounts WHERE document = ?1)
SELECT d.id
FROM documents AS d
WHERE d.correspondent = ?2 AND d.id <> ?1 AND d.trashed_at IS NULL
    AND (
        'dunning' IN (d.kind, ?3)
        OR EXISTS (
            SELECT 1 FROM numbers AS n WHERE n.document = d.id AND n.number IN (SELECT number FROM own_numbers)
        )
        OR (
            d.kind = ?3
            AND EXISTS (SELECT 1 FROM days AS f WHERE f.document = d.id AND f.plain IN (SELECT plain FROM own_days))
            AND (
                NOT EXISTS (SELECT 1 FROM own_amounts)
                OR EXISTS (SELECT 1 FROM amounts AS a WHERE a.document = d.id AND a.plain IN (SELECT plain FROM own_amounts))
            )
        )
    )
UNION
SELECT d.id
FROM facts AS f JOIN documents AS d ON d.id = f.document
WHERE d.id <> ?1 AND d.trashed_at IS NULL
    AND f.field IN ('invoice_number', 'original_invoice_number', 'order_number', 'contract_number')
    AND f.plain IN (SELECT plain FROM own_numbers)
UNION
SELECT d.id
FROM facts AS f JOIN documents AS d ON d.id = f.document
WHERE d.id <> ?1 AND d.trashed_at IS NULL
    AND f.field IN ('issue_date', 'posting_or_letter_date')
    AND f.plain IN (SELECT value FROM json_each(?4))
ORDER BY 1 DESC
LIMIT 200
