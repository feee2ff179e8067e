-- +goose Up
CREATE TABLE core_versions (
  name TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL
);
INSERT INTO core_versions (name, version) VALUES ('settings', 1);

-- What people chose, per module; what is not here has the module's defaults.
CREATE TABLE core_settings (
  store_id BIGINT NOT NULL,
  module TEXT NOT NULL,
  value JSON NOT NULL,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (store_id, module)
);

CREATE TABLE core_platform_settings (
  platform_id BIGINT NOT NULL,
  module TEXT NOT NULL,
  value JSON NOT NULL,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (platform_id, module)
);
