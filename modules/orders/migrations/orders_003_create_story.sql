-- +goose Up
CREATE TABLE orders_timeline (
  store_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  order_id BIGINT NOT NULL,
  at BIGINT NOT NULL,
  what TEXT NOT NULL,
  actor TEXT NOT NULL, -- empty when nobody did it, such as a payment that arrived
  before_status TEXT NOT NULL,
  after_status TEXT NOT NULL,
  detail JSON NOT NULL,
  PRIMARY KEY (store_id, id),
  FOREIGN KEY (store_id, order_id) REFERENCES orders_orders (store_id, id)
);
CREATE INDEX orders_timeline_order ON orders_timeline (store_id, order_id, id);

CREATE TABLE orders_parcels (
  store_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  order_id BIGINT NOT NULL,
  carrier TEXT NOT NULL,
  tracking TEXT NOT NULL,
  url TEXT NOT NULL,
  lines JSON NOT NULL,
  shipped_at BIGINT NOT NULL,
  PRIMARY KEY (store_id, id),
  FOREIGN KEY (store_id, order_id) REFERENCES orders_orders (store_id, id)
);
CREATE INDEX orders_parcels_order ON orders_parcels (store_id, order_id, id);

CREATE TABLE orders_refunds (
  store_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  order_id BIGINT NOT NULL,
  amount_minor BIGINT NOT NULL CHECK (amount_minor > 0),
  reason TEXT NOT NULL,
  asked_at BIGINT NOT NULL,
  done_at BIGINT,
  PRIMARY KEY (store_id, id),
  FOREIGN KEY (store_id, order_id) REFERENCES orders_orders (store_id, id)
);
CREATE INDEX orders_refunds_order ON orders_refunds (store_id, order_id, id);

-- One row for each accepted Idempotency-Key, written with the order.
CREATE TABLE orders_requests (
  store_id BIGINT NOT NULL,
  request_key TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  order_id BIGINT NOT NULL,
  made_at BIGINT NOT NULL,
  PRIMARY KEY (store_id, request_key)
);
CREATE INDEX orders_requests_made ON orders_requests (made_at);
