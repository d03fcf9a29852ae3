-- What the bills of a correspondent come to. ?1 the correspondent.
SELECT
    CAST(substr(day, 1, 4) AS INTEGER) AS year,
    kind,
    coalesce(currency, 'EUR') AS currency,
    count(*) AS count,
    sum(amount) AS hundredths
FROM search_documents
WHERE trashed = 0
  AND correspondent = ?1
  AND amount IS NOT NULL
  AND kind IN ('invoice', 'corrected_invoice', 'payment_slip', 'receipt', 'credit_note')
GROUP BY 1, 2, 3
