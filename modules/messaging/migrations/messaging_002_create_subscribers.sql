-- +goose Up
-- Who wants a store's newsletter. An address that nobody confirmed is forgotten
-- after a week, one that left after three years.
CREATE TABLE messaging_subscribers (
  store_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  email TEXT NOT NULL,
  email_key TEXT NOT NULL,
  lang TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('asked', 'active', 'left')),
  mailed_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  PRIMARY KEY (store_id, id),
  UNIQUE (store_id, email_key)
);
CREATE INDEX messaging_subscribers_by_state ON messaging_subscribers (store_id, state, id);
CREATE INDEX messaging_subscribers_kept ON messaging_subscribers (changed_at) WHERE state <> 'active';

-- What proves that somebody agreed: every step with the words that were read and
-- where. It goes with the address.
CREATE TABLE messaging_evidence (
  store_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  subscriber_id BIGINT NOT NULL,
  act TEXT NOT NULL CHECK (act IN ('asked', 'confirmed', 'left')),
  wording TEXT NOT NULL,
  lang TEXT NOT NULL,
  source TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (store_id, id),
  FOREIGN KEY (store_id, subscriber_id) REFERENCES messaging_subscribers (store_id, id)
);
CREATE INDEX messaging_evidence_by_subscriber ON messaging_evidence (store_id, subscriber_id, id);
