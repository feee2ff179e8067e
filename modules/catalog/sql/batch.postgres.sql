-- Rows come as one JSON text, so that a hundred products or five hundred variants
-- are one statement.

-- name: insert_variants
INSERT INTO catalog_variants (store_id, id, product_id, gone,
  place, choice, sku, gtin, barcode, price, compare_at, cost,
  grams, digital, tax_class, image, priced_at, lowest, content, unit,
  stock_left, backorder, untracked)
SELECT :store_id, v.id, v.product, FALSE,
  v.place, v.choice, v.sku, v.gtin, v.barcode, v.price, v.compare_at, v.cost,
  v.grams, v.digital, v.tax_class, v.image, v.priced_at, v.lowest, v.content, v.unit,
  v.stock_left, v.backorder, v.untracked
FROM json_to_recordset(CAST(:rows AS json)) AS v(id BIGINT, product BIGINT, place BIGINT, choice TEXT, sku TEXT, gtin TEXT, barcode TEXT,
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
WHERE catalog_variants.store_id = :store_id AND catalog_variants.id = v.id;

-- name: put_choices
INSERT INTO catalog_choices (store_id, code, value, name, swatch)
SELECT :store_id, c.code, c.value, c.name, c.swatch
FROM json_to_recordset(CAST(:rows AS json)) AS c(code TEXT, value TEXT, name JSON, swatch TEXT)
ON CONFLICT (store_id, code, value) DO UPDATE SET name = excluded.name, swatch = excluded.swatch
WHERE catalog_choices.store_id = :store_id;

-- name: insert_products
INSERT INTO catalog_products (store_id, id, created_at, updated_at,
  slug, status, title, summary, body, seo_title, seo_description, brand, category_id, tags, options, images, extra,
  currency, tax_class, digital, featured, min_qty, max_qty, qty_step, price, price_max, compare_at, lowest, content,
  unit, variants, in_stock, cover, facets, found_by)
SELECT :store_id, p.id, CAST(:now AS BIGINT), CAST(:now AS BIGINT),
  p.slug, p.status, CAST(p.title AS json), CAST(p.summary AS json), CAST(p.body AS json), CAST(p.seo_title AS json),
  CAST(p.seo_description AS json), p.brand, p.category_id, CAST(p.tags AS json), CAST(p.options AS json),
  CAST(p.images AS json), CAST(p.extra AS json), p.currency, p.tax_class, p.digital, p.featured, p.min_qty, p.max_qty,
  p.qty_step, p.price, p.price_max, p.compare_at, p.lowest, p.content, p.unit, p.variants, p.in_stock, p.cover,
  p.facets, p.found_by
FROM json_to_recordset(CAST(:rows AS json)) AS p(
  id BIGINT, slug TEXT, status TEXT, title TEXT, summary TEXT, body TEXT, seo_title TEXT, seo_description TEXT,
  brand TEXT, category_id BIGINT, tags TEXT, options TEXT, images TEXT, extra TEXT, currency TEXT, tax_class TEXT,
  digital BOOLEAN, featured BOOLEAN, min_qty BIGINT, max_qty BIGINT, qty_step BIGINT, price BIGINT, price_max BIGINT,
  compare_at BIGINT, lowest BIGINT, content BIGINT, unit TEXT, variants BIGINT, in_stock BOOLEAN, cover TEXT,
  facets TEXT, found_by TEXT);

-- name: update_products
UPDATE catalog_products
SET updated_at = :now,
  slug = p.slug, status = p.status, title = CAST(p.title AS json), summary = CAST(p.summary AS json),
  body = CAST(p.body AS json), seo_title = CAST(p.seo_title AS json), seo_description = CAST(p.seo_description AS json),
  brand = p.brand, category_id = p.category_id, tags = CAST(p.tags AS json), options = CAST(p.options AS json),
  images = CAST(p.images AS json), extra = CAST(p.extra AS json), currency = p.currency, tax_class = p.tax_class,
  digital = p.digital, featured = p.featured, min_qty = p.min_qty, max_qty = p.max_qty, qty_step = p.qty_step,
  price = p.price, price_max = p.price_max, compare_at = p.compare_at, lowest = p.lowest, content = p.content,
  unit = p.unit, variants = p.variants, in_stock = p.in_stock, cover = p.cover, facets = p.facets, found_by = p.found_by,
  deleted = p.deleted
FROM json_to_recordset(CAST(:rows AS json)) AS p(
  id BIGINT, slug TEXT, status TEXT, title TEXT, summary TEXT, body TEXT, seo_title TEXT, seo_description TEXT,
  brand TEXT, category_id BIGINT, tags TEXT, options TEXT, images TEXT, extra TEXT, currency TEXT, tax_class TEXT,
  digital BOOLEAN, featured BOOLEAN, min_qty BIGINT, max_qty BIGINT, qty_step BIGINT, price BIGINT, price_max BIGINT,
  compare_at BIGINT, lowest BIGINT, content BIGINT, unit TEXT, variants BIGINT, in_stock BOOLEAN, cover TEXT,
  facets TEXT, found_by TEXT, deleted BOOLEAN)
WHERE catalog_products.store_id = :store_id AND catalog_products.id = p.id;

-- name: insert_redirects
INSERT INTO catalog_redirects (store_id, slug, product_id)
SELECT :store_id, r.slug, r.product
FROM json_to_recordset(CAST(:rows AS json)) AS r(slug TEXT, product BIGINT)
ON CONFLICT (store_id, slug) DO UPDATE SET product_id = excluded.product_id
WHERE catalog_redirects.store_id = :store_id;

-- name: delete_redirects
DELETE FROM catalog_redirects
WHERE store_id = :store_id AND slug IN (SELECT value FROM json_array_elements_text(CAST(:slugs AS json)));
