-- Events that came in. `content` is wiped when the event is applied, `reply` when it was shown.
CREATE TABLE inbox (
    id INTEGER PRIMARY KEY,
    channel TEXT NOT NULL,
    event TEXT NOT NULL,
    conversation TEXT NOT NULL,
    received TEXT NOT NULL,
    content TEXT,
    reply TEXT,
    UNIQUE (channel, event)
);
CREATE INDEX inbox_waiting ON inbox (channel, id) WHERE content IS NOT NULL OR reply IS NOT NULL;

-- What is known of a conversation: role, answers, outcome. See dialogs/events.py for the names.
CREATE TABLE facts (
    conversation TEXT NOT NULL,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (conversation, name)
) WITHOUT ROWID;
