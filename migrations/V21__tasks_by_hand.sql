-- Which parts of a planned task a person has put in own words: they outrank what its document says. JSON list.
ALTER TABLE task_details ADD COLUMN by_hand TEXT NOT NULL DEFAULT '[]';

-- What nothing reminded of has no row in `schedule`: a task without a day that is put off gets one.
DROP TRIGGER schedule_new_wish;
DROP TRIGGER schedule_changed_wish;
CREATE TRIGGER schedule_new_wish AFTER INSERT ON reminder_wishes BEGIN
    INSERT INTO schedule (subject, at) VALUES (new.task, '') ON CONFLICT (subject) DO UPDATE SET at = '';
END;
CREATE TRIGGER schedule_changed_wish AFTER UPDATE ON reminder_wishes BEGIN
    INSERT INTO schedule (subject, at) VALUES (new.task, '') ON CONFLICT (subject) DO UPDATE SET at = '';
END;
