-- +goose Up
-- What stands around all pages of a store: its menus, and its announcement bar. What
-- is being made stands in the fitting, what shoppers see in the version that it names;
-- 0 shows what a store has that arranged nothing.
CREATE TABLE cms_fittings (
  store_id BIGINT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('header', 'footer', 'bar')),
  body TEXT NOT NULL,
  revision BIGINT NOT NULL,
  edited_at BIGINT NOT NULL,
  editor TEXT NOT NULL,
  versions BIGINT NOT NULL DEFAULT 0,
  live BIGINT NOT NULL DEFAULT 0,
  live_revision BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (store_id, kind)
);

CREATE TABLE cms_fitting_versions (
  store_id BIGINT NOT NULL,
  kind TEXT NOT NULL,
  number BIGINT NOT NULL,
  body TEXT NOT NULL,
  author TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (store_id, kind, number),
  FOREIGN KEY (store_id, kind) REFERENCES cms_fittings (store_id, kind)
);
