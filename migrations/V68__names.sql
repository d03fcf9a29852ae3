-- One name for each thing, the same as in the program.
ALTER TABLE reminder_wishes RENAME TO reminder_overrides;
ALTER TABLE handovers RENAME TO disclosures;
UPDATE documents SET state = 'stale' WHERE state = 'old_post';
