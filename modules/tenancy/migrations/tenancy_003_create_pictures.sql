-- +goose Up
-- Pictures of a store that staff sent and that are not in use: still to be
-- prepared, or failed. The one in use stands with the store.
CREATE TABLE tenancy_pictures (
  store_id BIGINT NOT NULL,
  slot TEXT NOT NULL CHECK (slot IN ('logo', 'hero_image')),
  upload TEXT NOT NULL,
  failed TEXT NOT NULL,
  sent_at BIGINT NOT NULL,
  PRIMARY KEY (store_id, slot)
);
