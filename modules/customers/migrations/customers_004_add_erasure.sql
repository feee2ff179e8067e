-- +goose Up
-- Whom the store has forgotten: the row stays for what was bought, without
-- anything that tells who it was.
ALTER TABLE customers_customers ADD COLUMN erased_at BIGINT;
