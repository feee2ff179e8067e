-- +goose Up
-- Where whoever got the message ends it with one press; empty for what is not
-- sent to many.
ALTER TABLE mail_messages ADD COLUMN unsubscribe TEXT NOT NULL DEFAULT '';
