-- +goose Up
-- Where addresses of a store that nothing answers lead to.
CREATE TABLE cms_redirects (
  store_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  path TEXT NOT NULL,
  prefix BOOLEAN NOT NULL,
  target TEXT NOT NULL,
  code BIGINT NOT NULL CHECK (code IN (301, 302, 410)),
  hits BIGINT NOT NULL DEFAULT 0,
  hit_at BIGINT,
  author TEXT NOT NULL,
  made_at BIGINT NOT NULL,
  PRIMARY KEY (store_id, id),
  UNIQUE (store_id, path)
);
