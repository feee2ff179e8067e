-- +goose Up
-- Somebody decided that what an attempt holds is to be taken.
ALTER TABLE payments_attempts ADD COLUMN take BOOLEAN NOT NULL DEFAULT FALSE;
