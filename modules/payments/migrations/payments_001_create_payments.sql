-- +goose Up
-- The CHECK is the promise that no more is taken than was asked for and no more
-- given back than was taken; aside is what refunds under way have reserved.
CREATE TABLE payments_payments (
  store_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  kind TEXT NOT NULL,
  for_id BIGINT NOT NULL,
  reference TEXT NOT NULL,
  method TEXT NOT NULL,
  status TEXT NOT NULL,
  amount BIGINT NOT NULL CHECK (amount >= 0),
  currency TEXT NOT NULL,
  authorised BIGINT NOT NULL DEFAULT 0,
  captured BIGINT NOT NULL DEFAULT 0,
  refunded BIGINT NOT NULL DEFAULT 0,
  aside BIGINT NOT NULL DEFAULT 0,
  email TEXT NOT NULL,
  lang TEXT NOT NULL,
  return_path TEXT NOT NULL,
  attempt_id BIGINT NOT NULL DEFAULT 0,
  tries BIGINT NOT NULL DEFAULT 0,
  cancelled BOOLEAN NOT NULL DEFAULT FALSE,
  version BIGINT NOT NULL DEFAULT 1,
  opened_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  PRIMARY KEY (store_id, id),
  CHECK (captured >= 0 AND authorised >= captured AND refunded >= 0 AND aside >= 0 AND refunded + aside <= captured)
);
CREATE INDEX payments_payments_by_for ON payments_payments (store_id, kind, for_id);
CREATE INDEX payments_payments_by_status ON payments_payments (store_id, status, id);

-- One try to pay at a gateway. The key is stored before the gateway is called.
CREATE TABLE payments_attempts (
  store_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  payment_id BIGINT NOT NULL,
  number BIGINT NOT NULL,
  gateway TEXT NOT NULL,
  status TEXT NOT NULL,
  key TEXT NOT NULL,
  external TEXT NOT NULL,
  redirect TEXT NOT NULL,
  reason TEXT NOT NULL,
  checks BIGINT NOT NULL DEFAULT 0,
  check_at BIGINT,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  PRIMARY KEY (store_id, id),
  UNIQUE (store_id, key),
  UNIQUE (store_id, payment_id, number),
  FOREIGN KEY (store_id, payment_id) REFERENCES payments_payments (store_id, id)
);
CREATE INDEX payments_attempts_due ON payments_attempts (check_at, store_id) WHERE check_at IS NOT NULL;

CREATE TABLE payments_refunds (
  store_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  payment_id BIGINT NOT NULL,
  attempt_id BIGINT NOT NULL,
  amount BIGINT NOT NULL CHECK (amount > 0),
  status TEXT NOT NULL CHECK (status IN ('waiting', 'done', 'failed')),
  key TEXT NOT NULL,
  external TEXT NOT NULL,
  reason TEXT NOT NULL,
  problem TEXT NOT NULL,
  actor TEXT NOT NULL,
  checks BIGINT NOT NULL DEFAULT 0,
  check_at BIGINT,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  PRIMARY KEY (store_id, id),
  UNIQUE (store_id, key),
  FOREIGN KEY (store_id, payment_id) REFERENCES payments_payments (store_id, id)
);
CREATE INDEX payments_refunds_by_payment ON payments_refunds (store_id, payment_id, id);
CREATE INDEX payments_refunds_due ON payments_refunds (check_at, store_id) WHERE check_at IS NOT NULL;

-- The ledger. Each posting is two entries that sum to zero; there is no
-- statement that changes or removes one.
CREATE TABLE payments_entries (
  store_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  payment_id BIGINT NOT NULL,
  posting_id BIGINT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('authorise', 'capture', 'void', 'refund')),
  account TEXT NOT NULL CHECK (account IN ('payer', 'held', 'store')),
  amount BIGINT NOT NULL CHECK (amount <> 0),
  currency TEXT NOT NULL,
  note TEXT NOT NULL,
  actor TEXT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (store_id, id),
  FOREIGN KEY (store_id, payment_id) REFERENCES payments_payments (store_id, id)
);
CREATE INDEX payments_entries_by_payment ON payments_entries (store_id, payment_id, id);

-- What the test gateway remembers, as a real one would on its own side.
CREATE TABLE payments_test_charges (
  store_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  key TEXT NOT NULL,
  amount BIGINT NOT NULL,
  currency TEXT NOT NULL,
  status TEXT NOT NULL,
  refunded BIGINT NOT NULL DEFAULT 0,
  silent_until BIGINT,
  succeeds_at BIGINT,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (store_id, id),
  UNIQUE (store_id, key)
);
CREATE TABLE payments_test_refunds (
  store_id BIGINT NOT NULL,
  key TEXT NOT NULL,
  charge_id BIGINT NOT NULL,
  amount BIGINT NOT NULL,
  PRIMARY KEY (store_id, key)
);
