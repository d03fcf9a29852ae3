-- Answers come first: what the second reader is to read is begun after what comes in, and so is what is computed again.

DROP INDEX jobs_to_begin;
CREATE INDEX jobs_to_begin ON jobs (foreground DESC, kind IN ('second_reading', 'recompute'), kind = 'understand' DESC, at, id)
    WHERE state = 'queued';
CREATE INDEX jobs_of_second_reading ON jobs (state) WHERE kind = 'second_reading';
