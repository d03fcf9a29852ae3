-- The narrow row of a document; gives its number, which stays the same.
INSERT INTO search_documents
    (document, kind, correspondent, state, trashed, day, received, due, amount, open_tasks, done_tasks, warnings, currency)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)
ON CONFLICT (document) DO UPDATE SET
    kind = ?2, correspondent = ?3, state = ?4, trashed = ?5, day = ?6, received = ?7, due = ?8, amount = ?9,
    open_tasks = ?10, done_tasks = ?11, warnings = ?12, currency = ?13
RETURNING number
