-- +goose Up
-- A delivery that failed is not tried before due_at, however many jobs wait
-- for it.
ALTER TABLE event_deliveries ADD COLUMN due_at BIGINT NOT NULL DEFAULT 0;
