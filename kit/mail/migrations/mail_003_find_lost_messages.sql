-- +goose Up
-- Since when a job has the message; empty while it leaves right after its
-- commit. What stays queued without a job was lost with its process.
ALTER TABLE mail_messages ADD COLUMN job_at BIGINT;
UPDATE mail_messages SET job_at = created_at WHERE status = 'queued';
CREATE INDEX mail_messages_at_once ON mail_messages (created_at) WHERE status = 'queued' AND job_at IS NULL;
