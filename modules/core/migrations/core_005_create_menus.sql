-- +goose Up
-- How the menu of an audience is arranged: for everybody on a platform, or by a
-- super administrator for themselves. previous is what it was before the last
-- change, which takes that back.
CREATE TABLE core_menus (
  platform_id BIGINT NOT NULL,
  user_id BIGINT NOT NULL,
  audience TEXT NOT NULL CHECK (audience IN ('admin', 'merchant', 'store')),
  value JSON NOT NULL,
  previous JSON NOT NULL,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (platform_id, user_id, audience),
  CHECK (platform_id = 0 OR user_id = 0)
);
