-- Which parts of a planned task a person has put in own words: they outrank what its document says. JSON list.
ALTER TABLE task_details ADD COLUMN by_hand TEXT NOT NULL DEFAULT '[]';
