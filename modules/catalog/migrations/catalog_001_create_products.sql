-- +goose Up
CREATE TABLE catalog_categories (
  store_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  parent_id BIGINT,
  slug TEXT NOT NULL CHECK (slug <> ''),
  name JSON NOT NULL,
  about JSON NOT NULL,
  place BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (store_id, id),
  UNIQUE (store_id, slug),
  FOREIGN KEY (store_id, parent_id) REFERENCES catalog_categories (store_id, id)
);

-- Columns that lists read stand before the long ones, so that SQLite finds them
-- on the first page of a row.
CREATE TABLE catalog_products (
  store_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  slug TEXT NOT NULL CHECK (slug <> ''),
  status TEXT NOT NULL CHECK (status IN ('draft', 'active', 'archived')),
  category_id BIGINT,
  in_stock BOOLEAN NOT NULL,
  featured BOOLEAN NOT NULL,
  currency TEXT NOT NULL,
  price BIGINT NOT NULL CHECK (price >= 0),
  price_max BIGINT NOT NULL CHECK (price_max >= price),
  compare_at BIGINT NOT NULL,
  variants BIGINT NOT NULL,
  brand TEXT NOT NULL,
  title JSON NOT NULL,
  cover TEXT NOT NULL,
  facets TEXT NOT NULL,
  tax_class TEXT NOT NULL,
  digital BOOLEAN NOT NULL,
  min_qty BIGINT NOT NULL CHECK (min_qty >= 1),
  max_qty BIGINT NOT NULL CHECK (max_qty >= 0),
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  options JSON NOT NULL,
  tags JSON NOT NULL,
  images JSON NOT NULL,
  summary JSON NOT NULL,
  body JSON NOT NULL,
  seo_title JSON NOT NULL,
  seo_description JSON NOT NULL,
  extra JSON NOT NULL,
  found_by TEXT NOT NULL,
  PRIMARY KEY (store_id, id),
  UNIQUE (store_id, slug),
  FOREIGN KEY (store_id, category_id) REFERENCES catalog_categories (store_id, id)
);
CREATE INDEX catalog_products_by_category ON catalog_products (store_id, category_id, status, in_stock, featured, id);
CREATE INDEX catalog_products_by_place ON catalog_products (store_id, status, featured, id);

CREATE TABLE catalog_variants (
  store_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  product_id BIGINT NOT NULL,
  place BIGINT NOT NULL,
  choice TEXT NOT NULL,
  sku TEXT NOT NULL,
  gtin TEXT NOT NULL,
  barcode TEXT NOT NULL,
  price BIGINT NOT NULL CHECK (price >= 0),
  compare_at BIGINT NOT NULL CHECK (compare_at >= 0),
  cost BIGINT NOT NULL CHECK (cost >= 0),
  grams BIGINT NOT NULL CHECK (grams >= 0),
  digital BOOLEAN NOT NULL,
  tax_class TEXT NOT NULL,
  image TEXT NOT NULL,
  gone BOOLEAN NOT NULL,
  stock_left BIGINT NOT NULL,
  backorder BOOLEAN NOT NULL,
  untracked BOOLEAN NOT NULL,
  PRIMARY KEY (store_id, id),
  FOREIGN KEY (store_id, product_id) REFERENCES catalog_products (store_id, id)
);
CREATE UNIQUE INDEX catalog_variants_by_choice ON catalog_variants (store_id, product_id, choice) WHERE NOT gone;
CREATE INDEX catalog_variants_by_sku ON catalog_variants (store_id, sku);
CREATE INDEX catalog_variants_by_gtin ON catalog_variants (store_id, gtin) WHERE gtin <> '';

CREATE TABLE catalog_redirects (
  store_id BIGINT NOT NULL,
  slug TEXT NOT NULL,
  product_id BIGINT NOT NULL,
  PRIMARY KEY (store_id, slug),
  FOREIGN KEY (store_id, product_id) REFERENCES catalog_products (store_id, id)
);

-- How the options of all products are called in filters; value is empty for
-- the name of the option itself.
CREATE TABLE catalog_choices (
  store_id BIGINT NOT NULL,
  code TEXT NOT NULL,
  value TEXT NOT NULL,
  name JSON NOT NULL,
  swatch TEXT NOT NULL,
  PRIMARY KEY (store_id, code, value)
);

CREATE TABLE catalog_imports (
  store_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  file TEXT NOT NULL,
  blob TEXT NOT NULL,
  format TEXT NOT NULL,
  dry_run BOOLEAN NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('waiting', 'running', 'done', 'failed', 'cancelled')),
  size BIGINT NOT NULL,
  position BIGINT NOT NULL,
  lines BIGINT NOT NULL,
  created BIGINT NOT NULL,
  updated BIGINT NOT NULL,
  unchanged BIGINT NOT NULL,
  failed BIGINT NOT NULL,
  problems JSON NOT NULL,
  pictures JSON NOT NULL,
  actor TEXT NOT NULL,
  asked_at BIGINT NOT NULL,
  ended_at BIGINT,
  PRIMARY KEY (store_id, id)
);
