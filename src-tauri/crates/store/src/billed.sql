-- What the bills of a correspondent come to. ?1 the correspondent.
SELECT
    CAST(substr(s.day, 1, 4) AS INTEGER) AS year,
    s.kind,
    coalesce(said.plain, found.plain, 'EUR') AS currency,
    count(*) AS count,
    sum(s.amount) AS hundredths
FROM search_documents AS s
CROSS JOIN documents AS d ON d.id = s.document
LEFT JOIN confirmed_facts AS said ON said.document = d.id AND said.field = 'currency'
LEFT JOIN findings AS f ON f.file = d.file
LEFT JOIN found_values AS found ON found.findings = f.number AND found.field = 'currency' AND found.choice = 0
WHERE s.trashed = 0
  AND s.correspondent = ?1
  AND s.amount IS NOT NULL
  AND s.kind IN ('invoice', 'corrected_invoice', 'payment_slip', 'receipt', 'credit_note')
GROUP BY 1, 2, 3
