-- Rows come as one JSON text, so that five hundred variants are one statement.

-- name: insert_variants
INSERT INTO catalog_variants (store_id, id, product_id, gone,
  place, choice, sku, gtin, barcode, price, compare_at, cost,
  grams, digital, tax_class, image, priced_at, lowest, content, unit,
  stock_left, backorder, untracked)
SELECT :store_id, CAST(json_extract(v.value, '$.id') AS BIGINT), :product_id, FALSE,
  json_extract(v.value, '$.place'), json_extract(v.value, '$.choice'), json_extract(v.value, '$.sku'), json_extract(v.value, '$.gtin'),
  json_extract(v.value, '$.barcode'), json_extract(v.value, '$.price'), json_extract(v.value, '$.compare_at'), json_extract(v.value, '$.cost'),
  json_extract(v.value, '$.grams'), json_extract(v.value, '$.digital'), json_extract(v.value, '$.tax_class'), json_extract(v.value, '$.image'),
  json_extract(v.value, '$.priced_at'), json_extract(v.value, '$.lowest'), json_extract(v.value, '$.content'), json_extract(v.value, '$.unit'),
  json_extract(v.value, '$.stock_left'), json_extract(v.value, '$.backorder'), json_extract(v.value, '$.untracked')
FROM json_each(:rows) v;

-- name: update_variants
-- MATERIALIZED makes SQLite look up each variant of the list instead of walking over all.
WITH v AS MATERIALIZED (
  SELECT json_extract(value, '$.id') AS id, json_extract(value, '$.place') AS place, json_extract(value, '$.choice') AS choice, json_extract(value, '$.sku') AS sku, json_extract(value, '$.gtin') AS gtin,
    json_extract(value, '$.barcode') AS barcode, json_extract(value, '$.price') AS price, json_extract(value, '$.compare_at') AS compare_at, json_extract(value, '$.cost') AS cost,
    json_extract(value, '$.grams') AS grams, json_extract(value, '$.digital') AS digital, json_extract(value, '$.tax_class') AS tax_class, json_extract(value, '$.image') AS image,
    json_extract(value, '$.priced_at') AS priced_at, json_extract(value, '$.lowest') AS lowest, json_extract(value, '$.content') AS content, json_extract(value, '$.unit') AS unit
  FROM json_each(:rows)
)
UPDATE catalog_variants
SET place = v.place, choice = v.choice, sku = v.sku, gtin = v.gtin, barcode = v.barcode,
  price = v.price, compare_at = v.compare_at, cost = v.cost, grams = v.grams, digital = v.digital,
  tax_class = v.tax_class, image = v.image, priced_at = v.priced_at, lowest = v.lowest, content = v.content,
  unit = v.unit
FROM v
WHERE catalog_variants.store_id = :store_id AND catalog_variants.product_id = :product_id AND catalog_variants.id = v.id;

-- name: put_choices
INSERT INTO catalog_choices (store_id, code, value, name, swatch)
SELECT :store_id, json_extract(c.value, '$.code'), json_extract(c.value, '$.value'), json_extract(c.value, '$.name'), json_extract(c.value, '$.swatch')
FROM json_each(:rows) c
WHERE TRUE
ON CONFLICT (store_id, code, value) DO UPDATE SET name = excluded.name, swatch = excluded.swatch
WHERE catalog_choices.store_id = :store_id;
