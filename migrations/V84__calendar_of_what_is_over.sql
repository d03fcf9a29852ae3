-- The calendar shows what is done and what has lapsed as well: on the day that it shows of an open task.
CREATE INDEX over_tasks_by_calendar_day
    ON tasks (iif(kind = 'check_debit', coalesce(latest, due), due))
    WHERE status IN ('done', 'cancelled');
