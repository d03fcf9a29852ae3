-- Which completed task an occurrence came after. A task that comes again has one next occurrence, however often it is
-- completed and reopened, and whoever does so at the same time.
ALTER TABLE tasks ADD COLUMN follows TEXT REFERENCES tasks (id);
CREATE UNIQUE INDEX one_next_occurrence ON tasks (follows) WHERE follows IS NOT NULL;
