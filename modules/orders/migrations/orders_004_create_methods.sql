-- +goose Up
-- The last number given out. It is raised in the transaction that places the
-- order, so that a rollback leaves no hole.
CREATE TABLE orders_counters (
  store_id BIGINT NOT NULL,
  last BIGINT NOT NULL,
  PRIMARY KEY (store_id)
);

CREATE TABLE orders_methods (
  store_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  name JSON NOT NULL,
  promise JSON NOT NULL,
  pickup BOOLEAN NOT NULL,
  active BOOLEAN NOT NULL,
  position BIGINT NOT NULL,
  zones JSON NOT NULL,
  PRIMARY KEY (store_id, id)
);
CREATE INDEX orders_methods_position ON orders_methods (store_id, position, id);
