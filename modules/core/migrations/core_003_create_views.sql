-- +goose Up
-- Lists as members of staff like them: filters and order under a name.
CREATE TABLE core_views (
  store_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  user_id BIGINT NOT NULL,
  list TEXT NOT NULL,
  name TEXT NOT NULL,
  query TEXT NOT NULL,
  PRIMARY KEY (store_id, id),
  UNIQUE (store_id, user_id, list, name)
);
