-- What a person's corrections teach about the letters of a sender.

-- Intent. Beside which words the letters of a sender state a field. The highest version holds; one that is off does not.
CREATE TABLE sender_rules (
    correspondent TEXT NOT NULL REFERENCES correspondents (id),
    field TEXT NOT NULL,
    version INTEGER NOT NULL,
    anchor TEXT NOT NULL,
    learned_from TEXT REFERENCES documents (id),
    is_off INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (correspondent, field, version)
) STRICT;

-- Ledger: whether what a rule found was what a person took.
CREATE TABLE sender_rule_uses (
    correspondent TEXT NOT NULL,
    field TEXT NOT NULL,
    version INTEGER NOT NULL,
    document TEXT NOT NULL,
    was_right INTEGER NOT NULL,
    PRIMARY KEY (correspondent, field, version, document)
) STRICT;
