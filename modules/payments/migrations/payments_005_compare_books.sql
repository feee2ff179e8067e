-- +goose Up
-- Money that a gateway has otherwise than we do, once for each thing at the gateway.
CREATE TABLE payments_differences (
  store_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('amount', 'missing_here', 'missing_there', 'refund_amount', 'refund_missing_here', 'refund_missing_there')),
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
CREATE INDEX payments_differences_by_status ON payments_differences (store_id, status, id);

-- Each time that the books were held against a gateway's.
CREATE TABLE payments_comparisons (
  store_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  gateway TEXT NOT NULL,
  from_at BIGINT NOT NULL,
  to_at BIGINT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('running', 'done', 'failed')),
  matched BIGINT NOT NULL DEFAULT 0,
  mended BIGINT NOT NULL DEFAULT 0,
  other BIGINT NOT NULL DEFAULT 0,
  different BIGINT NOT NULL DEFAULT 0,
  unknown BIGINT NOT NULL DEFAULT 0,
  actor TEXT NOT NULL,
  begun_at BIGINT NOT NULL,
  ended_at BIGINT,
  PRIMARY KEY (store_id, id)
);

CREATE INDEX payments_attempts_by_time ON payments_attempts (store_id, created_at);
CREATE INDEX payments_refunds_by_time ON payments_refunds (store_id, created_at);
CREATE INDEX payments_refunds_by_external ON payments_refunds (store_id, external);
CREATE INDEX payments_comparisons_by_time ON payments_comparisons (store_id, begun_at);
