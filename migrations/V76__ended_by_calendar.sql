-- Ledger: tasks that ended by the calendar alone, such as a right to object that nobody used. Each ends so once: what a person
-- has opened again afterwards stays open.
CREATE TABLE ended_by_calendar (
    task TEXT PRIMARY KEY,
    at TEXT NOT NULL
) STRICT;
