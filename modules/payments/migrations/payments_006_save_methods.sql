-- +goose Up
-- Who may use and save methods for a payment; 0 is nobody.
ALTER TABLE payments_payments ADD COLUMN customer_id BIGINT NOT NULL DEFAULT 0;

-- When the payer agreed that what this attempt is paid with is saved; which saved
-- method it was tried with last, and how often.
ALTER TABLE payments_attempts ADD COLUMN save_at BIGINT;
ALTER TABLE payments_attempts ADD COLUMN method_id BIGINT NOT NULL DEFAULT 0;
ALTER TABLE payments_attempts ADD COLUMN uses BIGINT NOT NULL DEFAULT 0;

-- For whom a gateway saves methods, in an account of a store. The key is stored
-- before the gateway is called.
CREATE TABLE payments_payers (
  store_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  customer_id BIGINT NOT NULL,
  gateway TEXT NOT NULL,
  vault TEXT NOT NULL,
  key TEXT NOT NULL,
  external TEXT NOT NULL DEFAULT '',
  created_at BIGINT NOT NULL,
  PRIMARY KEY (store_id, id),
  UNIQUE (store_id, customer_id, gateway, vault)
);

-- Methods that a gateway remembers: its name of them and how they look, never a
-- number. One that is removed keeps the gateway's name, so that late news does not
-- bring it back.
CREATE TABLE payments_methods (
  store_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  customer_id BIGINT NOT NULL,
  gateway TEXT NOT NULL,
  vault TEXT NOT NULL,
  key TEXT NOT NULL,
  setup TEXT NOT NULL DEFAULT '',
  external TEXT NOT NULL DEFAULT '',
  brand TEXT NOT NULL DEFAULT '',
  last4 TEXT NOT NULL DEFAULT '',
  exp_month BIGINT NOT NULL DEFAULT 0,
  exp_year BIGINT NOT NULL DEFAULT 0,
  fingerprint TEXT NOT NULL DEFAULT '',
  status TEXT NOT NULL CHECK (status IN ('asked', 'saved', 'removed')),
  agreed_at BIGINT NOT NULL,
  checks BIGINT NOT NULL DEFAULT 0,
  check_at BIGINT,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  PRIMARY KEY (store_id, id),
  UNIQUE (store_id, key)
);
CREATE UNIQUE INDEX payments_methods_by_external ON payments_methods (store_id, gateway, external) WHERE external <> '';
CREATE INDEX payments_methods_by_customer ON payments_methods (store_id, customer_id, status, id);
CREATE INDEX payments_methods_due ON payments_methods (check_at, store_id) WHERE check_at IS NOT NULL;
