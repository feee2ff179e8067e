-- +goose Up
-- What somebody wishes for: one list a customer, or one for who holds its token.
CREATE TABLE orders_wishlists (
  store_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  secret TEXT NOT NULL, -- hash of what opens it; empty for a customer's
  customer_id BIGINT,
  changed_at BIGINT NOT NULL,
  PRIMARY KEY (store_id, id)
);
CREATE UNIQUE INDEX orders_wishlists_customer ON orders_wishlists (store_id, customer_id) WHERE customer_id IS NOT NULL;
CREATE INDEX orders_wishlists_changed ON orders_wishlists (changed_at);

CREATE TABLE orders_wishes (
  store_id BIGINT NOT NULL,
  list_id BIGINT NOT NULL,
  product_id BIGINT NOT NULL,
  variant_id BIGINT NOT NULL, -- 0 when none was chosen
  added_at BIGINT NOT NULL,
  PRIMARY KEY (store_id, list_id, product_id),
  FOREIGN KEY (store_id, list_id) REFERENCES orders_wishlists (store_id, id) ON DELETE CASCADE
);
