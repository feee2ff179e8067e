-- +goose Up
-- The bodies are emptied a while after the message left: what was sent to whom
-- stays, what it said does not.
CREATE TABLE mail_messages (
  store_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  message_key TEXT NOT NULL,
  recipient TEXT NOT NULL,
  recipient_name TEXT NOT NULL,
  sender_name TEXT NOT NULL,
  reply_to TEXT NOT NULL,
  subject TEXT NOT NULL,
  body_text TEXT NOT NULL,
  body_html TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('queued', 'sent', 'failed')),
  attempts BIGINT NOT NULL DEFAULT 0,
  error TEXT NOT NULL DEFAULT '',
  created_at BIGINT NOT NULL,
  tried_at BIGINT,
  sent_at BIGINT,
  PRIMARY KEY (store_id, id),
  UNIQUE (store_id, message_key)
);
CREATE INDEX mail_messages_kept ON mail_messages (sent_at) WHERE status = 'sent' AND body_text <> '';
