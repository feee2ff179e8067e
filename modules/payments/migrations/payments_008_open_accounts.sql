-- +goose Up
-- Accounts that a platform opens for its stores at a gateway, under its own: umbrella
-- names the platform's. No two stores ever speak for the same one.
CREATE TABLE payments_accounts (
  store_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  gateway TEXT NOT NULL,
  umbrella TEXT NOT NULL,
  key TEXT NOT NULL,
  external TEXT NOT NULL DEFAULT '',
  status TEXT NOT NULL CHECK (status IN ('asked', 'begun', 'checked', 'active', 'left')),
  payouts BOOLEAN NOT NULL,
  wanted BIGINT NOT NULL CHECK (wanted >= 0),
  wanted_by BIGINT,
  stopped TEXT NOT NULL,
  checks BIGINT NOT NULL DEFAULT 0,
  check_at BIGINT,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  PRIMARY KEY (store_id, id)
);
CREATE UNIQUE INDEX payments_accounts_once ON payments_accounts (store_id, gateway, umbrella) WHERE status <> 'left';
CREATE UNIQUE INDEX payments_accounts_by_external ON payments_accounts (external, gateway) WHERE external <> '';
CREATE INDEX payments_accounts_due ON payments_accounts (check_at, store_id) WHERE check_at IS NOT NULL;
