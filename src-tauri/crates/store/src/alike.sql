SELECT d.id
FROM documents AS own
JOIN documents AS d ON d.correspondent = own.correspondent AND d.id <> own.id AND d.trashed_at IS NULL
WHERE own.id = ?1
    AND (
        EXISTS (
            SELECT 1 FROM facts AS f
            WHERE f.document = d.id
                AND f.field IN ('iban', 'seller_vat_id', 'customer_number')
                AND f.plain IN (SELECT o.plain FROM facts AS o WHERE o.document = own.id AND o.field = f.field)
        )
        OR EXISTS (
            SELECT 1 FROM found_facts AS f
            JOIN found_facts AS o ON o.file = own.file AND o.field = 'seller_name' AND o.plain = f.plain
            WHERE f.file = d.file AND f.field = 'seller_name'
                AND f.extractor <> 'known_sender' AND o.extractor <> 'known_sender'
        )
    )
ORDER BY d.received_at DESC, d.id DESC
