-- How often the same problem came; `at` is when it came last.
ALTER TABLE problems ADD COLUMN times INTEGER NOT NULL DEFAULT 1;
