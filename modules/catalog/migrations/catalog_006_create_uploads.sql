-- +goose Up
-- The pictures that staff of a store sent, and when they were last known to be
-- wanted: one that no product has for a day is thrown away.
CREATE TABLE catalog_uploads (
  store_id BIGINT NOT NULL,
  upload TEXT NOT NULL,
  wanted_at BIGINT NOT NULL,
  PRIMARY KEY (store_id, upload)
);
CREATE INDEX catalog_uploads_by_age ON catalog_uploads (wanted_at, store_id);
