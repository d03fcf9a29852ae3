-- Ledger. The main language of a page's words, if there are enough of them to tell; the file's is in `readings`.
ALTER TABLE pages ADD COLUMN language TEXT;
