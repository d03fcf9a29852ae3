-- Lists are read page by page: each order that a list is shown in has an index, so that a page costs what is on it.

CREATE INDEX documents_listed ON documents (received_at, id) WHERE trashed_at IS NULL;
CREATE INDEX documents_of_kind ON documents (kind, title, id) WHERE trashed_at IS NULL;
CREATE INDEX over_tasks_by_time ON tasks (done_at, id) WHERE status IN ('done', 'cancelled');
CREATE INDEX search_documents_by_bill ON search_documents (correspondent, kind, day, amount) WHERE trashed = 0 AND state = 'accepted';
