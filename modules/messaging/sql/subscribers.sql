-- name: insert_subscriber
INSERT INTO messaging_subscribers (store_id, id, email, email_key, lang, state, mailed_at, changed_at)
VALUES (:store_id, :id, :email, :email_key, :lang, 'asked', :now, :now)
ON CONFLICT DO NOTHING;

-- name: hold_subscriber
-- Nobody else changes the subscriber before the transaction ends.
UPDATE messaging_subscribers
SET state = state
WHERE store_id = :store_id AND email_key = :email_key;

-- name: hold_subscriber_id
UPDATE messaging_subscribers
SET state = state
WHERE store_id = :store_id AND id = :id;

-- name: list_subscribers
-- columns: id, email_key, state
SELECT id, email, lang, state, mailed_at, changed_at
FROM messaging_subscribers
WHERE store_id = :store_id
-- where
-- order

-- name: update_subscriber
UPDATE messaging_subscribers
SET state = :state, lang = :lang, mailed_at = :mailed_at, changed_at = :changed_at
WHERE store_id = :store_id AND id = :id;

-- name: count_subscribers
SELECT state, COUNT(*)
FROM messaging_subscribers
WHERE store_id = :store_id
GROUP BY state;

-- name: delete_evidence
DELETE FROM messaging_evidence
WHERE store_id = :store_id AND subscriber_id = :id;

-- name: delete_subscriber
DELETE FROM messaging_subscribers
WHERE store_id = :store_id AND id = :id;

-- name: insert_evidence
INSERT INTO messaging_evidence (store_id, id, subscriber_id, act, wording, lang, source, created_at)
VALUES (:store_id, :id, :subscriber, :act, :wording, :lang, :source, :now);

-- name: evidence_of
SELECT subscriber_id, act, wording, lang, source, created_at
FROM messaging_evidence
WHERE store_id = :store_id AND subscriber_id IN (:subscribers...)
ORDER BY subscriber_id, id;

-- name: forgotten_subscribers
SELECT id
FROM messaging_subscribers
WHERE store_id = :store_id AND (state = 'asked' AND changed_at < :asked OR state = 'left' AND changed_at < :left)
ORDER BY id
LIMIT 1000;

-- name: stores_with_forgotten_subscribers
-- scope: sweep
SELECT DISTINCT store_id
FROM messaging_subscribers
WHERE state = 'asked' AND changed_at < :now - 604800000000 OR state = 'left' AND changed_at < :now - 94608000000000;
