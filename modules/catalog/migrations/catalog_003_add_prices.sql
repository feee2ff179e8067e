-- +goose Up
-- What a variant cost before, written when that ends; the price of now stands
-- with the variant.
CREATE TABLE catalog_prices (
  store_id BIGINT NOT NULL,
  variant_id BIGINT NOT NULL,
  since BIGINT NOT NULL,
  until BIGINT NOT NULL CHECK (until > since),
  price BIGINT NOT NULL CHECK (price >= 0),
  PRIMARY KEY (store_id, variant_id, since),
  FOREIGN KEY (store_id, variant_id) REFERENCES catalog_variants (store_id, id)
);

-- priced_at is when the price of now began, 0 when that was with the product;
-- lowest is the lowest price of the 30 days before a reduction, 0 without one;
-- content is in thousandths of the unit.
ALTER TABLE catalog_variants ADD COLUMN priced_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE catalog_variants ADD COLUMN lowest BIGINT NOT NULL DEFAULT 0;
ALTER TABLE catalog_variants ADD COLUMN content BIGINT NOT NULL DEFAULT 0;
ALTER TABLE catalog_variants ADD COLUMN unit TEXT NOT NULL DEFAULT '';

-- The same of the cheapest variant, for cards.
ALTER TABLE catalog_products ADD COLUMN lowest BIGINT NOT NULL DEFAULT 0;
ALTER TABLE catalog_products ADD COLUMN content BIGINT NOT NULL DEFAULT 0;
ALTER TABLE catalog_products ADD COLUMN unit TEXT NOT NULL DEFAULT '';
ALTER TABLE catalog_products ADD COLUMN qty_step BIGINT NOT NULL DEFAULT 1;
