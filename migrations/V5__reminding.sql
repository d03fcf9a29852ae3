-- Reminders follow from a task's date, from what the person wished, and from the ledger; they are no rows of their own any more.

-- Intent: what a person has said about the reminders of a task.
CREATE TABLE reminder_wishes (
    task TEXT NOT NULL PRIMARY KEY REFERENCES tasks (id),
    moved_at TEXT,
    snoozed_at TEXT,
    snoozed_until TEXT,
    acknowledged_stage TEXT,
    acknowledged_at TEXT
) STRICT;
INSERT INTO reminder_wishes (task, snoozed_at, snoozed_until)
SELECT r.task, t.created_at, max(r.snoozed_until)
FROM reminders AS r JOIN tasks AS t ON t.id = r.task
WHERE r.snoozed_until IS NOT NULL GROUP BY r.task;
INSERT INTO reminder_wishes (task, acknowledged_stage, acknowledged_at)
SELECT task, stage, max(acknowledged_at) FROM reminders WHERE acknowledged_at IS NOT NULL GROUP BY task
ON CONFLICT (task) DO UPDATE SET acknowledged_stage = excluded.acknowledged_stage, acknowledged_at = excluded.acknowledged_at;

-- Ledger, only ever added to: what became of contacts. `subject` is a task or `review`; `slot` is the instant for which the contact
-- was planned. One row for each thing that happened to a contact on a channel; '' is the window.
ALTER TABLE notifications RENAME TO old_notifications;
CREATE TABLE notifications (
    subject TEXT NOT NULL,
    slot TEXT NOT NULL,
    stage TEXT NOT NULL,
    channel TEXT NOT NULL,
    state TEXT NOT NULL,
    at TEXT NOT NULL,
    error TEXT,
    PRIMARY KEY (subject, slot, stage, channel, state)
) STRICT, WITHOUT ROWID;
CREATE INDEX notifications_by_time ON notifications (state, at);
INSERT OR IGNORE INTO notifications (subject, slot, stage, channel, state, at, error)
SELECT r.task, CASE WHEN r.repeats THEN n.at ELSE r.at END, r.stage, coalesce(n.channel, ''), n.state, n.at, n.error
FROM old_notifications AS n JOIN reminders AS r ON r.id = n.reminder WHERE n.state IN ('delivered', 'failed');
INSERT OR IGNORE INTO notifications (subject, slot, stage, channel, state, at)
SELECT r.task, CASE WHEN r.repeats THEN n.at ELSE r.at END, r.stage, coalesce(n.channel, ''), 'seen', n.seen_at
FROM old_notifications AS n JOIN reminders AS r ON r.id = n.reminder WHERE n.seen_at IS NOT NULL;
DROP TABLE old_notifications;
DROP TABLE reminders;

-- Ledger: when the program has to look at a subject next. '' is at once: something it depends on has changed.
CREATE TABLE schedule (
    subject TEXT NOT NULL PRIMARY KEY,
    at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX schedule_by_time ON schedule (at);
INSERT INTO schedule (subject, at) SELECT id, '' FROM tasks WHERE status IN ('open', 'in_progress', 'waiting');
INSERT INTO schedule (subject, at) VALUES ('review', '');

-- Nobody can forget to look again, not even undo: the tables see to it themselves.
CREATE TRIGGER schedule_new_task AFTER INSERT ON tasks BEGIN
    INSERT INTO schedule (subject, at) VALUES (new.id, '') ON CONFLICT (subject) DO UPDATE SET at = '';
END;
CREATE TRIGGER schedule_changed_task AFTER UPDATE OF kind, status, due, due_time ON tasks BEGIN
    INSERT INTO schedule (subject, at) VALUES (new.id, '') ON CONFLICT (subject) DO UPDATE SET at = '';
END;
CREATE TRIGGER schedule_deleted_task AFTER DELETE ON tasks BEGIN
    DELETE FROM schedule WHERE subject = old.id;
END;
CREATE TRIGGER schedule_new_wish AFTER INSERT ON reminder_wishes BEGIN
    UPDATE schedule SET at = '' WHERE subject = new.task;
END;
CREATE TRIGGER schedule_changed_wish AFTER UPDATE ON reminder_wishes BEGIN
    UPDATE schedule SET at = '' WHERE subject = new.task;
END;
CREATE TRIGGER schedule_deleted_wish AFTER DELETE ON reminder_wishes BEGIN
    UPDATE schedule SET at = '' WHERE subject = old.task;
END;
CREATE TRIGGER schedule_notification AFTER INSERT ON notifications BEGIN
    UPDATE schedule SET at = '' WHERE subject = new.subject;
END;
CREATE TRIGGER schedule_new_document AFTER INSERT ON documents BEGIN
    INSERT INTO schedule (subject, at) VALUES ('review', '') ON CONFLICT (subject) DO UPDATE SET at = '';
END;
CREATE TRIGGER schedule_changed_document AFTER UPDATE OF state, trashed_at ON documents BEGIN
    INSERT INTO schedule (subject, at) VALUES ('review', '') ON CONFLICT (subject) DO UPDATE SET at = '';
    INSERT INTO schedule (subject, at) SELECT id, '' FROM tasks WHERE document = new.id
    ON CONFLICT (subject) DO UPDATE SET at = '';
END;
CREATE TRIGGER schedule_deleted_document AFTER DELETE ON documents BEGIN
    INSERT INTO schedule (subject, at) VALUES ('review', '') ON CONFLICT (subject) DO UPDATE SET at = '';
END;

-- The open tasks by day, without going through those that are done.
CREATE INDEX open_tasks_by_due ON tasks (due) WHERE status IN ('open', 'in_progress', 'waiting');
CREATE INDEX documents_in_review ON documents (received_at) WHERE state = 'review';
