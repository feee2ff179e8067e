-- +goose Up
-- email_key is the address in lower case: one customer per address and store.
CREATE TABLE customers_customers (
  store_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  number BIGINT NOT NULL,
  email TEXT NOT NULL,
  email_key TEXT NOT NULL,
  name TEXT NOT NULL,
  phone TEXT NOT NULL,
  lang TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('guest', 'active', 'blocked')),
  password_hash TEXT,
  password_version BIGINT NOT NULL DEFAULT 0,
  consent BOOLEAN NOT NULL,
  consent_at BIGINT,
  orders BIGINT NOT NULL DEFAULT 0,
  spent BIGINT NOT NULL DEFAULT 0,
  last_order_at BIGINT,
  registered_at BIGINT,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (store_id, id),
  UNIQUE (store_id, email_key),
  UNIQUE (store_id, number),
  CHECK (status <> 'active' OR password_hash IS NOT NULL)
);
CREATE INDEX customers_customers_by_status ON customers_customers (store_id, status, id);

CREATE TABLE customers_counters (
  store_id BIGINT NOT NULL PRIMARY KEY,
  last_number BIGINT NOT NULL
);

CREATE TABLE customers_addresses (
  store_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  customer_id BIGINT NOT NULL,
  is_default BOOLEAN NOT NULL,
  name TEXT NOT NULL,
  company TEXT NOT NULL,
  line1 TEXT NOT NULL,
  line2 TEXT NOT NULL,
  postal TEXT NOT NULL,
  city TEXT NOT NULL,
  country TEXT NOT NULL,
  phone TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (store_id, id),
  FOREIGN KEY (store_id, customer_id) REFERENCES customers_customers (store_id, id)
);
CREATE INDEX customers_addresses_by_customer ON customers_addresses (store_id, customer_id, id);
CREATE UNIQUE INDEX customers_addresses_one_default ON customers_addresses (store_id, customer_id) WHERE is_default;

-- Somebody who asked for an account and has not yet followed the link.
CREATE TABLE customers_registrations (
  store_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  email TEXT NOT NULL,
  email_key TEXT NOT NULL,
  name TEXT NOT NULL,
  lang TEXT NOT NULL,
  consent BOOLEAN NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (store_id, id),
  UNIQUE (store_id, email_key)
);
CREATE INDEX customers_registrations_by_age ON customers_registrations (store_id, created_at);
