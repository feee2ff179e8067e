-- +goose Up
-- What staff know of a customer: money that went back, tags (with a comma
-- before, between and behind them), and notes.
ALTER TABLE customers_customers ADD COLUMN returned BIGINT NOT NULL DEFAULT 0;
ALTER TABLE customers_customers ADD COLUMN tags TEXT NOT NULL DEFAULT '';
CREATE INDEX customers_customers_by_spent ON customers_customers (store_id, spent, id);

-- What was bought and given back on a day, so that "in the last 90 days" looks
-- at days and never at orders.
CREATE TABLE customers_days (
  store_id BIGINT NOT NULL,
  day BIGINT NOT NULL,
  customer_id BIGINT NOT NULL,
  orders BIGINT NOT NULL,
  spent BIGINT NOT NULL,
  PRIMARY KEY (store_id, day, customer_id),
  FOREIGN KEY (store_id, customer_id) REFERENCES customers_customers (store_id, id)
);

-- Tags that are in use, to choose from.
CREATE TABLE customers_tags (
  store_id BIGINT NOT NULL,
  tag TEXT NOT NULL,
  customers BIGINT NOT NULL,
  PRIMARY KEY (store_id, tag)
);

CREATE TABLE customers_notes (
  store_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  customer_id BIGINT NOT NULL,
  author TEXT NOT NULL,
  text TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (store_id, id),
  FOREIGN KEY (store_id, customer_id) REFERENCES customers_customers (store_id, id)
);
CREATE INDEX customers_notes_by_customer ON customers_notes (store_id, customer_id, id);

-- Filters of the list that staff saved under a name.
CREATE TABLE customers_segments (
  store_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  name TEXT NOT NULL,
  rules JSON NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (store_id, id),
  UNIQUE (store_id, name)
);
