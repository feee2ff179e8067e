-- +goose Up
ALTER TABLE auth_tokens ADD COLUMN created_by TEXT NOT NULL DEFAULT '';
