-- +goose Up
-- What gateways told of, once each. What they said is not kept: the gateway is
-- asked, and messages are full of what is the payer's own.
CREATE TABLE payments_events (
  store_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  gateway TEXT NOT NULL,
  event TEXT NOT NULL,
  kind TEXT NOT NULL,
  charge TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('waiting', 'done', 'foreign')),
  received_at BIGINT NOT NULL,
  ended_at BIGINT,
  PRIMARY KEY (store_id, id),
  UNIQUE (store_id, gateway, event)
);
