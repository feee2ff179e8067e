-- +goose Up
-- What payers' banks take back, or have taken: never more than was captured and is
-- neither given back nor on its way. The CHECK is the promise, as in the first step.
ALTER TABLE payments_payments ADD COLUMN disputed BIGINT NOT NULL DEFAULT 0 CHECK (disputed >= 0);
ALTER TABLE payments_payments ADD COLUMN lost BIGINT NOT NULL DEFAULT 0
  CHECK (lost >= 0 AND refunded + aside + disputed + lost <= captured);

-- The ledger again, with an account and postings for disputes: what stands in it is
-- carried over as it is.
CREATE TABLE payments_entries_new (
  store_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  payment_id BIGINT NOT NULL,
  posting_id BIGINT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('authorise', 'capture', 'void', 'refund', 'dispute', 'dispute_won', 'dispute_lost')),
  account TEXT NOT NULL CHECK (account IN ('payer', 'held', 'store', 'disputed')),
  amount BIGINT NOT NULL CHECK (amount <> 0),
  currency TEXT NOT NULL,
  note TEXT NOT NULL,
  actor TEXT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (store_id, id),
  FOREIGN KEY (store_id, payment_id) REFERENCES payments_payments (store_id, id)
);
INSERT INTO payments_entries_new (store_id, id, payment_id, posting_id, kind, account, amount, currency, note, actor, at)
SELECT store_id, id, payment_id, posting_id, kind, account, amount, currency, note, actor, at FROM payments_entries;
DROP TABLE payments_entries;
ALTER TABLE payments_entries_new RENAME TO payments_entries;
CREATE INDEX payments_entries_by_payment ON payments_entries (store_id, payment_id, id);

-- The differences again, with one more kind.
CREATE TABLE payments_differences_new (
  store_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('amount', 'missing_here', 'missing_there', 'refund_amount', 'refund_missing_here', 'refund_missing_there', 'dispute_amount')),
  gateway TEXT NOT NULL,
  external TEXT NOT NULL,
  charge TEXT NOT NULL,
  payment_id BIGINT NOT NULL,
  ours BIGINT NOT NULL,
  theirs BIGINT NOT NULL,
  currency TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('open', 'closed')),
  owner TEXT NOT NULL DEFAULT '',
  note TEXT NOT NULL DEFAULT '',
  closed_by TEXT NOT NULL DEFAULT '',
  found_at BIGINT NOT NULL,
  seen_at BIGINT NOT NULL,
  closed_at BIGINT,
  PRIMARY KEY (store_id, id),
  UNIQUE (store_id, gateway, external)
);
INSERT INTO payments_differences_new (store_id, id, kind, gateway, external, charge, payment_id, ours, theirs, currency, status, owner, note, closed_by, found_at, seen_at, closed_at)
SELECT store_id, id, kind, gateway, external, charge, payment_id, ours, theirs, currency, status, owner, note, closed_by, found_at, seen_at, closed_at FROM payments_differences;
DROP TABLE payments_differences;
ALTER TABLE payments_differences_new RENAME TO payments_differences;
CREATE INDEX payments_differences_by_status ON payments_differences (store_id, status, id);

-- An event may be about a dispute; then charge is what is disputed.
ALTER TABLE payments_events ADD COLUMN dispute TEXT NOT NULL DEFAULT '';

-- What a payer's bank takes back, once each. held and lost are what the ledger has of
-- it. due_at far in the future is no deadline, so that what has one comes first. The
-- answer and its key are stored before the gateway is told.
CREATE TABLE payments_disputes (
  store_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  payment_id BIGINT NOT NULL,
  attempt_id BIGINT NOT NULL,
  gateway TEXT NOT NULL,
  external TEXT NOT NULL,
  amount BIGINT NOT NULL CHECK (amount >= 0),
  currency TEXT NOT NULL,
  reason TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('warning_needs_response', 'warning_under_review', 'warning_closed', 'needs_response', 'under_review', 'lost', 'won')),
  held BIGINT NOT NULL DEFAULT 0 CHECK (held >= 0),
  lost BIGINT NOT NULL DEFAULT 0 CHECK (lost >= 0),
  due_at BIGINT NOT NULL,
  opened_at BIGINT NOT NULL,
  closed_at BIGINT,
  answer TEXT NOT NULL DEFAULT '' CHECK (answer IN ('', 'contest', 'concede')),
  sending BOOLEAN NOT NULL DEFAULT FALSE,
  sent_at BIGINT,
  key TEXT NOT NULL DEFAULT '',
  evidence TEXT NOT NULL DEFAULT '{}',
  edition BIGINT NOT NULL DEFAULT 0,
  problem TEXT NOT NULL DEFAULT '',
  actor TEXT NOT NULL DEFAULT '',
  answered_at BIGINT,
  reminded BOOLEAN NOT NULL DEFAULT FALSE,
  checks BIGINT NOT NULL DEFAULT 0,
  check_at BIGINT,
  version BIGINT NOT NULL DEFAULT 1,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  PRIMARY KEY (store_id, id),
  UNIQUE (store_id, gateway, external),
  FOREIGN KEY (store_id, payment_id) REFERENCES payments_payments (store_id, id)
);
CREATE INDEX payments_disputes_by_payment ON payments_disputes (store_id, payment_id, id);
CREATE INDEX payments_disputes_open ON payments_disputes (store_id, due_at, id) WHERE closed_at IS NULL;
CREATE INDEX payments_disputes_closed ON payments_disputes (store_id, id) WHERE closed_at IS NOT NULL;
CREATE INDEX payments_disputes_due ON payments_disputes (check_at, store_id) WHERE check_at IS NOT NULL;
