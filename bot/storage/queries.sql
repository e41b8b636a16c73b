-- name: receive(channel, event, conversation, received, content)^
-- Nothing is inserted when the event is known already.
INSERT INTO inbox (channel, event, conversation, received, content)
VALUES (:channel, :event, :conversation, :received, :content)
ON CONFLICT (channel, event) DO NOTHING
RETURNING id;

-- name: waiting(channel)
SELECT id, conversation, received, content, reply
FROM inbox
WHERE channel = :channel AND (content IS NOT NULL OR reply IS NOT NULL)
ORDER BY id;

-- name: facts(conversation)
SELECT name, value, at FROM facts WHERE conversation = :conversation;

-- name: keep_fact(conversation, name, value, at)*!
INSERT INTO facts (conversation, name, value, at)
VALUES (:conversation, :name, :value, :at)
ON CONFLICT (conversation, name) DO UPDATE SET value = excluded.value, at = excluded.at;

-- name: drop_fact(conversation, name)*!
DELETE FROM facts WHERE conversation = :conversation AND name = :name;

-- name: forget_facts(conversation)!
DELETE FROM facts WHERE conversation = :conversation;

-- name: forget_events(conversation, id)!
-- The events of a conversation that are done; the one at work stays until its reply was shown.
DELETE FROM inbox WHERE conversation = :conversation AND content IS NULL AND reply IS NULL AND id <> :id;

-- name: applied(id, reply)!
UPDATE inbox SET content = NULL, reply = :reply WHERE id = :id;

-- name: shown(id)!
UPDATE inbox SET reply = NULL WHERE id = :id;

-- name: version()$
SELECT coalesce(max(number), 0) FROM migrations;

-- name: migrated(number, name, at)!
INSERT INTO migrations (number, name, at) VALUES (:number, :name, :at);

-- name: keep_gap(question, day)!
INSERT INTO gaps (question, first, last, count) VALUES (:question, :day, :day, 1)
ON CONFLICT (question) DO UPDATE SET last = excluded.last, count = count + 1;

-- name: gaps()
SELECT question, first, last, count FROM gaps ORDER BY count DESC, last DESC, question;

-- name: shared(name)^
SELECT value, at FROM facts WHERE name = :name AND name GLOB 'share:*';

-- name: reminders(day)
SELECT conversation, value FROM facts WHERE name = 'reminder' AND value <= :day ORDER BY value, conversation;

-- name: move_facts(before, conversation)!
UPDATE OR REPLACE facts SET conversation = :conversation WHERE conversation = :before;

-- name: forget_ended(day)!
DELETE FROM facts WHERE name GLOB 'share:*' AND json_extract(value, '$.ends') < :day;

-- name: forget_done(before)!
DELETE FROM inbox WHERE content IS NULL AND reply IS NULL AND received < :before;

-- name: forget_gaps(before)!
DELETE FROM gaps WHERE last < :before;

-- name: silent(before)$
SELECT count(*) FROM (SELECT 1 FROM facts GROUP BY conversation HAVING max(at) < :before);

-- name: forget_silent(before)!
DELETE FROM facts WHERE conversation IN (SELECT conversation FROM facts GROUP BY conversation HAVING max(at) < :before);

-- name: keep_address(conversation, person, team, address, seen)!
INSERT INTO addresses (conversation, person, team, address, seen)
VALUES (:conversation, :person, :team, :address, :seen)
ON CONFLICT (conversation) DO UPDATE
SET person = excluded.person, team = excluded.team, address = excluded.address, seen = excluded.seen;

-- name: address(conversation)$
SELECT address FROM addresses WHERE conversation = :conversation;

-- name: chat_of(person)$
SELECT conversation FROM addresses WHERE person = :person AND person <> '' ORDER BY seen DESC LIMIT 1;

-- name: threads_of(team)
SELECT conversation FROM addresses WHERE team = :team AND team <> '' ORDER BY conversation;

-- name: forget_address(conversation)!
DELETE FROM addresses WHERE conversation = :conversation;

-- name: forget_addresses(before)!
DELETE FROM addresses WHERE seen < :before;
