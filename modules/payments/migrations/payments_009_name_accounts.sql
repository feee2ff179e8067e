-- +goose Up
-- Of a saved method that is no card: whose it is, masked, such as "a…@example.org".
ALTER TABLE payments_methods ADD COLUMN account TEXT NOT NULL DEFAULT '';
