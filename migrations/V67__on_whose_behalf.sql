-- On whose behalf each step of the history happened, and of which run it was a part.

-- `actor` is the text form of `domain::By`: person, program, rule:<id>, sync:<id> or key:<id>.
UPDATE history SET actor = CASE actor WHEN 'user' THEN 'person' WHEN 'engine' THEN 'program' ELSE actor END;

-- The steps of one run of a rule or a sync, which are taken back as one.
ALTER TABLE history ADD COLUMN run TEXT;
CREATE INDEX history_of_run ON history (run, number) WHERE run IS NOT NULL;

-- Bytes of the changeset, so that the old ones can be dropped without reading them.
ALTER TABLE history ADD COLUMN size INTEGER NOT NULL DEFAULT 0;
UPDATE history SET size = coalesce(length(changeset), 0);
CREATE INDEX history_kept ON history (number, actor, size) WHERE changeset IS NOT NULL;

-- In which order steps were taken back: the last one is the first to be made again.
ALTER TABLE history ADD COLUMN undone_order INTEGER;
UPDATE history SET undone_order = -number WHERE undone_at IS NOT NULL;
CREATE INDEX history_to_undo ON history (number)
    WHERE actor = 'person' AND undone_at IS NULL AND changeset IS NOT NULL;
CREATE INDEX history_to_redo ON history (undone_order) WHERE undone_at IS NOT NULL AND changeset IS NOT NULL;
