-- +goose Up
CREATE TABLE orders_carts (
  store_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  secret TEXT NOT NULL, -- hash of what opens it; empty for a customer's
  customer_id BIGINT,
  order_id BIGINT, -- what it became; an open cart has none
  checkout JSON NOT NULL DEFAULT '{}',
  changed_at BIGINT NOT NULL,
  PRIMARY KEY (store_id, id)
);
CREATE UNIQUE INDEX orders_carts_customer ON orders_carts (store_id, customer_id) WHERE customer_id IS NOT NULL AND order_id IS NULL;
CREATE INDEX orders_carts_changed ON orders_carts (changed_at);

CREATE TABLE orders_cart_lines (
  store_id BIGINT NOT NULL,
  cart_id BIGINT NOT NULL,
  variant_id BIGINT NOT NULL,
  quantity BIGINT NOT NULL CHECK (quantity > 0),
  seen_minor BIGINT NOT NULL,
  added_at BIGINT NOT NULL,
  PRIMARY KEY (store_id, cart_id, variant_id),
  FOREIGN KEY (store_id, cart_id) REFERENCES orders_carts (store_id, id) ON DELETE CASCADE
);
