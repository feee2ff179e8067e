-- +goose Up
-- What the stores of a merchant inherit that chose nothing of their own.
CREATE TABLE core_merchant_settings (
  merchant_id BIGINT NOT NULL,
  module TEXT NOT NULL,
  value JSON NOT NULL,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (merchant_id, module)
);

-- Who changed which settings, with what was kept before and after; secrets are
-- sealed here as they are there. Exactly one of the owners is not 0.
CREATE TABLE core_settings_changes (
  store_id BIGINT NOT NULL DEFAULT 0,
  id BIGINT NOT NULL,
  merchant_id BIGINT NOT NULL DEFAULT 0,
  platform_id BIGINT NOT NULL DEFAULT 0,
  module TEXT NOT NULL,
  actor_kind TEXT NOT NULL,
  actor_id TEXT NOT NULL,
  actor_name TEXT NOT NULL,
  before JSON,
  after JSON NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (store_id, id)
);
CREATE INDEX core_settings_changes_by_owner ON core_settings_changes (store_id, merchant_id, platform_id, module, id);
