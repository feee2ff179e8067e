-- +goose Up
-- What happened in an hour, as modules tell it: how often, and for how much. A
-- dashboard adds up hours and never looks at what they came from.
CREATE TABLE core_figures (
  store_id BIGINT NOT NULL,
  name TEXT NOT NULL,
  hour BIGINT NOT NULL, -- since 1970, UTC
  currency TEXT NOT NULL, -- of minor; empty when it is no money
  n BIGINT NOT NULL,
  minor BIGINT NOT NULL,
  PRIMARY KEY (store_id, name, hour, currency)
);
CREATE INDEX core_figures_by_hour ON core_figures (hour, store_id);
