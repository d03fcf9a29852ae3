-- No two documents have the same title: whether one is taken is looked up whenever a letter is filed.
CREATE INDEX documents_by_title ON documents (title) WHERE trashed_at IS NULL;
