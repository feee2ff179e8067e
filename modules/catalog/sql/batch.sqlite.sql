-- Rows come as one JSON text, so that a hundred products or five hundred variants
-- are one statement.

-- name: insert_variants
-- MATERIALIZED makes the text of a row once instead of once for each of its columns.
WITH v AS MATERIALIZED (
  SELECT value AS j FROM json_each(:rows)
)
INSERT INTO catalog_variants (store_id, id, product_id, gone,
  place, choice, sku, gtin, barcode, price, compare_at, cost,
  grams, digital, tax_class, image, priced_at, lowest, content, unit,
  stock_left, backorder, untracked)
SELECT :store_id, CAST(json_extract(v.j, '$.id') AS BIGINT), json_extract(v.j, '$.product'), FALSE,
  json_extract(v.j, '$.place'), json_extract(v.j, '$.choice'), json_extract(v.j, '$.sku'), json_extract(v.j, '$.gtin'),
  json_extract(v.j, '$.barcode'), json_extract(v.j, '$.price'), json_extract(v.j, '$.compare_at'), json_extract(v.j, '$.cost'),
  json_extract(v.j, '$.grams'), json_extract(v.j, '$.digital'), json_extract(v.j, '$.tax_class'), json_extract(v.j, '$.image'),
  json_extract(v.j, '$.priced_at'), json_extract(v.j, '$.lowest'), json_extract(v.j, '$.content'), json_extract(v.j, '$.unit'),
  json_extract(v.j, '$.stock_left'), json_extract(v.j, '$.backorder'), json_extract(v.j, '$.untracked')
FROM v;

-- name: update_variants
-- MATERIALIZED makes SQLite look up each variant of the list instead of walking over all.
WITH rows AS MATERIALIZED (
  SELECT value AS j FROM json_each(:rows)
), v AS MATERIALIZED (
  SELECT json_extract(j, '$.id') AS id, json_extract(j, '$.place') AS place, json_extract(j, '$.choice') AS choice, json_extract(j, '$.sku') AS sku, json_extract(j, '$.gtin') AS gtin,
    json_extract(j, '$.barcode') AS barcode, json_extract(j, '$.price') AS price, json_extract(j, '$.compare_at') AS compare_at, json_extract(j, '$.cost') AS cost,
    json_extract(j, '$.grams') AS grams, json_extract(j, '$.digital') AS digital, json_extract(j, '$.tax_class') AS tax_class, json_extract(j, '$.image') AS image,
    json_extract(j, '$.priced_at') AS priced_at, json_extract(j, '$.lowest') AS lowest, json_extract(j, '$.content') AS content, json_extract(j, '$.unit') AS unit
  FROM rows
)
UPDATE catalog_variants
SET place = v.place, choice = v.choice, sku = v.sku, gtin = v.gtin, barcode = v.barcode,
  price = v.price, compare_at = v.compare_at, cost = v.cost, grams = v.grams, digital = v.digital,
  tax_class = v.tax_class, image = v.image, priced_at = v.priced_at, lowest = v.lowest, content = v.content,
  unit = v.unit
FROM v
WHERE catalog_variants.store_id = :store_id AND catalog_variants.id = v.id;

-- name: put_choices
INSERT INTO catalog_choices (store_id, code, value, name, swatch)
SELECT :store_id, json_extract(c.value, '$.code'), json_extract(c.value, '$.value'), json_extract(c.value, '$.name'), json_extract(c.value, '$.swatch')
FROM json_each(:rows) c
WHERE TRUE
ON CONFLICT (store_id, code, value) DO UPDATE SET name = excluded.name, swatch = excluded.swatch
WHERE catalog_choices.store_id = :store_id;

-- name: insert_products
-- One product only: an INSERT of several rows would make SQLite look through all
-- variants and redirects of the store for each of them, since they refer to products.
INSERT INTO catalog_products (store_id, id, created_at, updated_at,
  slug, status, title, summary, body, seo_title, seo_description, brand, category_id, tags, options, images, extra,
  currency, tax_class, digital, featured, min_qty, max_qty, qty_step, price, price_max, compare_at, lowest, content,
  unit, variants, in_stock, cover, facets, found_by)
VALUES (:store_id, CAST(json_extract(:rows, '$[0].id') AS BIGINT), :now, :now,
  json_extract(:rows, '$[0].slug'), json_extract(:rows, '$[0].status'), json_extract(:rows, '$[0].title'), json_extract(:rows, '$[0].summary'),
  json_extract(:rows, '$[0].body'), json_extract(:rows, '$[0].seo_title'), json_extract(:rows, '$[0].seo_description'),
  json_extract(:rows, '$[0].brand'), json_extract(:rows, '$[0].category_id'), json_extract(:rows, '$[0].tags'), json_extract(:rows, '$[0].options'),
  json_extract(:rows, '$[0].images'), json_extract(:rows, '$[0].extra'), json_extract(:rows, '$[0].currency'),
  json_extract(:rows, '$[0].tax_class'), json_extract(:rows, '$[0].digital'), json_extract(:rows, '$[0].featured'),
  json_extract(:rows, '$[0].min_qty'), json_extract(:rows, '$[0].max_qty'), json_extract(:rows, '$[0].qty_step'), json_extract(:rows, '$[0].price'),
  json_extract(:rows, '$[0].price_max'), json_extract(:rows, '$[0].compare_at'), json_extract(:rows, '$[0].lowest'),
  json_extract(:rows, '$[0].content'), json_extract(:rows, '$[0].unit'), json_extract(:rows, '$[0].variants'), json_extract(:rows, '$[0].in_stock'),
  json_extract(:rows, '$[0].cover'), json_extract(:rows, '$[0].facets'), json_extract(:rows, '$[0].found_by'));

-- name: update_products
WITH rows AS MATERIALIZED (
  SELECT value AS j FROM json_each(:rows)
), p AS MATERIALIZED (
  SELECT
    json_extract(j, '$.id') AS id, json_extract(j, '$.slug') AS slug, json_extract(j, '$.status') AS status,
    json_extract(j, '$.title') AS title, json_extract(j, '$.summary') AS summary, json_extract(j, '$.body') AS body,
    json_extract(j, '$.seo_title') AS seo_title, json_extract(j, '$.seo_description') AS seo_description,
    json_extract(j, '$.brand') AS brand, json_extract(j, '$.category_id') AS category_id,
    json_extract(j, '$.tags') AS tags, json_extract(j, '$.options') AS options, json_extract(j, '$.images') AS images,
    json_extract(j, '$.extra') AS extra, json_extract(j, '$.currency') AS currency,
    json_extract(j, '$.tax_class') AS tax_class, json_extract(j, '$.digital') AS digital,
    json_extract(j, '$.featured') AS featured, json_extract(j, '$.min_qty') AS min_qty,
    json_extract(j, '$.max_qty') AS max_qty, json_extract(j, '$.qty_step') AS qty_step,
    json_extract(j, '$.price') AS price, json_extract(j, '$.price_max') AS price_max,
    json_extract(j, '$.compare_at') AS compare_at, json_extract(j, '$.lowest') AS lowest,
    json_extract(j, '$.content') AS content, json_extract(j, '$.unit') AS unit,
    json_extract(j, '$.variants') AS variants, json_extract(j, '$.in_stock') AS in_stock,
    json_extract(j, '$.cover') AS cover, json_extract(j, '$.facets') AS facets,
    json_extract(j, '$.found_by') AS found_by, json_extract(j, '$.deleted') AS deleted
  FROM rows
)
UPDATE catalog_products
SET updated_at = :now,
  slug = p.slug, status = p.status, title = p.title, summary = p.summary, body = p.body, seo_title = p.seo_title,
  seo_description = p.seo_description, brand = p.brand, category_id = p.category_id, tags = p.tags, options = p.options,
  images = p.images, extra = p.extra, currency = p.currency, tax_class = p.tax_class, digital = p.digital,
  featured = p.featured, min_qty = p.min_qty, max_qty = p.max_qty, qty_step = p.qty_step, price = p.price,
  price_max = p.price_max, compare_at = p.compare_at, lowest = p.lowest, content = p.content, unit = p.unit,
  variants = p.variants, in_stock = p.in_stock, cover = p.cover, facets = p.facets, found_by = p.found_by,
  deleted = p.deleted
FROM p
WHERE catalog_products.store_id = :store_id AND catalog_products.id = p.id;

-- name: insert_redirects
INSERT INTO catalog_redirects (store_id, slug, product_id)
SELECT :store_id, json_extract(r.value, '$.slug'), json_extract(r.value, '$.product')
FROM json_each(:rows) r
WHERE TRUE
ON CONFLICT (store_id, slug) DO UPDATE SET product_id = excluded.product_id
WHERE catalog_redirects.store_id = :store_id;

-- name: delete_redirects
DELETE FROM catalog_redirects
WHERE store_id = :store_id AND slug IN (SELECT value FROM json_each(:slugs));
