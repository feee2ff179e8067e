-- +goose Up
ALTER TABLE catalog_imports ADD COLUMN started_at BIGINT;
