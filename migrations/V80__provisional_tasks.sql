-- What follows from a letter that waits for a look is provisional: it may go or move when a person has looked.
ALTER TABLE tasks ADD COLUMN provisional INTEGER NOT NULL DEFAULT 0;
-- Letters of courts and authorities were planned before a person looked at them already.
UPDATE tasks SET provisional = 1
WHERE status IN ('open', 'in_progress', 'waiting')
  AND document IN (SELECT id FROM documents
                   WHERE state = 'review' AND kind IN ('court_order', 'fine', 'tax_notice', 'authority_letter'));
