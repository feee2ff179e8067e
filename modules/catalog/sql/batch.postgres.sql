-- Rows come as one JSON text, so that five hundred variants are one statement.

-- name: insert_variants
INSERT INTO catalog_variants (store_id, id, product_id, gone,
  place, choice, sku, gtin, barcode, price, compare_at, cost,
  grams, digital, tax_class, image, priced_at, lowest, content, unit,
  stock_left, backorder, untracked)
SELECT :store_id, v.id, :product_id, FALSE,
  v.place, v.choice, v.sku, v.gtin, v.barcode, v.price, v.compare_at, v.cost,
  v.grams, v.digital, v.tax_class, v.image, v.priced_at, v.lowest, v.content, v.unit,
  v.stock_left, v.backorder, v.untracked
FROM json_to_recordset(CAST(:rows AS json)) AS v(id BIGINT, place BIGINT, choice TEXT, sku TEXT, gtin TEXT, barcode TEXT,
  price BIGINT, compare_at BIGINT, cost BIGINT, grams BIGINT, digital BOOLEAN, tax_class TEXT,
  image TEXT, priced_at BIGINT, lowest BIGINT, content BIGINT, unit TEXT, stock_left BIGINT,
  backorder BOOLEAN, untracked BOOLEAN);

-- name: update_variants
UPDATE catalog_variants
SET place = v.place, choice = v.choice, sku = v.sku, gtin = v.gtin, barcode = v.barcode,
  price = v.price, compare_at = v.compare_at, cost = v.cost, grams = v.grams, digital = v.digital,
  tax_class = v.tax_class, image = v.image, priced_at = v.priced_at, lowest = v.lowest, content = v.content,
  unit = v.unit
FROM json_to_recordset(CAST(:rows AS json)) AS v(id BIGINT, place BIGINT, choice TEXT, sku TEXT, gtin TEXT, barcode TEXT,
  price BIGINT, compare_at BIGINT, cost BIGINT, grams BIGINT, digital BOOLEAN, tax_class TEXT,
  image TEXT, priced_at BIGINT, lowest BIGINT, content BIGINT, unit TEXT)
WHERE catalog_variants.store_id = :store_id AND catalog_variants.product_id = :product_id AND catalog_variants.id = v.id;

-- name: put_choices
INSERT INTO catalog_choices (store_id, code, value, name, swatch)
SELECT :store_id, c.code, c.value, c.name, c.swatch
FROM json_to_recordset(CAST(:rows AS json)) AS c(code TEXT, value TEXT, name JSON, swatch TEXT)
ON CONFLICT (store_id, code, value) DO UPDATE SET name = excluded.name, swatch = excluded.swatch
WHERE catalog_choices.store_id = :store_id;
