-- +goose Up
-- One review a customer and product. Who was erased leaves nothing.
CREATE TABLE reviews_reviews (
  store_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  product_id BIGINT NOT NULL,
  customer_id BIGINT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'approved', 'hidden')),
  stars BIGINT NOT NULL CHECK (stars BETWEEN 1 AND 5),
  bought BOOLEAN NOT NULL,
  author TEXT NOT NULL,
  lang TEXT NOT NULL,
  title TEXT NOT NULL,
  body TEXT NOT NULL,
  reply TEXT NOT NULL DEFAULT '',
  replied_at BIGINT,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  PRIMARY KEY (store_id, id),
  UNIQUE (store_id, customer_id, product_id)
);
CREATE INDEX reviews_reviews_by_product ON reviews_reviews (store_id, product_id, state, id);
CREATE INDEX reviews_reviews_by_state ON reviews_reviews (store_id, state, id);

-- Who bought what, heard from orders, so that a review can say so. It counts
-- once it is paid.
CREATE TABLE reviews_purchases (
  store_id BIGINT NOT NULL,
  order_id BIGINT NOT NULL,
  product_id BIGINT NOT NULL,
  customer_id BIGINT NOT NULL,
  paid BOOLEAN NOT NULL,
  PRIMARY KEY (store_id, order_id, product_id)
);
CREATE INDEX reviews_purchases_by_customer ON reviews_purchases (store_id, customer_id, product_id);
