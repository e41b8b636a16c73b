-- A shared advice is found by its id, and a reminder by its day, whoever's it is.
CREATE INDEX facts_shared ON facts (name) WHERE name GLOB 'share:*';
CREATE INDEX facts_reminders ON facts (value) WHERE name = 'reminder';
