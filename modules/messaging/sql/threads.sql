-- name: insert_thread
INSERT INTO messaging_threads (store_id, id, customer_id, name, email, email_key, lang, subject, order_number,
  state, unread, latest, excerpt, messages, created_at, changed_at)
VALUES (:store_id, :id, :customer, :name, :email, :email_key, :lang, :subject, :order_number,
  'open', TRUE, :latest, :excerpt, 1, :now, :now);

-- name: hold_thread
-- Nobody else changes the conversation before the transaction ends.
UPDATE messaging_threads
SET state = state
WHERE store_id = :store_id AND id = :id;

-- name: list_threads
-- columns: id, customer_id, email_key, state, latest, name, email, subject, excerpt
SELECT id, customer_id, name, email, lang, subject, order_number, state, unread, latest, excerpt, messages, created_at, changed_at
FROM messaging_threads
WHERE store_id = :store_id
-- where
-- order

-- name: update_thread
UPDATE messaging_threads
SET state = :state, unread = :unread, latest = :latest, excerpt = :excerpt, messages = :messages, changed_at = :changed_at
WHERE store_id = :store_id AND id = :id;

-- name: delete_thread
DELETE FROM messaging_threads
WHERE store_id = :store_id AND id = :id;

-- name: count_unread
SELECT COUNT(*)
FROM (SELECT 1 FROM messaging_threads WHERE store_id = :store_id AND unread LIMIT :most) u;

-- name: insert_message
INSERT INTO messaging_messages (store_id, id, thread_id, from_store, author, body, ticket, created_at)
VALUES (:store_id, :id, :thread, :from_store, :author, :body, :ticket, :now);

-- name: ticket_used
SELECT COUNT(*)
FROM messaging_messages
WHERE store_id = :store_id AND ticket = :ticket;

-- name: messages_of
SELECT id, from_store, author, body, created_at
FROM messaging_messages
WHERE store_id = :store_id AND thread_id = :thread
ORDER BY id
LIMIT :most;

-- name: delete_messages
DELETE FROM messaging_messages
WHERE store_id = :store_id AND thread_id = :thread;
