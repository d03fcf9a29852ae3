-- What a bill comes to stands with its currency in the narrow rows: bills that come again and the sums of a sender are read from one
-- index.
ALTER TABLE search_documents ADD COLUMN currency TEXT;
UPDATE search_documents
SET currency = (SELECT plain FROM facts WHERE facts.document = search_documents.document AND facts.field = 'currency')
WHERE amount IS NOT NULL;
DROP INDEX search_documents_by_bill;
CREATE INDEX search_documents_by_bill ON search_documents (correspondent, kind, day, amount, currency)
    WHERE trashed = 0 AND state = 'accepted';
