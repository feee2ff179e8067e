-- +goose Up
-- The store stands in words as a word of its own, so that the index finds the
-- entries of one store only, without an extension.
CREATE TABLE catalog_search (
  store_id BIGINT NOT NULL,
  product_id BIGINT NOT NULL,
  words TSVECTOR NOT NULL,
  PRIMARY KEY (store_id, product_id),
  FOREIGN KEY (store_id, product_id) REFERENCES catalog_products (store_id, id)
);
CREATE INDEX catalog_search_words ON catalog_search USING GIN (words);
