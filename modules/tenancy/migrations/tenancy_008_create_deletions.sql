-- +goose Up
-- What somebody deleted, with all that went with it: rows carry the number of the
-- deletion that took them, and 0 while they are there. Restoring brings back
-- exactly those, and nothing that was deleted before.
CREATE TABLE tenancy_deletions (
  id BIGINT NOT NULL PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('platform', 'merchant', 'store', 'user')),
  target BIGINT NOT NULL,
  name TEXT NOT NULL,
  reason TEXT NOT NULL,
  by_name TEXT NOT NULL,
  at BIGINT NOT NULL,
  restored_at BIGINT
);

ALTER TABLE tenancy_platforms ADD COLUMN deletion BIGINT NOT NULL DEFAULT 0;
ALTER TABLE tenancy_merchants ADD COLUMN deletion BIGINT NOT NULL DEFAULT 0;
ALTER TABLE tenancy_stores ADD COLUMN deletion BIGINT NOT NULL DEFAULT 0;
ALTER TABLE tenancy_store_platforms ADD COLUMN deletion BIGINT NOT NULL DEFAULT 0;
ALTER TABLE tenancy_users ADD COLUMN deletion BIGINT NOT NULL DEFAULT 0;
