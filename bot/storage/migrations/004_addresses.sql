-- Where to show something later, for a channel that must be told: the last that was seen of each conversation.
-- `person` is whose own chat it is, `team` the team that a thread is part of; empty otherwise.
CREATE TABLE addresses (
    conversation TEXT PRIMARY KEY,
    person TEXT NOT NULL,
    team TEXT NOT NULL,
    address TEXT NOT NULL,
    seen TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX addresses_person ON addresses (person) WHERE person <> '';
CREATE INDEX addresses_team ON addresses (team) WHERE team <> '';
