-- name: insert_message
INSERT INTO mail_messages (
  store_id, id, message_key, recipient, recipient_name, sender_name, reply_to,
  subject, body_text, body_html, unsubscribe, status, created_at, job_at
)
VALUES (
  :store_id, :id, :message_key, :recipient, :recipient_name, :sender_name, :reply_to,
  :subject, :body_text, :body_html, :unsubscribe, 'queued', :now, :job_at
)
ON CONFLICT (store_id, message_key) DO NOTHING

-- name: find_message
SELECT message_key, recipient, recipient_name, sender_name, reply_to, subject, body_text, body_html, unsubscribe, status, created_at
FROM mail_messages
WHERE store_id = :store_id AND id = :id

-- name: mark_sent
UPDATE mail_messages
SET status = 'sent', attempts = attempts + 1, error = '', tried_at = :now, sent_at = :now
WHERE store_id = :store_id AND id = :id

-- name: mark_tried
UPDATE mail_messages
SET status = :status, attempts = attempts + 1, error = :error, tried_at = :now
WHERE store_id = :store_id AND id = :id AND status <> 'sent'

-- name: mark_job
UPDATE mail_messages
SET job_at = :now
WHERE store_id = :store_id AND id = :id AND status = 'queued' AND job_at IS NULL

-- name: lost_messages
SELECT id
FROM mail_messages
WHERE store_id = :store_id AND status = 'queued' AND job_at IS NULL AND created_at < :before
ORDER BY created_at
LIMIT 100

-- name: list_messages
SELECT id, message_key, recipient, subject, status, attempts, error, created_at, sent_at
FROM mail_messages
WHERE store_id = :store_id
ORDER BY id DESC
LIMIT 100

-- name: empty_bodies
UPDATE mail_messages
SET body_text = '', body_html = '', recipient = '', recipient_name = ''
WHERE store_id = :store_id AND status = 'sent' AND sent_at < :before AND body_text <> ''

-- name: stores_with_old_bodies
-- scope: sweep
SELECT DISTINCT store_id
FROM mail_messages
WHERE status = 'sent' AND body_text <> '' AND sent_at < :now - 2592000000000

-- name: stores_with_lost_messages
-- scope: sweep
SELECT DISTINCT store_id
FROM mail_messages
WHERE status = 'queued' AND job_at IS NULL AND created_at < CAST(:now AS BIGINT) - 300000000
