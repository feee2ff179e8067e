-- +goose Up
-- When the DNS was asked for a domain's proof last, and what was wrong.
ALTER TABLE tenancy_domains ADD COLUMN checked_at BIGINT;
ALTER TABLE tenancy_domains ADD COLUMN trouble TEXT NOT NULL DEFAULT '';
